"""A seat holds one word: whoever reads slowly costs nobody anything."""

import asyncio

from seoul_portal.live.seats import GOODBYE, Seat


def test_only_the_newest_word_waits() -> None:
    async def hear() -> list[bytes]:
        seat = Seat()
        for number in range(1000):
            seat.put(b"%d" % number)
        first = await seat.next()
        seat.put(b"later")
        return [first, await seat.next()]

    assert asyncio.run(hear()) == [b"999", b"later"]


def test_who_waits_hears_at_once() -> None:
    async def hear() -> bytes:
        seat = Seat()
        waiting = asyncio.create_task(seat.next())
        await asyncio.sleep(0)
        seat.put(b"word")
        return await waiting

    assert asyncio.run(hear()) == b"word"


def test_after_the_last_word_there_is_only_goodbye() -> None:
    async def hear() -> list[bytes]:
        seat = Seat()
        seat.put(b"off", last=True)
        seat.put(b"too late")
        return [await seat.next(), await seat.next()]

    assert asyncio.run(hear()) == [b"off", GOODBYE]
