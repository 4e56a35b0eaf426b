"""Entities that no tag asks for: links, mentions, hashtags and commands that stand in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.sandbox.cleanup import offsets
from bot.sandbox.refusal import Json

_FOUND = {
    "url": re.compile(r"(?i)(?<![\w@.])(?:https?://[^\s<>«»\"]+|(?:www\.|t\.me/)[^\s<>«»\"]+)"),
    "email": re.compile(r"(?<![\w.@])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"),
    "mention": re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{3,32}\b"),
    "bot_command": re.compile(r"(?<![\w/<>.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b(?!/)"),
    # letters, digits, _ and ZWNJ: a tashkeel mark ends a tag; it needs a letter
    "hashtag": re.compile(r"(?<![\w#])#(?=[\w\u200c]*[^\W\d_])[\w\u200c]{1,256}"),
}
_MOST = 100


def with_found(text: str, entities: Sequence[Json]) -> list[Json]:
    """The entities and those that are found beside them, in order; Telegram keeps 100 at most."""
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in entities
        if e["type"] in ("code", "pre", "text_link")
    ]
    place, found = offsets(text), list(entities)
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            end = match.end() - _trailing(match[0]) if kind == "url" else match.end()
            start, stop = place[match.start()], place[end]
            if all(stop <= begin or start >= until for begin, until in taken):
                taken.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return sorted(found, key=lambda e: (e["offset"], -e["length"]))[:_MOST]


def _trailing(url: str) -> int:
    """Punctuation that ends the sentence, not the address."""
    return len(url) - len(url.rstrip(".,;:!?'()[]،؛؟"))
