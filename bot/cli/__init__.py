"""The command line: the verbs of the contract with their options and exit codes.

Only the verbs' shape lives here; what they do is in bot/verbs/, imported when a verb runs, so that
`mojaz --help` answers at once.
"""

from __future__ import annotations

import sys

from bot.cli import bench, feeds, streams, verbs
from bot.errors import ConfigurationError, MojazError

__all__ = ["cli", "main"]

cli = verbs.cli
cli.add_typer(feeds.feeds, name="feeds")
cli.add_typer(bench.bench, name="bench")


def main(argv: list[str] | None = None) -> None:
    """The entry point: an error that mojaz knows is a line on standard error, never a traceback.

    argv: the words behind the program's name; None: those that the process was given.
    """
    streams.prepare()
    code: str | int | None = 0
    try:
        code = _done(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our lines has seen enough
        streams.give_up(1, 2)
    except OSError as error:
        if not streams.is_refused(error):
            raise
        streams.give_up(1)
        print(f"standard output: {error.strerror}", file=sys.stderr)
        code = 1
    sys.exit(code)


def _done(argv: list[str] | None) -> str | int | None:
    """Does what the words say and gives the exit code."""
    try:
        cli(argv, prog_name="mojaz")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # of which typer makes an exit code of its own
            raise end.__context__ from None
        return end.code
    except MojazError as error:
        print(error.cause, file=sys.stderr)
        return 2 if isinstance(error, ConfigurationError) else 1
    except KeyboardInterrupt:
        return 130
    return 0
