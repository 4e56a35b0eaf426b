"""How much each sentence is worth: a summariser on sumy's own extension points.

The only module that imports sumy (0.7 s, as it loads nltk): import it where a summary is made, not
where the program starts. Which sentences may stand, and how many fit, is decided in summarise.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from math import log
from typing import cast

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as DocumentSentence
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.arabic.sentences import Sentence, sentences
from bot.arabic.words import fold

_WORD = re.compile(r"\w+")


class ArabicTokenizer:
    """What sumy asks of a tokenizer, answered with our sentences and folded words."""

    language = "arabic"

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(sentence.text for sentence in sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Folded words and numbers; once folded, no mark parts a word any more."""
        return tuple(_WORD.findall(fold(sentence)))


def document(found: Sequence[Sentence]) -> ObjectDocumentModel:
    """sumy's document model of sentences that are already found, paragraph by paragraph."""
    tokenizer = ArabicTokenizer()
    paragraphs: list[list[DocumentSentence]] = []
    last = -1
    for sentence in found:
        if sentence.paragraph != last:
            paragraphs.append([])
            last = sentence.paragraph
        paragraphs[-1].append(DocumentSentence(sentence.text, tokenizer))
    return ObjectDocumentModel([Paragraph(each) for each in paragraphs])


class NewsSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy ships no types
    """Rates a sentence by where it stands and how much of the budget it eats.

    rating = 0.40 - 0.14 ln(1/4 + s/b) - 0.27 max(0, w/b - 0.3)

    b: the budget in words; s: the words before the sentence; w: its own words. It estimates the share
    of the sentence that readers would extract; the weights are a least-squares fit to the human
    extracts of 77 texts, rounded. What a sentence is about (LexRank, tf-idf centroid, likeness to the
    opening and to its neighbours, the commonest word, coverage of the text's words and word pairs),
    where it stands in its paragraph, and choosing by the ROUGE that is to be expected over sampled
    extracts were tried beside it, in cross-validation, and moved the figures by less than they vary
    between the folds. No wonder: place and four people's extracts of a text in equal parts foretell the
    fifth one's hardly better than place alone (ROUGE 51.2, 43.2, 47.6 against 51.2, 43.5, 47.3). That
    every other sentence is extracted more often is not used: it is these people's habit, and editors'
    abstracts of news show nothing of it.
    """

    def __init__(self, budget: float) -> None:
        super().__init__()
        self.budget = max(budget, 1.0)

    def __call__(
        self, document: ObjectDocumentModel, sentences_count: int
    ) -> tuple[DocumentSentence, ...]:
        """sumy's way of asking: the best `sentences_count` sentences, in the document's order."""
        ratings = self.rate_sentences(document)
        best = sorted(range(len(ratings)), key=lambda place: -ratings[place])
        chosen = sorted(best[: max(sentences_count, 0)])
        return tuple(document.sentences[place] for place in chosen)

    def rate_sentences(self, document: ObjectDocumentModel) -> list[float]:
        """One rating a sentence, positive, higher is better."""
        ratings: list[float] = []
        budget = self.budget
        before = 0
        for sentence in document.sentences:
            words = len(str(sentence).split())
            rating = 0.40 - 0.14 * log(0.25 + before / budget)
            if (eaten := words / budget - 0.3) > 0:
                rating -= 0.27 * eaten
            ratings.append(rating if rating > 0.01 else 0.01)
            before += words
        return ratings


def ratings(found: Sequence[Sentence], budget: float) -> list[float]:
    """How much each sentence is worth in a summary of `budget` words, in their order."""
    tokenizer = ArabicTokenizer()
    # one paragraph, as the rating asks for none: a third of the time of `document`
    whole = Paragraph([DocumentSentence(sentence.text, tokenizer) for sentence in found])
    return NewsSummarizer(budget).rate_sentences(ObjectDocumentModel([whole]))


def stock_lexrank(text: str) -> list[tuple[float, str]]:
    """(rating, sentence) of each sentence by stock sumy LexRank, in the text's order: for measuring.

    With sumy's own Arabic sentences and words where pyarabic is installed, which they need and sumy
    does not declare; with ours otherwise, which flatters it.
    """
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    class Rating(LexRankSummarizer):  # type: ignore[misc]  # sumy ships no types
        """Hands out its ratings instead of the best sentences."""

        def _get_best_sentences(
            self, found: Sequence[DocumentSentence], count: int, rating: dict[DocumentSentence, float]
        ) -> list[tuple[float, str]]:
            return [(float(rating[sentence]), str(sentence)) for sentence in found]

    summarizer = Rating()
    summarizer.stop_words = get_stop_words("arabic")
    return cast("list[tuple[float, str]]", list(summarizer(_stock_document(text), 0)))


def _stock_document(text: str) -> ObjectDocumentModel:
    if find_spec("pyarabic") is None:
        return document(sentences(text))
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser

    return PlaintextParser.from_string(text, Tokenizer("arabic")).document
