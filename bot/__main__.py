"""`python -m bot` runs the bot."""

from bot.cli import main

if __name__ == "__main__":
    main(["run"])
