"""Who follows a suggestion hears of each change, of silence and of reports: once, by their way."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from channels_app import actions as message_actions
from channels_app.models import Delivery, Follow, Notice
from lifecycle import clock
from people.models import Office
from suggestions import actions, tasks
from suggestions.models import Suggestion
from suggestions.models.reports import next_report_due
from tests.committees import rooms
from tests.following.browsers import Browser
from tests.following.readers import SORA, confirmed, follow, letter
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"
EVERYONE = ["mail", "mail", "push"]
A_MOMENT = timedelta(minutes=1)


@pytest.fixture
def buses(settings: Settings) -> Office:
    settings.KICKS = False
    return people.make_office("buses", name_en="Night Bus Office")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    """Mina sent it, Sora follows it by mail, somebody else on a device; all heard the news."""
    idea = followed(ideas.opened(buses, contact=confirmed(MINA)))
    tasks.spread()
    return idea


def followed(idea: Suggestion) -> Suggestion:
    follow(idea.message, SORA, language="en")
    Browser("https://push.example.org/one").follow(idea.message)
    return idea


def told_by(key: str) -> list[str]:
    """The ways by which the notice of this event leaves."""
    (notice,) = Notice.objects.filter(key__startswith=key)
    rows = Delivery.objects.filter(notice=notice)
    return sorted(rows.values_list("channel", flat=True))


def test_author_and_followers_hear_of_a_change_once(idea: Suggestion) -> None:
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())

    tasks.spread()
    tasks.spread()

    idea.refresh_from_db()
    step = idea.steps.latest("seq")
    assert told_by(f"step-{step.seq}") == EVERYONE
    notice = Notice.objects.get(key=f"step-{step.seq}")
    assert (notice.next_at, notice.is_late) == (idea.due_at, False)
    of_sora = Follow.objects.get(contact__kind="mail")
    mail = letter(Delivery.objects.get(notice=notice, follow=of_sora))
    assert mail.subject == f"[{idea.code}] Picked without waiting for more support"
    assert "Night Bus Office has it now." in mail.body


def test_several_changes_between_two_sweeps_are_one_notice(idea: Suggestion, buses: Office) -> None:
    before = Notice.objects.count()
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())
    answering.declined(idea, by=people.head_of(buses))

    tasks.spread()

    assert Notice.objects.count() == before + 1
    assert Notice.objects.latest("id").next_at is None


def test_what_not_everyone_may_read_is_not_spread(buses: Office) -> None:
    idea = ideas.submitted(buses, contact=confirmed(MINA))

    tasks.spread()

    assert not Notice.objects.exists()
    idea.refresh_from_db()
    assert idea.told_version == idea.version


def test_silence_past_a_date_is_told_once(idea: Suggestion) -> None:
    picked = actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())
    assert picked.due_at is not None

    for _time in range(2):
        with clock.at(picked.due_at + A_MOMENT):
            tasks.remind_of_suggestions()

    assert told_by("late-") == EVERYONE
    assert Notice.objects.get(key__startswith="late-").is_late


def test_a_published_report_is_told_with_the_date_of_the_next_one(buses: Office) -> None:
    room = rooms.at_work("buses")
    idea = followed(room.suggestion)
    report = rooms.report_of(room.committee)

    rooms.published(report, by=room.jun)

    assert told_by(f"report-{report.pk}") == ["mail", "push"]
    notice = Notice.objects.get(key=f"report-{report.pk}")
    assert notice.path == report.get_absolute_url()
    following = next_report_due(idea)
    assert following is not None
    assert report.due_at is not None
    assert notice.next_at == following > report.due_at


def test_a_report_that_does_not_come_is_told_once(buses: Office) -> None:
    room = rooms.at_work("buses")
    followed(room.suggestion)
    tasks.keep_reports()
    report = room.committee.reports.get()
    assert report.due_at is not None

    for _time in range(2):
        with clock.at(report.due_at + A_MOMENT):
            tasks.keep_reports()

    assert told_by(f"no-report-{report.pk}") == ["mail", "push"]
    assert Notice.objects.get(key=f"no-report-{report.pk}").is_late


def test_what_is_sent_to_a_committee_is_told_with_its_first_report(buses: Office) -> None:
    room = rooms.at_work("buses")
    idea = followed(room.suggestion)

    tasks.spread()

    notice = Notice.objects.filter(topic=idea.topic).latest("id")
    assert notice.next_at is not None
    assert notice.next_at == next_report_due(idea) != idea.due_at


def test_what_is_hidden_is_not_spread_either(idea: Suggestion) -> None:
    message_actions.hide(idea.message, reason="personal", by=people.centre_officer())
    before = Notice.objects.count()
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())

    tasks.spread()

    assert Notice.objects.count() == before
