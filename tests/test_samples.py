"""The sandbox's samples: what becomes of stories when the bot takes them out."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from bot import samples
from bot.app import serving
from bot.intake.ingest import prepare
from bot.model import Draft, Selection
from storage import opened_storage

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MARKET = "أعادت البلدية فتح السوق القديم بعد ترميم سقفه الخشبي، وعاد التجار إلى دكاكينهم."
MATCH = "فاز فريق المدينة بالكأس بعد هدفين من لاعبه الشاب أمام جمهور غفير في الملعب."


def together(_new, near, _counts):
    return near[0].story if near else None


async def test_samples_that_held_stories_together_part_them_when_they_go(tmp_path):
    sample = f"{MARKET} {MATCH}"
    drafts = [
        Draft(text=MARKET, url="https://one.example/1"),
        Draft(text=sample, url=f"{samples.ADDRESS}9"),
        Draft(text=MATCH, url="https://two.example/2"),
    ]
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", lambda: NOW) as storage:
        await storage.articles.add(list(prepare(drafts, NOW)), together)
        held = await storage.articles.stories(Selection(), 0, 5)
        assert [len(story.articles) for story in held.stories] == [3]
        await serving._take_out_samples(SimpleNamespace(storage=storage))
        left = await storage.articles.stories(Selection(), 0, 5)
        assert [len(story.articles) for story in left.stories] == [1, 1]
