"""The phone desk by its doors, without JavaScript: who may, what is stored, what is read out."""

from datetime import timedelta

import pytest
from django.test import Client

from channels_app.models import Channel, Delivery, Message
from channels_app.models.on_behalf import channels_of
from lifecycle import clock
from people.models import User
from tests.desk.doors import words_of
from tests.people import factories as people
from tests.phone.calls import PHONE, call

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"


def test_a_call_becomes_a_message_that_says_who_wrote_it_down(at_phone: Client, nari: User) -> None:
    answer = at_phone.post(PHONE, call(contact=MINA, spoken_for="other"))

    message = Message.objects.get()
    assert answer["Location"] == f"{PHONE}{message.code}/"
    assert (message.channel, message.entered_by, message.spoken_for) == ("phone", nari, "other")
    assert message.publication == "private"
    assert message.steps.get(seq=0).by == nari
    assert Delivery.objects.get().event == "receipt"


def test_after_saving_the_number_is_read_out_and_the_next_call_is_ready(at_phone: Client) -> None:
    page = at_phone.post(PHONE, call(contact=MINA), follow=True)

    message = Message.objects.get()
    words = words_of(page)
    assert message.code in words
    assert "S as in Seoul" in words
    assert "에스" in words
    assert "mi***@example.org" in words
    assert message.token not in page.content.decode()
    assert "autofocus" in page.content.decode().partition("Next call")[0].rpartition("<a ")[2]


def test_without_a_mail_address_the_link_is_there_to_be_handed_over(at_phone: Client) -> None:
    page = at_phone.post(PHONE, call(contact="010-1234-5678"), follow=True)

    message = Message.objects.get()
    assert message.private_url() in page.content.decode()
    assert "010-****-5678" in words_of(page)
    assert "-1234" not in words_of(page)


def test_what_only_the_author_should_hold_goes_after_the_hour_of_the_call(
    at_phone: Client,
) -> None:
    at_phone.post(PHONE, call(contact="010-1234-5678"))
    message = Message.objects.get()

    with clock.at(clock.now() + timedelta(minutes=61)):
        page = at_phone.get(f"{PHONE}{message.code}/")

    assert message.code in words_of(page)
    assert message.token not in page.content.decode()
    assert "010-****" not in words_of(page)
    assert "stood here for an hour" in words_of(page)


def test_the_number_is_shown_only_to_who_wrote_it_down(at_phone: Client) -> None:
    at_phone.post(PHONE, call())
    message = Message.objects.get()
    colleague = people.signed_in_client(people.centre_officer())

    assert colleague.get(f"{PHONE}{message.code}/").status_code == 403
    assert at_phone.get(f"{PHONE}S-2026-999999/").status_code == 404


def test_pressed_twice_it_is_one_message(at_phone: Client) -> None:
    typed = call()

    first, second = (at_phone.post(PHONE, typed) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Message.objects.count() == 1


def test_changed_and_sent_again_it_asks_first(at_phone: Client) -> None:
    typed = call()
    at_phone.post(PHONE, typed)

    again = at_phone.post(PHONE, {**typed, "text": "다른 말입니다"})

    assert again.status_code == 422
    assert "Press Save again" in words_of(again)
    assert "다른 말입니다" in again.content.decode()
    key = again.context["form"]["client_key"].value()
    at_phone.post(PHONE, {**typed, "text": "다른 말입니다", "client_key": key})
    assert Message.objects.count() == 2


def test_the_rules_find_the_office_while_the_caller_waits(at_phone: Client) -> None:
    from channels_app.models import RoutingRule

    roads = people.make_office("roads")
    RoutingRule.objects.create(office=roads, words="보도블록", points=9)

    page = at_phone.post(PHONE, call(), follow=True)

    assert Message.objects.get().office == roads
    assert "roads office" in words_of(page)


def test_who_saw_no_words_hears_it_and_loses_nothing(at_phone: Client) -> None:
    page = at_phone.post(PHONE, call(text=" ", contact="nowhere", place="시청 앞"))

    assert page.status_code == 422
    assert "Write what you want to say." in words_of(page)
    assert "시청 앞" in page.content.decode()
    assert "nowhere" in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("consent", ["office", "everyone"])
def test_everyone_reads_it_only_where_the_person_said_so(at_phone: Client, consent: str) -> None:
    at_phone.post(PHONE, call(audience=consent))

    message = Message.objects.get()
    assert message.is_public == (consent == "everyone")


def test_harsh_words_wait_for_an_officer_before_all_may_read_them(at_phone: Client) -> None:
    at_phone.post(PHONE, call(text="이 새끼들아 길 좀 고쳐라", audience="everyone"))

    assert Message.objects.get().held_reason == "tone"


# -- who may -----------------------------------------------------------------------------------


def officers() -> dict[str, User]:
    return {
        "centre": people.centre_officer(),
        "other": people.officer_of(people.make_office("roads")),
        "mayor": people.mayors_officer(),
        "auditor": people.auditor(),
        "administrator": people.administrator(),
    }


@pytest.mark.parametrize(
    ("who", "ways"),
    [
        ("centre", {"phone", "letter", "counter", "tour"}),
        ("other", {"counter", "letter"}),
        ("mayor", set()),
        ("auditor", set()),
        ("administrator", set()),
    ],
)
def test_who_may_write_down_what(who: str, ways: set[str]) -> None:
    user = officers()[who]
    client = people.signed_in_client(user)

    page = client.get(PHONE)

    assert set(channels_of(user)) == ways
    assert page.status_code == (200 if ways else 403)
    for way in Channel.values:
        answer = client.post(PHONE, call(channel=way))
        assert answer.status_code == (403 if not ways else 302 if way in ways else 422)
    assert set(Message.objects.values_list("channel", flat=True)) == ways


def test_a_new_officer_of_the_call_centre_may_write_down_everything(nari: User) -> None:
    assert set(channels_of(nari)) == {"phone", "letter", "counter", "tour"}


# -- a letter ----------------------------------------------------------------------------------


def day(ago: int) -> str:
    return (clock.seoul().date() - timedelta(days=ago)).isoformat()


def test_a_letter_counts_from_the_day_it_came(at_phone: Client) -> None:
    at_phone.post(PHONE, call(channel="letter", received_on=day(3)))

    message = Message.objects.get()
    assert clock.seoul(message.received_at).date().isoformat() == day(3)
    assert message.clock_from == message.received_at
    assert message.route_by > clock.now()


def test_a_phone_call_comes_in_now(at_phone: Client) -> None:
    at_phone.post(PHONE, call(channel="phone", received_on=day(3)))

    assert clock.now() - Message.objects.get().received_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ago", "words"), [(-1, "still to come"), (31, "At most 30 days ago"), (4000, "At most")]
)
def test_a_letter_is_never_from_tomorrow_nor_from_long_ago(
    at_phone: Client, ago: int, words: str
) -> None:
    page = at_phone.post(PHONE, call(channel="letter", received_on=day(ago)))

    assert page.status_code == 422
    assert words in words_of(page)
    assert not Message.objects.exists()


def test_a_letter_of_thirty_days_ago_is_taken(at_phone: Client) -> None:
    at_phone.post(PHONE, call(channel="letter", received_on=day(30)))

    assert Message.objects.get().is_overdue


def test_the_address_chooses_the_way(at_phone: Client) -> None:
    page = at_phone.get(f"{PHONE}?channel=letter")

    assert page.context["form"]["channel"].value() == "letter"
    assert at_phone.get(f"{PHONE}?channel=nonsense").context["form"]["channel"].value() == "phone"


# -- beside the form ---------------------------------------------------------------------------
