"""A channel becomes a source: its posts, edits and forwards are articles until the bot is put out."""

from __future__ import annotations

import asyncio

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

REPORT = (
    "افتتاح جسر جديد فوق النهر\n"
    "افتتح وزير النقل اليوم جسرا جديدا فوق النهر شمال المدينة بعد ثلاث سنوات من العمل فيه، "
    "وقال إن ألف سيارة تعبره كل ساعة."
)
OTHER = (
    "حديقة عامة في وسط المدينة\n"
    "قررت البلدية أمس إقامة حديقة عامة في وسط المدينة تضم ملاعب للأطفال ومكتبة صغيرة، "
    "ويبدأ العمل فيها خلال شهرين."
)


def promote(emulator: Emulator, person: str) -> Conversation:
    """That person makes the bot the channel's administrator, anew."""
    channel = emulator.channel("admin")
    channel.room.members[emulator.world.bot_id] = "left"
    channel.acts.set_bot_status(emulator.person(person), channel.room, "administrator")
    return channel


async def searched(emulator: Emulator, word: str, wanted: str, tries: int = 160) -> Shown:
    """The answer to a search, once it holds `wanted`; the last one where it never does."""
    chat = emulator.private("reader")
    for _ in range(tries):
        answer = await chat.ask(f"/search {word}")
        if wanted in answer.text:
            break
        await asyncio.sleep(0.05)
    return answer


async def test_a_channels_post_is_an_article_and_an_edit_changes_it(emulator, program) -> None:
    channel = promote(emulator, "admin")
    post = await channel.say(REPORT)
    answer = await searched(emulator, "جسر", "افتتاح جسر")
    assert "افتتاح جسر جديد" in answer.text
    assert f"https://t.me/sandbox_news/{post.id}" in answer.links

    await channel.edit(post, REPORT.replace("جسر", "نفق").replace("جسرا", "نفقا"))
    answer = await searched(emulator, "نفق", "افتتاح نفق")
    assert "افتتاح نفق جديد" in answer.text
    assert "افتتاح جسر" not in (await emulator.private("reader").ask("/search جسر")).text


async def test_a_channel_is_a_source_only_by_an_admins_hand(emulator, program) -> None:
    channel = promote(emulator, "reader")
    await channel.say(REPORT)
    admin = emulator.private("admin")
    assert "لا قناة بين المصادر" in (await admin.ask("/channel")).text

    promote(emulator, "admin")
    await channel.say(OTHER)
    assert "حديقة" in (await searched(emulator, "حديقة", "حديقة عامة في")).text
    assert "افتتاح" not in (await emulator.private("reader").ask("/search جسر")).text


async def test_a_stopped_channel_brings_nothing_more(emulator, program) -> None:
    channel = promote(emulator, "admin")
    await channel.say(REPORT)
    await searched(emulator, "جسر", "افتتاح جسر")
    admin = emulator.private("admin")
    listed = await admin.ask("/channel")
    assert "sandbox_news" in listed.text
    assert "مقال واحد" in listed.text
    assert "لن يُحفظ" in (await admin.ask("/channel stop 1")).text

    await channel.say(OTHER)
    await asyncio.sleep(0.5)
    assert "حديقة عامة في" not in (await emulator.private("reader").ask("/search حديقة")).text


async def test_readers_are_refused_and_commands_are_no_articles(emulator, program) -> None:
    channel = promote(emulator, "admin")
    await channel.say("/news " + REPORT)
    await channel.say(OTHER)
    await searched(emulator, "حديقة", "حديقة عامة في")
    refused = await emulator.private("reader").ask("/channel")
    assert "القنوات" not in refused.text
    assert "t.me" not in " ".join(refused.links)
    assert "افتتاح" not in (await emulator.private("reader").ask("/search جسر")).text
