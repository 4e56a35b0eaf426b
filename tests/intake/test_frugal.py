"""Hostile documents meet their bound in a worker, which goes on to its next work."""

from __future__ import annotations

import pytest

from bot.errors import MojazError, UnreadableDocument
from bot.intake.documents import all_records, open_document
from bot.intake.frugal import frugally
from bot.model import Draft
from bot.workers import ProcessWorkers


def greedy(megabytes: int) -> int:
    with frugally():
        return len(bytes(megabytes << 20))


async def test_what_takes_too_much_memory_is_refused_and_the_next_is_not() -> None:
    async with ProcessWorkers(1) as workers:
        with pytest.raises(UnreadableDocument, match="150 MiB"):
            await workers.run(greedy, 300)
        assert await workers.run(greedy, 50) == 50 << 20


@pytest.mark.parametrize("markup", [b"<ul>" + b"<li>x" * 1_000_000, b"<p " + b"a='<' " * 500_000])
async def test_a_hostile_page_costs_its_own_answer_alone(markup: bytes) -> None:
    async with ProcessWorkers(1) as workers:
        try:
            found = await workers.run(all_records, open_document("a.html", markup), deadline=15)
            assert len(found) == 1
        except MojazError as refused:
            assert refused.cause  # noqa: PT017 - either outcome is sound, and only these two
        (draft,) = await workers.run(all_records, open_document("b.html", b"<p>text of it</p>"))
        assert isinstance(draft, Draft)
