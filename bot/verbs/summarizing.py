"""`mojaz summarize`: no database, no network; text in, sentences out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import UnreadableDocument
from bot.intake.documents import Format, open_document, text_of
from bot.summaries.summarise import summarise
from bot.verbs.printing import json_line


def summarize(file: Path | None, as_json: bool) -> int:
    """Exit code 1 where a line was no request; every line has its answer, in order."""
    if not as_json:
        text, title = _read(file)
        print(*summarise(text, title=title), sep="\n")
        return 0
    faults = 0
    for number, line in enumerate(_text_lines(file), 1):
        if not line.strip():
            continue
        answer = _answer(line, number)
        faults += "error" in answer
        json_line(answer)
        sys.stdout.flush()
    return 1 if faults else 0


def _answer(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
        _check(record)
    except (ValueError, RecursionError) as error:
        return {"sentences": [], "error": f"line {number}: {error}"}
    chosen = summarise(
        record["text"],
        title=record.get("title") or "",
        sentences=record.get("sentences"),
        words=record.get("words"),
    )
    return {"sentences": list(chosen)}


def _check(record: object) -> None:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError('an object with a "text" is needed')
    if not isinstance(record.get("title", ""), str | None):
        raise ValueError('"title" must be text')
    for name in ("sentences", "words"):
        value = record.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise ValueError(f'"{name}" must be a whole number from 1')


def _read(file: Path | None) -> tuple[str, str]:
    """The text and its title: of a page the article, of anything else all of it."""
    if file is None or str(file) == "-":
        return "".join(_text_lines(file)), ""
    try:
        document = open_document(file.name, file.read_bytes())
        if document.format is Format.PAGE:
            article = text_of(file.name, document.content)
            return article.text, article.title
    except OSError as error:
        raise UnreadableDocument(f"{file}: {error.strerror}") from None
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{file}: {error.cause}") from None
    return document.content.decode("utf-8", "replace"), ""


def _text_lines(file: Path | None) -> Iterator[str]:
    try:
        if file is None or str(file) == "-":
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # a text stream
            yield from sys.stdin
            return
        with file.open(encoding="utf-8-sig", errors="replace") as opened:
            yield from opened
    except OSError as error:
        raise UnreadableDocument(f"{file}: {error.strerror}") from None
