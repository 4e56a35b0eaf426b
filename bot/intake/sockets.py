"""Where the guard meets the network: guarded sockets, and a bounded number of look-ups of names."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.intake.guard import Forbidden, Guard

MOST_ADDRESSES = 8
"""Of one name that are tried."""


class Refused(OSError):
    """The guard let no connection through."""


def guarded(guard: Guard) -> Callable[[Any], socket.socket]:
    """A socket factory for aiohttp, asked with the very address that is connected to next.

    A resolver's hook would not do: literal addresses pass it by, and a name's answer may change.
    """

    def make(info: tuple[int, int, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, address = info
        if family not in (socket.AF_INET, socket.AF_INET6):
            raise Refused("only IP addresses are connected to")
        try:
            guard.admit(str(address[0]), int(address[1]))
        except Forbidden as error:
            raise Refused(str(error)) from None
        # the fourth part of an IPv6 address picks an interface of this machine
        if len(address) > 3 and address[3]:
            raise Refused("an address of one interface is not connected to")
        return socket.socket(family, kind, protocol)

    return make


class Lookups(AbstractResolver):
    """The system's resolver on a few threads of its own, so that slow names hold up nothing else."""

    def __init__(self, at_once: int = 4) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        ask = partial(
            socket.getaddrinfo,
            host,
            port,
            family=family,
            type=socket.SOCK_STREAM,
            flags=socket.AI_ADDRCONFIG,
        )
        infos = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in infos[:MOST_ADDRESSES]
        ]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
