"""The verbs of every day: serving, taking in, reading, keeping."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli.options import Json, Limit, Words, configured, leave
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.config import Config

cli = typer.Typer(
    name="mojaz",
    help="A news-briefing bot for Arabic readers on Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@cli.command()
def run() -> None:
    """Serve Telegram; without BOT_TOKEN, start the sandbox."""
    _stop_at_once_on_signals()
    config = configured()
    if config.bot_token is None:
        _sandbox(config)
    gc.disable()  # looking for garbage is a fifth of the start; opened_parts turns it on
    from bot.app import run

    leave(run(config))


@cli.command()
def sandbox() -> None:
    """Start the bot in a chat page on this machine, without Telegram."""
    _stop_at_once_on_signals()
    _sandbox(configured())


def _stop_at_once_on_signals() -> None:
    """While the program is read in nothing is in hand; the bot then takes the signals over."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))


def _sandbox(config: Config) -> NoReturn:
    gc.disable()
    from bot.trial import run_sandbox

    leave(run_sandbox(config))


@cli.command()
def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="txt, md, html, json, jsonl, csv, opml, xml (RSS, Atom), gzipped too; - for stdin."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Take articles in; exit code 1 where a record was refused."""
    config = configured()
    from bot.verbs.feeding import ingest

    leave(ingest(config, files, as_json))


@cli.command()
def summarize(
    file: Annotated[Path | None, typer.Argument(help="Standard input where none is named.")] = None,
    as_json: Json = False,
) -> None:
    """Summarise a text, a sentence a line.

    With --json each line {"text", "title"?, "sentences"?, "words"?} is answered by {"sentences": […]}.
    """
    from bot.verbs.summarizing import summarize

    raise typer.Exit(summarize(file, as_json))


@cli.command()
def latest(limit: Limit = 20, as_json: Json = False) -> None:
    """The newest articles."""
    config = configured()
    from bot.verbs.reading import latest

    leave(latest(config, limit, as_json))


@cli.command()
def topic(name: Words, limit: Limit = 20, as_json: Json = False) -> None:
    """The newest articles about a topic, or of the source of that name."""
    config = configured()
    from bot.verbs.reading import topic

    leave(topic(config, " ".join(name), limit, as_json))


@cli.command(context_settings={"ignore_unknown_options": True})
def search(words: Words, limit: Limit = 20, as_json: Json = False) -> None:
    """The newest articles that hold the words; "quoted" words are a phrase, -word leaves out."""
    config = configured()
    from bot.verbs.reading import search

    leave(search(config, " ".join(words), limit, as_json))


@cli.command()
def stories(limit: Limit = 20, as_json: Json = False) -> None:
    """The newest stories: articles of one event, from all sources."""
    config = configured()
    from bot.verbs.reading import stories

    leave(stories(config, limit, as_json))


@cli.command()
def digest(as_json: Json = False) -> None:
    """The digest of all news as it would come now."""
    config = configured()
    from bot.verbs.reading import digest

    leave(digest(config, as_json))


@cli.command()
def backup(file: Path) -> None:
    """Write a consistent copy of the database; the bot may run meanwhile."""
    config = configured()
    from bot.verbs.keeping import backup

    leave(backup(config, file))


@cli.command()
def check() -> None:
    """Check configuration, database and token; a line for each fault."""
    from bot.verbs.keeping import check

    try:
        config = configured()
    except ConfigurationError as error:
        print(error.cause)
        raise typer.Exit(1) from None
    leave(check(config))
