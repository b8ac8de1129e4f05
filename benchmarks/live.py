"""Open pages of the wall: how late the last one hears of a message, and what each costs.

Fifty messages a second come in through the form meanwhile, and people read pages beside. A
message's time counts from the moment the portal took it in, shortly before its commit. Memory is
that of all web processes (PSS), above what they held before the first viewer, a viewer.
"""

import asyncio

from benchmarks import intake, measuring, watching
from benchmarks.posting import Posted, read_pages
from channels_app import live
from channels_app.models import Message
from seoul_portal.local.limits import raise_open_files

SIZES = ("viewers",)
VIEWERS, QUICK_VIEWERS = 2000, 100
A_SECOND = 50.0
PAGES = ("/smc/", "/", "/smc/?show=waiting", "/departments/")
READERS, EVERY = 2, 0.5
WARM = 4.0


def run(*, quick: bool, seconds: float, viewers: int | None = None) -> dict[str, float]:
    """The figures of one run; raises RuntimeError where a viewer is lost or a post refused."""
    raise_open_files()
    intake.time_no_form()
    with intake.web() as (port, pid):
        count = viewers or (QUICK_VIEWERS if quick else VIEWERS)
        return asyncio.run(_measure(port, pid, count=count, seconds=seconds))


async def _measure(port: int, pid: int, *, count: int, seconds: float) -> dict[str, float]:
    key = await asyncio.to_thread(intake.csrf_key, port)
    watching.leave(await watching.gather_viewers(port, 2))
    await _busy(port, key, seconds=min(WARM, seconds))
    before = measuring.megabytes(pid)
    viewers = await watching.gather_viewers(port, count)
    known = (await _numbers()).came
    posted, read = await _busy(port, key, seconds=seconds)
    now = await _numbers()
    await watching.until_all(viewers, now.came)
    after = measuring.megabytes(pid)
    said_at = await asyncio.to_thread(_said_at, now.came - known)
    lost = sum(not viewer.is_there for viewer in viewers)
    if posted.wrong or read.wrong or lost:
        raise RuntimeError(f"{lost} viewers lost; {posted.wrong[:3]} {read.wrong[:3]}")
    late = list(watching.delays(viewers, known, said_at))
    words = sum(viewer.words_a_second for viewer in viewers) / count
    watching.leave(viewers)
    return {
        "viewers": count,
        "delay_p50_s": round(measuring.percentile(late, 0.5), 2),
        "delay_p100_s": round(max(late), 2),
        "mb_per_viewer": round((after - before) / count, 4),
        "mb_before": round(before, 1),
        "messages_per_s": round(len(said_at) / seconds, 1),
        "words_per_s": round(words, 2),
        "pages_p50_ms": round(1000 * measuring.percentile(read.seconds, 0.50), 1),
        "pages_p95_ms": round(1000 * measuring.percentile(read.seconds, 0.95), 1),
        "posts_p95_ms": round(1000 * measuring.percentile(posted.seconds, 0.95), 1),
    }


async def _busy(port: int, key: str, *, seconds: float) -> tuple[Posted, Posted]:
    """People send, and people read."""
    until = asyncio.get_running_loop().time() + seconds
    return await asyncio.gather(
        intake.post(port, key, seconds=seconds, a_second=A_SECOND),
        read_pages(port, PAGES, lines=READERS, until=until, every=EVERY),
    )


async def _numbers() -> live.Numbers:
    found = await asyncio.to_thread(live.numbers)
    if found is None:
        raise RuntimeError("live pages are switched off")
    return found


def _said_at(count: int) -> list[float]:
    """When the newest ones were taken in."""
    newest = Message.objects.order_by("-id").values_list("received_at", flat=True)[:count]
    return [moment.timestamp() for moment in newest]
