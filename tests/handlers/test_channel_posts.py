"""Telegram's channel updates as plain posts, and who makes a channel a source."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, ChatMemberUpdated, Message

from bot.answers.channelling import Origin
from bot.model import UserId
from handlers.channels import Channels, post_in
from handlers.permissions import Permissions

CHANNEL = {"id": -1005, "type": "channel", "title": "قناة", "username": "bridges"}
AGENCY = {"id": -1006, "type": "channel", "title": "وكالة", "username": "agency"}
WORDS = "نص المنشور"
ADMIN, OTHER = 500, 7


class Room:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    async def joined(self, *what: Any) -> None:
        self.told.append(("joined", *what))

    async def left(self, *what: Any) -> None:
        self.told.append(("left", *what))

    async def post(self, post: Any, *, is_edit: bool) -> None:
        self.told.append(("post", post.number, is_edit))


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def channels(bot: Bot, room: Room) -> Channels:
    return Channels(room, Permissions(bot, [UserId(ADMIN)], lambda: 0.0), "mojaz_bot")  # type: ignore[arg-type]


def message(**more: Any) -> Message:
    made = Message.de_json({"message_id": 9, "date": 1000, "chat": CHANNEL, **more}, None)
    assert made is not None
    return made


def change(user: int, status: str, kind: str = "channel") -> ChatMemberUpdated:
    me = {"id": 1, "is_bot": True, "first_name": "موجز"}
    rights = dict.fromkeys(
        ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
         "can_promote_members", "can_manage_video_chats", "can_restrict_members", "can_change_info",
         "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"), True,
    )  # fmt: skip
    more = rights if status == "administrator" else {"until_date": 0} if status == "kicked" else {}
    made = ChatMemberUpdated.de_json(
        {
            "chat": {**CHANNEL, "type": kind},
            "from": {"id": user, "is_bot": False, "first_name": "س"},
            "date": 1000,
            "old_chat_member": {"user": me, "status": "left"},
            "new_chat_member": {"user": me, "status": status, **more},
        },
        None,
    )
    assert made is not None
    return made


def test_a_forward_of_a_channel_names_its_origin() -> None:
    origin = {"type": "channel", "date": 900, "chat": AGENCY, "message_id": 3}
    post = post_in(message(text=WORDS, forward_origin=origin), WORDS)
    assert post.origin is not None
    assert (post.origin.name, post.origin.url) == ("وكالة", "https://t.me/agency/3")


def test_a_forward_of_a_person_keeps_no_name() -> None:
    origin = {"type": "hidden_user", "date": 900, "sender_user_name": "فلان"}
    post = post_in(message(text=WORDS, forward_origin=origin), WORDS)
    assert isinstance(post.origin, Origin)
    assert (post.origin.name, post.origin.url) == ("", "")


async def test_captions_and_edits_are_posts(channels: Channels, room: Room) -> None:
    await channels.post(message(text=WORDS))
    await channels.post(message(caption=WORDS), is_edit=True)
    assert room.told == [("post", 9, False), ("post", 9, True)]


@pytest.mark.parametrize("text", ["/subscribe 8", "/anything", "/start@other_bot"])
async def test_a_command_is_no_post(channels: Channels, room: Room, text: str) -> None:
    await channels.post(message(text=text))
    assert room.told == []


async def test_only_an_admin_makes_a_channel_a_source(channels: Channels, room: Room) -> None:
    await channels.membership(change(OTHER, "administrator"))
    await channels.membership(change(ADMIN, "administrator", "supergroup"))
    assert room.told == []
    await channels.membership(change(ADMIN, "administrator"))
    assert room.told == [("joined", -1005, "قناة", "bridges")]


@pytest.mark.parametrize("status", ["left", "kicked", "member"])
async def test_whoever_takes_the_bot_out_ends_it(channels: Channels, room: Room, status: str) -> None:
    await channels.membership(change(OTHER, status))
    assert room.told == [("left", -1005)]
