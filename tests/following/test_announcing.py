"""What higher floors say reaches everybody who follows, once, as long as it is true."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import gettext_lazy as _
from pytest_django import DjangoAssertNumQueries

from channels_app import actions, keeping
from channels_app.models import Contact, Delivery, Follow, Notice, Topic, TopicKind
from lifecycle import clock
from tests.channels_app.factories import receive
from tests.following.readers import SORA, confirmed, follow, letter, owed, roads, settled
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"
PATH = "/s/S-2026-000001/"


def say(topic: Topic, key: str = "adopted", **more: object) -> Notice:
    """As a floor above says it."""
    told = {"what": "이 제안이 채택되었습니다.", "path": PATH, **more}
    return actions.announce(topic, key=key, **told)  # type: ignore[arg-type]


def try_to_send(row: Delivery) -> Delivery:
    """As the sweep does with one row that must not leave."""
    claimed = Delivery.objects.claim("a sender", pk=row.pk)
    assert claimed is not None
    actions.deliver(claimed)
    return Delivery.objects.get(pk=row.pk)


def test_author_and_followers_get_one_mail_each_with_the_next_date() -> None:
    message = receive(contact=confirmed(MINA), text="광장에 나무를 심어 주세요 010-1234-5678")
    follow(message, language="en")
    topic = actions.topic_of(message)
    office = roads()
    Topic.objects.update(office=office)
    by = clock.now() + timedelta(days=14)

    say(topic, what=_("Yes, tell me"), next_step=_("Speak"), next_at=by, path=f"/s/{message.code}/")

    to_author, to_follower = owed("notice")
    assert (to_author.message, to_author.follow) == (message, None)
    assert (to_follower.message, to_follower.crowd) == (None, True)
    mail = letter(to_follower)
    assert mail.subject == f"[{message.code}] Yes, tell me"
    assert "What comes next: Speak" in mail.body
    assert f"By: {clock.seoul(by):%a} {clock.seoul(by).day} " in mail.body
    assert "Who has it: Straight Roads" in mail.body
    assert f"/en/s/{message.code}/" in mail.body
    assert mail.unsubscribe in mail.body
    assert message.code in mail.key
    assert "1234-5678" not in mail.body
    assert letter(to_author).subject != mail.subject  # in Korean
    assert message.mute_token in letter(to_author).unsubscribe


def test_it_is_told_once_whoever_asks_again() -> None:
    message = receive()
    follow(message)
    topic = actions.topic_of(message)

    first = say(topic)
    second = say(topic, what="다른 말")

    assert first == second
    assert Notice.objects.get().what == "이 제안이 채택되었습니다."
    assert len(owed("notice")) == 1


def test_an_author_who_follows_hears_once_and_one_who_wants_no_news_as_a_follower() -> None:
    message = receive(contact=confirmed(MINA))
    one = follow(message, MINA)
    topic = actions.topic_of(message)

    say(topic, "first")
    actions.mute(message)
    say(topic, "second")

    assert [row.follow for row in owed("notice")] == [None, one]


def test_who_follows_two_of_the_same_matter_hears_once() -> None:
    lead, joined = receive(), receive(contact=confirmed(MINA))
    follow(lead)
    follow(joined)
    actions.join(joined, to=lead, by=people.centre_officer())

    say(actions.topic_of(lead))

    assert sorted(row.recipient.address for row in owed("notice")) == [MINA, SORA]


def test_who_was_not_confirmed_or_has_stopped_hears_nothing() -> None:
    message = receive(contact=("mail", MINA))
    actions.follow(message, address="asked@example.org", language="ko")
    actions.end_follow(follow(message, "stopped@example.org"))
    actions.refuse_follow(follow(message, "refused@example.org"))

    say(actions.topic_of(message))

    assert owed("notice") == []


def test_by_phone_it_waits_until_text_messages_are_connected() -> None:
    message = receive(contact=("phone", "+821012345678"))

    say(actions.topic_of(message))

    (row,) = owed("notice")
    assert (row.channel, row.state, row.why) == ("phone", "queued", "no gateway")
    assert Delivery.objects.claim("a sender", channel="phone") is None


def test_nobody_but_its_author_hears_of_what_is_hidden() -> None:
    message = receive(contact=confirmed(MINA))
    follow(message)
    topic = actions.topic_of(message)
    actions.hide(message, reason="personal", by=people.centre_officer())

    say(topic)

    (row,) = owed("notice")
    assert row.follow is None


def test_what_is_hidden_or_stopped_meanwhile_never_leaves() -> None:
    message = receive()
    stopped, other = follow(message), follow(message, MINA)
    say(actions.topic_of(message))
    actions.end_follow(stopped)
    first, second = owed("notice")

    assert try_to_send(first).why == "no longer followed"
    actions.report(message)
    assert try_to_send(second).why == "not shown to everyone any more"
    assert other.is_active


def test_its_author_who_wants_no_news_any_more_is_not_written_to() -> None:
    message = receive(contact=confirmed(MINA))
    say(actions.topic_of(message))
    actions.mute(message)

    assert try_to_send(owed("notice")[0]).why == "its author wants no news"


def test_that_nothing_happened_by_its_date_is_said_in_the_first_line() -> None:
    message = receive()
    follow(message, language="en")

    say(actions.topic_of(message), is_late=True, what="No report has come.")

    assert letter(owed("notice")[0]).subject == f"[{message.code}] Late: No report has come."


def test_personal_numbers_in_it_are_masked() -> None:
    message = receive()
    follow(message)

    say(actions.topic_of(message), what="담당 010-1234-5678\n알립니다")

    mail = letter(owed("notice")[0])
    assert "1234-5678" not in mail.subject + mail.body
    assert mail.subject.endswith("알립니다")


def test_ten_thousand_followers_cost_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    message = receive(contact=confirmed(MINA))
    topic, moment = actions.topic_of(message), clock.now()
    crowd = Contact.objects.bulk_create(
        Contact(kind="mail", index=f"{n:064d}", sealed="", confirmed_at=moment)
        for n in range(10_000)
    )
    Follow.objects.bulk_create(
        Follow(topic=topic, contact=one, created_at=moment, confirmed_at=moment) for one in crowd
    )
    with connection.cursor() as cursor:  # as the server does by itself where a table grows
        cursor.execute("ANALYZE channels_app_contact, channels_app_follow")

    with django_assert_max_num_queries(7):
        say(topic)

    assert Delivery.objects.filter(event="notice").count() == 10_001


def test_what_grows_out_of_a_message_takes_number_and_followers_along() -> None:
    message = receive()
    one = follow(message)
    topic = actions.hand_over(actions.topic_of(message), kind=TopicKind.SUGGESTION)
    office = people.make_office("parks-to-follow")
    Topic.objects.update(office=office)

    actions.route(message, to=roads(), by=people.centre_officer())
    with settled():
        actions.tell_news([message.pk])

    topic.refresh_from_db()
    assert (topic.kind, topic.code, topic.office, topic.shown) == (
        "suggestion", message.code, office, True,
    )  # fmt: skip
    say(topic)
    assert [row.follow for row in owed("notice")] == [one]


def test_what_is_no_message_is_followed_by_the_same_form(client: Client) -> None:
    moment = clock.now()
    topic = Topic.objects.create(
        kind=TopicKind.SUGGESTION, code="S-2026-900001", title="광장", text="", opened_at=moment
    )
    path = f"/s/{topic.code}/follow/"
    assert client.get(path).status_code == 200

    asked = client.post(path, {"mail": SORA})

    assert asked.status_code == 200
    one = Follow.objects.get()
    mail = letter(Delivery.objects.get(event="follow"))
    assert f"/follow/{one.pk}/{one.token}/" in mail.body
    actions.confirm_follow(one)
    say(topic)
    assert topic.code in letter(owed("notice")[0]).subject


def test_what_is_no_message_and_hidden_can_not_be_followed(client: Client) -> None:
    topic = Topic.objects.create(
        kind=TopicKind.SUGGESTION, code="S-2026-900001", title="", text="", shown=False,
        opened_at=clock.now(),
    )  # fmt: skip

    for way in (client.get, client.post):
        assert way(f"/s/{topic.code}/follow/").status_code == 404


def test_what_grew_out_of_a_public_message_is_shown_or_not_by_itself(client: Client) -> None:
    message = receive()
    topic = actions.hand_over(actions.topic_of(message), kind=TopicKind.SUGGESTION)
    path = f"/s/{message.code}/follow/"
    assert client.post(path, {"mail": MINA}).status_code == 200

    Topic.objects.filter(pk=topic.pk).update(shown=False)

    assert client.post(path, {"mail": SORA}).status_code == 404
    assert Follow.objects.count() == 1


def test_the_feed_of_a_case_tells_it_too(client: Client) -> None:
    message = receive()
    say(actions.topic_of(message), next_step="위원회가 만납니다.")

    feed = client.get(f"/s/{message.code}/feed.atom").content.decode()

    assert "이 제안이 채택되었습니다." in feed
    assert "위원회가 만납니다." in feed


def test_an_address_that_follows_what_goes_on_is_kept_until_it_is_over() -> None:
    then = clock.now() - timedelta(days=400)
    with clock.at(then):
        idea = ideas.opened(roads())
        follow(idea.message)
    Contact.objects.update(created_at=then)
    Delivery.objects.update(created_at=then)
    assert not keeping.late_contacts().exists()

    type(idea).objects.filter(pk=idea.pk).update(status="withdrawn")

    assert keeping.late_contacts().count() == 1


def test_an_erased_message_leaves_no_words_of_it_in_notices() -> None:
    message = receive(contact=confirmed(MINA))
    follow(message)
    say(actions.topic_of(message), what="나무를 심어 달라는 말이 들어왔습니다.")

    actions.erase_message(message, by=None, withdraw=True)

    notice = Notice.objects.get()
    assert (notice.what_ko, notice.what_en) == ("", "")
    follower = Delivery.objects.get(event="notice", follow__isnull=False)
    assert try_to_send(follower).state == "cancelled"
