"""Links and files of readers and admins, read in real worker processes; only the web is made up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from bot.answers import linking as module
from bot.answers.administering import Administering
from bot.answers.linking import Linking
from bot.clock import SystemClock
from bot.errors import Busy, FetchFailed, ManyArticles, UnreadablePage
from bot.intake.ingest import Ingest
from bot.model import Attachment, Fetched, FetchRequest, Reply
from bot.workers import ProcessWorkers

URL = "https://news.example/bridge"
SENTENCE = "افتتح الوزير في العاصمة صباح اليوم الجسر رقم {} فوق النهر الكبير بعد أعوام من العمل."
PARAGRAPHS = [SENTENCE.format(number) for number in range(12)]
PAGE = (
    "<html><head><title>الجسور الجديدة</title></head><body><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></body></html>"
)


class Web:
    """One page; no other address answers."""

    async def get(self, request: FetchRequest) -> Fetched:
        if request.url != URL:
            raise FetchFailed("no such host")
        return Fetched(URL, 200, PAGE.encode(), "text/html")


@pytest.fixture
async def linking() -> AsyncIterator[Linking]:
    async with ProcessWorkers(1) as workers:
        yield Linking(workers, Web())


async def nothing_said(reply: Reply) -> None:
    pass


async def test_a_link_is_read_as_its_article(linking: Linking) -> None:
    draft = await linking.page(f"{URL}?utm_source=x#top")
    assert (draft.title, draft.url) == ("الجسور الجديدة", URL)
    assert draft.text.split("\n") == PARAGRAPHS


async def test_a_link_in_short_is_whole_sentences_of_the_article(linking: Linking) -> None:
    found = await linking.link_in_short(URL)
    assert found.title == "الجسور الجديدة"
    assert 0 < found.words_to < found.words_from
    assert set(found.sentences) <= set(PARAGRAPHS)


async def test_a_link_behind_hostile_pages_is_told_that_the_bot_is_busy(
    linking: Linking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LINK", module.READING + 0.3)
    await linking.workers.run(int, "1")
    hostile = [asyncio.create_task(linking.workers.run(time.sleep, 60)) for _ in range(20)]
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(10):
            with pytest.raises(Busy):
                await linking.link_in_short(URL)
    finally:
        for work in hostile:
            work.cancel()
        await asyncio.gather(*hostile, return_exceptions=True)


async def test_a_file_in_short_is_one_article(linking: Linking) -> None:
    found = await linking.file_in_short("news.txt", "\n".join(PARAGRAPHS).encode("utf-16"))
    assert set(found.sentences) <= set(PARAGRAPHS)
    with pytest.raises(ManyArticles):
        await linking.file_in_short("many.jsonl", b'{"text": "a"}\n{"text": "b"}')


@pytest.mark.parametrize("url", ["https://other.example/", "http://[", "www."])
async def test_a_link_that_leads_nowhere_says_so(linking: Linking, url: str) -> None:
    with pytest.raises((FetchFailed, UnreadablePage)):
        await linking.page(url)


async def test_readers_get_the_page_of_a_lone_link_in_short(empty, linking: Linking) -> None:
    helping = type(empty.helping)(empty.desk, empty.reading, empty.subscribing, linking)
    for reply in (
        await helping.plain_words(await empty.ask(URL)),
        await helping.summarize(await empty.ask(f" {URL} ", command="summarize")),
    ):
        assert f'<a href="{URL}">' in reply.text
        assert any(paragraph[:-1] in reply.text for paragraph in PARAGRAPHS[:4])


async def test_readers_get_a_file_in_short(empty, linking: Linking) -> None:
    helping = type(empty.helping)(empty.desk, empty.reading, empty.subscribing, linking)
    file = Attachment(file_name="page.html", content=PAGE.encode("cp1256"))
    reply = await helping.summarize(await empty.ask(command="summarize", attachment=file))
    assert "الجسور الجديدة" in reply.text


async def test_admins_store_the_articles_behind_links(empty, linking: Linking) -> None:
    intake = Ingest(empty.storage.articles, linking.workers, SystemClock())
    room = Administering(empty.desk, intake, linking)
    reply = await room.ingest(await empty.ask(URL, is_admin=True), nothing_said)
    assert "الجسور الجديدة" in reply.text
    both = await empty.ask(f"{URL} https://other.example/", is_admin=True)
    reply = await room.ingest(both, nothing_said)
    assert "تعذّرت قراءة الرابط" in reply.text
    counts = await empty.storage.articles.counts()
    assert counts.articles == 1


async def test_many_links_at_once_are_not_read(empty, linking: Linking) -> None:
    room = Administering(
        empty.desk, Ingest(empty.storage.articles, linking.workers, SystemClock()), linking
    )
    words = " ".join(f"https://news.example/{number}" for number in range(9))
    reply = await room.ingest(await empty.ask(words, is_admin=True), nothing_said)
    assert "روابط" in reply.text
