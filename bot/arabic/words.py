"""Arabic words: one folding, tokens with offsets, stop words, search terms, digits.

The rules of one task each live beside this: folding.py, stemming.py, variants.py; topics, search,
stories and summaries take them from here. What a topic is called is the business of bot/topics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from bot.arabic.folding import INVISIBLE, MARKS, fold, to_arabic_digits, to_latin_digits
from bot.arabic.stemming import STOP_WORDS, split_prefix, stem, strip_suffix
from bot.arabic.variants import canonical

__all__ = [
    "STOP_WORDS", "Token", "canonical", "fold", "is_stop_word", "places", "search_terms", "stem", "term",
    "to_arabic_digits", "to_latin_digits", "tokens", "words",
]  # fmt: skip


class Token(NamedTuple):
    """One word or number; `text` is the slice [start:end] of the text that it came from."""

    text: str
    folded: str
    start: int
    end: int


_INSIDE = f"{MARKS}{INVISIBLE}"
_TOKEN = re.compile(
    r"\d+(?:[.,٫٬]\d+)*"  # 1,200  3.5  ١٬٢٠٠
    rf"|[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f{_INSIDE}]*"  # G20, F16: one word
    rf"|[^\W\d_\u0640][^\W\d_{_INSIDE}]*(?:[{_INSIDE}]+[^\W\d_]*)*"  # vowel marks do not part a word
)


class _Remembered(dict[str, str]):
    """What a function makes of each word that was met, up to `MOST` of them and not of endless ones.

    functools.lru_cache keeps its words in the order of their use, which takes longer than the look.
    """

    MOST = 1 << 16
    LONGEST = 64

    def __init__(self, work: Callable[[str], str]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, word: str) -> str:
        made = self._work(word)
        if len(word) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[word] = made
        return made


_folded = _Remembered(fold).__getitem__


def tokens(text: str) -> list[Token]:
    """The words and numbers of `text` in order, offsets into `text` itself.

    A vocalised or stretched word is one token, so is 1,200 or 3.5; a hashtag's underscores part
    words, and so do hyphens and apostrophes. Digits part from Arabic letters (عام1770), not from
    Latin ones (G20).
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if folded := _folded(word):
            found.append(Token(word, folded, match.start(), match.end()))
    return found


# topics, stories and search ask for the same text one after the other
@lru_cache(maxsize=4)
def words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of `text` in order: what `tokens` gives, without their places."""
    return tuple(filter(None, map(_folded, _TOKEN.findall(text))))


def places(text: str) -> list[tuple[int, int]]:
    """Where each of the words stands that `words` gives of `text`: [start:end], in their order."""
    found = list(_TOKEN.finditer(text))
    if len(found) != len(words(text)):  # some are folded away
        found = [match for match in found if _folded(match.group())]
    return [match.span() for match in found]


def is_stop_word(folded: str) -> bool:
    """Whether a folded word says nothing of what a text is about."""
    return folded in STOP_WORDS


def search_terms(text: str) -> list[str]:
    """What an index holds of `text` and what a query asks of it, in the order of the text.

    Folded, spelling variants joined, particles and endings off: وبسوريا, سورية and سوريا are one
    term. Stop words stay, as phrases need every word.
    """
    return list(map(_terms, words(text)))


def term(folded: str) -> str:
    """The search term of one folded word or number."""
    return _terms(folded)


def _term(folded: str) -> str:
    if folded[0].isdigit():
        return _GROUPED.sub("", folded)
    if not "ء" <= folded[0] <= "ي":
        return canonical(folded)
    particles, rest = split_prefix(folded)
    # سورية is the country, السورية an adjective: its ending goes before variants are looked up
    is_adjective = particles.endswith(("ال", "لل")) and rest.endswith("يه")
    if is_adjective:
        return canonical(rest[:-1])
    known = canonical(rest)
    return known if known != rest else canonical(strip_suffix(rest))


_terms = _Remembered(_term).__getitem__

_GROUPED = re.compile(r",(?=\d{3}(?!\d))")
