"""An admin's journeys: texts, replies, forwards and documents become articles."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.emulator import Emulator

TEXT = """مصر تفتتح مكتبة جديدة في الأقصر

افتتحت وزارة الثقافة المصرية اليوم مكتبة عامة جديدة في مدينة الأقصر تضم مئة ألف كتاب.
وقالت الوزارة إن المكتبة ستفتح أبوابها للطلاب مجانا كل أيام الأسبوع."""


async def test_a_text_after_the_command_is_taken_in(emulator: Emulator, program: object) -> None:
    desk = emulator.private("admin")
    answer = await desk.ask(f"/ingest {TEXT}")
    assert "مصر تفتتح مكتبة جديدة في الأقصر" in answer.text
    shown = await desk.ask("/topic مصر")
    assert "مكتبة جديدة" in shown.text


async def test_the_same_text_again_is_known(emulator: Emulator, program: object) -> None:
    desk = emulator.private("admin")
    await desk.ask(f"/ingest {TEXT}")
    assert "معروف" in (await desk.ask(f"/ingest {TEXT}")).text


async def test_a_message_is_taken_in_by_replying_to_it(emulator: Emulator, program: object) -> None:
    desk = emulator.private("admin")
    message = await desk.say(TEXT)
    await desk.next_message()
    desk.skip()
    await desk.say("/ingest", reply_to=message)
    assert "مكتبة" in (await desk.next_message()).text


async def test_a_forwarded_post_keeps_its_channel_as_source(emulator: Emulator, program: object) -> None:
    post = await emulator.channel("admin").say(TEXT)
    desk = emulator.private("admin")
    forwarded = await desk.forward(post)
    await desk.next_message()
    desk.skip()
    await desk.say("/ingest", reply_to=forwarded)
    await desk.next_message()
    assert "قناة الأخبار" in (await desk.ask("/sources")).text


async def test_bad_records_are_told_line_by_line(emulator: Emulator, program: object) -> None:
    desk = emulator.private("admin")
    records = '{"text": "خبر واحد سليم من سطر واحد."}\nليس سجلا\n{"title": 7}\n'
    await desk.send_document("mixed.jsonl", records.encode(), caption="/ingest")
    answer = await desk.next_message()
    while "2" not in answer.text or "3" not in answer.text:
        answer = await desk.next_change()
    assert "خبر واحد سليم" in answer.text


async def test_a_document_is_taken_in_by_replying_to_it(emulator: Emulator, program: object) -> None:
    desk = emulator.private("admin")
    document = await desk.send_document("library.txt", TEXT.encode("windows-1256"))
    await desk.next_message()
    desk.skip()
    await desk.say("/ingest", reply_to=document)
    answer = await desk.next_change()
    while "مكتبة" not in answer.text:
        answer = await desk.next_change()


async def test_readers_are_refused_and_change_nothing(emulator: Emulator, program: object) -> None:
    reader = emulator.private("reader")
    for words in (f"/ingest {TEXT}", "/delete 2", "/stats"):
        assert "لمديري البوت" in (await reader.ask(words)).text
    assert "مكتبة" not in (await reader.ask("/latest")).text


async def test_delete_takes_an_article_out_everywhere(emulator: Emulator, news: object) -> None:
    desk = emulator.private("admin")
    assert "حُذف" in (await desk.ask("/delete 5")).text
    assert "البنك المركزي" not in (await desk.ask("/latest")).text
    assert "البنك المركزي" not in (await desk.ask("/search الفائدة")).text


async def test_stats_count_what_there_is(emulator: Emulator, news: object) -> None:
    assert "7 مقالات في 6 أخبار من 3 مصادر" in (await emulator.private("admin").ask("/stats")).text


@pytest.mark.news
async def test_the_first_page_is_one_article_without_its_related_headlines(
    emulator: Emulator, program: object, shared: Path
) -> None:
    desk, reader = emulator.private("admin"), emulator.private("reader")
    page = (shared / "seed-article.txt").read_bytes()
    await desk.send_document("seed-article.txt", page, caption="/ingest")
    answer = await desk.next_message()
    while "مقال واحد" not in answer.text:
        answer = await desk.next_change()
    for name in ("syria", "سوريا", "سورية", "Syrie"):
        assert "بوتين" in (await reader.ask(f"/topic {name}")).text
    for name in ("السودان", "مصر"):
        assert "بوتين" not in (await reader.ask(f"/topic {name}")).text
    card = await reader.ask("/read 1")
    for line in page.decode().splitlines()[7:]:
        assert line.strip("- ") not in card.text or not line.strip()


@pytest.mark.news
async def test_readers_are_answered_while_a_week_is_taken_in_beside_the_bot(
    emulator: Emulator, program: Any, shared: Path
) -> None:
    reader = emulator.private("reader")
    await reader.ask("/start")
    command = [sys.executable, "-m", "bot", "ingest", str(shared / "arabic-news-week.jsonl")]
    start = time.monotonic()
    ingest = await asyncio.create_subprocess_exec(
        *command,
        cwd=program.folder,
        env={**program.environment, "PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE,
    )
    waits = []
    while ingest.returncode is None:
        asked = time.monotonic()
        await reader.ask("/latest", timeout=10)
        waits.append(time.monotonic() - asked)
    assert ingest.stdout is not None
    assert b"0 refused" in await ingest.stdout.read()
    assert time.monotonic() - start < 60
    assert max(waits) < 5
