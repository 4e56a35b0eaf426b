"""Albums: of several files sent together one bears the caption, and each comes as its own message."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from telegram import Message

from handlers.commands import TAKING_FILES, Command

ALBUMS = 256
"""Albums whose command is remembered; one has ten files at most, which come one after the other."""


class Albums:
    """Which command that takes files stands under an album, for those behind the one that bears it."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, str], Command] = OrderedDict()

    def command(self, message: Message, own: Command | None) -> Command | None:
        """`own`, or the album's for a document without a caption."""
        if message.media_group_id is None or message.document is None:
            return own
        album = (message.chat.id, message.media_group_id)
        if own is not None and own.name in TAKING_FILES:
            self._known[album] = replace(own, words="")
            if len(self._known) > ALBUMS:
                self._known.popitem(last=False)
            return own
        return own if message.caption else self._known.get(album, own)
