"""`mojaz bench …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import leave

bench = typer.Typer(help="Measure this machine and this program.", no_args_is_help=True)

Originals = Annotated[
    Path | None, typer.Argument(help="Articles to make others of; the samples if none is named.")
]


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

    leave(delivery())


@bench.command("search")
def bench_search(
    news: Originals = None,
    articles: Annotated[int, typer.Option("--articles", min=1, help="How many to make.")] = 1_000_000,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="The database, left for the next run to use again.")
    ] = None,
) -> None:
    """Lists and searches over many articles; making a million takes half an hour and 11 GB."""
    from bot.verbs.measuring_search import search

    leave(search(news, articles, keep))


@bench.command("stories")
def bench_stories(news: Originals = None) -> None:
    """Finding an article's story among 1,000 to 100,000 of its 72 hours; takes some minutes."""
    from bot.verbs.measuring_stories import bench

    leave(bench(news))


@bench.command("ingest")
def bench_ingest(
    news: Originals = None,
    articles: Annotated[int, typer.Option("--articles", min=1, help="How many to make.")] = 30_000,
) -> None:
    """A file taken in, how long readers wait meanwhile, and what each stage costs."""
    from bot.verbs.measuring_ingest import bench

    leave(bench(news, articles))


@bench.command("feeds")
def bench_feeds(
    number: Annotated[int, typer.Option("--feeds", min=1, help="How many feeds.")] = 500,
    entries: Annotated[int, typer.Option("--entries", min=1, help="Entries of each.")] = 10,
) -> None:
    """Many feeds polled, each at a host of its own on this machine: first read, then without news."""
    from bot.verbs.measuring_feeds import feeds

    leave(feeds(number, entries))


@bench.command()
def render() -> None:
    """Layouts: milliseconds for a list of 20, a card, and a digest of 8 stories."""
    from bot.verbs.measuring_render import render

    raise typer.Exit(render())
