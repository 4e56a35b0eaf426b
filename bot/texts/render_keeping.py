"""Kept stories, a chat's own data, and what admins are told of broadcasts and copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from bot.model import Language, Reply, Story
from bot.texts import direction, html
from bot.texts.actions import PAGE, Latest, Read, Saved, button
from bot.texts.html import Html, Size
from bot.texts.keep_actions import Drop, Forget, KeepAction, Send
from bot.texts.keep_actions import button as keep_button
from bot.texts.parts import Row, dotted, in_private, linked_headline, notice, sources
from bot.texts.voice import Voice

LONGEST = Size(units=3_500, entities=80)
"""Of a broadcast: what is asked before it is sent shows it whole, and has its own words beside it."""

_IN_A_ROW = 5


def saved(voice: Voice, stories: Sequence[Story], here: Saved, total: int, most: int) -> Reply:
    """A page of kept stories, the one kept last first. most: how many a chat may keep."""
    if not stories:
        return notice(voice, "saved-empty", [button(voice.label("button-latest"), Latest())])
    counted = voice.line("n-stories", stories=total)
    head = dotted([html.bold(voice.label("saved-title")), counted])
    blocks = [_item(voice, story, here.offset + n) for n, story in enumerate(stories, start=1)]
    full = voice.line("saved-full", stories=most) if total >= most else ""
    ends = html.join("\n", [voice.line("list-hint"), full])
    laid = [direction.lay_out(block, voice.language) for block in blocks]
    shown = html.fit(laid, direction.lay_out(f"{head}\n\n{ends}", voice.language))
    rows = [*_opening(stories[:shown], here), *_dropping(voice, stories[:shown], here)]
    return voice.reply([head, *blocks[:shown], ends], [*rows, _paging(voice, here, shown, total)])


def _item(voice: Voice, story: Story, number: int) -> Html:
    age = voice.times.age(story.newest.published)
    first = html.join(" ", [html.bold(f"{number}."), linked_headline(voice, story)])
    return html.join("\n", [first, dotted([sources(voice, story.sources), age])])


def _opening(stories: Sequence[Story], here: Saved) -> list[Row]:
    numbered = enumerate(stories, start=here.offset + 1)
    return [tuple(b for n, story in numbered for b in button(str(n), Read(story.id, back=here)))]


def _dropping(voice: Voice, stories: Sequence[Story], here: Saved) -> list[Row]:
    flat = [
        b
        for n, story in enumerate(stories, start=here.offset + 1)
        for b in keep_button(voice.label("button-drop-one", number=str(n)), Drop(story.id, here.offset))
    ]
    return [tuple(flat[n : n + _IN_A_ROW]) for n in range(0, len(flat), _IN_A_ROW)]


def _paging(voice: Voice, here: Saved, shown: int, total: int) -> Row:
    row: Row = ()
    if here.offset:
        row += keep_button(voice.label("button-previous"), Saved(max(0, here.offset - PAGE)))
    if here.offset + shown < total:
        row += keep_button(voice.label("button-next"), Saved(here.offset + shown))
    return row


# --- a chat's own data ----------------------------------------------------------------------------


def data_caption(voice: Voice) -> Reply:
    return notice(voice, "mydata-caption")


def data_refused(voice: Voice) -> Reply:
    """For a group's members: its data is its administrators' to see and to delete."""
    return notice(voice, "mydata-refused", [in_private(voice)])


def forget_ask(voice: Voice) -> Reply:
    return notice(
        voice,
        "forget-ask",
        [_yes_or_no(voice, "button-forget", Forget(True), "button-not-forget", Forget(False))],
    )


def forgotten(voice: Voice) -> Reply:
    return notice(voice, "forgotten")


def not_forgotten(voice: Voice) -> Reply:
    return notice(voice, "forget-not")


def _yes_or_no(voice: Voice, yes: str, do: KeepAction, no: str, leave: KeepAction) -> Row:
    return keep_button(voice.label(yes), do) + keep_button(voice.label(no), leave)


# --- admins ---------------------------------------------------------------------------------------


def broadcast_text(words: str, markup: str = "") -> Html:
    """An admin's words as they go to every subscriber: their own lines, what is bold, italic,
    underlined or struck out, and links. markup: the words as Telegram's HTML, where they are formatted.
    """
    given = _plainly(markup) if markup else "\n".join(html.escape(line) for line in words.split("\n"))
    lines = given.strip()
    side = direction.first_strong(html.clean(words))
    return direction.lay_out(lines, Language.EN if side == "L" else Language.AR)


_TAG = re.compile(r"<(/?)([a-z-]+)(?:\s[^<>]*?)?>")
_HREF = re.compile(r'<a href="([^"<>]*)">')
_KEPT = ("b", "i", "u", "s")


def _plainly(markup: str) -> str:
    """Without the tags that a broadcast does not keep: code, quotations, whatever is yet to come."""
    links: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        closes, name = tag[1], tag[2]
        if name != "a":
            return f"<{closes}{name}>" if name in _KEPT else ""
        if closes:
            return "</a>" if links and links.pop() else ""
        address = _HREF.fullmatch(tag[0])
        links.append(address is not None and html.is_web_address(unescape(address[1])))
        return tag[0] if links[-1] else ""

    return _TAG.sub(kept, markup)


def is_sendable(text: Html) -> bool:
    return html.size(text).within(LONGEST)


def broadcast_long(voice: Voice, text: Html) -> Reply:
    units = html.size(text).units
    return notice(voice, "broadcast-long", units=units, most=LONGEST.units)


def broadcast_confirm(voice: Voice, text: Html, subscribers: int, number: int) -> Reply:
    """The text as it will go, for how many, and whether to send it."""
    lead = voice.line("broadcast-confirm", subscribers=subscribers)
    shown = Html(f"<blockquote expandable>{text}</blockquote>")
    rows = [_yes_or_no(voice, "button-send", Send(number, True), "button-not-send", Send(number, False))]
    return voice.reply([lead, shown, voice.line("broadcast-quiet")], rows)


def broadcast_done(voice: Voice, queued: int) -> Reply:
    parts = [voice.line("broadcast-done", subscribers=queued), voice.line("broadcast-quiet")]
    return voice.reply([*parts, voice.line("broadcast-next")])


def file_size(voice: Voice, size: int) -> str:
    """In megabytes with one decimal, a tenth at least."""
    return voice.label("file-size", megabytes=f"{max(size / 1_000_000, 0.1):.1f}")


def backup_caption(voice: Voice, size: int) -> Reply:
    return notice(voice, "backup-caption", size=file_size(voice, size))


def backup_path(voice: Voice, size: int, path: str, kept: int) -> Reply:
    """kept: how many copies stay in that folder."""
    lies = voice.line("backup-path", size=file_size(voice, size), path=path)
    return voice.reply([lies, voice.line("backup-kept", copies=kept)])
