"""Headlines of other articles between and under an article's paragraphs, told by their neighbours.

Pure. On a page they are links; in plain text only their shape and place are left: short lines that end
without a stop, several together or alone where they have nothing to do with the paragraph after them.
Subheadings have that shape too, but name what follows; lists have it too, but are introduced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from bot.arabic.stemming import split_prefix
from bot.arabic.words import fold, is_stop_word, search_terms, tokens
from bot.intake.lines import Ending, Line, opens_a_sentence

_LONGEST_HEADLINE = 20
"""Words. Over the headlines of the world's Arabic news sites 20 are exceptional."""
_SHORTEST_HEADLINE = 6
"""A shorter line alone is a subheading: headlines tell what happened and need more words."""
_INTRODUCES = 0.5
"""Share of a line's terms that the next paragraph repeats where the line is its subheading."""
_FOLLOWING = frozenset(fold("التالية الآتية").split())
_LISTED = frozenset(
    fold("بنود شروط نقاط خطوات أسباب مطالب أسماء مراحل قرارات توصيات مواعيد أهداف معايير").split()
)
"""What lists are lists of: أبرز بنود الاتفاق."""
_STOP_INSIDE = re.compile(r"[^.!?؟\s][.!?؟](?=\s)")
_OPENING_MARKS = "\"'“”«‹‘"
_TEMPLATE = 3
"""So many short lines that begin alike are one list of the article's own."""


def is_loose(line: Line) -> bool:
    """Whether the line has the shape of a headline or a subheading: short, and no whole sentence."""
    return line.ending is Ending.OPEN and line.words <= _LONGEST_HEADLINE and not opens_a_sentence(line)


def related_headlines(found: Sequence[Line], announced: Sequence[int]) -> set[int]:
    """Places in `found` of the headlines of other articles.

    announced: places where 'read also:' stood before the line; the headlines from there on are
    related whatever they look like.
    """
    related = _announced(found, announced)
    taken = related | _announced_lists(found)
    if not _has_punctuation(found):
        return related | _bulleted_tail(found, taken)
    page = _Page(found)
    taken |= _lists(found)
    runs = _runs(page, taken)
    last = _last_paragraph(found, related, runs)
    for run in runs:
        related.update(_judged_at_end(page, run) if run.start > last else _judged_between(page, run))
    return related


class _Page:
    """The lines with what is counted over all of them, once and only where it is asked for."""

    def __init__(self, found: Sequence[Line]) -> None:
        self.lines = found

    @cached_property
    def words(self) -> int:
        return sum(line.words for line in self.lines)

    @cached_property
    def _first_seen(self) -> dict[str, int]:
        """Each term's first line."""
        seen: dict[str, int] = {}
        for place, line in enumerate(self.lines):
            for term in _terms(line.text):
                seen.setdefault(term, place)
        return seen

    def shares_with_above(self, place: int) -> float:
        """The share of the line's terms that stand in the lines above it, 0 to 1."""
        mine = _terms(self.lines[place].text)
        return sum(self._first_seen[term] < place for term in mine) / len(mine) if mine else 0.0

    def introduces(self, place: int, following: Line) -> bool:
        """Whether the line is a subheading of the paragraph that follows."""
        mine = _terms(self.lines[place].text)
        return bool(mine) and len(mine & _terms(following.text)) >= _INTRODUCES * len(mine)


def _last_paragraph(found: Sequence[Line], related: set[int], runs: Sequence[range]) -> int:
    """The place of the last line that is no loose one; what stands below is the end of the page."""
    loose = {place for run in runs for place in run} | related
    return max((place for place in range(len(found)) if place not in loose), default=-1)


def _announced(found: Sequence[Line], announced: Sequence[int]) -> set[int]:
    related: set[int] = set()
    for start in announced:
        place = start
        while place < len(found) and place not in related and _may_be_link(found[place]):
            related.add(place)
            place += 1
    return related


def _may_be_link(line: Line) -> bool:
    if line.words > _LONGEST_HEADLINE or line.ending not in (Ending.OPEN, Ending.SOFT):
        return False
    return line.has_bullet or not opens_a_sentence(line)


def _has_punctuation(found: Sequence[Line]) -> bool:
    """Whether paragraphs of this text end with stops, so that a line without one tells something."""
    stopped = sum(line.ending in (Ending.STOP, Ending.SOFT) for line in found)
    long_open = sum(line.ending is Ending.OPEN and line.words > _LONGEST_HEADLINE for line in found)
    return any(line.ending is Ending.STOP for line in found) and stopped > 2 * long_open


def _bulleted_tail(found: Sequence[Line], taken: set[int]) -> set[int]:
    """Two or more bulleted lines right under the last paragraph: nothing introduces them."""
    start = len(found)
    while start and found[start - 1].has_bullet and found[start - 1].words <= _LONGEST_HEADLINE + 1:
        start -= 1
    # a short line above them may be the list's own heading
    is_under_paragraph = start > 0 and (
        found[start - 1].words > _LONGEST_HEADLINE and found[start - 1].ending is not Ending.COLON
    )
    if not is_under_paragraph or len(found) - start < 2:
        return set()
    return set(range(start, len(found))) - taken


def _announced_lists(found: Sequence[Line]) -> set[int]:
    """Places of the article's own lists with bullets or known items, each with what announces it."""
    own: set[int] = set()
    place = 0
    while place < len(found):
        start = place
        while place < len(found) and (found[place].has_bullet or found[place].is_item):
            place += 1
        if place - start > 1 and start and _announces(found[start - 1]):
            own.update((start - 1, *_own_items(found, range(start, place))))
        place += 1
    return own


