"""The Rulebook: defaults, versions, dates, and who may amend."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.utils import DatabaseError

from channels_app import rules as hearing
from lifecycle import actions, clock, rules
from lifecycle.models import Rule
from tests.people.factories import administrator, centre_officer

pytestmark = pytest.mark.django_db


def test_a_rule_nobody_amended_has_its_default() -> None:
    assert hearing.ANSWER_COMPLAINT.value() == 5


def test_an_amendment_holds_from_its_date_on() -> None:
    before = clock.now()
    actions.amend_rule("answer.complaint", to="3", reason="faster", by=administrator())
    rules.forget()

    assert hearing.ANSWER_COMPLAINT.value() == 3
    with clock.at(before - timedelta(seconds=1)):
        assert hearing.ANSWER_COMPLAINT.value() == 5


def test_only_an_administrator_amends() -> None:
    with pytest.raises(PermissionDenied):
        actions.amend_rule("answer.complaint", to="3", reason="no", by=centre_officer())

    assert not Rule.objects.exists()


@pytest.mark.parametrize("typed", ["", "-1", "soon", "1.5"])
def test_a_value_that_does_not_fit_is_refused_in_words(typed: str) -> None:
    with pytest.raises(rules.RuleValueError) as refused:
        actions.amend_rule("answer.complaint", to=typed, reason="no", by=administrator())

    assert str(refused.value)


def test_a_version_is_never_changed() -> None:
    rule = actions.amend_rule("answer.complaint", to="3", reason="faster", by=administrator())

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE lifecycle_rule SET value = '9' WHERE id = %s", [rule.pk])


def test_two_rules_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="twice"):
        rules.declare("answer.complaint", 1, unit="", words="", source="")
