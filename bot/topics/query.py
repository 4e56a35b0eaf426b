"""A reader's words → topics, or what to search for.

Never a wrong topic in silence: whatever is not exactly a name that the lexicon knows is a guess and
comes back as one, to be named to the reader.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from bot.arabic.words import canonical, fold, is_stop_word, search_terms, tokens
from bot.model import SearchQuery, TopicId
from bot.topics.lexicon import Lexicon, Topic
from bot.topics.lexicon_lines import Kind
from bot.topics.slips import consonants, distance

_LONGEST = 200
"""Letters of a question that are read."""
_OFFERED = 6
_MOST_NAMES = 5
"""Names in one question."""
_SHORTEST_PREFIX = 3
_LEAST_SOUNDS = 3
"""Consonants that must agree for a spelling in the other script to be a guess."""


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """What a reader's words name.

    selection: sets of topics, all of which are asked for at once (a group is a set of its members);
    empty where the words name no topic. guessed: those of `topics` that the reader did not spell so.
    """

    selection: tuple[frozenset[TopicId], ...] = ()
    topics: tuple[TopicId, ...] = ()
    """The topics named, in order, groups by their own ids."""
    guessed: tuple[TopicId, ...] = ()
    nearest: tuple[TopicId, ...] = ()
    """Where nothing was found: the nearest known topics, to be offered."""


def parse_topics(words: str, lexicon: Lexicon) -> TopicAnswer:
    """The topics that a reader's words name; several names in one question are asked for together."""
    keys = _words_of(words)
    if not keys:
        return TopicAnswer()
    index = _index(lexicon)
    named = index.exact(keys)
    guessed: list[TopicId] = []
    found = [named] if named else _several(keys, index, guessed)
    if not found:
        return TopicAnswer(nearest=tuple(nearest(words, lexicon, _OFFERED)))
    selection = tuple(dict.fromkeys(frozenset().union(*map(lexicon.members, one)) for one in found))
    topics = tuple(dict.fromkeys(topic for one in found for topic in one))
    return TopicAnswer(selection, topics, tuple(dict.fromkeys(guessed)))


def nearest(words: str, lexicon: Lexicon, limit: int) -> list[TopicId]:
    """Topics that some of these words name, then those whose names come nearest, nearest first."""
    keys = _words_of(words)
    asked = " ".join(keys)
    if not asked:
        return []
    best: dict[TopicId, float] = dict.fromkeys(_named_within(keys, _index(lexicon)), 0.0)
    for key, topics in _alike(asked, _index(lexicon).names):
        inside = key.startswith(asked) or asked in key.split()
        far = 0.25 if inside else distance(asked, key, len(asked) * 0.5) / len(asked)
        if far <= 0.5:
            for topic in topics:
                best[topic] = min(far, best.get(topic, 1.0))
    order = {topic: place for place, topic in enumerate(lexicon.topics)}
    return sorted(best, key=lambda topic: (best[topic], order[topic]))[:limit]


def _named_within(keys: Sequence[str], index: _Index) -> Iterator[TopicId]:
    """Syria in "the Syrian crisis": what a run of the words names exactly."""
    for length in range(min(len(keys), _LONGEST_NAME), 0, -1):
        for start in range(min(len(keys), _MOST_WORDS) - length + 1):
            yield from index.exact(keys[start : start + length]) or ()


_LONGEST_NAME = 4
_MOST_WORDS = 12
"""Words of a question in which names are looked for."""

_COMPARED = 24
"""Names that are compared letter by letter with what was asked; others share too few of its pairs."""


def _alike(
    asked: str, names: Mapping[str, tuple[TopicId, ...]]
) -> Iterator[tuple[str, tuple[TopicId, ...]]]:
    """The names that share most pairs of letters with these words, by Dice's coefficient."""
    pairs = _pairs(asked)
    shared = ((2 * len(pairs & _pairs(key)) / (len(pairs) + len(key)), key) for key in names)
    for _, key in nlargest(_COMPARED, shared):
        yield key, names[key]


@lru_cache(maxsize=1 << 14)
def _pairs(key: str) -> frozenset[str]:
    return frozenset(map("".join, zip(f" {key}", f"{key} ", strict=True)))


