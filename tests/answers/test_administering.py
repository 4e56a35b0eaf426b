"""The admins' commands: refused to others, answered line by line."""

from dataclasses import dataclass, field

import pytest

from bot.answers.administering import Administering
from bot.errors import FeedList
from bot.intake.ingest import IngestReport
from bot.model import Added, AddedStatus, ArticleId, Attachment, Refusal, RefusalReason, Reply, StoryId


@dataclass
class Intake:
    """Takes note of what it is given and reports one of each."""

    given: list[object] = field(default_factory=list)

    async def text(self, attachment: Attachment) -> IngestReport:
        self.given.append(attachment)
        return IngestReport(stored=(Added(AddedStatus.STORED, ArticleId(5), StoryId(6), "خبر <جديد>"),))

    async def document(self, name: str, content: bytes, progress) -> IngestReport:
        self.given.append((name, content))
        await progress(1, 2)
        known = Added(AddedStatus.KNOWN, ArticleId(3), StoryId(4), "خبر قديم")
        return IngestReport(known=(known,), refused=(Refusal(7, RefusalReason.BAD_DATE, "أمس"),))


@dataclass
class Said:
    replies: list[Reply] = field(default_factory=list)

    async def __call__(self, reply: Reply) -> None:
        self.replies.append(reply)


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.mark.parametrize("command", ["ingest", "delete", "stats"])
async def test_anyone_else_is_refused_and_changes_nothing(news, intake, command: str) -> None:
    room = Administering(news.desk, intake)
    asked = await news.ask("2", command=command)
    arguments = [Said()] if command == "ingest" else []
    assert "لمديري البوت وحدهم" in (await getattr(room, command)(asked, *arguments)).text
    assert intake.given == []
    assert (await news.storage.articles.counts()).articles == 3


async def test_a_text_after_the_command_is_stored_and_named(empty, intake) -> None:
    asked = await empty.ask("نص المقال", is_admin=True)
    reply = await Administering(empty.desk, intake).ingest(asked, Said())
    assert intake.given == [Attachment(text="نص المقال")]
    assert "<b>5</b> · خبر &lt;جديد&gt;" in reply.text


async def test_a_list_of_feeds_is_handed_on_with_its_own_bytes(empty) -> None:
    class Lists(Intake):
        async def document(self, name: str, content: bytes, progress) -> IngestReport:
            raise FeedList("a list of feeds", b"opened")

    async def add(request, content: bytes, say) -> Reply:
        return Reply(f"added {content!r}")

    asked = await empty.ask("", attachment=Attachment(file_name="a", content=b"zip"), is_admin=True)
    reply = await Administering(empty.desk, Lists(), add_feeds=add).ingest(asked, Said())
    assert reply.text == "added b'zip'"


async def test_a_forwarded_text_keeps_where_it_came_from(empty, intake) -> None:
    forwarded = Attachment(text="نص", source="قناة", url="https://t.me/x/1")
    await Administering(empty.desk, intake).ingest(
        await empty.ask(is_admin=True, attachment=forwarded), Said()
    )
    assert intake.given == [forwarded]


async def test_a_document_is_answered_line_by_line_and_shows_progress(empty, intake) -> None:
    said = Said()
    file = Attachment(file_name="a.jsonl", content=b"{}")
    reply = await Administering(empty.desk, intake).ingest(
        await empty.ask(is_admin=True, attachment=file), said
    )
    assert intake.given == [("a.jsonl", b"{}")]
    assert "السطر 7: تاريخ لا يُقرأ (أمس)" in reply.text
    assert "<b>3</b> · خبر قديم" in reply.text
    assert "1 من 2" in said.replies[-1].text


@pytest.mark.parametrize(
    ("words", "said"), [("", "لإدخال المقالات"), ("https://a.example/1", "لا أفتح الروابط")]
)
async def test_ingest_without_an_article_says_how(empty, intake, words: str, said: str) -> None:
    reply = await Administering(empty.desk, intake).ingest(await empty.ask(words, is_admin=True), Said())
    assert said in reply.text
    assert intake.given == []


async def test_delete_takes_one_article_out(news, intake) -> None:
    added = await news.publish("خبر عابر", "وصل خبر عابر لا يهم أحدًا من القراء.")
    room = Administering(news.desk, intake)
    reply = await room.delete(await news.ask(str(added.id), is_admin=True))
    assert f"حُذف المقال {added.id} من كل مكان: خبر عابر" in reply.text
    again = await room.delete(await news.ask(str(added.id), is_admin=True))
    assert "لم يُحذف شيء" in again.text


async def test_delete_with_a_storys_number_names_its_articles(news, intake) -> None:
    added = await news.publish("خبر عابر", "وصل خبر عابر لا يهم أحدًا من القراء.")
    reply = await Administering(news.desk, intake).delete(
        await news.ask(str(added.story), is_admin=True)
    )
    assert f"/delete {added.id}" in reply.text
    assert (await news.storage.articles.counts()).articles == 4


@pytest.mark.parametrize("words", ["", "س", "9" * 15])
async def test_delete_of_nothing_deletes_nothing(news, intake, words: str) -> None:
    reply = await Administering(news.desk, intake).delete(await news.ask(words, is_admin=True))
    assert "/" in reply.text
    assert (await news.storage.articles.counts()).articles == 3


async def test_stats_draw_a_bar_for_each_day_by_the_admins_own_clock(empty, intake) -> None:
    # it is eight in the morning in Cairo: nine hours ago it was yesterday there
    for number, minutes in enumerate((9 * 60, 20, 10)):
        await empty.publish(f"خبر {number}", f"نص الخبر {number} عن المدينة.", minutes=minutes)
    reply = await Administering(empty.desk, intake).stats(await empty.ask(is_admin=True))
    bars = [line for line in reply.text.splitlines() if "█" in line or "▏" in line]
    assert bars[0].endswith("█ 2 · الثلاثاء")
    assert bars[1].endswith("█ 1 · الاثنين")
    assert [line.count("█") for line in bars] == [12, 6, 0, 0, 0, 0, 0]


async def test_stats_count_in_right_plurals(news, intake) -> None:
    reply = await Administering(news.desk, intake).stats(await news.ask(is_admin=True))
    assert "3 مقالات في 3 أخبار من 3 مصادر" in reply.text
