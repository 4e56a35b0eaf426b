"""Reads the word lists that lie beside the code: plain text, UTF-8, comment lines begin with #."""

from __future__ import annotations

from importlib.resources import files

from bot.arabic.folding import fold


def read_lines(name: str, package: str = "bot.arabic") -> list[str]:
    """The lines of a list, comments emptied, so that a line's number is still its place in the file."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return [line.partition("#")[0].strip() for line in text.splitlines()]


def read_words(name: str) -> frozenset[str]:
    """All words of a list, folded."""
    return frozenset(word for line in read_lines(name) for word in fold(line).split())


def read_sections(name: str, package: str = "bot.arabic") -> dict[str, frozenset[str]]:
    """Folded words by the heading in square brackets that they stand under."""
    sections: dict[str, frozenset[str]] = {}
    heading = ""
    for line in read_lines(name, package):
        if line.startswith("["):
            heading = line.strip("[]")
        elif line:
            sections[heading] = sections.get(heading, frozenset()) | set(fold(line).split())
    return sections
