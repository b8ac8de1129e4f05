"""The demonstration of privacy: told once, however often it is played."""

from typing import Any

import pytest
from django.utils import timezone

from channels_app import access_review
from channels_app.models import AccessReview, Erasure, Message, Reading
from lifecycle import clock
from seoul_portal.demo import privacy
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    """Everything it makes."""
    return [model.objects.count() for model in (Message, Reading, Erasure, AccessReview)]


def test_it_shows_what_went_and_who_read(settings: Any) -> None:
    moment = timezone.now()

    privacy.play(moment)
    once = counts()
    with clock.at(moment):
        privacy.play(moment)

    assert counts() == once
    assert {row.erased_because for row in Message.objects.all()} == {"retention", "request"}
    assert Message.objects.filter(set_aside_reason="erased").count() == 1
    known = access_review.months_with_readings()
    assert [month.is_unreviewed for month in known] == [False, True, False]
    lines = access_review.month_of(known[1].first).lines
    assert {(line.odd.count > 0, line.elsewhere.count > 0) for line in lines} >= {(True, False)}
    assert sum(line.elsewhere.count for line in lines) == 2
    check_ledger(settled=False)
