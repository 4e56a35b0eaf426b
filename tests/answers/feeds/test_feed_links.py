"""A feed's link where an article's was expected: /ingest, /summarize, a message that is nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers.administering import Administering
from bot.answers.helping import Helping
from bot.answers.linking import Linking
from bot.clock import SystemClock
from bot.errors import FeedLink
from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest, prepare
from bot.model import Draft, FeedState, NewFeed, Reply


@pytest.fixture
async def linking(room: Any) -> AsyncIterator[Linking]:
    # what a worker reads once, the lexicon above all, takes no time of the first feed's
    short = Draft(title="خبر", text="نص قصير.")
    await room.feeding.workers.run(prepare, [short], datetime.now(UTC), deadline=60.0)
    async with WebFetcher(allow_private=True, spacing=0.0) as fetcher:
        yield Linking(room.feeding.workers, fetcher)


async def ingest(room: Any, linking: Linking, words: str) -> Reply:
    intake = Ingest(room.news.storage.articles, room.feeding.workers, SystemClock())
    desk = Administering(room.news.desk, intake, linking, offer_feed=room.feeding.offer)
    return await desk.ingest(await room.news.ask(words, is_admin=True), room.say)


async def test_one_tap_adds_a_feed_that_was_sent_as_an_article(
    room: Any, site: Any, linking: Linking
) -> None:
    reply = await ingest(room, linking, f"{site.url}/rss")
    assert "خلاصة أخبار لا مقال" in reply.text
    assert await room.states() == {}
    add = next(b.action for row in reply.buttons for b in row if b.label == "أضف هذه الخلاصة")
    pressed = await room.feeding.press(await room.news.ask(is_admin=True), add.removeprefix("1|F|"))
    assert "أُضيفت الخلاصة وقُرئت: مقالان جديدان" in pressed.text
    assert await room.states() == {"rss": FeedState.ACTIVE}


async def test_a_feed_that_is_there_is_said_to_be_and_its_card_shown(
    room: Any, site: Any, linking: Linking
) -> None:
    await room.add(f"{site.url}/rss")
    reply = await ingest(room, linking, f"{site.url}/rss")
    assert "مضافة من قبل" in reply.text
    assert "أضف هذه الخلاصة" not in room.labels(reply)


async def test_a_feed_that_was_removed_can_be_added_again(
    room: Any, site: Any, linking: Linking
) -> None:
    await room.add(f"{site.url}/rss")
    await room.remove(str((await room.only()).id))
    reply = await ingest(room, linking, f"{site.url}/rss")
    assert "أضف هذه الخلاصة" in room.labels(reply)


async def test_among_several_links_a_feed_is_told_in_its_line(
    room: Any, site: Any, linking: Linking
) -> None:
    reply = await ingest(room, linking, f"{site.url}/rss {site.url}/none")
    assert "السطر 1: خلاصة أخبار لا مقال؛ اكتب" in reply.text
    assert "حُفظ" in reply.text


async def test_an_address_with_a_password_is_not_kept(room: Any) -> None:
    link = "https://reader:word@news.example/rss"
    reply = await room.feeding.offer(await room.news.ask(is_admin=True), link)
    assert "لا أفتح مثله" in reply.text
    assert "word" not in reply.text
    [(_, became)] = await room.feeding.feeds.add([NewFeed(link)], (await room.news.ask()).now)
    assert became == "new"


@pytest.mark.parametrize(("is_admin", "way"), [(False, "رابط مقال واحد"), (True, "/addfeed")])
async def test_who_wants_a_summary_of_a_feed_is_told_what_it_is(
    room: Any, site: Any, linking: Linking, *, is_admin: bool, way: str
) -> None:
    news = room.news
    helping = Helping(news.desk, news.reading, news.subscribing, linking)
    request = await news.ask(f"{site.url}/rss", is_admin=is_admin)
    for answer in (helping.plain_words, helping.summarize):
        with pytest.raises(FeedLink) as raised:
            await answer(replace(request, command="summarize"))
        told = news.desk.error(request, raised.value).text
        assert "هذا الرابط خلاصة أخبار" in told
        assert way in told
