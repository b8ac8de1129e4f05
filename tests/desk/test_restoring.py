"""Where an act gives the case to another office, its officer is led back to the queue."""

import pytest
from django.test import Client

from channels_app import actions
from people.models import Office, User
from tests.channels_app.factories import routed_to
from tests.desk.doors import press, words_of

pytestmark = pytest.mark.django_db


def test_who_restores_a_case_for_the_centre_stays_at_a_page_that_opens(
    at_desk: Client, jun: User, roads: Office
) -> None:
    message = actions.set_aside(routed_to(roads), reason="spam", by=jun)

    told = at_desk.get(press(at_desk, message, "restore").url)

    assert told.status_code == 200
    assert f"{message.code} is taken up again." in words_of(told)
