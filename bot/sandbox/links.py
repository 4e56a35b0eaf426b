"""Which addresses Telegram takes for links, in texts and under buttons."""

from __future__ import annotations

import re

_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?([/?#]\S*)?")
# a host without a dot, localhost too, is no link on Telegram
_FULL = re.compile(
    r"(?i)(https?|ftp)://[^\s/?#@:]+\.[^\s/?#@:]+(:[0-9]{1,5})?([/?#]\S*)?|tg://[^\s/]+\S*"
)


def web_address(url: str) -> str | None:
    """The address as Telegram keeps it, with its scheme and a path; None where it is none."""
    url = url.strip()
    if _BARE.fullmatch(url):
        url = f"http://{url}"
    if not _FULL.fullmatch(url):
        return None
    return url if re.search(r"://[^/?#]*[/?#]", url) else f"{url}/"
