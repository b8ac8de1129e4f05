"""Those who follow hear of every change, once, in plain words, and of nothing that is private."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.actions import Refusal
from channels_app.models import Contact, Delivery, Follow, Message, Reminder, Topic
from lifecycle import clock
from tests.channels_app.factories import published_by, receive
from tests.following.readers import (
    SORA,
    confirmed,
    follow,
    letter,
    owed,
    roads,
    route,
    settled,
    sweep,
)
from tests.people import factories as people

pytestmark = pytest.mark.django_db
SECRET = "제 번호는 010-1234-5678입니다."
MINA = "mina@example.org"


def try_to_send(row: Delivery) -> None:
    """As the sweep does with one row."""
    with settled():
        claimed = Delivery.objects.claim("a sender", pk=row.pk)
        assert claimed is not None
        actions.deliver(claimed)


def fresh(message: Message) -> Message:
    """As the database has it now."""
    return Message.objects.get(pk=message.pk)


def test_author_and_follower_get_one_mail_each_for_a_change() -> None:
    message = receive(text=f"보도블록이 들렸어요. {SECRET}", contact=confirmed(MINA))
    follow(message)

    route(message, roads())
    sweep()
    sweep()

    to_author, to_follower = owed("news")
    assert to_author.follow is None
    assert to_follower.crowd
    assert "바른길과" in letter(to_author).subject
    for mail in (letter(to_author), letter(to_follower)):
        assert message.code in mail.subject + mail.body
        assert "바른길과" in mail.body
        assert "1234-5678" not in mail.body
    assert message.token in letter(to_author).body
    assert message.token not in letter(to_follower).body
    assert message.get_absolute_url() in letter(to_follower).body


def test_what_happens_within_one_sweep_is_one_mail() -> None:
    message = receive()
    follow(message)

    office = roads()
    route(message, office)
    jun = people.officer_of(office)
    actions.hand_back(fresh(message), reason="물 문제입니다", by=jun)
    route(message, people.make_office("water-to-follow", name_ko="맑은물과"))
    sweep()

    (only,) = owed("news")
    body = letter(only).body
    assert body.index("바른길과") < body.index("맑은물과")


def test_what_is_written_and_taken_back_inside_tells_nobody() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA))
    follow(message)
    route(message, office)
    sweep()
    Delivery.objects.all().update(state="sent")

    jun = people.officer_of(office)
    actions.answer(fresh(message), text="고쳤습니다", by=jun)
    sweep()
    actions.take_back(fresh(message), by=jun)
    sweep()

    assert not Delivery.objects.filter(state="queued").exists()
    assert not Message.objects.with_untold_steps().exists()


def test_an_answer_goes_to_followers_masked_and_to_the_author_whole_and_once() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA))
    follow(message, language="en")
    route(message, office)
    sweep()
    Delivery.objects.filter(event="news").delete()

    jun = people.officer_of(office)
    reply = actions.answer(fresh(message), text="고쳤습니다. 담당 010-1234-5678", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
        sweep()
        sweep()

    to_author, to_follower = owed()
    assert (to_author.event, to_follower.event) == ("answer", "answer")
    assert "010-1234-5678" in letter(to_author).body
    mail = letter(to_follower)
    assert mail.subject == f"[{message.code}] The city has answered"
    assert "1234-5678" not in mail.body
    assert "고쳤습니다." in mail.body


def test_a_promise_is_told_with_its_date_and_a_question_without_its_words() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA))
    follow(message)
    route(message, office)
    sweep()
    Delivery.objects.filter(event="news").delete()
    jun = people.officer_of(office)

    actions.ask_back(fresh(message), text="비밀번호가 무엇인가요", by=jun)
    sweep()
    actions.add_words(fresh(message), text="여기입니다")
    finish = (clock.seoul() + timedelta(days=30)).date()
    actions.promise(fresh(message), text="다음 달에 고칩니다", finish_on=finish, by=jun)
    sweep()

    followers = owed(follow__isnull=False)
    assert [row.event for row in followers] == ["news", "answer"]
    assert "비밀번호" not in letter(followers[0]).body
    assert "다음 달에 고칩니다" in letter(followers[1]).body
    authors = owed(follow__isnull=True)
    assert [row.event for row in authors] == ["answer", "answer"]


def test_authors_of_joined_messages_hear_of_the_lead_under_their_own_number() -> None:
    office = roads()
    lead = receive()
    joined = receive(contact=confirmed(MINA))
    centre = people.centre_officer()
    actions.join(joined, to=lead, by=centre)
    sweep()
    Delivery.objects.all().delete()

    route(lead, office)
    sweep()

    (row,) = owed("news")
    mail = letter(row)
    assert row.message == joined
    assert joined.code in mail.subject
    assert "바른길과" in mail.subject
    assert joined.token in mail.body


def test_who_was_not_confirmed_or_has_stopped_or_muted_hears_nothing() -> None:
    message = receive(contact=("mail", MINA))
    actions.follow(message, address="asked@example.org", language="ko")
    actions.end_follow(follow(message, "stopped@example.org"))
    refused = follow(message, "refused@example.org")
    actions.refuse_follow(refused)
    muted = receive(contact=confirmed("muted@example.org"))
    actions.mute(muted)
    by_phone = receive(contact=("phone", "+821012345678"))

    office = roads()
    for one in (message, muted, by_phone):
        route(one, office)
    sweep()

    assert owed("news") == []


def test_what_only_the_office_may_read_is_told_to_its_author_alone() -> None:
    message = receive(contact=confirmed(MINA))
    follow(message)
    actions.hide(fresh(message), reason="personal", by=people.centre_officer())

    route(message, roads())
    sweep()

    (row,) = owed("news")
    assert row.follow is None


def test_the_author_who_also_follows_gets_one_mail() -> None:
    message = receive(contact=confirmed(MINA))
    follow(message, MINA)

    route(message, roads())
    sweep()

    (row,) = owed("news")
    assert row.follow is None


def test_who_follows_later_is_not_told_what_was_before() -> None:
    message = receive()
    route(message, roads())
    with clock.at(clock.now() + timedelta(seconds=3)):
        follow(message)

        sweep()

    assert owed("news") == []


def test_news_that_is_no_longer_true_never_leaves() -> None:
    office = roads()
    message, joined = receive(), receive(contact=confirmed(MINA))
    follow(message)
    for one in (message, joined):
        route(one, office)
    sweep()
    lead = receive()
    actions.join(fresh(joined), to=lead, by=people.centre_officer())
    actions.report(fresh(message))

    for row in owed("news"):
        try_to_send(row)

    left = {row.message_id: row for row in owed("news")}
    assert left[message.pk].state == left[joined.pk].state == "cancelled"
    assert left[message.pk].why == "not shown to everyone any more"
    assert left[joined.pk].why == "joined to another message meanwhile"


def test_a_date_that_passes_in_silence_is_told_once() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA))
    follow(message, language="en")
    route(message, office)
    sweep()
    Delivery.objects.all().delete()
    due = fresh(message).due_at
    assert due is not None

    with clock.at(due + timedelta(days=2)):
        Reminder.objects.create(
            message=message, level="late", due_at=due, at=clock.now(), office=office
        )
        sweep()
        sweep()
        to_author, to_follower = owed("late")
        mail = letter(to_follower)

    assert to_author.follow is None
    assert "It is 2 days late." in mail.body
    assert "This office was told of it: Straight Roads." in mail.body
    assert "the head of the office is told on" in mail.body
    assert mail.unsubscribe in mail.body


def test_lateness_that_is_over_is_not_told() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA))
    route(message, office)
    sweep()
    due = fresh(message).due_at
    assert due is not None
    Reminder.objects.create(message=message, level="late", due_at=due, at=due, office=office)
    sweep()
    jun = people.officer_of(office)
    later = (clock.seoul(due) + timedelta(days=30)).date()

    actions.put_off(fresh(message), text="더 걸립니다", until=later, by=jun)
    try_to_send(owed("late")[0])

    (late,) = owed("late")
    assert (late.state, late.why) == ("cancelled", "no longer late")


def test_ten_thousand_followers_cost_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    message = receive()
    follow(message)
    topic, moment = Topic.objects.get(code=message.code), clock.now()
    crowd = Contact.objects.bulk_create(
        Contact(kind="mail", index=f"{n:064d}", sealed="", confirmed_at=moment)
        for n in range(10_000)
    )
    Follow.objects.bulk_create(
        Follow(topic=topic, contact=one, created_at=moment, confirmed_at=moment) for one in crowd
    )
    route(message, roads())

    with django_assert_max_num_queries(9):
        actions.tell_news([message.pk])

    assert Delivery.objects.filter(event="news").count() == 10_001
    assert SORA not in str(owed("news")[0])


def test_what_one_person_waits_for_leaves_before_what_many_follow() -> None:
    message = receive()
    follow(message)
    route(message, roads())
    sweep()
    receive(contact=confirmed(MINA))
    Delivery.objects.filter(event="follow").update(state="sent")

    first = Delivery.objects.claim("a sender")

    assert first is not None
    assert first.event == "receipt"


def test_a_no_says_why_and_what_next_in_every_mail_and_masked_to_followers() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA), language="en")
    follow(message, language="en")
    route(message, office)
    sweep()
    Delivery.objects.filter(event="news").delete()

    refusal = Refusal(
        "budget", "돈이 없습니다 010-1234-5678", "구청에 가 보세요", "표지판을 답니다"
    )
    reply = actions.answer(
        fresh(message),
        text="못 합니다",
        by=people.officer_of(office),
        outcome="declined",
        refusal=refusal,
    )
    with clock.at(reply.leaves_at):
        actions.publish(reply)
        sweep()

    to_author, to_follower = (letter(row).body for row in owed("answer"))
    for body in (to_author, to_follower):
        assert "What stands in the way: there is no money for it" in body
        assert "구청에 가 보세요" in body
        assert "표지판을 답니다" in body
    assert "010-1234-5678" in to_author
    assert "1234-5678" not in to_follower


def test_a_question_to_the_author_is_called_one() -> None:
    office = roads()
    message = receive(contact=confirmed(MINA), language="en")
    route(message, office)

    actions.ask_back(fresh(message), text="몇 번 출구인가요?", by=people.officer_of(office))

    (row,) = owed("answer")
    mail = letter(row)
    assert mail.subject == f"[{message.code}] The office asks you something"
    assert "몇 번 출구인가요?" in mail.body
    assert message.token in mail.body


def test_authors_read_of_their_own_acts_as_theirs_and_followers_as_somebody_s() -> None:
    office = roads()
    message = published_by(people.officer_of(office), office, contact=confirmed(MINA))
    follow(message)
    sweep()
    Delivery.objects.all().delete()

    actions.reopen(message, text="Die Platte wackelt noch")
    sweep()

    to_author, to_follower = owed("news")
    assert "해결되지 않았다고 하셨습니다" in letter(to_author).subject
    assert "하셨습니다" not in letter(to_follower).subject