_JOINERS = frozenset(
    re.findall(
        r"\w+",
        "و في من عن حول مع او اخبار خبر موضوع مواضيع and et of in the la le les du de about on sur news",
    )
)
"""Words between and before names that name nothing themselves."""


def _words_of(words: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(words[:_LONGEST].replace("_", " ")))


def _several(keys: Sequence[str], index: _Index, guessed: list[TopicId]) -> list[tuple[TopicId, ...]]:
    """The names that the words are made of, all of them; where one is no topic, none."""
    guess = index.guess(keys)
    exact = _split(keys, index, ())
    if exact:
        return exact
    if guess:
        guessed.extend(guess)
        return [guess]
    mixed: list[TopicId] = []
    found = _split(keys, index, mixed)
    guessed.extend(mixed if found else ())
    return found


def _split(
    keys: Sequence[str], index: _Index, guesses: list[TopicId] | tuple[()]
) -> list[tuple[TopicId, ...]]:
    found: list[tuple[TopicId, ...]] = []
    at = 0
    while at < len(keys):
        for end in range(len(keys), at, -1):
            piece = keys[at:end]
            named = index.exact(piece) or index.exact((piece[0].removeprefix("و"), *piece[1:]))
            if not named and isinstance(guesses, list) and end == at + 1 and keys[at] not in _JOINERS:
                named = index.guess(piece)
                guesses.extend(named)
            if named:
                found.append(named)
                at = end
                break
        else:
            if keys[at] not in _JOINERS:
                return []
            at += 1
    return found if len(found) <= _MOST_NAMES else []


