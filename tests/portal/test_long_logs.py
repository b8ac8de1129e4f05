"""A log that has grown long is turned over while its process writes on."""

import sys
from pathlib import Path

from seoul_portal.local import places, processes
from tests.portal.waiting import until


def test_a_short_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("one line")

    places.turn_over(log)

    assert log.read_text() == "one line"
    assert list(tmp_path.iterdir()) == [log]


def test_no_log_yet_is_nothing_to_turn_over(tmp_path: Path) -> None:
    places.turn_over(tmp_path / "web.log")

    assert not list(tmp_path.iterdir())


def test_a_long_log_is_kept_beside_and_its_process_writes_on(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    script = "import time\nwhile True: print('word ' * 99, flush=True); time.sleep(0.01)"
    process = processes.spawn([sys.executable, "-c", script], log=log)
    try:
        until(lambda: log.exists() and log.stat().st_size > 5000, seconds=20)

        places.turn_over(log, most=5000)

        before = (tmp_path / "web.log.1").read_text()
        assert len(before) > 5000
        until(lambda: log.stat().st_size > 0, seconds=20)
        assert log.read_text().startswith("word ")  # at its beginning, without a hole
        assert log.stat().st_size < len(before)
    finally:
        processes.kill(process)
        process.wait()
