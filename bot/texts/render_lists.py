"""Lists: stories, topics, sources, and what is said where a list is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model import Reply, SourceCount, StoredArticle, Story, StoryId, StoryPage, TopicId
from bot.texts import direction, html, marking
from bot.texts.actions import Follow, Latest, OfSource, OnTopics, Read, Search, Sources, Topics, button
from bot.texts.html import Html
from bot.texts.marking import Found
from bot.texts.parts import (
    NAME,
    Row,
    dotted,
    headline,
    inside_quotes,
    linked_headline,
    notice,
    pairs,
    short,
    sources,
    topic_buttons,
    ways_on,
)
from bot.texts.settings_actions import mark
from bot.texts.voice import Voice

Place = Latest | OnTopics | Search | OfSource
"""What a list of stories shows, and from where on."""

SOURCES_PAGE = 10
TOPICS_SHOWN = 24
_IN_A_ROW = 5
_WORDS = 24
"""Characters of a reader's words in a button's label."""


def story_list(
    voice: Voice,
    page: StoryPage,
    place: Place,
    *,
    lead: Html | None = None,
    follows: Sequence[TopicId] = (),
    found: Found | None = None,
    rows: Sequence[Row] = (),
    source: str = "",
) -> Reply:
    """One page of stories with buttons that open them, and the way to other pages.

    lead: a line to say instead of the list's own title. follows: topics that the chat follows.
    found: which words are marked. rows: buttons under all others. source: the name of the source whose
    stories these are, which its place does not tell.
    """
    if not page.stories:
        return _nothing(voice, place, rows, source)
    head = lead or dotted([html.bold(_title(voice, place, source)), voice.times.present()])
    dated = _by_which_found(page)
    blocks = [
        _item(voice, story, dated[story.id], place.offset + n, found)
        for n, story in enumerate(page.stories, start=1)
    ]
    ends = html.join("\n", [_range(voice, place, page, len(blocks)), voice.line("list-hint")])
    laid = [direction.lay_out(block, voice.language) for block in blocks]
    shown = html.fit(laid, direction.lay_out(f"{head}\n\n{ends}", voice.language))
    if shown < len(blocks):
        ends = html.join(
            "\n", [_range(voice, place, replace(page, more=True), shown), voice.line("list-hint")]
        )
    own = [*_numbers(page.stories[:shown], place), *_paging(voice, place, page, shown)]
    return voice.reply([head, *blocks[:shown], ends], [*own, *_following(voice, place, follows), *rows])


def _title(voice: Voice, place: Place, source: str = "") -> str:
    match place:
        case Latest():
            return voice.label("latest-title")
        case OnTopics(groups):
            return voice.listing(html.shorten(voice.topic(t), NAME) for group in groups for t in group)
        case Search(words):
            return voice.label("search-title", words=html.shorten(inside_quotes(words), NAME))
        case OfSource():
            return voice.label("source-title", source=_shown(source))


def _by_which_found(page: StoryPage) -> Mapping[StoryId, StoredArticle]:
    """Of each story the article by which it has its place in the list: that one's age is shown, so that
    ages stand in the list's order though a newer article of a story is about something else."""
    held = frozenset(page.found)
    return {
        story.id: next((one for one in story.articles if one.id in held), story.newest)
        for story in page.stories
    }


def _item(voice: Voice, story: Story, dated: StoredArticle, number: int, found: Found | None) -> Html:
    """dated: the article of the story whose age is shown."""
    age = voice.times.age(dated.published)
    marked = marking.marked(headline(voice, story), found.query) if found else None
    first = html.join(" ", [html.bold(f"{number}."), linked_headline(voice, story, marked)])
    extract = marking.marked(found.extracts.get(story.id, ""), found.query) if found else ""
    return html.join("\n", [first, extract, dotted([sources(voice, story.sources), age])])


