"""What the house needs from outside itself: time, storage, the messenger, other processes.

Protocols alone. Storage keeps one rule: a method is one transaction, so that a kill leaves either
all of it or nothing.

Each file holds one of them or two that belong together; whoever needs them takes them from here.
"""

from bot.ports.articles import Articles
from bot.ports.broadcasts import Broadcasts
from bot.ports.chats import Chats
from bot.ports.feeds import Feeds
from bot.ports.machine import Clock, Workers
from bot.ports.messenger import Messenger, Say
from bot.ports.queues import Inbox, Outbox
from bot.ports.shelf import Shelf
from bot.ports.sources import ChannelSources
from bot.ports.traces import Traces
from bot.ports.web import Fetcher

__all__ = [
    "Articles",
    "Broadcasts",
    "ChannelSources",
    "Chats",
    "Clock",
    "Feeds",
    "Fetcher",
    "Inbox",
    "Messenger",
    "Outbox",
    "Say",
    "Shelf",
    "Traces",
    "Workers",
]
