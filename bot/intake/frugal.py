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

MOST = 150 * 1024 * 1024
"""Bytes beyond what the process has when the work begins; the largest page that is parsed was seen to
take 123 MB."""


@contextlib.contextmanager
def frugally(most: int = MOST) -> Iterator[None]:
    """Inside, taking more than `most` bytes raises UnreadableDocument; afterwards memory is given back.

    Where the system does not tell what is in use (/proc), nothing is limited.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    statm = Path("/proc/self/statm")
    try:
        if statm.exists():
            wanted = int(statm.read_text().split()[0]) * resource.getpagesize() + most
            bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
            resource.setrlimit(resource.RLIMIT_AS, (min(wanted, *bounds, wanted), hard))
        yield
    except MemoryError as error:
        raise UnreadableDocument(f"reading it takes more than {most >> 20} MiB of memory") from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        _give_back()


def _give_back() -> None:
    """What was freed goes back to the system: the C library keeps it for the process otherwise."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
