"""What readers ask of the news: lists, topics, searches, one story, the sources.

Each method answers one command with one Reply; none sends anything or changes what is stored.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from heapq import heappop, heappush

import bot.stories as stories
from bot.answers import meaning, naming
from bot.answers.desk import Desk
from bot.answers.request import Request
from bot.answers.wording import number
from bot.digests import filters, gather
from bot.model import (
    Chat,
    Preferences,
    Reply,
    Selection,
    SourceCount,
    StoredArticle,
    Story,
    StoryPage,
    TopicId,
)
from bot.summaries.summarise import story_summary
from bot.texts import html, marking, render_help, render_lists, render_story
from bot.texts.actions import PAGE, Latest, OfSource, OnTopics, Read, Search, Sources
from bot.texts.marking import Found
from bot.texts.parts import Row, headline, topic_buttons, ways_on
from bot.texts.render_lists import Place
from bot.texts.render_story import Said, Stance
from bot.texts.settings_actions import mark
from bot.texts.voice import Voice
from bot.topics import query
from bot.topics.lexicon import Lexicon
from bot.topics.query import TopicAnswer

LARGEST_LIST = 20
_RELATED = 3
_SENTENCES = 4
_MORE_SENTENCES = 12
_TOLD = 6
"""Articles of a story, newest first, that its summary is made of."""
_LARGEST_ID = 2**53
_AT_ONCE = 100
"""Stories of the first look."""
_LOOKED_THROUGH = 2_000
"""Stories among which a list finds what a chat's choices leave."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A story in a list, and the article by which it has its place there."""

    story: Story
    by: StoredArticle

    def __lt__(self, other: _Listed) -> bool:
        """Whether it stands before the other one, as storage orders them."""
        return (self.by.published, self.by.id) > (other.by.published, other.by.id)


