"""The errors that mojaz raises on purpose.

Each carries a text key with arguments, for the reader (bot/texts/catalogue.py translates it once, at
the edge), and a cause in plain English, for the operator's log and the command line.
"""

from __future__ import annotations

import logging


class MojazError(Exception):
    """Base of every error raised on purpose.

    key: the message of the text catalogues that tells a reader what happened and what to do next.
    arguments: the values that the message shows.
    """

    key = "error-unexpected"
    severity = logging.INFO
    """How it is logged where it ended an answer: most say what somebody sent."""

    def __init__(self, cause: str, **arguments: str | int) -> None:
        super().__init__(cause)
        self.cause = cause
        self.arguments = arguments


class ConfigurationError(MojazError):
    """One or more configuration values are wrong; the cause holds one line for each of them."""

    key = "error-configuration"


class UnreadableDocument(MojazError):
    """A whole document could not be read: its format, its character set or its size."""

    key = "error-unreadable-document"


class DamagedDocument(UnreadableDocument):
    """A document that was cut short or changed on its way: sent again, it may be read."""

    key = "error-damaged-document"


class UnreadablePage(UnreadableDocument):
    """A web page of which no article can be read: no page, too large, or without any text."""

    key = "error-page"


class FeedLink(UnreadablePage):
    """A web address that is a feed's, where an article was expected."""

    key = "error-feed-link"


class UnreadableTable(UnreadableDocument):
    """A table whose first row does not name its columns."""

    key = "error-table"


class FeedList(UnreadableDocument):
    """A document that lists feeds (OPML) where articles were expected.

    content: the list, opened, for bot.intake.opml.read_opml.
    """

    key = "error-feed-list"

    def __init__(self, cause: str, content: bytes = b"", **arguments: str | int) -> None:
        super().__init__(cause, **arguments)
        self.content = content


class ManyArticles(UnreadableDocument):
    """A document of many articles where one was expected."""

    key = "error-many-articles"


class DocumentTooLarge(UnreadableDocument):
    """A document over what is read at once, opened; `megabytes` says how much that is."""

    key = "error-document-too-large"


class FileTooLarge(UnreadableDocument):
    """A file over what is taken of a reader; the argument `megabytes` says how much that is."""

    key = "error-file-too-large"


class StorageError(MojazError):
    """The database cannot be opened or used: newer than the program, locked, damaged, not writable."""

    key = "error-storage"
    severity = logging.ERROR


class WorkerFailed(MojazError):
    """Work in a separate process ended without a result: its deadline passed, or it died."""

    key = "error-took-too-long"


class Busy(MojazError):
    """There was no room for this work in time: none of it was done, and it may be asked again."""

    key = "error-busy"


class TelegramRefused(MojazError):
    """Telegram answered that this cannot be had: a file too big, an unknown chat, a wrong token."""

    key = "error-telegram"


class FetchFailed(MojazError):
    """An address could not be read: refused by the guard, too large, too slow, an error of the server.

    retry_after: seconds that the server asked to wait; None where it said nothing.
    status: the server's status; None where there was no answer.
    """

    key = "error-fetch"

    def __init__(
        self,
        cause: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        **arguments: str | int,
    ) -> None:
        super().__init__(cause, **arguments)
        self.status = status
        self.retry_after = retry_after


class UnreadableFeed(MojazError):
    """What an address answered is no feed and names none, or its markup is beyond reading."""

    key = "error-feed"
