"""The bot's own words: two Fluent catalogues, ar/ and en/, with the same files, keys and variables.

The texts are Telegram's HTML where they become messages, plain where they become labels, toasts and
menus. How they are put together is in the `render_` modules; escaping and direction in html.py:
Fluent's own isolates are off, because they would stand inside tags and next to other marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from bot.model import Language

_REMEMBERED = 4096
"""Formatted texts; each takes some 40 microseconds to format, and lists say the same ages and counts
over and over."""

_LONGEST = 100
"""Letters of an argument up to which its text is remembered: what readers write is not."""


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Both catalogues, read once."""

    bundles: Mapping[Language, FluentBundle]

    @classmethod
    def load(cls) -> Catalogue:
        """Reads the files beside this module."""
        return cls({language: _bundle(language) for language in Language})

    def say(self, language: Language, key: str, **arguments: str | int) -> str:
        """The message in that language; numbers choose their plural form, digits are Latin.

        Raises LookupError for an unknown key and ValueError for a variable that is missing.
        """
        if any(isinstance(value, str) and len(value) > _LONGEST for value in arguments.values()):
            return self._formatted(language, key, arguments)
        return _remembered(self, language, key, tuple(arguments.items()))

    def _formatted(self, language: Language, key: str, arguments: Mapping[str, str | int]) -> str:
        bundle: Any = self.bundles[language]
        message = bundle.get_message(key) if bundle.has_message(key) else None
        if message is None or message.value is None:
            raise LookupError(f"no text {key!r} in {language}")
        text, errors = bundle.format_pattern(message.value, arguments)
        if errors:
            raise ValueError(f"text {key!r} in {language}: {errors[0]}")
        return str(text)

    def has(self, language: Language, key: str) -> bool:
        return bool(self.bundles[language].has_message(key))


@lru_cache(maxsize=_REMEMBERED)
def _remembered(
    catalogue: Catalogue, language: Language, key: str, arguments: tuple[tuple[str, str | int], ...]
) -> str:
    return catalogue._formatted(language, key, dict(arguments))


def source_text(language: Language) -> str:
    """The catalogue's files as they are written, one after the other."""
    folder = files("bot.texts").joinpath(language.value)
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith(".ftl"))
    return "\n".join(folder.joinpath(part).read_text(encoding="utf-8") for part in parts)


def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language.value], use_isolating=False)
    bundle.add_resource(FluentResource(source_text(language)))
    return bundle
