"""One public case read by everybody while it changes: how many pages a second, how old the oldest.

Its words change four times a second, each time with a number. A page is as old as the number on
it has been replaced when the page has arrived.
"""

import asyncio
import re
import time
from dataclasses import dataclass, field

from benchmarks import intake, measuring
from benchmarks.posting import Posted, read_pages
from channels_app import actions
from channels_app.actions import Said
from channels_app.models import Kind, Message
from lifecycle import clock
from people.models import Appointment, Office, OfficeKind, User

LINES = 16
CHANGES_EVERY = 0.25
OFFICES = 6
MARK = re.compile(rb"\(no\. (\d+)\)")


@dataclass
class Ages:
    """Until when each number stood, and how old the oldest page was."""

    replaced_at: list[float] = field(default_factory=list)
    oldest: float = 0.0
    numbers: set[int] = field(default_factory=set)

    def look(self, body: bytes) -> None:
        """One page that has arrived. Raises RuntimeError where it shows no number."""
        found = MARK.search(body)
        if found is None:
            raise RuntimeError("this is not the page")
        number = int(found[1])
        self.numbers.add(number)
        if number < len(self.replaced_at):
            self.oldest = max(self.oldest, time.monotonic() - self.replaced_at[number])


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run; raises RuntimeError where a page is not 200."""
    message = case()
    ages = Ages()
    with intake.web() as (port, pid):
        asyncio.run(_read(port, message, ages, seconds=1.0 if quick else 3.0))  # warm
        ages.oldest, changed = 0.0, len(ages.replaced_at)
        ages.numbers.clear()
        before = measuring.cpu_seconds(pid)
        started = time.monotonic()
        read = asyncio.run(_read(port, message, ages, seconds=seconds))
        took = time.monotonic() - started
        cpu = measuring.cpu_seconds(pid) - before
    if read.wrong:
        raise RuntimeError(f"{len(read.wrong)} pages were refused: {read.wrong[:3]}")
    count = len(read.seconds)
    return {
        "pages_per_s": round(count / took, 1),
        "p50_ms": round(1000 * measuring.percentile(read.seconds, 0.50), 1),
        "p95_ms": round(1000 * measuring.percentile(read.seconds, 0.95), 1),
        "oldest_s": round(ages.oldest, 2),
        "changes": len(ages.replaced_at) - changed,
        "changes_seen": len(ages.numbers),
        "cpu_ms_web": round(1000 * cpu / count, 3),
    }


def case() -> Message:
    """A public case with some history."""
    officer = User.objects.create(email="centre@bench.example")
    Appointment.objects.create(user=officer, office=Office.objects.centre(), since=clock.now())
    message = actions.receive(Said(text="보도블록이 들려 있어요", kind=Kind.COMPLAINT, public=True))
    for office in Office.objects.filter(kind=OfficeKind.DEPARTMENT)[:OFFICES]:
        message.refresh_from_db()
        message = actions.route(message, to=office, by=officer)
    return message


async def _read(port: int, message: Message, ages: Ages, *, seconds: float) -> Posted:
    """Readers at work, and somebody who changes the words."""
    until = time.monotonic() + seconds
    path = message.get_absolute_url()
    await asyncio.to_thread(_write, message.pk, len(ages.replaced_at))
    changing = asyncio.create_task(_change(message.pk, ages))
    try:
        return await read_pages(port, [path], lines=LINES, until=until, look=ages.look)
    finally:
        changing.cancel()


async def _change(pk: int, ages: Ages) -> None:
    while True:
        await asyncio.sleep(CHANGES_EVERY)
        await asyncio.to_thread(_write, pk, len(ages.replaced_at) + 1)
        ages.replaced_at.append(time.monotonic())


def _write(pk: int, number: int) -> None:
    words = f"(no. {number}) 보도블록이 들려 있어요. 유모차가 걸립니다."
    Message.objects.filter(pk=pk).update(masked_text=words)
