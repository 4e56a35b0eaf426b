"""Ranking on sumy's extension points."""

from sumy.summarizers._summarizer import AbstractSummarizer

from bot.arabic.sentences import sentences
from bot.summaries.rank import ArabicTokenizer, NewsSummarizer, document, ratings, stock_lexrank

TEXT = (
    "فتحت البلدية الجسر أمام السيارات. وقال المهندس إن الجسر طويل.\n"
    "زار الوزير السوق. ثم عاد الوفد إلى العاصمة في المساء."
)


def test_sumy_gets_our_sentences_and_words() -> None:
    made = document(sentences(TEXT))
    assert len(made.paragraphs) == 2
    assert [str(sentence) for sentence in made.sentences] == [s.text for s in sentences(TEXT)]
    assert made.sentences[0].words[0] == "فتحت"


def test_vocalised_words_reach_sumy_whole() -> None:
    assert ArabicTokenizer().to_words("فُتِحَ الجِسرُ") == ("فتح", "الجسر")


def test_the_summariser_answers_as_sumys_own_do() -> None:
    summariser = NewsSummarizer(budget=10)
    best = summariser(document(sentences(TEXT)), 2)
    assert isinstance(summariser, AbstractSummarizer)
    assert [str(sentence) for sentence in best] == [s.text for s in sentences(TEXT)[:2]]


def test_early_sentences_are_worth_more_and_very_long_ones_less() -> None:
    worth = ratings(sentences(TEXT), budget=20)
    assert worth == sorted(worth, reverse=True)
    long = "كلمة " * 40 + "نهاية."
    short_first, _ = ratings(sentences(TEXT.split("\n")[0]), budget=30)
    long_first, *_ = ratings(sentences(long), budget=30)
    assert long_first < short_first


def test_ratings_are_the_same_in_every_run_and_never_nought() -> None:
    found = sentences("... !! .\n" + TEXT * 50)
    assert ratings(found, 66) == ratings(found, 66)
    assert min(ratings(found, 66)) > 0


def test_stock_lexrank_can_be_measured_against() -> None:
    _, text = stock_lexrank(TEXT)[0]
    assert text.startswith("فتحت البلدية")
