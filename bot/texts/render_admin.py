"""What admins are answered: what was taken in, what was deleted, and the bot in figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from bot.model import Added, Counts, Refusal, RefusalReason, Reply, StoredArticle, Story
from bot.texts import html
from bot.texts.actions import Latest, button
from bot.texts.html import Html
from bot.texts.parts import NAME, Row, notice, ways_on
from bot.texts.voice import Voice

_SHOWN = 10
"""Lines of each kind in the answer to /ingest; the others are counted."""
_CAUSE = 200
"""Characters of a fault's cause."""

_BLOCK, _NOTHING, _LONGEST_BAR = "█", "▏", 12
"""What bars are made of, and how many blocks the longest has: a telephone's line holds it."""

_TITLE = 80
_DETAIL = 60

_FOR_MANY = frozenset((RefusalReason.TOO_MANY, RefusalReason.NO_TIME))

T = TypeVar("T")


def admin_only(voice: Voice) -> Reply:
    return notice(voice, "admin-only")


def ask(voice: Voice, key: str) -> Reply:
    """An admins' command without what it needs: how to write it."""
    return notice(voice, key)


def many_links(voice: Voice, most: int) -> Reply:
    """More links than are read at once."""
    return notice(voice, "ingest-many-links", most=str(most))


def reading(voice: Voice, done: int = 0, total: int = 0) -> Reply:
    """How far the intake is; 0 of 0 at its beginning."""
    if not total:
        return voice.reply([voice.line("ingest-reading")])
    return voice.reply([voice.line("ingest-progress", done=done, total=total)])


def ingested(
    voice: Voice, stored: Sequence[Added], known: Sequence[Added], refused: Sequence[Refusal]
) -> Reply:
    """What was stored, what was known and what was refused and why, line by line."""
    if not (stored or known or refused):
        return voice.reply([voice.line("ingest-nothing")])
    # a line that speaks for many is not among those that are only counted
    refused = sorted(refused, key=lambda refusal: refusal.reason not in _FOR_MANY)
    parts = [
        _section(voice, "ingest-stored", "articles", stored, lambda added: _added(voice, added)),
        _section(voice, "ingest-known", "articles", known, lambda added: _added(voice, added)),
        _section(voice, "ingest-refused", "records", refused, lambda refusal: _refusal(voice, refusal)),
        voice.line("ingest-next"),
    ]
    return voice.reply(parts, [_latest(voice)])


def _section(voice: Voice, key: str, noun: str, items: Sequence[T], line: Callable[[T], Html]) -> Html:
    if not items:
        return Html("")
    left = len(items) - _SHOWN
    more = voice.line("and-more", count=left) if left > 0 else ""
    lines = [line(item) for item in items[:_SHOWN]]
    return html.join("\n", [voice.line(key, **{noun: len(items)}), *lines, more])


def _added(voice: Voice, added: Added) -> Html:
    title = html.shorten(added.title, _TITLE) or voice.label("untitled")
    return html.join(" · ", [html.bold(str(added.id)), title])


def _refusal(voice: Voice, refusal: Refusal) -> Html:
    reason = voice.label(f"refused-{refusal.reason}")
    if detail := html.shorten(refusal.detail, _DETAIL):
        reason = voice.label("refused-detail", reason=reason, detail=detail)
    return html.join(" ", ["•", voice.line("ingest-line", line=str(refusal.line), reason=reason)])


def _latest(voice: Voice) -> Row:
    return button(voice.label("button-latest"), Latest())


def deleted(voice: Voice, article: StoredArticle) -> Reply:
    return notice(voice, "deleted", [_latest(voice)], number=str(article.id), title=article.title)


def nothing_deleted(voice: Voice, number: str, story: Story | None = None) -> Reply:
    """No article has that number; where it is a story's, its articles are named."""
    if story is None:
        return notice(voice, "delete-missing", [_latest(voice)], number=html.shorten(number, 20))
    lines = [
        html.join(
            " · ", [f"/delete {a.id}", html.shorten(a.source, NAME), html.shorten(a.title, _TITLE)]
        )
        for a in story.articles[:_SHOWN]
    ]
    return voice.reply([html.join("\n", [voice.line("delete-is-story", number=number), *lines])])


def stats(voice: Voice, counts: Counts, by_day: Sequence[tuple[date, int]]) -> Reply:
    """The bot in figures, and a chart of what arrived each day; by_day: today last."""
    lines = [
        html.bold(voice.label("stats-title")),
        voice.line(
            "stats-articles", articles=counts.articles, stories=counts.stories, sources=counts.sources
        ),
        voice.line("stats-chats", chats=counts.chats, subscribers=counts.subscribers),
        voice.line("stats-sent", sent=counts.sent, queued=counts.queued, dead=counts.dead),
    ]
    parts = [html.join("\n", lines), _chart(voice, by_day), voice.line("stats-next")]
    return voice.reply(parts, ways_on(voice)[:1])


def _chart(voice: Voice, by_day: Sequence[tuple[date, int]]) -> Html:
    """A bar for each day, the newest first.

    The bar leads its line and the day's name ends it: the bars then stand below each other at the side
    where the line begins, whatever the font, and the name gives the line its direction.
    """
    most = max((articles for _, articles in by_day), default=0)
    rows = [html.bold(voice.label("stats-days"))]
    for day, articles in reversed(by_day):
        # what there was of is seen, however little it was beside the most
        bar = _BLOCK * -(-articles * _LONGEST_BAR // most) if articles else _NOTHING
        name = voice.weekday(day.weekday())
        rows.append(voice.line("stats-day", bar=bar, articles=articles, day=name))
    return html.join("\n", rows)


def set_aside(voice: Voice, update: int, cause: str, others: int = 0) -> Reply:
    """An update that could not be answered, for the admins; others: how many more before it."""
    told = voice.line("set-aside", update=str(update), cause=html.shorten(cause, _CAUSE))
    return voice.reply([told, voice.line("set-aside-more", updates=others) if others else ""])


def dead_letter(voice: Voice, chat: int, cause: str, others: int = 0) -> Reply:
    """A message that will never arrive, for the admins; others: how many more there were before it."""
    told = voice.line("dead-letter", chat=str(chat), cause=html.shorten(cause, _CAUSE))
    return voice.reply([told, voice.line("dead-letters-more", letters=others) if others else ""])
