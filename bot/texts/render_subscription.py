"""Subscriptions and followed topics: what was set, when the next digest comes, how to change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.model import Reply, Subscription, TopicId
from bot.texts import html
from bot.texts.actions import Digest, Latest, Subscribe, Topics, Undo, Unsubscribe, button
from bot.texts.html import Html
from bot.texts.parts import Row, in_private, notice, short, topic_buttons
from bot.texts.render_settings import some
from bot.texts.settings_actions import Open, Page
from bot.texts.settings_actions import button as settings_button
from bot.texts.voice import Voice

_LISTED = 20
"""Names that a message lists."""


def subscribed(voice: Voice, subscription: Subscription, next_due: datetime) -> Reply:
    """The confirmation: what comes when, and the next time in the chat's own zone."""
    head = [html.bold(voice.label("subscribed")), *what_comes(voice, subscription, next_due)]
    return voice.reply([html.join("\n", head), voice.line("subscribed-hint")], _rows(voice))


def what_comes(voice: Voice, subscription: Subscription, next_due: datetime) -> list[Html]:
    """What comes when, and when it comes next: a line each."""
    return [_what(voice, subscription), _next(voice, next_due)]


def _rows(voice: Voice) -> list[Row]:
    now = button(voice.label("button-digest"), Digest())
    times = settings_button(voice.label("settings-times"), Open(Page.TIMES))
    zone = settings_button(voice.label("settings-zone"), Open(Page.COUNTRIES))
    return [now, times + zone, button(voice.label("button-unsubscribe"), Unsubscribe())]


def _what(voice: Voice, subscription: Subscription) -> Html:
    when = voice.when(subscription)
    if not subscription.topics:
        return voice.line("subscribed-all", **when)
    return voice.line("subscribed-topics", **when, topics=_names(voice, subscription.topics))


def _next(voice: Voice, due: datetime) -> Html:
    return voice.line("subscribed-next", when=voice.times.coming(due))


def _names(voice: Voice, topics: Sequence[TopicId]) -> str:
    return some(voice, [voice.topic(topic) for topic in topics], _LISTED)


def bad_time(voice: Voice, words: str) -> Reply:
    return notice(voice, "subscribe-bad-time", words=words)


def too_many(voice: Voice, key: str, most: int) -> Reply:
    """More times or names than are taken; nothing was changed."""
    return notice(voice, key, most=most)


def not_followed(voice: Voice, topics: Sequence[TopicId], followed: Sequence[TopicId]) -> Reply:
    """For topics to be followed no longer that were not; what is followed now."""
    lines = [voice.line("unfollow-none", topics=_names(voice, topics)), _followed(voice, followed)]
    return voice.reply(lines, [_topics_row(voice)], between="\n")


def unknown_topics(
    voice: Voice, key: str, words: Sequence[str], nearest: Sequence[TopicId], *, buttons: bool
) -> Reply:
    """Names that are no topics; nothing was changed.

    key: `subscribe-unknown` or `follow-unknown`. buttons: whether the nearest topics are offered as
    buttons too, which open their news.
    """
    lines = [voice.line(key, **short({"words": voice.listing(words[:_LISTED])}))]
    if not nearest:
        return voice.reply([*lines, voice.line("subscribe-see-all")], [_topics_row(voice)])
    near = html.join(" ", [voice.line("topic-nearest"), _names(voice, nearest)])
    rows = topic_buttons(voice, nearest) if buttons else [_topics_row(voice)]
    return voice.reply([*lines, near, voice.line("subscribe-again")], rows, between="\n")


def _topics_row(voice: Voice) -> Row:
    return button(voice.label("button-topics"), Topics())


def unsubscribed(voice: Voice) -> Reply:
    return notice(voice, "unsubscribed", [button(voice.label("button-undo"), Undo())])


def not_subscribed(voice: Voice, at: time) -> Reply:
    return notice(voice, "unsubscribed-none", [_subscribe_row(voice, at)])


def nothing_to_undo(voice: Voice, at: time) -> Reply:
    return notice(voice, "undo-nothing", [_subscribe_row(voice, at)])


def _subscribe_row(voice: Voice, at: time) -> Row:
    return button(voice.label("button-subscribe", clock=f"{at:%H:%M}"), Subscribe(at))


def follows(voice: Voice, topics: Sequence[TopicId], subscription: Subscription | None) -> Reply:
    """The topics that lead the digests from now on; where these hold certain topics alone, which."""
    hint = "follow-hint-digest" if subscription else "follow-hint-subscribe"
    only = subscription.topics if subscription else ()
    limited = voice.line("follow-limited", topics=_names(voice, only)) if topics and only else ""
    rows = [button(voice.label("button-digest"), Digest())]
    return voice.reply([_followed(voice, topics), limited, voice.line(hint)], rows, between="\n")


def follow_ask(voice: Voice, topics: Sequence[TopicId], *, on: bool) -> Reply:
    """/follow or /unfollow without a name: what is followed now, and how to write it."""
    lines = [_followed(voice, topics), voice.line("follow-ask" if on else "unfollow-ask")]
    return voice.reply(lines, [_topics_row(voice)])


def _followed(voice: Voice, topics: Sequence[TopicId]) -> Html:
    return (
        voice.line("follow-now", topics=_names(voice, topics)) if topics else voice.line("follow-none")
    )


def manage_refused(voice: Voice) -> Reply:
    """For someone in a group who may not change its subscription."""
    rows = [in_private(voice), button(voice.label("button-latest"), Latest())]
    return notice(voice, "manage-refused", rows)
