"""Many sign one suggestion while others read it: no voice is lost, and none counted twice."""

import pytest

from benchmarks import support
from suggestions.models import Suggestion
from tests.faults.house import House

PEOPLE, READERS = 80, 4


@pytest.mark.slow
def test_every_voice_is_counted_in_time_beside_the_readers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.valkey.start()
    for name, value in house.env.items():  # the web that the benchmark starts stands here too
        monkeypatch.setenv(name, value)

    found = support.run(quick=True, people=PEOPLE, readers=READERS)

    assert (found["sent"], found["counted"], found["http_counted"]) == (PEOPLE,) * 3
    assert found["read_per_s"] > 0
    assert found["lag_s"] >= 0
    assert set(Suggestion.objects.values_list("supports", flat=True)) == {PEOPLE}
