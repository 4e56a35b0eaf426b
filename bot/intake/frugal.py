"""A bound on the memory that reading one hostile document may take, below the worker's own.

For worker processes alone: the limit is the process's, so that nothing else may run beside it there.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import resource
from collections.abc import Iterator
from pathlib import Path

from bot.errors import UnreadableDocument

_KEPT = 8 * 1024 * 1024
"""Bytes of growth that are not worth giving back: a collection walks all that a process holds, which
took three times as long as reading a feed of 20 entries."""
MOST = 150 * 1024 * 1024
"""Bytes beyond what the process has when the work begins; the largest page that is parsed was seen to
take 123 MB."""


@contextlib.contextmanager
def frugally(most: int = MOST) -> Iterator[None]:
    """Inside, taking more than `most` bytes raises UnreadableDocument; afterwards memory is given back,
    where it was much.

    Where the system does not tell what is in use (/proc), nothing is limited.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size, resident = _in_use()
    try:
        if size:
            wanted = size + most
            bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
            resource.setrlimit(resource.RLIMIT_AS, (min(wanted, *bounds, wanted), hard))
        yield
    except MemoryError as error:
        raise UnreadableDocument(f"reading it takes more than {most >> 20} MiB of memory") from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        if not size or _in_use()[1] > resident + _KEPT:
            _give_back()


def _in_use() -> tuple[int, int]:
    """Bytes of address space and of memory that the process has; zeros where that is not told."""
    try:
        size, resident, *_ = Path("/proc/self/statm").read_text().split()
    except OSError:
        return 0, 0
    return int(size) * resource.getpagesize(), int(resident) * resource.getpagesize()


def _give_back() -> None:
    """What was freed goes back to the system: the C library keeps it for the process otherwise."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
