"""Text as Telegram keeps it: which characters it takes out, how it trims, how it counts.

Lengths and offsets are in UTF-16 code units, as everywhere in the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.sandbox.refusal import Json

# clean_input_string of tdlib: control characters become spaces, these go without a trace
_GONE = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_MARKS = re.compile("[\u200e\u200f]{2,}")
_SPACE = (
    " \n\t\r\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_KEEP_SPACES = frozenset({"pre", "code", "blockquote", "expandable_blockquote"})


def units(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def offsets(text: str) -> list[int]:
    """For each character, and for the end, how many UTF-16 units stand before it."""
    found = [0]
    for letter in text:
        found.append(found[-1] + (2 if letter > "\uffff" else 1))
    return found


def cleaned(text: str, entities: Sequence[Json] = ()) -> tuple[str, list[Json]]:
    """The text without what Telegram deletes, trimmed, and its entities moved along.

    Entities that have nothing left, or blanks alone, are dropped.
    """
    gone = {m.start() for m in re.finditer(_GONE, text)}
    kept = [n for n in range(len(text)) if n not in gone]
    letters = [text[n] for n in kept]
    flat = _CONTROL.sub(" ", "".join(letters))
    flat = _MARKS.sub(lambda run: "\u200c" * (len(run[0]) - 1) + run[0][-1], flat)
    start = len(flat) - len(flat.lstrip(_SPACE))
    end = len(flat.rstrip(_SPACE))
    kept, flat = kept[start:end], flat[start:end]
    return flat, _moved(text, kept, flat, entities) if flat else []


def _moved(old: str, kept: list[int], new: str, entities: Sequence[Json]) -> list[Json]:
    before, after = offsets(old), offsets(new)
    place = {before[n]: after[m] for m, n in enumerate(kept)}
    moved, at = [0] * (before[-1] + 1), after[-1]
    for unit in range(before[-1], -1, -1):
        at = moved[unit] = place.get(unit, at)
    found = []
    for entity in entities:
        start = moved[min(entity["offset"], before[-1])]
        length = moved[min(entity["offset"] + entity["length"], before[-1])] - start
        if length > 0 and not _is_blank(new, start, length, entity["type"]):
            found.append({**entity, "offset": start, "length": length})
    return found


def _is_blank(text: str, start: int, length: int, kind: str) -> bool:
    return kind not in _KEEP_SPACES and not cut(text, start, length).strip(_SPACE)


def cut(text: str, offset: int, length: int) -> str:
    """The piece of a text that stands at an entity's place."""
    raw = text.encode("utf-16-le")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
