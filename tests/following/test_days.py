"""One mail a day with all that changed: once, whatever the clock did; none where nothing did."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels_app import actions, daily, tasks
from channels_app.models import Contact, Delivery, Follow, Message
from lifecycle import clock
from lifecycle.actions import amend_rule
from lifecycle.rules import RuleValueError, forget
from people.models import Office
from tests.channels_app.factories import receive
from tests.following.readers import SORA, follow, letter, roads, route
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 4, 9, tzinfo=clock.SEOUL)
EVENING = datetime(2026, 5, 4, 18, tzinfo=clock.SEOUL)
DAY = timedelta(days=1)
MOMENT = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def followed_daily(address: str = SORA, **said: str) -> tuple[Message, Follow]:
    """A public message, followed by somebody who wants one mail a day."""
    message = receive(**said)
    one = follow(message, address, language="en")
    assert one.contact is not None
    actions.hear_daily(one.contact)
    return message, one


def happen(message: Message, office: Office, at: datetime = MORNING + timedelta(hours=1)) -> None:
    """It is given to an office, and the sweep tells of it."""
    with clock.at(at):
        route(message, office)
        with clock.at(at + MOMENT):
            actions.tell_news([message.pk])


def gather(at: datetime) -> None:
    """The sweep, at this moment."""
    with clock.at(at):
        tasks.gather_days()


def digests() -> list[Delivery]:
    """The mails of a day that are owed or sent, oldest first."""
    return list(Delivery.objects.filter(event="digest").order_by("pk"))


def test_it_waits_for_its_hour_and_then_tells_all_by_case() -> None:
    first, _one = followed_daily(text="가로등이 꺼졌어요")
    second, _other = followed_daily(text="보도블록이 들렸어요")
    office = roads()
    happen(first, office)
    happen(second, office)
    topic = actions.topic_of(first)
    actions.announce(
        topic, key="report", what="A report is there.", path=f"/s/{first.code}/",
        next_step="The next report", next_at=EVENING + 14 * DAY,
    )  # fmt: skip
    with clock.at(EVENING - MOMENT):
        tasks.gather_days()
    assert digests() == []

    gather(EVENING + MOMENT)

    (digest,) = digests()
    mail = letter(digest)
    assert mail.subject == "Something changed in 2 cases you follow"
    assert mail.body.index(first.code) < mail.body.index(second.code)
    assert mail.body.count("Straight Roads") == 2
    assert "- A report is there." in mail.body
    assert "What comes next: The next report" in mail.body
    assert f"/en/s/{second.code}/" in mail.body
    assert mail.unsubscribe in mail.body
    gathered = digest.gathered.all()
    assert {row.state for row in gathered} == {"cancelled"}
    assert {row.why for row in gathered} == {"told in the mail of the day"}


def test_nothing_of_it_leaves_by_itself() -> None:
    message, _one = followed_daily()
    Delivery.objects.filter(event="follow").update(state="sent")
    happen(message, roads())

    with clock.at(EVENING + DAY):
        assert Delivery.objects.claim("a sender") is None


def test_nothing_changed_no_mail() -> None:
    followed_daily()

    gather(EVENING + MOMENT)

    assert digests() == []


def test_twice_in_an_evening_is_once() -> None:
    message, _one = followed_daily()
    happen(message, roads())

    for n in range(3):
        gather(EVENING + n * MOMENT)

    assert len(digests()) == 1


def test_what_comes_after_the_hour_comes_the_next_day() -> None:
    message, _one = followed_daily()
    happen(message, roads(), EVENING + MOMENT)

    gather(EVENING + timedelta(hours=3))
    assert digests() == []
    gather(EVENING + DAY)

    assert len(digests()) == 1


def test_a_clock_that_stood_for_days_sends_one_mail_and_the_next_one_in_time() -> None:
    office = roads()
    for n in range(3):
        message, _one = followed_daily()
        happen(message, office, MORNING + n * DAY)

    gather(EVENING + 2 * DAY + timedelta(hours=16))

    (late,) = digests()
    assert late.gathered.count() == 3
    happen(receive_more(), office, MORNING + 3 * DAY + timedelta(hours=2))
    gather(EVENING + 3 * DAY)
    assert len(digests()) == 2


def receive_more() -> Message:
    """One more that the same person follows daily."""
    return followed_daily()[0]


def test_a_clock_that_goes_back_sends_no_second_mail_and_loses_nothing() -> None:
    message, _one = followed_daily()
    office = roads()
    happen(message, office)
    gather(EVENING + MOMENT)
    other = receive_more()
    happen(other, office, EVENING - timedelta(hours=1))

    gather(EVENING + 2 * MOMENT)

    assert len(digests()) == 1
    gather(EVENING + DAY)
    _first, second = digests()
    assert [row.message for row in second.gathered.all()] == [other]


def test_what_is_not_true_any_more_is_left_out_and_an_empty_mail_never_leaves() -> None:
    office = roads()
    kept, _one = followed_daily()
    hidden, _other = followed_daily()
    for message in (kept, hidden):
        happen(message, office)
    gather(EVENING + MOMENT)
    (digest,) = digests()

    actions.report(hidden)
    assert hidden.code not in letter(digest).body
    assert kept.code in letter(digest).body
    assert digest.contact is not None
    actions.end_all_follows(digest.contact)

    with clock.at(EVENING + 2 * MOMENT):
        claimed = Delivery.objects.claim("a sender", pk=digest.pk)
        assert claimed is not None
        actions.deliver(claimed)
    (digest,) = digests()
    assert (digest.state, digest.why) == ("cancelled", "nothing of it is true any more")


def test_answers_wait_for_the_day_too_and_their_words_stay_on_the_page() -> None:
    office = roads()
    message, _one = followed_daily()
    route(message, office)
    jun = people.officer_of(office)
    reply = actions.answer(Message.objects.get(pk=message.pk), text="고쳤습니다", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
        actions.tell_news([message.pk])

    gather(EVENING + MOMENT)

    assert "- The city has answered" in letter(digests()[0]).body


def test_whoever_chooses_each_change_again_gets_what_waited_with_the_day(client: Client) -> None:
    message, one = followed_daily()
    office = roads()
    happen(message, office)

    client.post(f"/unsubscribe/{one.pk}/{one.token}/", {"act": "each"})
    gather(EVENING + MOMENT)

    assert len(digests()) == 1
    assert not Contact.objects.get().daily


def test_how_often_is_chosen_by_the_link_of_every_mail_without_signing_in(client: Client) -> None:
    message = receive()
    one = follow(message)
    path = f"/unsubscribe/{one.pk}/{one.token}/"

    page = client.post(path, {"act": "daily"})

    assert page.status_code == 200
    one.refresh_from_db()
    assert one.is_active
    assert Contact.objects.get().daily
    assert 'value="each"' in page.content.decode()
    client.post(path, {"act": "each"})
    assert not Contact.objects.get().daily


def test_one_press_ends_all_and_one_more_takes_it_back() -> None:
    client = Client(enforce_csrf_checks=True)
    office = roads()
    for _n in range(2):
        message, one = followed_daily()
        happen(message, office)
    stopped = follow(receive())
    with clock.at(MORNING - DAY):
        actions.end_follow(stopped)
    gather(EVENING + MOMENT)
    mail = letter(digests()[0])
    path = mail.unsubscribe.removeprefix("http://localhost:8000")

    ended = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert ended.status_code == 200
    assert ended["Cache-Control"] == "no-store, private"
    assert not Follow.objects.active().exists()

    client.post(path, {"act": "undo_all"})

    assert Follow.objects.active().count() == 2
    assert one.contact is not None
    assert client.get(path.replace(one.contact.mails_token, "A" * 28)).status_code == 404


def test_the_hour_stands_in_the_rulebook_and_is_one() -> None:
    amend_rule("mail.daily", to="7", reason="earlier", by=people.administrator())
    forget()

    assert daily.next_hour(MORNING) == datetime(2026, 5, 5, 7, tzinfo=clock.SEOUL)
    with pytest.raises(RuleValueError):
        daily.DIGEST_HOUR.read("24")


def test_a_thousand_people_cost_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    message, _one = followed_daily()
    topic = actions.topic_of(message)
    crowd = Contact.objects.bulk_create(
        Contact(kind="mail", index=f"{n:064d}", sealed="", confirmed_at=MORNING, daily=True)
        for n in range(1000)
    )
    Follow.objects.bulk_create(
        Follow(topic=topic, contact=one, created_at=MORNING, confirmed_at=MORNING) for one in crowd
    )
    happen(message, roads())
    pks = list(Contact.objects.values_list("pk", flat=True))

    with clock.at(EVENING), django_assert_max_num_queries(8):
        actions.gather(pks)

    assert len(digests()) == 1001