@dataclass(frozen=True, slots=True)
class Reading:
    """The readers' commands about news."""

    desk: Desk

    async def latest(self, request: Request) -> Reply:
        """/latest [n]; other words than a number are looked up as /topic does."""
        if not request.words.strip():
            return await self.show(request, Latest())
        wanted = number(request.words)
        if wanted is None:
            return await self.topic(request)
        return await self.show(request, Latest(size=max(1, min(wanted, LARGEST_LIST))))

    async def topic(self, request: Request) -> Reply:
        """/topic NAME: stories about it or, where there are none, of the source of that name; any other
        name is searched in the texts."""
        words = html.clean(request.words)
        if not words:
            return await self.topics(request, asked=True)
        answer, sources = await self.desk.topics(words), await self.desk.articles.sources()
        source = naming.source_named(sources, words)
        if naming.is_topic(answer):
            page = await self._page(request, on_topics(answer, self.desk.lexicon))
            if page.stories or source is None:
                return self._about(request, answer, words, page, source)
        elif source is None:
            return await self._unknown(request, answer, words)
        rows = [render_lists.search_button(self.desk.voice(request), words)]
        return await self._of_source(request, OfSource(mark(source)), source, sources, rows)

    async def _unknown(self, request: Request, answer: TopicAnswer, words: str) -> Reply:
        """What is said of a name that is none: the texts that hold it, or what it may be."""
        voice = self.desk.voice(request)
        if await meaning.are_searched(self.desk.articles, words, answer, self.desk.lexicon):
            page = await self._page(request, Search(words))
            if page.stories:
                found, near = await self._found(voice, page, words), on_topics(answer, self.desk.lexicon)
                place = Search(words)
                return render_lists.topic_searched(voice, page, place, found, near, answer.nearest)
        if answer.selection:
            guessed = on_topics(answer, self.desk.lexicon)
            page = await self._page(request, guessed)
            return render_lists.topic_guessed(voice, words, page, guessed, answer.nearest)
        return render_lists.topic_unknown(voice, words, answer.nearest)

    def _about(
        self, request: Request, answer: TopicAnswer, words: str, page: StoryPage, source: str | None
    ) -> Reply:
        """The named topics' stories; where there are none, the way to the texts that mention them.

        source: one of the same name, which a button opens.
        """
        voice, place = self.desk.voice(request), on_topics(answer, self.desk.lexicon)
        rows = topic_buttons(voice, answer.nearest)
        if source is not None:
            rows.append(render_lists.source_button(voice, source))
        if not page.stories:
            rows.insert(0, render_lists.search_button(voice, words))
        return render_lists.story_list(voice, page, place, follows=request.chat.follows, rows=rows)

    async def topics(self, request: Request, *, asked: bool = False) -> Reply:
        """/topics: how many stories each had in the last day."""
        counts = await self.desk.articles.topic_counts(request.now - timedelta(days=1))
        return render_lists.topics(self.desk.voice(request), counts, asked=asked)

    async def search(self, request: Request) -> Reply:
        """/search WORDS: stories whose text holds them."""
        words = html.clean(request.words)
        if not query.parse_search(words).phrases:
            return render_help.ask(self.desk.voice(request), "search-ask")
        return await self.show(request, Search(words))

    async def sources(self, request: Request, place: Sources | None = None) -> Reply:
        """/sources: their number of articles and newest time."""
        counts = await self.desk.articles.sources()
        return render_lists.source_list(self.desk.voice(request), counts, place or Sources())

    async def _of_marked_source(self, request: Request, place: OfSource) -> Reply:
        """The newest stories of the source that a button names; a toast where it is one no more."""
        counts = await self.desk.articles.sources()
        name = naming.source_marked(counts, place.mark)
        if name is None:
            return self.desk.voice(request).toast("toast-stale", alert=True)
        return await self._of_source(request, place, name, counts)

    async def _of_source(
        self,
        request: Request,
        place: OfSource,
        name: str,
        counts: Sequence[SourceCount],
        rows: Sequence[Row] = (),
    ) -> Reply:
        page, voice = await self._page(request, place, name), self.desk.voice(request)
        rows = [*rows, render_lists.way_to_sources(voice, counts, name)]
        return render_lists.story_list(voice, page, place, rows=rows, source=name)

    async def read(self, request: Request) -> Reply:
        """/read ID, of a story or of an article."""
        wanted = number(request.words)
        if wanted is None:
            return render_help.ask(self.desk.voice(request), "read-ask")
        return await self.card(request, Read(wanted))

    async def show(self, request: Request, place: Place) -> Reply:
        """A list of stories from `place` on."""
        if isinstance(place, OfSource):
            return await self._of_marked_source(request, place)
        page = await self._page(request, place)
        voice = self.desk.voice(request)
        found = await self._found(voice, page, place.words) if isinstance(place, Search) else None
        return render_lists.story_list(voice, page, place, follows=request.chat.follows, found=found)

    async def _found(self, voice: Voice, page: StoryPage, words: str) -> Found:
        """What is marked, and a sentence of each story whose headline does not say why it was found."""
        wanted = query.parse_search(words)
        above = {
            article: headline(voice, story)
            for story, article in zip(page.stories, page.found, strict=True)
        }
        lacking = [article for article, told in above.items() if marking.lacks(told, wanted)]
        texts = (await self.desk.articles.texts_of(lacking)).values()
        by_article = await asyncio.to_thread(marking.extracts, texts, wanted, above) if texts else {}
        found = zip(page.stories, page.found, strict=True)
        return Found(wanted, {story.id: by_article.get(article, "") for story, article in found})

    async def card(self, request: Request, here: Read) -> Reply:
        """The card of a story, or what is said where it is not there any more."""
        voice = self.desk.voice(request)
        found = await self.found_card(request, here)
        return found or render_story.no_story(voice, str(here.number), here.back, ways_on(voice)[:1])

    async def found_card(self, request: Request, here: Read) -> Reply | None:
        """The card of a story; None where there is no such story."""
        # larger numbers are no ids and would not fit into a database's integer
        story = await self.desk.articles.story(here.number) if here.number < _LARGEST_ID else None
        if story is None:
            return None
        related = await self.desk.articles.related(story.id, stories.related, _RELATED)
        said = await self._summary(story, _MORE_SENTENCES if here.more else _SENTENCES)
        voice = self.desk.voice(request)
        # fewer sentences than were asked for are all that may stand
        has_more, stance = len(said) >= _SENTENCES, await self._stance(request.chat, story)
        return render_story.card(voice, story, said, related, here, has_more=has_more, stance=stance)

    async def _stance(self, chat: Chat, story: Story) -> Stance | None:
        if self.desk.shelf is None:
            return None
        kept = await self.desk.shelf.holds(chat.id, story.id)
        topic = main_topic(story, self.desk.lexicon)
        return Stance(kept, topic, topic in chat.follows, topic in chat.preferences.less)

    async def _page(self, request: Request, place: Place, source: str = "") -> StoryPage:
        """A page of the list; without muted sources and unwanted words, except where words were
        searched for: who asks for them wants what holds them."""
        size = place.size if isinstance(place, Latest) else PAGE
        selection, chosen = _selection(place, self.desk.lexicon, source), request.chat.preferences
        if source in chosen.muted:
            # other sources' articles of the same stories are no news of this one
            return StoryPage((), more=False)
        if isinstance(place, Search) or not filters.limits_lists(chosen):
            return await self.desk.articles.stories(selection, place.offset, size)
        kept: list[_Listed] = []
        async for one in self._left(selection, chosen):
            kept.append(one)
            if len(kept) > place.offset + size:
                break
        here = kept[place.offset : place.offset + size]
        stories, found = tuple(one.story for one in here), tuple(one.by.id for one in here)
        return StoryPage(stories, more=len(kept) > place.offset + size, found=found)

    async def _left(self, selection: Selection, chosen: Preferences) -> AsyncIterator[_Listed]:
        """The stories that the chat's choices leave, newest first by the newest matching article that
        they leave, from the newest on: a page begins after as many of them as its offset says, so that
        each story stands on one page.

        A story whose newest match is muted waits until all that is newer than its next one has come.
        """
        unwanted = replace(chosen, wanted=())
        offset, batch, more = 0, _AT_ONCE, True
        waiting: list[_Listed] = []
        while more and offset < _LOOKED_THROUGH:
            page = await self.desk.articles.stories(selection, offset, batch)
            held = await gather.held(self.desk.articles, page.stories, unwanted)
            for story in page.stories:
                if reached := _listed(story, selection):
                    while waiting and waiting[0] < reached:
                        yield heappop(waiting)
                left = filters.listed(story, chosen, held)
                if left and (listed := _listed(left, selection)):
                    heappush(waiting, listed)
            # each look walks over all before it again: ever larger ones, and so a few of them
            offset, batch = offset + batch, min(2 * batch, _LOOKED_THROUGH - offset - batch)
            more = page.more
        for listed in sorted(waiting):
            yield listed

    async def _summary(self, story: Story, sentences: int) -> Sequence[Said]:
        """Whole sentences of the story's articles, each with its source."""
        texts = await self.desk.articles.texts(story.id)
        told = await asyncio.to_thread(story_summary, texts[:_TOLD], sentences=sentences)
        return [Said(sentence.text, sentence.source) for sentence in told]


