"""A reader's words → topics, or what to search for.

Never a wrong topic in silence: whatever is not exactly a name that the lexicon knows is a guess and
comes back as one, to be named to the reader. The index of names is in names.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.arabic.words import fold, is_stop_word, search_terms, tokens
from bot.model import SearchQuery, TopicId
from bot.topics.lexicon import Lexicon
from bot.topics.lexicon_lines import Kind
from bot.topics.names import Names, names_of

_LONGEST = 200
"""Letters of a question that are read."""
_OFFERED = 6
_ALSO_OFFERED = 3
"""Further topics beside a guess that come as near."""
_MOST_NAMES = 5
"""Names in one question."""
_MOST_WORDS = 12
"""Words of a question in which names are looked for."""


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
    """Others to be offered: near ones where the words were guessed or name nothing, and namesakes."""

    @property
    def is_doubtful(self) -> bool:
        """Whether names stand beside a word that may be misspelt or be no name at all (الرئيس السوري):
        texts that hold the words come before such a guess."""
        return 0 < len(self.guessed) < len(self.topics)


Found = Sequence[tuple[TopicId, ...]]
"""Of each name its topics: two share one at times (عمان)."""


def parse_topics(words: str, lexicon: Lexicon) -> TopicAnswer:
    """The topics that a reader's words name; several names in one question are asked for together."""
    keys = words_of(_APOSTROPHE_S.sub("", words))
    if not keys:
        return TopicAnswer()
    names = names_of(lexicon)
    named, namesakes = names.meant(names.exact(keys), words)
    if named:
        near = names.slip(keys, one=True) if names.is_loose(keys) else ()
        countries = [one for one in near if names.kinds[one] is Kind.COUNTRY and one not in named]
        if countries:
            # a family name one letter from a country's (Cameron, Cameroon) is a guess as well
            return _answer([named], named, countries[:_ALSO_OFFERED], lexicon)
        return _answer([named], (), namesakes, lexicon)
    if all(key in _TITLES or key in _JOINERS for key in keys):
        # ordinary words, well spelt: الرئيس is no slip of روسيا, and the texts know what is meant
        return TopicAnswer(nearest=tuple(nearest(words, lexicon, _OFFERED)))
    exact = list(_split(keys, names))
    guess = _guess(keys, exact, names)
    if guess:
        return _answer([guess[:1]], guess[:1], guess[1 : 1 + _ALSO_OFFERED], lexicon)
    if exact:
        return _answer(exact, (), (), lexicon)
    guesses: list[TopicId] = []
    mixed = list(_split(keys, names, guesses))
    if len(guesses) == 1 < len(mixed):
        return _answer(mixed, guesses, (), lexicon)
    return TopicAnswer(nearest=tuple(nearest(words, lexicon, _OFFERED)))


def _guess(keys: Sequence[str], exact: Found, names: Names) -> tuple[TopicId, ...]:
    """What all of the words together most likely mean, where the names in them do not say it.

    Who means بيل غيتس and types نيل does not ask for the Nile; nor for Lebanon who types Liban-Sur.
    """
    if not exact:
        return names.guess(keys)
    if len(exact) == 1 and keys[-1] not in _JOINERS and keys[0] not in _TITLES:
        return ()
    near = names.slip(keys, one=True)
    return near if list(exact) != [near[:1]] else ()


def _answer(
    found: Found, guessed: Sequence[TopicId], near: Sequence[TopicId], lexicon: Lexicon
) -> TopicAnswer:
    selection = dict.fromkeys(frozenset().union(*map(lexicon.members, one)) for one in found)
    topics = dict.fromkeys(topic for one in found for topic in one)
    return TopicAnswer(tuple(selection), tuple(topics), tuple(dict.fromkeys(guessed)), tuple(near))


def nearest(words: str, lexicon: Lexicon, limit: int) -> list[TopicId]:
    """Topics that some of these words name, then those whose names come nearest, nearest first."""
    keys, names = words_of(words), names_of(lexicon)
    best = dict.fromkeys(_named_within(keys, names), 0.0)
    for far, topics in names.alike(" ".join(keys)):
        for topic in topics:
            best[topic] = min(far, best.get(topic, 1.0))
    order = {topic: place for place, topic in enumerate(lexicon.topics)}
    return sorted(best, key=lambda topic: (best[topic], order[topic]))[:limit]


