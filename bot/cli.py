"""The command line: the verbs of the contract with their options and exit codes.

Only the verbs' shape lives here; what they do is in bot/verbs/, imported when a verb runs, so that
`mojaz --help` answers at once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.errors import ConfigurationError, MojazError

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

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of text.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 for all.")]
Words = Annotated[list[str], typer.Argument(help="In Arabic, English or French.", show_default=False)]


def _config() -> Config:
    from bot import telemetry
    from bot.config import Config

    config = Config.load(os.environ, Path.cwd())
    telemetry.configure(config.log_level, config.log_format, config.secrets)
    return config


def _exit(verb: Coroutine[Any, Any, int]) -> NoReturn:
    raise typer.Exit(asyncio.run(verb))


@cli.command()
def run() -> None:
    """Serve Telegram; without BOT_TOKEN, start the sandbox."""
    config = _config()
    if config.bot_token is None:
        _sandbox(config)
    from bot.app import run

    _exit(run(config))


@cli.command()
def sandbox() -> None:
    """Start the bot in a chat page on this machine, without Telegram."""
    _sandbox(_config())


def _sandbox(config: Config) -> NoReturn:
    from bot.trial import run_sandbox

    _exit(run_sandbox(config))


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
    config = _config()
    from bot.verbs.feeding import ingest

    _exit(ingest(config, files, as_json))


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
    config = _config()
    from bot.verbs.reading import latest

    _exit(latest(config, limit, as_json))


@cli.command()
def topic(name: Words, limit: Limit = 20, as_json: Json = False) -> None:
    """The newest articles about a topic."""
    config = _config()
    from bot.verbs.reading import topic

    _exit(topic(config, " ".join(name), limit, as_json))


@cli.command(context_settings={"ignore_unknown_options": True})
def search(words: Words, limit: Limit = 20, as_json: Json = False) -> None:
    """The newest articles that hold the words; "quoted" words are a phrase, -word leaves out."""
    config = _config()
    from bot.verbs.reading import search

    _exit(search(config, " ".join(words), limit, as_json))


@cli.command()
def stories(limit: Limit = 20, as_json: Json = False) -> None:
    """The newest stories: articles of one event, from all sources."""
    config = _config()
    from bot.verbs.reading import stories

    _exit(stories(config, limit, as_json))


@cli.command()
def digest(as_json: Json = False) -> None:
    """The digest of all news as it would come now."""
    config = _config()
    from bot.verbs.reading import digest

    _exit(digest(config, as_json))


@cli.command()
def backup(file: Path) -> None:
    """Write a consistent copy of the database; the bot may run meanwhile."""
    config = _config()
    from bot.verbs.keeping import backup

    _exit(backup(config, file))


@cli.command()
def check() -> None:
    """Check configuration, database and token; a line for each fault."""
    from bot.verbs.keeping import check

    try:
        config = _config()
    except ConfigurationError as error:
        print(error.cause)
        raise typer.Exit(1) from None
    _exit(check(config))


feeds = typer.Typer(help="Feeds: list, add, remove, read, import, export.", no_args_is_help=True)
cli.add_typer(feeds, name="feeds")

Feeds = Annotated[list[int], typer.Argument(help="The feeds' ids, as `feeds list` tells them.")]


@feeds.command("list")
def list_feeds(as_json: Json = False) -> None:
    """All feeds, with their articles, their last visit and its error."""
    config = _config()
    from bot.verbs.feeds import listed

    _exit(listed(config, as_json))


@feeds.command()
def add(
    urls: Annotated[list[str], typer.Argument(help="Feeds, or pages that name one.")],
    as_json: Json = False,
) -> None:
    """Add feeds and read them at once; exit code 1 where an address was refused."""
    config = _config()
    from bot.verbs.feeds import add

    _exit(add(config, urls, as_json))


@feeds.command()
def remove(ids: Feeds) -> None:
    """Take feeds out; their articles stay."""
    config = _config()
    from bot.verbs.feeds import remove

    _exit(remove(config, ids))


@feeds.command("check")
def check_feeds(
    ids: Annotated[list[int] | None, typer.Argument(help="All feeds where none is named.")] = None,
    as_json: Json = False,
) -> None:
    """Read feeds now; exit code 1 where one could not be read."""
    config = _config()
    from bot.verbs.feeds import check

    _exit(check(config, ids or (), as_json))


@feeds.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="OPML, gzipped too; - is standard input.")],
    as_json: Json = False,
) -> None:
    """Add the feeds of an OPML list; a running bot reads them."""
    config = _config()
    from bot.verbs.feeds import import_list

    _exit(import_list(config, file, as_json))


@feeds.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Standard output where none is named.")] = None,
) -> None:
    """Write all feeds as OPML."""
    config = _config()
    from bot.verbs.feeds import export

    _exit(export(config, file))


@feeds.command()
def starter(as_json: Json = False) -> None:
    """Add the list of Arabic news feeds that comes along; a running bot reads them."""
    config = _config()
    from bot.verbs.feeds import starter

    _exit(starter(config, as_json))


bench = typer.Typer(help="Measure this machine and this program.", no_args_is_help=True)
cli.add_typer(bench, name="bench")


@bench.command()
def summaries(
    extracts: Annotated[
        Path | None, typer.Argument(help='JSON lines of {"text", "summaries"} to judge the quality by.')
    ] = None,
) -> None:
    """Summaries: quality against human extracts, speed against stock LexRank."""
    from bot.verbs.measuring import summaries

    raise typer.Exit(summaries(extracts))


@bench.command()
def topics(
    reports: Annotated[
        Path | None, typer.Argument(help='JSON lines of {"id", "title", "text"} to ask about.')
    ] = None,
    labels: Annotated[
        Path | None, typer.Argument(help='JSON lines of {"topic", "articles", "doubtful"}: ids.')
    ] = None,
) -> None:
    """Topics: what names, spellings and slips bring up of labelled news; how long a slip takes."""
    from bot.verbs.measuring_topics import topics

    raise typer.Exit(topics(reports, labels))


@bench.command()
def delivery() -> None:
    """Waves of messages against a Bot API with Telegram's limits on this machine; takes two minutes."""
    from bot.verbs.measuring_delivery import delivery

    _exit(delivery())


