"""The city of the measurements is one the portal could have: every rule holds, every page opens."""

import pytest
from django.db import connection
from django.test import Client

from benchmarks.city import signing
from benchmarks.city.tables import fill
from benchmarks.growth_pages import OFFICER, PAGES, survey
from channels_app import actions
from channels_app.models import Message, MessageStep
from channels_app.states import MESSAGE_LIFECYCLE

pytestmark = pytest.mark.django_db
OPENS = {"triage of an office": "waiting", "triage of the centre": "unrouted"}


def test_every_row_keeps_the_rules_and_every_page_opens() -> None:
    fill(400)

    connection.check_constraints()
    assert Message.objects.count() == 400
    assert actions.wrong_counts() == []
    steps = MessageStep.objects.exclude(from_status="").values_list("from_status", "to_status")
    assert all(to in MESSAGE_LIFECYCLE[was] for was, to in set(steps))
    for message in Message.objects.all():
        last = message.steps.latest("seq")
        assert (last.to_status, last.seq) == (message.status, message.version), message
    city = survey()
    for one in (city.case, city.waiting, city.unrouted):
        few = [one.attachments.all(), one.asked.all(), one.joined.all()]
        assert not any(len(rows) for rows in few)
        assert one.borough
        assert one.contact
    clients = {"": Client(headers={"host": "localhost"})}
    for page in PAGES:
        if page.is_there(city):
            slug = city.office.slug if page.who == OFFICER else page.who
            client = clients.get(slug) or clients.setdefault(slug, signing.signed_in(slug))
            answer = client.get(page.url(city))
            assert answer.status_code == 200, page.name
            if opens := OPENS.get(page.name):
                assert answer.context["items"][0].message == getattr(city, opens)
