"""What a pressed button asks for, and its form on the wire: at most 64 bytes, with a version first.

The form is `1|code|fields…`. Whatever is not exactly what `encode` writes is no action: forged, cut
or older data decode to None. Buttons set, they never toggle, so a second press does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import time

from bot.model import Button, TopicId

VERSION = "1"
LIMIT = 64
"""Bytes of UTF-8 that Telegram takes as a button's data."""

PAGE = 5
"""Stories on one page of a list where the reader names no number."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest stories from `offset` on, `size` of them."""

    offset: int = 0
    size: int = PAGE


@dataclass(frozen=True, slots=True)
class OnTopics:
    """The newest stories about at least one topic of each group."""

    groups: tuple[tuple[TopicId, ...], ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """The newest stories that hold the words, which are kept as the reader wrote them."""

    words: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics with their numbers of stories."""


@dataclass(frozen=True, slots=True)
class Sources:
    offset: int = 0


@dataclass(frozen=True, slots=True)
class OfSource:
    """The newest stories of the source with this mark (settings_actions.mark): names may be long."""

    mark: str
    offset: int = 0


ListAction = Latest | OnTopics | Search | OfSource | Topics | Sources


@dataclass(frozen=True, slots=True)
class Saved:
    """The stories that the chat keeps; pressed, it is answered with its family (keep_actions.py)."""

    offset: int = 0


Back = ListAction | Saved
"""A place to which a story card can lead back."""


@dataclass(frozen=True, slots=True)
class Read:
    """One story's card; `more` shows further sentences."""

    number: int
    more: bool = False
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest as it would come now."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first message again."""


@dataclass(frozen=True, slots=True)
class Help:
    pass


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A daily digest at that local time."""

    at: time


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    pass


@dataclass(frozen=True, slots=True)
class Undo:
    """The subscription that was just ended, again."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The topic leads the chat's digests from now on, or no longer."""

    topic: TopicId
    on: bool = True


Action = ListAction | Read | Digest | Start | Help | Subscribe | Unsubscribe | Undo | Follow

_SAVED = "K|v|"

_BARE: dict[str, Action] = {
    "T": Topics(),
    "d": Digest(),
    "i": Start(),
    "h": Help(),
    "x": Unsubscribe(),
    "z": Undo(),
}
_CODES = {type(action): code for code, action in _BARE.items()}


def encode(action: Action | Saved) -> str:
    """The button's data, or an empty string where it would pass 64 bytes."""
    wire = f"{VERSION}|{_body(action)}"
    if isinstance(action, Read) and not fits(wire):
        wire = f"{VERSION}|{_body(Read(action.number, action.more))}"
    return wire if fits(wire) else ""


def fits(wire: str) -> bool:
    """Whether Telegram takes it as a button's data."""
    return len(wire.encode("utf-8", "surrogatepass")) <= LIMIT


def button(label: str, action: Action | Saved) -> tuple[Button, ...]:
    """The button as a part of a row; nothing where its action does not fit."""
    wire = encode(action)
    return (Button(label, action=wire),) if wire else ()


def decode(wire: str) -> Action | None:
    """The action, or None for anything that `encode` would not have written."""
    version, _, body = wire.partition("|")
    if version != VERSION:
        return None
    action = _action(body)
    return action if action is not None and encode(action) == wire else None


def family(wire: str, codes: Collection[str]) -> tuple[str, str] | None:
    """The code and the rest of a button whose code belongs to another module; None where it does not.

    Such a module has a table of its own (families.py), which keeps the rules of this one: the version
    first, 64 bytes, exactly what `encode` writes or nothing.
    """
    version, _, body = wire.partition("|")
    code, _, rest = body.partition("|")
    return (code, rest) if version == VERSION and code in codes else None


# --- to the wire ----------------------------------------------------------------------------------


def place_body(place: Back) -> str:
    """A place to lead back to, as it stands at the end of another button's data."""
    return _body(place)


def _body(action: Action | Saved) -> str:
    match action:
        case Saved(offset):
            return f"{_SAVED}{offset}"
        case Latest(offset, size):
            return f"l|{offset}|{size}"
        case OnTopics(groups, offset):
            return f"t|{offset}|{'+'.join('/'.join(group) for group in groups)}"
        case Search(words, offset):
            return f"s|{offset}|{_packed(words)}"
        case OfSource(mark, offset):
            return f"o|{offset}|{mark}"
        case Sources(offset):
            return f"S|{offset}"
        case Read(number, more, back):
            return f"r|{number}|{int(more)}" + (f"|{_body(back)}" if back else "")
        case Subscribe(at):
            return f"b|{at:%H%M}"
        case Follow(topic, on):
            return f"f|{int(on)}|{topic}"
        case _:
            return _CODES[type(action)]


# --- from the wire --------------------------------------------------------------------------------


def _action(body: str) -> Action | None:
    code, _, rest = body.partition("|")
    if code in _BARE and not rest:
        return _BARE[code]
    read = _READERS.get(code)
    return read(rest) if read else None


def _number(digits: str, most: int) -> int | None:
    """A number without sign or leading zeros, up to `most`."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", digits) or int(digits) > most:
        return None
    return int(digits)


FARTHEST = 100_000
"""The last offset that a list is asked for."""

LARGEST_ID = 2**53
MARK_FORM = "[0-9a-f]{12}"
TOPIC_FORM = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"


def _latest(rest: str) -> Latest | None:
    offset, _, size = rest.partition("|")
    start, length = _number(offset, FARTHEST), _number(size, 20)
    return Latest(start, length) if start is not None and length else None


def _on_topics(rest: str) -> OnTopics | None:
    offset, _, names = rest.partition("|")
    start = _number(offset, FARTHEST)
    groups = tuple(tuple(TopicId(name) for name in group.split("/")) for group in names.split("+"))
    sound = all(_is_topic(name) for group in groups for name in group)
    return OnTopics(groups, start) if start is not None and sound else None


def _is_topic(name: str) -> bool:
    return re.fullmatch(TOPIC_FORM, name) is not None


def _search(rest: str) -> Search | None:
    offset, _, packed = rest.partition("|")
    start, words = _number(offset, FARTHEST), _unpacked(packed)
    return Search(words, start) if start is not None and words else None


def _sources(rest: str) -> Sources | None:
    start = _number(rest, FARTHEST)
    return None if start is None else Sources(start)


def _of_source(rest: str) -> OfSource | None:
    offset, _, mark = rest.partition("|")
    start, sound = _number(offset, FARTHEST), re.fullmatch(MARK_FORM, mark)
    return OfSource(mark, start) if start is not None and sound else None


def _read(rest: str) -> Read | None:
    number, _, rest = rest.partition("|")
    more, _, back = rest.partition("|")
    story, origin = _number(number, LARGEST_ID), place(back)
    if not story or more not in ("0", "1") or (back and origin is None):
        return None
    return Read(story, more == "1", origin)


def place(body: str) -> Back | None:
    """The place of which `place_body` made this; None where it is none."""
    if body.startswith(_SAVED):
        offset = _number(body.removeprefix(_SAVED), FARTHEST)
        return None if offset is None else Saved(offset)
    found = _action(body)
    return found if isinstance(found, ListAction) else None


def _subscribe(rest: str) -> Subscribe | None:
    if not re.fullmatch(r"[0-9]{4}", rest) or int(rest[:2]) > 23 or int(rest[2:]) > 59:
        return None
    return Subscribe(time(int(rest[:2]), int(rest[2:])))


def _follow(rest: str) -> Follow | None:
    on, _, topic = rest.partition("|")
    return Follow(TopicId(topic), on == "1") if on in ("0", "1") and _is_topic(topic) else None


_READERS: dict[str, Callable[[str], Action | None]] = {
    "l": _latest,
    "t": _on_topics,
    "s": _search,
    "o": _of_source,
    "S": _sources,
    "r": _read,
    "b": _subscribe,
    "f": _follow,
}


# --- words in few bytes ---------------------------------------------------------------------------

# An Arabic letter takes two bytes in UTF-8; as an ASCII letter it takes one, so that 55 letters of a
# search fit instead of 27. "~" says that this is done, "=" that the words stand as they are.
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_ASCII = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij"
_PACK = str.maketrans(_ARABIC, _ASCII)
_UNPACK = str.maketrans(_ASCII, _ARABIC)


def _packed(words: str) -> str:
    if re.fullmatch(f'[{_ARABIC}0-9 "«»|-]+', words):
        return "~" + words.translate(_PACK)
    return "=" + words


def _unpacked(packed: str) -> str:
    return (
        packed[1:].translate(_UNPACK)
        if packed.startswith("~")
        else packed[1:]
        if packed[:1] == "="
        else ""
    )
