"""`python -m bot VERB` is `mojaz VERB`; without a verb the bot runs, as it does for `make run`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
