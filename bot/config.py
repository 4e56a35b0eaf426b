"""Configuration: environment variables and `.env` become one frozen value, or one line per fault.

What each variable means stands in `.env.example`. Secrets are wrapped, so that no log, traceback or
error line can show them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

from bot.errors import ConfigurationError
from bot.model import Language, UserId

# Telegram's own service accounts: what an anonymous group administrator, a channel and a service
# message are shown as. Naming one as an admin would make every anonymous administrator one.
_NOBODY = {
    1087968824: "anonymous group administrators",
    136817688: "channels",
    777000: "Telegram itself",
}


# a token in the wrong line, or a password in an address
_SECRET_LIKE = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{20,}|(?<=://).*(?=@)")


class _NotAcceptedError(ValueError):
    """Says what a variable accepts."""


def _admins(value: str) -> frozenset[UserId]:
    accepted = "user ids, comma separated, such as 123456789,987654321"
    parts = [part.strip() for part in value.split(",") if part.strip()]
    # by length first: int() refuses thousands of digits in its own words
    if not all(re.fullmatch(r"[0-9]{1,16}", part) and 0 < int(part) < 2**52 for part in parts):
        raise _NotAcceptedError(accepted)
    for part in parts:
        if whom := _NOBODY.get(int(part)):
            raise _NotAcceptedError(f"{accepted}; {part} stands for {whom}")
    return frozenset(UserId(int(part)) for part in parts)


def _token(value: str) -> SecretStr:
    if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,}", value):
        raise _NotAcceptedError("a token from @BotFather, of the form 123456789:AbC-dEf")
    return SecretStr(value)


def _webhook_secret(value: str) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise _NotAcceptedError("1 to 256 characters of A-Z a-z 0-9 _ -")
    return SecretStr(value)


def _database(value: str) -> str:
    path = value.removeprefix("sqlite:///")
    # a database in memory would be another one for each connection
    if path in (value, "", ":memory:") or "\0" in path:
        raise _NotAcceptedError("sqlite:///relative/path or sqlite:////absolute/path of a file")
    return value


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        return host == "localhost" or bool(ip_address(host))
    except ValueError:
        return False


def _http_url(accepted: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        try:
            parts = urlsplit(value)
            sound = parts.port != 0 and bool(parts.hostname) and parts.scheme in ("http", "https")
        except ValueError:
            sound = False
        # by their marks: urlsplit passes over a password without a name, an empty query, and what no
        # address holds
        if not sound or "@" in parts.netloc or re.search(r"[?#{}\s]", value):
            raise _NotAcceptedError(accepted)
        return value.rstrip("/")

    return parse


def _webhook_url(value: str) -> str:
    accepted = "an https:// address that Telegram can reach"
    url = _http_url(accepted)(value)
    parts = urlsplit(url)
    # plain http only to this machine: that is how the sandbox and the tests call
    if parts.scheme != "https" and not _is_loopback(parts.hostname):
        raise _NotAcceptedError(accepted)
    return url


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
        # beside the zones lie files that are none: posixrules, localtime, and right/… with leap seconds
        if not value[:1].isupper():
            raise ValueError
    except (ValueError, OSError, LookupError):
        raise _NotAcceptedError("an IANA time zone such as Africa/Cairo") from None
    return value


def _time(value: str) -> time:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", value)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise _NotAcceptedError("a time HH:MM from 00:00 to 23:59")
    return time(int(found[1]), int(found[2]))


def _rate(value: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", value) or not 0 < float(value) <= 1000:
        raise _NotAcceptedError("messages a second, more than 0, at most 1000")
    return float(value)


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not _is_address(host) or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise _NotAcceptedError("address:port such as 127.0.0.1:8080 (port 0 takes any free one)")
    return host, int(port)


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise _NotAcceptedError(" or ".join((", ".join(choices[:-1]), choices[-1])))
        return value.lower()

    return parse


def _switch(value: str) -> bool:
    return _one_of("0", "1")(value) == "1"


def _language(value: str) -> Language:
    return Language(_one_of("ar", "en")(value))


class Config(BaseModel):
    """The whole configuration. Field names are the variables' names in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    bot_token: Annotated[SecretStr | None, BeforeValidator(_token)] = None
    admin_ids: Annotated[frozenset[UserId], BeforeValidator(_admins)] = frozenset()
    database_url: Annotated[str, BeforeValidator(_database)] = "sqlite:///data/mojaz.db"
    telegram_api_url: Annotated[
        str, BeforeValidator(_http_url("an http:// or https:// address without user, query or fragment"))
    ] = "https://api.telegram.org"
    timezone: Annotated[str, BeforeValidator(_zone)] = "Africa/Cairo"
    digest_time: Annotated[time, BeforeValidator(_time)] = time(8, 0)
    language: Annotated[Language, BeforeValidator(_language)] = Language.AR
    send_rate: Annotated[float, BeforeValidator(_rate)] = 30.0
    update_mode: Annotated[str, BeforeValidator(_one_of("polling", "webhook"))] = "polling"
    webhook_url: Annotated[str, BeforeValidator(_webhook_url)] = ""
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_webhook_secret)] = None
    listen: Annotated[tuple[str, int], BeforeValidator(_listen)] = ("127.0.0.1", 8080)
    fetch_allow_private: Annotated[bool, BeforeValidator(_switch)] = False
    log_level: Annotated[str, BeforeValidator(_one_of("debug", "info", "warning", "error"))] = "info"
    log_format: Annotated[str, BeforeValidator(_one_of("auto", "text", "json"))] = "auto"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """Reads the variables; an empty one counts as not set.

        Raises ConfigurationError whose cause has one line for each wrong value: the variable, the
        value (never a secret's) and what is accepted.
        """
        given = {
            name: environ[name.upper()].strip()
            for name in cls.model_fields
            if environ.get(name.upper(), "").strip()
        }
        try:
            config = cls.model_validate(given)
        except ValidationError as error:
            raise ConfigurationError("\n".join(_lines(error, given))) from None
        if config.update_mode == "webhook":
            _require_webhook(config)
        return config

    @classmethod
    def load(cls, environ: Mapping[str, str], folder: Path) -> Config:
        """Reads `.env` in `folder` too; what the environment sets, and does not leave empty, goes
        before it."""
        lines = _read_lines(folder / ".env")
        written = {name: value for name, value in lines.items() if value is not None}
        given = {name: value for name, value in environ.items() if value.strip()}
        return cls.from_environ({**written, **given})

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen in any output."""
        return tuple(s.get_secret_value() for s in (self.bot_token, self.webhook_secret) if s)


def _read_lines(path: Path) -> dict[str, str | None]:
    """What the file says, of a name said twice the last; nothing where there is no file.

    Raises ConfigurationError with one line for each line that says nothing: a token in it would be
    missed in silence. Such a line is told by its number, as it may hold a secret.
    """
    try:
        with path.open(encoding="utf-8") as file:
            found = list(parse_stream(file))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(
            f"{path.name}: cannot be read: a readable text file in UTF-8 is accepted"
        ) from None
    faults = [
        f"{path.name}: line {_number(one)} is not accepted; accepted: NAME=value, any quote closed"
        for one in found
        if one.error or (one.key is not None and one.value is None)
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))
    return {one.key: one.value for one in found if one.key is not None}


def _number(found: Binding) -> int:
    """The line where it is written: the parser counts from the empty ones before it."""
    text = found.original.string
    return found.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _lines(error: ValidationError, given: Mapping[str, str]) -> list[str]:
    return [_line(str(fault["loc"][0]), given, fault) for fault in error.errors(include_url=False)]


def _line(name: str, given: Mapping[str, str], fault: Any) -> str:
    accepted = str(fault.get("ctx", {}).get("error", fault["msg"]))
    secret = name in ("bot_token", "webhook_secret")
    shown = "the value" if secret else repr(_SECRET_LIKE.sub("[secret]", given[name])[:80])
    return f"{name.upper()}: {shown} is not accepted; accepted: {accepted}"


def _require_webhook(config: Config) -> None:
    missing = [n for n in ("webhook_url", "webhook_secret") if not getattr(config, n)]
    if missing:
        lines = [
            f"{n.upper()}: empty is not accepted; accepted: a value, as UPDATE_MODE is webhook"
            for n in missing
        ]
        raise ConfigurationError("\n".join(lines))
