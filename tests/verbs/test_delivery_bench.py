"""The bench of deliveries, on small waves."""

from __future__ import annotations

import pytest

from bot.verbs.measuring_delivery import Run, measure


async def test_a_small_wave_arrives_whole_at_the_rate_and_replies_pass_it() -> None:
    result = await measure(Run(messages=45, rate=30.0))
    assert (result.delivered, result.limited) == (45, 0)
    assert 1.5 < result.seconds < 6
    assert len(result.replies) == 6
    assert max(result.replies) < 1


@pytest.mark.slow
async def test_900_messages_take_no_longer_than_the_rate_asks() -> None:
    result = await measure(Run(messages=900, rate=30.0))
    assert (result.delivered, result.limited) == (900, 0)
    sent = result.delivered + len(result.replies)
    assert (sent - 1) / result.seconds >= 0.99 * 30
    assert sorted(result.replies)[int(len(result.replies) * 0.99)] < 0.5
