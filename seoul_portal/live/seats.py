"""A viewer's place in the stream."""

import asyncio

GOODBYE = b""


class Seat:
    """It holds one word, the newest: who reads slowly misses some, and nothing grows."""

    __slots__ = ("_over", "_waiting", "_word")

    def __init__(self) -> None:
        self._word: bytes | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._over = False

    def put(self, word: bytes, *, last: bool = False) -> None:
        """In place of what was not read yet; after the last one only `GOODBYE` is heard."""
        if self._over:
            return
        self._word, self._over = word, last
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def next(self) -> bytes:
        """The next word that nobody has read, as soon as there is one."""
        while self._word is None:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        word, self._word = self._word, GOODBYE if self._over else None
        return word
