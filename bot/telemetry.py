"""Logs and counters: one line an event on standard error, secrets taken out of every one.

Nothing else in the house configures logging. Libraries' own records pass the same redaction.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

import structlog

# the form of every Telegram token, for one that the configuration does not know
_TOKEN = re.compile(r"\b[0-9]{6,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_HIDDEN = "[secret]"


class Redaction:
    """Takes secrets out of a text: as they are, as they stand in a URL, and a token's secret half."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms: set[str] = set()
        for secret in secrets:
            forms |= {secret, quote(secret, safe="")}
            half = secret.partition(":")[2]
            if len(half) >= 8:
                forms.add(half)
        self._forms = sorted((form for form in forms if form), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for form in self._forms:
            text = text.replace(form, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last step before the stream: even a library's traceback passes here."""

    def __init__(self, redact: Redaction, processors: list[Any], before: list[Any]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=before)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def configure(level: str, form: str, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Sets up logging for the process.

    level: debug, info, warning or error. form: text, json, or auto (text on a terminal).
    """
    stream = stream or sys.stderr
    redact = Redaction(secrets)
    readable = form == "text" or (form == "auto" and stream.isatty())
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_RedactingFormatter(redact, _last_steps(readable, stream.isatty()), before))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    _quieten(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _log_uncaught


def _last_steps(readable: bool, colours: bool) -> list[Any]:
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if readable:
        plain = structlog.dev.plain_traceback
        return [drop, structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain)]
    return [
        drop,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _quieten(level: str) -> None:
    """Libraries speak up only about faults, unless the operator debugs."""
    floor = logging.DEBUG if level == "debug" else logging.WARNING
    for name in ("aiohttp", "aiosqlite", "apscheduler", "asyncio", "httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(floor)
    # every statement of every query, with readers' ids as parameters, is never of use
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    structlog.get_logger("mojaz").critical("uncaught", exc_info=(kind, error, trace))
