"""What verbs have in common: options, the configuration, the way out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.config import Config

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of text.")]
Limit = Annotated[
    int, typer.Option("--limit", min=0, max=1_000_000_000, help="At most so many; 0 for all.")
]
Words = Annotated[list[str], typer.Argument(help="In Arabic, English or French.", show_default=False)]


def configured() -> Config:
    """What the environment and the working folder say, and the log as they want it."""
    from bot import telemetry
    from bot.config import Config

    config = Config.load(os.environ, _working_folder())
    telemetry.configure(config.log_level, config.log_format, config.secrets)
    return config


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise ConfigurationError(f"the working folder cannot be used: {error.strerror}") from None


def leave(verb: Coroutine[Any, Any, int]) -> NoReturn:
    """Runs the verb and ends with its exit code."""
    raise typer.Exit(asyncio.run(verb))