def _range(voice: Voice, place: Place, page: StoryPage, shown: int) -> Html | str:
    """Which part of a longer list this is; nothing for a list that is all here."""
    if not place.offset and not page.more:
        return ""
    if shown == 1:
        return voice.line("list-one", **{"from": place.offset + 1})
    return voice.line("list-range", **{"from": place.offset + 1, "to": place.offset + shown})


def _numbers(stories: Sequence[Story], place: Place) -> list[Row]:
    made = [
        button(str(place.offset + n), Read(story.id, back=place))
        for n, story in enumerate(stories, start=1)
    ]
    flat = [b for row in made for b in row]
    return [tuple(flat[n : n + _IN_A_ROW]) for n in range(0, len(flat), _IN_A_ROW)]


def _size(place: Place) -> int:
    return place.size if isinstance(place, Latest) else Latest().size


def _paging(voice: Voice, place: Place, page: StoryPage, shown: int) -> list[Row]:
    row: Row = ()
    if place.offset:
        row += button(voice.label("button-previous"), previous(place))
    if page.more or shown < len(page.stories):
        row += button(voice.label("button-next"), replace(place, offset=place.offset + shown))
    if isinstance(place, Latest) and not place.offset:
        row += button(voice.label("button-refresh"), place)
    return [row]


def previous(place: Place) -> Place:
    """The page before."""
    return replace(place, offset=max(0, place.offset - _size(place)))


def _following(voice: Voice, place: Place, follows: Sequence[TopicId]) -> list[Row]:
    """For a list about one topic: a button that sets whether it leads the digests."""
    if not isinstance(place, OnTopics) or len(place.groups) != 1 or len(place.groups[0]) != 1:
        return []
    topic = place.groups[0][0]
    key = "button-unfollow" if topic in follows else "button-follow"
    return [button(voice.label(key, topic=voice.topic(topic)), Follow(topic, on=topic not in follows))]


# --- empty lists ----------------------------------------------------------------------------------


def _nothing(voice: Voice, place: Place, rows: Sequence[Row], source: str) -> Reply:
    if place.offset:
        back = button(voice.label("button-previous"), previous(place))
        return notice(voice, "list-over", [back, *rows])
    if not isinstance(place, Search) and (voice.preferences.muted or voice.preferences.unwanted):
        return notice(voice, "list-nothing-chosen", [*rows, *ways_on(voice)[:1]])
    match place:
        case Latest():
            key = "latest-empty-admin" if voice.is_admin else "latest-empty"
            return notice(voice, key, [button(voice.label("button-refresh"), place)])
        case OnTopics():
            ways = [*rows, *ways_on(voice)[:1]]
            return notice(voice, "topic-empty", ways, topic=_title(voice, place))
        case Search(words):
            return notice(voice, "search-empty", ways_on(voice)[:1], words=words)
        case OfSource():
            ways = [*rows, *ways_on(voice)[:1]]
            return notice(voice, "source-empty", ways, source=_shown(source))


def topic_unknown(voice: Voice, words: str, nearest: Sequence[TopicId]) -> Reply:
    """Neither a topic nor in any text: the nearest known topics as buttons."""
    lines = [voice.line("topic-unknown", **short({"words": words}))]
    lines.append(voice.line("topic-nearest") if nearest else voice.line("topic-see-all"))
    rows = topic_buttons(voice, nearest) or [button(voice.label("button-topics"), Topics())]
    return voice.reply(lines, rows)


def topic_guessed(
    voice: Voice, words: str, page: StoryPage, place: OnTopics, others: Sequence[TopicId] = ()
) -> Reply:
    """Stories about the topic that the words most likely mean, which is said.

    Whoever meant something else searches for the words, or takes one of the others, with one tap.
    """
    lead = voice.line("topic-guessed", **short({"words": words, "topic": _title(voice, place)}))
    rows = [search_button(voice, words), *topic_buttons(voice, others)]
    if page.stories:
        return story_list(voice, page, place, lead=lead, rows=rows)
    empty = voice.line("topic-empty", topic=_title(voice, place))
    return voice.reply([lead, empty], [*rows, *ways_on(voice)[:1]])


