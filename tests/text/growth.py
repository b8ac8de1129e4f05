"""Whether time grows with the text, or faster."""

import time
from collections.abc import Callable

SHORT = 5_000
TIMES = 8
TRIES = 6


def grows_in_proportion(work: Callable[[str], object], rubbish: str) -> bool:
    """Does eight times the text take at most twice eight times the CPU?

    Looking back at every sign would take sixty-four times. Another program on the machine can
    only add to a measurement, so the least of several is nearest to the truth, and a long one
    that seems too long is taken again.

    Args:
        work: What is measured.
        rubbish: Repeated until the text is long.
    """
    short, long = ((rubbish * (size // len(rubbish) + 1))[:size] for size in (SHORT, SHORT * TIMES))
    least = min(_seconds(work, short) for _n in range(TRIES))
    return any(_seconds(work, long) < 2 * TIMES * least + 0.05 for _n in range(TRIES))


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
