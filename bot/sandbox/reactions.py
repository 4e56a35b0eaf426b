"""The emoji with which a bot may react: a closed list of the Bot API (type ReactionTypeEmoji)."""

from __future__ import annotations

_EMOJI = """👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡"""


def is_reaction(emoji: str) -> bool:
    """Whether Telegram takes it; a variation selector does not matter."""
    return emoji.replace("\ufe0f", "") in _EMOJI.split()
