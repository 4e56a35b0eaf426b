"""Words that come near a name: a slip of it, or words of their own (العربية is no slip of الصربية)?

The texts know: of the two readings the one that more stories bear out is taken. Here stands what is
counted, pure; asking the stored texts is the business of whoever has them.
"""

from __future__ import annotations

from bot.arabic.stemming import split_prefix
from bot.arabic.words import words as words_in
from bot.topics.lexicon import Lexicon
from bot.topics.names import names_of
from bot.topics.query import TopicAnswer, words_of


def may_be_own(words: str, answer: TopicAnswer, lexicon: Lexicon) -> bool:
    """Whether words that were guessed to be a topic's name may as well be others.

    A name after a particle (بالقدس) is the name, and so is one that others carry too (Cameron).
    """
    keys, names = words_of(words), names_of(lexicon)
    if not answer.guessed or not keys:
        return False
    bare = (split_prefix(keys[0])[1], *keys[1:])
    return not {*names.exact(keys), *names.exact(bare)} & {*answer.guessed}


def laid(text: str) -> str:
    """The text's folded words in a row, for `stands`."""
    return f" {' '.join(words_in(text))} "


def stands(words: str, laid_text: str) -> bool:
    """Whether the very words stand in a text, one after the other; their stems do not count: العند, for
    which الهند was meant, is not the عند of every text."""
    return laid(words) in laid_text


def are_own(held: int, about: int) -> bool:
    """Whether words are their own, where so many stories hold them and so many of the same time are
    about the topic. A misprint is rarer than what is meant by it; a word that was never printed is none.
    """
    return held > about