def _named_within(keys: Sequence[str], names: Names) -> Iterator[TopicId]:
    """Syria in "the Syrian crisis": what a run of the words names exactly."""
    for length in range(min(len(keys), names.longest), 0, -1):
        for start in range(min(len(keys), _MOST_WORDS) - length + 1):
            yield from names.exact(keys[start : start + length])


_APOSTROPHE_S = re.compile(r"(?<=[a-z])['’]s\b", re.IGNORECASE)
"""what's, Syria's: no letter of its own, as a name that lost all others may be one (US elections)."""


_JOINERS = frozenset(
    re.findall(
        r"\w+",
        "و في من عن علي حول مع او الي بين بخصوص بشان هو هي هذا هذه الذي التي "
        "ما ماذا هل اين كيف لماذا متي شو ايش وش شنو واش ايه "
        "اخر احدث اخبار الاخبار خبر الخبر انباء الانباء جديد الجديد عاجل العاجل تطورات التطورات "
        "مستجدات المستجدات احداث الاحداث حدث يحدث حصل يحصل صار يصير جري يجري "
        "موضوع مواضيع ملف اليوم الان حاليا الحين "
        "اريد اعرف ابغي ابي عايز بدي اعطني هات اعرض لي "
        "and et of in the at what is are was how new news latest recent today now about on from with "
        "happening happened going update updates tell me give show any "
        "le la les du de des en au sur avec que quoi quelles sont est se passe "
        "actualite actualites nouvelles dernieres infos neuf",
    )
)
"""Words between, before and after names that name nothing themselves: filler and a question's own."""


_LANDS = frozenset((Kind.COUNTRY, Kind.CITY, Kind.PLACE))
_PEOPLE = frozenset((Kind.PERSON, Kind.ORGANISATION))
_TITLES = {
    title: kinds
    for titles, kinds in (
        ("دوله الدوله جمهوريه الجمهوريه مملكه المملكه سلطنه مدينه محافظه ولايه اقليم جزيره", _LANDS),
        ("republic kingdom state city province republique royaume etat ville", _LANDS),
        ("الرئيس رئيس الوزراء الوزير وزير الملك الامير الشيخ السيد المستشار الجنرال", _PEOPLE),
        ("نادي فريق شركه حزب حركه منظمه لاعب مدرب", _PEOPLE),
        ("president premier minister king prince chancellor club company party", _PEOPLE),
    )
    for title in fold(titles).split()
}
"""Words before a name of certain kinds: who asks for الرئيس ماكرون or دولة قطر names nothing else."""


def words_of(words: str) -> tuple[str, ...]:
    """The folded words of a question."""
    return tuple(token.folded for token in tokens(words[:_LONGEST].replace("_", " ")))


def _split(
    keys: Sequence[str], names: Names, guesses: list[TopicId] | None = None
) -> Iterator[tuple[TopicId, ...]]:
    """The names that the words are made of, all of them; where one is no name, none.

    guesses: takes what was guessed where single words may be misspelt; None: none may.
    """
    found: list[tuple[TopicId, ...]] = []
    at = 0
    while at < len(keys) and len(found) <= _MOST_NAMES:
        length, named = _named_at(keys, at, names)
        if not named and keys[at] not in _JOINERS:
            named = _slip_in(keys[at], names) if guesses is not None else ()
            if not named:
                return
            if guesses is not None:
                guesses.extend(named)
        if named:
            found.append(named)
        at += length
    if len(found) <= _MOST_NAMES:
        yield from found


def _slip_in(word: str, names: Names) -> tuple[TopicId, ...]:
    if word in _TITLES:
        return ()
    return (names.slip([word], one=True) or names.slip([word.removeprefix("و")], one=True))[:1]


def _named_at(keys: Sequence[str], at: int, names: Names) -> tuple[int, tuple[TopicId, ...]]:
    """How many words from here on are a name, the most that are, and which; (1, nothing) for none."""
    for length in range(min(len(keys) - at, names.longest), 0, -1):
        piece = keys[at : at + length]
        named = names.exact(piece) or names.exact((piece[0].removeprefix("و"), *piece[1:]))
        if named:
            return length, names.meant(named)[0]
    return _titled_at(keys, at, names)


def _titled_at(keys: Sequence[str], at: int, names: Names) -> tuple[int, tuple[TopicId, ...]]:
    """The same for a name after its title."""
    kinds = _TITLES.get(keys[at].removeprefix("و")) if at + 1 < len(keys) else None
    if kinds:
        length, named = _named_at(keys, at + 1, names)
        if named and names.kinds[named[0]] in kinds:
            return length + 1, named
    return 1, ()


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