def main_topic(story: Story, lexicon: Lexicon) -> TopicId | None:
    """What most of the story's articles are about first of all, the newest deciding between equals;
    None where the lexicon knows it no more."""
    first = Counter(article.topics[0] for article in story.articles if article.topics)
    found = first.most_common(1)
    return found[0][0] if found and lexicon.topic(found[0][0]) is not None else None


def on_topics(answer: TopicAnswer, lexicon: Lexicon) -> OnTopics:
    """The topics by their own ids: a group's name is shorter than its members', and fits a button."""
    groups = [
        tuple(topic for topic in answer.topics if lexicon.members(topic) <= wanted)
        for wanted in answer.selection
    ]
    return OnTopics(tuple(group for group in groups if group))


def _selection(place: Place, lexicon: Lexicon, source: str) -> Selection:
    """source: the name of the one whose place it is."""
    match place:
        case Latest():
            return Selection()
        case OnTopics(groups):
            wanted = (frozenset[TopicId]().union(*map(lexicon.members, group)) for group in groups)
            return Selection(topics=tuple(wanted))
        case Search(words):
            return Selection(query=query.parse_search(words))
        case OfSource():
            return Selection(source=source)


def _listed(story: Story, selection: Selection) -> _Listed | None:
    """The story by its newest article of the selection's topics and source; None without one."""
    for article in story.articles:
        is_of_source = selection.source in (None, article.source)
        if is_of_source and not any(anyof.isdisjoint(article.topics) for anyof in selection.topics):
            return _Listed(story, article)
    return None
