"""How the command line shows feeds: JSON lines for programs, short lines for people."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.model import Feed, FeedReport, FeedState, Language
from bot.texts.catalogue import Catalogue
from bot.texts.feed_faults import short_address
from bot.texts.render_adding import Tried
from bot.verbs.printing import iso, json_line

Told = Callable[[int, int], Awaitable[None]]


def feed(found: Feed, as_json: bool) -> None:
    """One feed of the list."""
    if as_json:
        json_line(_record(found))
        return
    state = "" if found.state is FeedState.ACTIVE else f"  {found.state.value}"
    checked = iso(found.checked) if found.checked else "not read yet"
    print(f"{found.id}  {found.name}  {found.articles} articles  {checked}{state}")
    if found.title:
        print(f"    {found.url}")
    if found.error:
        print(f"    {found.error}")


def tried(result: Tried, as_json: bool) -> None:
    """What became of an address that was to be added; a refusal goes to standard error."""
    if as_json:
        json_line(_tried_record(result))
    elif result.feed is None:
        print(f"{short_address(result.url)}: {reason(result)}", file=sys.stderr)
        for offer in result.offers:
            print(f"    {offer.url}  {offer.title}".rstrip(), file=sys.stderr)
    else:
        told = reason(result) or f"{result.stored} new articles"
        print(f"{result.feed.id}  {result.became.value}  {result.feed.name}  {told}")


def report(read: FeedReport, as_json: bool) -> None:
    """What a visit brought."""
    if as_json:
        counts = {"stored": read.stored, "known": read.known, "revised": read.revised}
        json_line({**_record(read.feed), **counts, "refused": read.refused})
    elif read.already:
        print(f"{read.feed.id}  {read.feed.name}  is being read by the running bot")
    elif read.feed.error:
        print(f"{read.feed.id}  {read.feed.name}: {read.feed.error}", file=sys.stderr)
    else:
        told = f"{read.stored} new, {read.revised} revised, {read.refused} refused"
        print(f"{read.feed.id}  {read.feed.name}  {told}")


def _record(found: Feed) -> dict[str, Any]:
    return {
        "id": int(found.id),
        "url": found.url,
        "source": found.title or None,
        "articles": found.articles,
        "checked": iso(found.checked) if found.checked else None,
        "error": found.error or None,
    }


def _tried_record(result: Tried) -> dict[str, Any]:
    nothing = {"id": None, "url": result.url, "source": None, "articles": 0, "checked": None}
    held = _record(result.feed) if result.feed else {**nothing, "error": reason(result)}
    offers = [offer.url for offer in result.offers]
    return {**held, "status": result.became.value, "stored": result.stored, "offers": offers}


def reason(result: Tried) -> str | None:
    """Why nothing was added, in English; None where something was."""
    if result.offers:
        return "a page that names several feeds; add the one that you want"
    if result.fault is None:
        return None
    return Catalogue.load().say(Language.EN, result.fault.key, value=result.fault.value)


@contextmanager
def progress(total: int) -> Iterator[Told]:
    """A bar on standard error, on a terminal alone; gives what moves it on."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("feeds", total=total)

        async def told(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield told
