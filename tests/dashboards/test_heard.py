"""Who was not heard: asked once a month, answered by the listening team alone, for everybody."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from channels_app.models import Background
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from mayors_office import actions, listening, tasks
from mayors_office.models import Heard, MonthQuestion
from people.models import User
from tests.channels_app import factories as voices
from tests.pages.html import broken_promises, read
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> User:
    """Somebody of the listening team."""
    return people.officer_of(people.make_office("attentive-listening"))


@pytest.fixture
def question() -> MonthQuestion:
    """Of last month, in which few old people spoke."""
    last = listening.first_of(date.fromordinal(listening.this_month().toordinal() - 1))
    ages = ["65+"] * 5 + ["0-19"] * 5 + ["40-64"] * 20 + ["20-39"] * 20
    Background.objects.bulk_create(Background(month=last, age=age) for age in ages)
    with clock.at(clock.seoul().replace(year=last.year, month=last.month, day=3)):
        for _each in range(3):
            voices.receive()
    tasks.count_days()
    tasks.close_month()
    return MonthQuestion.objects.get()


def test_who_was_heard_least_is_asked_about_once(client: Client, question: MonthQuestion) -> None:
    tasks.close_month()

    shown = read(client.get("/en/dashboard/heard/").content.decode()).one("main").text

    assert MonthQuestion.objects.count() == 1
    assert (question.group, question.index, question.came) == ("65+", 51, 3)
    assert "3 messages came in" in shown
    assert "“Age: 65 or older”: 51, where 100 would be as much as their part." in shown
    assert "the team has not answered yet" in shown


def test_a_month_whose_senders_are_too_few_is_asked_about_without_a_group(client: Client) -> None:
    last = date.fromordinal(listening.this_month().toordinal() - 1).replace(day=1)
    Background.objects.create(month=last, age="65+")

    tasks.close_month()

    assert "Too few of their senders" in client.get("/en/dashboard/heard/").content.decode()
    assert not Heard.objects.filter(people__isnull=False).exists()


def test_the_team_answers_once_and_everybody_reads_it(
    client: Client, question: MonthQuestion, team: User
) -> None:
    inside = people.signed_in_client(team)
    assert "Answer for the listening team" in inside.get("/en/dashboard/heard/").content.decode()
    path = f"/en/admin/heard/{question.pk}/reply/"

    empty = inside.post(path, {"text": " "})
    answer = inside.post(path, {"text": "경로당을 찾아갑니다."})

    assert empty.status_code == 422
    assert answer.status_code == 302
    shown = client.get("/en/dashboard/heard/").content.decode()
    assert "경로당을 찾아갑니다." in shown
    assert "Answer for the listening team" not in shown
    assert inside.post(path, {"text": "더"}).status_code == 409
    with pytest.raises(WrongTurnError):
        actions.reply(question, text="더", by=team)


def test_nobody_else_answers_for_the_team(question: MonthQuestion) -> None:
    for user in (people.mayors_officer(), people.centre_officer(), people.auditor()):
        with pytest.raises(PermissionDenied):
            actions.reply(question, text="우리가", by=user)
    question.refresh_from_db()
    assert question.reply == ""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_keep_the_contract(
    client: Client, question: MonthQuestion, team: User, language: str
) -> None:
    lead = "/en" if language == "en" else ""
    inside = people.signed_in_client(team)

    pages = [
        client.get(f"{lead}/dashboard/heard/"),
        inside.get(f"{lead}/admin/heard/"),
        inside.post(f"{lead}/admin/heard/{question.pk}/reply/", {"text": ""}),
    ]

    for page in pages:
        assert broken_promises(page.content.decode(), language) == []
