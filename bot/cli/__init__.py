"""The command line: the verbs of the contract with their options and exit codes.

Only the verbs' shape lives here; what they do is in bot/verbs/, imported when a verb runs, so that
`mojaz --help` answers at once.
"""

from __future__ import annotations

import os
import sys

from bot.cli import bench, feeds, verbs
from bot.errors import ConfigurationError, MojazError

__all__ = ["cli", "main"]

cli = verbs.cli
cli.add_typer(feeds.feeds, name="feeds")
cli.add_typer(bench.bench, name="bench")


def main(argv: list[str] | None = None) -> None:
    """The entry point: an error that mojaz knows is a line on standard error, never a traceback.

    argv: the words behind the program's name; None: those that the process was given.
    """
    for stream in (sys.stdout, sys.stderr):
        # a lone surrogate becomes an escape, which JSON reads back
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # text streams
    try:
        cli(argv, prog_name="mojaz")
    except MojazError as error:
        print(error.cause, file=sys.stderr)
        sys.exit(2 if isinstance(error, ConfigurationError) else 1)
    except BrokenPipeError:
        # whoever read our lines has seen enough; nothing more can be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
