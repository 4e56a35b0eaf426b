"""Headlines of other articles between and under an article's paragraphs, told by their neighbours.

Pure. On a page they are links; in plain text only their shape and place are left: short lines that end
without a stop, several together or alone where they have nothing to do with the paragraph after them.
Subheadings have that shape too, but name what follows; lists have it too, but are introduced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.arabic.stemming import split_prefix
from bot.arabic.words import fold, is_stop_word, search_terms, tokens
from bot.intake.lines import Ending, Line

_LONGEST_HEADLINE = 20
"""Words. Over the headlines of the world's Arabic news sites 20 are exceptional."""
_SHORTEST_HEADLINE = 6
"""A shorter line alone is a subheading: headlines tell what happened and need more words."""
_INTRODUCES = 0.5
"""Share of a line's terms that the next paragraph repeats where the line is its subheading."""
_TEMPLATE = 3
"""So many short lines that begin alike are one list of the article's own."""

_OPENERS = frozenset(
    fold(
        """
        قال قالت قالوا أضاف أضافت أكد أكدت أكدوا أوضح أوضحت أشار أشارت ذكر ذكرت صرح صرحت أعلن أعلنت
        كشف كشفت لفت لفتت شدد شددت تابع تابعت اعتبر اعتبرت رأى رأت نقل نقلت أفاد أفادت بين بينت نوه
        نوهت أعرب أعربت عبر عبرت دعا دعت طالب طالبت حذر حذرت نفى نفت كتب كتبت روى روت زعم زعمت ادعى
        توقع توقعت رجح رجحت وصف وصفت اتهم اتهمت انتقد انتقدت ندد نددت استنكر رحب رحبت علق علقت أدان
        أدانت وجه وجهت كان كانت كانوا يكون أصبح أصبحت صار بات باتت ظل ظلت بدأ بدأت بلغ بلغت وصل وصلت
        شهد شهدت جاء جاءت أتى تم تمت جرى جرت وقع وقعت قتل قتلت أصيب أصيبت توفي توفيت لقي لقيت عثر
        اعتقل اعتقلت أوقف أوقفت أطلق أطلقت أسفر أسفرت أدى أدت نشر نشرت أظهر أظهرت أثار أثارت عقد عقدت
        التقى التقت زار بحث ناقش وافق وافقت رفض رفضت قرر قررت قضى قضت حكم حكمت أمر أمرت فاز فازت خسر
        سجل سجلت أحرز حقق حققت حصل حصلت نال تلقى تعرض تعرضت ارتفع ارتفعت انخفض انخفضت تراجع تراجعت زاد
        زادت يذكر يشار يقول تقول يقولون يرى ترى يعتقد تعتقد يضيف تضيف يؤكد تؤكد يشير تشير يتوقع تعد
        يعد يبلغ تبلغ تأتي يأتي يوجد توجد ليس ليست لم لن لكن لكنه لكنها لكنهم كما أما إذ حيث بينما ثم
        فيما غير إلا إلى لذا لذلك كذلك أيضا هذا هذه ذلك تلك هو هي هم إنه إنها وذلك بدوره بدورها أن إن
        """
    ).split()
)
"""Words that open sentences of a report and hardly ever a headline: what was said or happened in the
past tense, particles that lean on the sentence before, pronouns. (Headlines open with who or what.)"""

_AFTER_FA = frozenset(
    fold(
        """
        في من عن على بعد قبل خلال مع منذ هو هي هم هذا هذه قد لم لا لن إن أن ما عند هناك كل
        """
    ).split()
)
"""Words that open a sentence after ف (so): فقد, فهذا, فلم."""


def is_loose(line: Line) -> bool:
    """Whether the line has the shape of a headline or a subheading: short, and no whole sentence."""
    return line.ending is Ending.OPEN and line.words <= _LONGEST_HEADLINE and not opens_a_sentence(line)


def opens_a_sentence(line: Line) -> bool:
    """Whether the line begins as a sentence of a report does: وأضاف, وفي, لكن, كما."""
    first = next((token.folded for token in tokens(line.bare[:80])), "")
    if first in _OPENERS or split_prefix(first)[0].startswith("و"):
        return True  # no headline begins with "and"
    return first.startswith("ف") and (first[1:] in _OPENERS or first[1:] in _AFTER_FA)


def related_headlines(found: Sequence[Line], announced: Sequence[int]) -> set[int]:
    """Places in `found` of the headlines of other articles.

    announced: places where 'read also:' stood before the line; the headlines from there on are
    related whatever they look like.
    """
    related = _announced(found, announced)
    if not _has_punctuation(found):
        return related | _bulleted_tail(found, related)
    own = _lists(found)
    for run in _runs(found, related | own):
        related |= set(_judged(found, run, related))
    return related


def _announced(found: Sequence[Line], announced: Sequence[int]) -> set[int]:
    related: set[int] = set()
    for start in announced:
        for place in range(start, len(found)):
            line = found[place]
            is_link = line.has_bullet or line.ending in (Ending.OPEN, Ending.SOFT)
            if (
                not is_link
                or line.words > _LONGEST_HEADLINE
                or (not line.has_bullet and opens_a_sentence(line))
            ):
                break
            related.add(place)
    return related


