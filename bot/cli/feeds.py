"""`mojaz feeds …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json, configured, leave

feeds = typer.Typer(help="Feeds: list, add, remove, read, import, export.", no_args_is_help=True)

Feeds = Annotated[list[int], typer.Argument(help="The feeds' ids, as `feeds list` tells them.")]


@feeds.command("list")
def list_feeds(as_json: Json = False) -> None:
    """All feeds, with their articles, their last visit and its error."""
    config = configured()
    from bot.verbs.feeds import listed

    leave(listed(config, as_json))


@feeds.command()
def add(
    urls: Annotated[list[str], typer.Argument(help="Feeds, or pages that name one.")],
    as_json: Json = False,
) -> None:
    """Add feeds and read them at once; exit code 1 where an address was refused."""
    config = configured()
    from bot.verbs.feeds import add

    leave(add(config, urls, as_json))


@feeds.command()
def remove(ids: Feeds) -> None:
    """Take feeds out; their articles stay."""
    config = configured()
    from bot.verbs.feeds import remove

    leave(remove(config, ids))


@feeds.command("check")
def check_feeds(
    ids: Annotated[list[int] | None, typer.Argument(help="All feeds where none is named.")] = None,
    as_json: Json = False,
) -> None:
    """Read feeds now; exit code 1 where one could not be read."""
    config = configured()
    from bot.verbs.feeds import check

    leave(check(config, ids or (), as_json))


@feeds.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="OPML, gzipped too; - is standard input.")],
    as_json: Json = False,
) -> None:
    """Add the feeds of an OPML list; a running bot reads them."""
    config = configured()
    from bot.verbs.feeds import import_list

    leave(import_list(config, file, as_json))


@feeds.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Standard output where none is named.")] = None,
) -> None:
    """Write all feeds as OPML."""
    config = configured()
    from bot.verbs.feeds import export

    leave(export(config, file))


@feeds.command()
def starter(as_json: Json = False) -> None:
    """Add the list of Arabic news feeds that comes along; a running bot reads them."""
    config = configured()
    from bot.verbs.feeds import starter

    leave(starter(config, as_json))
