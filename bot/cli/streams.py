"""The standard streams: text in UTF-8, whatever of them whoever started the program has left."""

from __future__ import annotations

import errno
import os
import sys

_REFUSALS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


def prepare() -> None:
    """A closed stream becomes the null device; in what is written every character has its place.

    Else the next file that is opened, the database, say, would have the closed stream's number, and
    what a library or a worker process writes there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)  # the lowest that is free: the stream's own
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, mode))
    for stream in (sys.stdout, sys.stderr):
        # a lone surrogate becomes an escape, which JSON reads back
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # text streams


def is_refused(error: OSError) -> bool:
    """Whether it says that a stream takes nothing more: of files that they open, verbs tell by name."""
    return error.filename is None and error.errno in _REFUSALS


def give_up(*numbers: int) -> None:
    """Nothing more goes to these, not even what waits for the end of the program."""
    null = os.open(os.devnull, os.O_WRONLY)
    for number in numbers:
        os.dup2(null, number)