def _has_punctuation(found: Sequence[Line]) -> bool:
    """Whether paragraphs of this text end with stops, so that a line without one tells something."""
    stopped = sum(line.ending in (Ending.STOP, Ending.SOFT) for line in found)
    long_open = sum(line.ending is Ending.OPEN and line.words > _LONGEST_HEADLINE for line in found)
    return any(line.ending is Ending.STOP for line in found) and stopped > 2 * long_open


def _bulleted_tail(found: Sequence[Line], related: set[int]) -> set[int]:
    """Two or more bulleted lines under the last paragraph that nothing introduces."""
    start = len(found)
    while start and found[start - 1].has_bullet and found[start - 1].words <= _LONGEST_HEADLINE + 1:
        start -= 1
    introduced = start == 0 or found[start - 1].ending is Ending.COLON
    return set() if introduced or len(found) - start < 2 else set(range(start, len(found))) - related


def _lists(found: Sequence[Line]) -> set[int]:
    """Places of the article's own lists: introduced by a colon, numbered, or all begun alike."""
    own: set[int] = set()
    for place, line in enumerate(found):
        if line.has_number or (place and _continues_list(found, place, place - 1 in own)):
            own.add(place)
    beginnings = Counter(_beginning(line) for line in found if is_loose(line))
    alike = {start for start, count in beginnings.items() if count >= _TEMPLATE and len(start) == 2}
    last_paragraph = max((p for p, line in enumerate(found) if line.ending is Ending.STOP), default=0)
    return own | {
        place
        for place, line in enumerate(found[:last_paragraph])
        if is_loose(line) and _beginning(line) in alike
    }


def _continues_list(found: Sequence[Line], place: int, item_before: bool) -> bool:
    before, line = found[place - 1], found[place]
    if before.ending is not Ending.COLON and not item_before:
        return False
    # a labelled item may end with a stop: "الدفاع: فلان، فلان."
    labelled = item_before and _has_label(before) and _has_label(line)
    return line.ending is not Ending.STOP or line.has_bullet or labelled


def _has_label(line: Line) -> bool:
    return ":" in " ".join(line.text.split(maxsplit=4)[:4])


def _beginning(line: Line) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(line.bare[:80])[:2])


def _runs(found: Sequence[Line], taken: set[int]) -> list[range]:
    """Runs of neighbouring loose lines; questions and quotations among them belong to the run."""
    runs: list[range] = []
    place = 0
    while place < len(found):
        end = place
        while end < len(found) and end not in taken and _may_stand_in_run(found, end, place):
            end += 1
        if any(is_loose(line) for line in found[place:end]):
            runs.append(range(place, end))
        place = max(end, place + 1)
    return runs


def _may_stand_in_run(found: Sequence[Line], place: int, start: int) -> bool:
    line = found[place]
    if is_loose(line):
        return True
    is_short = line.words <= _LONGEST_HEADLINE and line.ending is Ending.SOFT
    if not is_short or opens_a_sentence(line) or _whole_sentences(line) > 1:
        return False
    # at the head of a run a question or quotation may be the article's own last word
    return place > start or line.has_bullet or _shares(line, found[:place]) < _INTRODUCES


def _whole_sentences(line: Line) -> int:
    return len(re.findall(r"[^.!?؟\s][.!?؟](?=\s)", line.text)) + 1


def _judged(found: Sequence[Line], run: range, related: set[int]) -> Sequence[int]:
    """Which lines of a run are headlines of other articles."""
    following = next((line for line in found[run.stop :] if line.ending is not Ending.COLON), None)
    if following is None or set(range(run.stop, len(found))) <= related:
        return _judged_at_end(found, run)
    return _judged_between(found, run, following)


def _judged_at_end(found: Sequence[Line], run: range) -> Sequence[int]:
    if run.start == 0:
        return ()  # nothing else is there: the text itself has no stops
    if len(run) == 1 and not found[run.start].has_bullet:
        line = found[run.start]
        if line.words >= _SHORTEST_HEADLINE and _shares(line, found[: run.start]) >= _INTRODUCES:
            return ()  # the article's last sentence, its stop forgotten
    return run


def _judged_between(found: Sequence[Line], run: range, following: Line) -> Sequence[int]:
    if not any(found[place].words >= _SHORTEST_HEADLINE for place in run):
        return ()
    last = found[run[-1]]
    last_is_subheading = (len(run) > 1 and last.words < _SHORTEST_HEADLINE) or _shares(
        last, [following]
    ) >= _INTRODUCES
    judged = run[:-1] if last_is_subheading else run
    # a text that is mostly such lines is a list or a poem, not a page with links
    words = sum(found[place].words for place in judged)
    return judged if words * 2 <= sum(line.words for line in found) else ()


def _shares(line: Line, others: Sequence[Line]) -> float:
    """The share of the line's terms that stand in `others`, 0 to 1."""
    mine = _terms(line.text)
    return len(mine & _terms("\n".join(other.text for other in others))) / len(mine) if mine else 0.0


def _terms(text: str) -> set[str]:
    return {term for term in search_terms(text) if len(term) > 1 and not is_stop_word(term)}