def search_button(voice: Voice, words: str) -> Row:
    """For words that were taken for a name: looks for them in the texts."""
    label = voice.label("button-search-words", words=html.shorten(words, _WORDS))
    return button(label, Search(words))


def topic_searched(
    voice: Voice,
    page: StoryPage,
    place: Search,
    found: Found,
    near: OnTopics,
    others: Sequence[TopicId] = (),
) -> Reply:
    """Stories that hold the words of an unknown topic.

    near: the topic that may be meant all the same; it is named, and opened with one tap, as are others
    that come as near. Without groups: none is.
    """
    if not near.groups:
        lead = voice.line("topic-searched", **short({"words": place.words}))
        return story_list(voice, page, place, lead=lead, found=found)
    topic = _title(voice, near)
    lead = voice.line("topic-searched-near", **short({"words": place.words, "topic": topic}))
    rows = [button(topic, near), *topic_buttons(voice, others)]
    return story_list(voice, page, place, lead=lead, found=found, rows=rows)


# --- topics and sources ---------------------------------------------------------------------------


def topics(voice: Voice, counts: Mapping[TopicId, int], *, asked: bool = False) -> Reply:
    """The topics as buttons with their numbers of stories of the last day, most first.

    asked: whether a topic must still be named, as after a bare /topic.
    """
    most = sorted(counts.items(), key=lambda item: (-item[1], voice.topic(item[0])))
    known = [(topic, n) for topic, n in most if n > 0][:TOPICS_SHOWN]
    title = voice.line("topic-ask" if asked else "topics-title")
    hint = voice.line("topics-hint" if voice.in_group else "topics-hint-private")
    if not known:
        return voice.reply([title, voice.line("topics-empty"), hint], ways_on(voice)[:1])
    labels = [(voice.label("topic-count", topic=voice.topic(t), stories=n), t) for t, n in known]
    rows = pairs(b for label, t in labels for b in button(label, OnTopics(((t,),))))
    return voice.reply([title, html.join("\n", [voice.line("topics-day"), hint])], rows)


def source_list(voice: Voice, counts: Sequence[SourceCount], place: Sources) -> Reply:
    """Sources with their number of articles and newest time, largest first; each opens its stories."""
    if not counts:
        return notice(voice, "sources-empty", ways_on(voice))
    here = counts[place.offset : place.offset + SOURCES_PAGE]
    lines = [direction.lay_out(_source(voice, source), voice.language) for source in here]
    title = html.join(" · ", [voice.line("sources-title"), voice.line("n-sources", sources=len(counts))])
    opening = [b for one in here for b in button(_shown(one.name), OfSource(mark(one.name)))]
    row: Row = ()
    if place.offset:
        row += button(voice.label("button-previous"), Sources(max(0, place.offset - SOURCES_PAGE)))
    if place.offset + SOURCES_PAGE < len(counts):
        row += button(voice.label("button-next"), Sources(place.offset + SOURCES_PAGE))
    hint = voice.line("sources-hint")
    return voice.reply(
        [title, html.join("\n", lines), hint], [*pairs(opening), row, *ways_on(voice)[:1]]
    )


def source_button(voice: Voice, name: str) -> Row:
    """Opens the stories of a source that is named like a topic."""
    return button(voice.label("source-title", source=_shown(name)), OfSource(mark(name)))


def way_to_sources(voice: Voice, counts: Sequence[SourceCount], name: str) -> Row:
    """The page of the sources on which this one stands."""
    place = next((n for n, each in enumerate(counts) if each.name == name), 0)
    return button(voice.label("button-sources"), Sources(place - place % SOURCES_PAGE))


def _shown(source: str) -> str:
    return html.shorten(source, NAME) or "…"


def _source(voice: Voice, source: SourceCount) -> Html:
    newest = voice.line("source-newest", age=voice.times.age(source.newest))
    name = html.bold(_shown(source.name))
    return html.join(
        " ", ["•", dotted([name, voice.line("n-articles", articles=source.articles), newest])]
    )
