"""Names within a slip of what was typed, found without comparing all of them.

What a slip is and costs is told in slips.py. Here stands the index: after one slip a name agrees with
the word in all but one letter, so each name is held under itself and under all that is left of it when
one letter is taken out (the index of Mor and Fraenkel, 1982, later called symmetric deletes). A second
slip must be a cheap one, and what one cheap slip makes of a word is soon told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.topics.slips import CHEAP, FULL, cheaply_changed, distance

SHORTEST = 3
"""Letters of the shortest word in which a slip is forgiven."""
_LONG = 8
"""Letters from which on a word may have a cheap slip beside another one."""
_MOST_SLIPS = 2
_VERY_LONG = 14
"""Letters from which on a word has few names of its length, and too many ways to be misspelt."""
_ONE_SLIP = 2 * CHEAP
"""One slip of any kind, or two cheap ones."""


def allowed(length: int) -> float:
    """How far a word may be from a name that has so many letters, or from one with more."""
    if length <= SHORTEST:
        return CHEAP
    return _ONE_SLIP if length < _LONG else FULL + CHEAP


def slipped(key: str, name: str) -> float | None:
    """How far a name is from what was typed; None where it is too far.

    Of several words only one may be misspelt; or a space is lost, added, or a letter typed for it.
    """
    words, wanted = key.split(), name.split()
    if len(words) != len(wanted):
        far = distance(key, name, _ONE_SLIP)
        return far if far <= _ONE_SLIP else None
    differing = [(word, meant) for word, meant in zip(words, wanted, strict=True) if word != meant]
    if not differing:
        return 0.0
    word, meant = differing[0]
    limit = _ONE_SLIP if len(words) > 1 else allowed(min(len(word), len(meant)))
    far = distance(word, meant, limit)
    return far if len(differing) == 1 and far <= limit else None


class Near:
    """An index of names for finding those within a slip."""

    def __init__(self, names: Iterable[str]) -> None:
        self._order: Mapping[str, int] = {
            name: place for place, name in enumerate(names) if len(name) >= SHORTEST
        }
        cut: defaultdict[str, list[str]] = defaultdict(list)
        gapped: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        long: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        letters: set[str] = set()
        for name in self._order:
            letters.update(name)
            if " " in name:
                for gap in _gaps(name):
                    gapped[gap].append(name)
                continue
            if len(name) <= _VERY_LONG + _MOST_SLIPS:
                for left in {cut for one in _singled(name) for cut in _cuts(one)}:
                    cut[left].append(name)
            long[len(name)].append((_letters(name), name))
        # tuples of strings alone: the garbage collector does not look into them ever again
        self._cut = {left: tuple(found) for left, found in cut.items()}
        self._gaps = {gap: tuple(found) for gap, found in gapped.items()}
        self._by_length = {length: tuple(found) for length, found in long.items()}
        self._letters = "".join(sorted(letters))
        self._longest = max(map(len, self._order), default=0)

    def within(self, key: str) -> list[tuple[float, str]]:
        """(how far, name) of all names within a slip of these folded words, in the names' order."""
        if not SHORTEST <= len(key) <= self._longest + 2:
            return []
        one_word = self._single if len(key) < _VERY_LONG else self._of_its_letters
        likely = set(self._gapped(key) if " " in key else one_word(key))
        likely.update(self._spaced(key))
        found = ((slipped(key, name), name) for name in sorted(likely, key=self._order.__getitem__))
        return [(far, name) for far, name in found if far is not None]

    def _single(self, word: str) -> Iterator[str]:
        known = self._cut
        for changed in set(cheaply_changed(word)):
            for left in _cuts(changed):
                if left in known:
                    yield from known[left]

    def _of_its_letters(self, word: str) -> Iterator[str]:
        """The names of about this length that lack few of its letters and have few others."""
        typed = _letters(word)
        for length in range(len(word) - _MOST_SLIPS, len(word) + _MOST_SLIPS + 1):
            for letters, name in self._by_length.get(length, ()):
                missing, other = (typed & ~letters).bit_count(), (letters & ~typed).bit_count()
                if missing <= _MOST_SLIPS and other <= _MOST_SLIPS:
                    yield name

    def _gapped(self, key: str) -> Iterator[str]:
        for gap in _gaps(key):
            yield from self._gaps.get(gap, ())

    def _spaced(self, key: str) -> Iterator[str]:
        """The names that agree in all letters but for one space."""
        for at, letter in enumerate(key):
            if letter == " ":
                others = ("", *self._letters)
                changed = [key[:at] + other + key[at + 1 :] for other in others]
            else:
                changed = [f"{key[:at]} {key[at + 1 :]}", f"{key[:at]} {key[at:]}"]
            yield from (one for one in changed if one in self._order)


def _cuts(word: str) -> Iterator[str]:
    """The word and what is left of it without any one letter."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _letters(word: str) -> int:
    """Which letters a word has, as bits; letters far from one another may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 127)
    return bits


def _singled(name: str) -> Iterator[str]:
    """The name, and the name with one of its doubled letters once: that one may be lost with both."""
    yield name
    for at in range(1, len(name)):
        if name[at] == name[at - 1]:
            yield name[:at] + name[at + 1 :]


def _gaps(key: str) -> Iterator[tuple[str, ...]]:
    """Several words with each of them left open in turn."""
    words = key.split()
    for at in range(len(words)):
        yield (*words[:at], "", *words[at + 1 :])
