"""How fast messages may go: Telegram's limits, its refusals, and what to do after a fault.

Pure: every moment is a number of monotonic seconds that is handed in. Who is sent what, and the
waiting itself, are the sender's.

The limits are those of contract.md, section 7 (core.telegram.org/bots/faq): a rate overall, one
message a second in a chat, twenty a minute in a group. The Bot API's own answer, 429 with
`retry_after`, goes before all of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush

from bot.model import ChatId, NetworkFault, Outcome, RetryAfter

CHAT_REST = 1.0
"""Seconds between two messages to one chat, from the end of a call to the start of the next."""

GROUP_MINUTE = 60.0
GROUP_MESSAGES = 20
"""Messages that a group may get in a minute."""

LONGEST_PAUSE_FOR_ALL = 60.0
"""Seconds; a longer `retry_after` concerns the one chat that got it (43,837 s have been seen)."""

GENTLE = 5.0
"""Seconds after a refusal during which messages go at half the rate."""

MARGIN = 0.005
MARGIN_AT_1000 = 0.02
"""How much slower than allowed messages go, and how much more at 1000 a second: calls that take
unequally long arrive closer together than they left, and a second that holds one message too many is
refused. At 1000 a second over loopback, with 0.01 in all, 3 and 14 of 8,000 were refused on a busy
machine; with 0.025 none were."""

MOST_DELAY = 0.02
"""Seconds at most by which a call that was answered late is counted as arrived late. Without it one of
900 at 30 a second was refused while other work held the machine up; with it none was."""

LATENESS = 0.02
"""Seconds by which a slot may be missed and still be used, so that a late wake-up costs no rate."""

FAULTS_IN_A_ROW = 5
"""After so many calls in a row that failed, Telegram is taken to be down: all wait."""

LONGEST_FAULT_PAUSE = 10.0

FIRST_RETRY = 1.0
LONGEST_RETRY = 600.0
MOST_TRIES = 90
"""With the spans above the tries spread over about ten hours, then the message is a dead letter."""


@dataclass(slots=True)
class Slot:
    """One call that the overall rate counts: when it began, later on when it may have arrived."""

    at: float


class Pacer:
    """Says when the next message may go, and to whom it may not.

    Memory is bounded: a chat is forgotten when its rest is over, a group a minute after its last
    message.

    rate: messages a second overall.
    """

    def __init__(self, rate: float, now: float) -> None:
        self._interval = (1 + MARGIN + MARGIN_AT_1000 * rate / 1000) / rate
        self._window = max(1, int(rate)) * self._interval
        self._taken: deque[Slot] = deque(maxlen=max(1, int(rate)))
        self._spans: deque[float] = deque(maxlen=50)
        self._slot = now
        self._paused_until = now
        self._gentle_until = now
        self._faults = 0
        self._rests: dict[ChatId, float] = {}
        self._groups: dict[ChatId, deque[float]] = {}
        self._ends: list[tuple[float, ChatId]] = []

    # --- overall ----------------------------------------------------------------------------------

    def wait(self, now: float) -> float:
        """Seconds until a message may go to a chat that does not rest; 0: now."""
        earliest = max(self._slot, self._paused_until)
        # whatever was caught up: no window of the rate's length holds more than the rate allows
        if len(self._taken) == self._taken.maxlen:
            earliest = max(earliest, self._taken[0].at + self._window)
        return max(0.0, earliest - now)

    def take(self, now: float) -> Slot:
        """A call begins; `answered` is told of its end."""
        gentle = now < self._gentle_until
        self._slot = max(self._slot, now - LATENESS) + self._interval * (2 if gentle else 1)
        slot = Slot(now)
        self._taken.append(slot)
        return slot

    def answered(self, slot: Slot, now: float) -> None:
        """A call ended. What it took longer than the quickest ones may have been its way there."""
        span = now - slot.at
        self._spans.append(span)
        slot.at += min(span - min(self._spans), MOST_DELAY)

    def pause(self, seconds: float, now: float) -> None:
        """Nothing goes to anyone for so long, and then gently."""
        self._paused_until = max(self._paused_until, now + seconds)
        self._gentle_until = max(self._gentle_until, self._paused_until + GENTLE)

    # --- chats ------------------------------------------------------------------------------------

    def resting(self, now: float) -> Collection[ChatId]:
        """The chats to which nothing may go now."""
        self._forget(now)
        return [chat for chat, until in self._rests.items() if until > now]

    def next_end(self, now: float) -> float | None:
        """Seconds until the first resting chat may get a message again; None where none rests."""
        self._forget(now)
        ends = [until for until in self._rests.values() if until > now]
        return min(ends) - now if ends else None

    def ended(self, chat: ChatId, outcome: Outcome, now: float) -> None:
        """A call to this chat ended so."""
        self._rest(chat, now + CHAT_REST, now)
        if chat < 0:
            self._count_in_group(chat, now)
        self._faults = self._faults + 1 if isinstance(outcome, NetworkFault) else 0
        match outcome:
            case RetryAfter(seconds):
                self._refused(chat, seconds, now)
            case NetworkFault() if self._faults >= FAULTS_IN_A_ROW:
                self.pause(min(2.0 ** (self._faults - FAULTS_IN_A_ROW), LONGEST_FAULT_PAUSE), now)

    def remember(self, chat: ChatId, ago: float, now: float) -> None:
        """A former run sent something to this chat so many seconds ago."""
        if chat < 0 and ago < GROUP_MINUTE:
            self._count_in_group(chat, now - max(ago, 0.0))

    def _refused(self, chat: ChatId, seconds: float, now: float) -> None:
        self._rest(chat, now + seconds, now)
        self.pause(seconds if seconds <= LONGEST_PAUSE_FOR_ALL else 0.0, now)

    def _count_in_group(self, chat: ChatId, now: float) -> None:
        recent = self._groups.setdefault(chat, deque(maxlen=GROUP_MESSAGES))
        recent.append(now)
        heappush(self._ends, (now + GROUP_MINUTE, chat))
        if len(recent) == GROUP_MESSAGES:
            self._rest(chat, recent[0] + GROUP_MINUTE, now)

    def _rest(self, chat: ChatId, until: float, now: float) -> None:
        if until > max(now, self._rests.get(chat, now)):
            self._rests[chat] = until
            heappush(self._ends, (until, chat))

    def _forget(self, now: float) -> None:
        while self._ends and self._ends[0][0] <= now:
            _, chat = heappop(self._ends)
            if self._rests.get(chat, now) <= now:
                self._rests.pop(chat, None)
            recent = self._groups.get(chat)
            if recent and recent[-1] + GROUP_MINUTE <= now:
                del self._groups[chat]

    @property
    def chats_known(self) -> int:
        """How many chats are remembered."""
        return len(self._rests.keys() | self._groups.keys())


def retry_delay(outcome: RetryAfter | NetworkFault, tries: int, chance: float) -> float | None:
    """Seconds until a message may be tried again; None: never, it is a dead letter.

    tries: how often it was tried, this time included. chance: from 0 to 1, drawn by the caller.
    Faults double the span each time, between its half and its whole ("equal jitter").
    """
    if isinstance(outcome, RetryAfter):
        return outcome.seconds
    if tries >= MOST_TRIES:
        return None
    span = min(FIRST_RETRY * 2.0 ** min(tries - 1, 30), LONGEST_RETRY)
    return float(span * (1 + chance) / 2)
