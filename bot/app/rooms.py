"""The rooms that answer, and which command or button is answered by which."""

from __future__ import annotations

from dataclasses import dataclass

from bot import samples
from bot.answers.administering import Administering
from bot.answers.announcing import Announcing
from bot.answers.channelling import Channelling
from bot.answers.desk import Desk
from bot.answers.feeding import Feeding
from bot.answers.helping import Helping
from bot.answers.keeping import Keeping
from bot.answers.linking import Linking
from bot.answers.owning import Owning
from bot.answers.pressing import Pressing
from bot.answers.reading import Reading
from bot.answers.settings import Settings
from bot.answers.starting import Starting
from bot.answers.subscribing import Subscribing
from bot.app.parts import Parts
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.ports import Fetcher
from bot.texts import feed_actions, keep_actions, settings_actions, start_actions
from handlers.application import Answers
from handlers.table import LongAnswer, brief


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of bot/answers, with all that each works with."""

    desk: Desk
    starting: Starting
    reading: Reading
    subscribing: Subscribing
    settings: Settings
    helping: Helping
    keeping: Keeping
    owning: Owning
    administering: Administering
    announcing: Announcing
    channelling: Channelling
    feeding: Feeding


def furnished(parts: Parts, fetcher: Fetcher, polling: Polling) -> Rooms:
    """Each room at the one desk."""
    storage, desk = parts.storage, _desk(parts)
    reading, subscribing = Reading(desk), Subscribing(desk)
    linking = Linking(parts.workers, fetcher)
    intake = Ingest(storage.articles, parts.workers, parts.clock)
    owning = Owning(desk, storage.traces)
    announcing = Announcing(desk, storage.broadcasts, storage.copy_beside)
    feeding = Feeding(desk, storage.feeds, polling, samples.starter(), parts.workers)
    keeping = Keeping(reading, storage.shelf, owning, announcing)
    return Rooms(
        desk=desk,
        starting=Starting(desk),
        reading=reading,
        subscribing=subscribing,
        settings=Settings(desk),
        helping=Helping(desk, reading, subscribing, linking, keeping),
        keeping=keeping,
        owning=owning,
        administering=Administering(desk, intake, linking, feeding.add_list, feeding.offer),
        announcing=announcing,
        channelling=Channelling(desk, storage.channels, intake, parts.clock),
        feeding=feeding,
    )


def _desk(parts: Parts) -> Desk:
    storage, config, speaking = parts.storage, parts.config, parts.speaking
    return Desk(
        storage.articles,
        storage.chats,
        speaking.lexicon,
        speaking.catalogue,
        config.timezone,
        config.digest_time,
        storage.shelf,
    )


def answers(rooms: Rooms) -> Answers:
    """Which command is answered by which room."""
    reading, subscribing, helping = rooms.reading, rooms.subscribing, rooms.helping
    pressing = _pressing(rooms)
    return Answers(
        start=helping.start,
        help=helping.help,
        latest=reading.latest,
        topic=reading.topic,
        topics=reading.topics,
        search=reading.search,
        read=reading.read,
        digest=subscribing.digest,
        subscribe=subscribing.subscribe,
        unsubscribe=subscribing.unsubscribe,
        follow=subscribing.follow,
        unfollow=subscribing.unfollow,
        sources=reading.sources,
        privacy=helping.privacy,
        unknown_command=helping.unknown_command,
        plain_words=helping.plain_words,
        ingest=rooms.administering.ingest,
        delete=rooms.administering.delete,
        stats=rooms.administering.stats,
        press=pressing.press,
        asks_who=pressing.asks_who,
        summarize=helping.summarize,
        settings=rooms.settings.settings,
        further=_further(rooms),
    )


def _further(rooms: Rooms) -> dict[str, LongAnswer]:
    return {
        "saved": brief(rooms.keeping.saved),
        "mydata": brief(rooms.owning.mydata),
        "forgetme": brief(rooms.owning.forgetme),
        "broadcast": brief(rooms.announcing.broadcast),
        "backup": brief(rooms.announcing.backup),
        "channel": brief(rooms.channelling.channel),
        "feeds": brief(rooms.feeding.list_feeds),
        "addfeed": rooms.feeding.addfeed,
        "removefeed": brief(rooms.feeding.removefeed),
        "checkfeed": rooms.feeding.checkfeed,
    }


def _pressing(rooms: Rooms) -> Pressing:
    """Which family of buttons is answered by which room; the others by pressing itself."""
    families = {
        settings_actions.FAMILY: rooms.settings.press,
        keep_actions.FAMILY: rooms.keeping.press,
        start_actions.FAMILY: rooms.starting.press,
        feed_actions.FAMILY: rooms.feeding.press,
    }
    return Pressing(rooms.desk, rooms.reading, rooms.subscribing, rooms.helping, families)