class _Index:
    """The names of all topics by their keys."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        ranked: defaultdict[str, dict[TopicId, int]] = defaultdict(dict)
        self.country: dict[TopicId, bool] = {}
        self.sounds: defaultdict[str, list[TopicId]] = defaultdict(list)
        for topic in topics:
            self.country[topic.id] = topic.kind is Kind.COUNTRY
            shown = set(topic.names.values())
            for spelling in topic.spellings:
                rank = 0 if spelling in shown else 1
                words = tuple(token.folded for token in tokens(spelling))
                # as it stands, too: a slip in تلغرام is nearer to it than to its common spelling
                for key in (*_keys(words), " ".join(words)):
                    ranked[key][topic.id] = min(rank, ranked[key].get(topic.id, rank))
            for name in topic.names.values():
                heard = consonants(fold(name))
                if len(heard) >= _LEAST_SOUNDS and topic.id not in self.sounds[heard]:
                    self.sounds[heard].append(topic.id)
        self.names: Mapping[str, tuple[TopicId, ...]] = {
            key: _best(owners) for key, owners in ranked.items()
        }
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in self.names:
            self._by_length[len(key)].append(key)

    def exact(self, words: Sequence[str]) -> tuple[TopicId, ...]:
        """The topics with exactly this name; two share one at times (عمان)."""
        for key in _keys(words):
            if key in self.names:
                return self.names[key]
        return ()

    def guess(self, words: Sequence[str]) -> tuple[TopicId, ...]:
        """The one topic that these words most likely mean; empty where none or too many are near."""
        key = next(iter(_keys(words)), "")
        if len(key) < _SHORTEST_PREFIX:
            return ()
        return self._slip(key) or self._prefix(key) or self._sound(key)

    def _prefix(self, key: str) -> tuple[TopicId, ...]:
        """The topic of the only name that goes on from here in the middle of a word."""
        begun = {
            self.names[name] for name in self.names if name.startswith(key) and name[len(key)] != " "
        }
        if len(begun) > 1:
            begun = {topics for topics in begun if self.country[topics[0]]}
        return next(iter(begun)) if len(begun) == 1 and len(next(iter(begun))) == 1 else ()

    def _slip(self, key: str) -> tuple[TopicId, ...]:
        near: defaultdict[float, list[tuple[TopicId, ...]]] = defaultdict(list)
        pieces = _thirds(key)
        for length in range(max(len(key) - 2, _SHORTEST_PREFIX), len(key) + 3):
            for name in self._by_length.get(length, ()):
                if any(piece in name for piece in pieces):
                    far = _slipped(key, name)
                    if far is not None:
                        near[far].append(self.names[name])
        if not near:
            return ()
        best = list(dict.fromkeys(near[min(near)]))
        chosen = [topics for topics in best if self.country[topics[0]]] or best
        return chosen[0][:1]

    def _sound(self, key: str) -> tuple[TopicId, ...]:
        if not key.isascii():
            return ()
        heard = consonants(key.removeprefix("al ").replace(" ", ""))
        topics = self.sounds.get(heard, []) if len(heard) >= _LEAST_SOUNDS else []
        return (topics[0],) if topics else ()


def _slips_allowed(length: int) -> float:
    """How far a word may be from a name: half a letter in three, one in four to six, then more."""
    if length <= _SHORTEST_PREFIX:
        return 0.5
    return 1.0 if length < 8 else 1.5 if length < 12 else 2.0


def _thirds(key: str) -> tuple[str, ...]:
    """Three pieces of a word: whoever slipped twice at most left one of them as it was."""
    third = max(len(key) // 3, 1)
    return key[:third], key[third:-third], key[-third:]


def _slipped(key: str, name: str) -> float | None:
    """How far a name is; None where it is too far. Of several words only one may be misspelt."""
    words, wanted = key.split(), name.split()
    if len(words) != len(wanted):
        far = distance(key, name, 1.0)
        return far if far <= 1.0 else None
    total = 0.0
    for word, meant in zip(words, wanted, strict=True):
        if word != meant:
            limit = 1.0 if len(words) > 1 else _slips_allowed(min(len(word), len(meant)))
            far = distance(word, meant, limit)
            if total or far > limit:
                return None
            total += far
    return total


def _best(owners: Mapping[TopicId, int]) -> tuple[TopicId, ...]:
    least = min(owners.values())
    return tuple(topic for topic, rank in owners.items() if rank == least)


def _keys(words: Sequence[str]) -> Iterator[str]:
    """The keys under which words are a name: as they stand, then without articles and spaces."""
    if not words:
        return
    joined = [canonical(word) for word in words]
    yield " ".join(joined)
    bare = [canonical(_without_article(word)) for word in joined if word not in _ARTICLES] or joined
    yield " ".join(bare)
    yield "".join(bare)


_ARTICLES = frozenset(("the", "la", "le", "les", "al", "el", "ال"))


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=4)
def _index(lexicon: Lexicon) -> _Index:
    return _Index(lexicon.all())


# --- searching ------------------------------------------------------------------------------------

_PARTS = re.compile(
    r"(?P<out>(?<!\S)[-−–](?=[^\s\-]))?"
    r'(?:"(?P<a>[^"]*)"|[“”](?P<b>[^”“]*)[”“]|„(?P<c>[^“”]*)[“”]|«(?P<d>[^»]*)»|‹(?P<e>[^›]*)›|(?P<word>[^\s"“”„«»‹›]+)|["“”„«»‹›])'
)
_MOST_TERMS = 24
"""Phrases of a query that count; more narrow nothing any further."""


def parse_search(words: str) -> SearchQuery:
    """Quoted phrases, `-word` or `-"a phrase"` to leave out, otherwise words that must all stand there.

    All quotation marks are understood; one that closes nothing is not there. Any other sign is
    part of the text: nothing in the words is an operator of the database.
    """
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    idle: list[tuple[str, ...]] = []
    for part in _PARTS.finditer(words[:2_000]):
        word = part["word"]
        quoted = next((part[name] for name in "abcde" if part[name] is not None), "")
        terms = tuple(search_terms(word or quoted))
        if not terms:
            continue
        if part["out"]:
            excluded.append(terms)
        elif word and len(terms) == 1 and is_stop_word(fold(word)):
            idle.append(terms)
        else:
            phrases.append(terms)
    kept = phrases or idle
    return SearchQuery(
        tuple(dict.fromkeys(kept))[:_MOST_TERMS], tuple(dict.fromkeys(excluded))[:_MOST_TERMS]
    )
