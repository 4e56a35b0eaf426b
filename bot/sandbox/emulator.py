"""The sandbox put together: a Bot API on this machine that an unchanged bot talks to, and its page.

It keeps its state while bots come and go. It knows nothing of mojaz, so it cannot flatter it, and it
never leaves the machine.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import KW_ONLY, InitVar, dataclass, field

from aiohttp import web

from bot.sandbox.acts import Acts
from bot.sandbox.faults import Faults
from bot.sandbox.hands import Conversation
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.page_routes import PageRoutes
from bot.sandbox.people import ADMIN, CHANNEL, GROUP, SMALL_GROUP, Person, Room
from bot.sandbox.refusal import Json
from bot.sandbox.service import Service
from bot.sandbox.state import State
from bot.sandbox.transcript import Transcript
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World


@dataclass(slots=True)
class Emulator:
    """A Bot API for one bot.

    token: the bot's, of the form `digits:letters`. admin: the user id of the person "admin".
    now gives epoch seconds, clock rising seconds for the limits.
    """

    token: InitVar[str]
    _: KW_ONLY
    admin: InitVar[int] = ADMIN
    username: InitVar[str] = "mojaz_sandbox_bot"
    name: InitVar[str] = "موجز"
    limits: InitVar[Limits | None] = None
    now: InitVar[Callable[[], float]] = time.time
    clock: InitVar[Callable[[], float]] = time.monotonic
    world: World = field(init=False)
    _acts: Acts = field(init=False)
    _service: Service = field(init=False)

    def __post_init__(
        self, token: str, admin: int, username: str, name: str, limits: Limits | None,
        now: Callable[[], float], clock: Callable[[], float],
    ) -> None:  # fmt: skip
        state = State(_bot(int(token.partition(":")[0]), username, name), now, admin)
        updates = Updates(now)
        self.world = World(state, updates, Meter(limits or Limits(), clock))
        self._acts = Acts(self.world)
        self._service = Service(token, self.world, Webhook(updates))

    @property
    def routes(self) -> list[web.RouteDef]:
        """The Bot API, the page and what the page asks for. Whoever serves them calls close()."""
        page = PageRoutes(self.world, self._acts, self._service)
        return [*self._service.routes, *page.routes]

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[str]:
        """Serves on 127.0.0.1 and gives the base address; port 0 takes any free one."""
        app = web.Application()
        app.add_routes(self.routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await self.close()
            await runner.cleanup()

    async def close(self) -> None:
        """Ends waiting polls, the page's news and the webhook, so that a server can stop at once."""
        self.world.state.closed = self.world.updates.closed = True
        self.world.state.bell.ring()
        self.world.updates.bell.ring()
        await self._service.webhook.close()

    @property
    def faults(self) -> Faults:
        """What shall go wrong next."""
        return self.world.faults

    @property
    def transcript(self) -> Transcript:
        """The bot's last calls."""
        return self.world.transcript

    @property
    def delay(self) -> float:
        """Seconds that every call takes longer."""
        return self._service.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._service.delay = seconds

    @property
    def pending(self) -> list[Json]:
        """Updates that the bot has not confirmed."""
        return self.world.updates.pending

    @property
    def acts(self) -> Acts:
        """What people can do beyond a conversation: block, promote the bot, upgrade a group."""
        return self._acts

    def person(self, key: str) -> Person:
        """reader, second or admin."""
        return self.world.state.people[key]

    def add_private(self, user: int, key: str = "") -> None:
        """One more private chat, which the bot may write to; with a key its person can act as well."""
        state = self.world.state
        state.rooms[user] = Room(user, "private", first_name=key, members={user: "member"})
        if key:
            state.people[key] = Person(key, user, key, met=True)

    def private(self, key: str) -> Conversation:
        """A person's private chat with the bot."""
        return self.chat(key, self.person(key).id)

    def group(self, key: str) -> Conversation:
        """The supergroup: admin owns it, second manages it, reader is a member."""
        return self.chat(key, GROUP)

    def small_group(self, key: str) -> Conversation:
        return self.chat(key, SMALL_GROUP)

    def channel(self, key: str) -> Conversation:
        """The channel: admin owns it, the bot may post in it."""
        return self.chat(key, CHANNEL)

    def chat(self, key: str, chat: int) -> Conversation:
        """Any chat, as a person sees it from now on."""
        state = self.world.state
        return Conversation(self.person(key), state.rooms[chat], self._acts, state)


def _bot(number: int, username: str, name: str) -> Json:
    may = {"can_join_groups": True, "can_read_all_group_messages": False}
    may |= {
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {"id": number, "is_bot": True, "first_name": name, "username": username, **may}
