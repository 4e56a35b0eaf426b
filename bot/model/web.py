"""What is asked of the web, and its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What is asked of the web."""

    url: str
    etag: str = ""
    """Of the last answer; it and last_modified make the request conditional."""
    last_modified: str = ""
    most_bytes: int = 10_000_000
    """Of the opened body; an answer that holds more is refused while it streams."""
    deadline: float = 30.0
    """Seconds for all of it, redirects included."""
    polite: bool = True
    """Whether robots.txt is asked first."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the web answered."""

    url: str
    """Where the answer came from, after redirects."""
    status: int
    """200, 304 (the body is then empty) or 410, as a rule."""
    body: bytes = b""
    """Opened: neither gzip nor brotli."""
    content_type: str = ""
    """As the server said it, with its charset: `application/rss+xml; charset=windows-1256`."""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """The address to remember, where every redirect on the way was permanent (301, 308)."""
    retry_after: float | None = None
    """Seconds."""
