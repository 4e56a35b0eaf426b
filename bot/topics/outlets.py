"""The outlets that news comes from by their names in both scripts: سكاي نيوز and skynews are one.

The names stand in outlets.txt; a name that is not there is not transliterated, as that would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.arabic.lists import read_lines
from bot.topics.query import words_of


def outlet(words: Sequence[str]) -> int | None:
    """Which outlet, by its place in the list, these folded words are a name of; None for no outlet's."""
    return _OUTLETS.get("".join(words))


def by_name(lines: Iterable[str]) -> Mapping[str, int]:
    """Folded name without spaces → its outlet. Raises ValueError where two outlets have one name."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        for name in filter(None, map(str.strip, line.split(","))):
            key = "".join(words_of(name))
            if found.setdefault(key, number) != number:
                raise ValueError(f"outlets.txt:{number}: {name!r} stands in line {found[key]} too")
    return found


_OUTLETS = by_name(read_lines("outlets.txt", "bot.topics"))
