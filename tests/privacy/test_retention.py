"""Kept as long as the Rulebook says, to the day; a dry run counts what the real one blanks."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from channels_app import actions, keeping, rules, tasks
from channels_app.models import Contact, Erasure, Follow, Message, Reading
from lifecycle import clock
from lifecycle.actions import amend_rule
from lifecycle.errors import WrongTurnError
from lifecycle.models import Heartbeat
from lifecycle.rules import RuleValueError, forget
from seoul_portal.operations.sweeps import patience
from tests.channels_app import factories
from tests.ledger import check_ledger
from tests.people import factories as people
from tests.privacy import lives
from tests.privacy.lives import DAY

pytestmark = pytest.mark.django_db

KINDS = [
    ("complaint", rules.KEEP_COMPLAINT),
    ("hazard", rules.KEEP_HAZARD),
    ("idea", rules.KEEP_IDEA),
    ("question", rules.KEEP_QUESTION),
]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(("kind", "rule"), KINDS)
def test_each_kind_is_kept_to_the_day_after_its_end(kind: str, rule: Any) -> None:
    message = lives.finished(days_ago=0, kind=kind)
    end = message.steps.latest("seq").at

    with clock.at(end + rule.value() * DAY):
        assert message not in keeping.late_messages()
        with pytest.raises(WrongTurnError):
            actions.expire_message(message)
    with clock.at(end + rule.value() * DAY + timedelta(seconds=1)):
        assert list(keeping.late_messages()) == [message]


def test_what_is_open_is_never_erased_by_itself() -> None:
    message = lives.with_everything()
    forever = timezone.now() + 20_000 * DAY

    with clock.at(forever):
        tasks.erase_expired()

    message.refresh_from_db()
    assert message.text == lives.WORDS
    assert message.contact is not None


def test_what_got_no_answer_goes_whole_after_a_month() -> None:
    message = lives.in_state("set_aside")

    with clock.at(timezone.now() + 31 * DAY):
        tasks.erase_expired()

    message.refresh_from_db()
    assert message.is_gone
    assert message.publication == "private"
    assert message.set_aside_reason == "spam"
    erasure = Erasure.objects.get(kind="message")
    assert (erasure.cause, erasure.rule, erasure.by) == ("retention", "keep.set_aside", None)


def test_what_was_joined_ends_with_its_lead() -> None:
    message = lives.in_state("joined")

    with clock.at(timezone.now() + 5000 * DAY):
        assert message not in keeping.late_messages()
        assert not keeping.late_contacts().exists()


def test_the_sweep_blanks_the_original_and_leaves_the_public_copy() -> None:
    message = lives.finished(days_ago=1096)

    tasks.erase_expired()

    message.refresh_from_db()
    assert (message.text, message.is_public, message.is_gone) == ("", True, False)
    assert message.erased_because == "retention"
    assert Heartbeat.objects.filter(sweep="erase_expired").exists()
    check_ledger(receipts=[message.code], settled=False)


def test_an_address_that_follows_an_open_case_is_kept_until_the_case_is_over() -> None:
    message = lives.said(contact=None)
    then = timezone.now() - 300 * DAY
    with clock.at(then):
        contact = Contact.objects.reached_by("mail", "sora@example.org")
    topic = actions.topic_of(message)
    Follow.objects.create(topic=topic, contact=contact, created_at=then, confirmed_at=then)
    Contact.objects.update(created_at=then, confirmed_at=then)
    assert list(keeping.late_contacts()) == []

    actions.set_aside(message, reason="spam", by=people.centre_officer())

    assert list(keeping.late_contacts()) == [contact]
    actions.expire_contact(contact)
    assert Follow.objects.get().contact is None


def test_an_address_is_kept_until_its_last_case_is_long_over() -> None:
    lives.finished(days_ago=300)
    with clock.at(timezone.now() - 300 * DAY):
        contact = Contact.objects.get()
    Contact.objects.update(created_at=timezone.now() - 300 * DAY)
    assert list(keeping.late_contacts()) == [contact]

    lives.said()

    assert list(keeping.late_contacts()) == []
    with pytest.raises(WrongTurnError):
        actions.expire_contact(contact)


def test_an_address_that_is_erased_gets_nothing_and_comes_back_as_a_new_one() -> None:
    message = lives.finished(days_ago=300)
    Contact.objects.update(created_at=timezone.now() - 300 * DAY)
    waiting = message.deliveries.get(event="answer")

    tasks.erase_expired()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.contact) == ("cancelled", None)
    message.refresh_from_db()
    assert message.contact is None
    assert message.text == lives.WORDS
    again = lives.said()
    assert again.contact is not None
    assert again.contact.address == lives.MINA[1]
    assert Contact.objects.count() == 2


def test_a_mail_that_is_leaving_while_its_address_goes_ends_for_good() -> None:
    message = lives.said()
    row = message.deliveries.get()
    claimed = type(row).objects.claim("a sender", pk=row.pk)
    assert claimed is not None

    actions.erase_message(message, by=None)

    claimed.become("queued", next_at=timezone.now())
    with clock.at(timezone.now() + timedelta(minutes=1)):
        tasks.send_due()
    row.refresh_from_db()
    assert (row.state, row.why) == ("cancelled", "the address was erased")


def test_the_log_of_readings_is_kept_two_years_and_no_shorter() -> None:
    message, jun = lives.said(), lives.jun()
    with clock.at(timezone.now() - 731 * DAY):
        Reading.log(message, jun, "desk_case")
    with clock.at(timezone.now() - 729 * DAY):
        young = Reading.log(message, jun, "desk_case")

    assert actions.forget_readings() == 1

    assert list(Reading.objects.all()) == [young]
    with pytest.raises(RuleValueError):
        amend_rule("keep.readings", to="700", reason="shorter", by=people.administrator())


def test_a_changed_rule_holds_at_once() -> None:
    message = lives.finished(days_ago=40, kind="question")
    amend_rule("keep.question", to="30", reason="shorter", by=people.administrator())
    forget()

    with clock.at(timezone.now() + timedelta(seconds=10)):
        assert list(keeping.late_messages()) == [message]


def test_one_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    poisoned, sound = (lives.finished(days_ago=1200, contact=None) for _n in range(2))
    Message.objects.filter(pk=poisoned.pk).update(kind="song")
    Message.objects.filter(pk=poisoned.pk).update(status="joined", lead=sound)

    tasks.erase_expired()

    sound.refresh_from_db()
    assert sound.is_erased


def _told(command: str, *words: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command(command, *words, verbosity=0)
    return capsys.readouterr().out.splitlines()[1:]


def test_the_dry_run_of_retention_counts_what_the_real_one_blanks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lives.finished(days_ago=1200)
    lives.finished(days_ago=400, kind="question", public=False)
    lives.finished(days_ago=10)

    planned = _told("retain", "--dry-run", capsys=capsys)
    done = _told("retain", capsys=capsys)

    assert planned == done
    assert any(line.split() == ["message", "2"] for line in done)
    assert _told("retain", capsys=capsys) == ["  nothing"]


@pytest.mark.parametrize("state", ["routed", "replied", "joined"])
@pytest.mark.parametrize("whole", [True, False])
def test_the_dry_run_of_an_erasure_counts_what_the_real_one_blanks(
    state: str, whole: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    code = lives.in_state(state).code
    words = ["--receipt", code, "--reason", "asked", *(["--withdraw"] if whole else [])]

    planned = _told("erase", *words, "--dry-run", capsys=capsys)
    done = _told("erase", *words, capsys=capsys)

    assert planned == done != []


def test_the_command_finds_a_person_by_their_address(capsys: pytest.CaptureFixture[str]) -> None:
    lives.said()
    lives.said(public=False)
    words = ["--contact", f" {lives.MINA[1].upper()}", "--reason", "letter of 3 May"]

    planned = _told("erase", *words, "--dry-run", capsys=capsys)

    assert _told("erase", *words, capsys=capsys) == planned
    assert Message.objects.filter(erased_because="request").count() == 2
    for wrong in (["--receipt", "S-2026-999999"], ["--contact", "nobody"], ["--contact", "a@b.kr"]):
        with pytest.raises(CommandError):
            call_command("erase", *wrong, "--reason", "asked")
    with pytest.raises(CommandError, match="reason"):
        call_command("erase", "--receipt", Message.objects.latest("pk").code)


def test_only_the_centre_erases_for_somebody() -> None:
    message = lives.with_everything()

    for other in (lives.jun(), people.auditor(), people.administrator(), people.mayors_officer()):
        with pytest.raises(PermissionDenied):
            actions.erase_message(message, by=other, reason="asked")
        with pytest.raises(PermissionDenied):
            actions.export_own(message, reason="asked", by=other)

    centre = people.centre_officer()
    actions.erase_message(message, by=centre, reason="asked, 010-8765-4321")
    erasure = Erasure.objects.get(kind="message")
    assert erasure.by == centre
    assert "8765" not in erasure.reason


def test_an_open_case_only_the_office_could_read_is_closed() -> None:
    message = lives.in_state("answered", public=False)

    actions.erase_message(message, by=None)

    message.refresh_from_db()
    assert (message.status, message.set_aside_reason) == ("set_aside", "erased")
    assert message.replies.filter(published_at=None, taken_back_at=None).count() == 0
    with pytest.raises(WrongTurnError):
        actions.restore(message, by=people.centre_officer())


def test_an_open_public_case_goes_on_without_its_author() -> None:
    message = lives.with_everything()

    actions.erase_message(message, by=None)

    message.refresh_from_db()
    assert message.status == "routed"
    reply = actions.answer(message, text="고쳤습니다", by=people.officer_of(lives.roads()))
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    assert not message.deliveries.filter(event="answer").exists()


def test_whoever_was_joined_to_an_erased_one_goes_on_alone() -> None:
    lead = lives.with_everything(public=False)
    other = factories.routed_to(lives.roads())
    centre = people.centre_officer()
    actions.join(other, to=lead, by=centre)

    actions.erase_message(lead, by=centre, reason="asked")

    other.refresh_from_db()
    assert (other.status, other.lead, other.needs_reader) == ("received", None, True)
    check_ledger(settled=False)


def test_an_answer_stays_for_those_it_was_written_to_as_well() -> None:
    lead = lives.with_everything()
    other = factories.routed_to(lives.roads())
    actions.join(other, to=lead, by=people.centre_officer())
    reply = actions.answer(lead, text="고쳤습니다", by=people.officer_of(lives.roads()))
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    actions.erase_message(lead, by=None, withdraw=True)

    reply.refresh_from_db()
    assert (reply.text, reply.masked_text) == ("고쳤습니다", "고쳤습니다")


def test_a_rare_sweep_is_not_silent_while_it_waits_for_its_time(client: Client) -> None:
    Heartbeat.beat("erase_expired")
    Heartbeat.objects.update(last_done_at=timezone.now() - timedelta(hours=2))

    told = client.get("/healthz").json()

    assert told["seconds_since_sweep"]["erase_expired"] > 7000
    assert patience("erase_expired") == 3 * 3600
    assert patience("send_due") == 60
