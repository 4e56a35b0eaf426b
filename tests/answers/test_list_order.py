"""Lists stand in the order of the ages that they show, whatever else their stories hold."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.intake.ingest import analyse
from bot.model import Article, NewArticle, Preferences, StoryId
from bot.texts.actions import OfSource, encode
from bot.texts.settings_actions import mark
from tests.answers.conftest import CROSSING, MATCH, NOW, RATES

SCHOOL = ("سوريا تفتح مدرسة", "افتتحت سوريا مدرسة جديدة للأطفال في ريف حلب.")


async def publish(
    room, told: tuple[str, str], hours: int, source: str, of: StoryId | None = None
) -> StoryId:
    """A report in the story that it is said to be of, a new one where none is named."""
    when = NOW - timedelta(hours=hours)
    article = Article(*told, when, when, source=source)
    [added] = await room.storage.articles.add([NewArticle(article, analyse(article))], lambda *_: of)
    return added.story


async def mute(room, *sources: str) -> None:
    chat = (await room.ask()).chat
    await room.storage.chats.choose(replace(chat, preferences=Preferences(muted=sources)), ())


def ages(text: str) -> list[int]:
    return [int(hours) for hours in re.findall(r"قبل (\d+) ساع", text)]


async def test_a_topics_list_shows_the_ages_by_which_it_is_sorted(empty) -> None:
    first = await publish(empty, CROSSING, 9, "الصباح")
    await publish(empty, RATES, 3, "الصباح", of=first)
    await publish(empty, SCHOOL, 6, "الصباح")
    reply = await empty.reading.topic(await empty.ask("سوريا"))
    assert ages(reply.text) == [6, 9]
    assert ages((await empty.reading.latest(await empty.ask())).text) == [3, 6]


async def test_a_sources_list_shows_the_ages_of_its_own_articles(empty) -> None:
    first = await publish(empty, CROSSING, 9, "الصباح")
    await publish(empty, RATES, 3, "المساء", of=first)
    await publish(empty, SCHOOL, 6, "الصباح")
    assert ages((await empty.press(encode(OfSource(mark("الصباح"))))).text) == [6, 9]


async def test_what_a_muted_source_told_last_stands_by_what_others_told(empty) -> None:
    first = await publish(empty, CROSSING, 9, "الصباح")
    await publish(empty, RATES, 3, "المساء", of=first)
    await publish(empty, SCHOOL, 6, "الصباح")
    await publish(empty, MATCH, 11, "الصباح")
    await mute(empty, "المساء")
    assert ages((await empty.reading.latest(await empty.ask())).text) == [6, 9, 11]
    page, shown = await empty.reading.latest(await empty.ask("1")), []
    for _ in range(2):
        shown += ages(page.text)
        page = await empty.press(empty.action(page, "التالي"))
    assert [*shown, *ages(page.text)] == [6, 9, 11]


async def test_a_story_that_a_muted_source_alone_tells_of_a_topic_is_not_of_it(empty) -> None:
    first = await publish(empty, CROSSING, 9, "المساء")
    await publish(empty, RATES, 10, "الصباح", of=first)
    await publish(empty, SCHOOL, 11, "الصباح")
    await mute(empty, "المساء")
    assert ages((await empty.reading.topic(await empty.ask("سوريا"))).text) == [11]
