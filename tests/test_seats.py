"""Seats: first come first served, and those who give up leave the line whole."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import Busy
from bot.seats import Seats


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_waits_is_called_in_the_order_of_coming() -> None:
    seats, seated = Seats(1), list[int]()

    async def sit(number: int) -> None:
        async with seats.one():
            seated.append(number)
            await settle()

    await asyncio.gather(*(sit(number) for number in range(5)))
    assert seated == [0, 1, 2, 3, 4]


async def test_patience_that_ends_is_told_and_leaves_the_line() -> None:
    seats = Seats(1)
    await seats.take()
    with pytest.raises(Busy):
        await seats.take(0.01)
    seats.give_back()
    await seats.take(0)


async def test_a_free_seat_needs_no_patience() -> None:
    await Seats(1).take(0)


async def test_who_gives_up_when_called_hands_the_seat_on() -> None:
    seats = Seats(1)
    await seats.take()
    first, second = (asyncio.create_task(seats.take()) for _ in range(2))
    await settle()
    seats.give_back()
    first.cancel()
    await asyncio.wait_for(second, 1)
    assert first.cancelled()


def test_no_loop_is_bound_to_them() -> None:
    seats = Seats(1)

    async def twice() -> None:
        await asyncio.gather(*(_sit(seats) for _ in range(2)))

    asyncio.run(twice())
    asyncio.run(twice())


async def _sit(seats: Seats) -> None:
    async with seats.one():
        await settle()
