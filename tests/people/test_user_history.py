"""Who may sign in leaves a history; whose address it is does not."""

from typing import Any

import pytest
from django.apps import apps

from people.models import User
from tests.people.factories import make_office, officer_of

pytestmark = pytest.mark.django_db
HISTORY: Any = apps.get_model("people", "UserEvent")


def test_closing_and_opening_an_account_is_written_down() -> None:
    user = officer_of(make_office("roads-of-the-test"))

    for is_active in (False, True):
        User.objects.filter(pk=user.pk).update(is_active=is_active)

    written = HISTORY.objects.filter(pgh_obj=user).order_by("pgh_id")
    assert list(written.values_list("is_active", flat=True)) == [False, True]


def test_an_address_is_in_no_history() -> None:
    user = officer_of(make_office("roads-of-the-test"))

    user.email = "other@example.org"
    user.save()

    assert not HISTORY.objects.exists()
    columns = {field.name for field in HISTORY._meta.get_fields()}
    assert columns.isdisjoint({"email", "name", "password"})
