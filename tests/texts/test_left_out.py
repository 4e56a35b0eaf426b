"""The line that speaks for all that was left out of a document stands first among the refused ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model import Language, Refusal, RefusalReason
from bot.texts import render_admin
from bot.texts.catalogue import Catalogue
from bot.texts.times import local_now
from bot.texts.voice import Voice

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SAID = {
    (Language.EN, RefusalReason.TOO_MANY): "send them in parts",
    (Language.EN, RefusalReason.NO_TIME): "send it again",
    (Language.AR, RefusalReason.TOO_MANY): "أرسلها على أجزاء",
    (Language.AR, RefusalReason.NO_TIME): "أعد الإرسال",
}


@pytest.mark.parametrize(("language", "reason"), SAID)
def test_what_was_left_out_is_told_before_other_refusals(
    language: Language, reason: RefusalReason
) -> None:
    voice = Voice(Catalogue.load(), language, local_now(NOW, "Asia/Damascus"), lambda t, _: str(t), "B")
    refused = [Refusal(n, RefusalReason.EMPTY) for n in range(1, 41)] + [Refusal(41, reason, "10000")]
    lines = render_admin.ingested(voice, (), (), refused).text.splitlines()
    bullets = [line for line in lines if "•" in line]
    assert SAID[language, reason] in bullets[0]
    assert len(bullets) == 10