@bench.command("search")
def bench_search(
    news: Annotated[
        Path | None, typer.Argument(help="Articles to make others of; the samples if none is named.")
    ] = None,
    articles: Annotated[int, typer.Option("--articles", min=1, help="How many to make.")] = 1_000_000,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="The database, left for the next run to use again.")
    ] = None,
) -> None:
    """Lists and searches over many articles; making a million takes half an hour and 11 GB."""
    from bot.verbs.measuring_search import search

    _exit(search(news, articles, keep))


Originals = Annotated[
    Path | None, typer.Argument(help="Articles to make others of; the samples if none is named.")
]


@bench.command("stories")
def bench_stories(news: Originals = None) -> None:
    """Finding an article's story among 1,000 to 100,000 of its 72 hours; takes some minutes."""
    from bot.verbs.measuring_stories import bench

    _exit(bench(news))


@bench.command("ingest")
def bench_ingest(
    news: Originals = None,
    articles: Annotated[int, typer.Option("--articles", min=1, help="How many to make.")] = 30_000,
) -> None:
    """A file taken in, how long readers wait meanwhile, and what each stage costs."""
    from bot.verbs.measuring_ingest import bench

    _exit(bench(news, articles))


@bench.command("feeds")
def bench_feeds(
    number: Annotated[int, typer.Option("--feeds", min=1, help="How many feeds.")] = 500,
    entries: Annotated[int, typer.Option("--entries", min=1, help="Entries of each.")] = 10,
) -> None:
    """Many feeds polled, each at a host of its own on this machine: first read, then without news."""
    from bot.verbs.measuring_feeds import feeds

    _exit(feeds(number, entries))


@bench.command()
def render() -> None:
    """Layouts: milliseconds for a list of 20, a card, and a digest of 8 stories."""
    from bot.verbs.measuring_render import render

    raise typer.Exit(render())


def main(argv: list[str] | None = None) -> None:
    """The entry point: an error that mojaz knows is a line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # a lone surrogate becomes an escape, which JSON reads back
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # text streams
    try:
        cli(argv)
    except MojazError as error:
        print(error.cause, file=sys.stderr)
        sys.exit(2 if isinstance(error, ConfigurationError) else 1)
    except BrokenPipeError:
        # whoever read our lines has seen enough; nothing more can be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
