"""The feeds of the whole city: what was said, what was answered; what is hidden leaves."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from tests.channels_app.factories import published_by, receive
from tests.following.test_feeds import feed, titles
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def test_the_wall_and_the_answers_have_feeds(client: Client) -> None:
    office = people.make_office("roads")
    answered = published_by(people.officer_of(office), office, "고침. 010-1234-5678")
    said = receive(text="가로등 010-1234-5678")
    receive(text="아무도", public=False)

    assert titles(feed(client, "/smc/feed.atom")) == [said.title, answered.title]
    (answer,) = titles(feed(client, "/smc/answers.atom"))
    assert answered.title in answer
    feed(client, "/en/smc/feed.atom")


def test_what_is_hidden_leaves_both(client: Client) -> None:
    office = people.make_office("roads")
    answered = published_by(people.officer_of(office), office)

    actions.report(answered)

    for path in ("/smc/feed.atom", "/smc/answers.atom"):
        assert titles(feed(client, path)) == []


def test_the_wall_names_its_feed(client: Client) -> None:
    assert 'href="/smc/feed.atom"' in client.get("/smc/").content.decode()


def test_more_rows_ask_no_more_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = people.make_office("roads")
    jun = people.officer_of(office)
    for _n in range(8):
        published_by(jun, office)

    for path in ("/smc/feed.atom", "/smc/answers.atom"):
        with django_assert_max_num_queries(2):
            client.get(path)
