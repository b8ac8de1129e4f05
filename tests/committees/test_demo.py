"""The demonstration: a committee with four reports, one of them late, and a direct adoption."""

import pytest

from lifecycle import clock
from people import seed
from people.models import Office
from seoul_portal.demo import committees
from suggestions.models import Committee, Mandate, ProgressReport
from suggestions.states import SuggestionStatus

pytestmark = pytest.mark.django_db


def test_it_is_told_once_however_often_it_is_played() -> None:
    seed.plant(Office)
    now = clock.now()

    committees.play(now)
    before = list(ProgressReport.objects.order_by("pk").values_list())
    committees.play(now)

    assert list(ProgressReport.objects.order_by("pk").values_list()) == before
    committee = Committee.objects.get()
    published = list(committee.reports.published().order_by("number"))
    assert [report.was_late for report in published] == [False, False, True, False]
    assert [report.by_seat is not None for report in published] == [True, True, True, False]
    assert committee.reports.unfinished().count() == 1
    alone = Mandate.objects.of_offices_alone().get()
    assert alone.suggestion.status == SuggestionStatus.IMPLEMENTING
    assert alone.suggestion.reports.published().count() == 1
