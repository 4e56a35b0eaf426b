"""Journeys of files: readers have them shortened, admins take every format in."""

from __future__ import annotations

import gzip

import pytest

from bot.sandbox.emulator import Emulator

SENTENCE = "افتتح الوزير في العاصمة صباح اليوم الجسر رقم {} فوق النهر الكبير بعد أعوام من العمل."
PARAGRAPHS = [SENTENCE.format(number) for number in range(12)]
TEXT = "\n".join(PARAGRAPHS)
PAGE = (
    "<html><head><title>الجسور الجديدة</title></head><body><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></body></html>"
)


@pytest.mark.parametrize(("name", "content"), [("a.txt", TEXT), ("a.html", PAGE)])
async def test_a_reader_s_file_is_shortened(
    emulator: Emulator, program: object, name: str, content: str
) -> None:
    reader = emulator.private("reader")
    await reader.send_document(name, content.encode("windows-1256"), caption="/summarize")
    answer = await reader.next_message()
    assert "الجسر رقم" in answer.text
    assert "عدد الكلمات" in answer.text


async def test_a_file_is_shortened_by_replying_to_it(emulator: Emulator, program: object) -> None:
    reader = emulator.private("reader")
    file = await reader.send_document("a.txt", TEXT.encode())
    assert "/summarize" in (await reader.next_message()).text
    await reader.say("/summarize", reply_to=file)
    assert "الجسر رقم" in (await reader.next_message()).text


async def test_files_that_cannot_be_shortened_are_told_why(emulator: Emulator, program: object) -> None:
    reader = emulator.private("reader")
    await reader.send_document("large.txt", b"x " * 2_600_000, caption="/summarize")
    assert "5 ميغابايت" in (await reader.next_message()).text
    await reader.send_document("many.csv", "title,text\nأ,ب\nج,د\n".encode(), caption="/summarize")
    assert "أكثر من مقال" in (await reader.next_message()).text


FILES = {
    "page.html": PAGE.encode("utf-16"),
    "news.csv": f"النص;العنوان\n{PARAGRAPHS[0]};الجسور الجديدة\n".encode("windows-1256"),
    "news.md": f"# الجسور الجديدة\n\n{PARAGRAPHS[0]}\n".encode(),
    "feed.xml.gz": gzip.compress(
        f"<rss><channel><title>صحيفة</title><item><title>الجسور الجديدة</title><description>"
        f"{PARAGRAPHS[0]}</description></item></channel></rss>".encode()
    ),
}


@pytest.mark.parametrize("name", FILES)
async def test_every_format_is_taken_in(emulator: Emulator, program: object, name: str) -> None:
    desk = emulator.private("admin")
    await desk.send_document(name, FILES[name], caption="/ingest")
    answer = await desk.next_message()
    while "الجسور الجديدة" not in answer.text:
        answer = await desk.next_change()
    assert "الجسور الجديدة" in (await desk.ask("/latest")).text