def _own_items(found: Sequence[Line], run: range) -> range:
    """Those of an announced run of items that are the article's: what is known of their links tells."""
    unlinked = [place for place in run if found[place].is_item]
    # one between them that holds a link is an item too
    return range(unlinked[0], unlinked[-1] + 1) if unlinked else run


def _announces(line: Line) -> bool:
    """Whether the line says that a list follows: as a heading, or at its end (a colon, البنود التالية).

    No list is the article's own for what it lacks: sites list headlines without links too.
    """
    if line.ending is Ending.COLON:
        return True
    words = [token.folded for token in tokens(line.text[-80:])]
    listed = [split_prefix(word)[1] in _LISTED for word in words]
    if words[-1:] and words[-1] in _FOLLOWING:
        return any(listed[-2:])
    return is_loose(line) and line.words < _SHORTEST_HEADLINE and any(listed)


def _lists(found: Sequence[Line]) -> set[int]:
    """Places of the article's own lists: introduced, numbered between paragraphs, or all begun alike."""
    own: set[int] = set()
    for place in range(1, len(found)):
        if _continues_list(found, place, place - 1 in own):
            own.add(place)
    beginnings = Counter(_beginning(line) for line in found if is_loose(line))
    alike = {start for start, count in beginnings.items() if count >= _TEMPLATE and len(start) == 2}
    last_paragraph = max((p for p, line in enumerate(found) if line.ending is Ending.STOP), default=0)
    return own | {
        place
        for place, line in enumerate(found[:last_paragraph])
        if line.has_number or (is_loose(line) and _beginning(line) in alike)
    }


def _continues_list(found: Sequence[Line], place: int, item_before: bool) -> bool:
    before, line = found[place - 1], found[place]
    # a numbered list may also stand under a heading
    is_headed = line.has_number and is_loose(before) and not before.has_number
    if before.ending is not Ending.COLON and not item_before and not is_headed:
        return False
    # a labelled item may end with a stop: "الدفاع: فلان، فلان."
    labelled = item_before and _has_label(before) and _has_label(line)
    return line.ending is not Ending.STOP or line.has_bullet or labelled


def _has_label(line: Line) -> bool:
    return ":" in " ".join(line.text.split(maxsplit=4)[:4])


def _beginning(line: Line) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(line.bare[:80])[:2])


def _runs(page: _Page, taken: set[int]) -> list[range]:
    """Runs of neighbouring loose lines; questions and quotations among them belong to the run."""
    found, runs = page.lines, []
    place = 0
    while place < len(found):
        end = place
        while end < len(found) and end not in taken and _may_stand_in_run(page, end, place):
            end += 1
        if any(is_loose(found[inside]) for inside in range(place, end)):
            runs.append(range(place, end))
        place = max(end, place + 1)
    return runs


def _may_stand_in_run(page: _Page, place: int, start: int) -> bool:
    line = page.lines[place]
    if is_loose(line):
        return True
    is_short = line.words <= _LONGEST_HEADLINE and line.ending is Ending.SOFT
    if not is_short or opens_a_sentence(line) or _STOP_INSIDE.search(line.bare):
        return False
    if place > start or line.has_bullet or page.shares_with_above(place) < _INTRODUCES:
        return True
    # at the head of a run it may be the article's own word: one that is no quotation as a whole and
    # has a headline below it is told by where the run stands (_judged_at_end)
    is_quotation = line.text[0] in _OPENING_MARKS
    return not is_quotation and line.words >= _SHORTEST_HEADLINE and _is_above_headline(page, place)


def _is_above_headline(page: _Page, place: int) -> bool:
    below = page.lines[place + 1] if place + 1 < len(page.lines) else None
    return below is not None and below.words >= _SHORTEST_HEADLINE and is_loose(below)


def _judged_at_end(page: _Page, run: range) -> Sequence[int]:
    """Which lines of a run under the last paragraph are headlines of other articles: nearly all."""
    if run.start == 0:
        return ()  # nothing else is there
    line = page.lines[run.start]
    is_sentence = line.words >= _SHORTEST_HEADLINE and page.shares_with_above(run.start) >= _INTRODUCES
    if line.has_bullet or not is_sentence:
        return run
    if len(run) == 1:
        return ()  # the article's last sentence, its stop forgotten
    return run[1:] if line.ending is Ending.SOFT else run


def _judged_between(page: _Page, run: range) -> Sequence[int]:
    """Which lines of a run between paragraphs are headlines of other articles."""
    below = range(run.stop, len(page.lines))
    following = next(
        (page.lines[place] for place in below if page.lines[place].ending is not Ending.COLON),
        page.lines[below[0]],
    )
    if run.start == 0:  # above the first paragraph there are no subheadings, but rubrics and names
        judged: Sequence[int] = [place for place in run if not page.introduces(place, following)]
    elif not any(page.lines[place].words >= _SHORTEST_HEADLINE for place in run):
        return ()
    else:
        last = run[-1]
        is_short = len(run) > 1 and page.lines[last].words < _SHORTEST_HEADLINE
        is_short = is_short and not page.lines[last].has_bullet
        judged = run[:-1] if is_short or page.introduces(last, following) else run
    # a text that is mostly such lines is a list or a poem, not a page with links
    words = sum(page.lines[place].words for place in judged)
    return judged if words * 2 <= page.words else ()


def _terms(text: str) -> set[str]:
    return {term for term in search_terms(text) if len(term) > 1 and not is_stop_word(term)}
