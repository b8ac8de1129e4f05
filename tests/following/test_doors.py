"""Following by mail: asked for, confirmed from the address, ended by one press; nothing is told."""

import re

import pytest
from django.test import Client

from channels_app import actions, letters
from channels_app.models import Contact, Delivery, Follow, Message
from tests.channels_app.factories import receive
from tests.following.readers import SORA, confirmed, follow, letter, owed, roads, route, sweep

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def message() -> Message:
    return receive(text="가로등이 꺼졌어요")


def path(message: Message) -> str:
    return f"{message.get_absolute_url()}follow/"


def link(one: Follow, name: str = "follow") -> str:
    return f"/{name}/{one.pk}/{one.token}/"


def asked() -> list[Delivery]:
    return list(Delivery.objects.filter(event="follow"))


def test_an_address_follows_only_after_its_owner_has_pressed_yes(
    client: Client, message: Message
) -> None:
    page = client.post(path(message), {"mail": " Sora@Example.org "})

    assert page.status_code == 200
    one = Follow.objects.get()
    assert not Follow.objects.active().exists()
    mail = letters.compose(asked()[0])
    assert mail.to == SORA
    assert link(one) in mail.body
    assert "가로등" not in mail.subject + mail.body
    client.get(link(one))  # as a mail scanner does
    assert not Follow.objects.active().exists()

    done = client.post(link(one), {"act": "confirm"})

    assert Follow.objects.active().get() == one
    assert link(one, "unsubscribe") in done.content.decode()
    assert Contact.objects.get().is_confirmed


def test_the_page_says_the_same_whether_or_not_the_address_follows(
    client: Client, message: Message
) -> None:
    follow(message)
    Delivery.objects.all().delete()

    known, unknown = (
        client.post(path(message), {"mail": address}).content.decode().replace(address, "")
        for address in (SORA, "sori@example.org")
    )

    assert SECRET.sub("", known) == SECRET.sub("", unknown)
    assert [row.recipient.address for row in asked()] == ["sori@example.org"]


def test_an_address_is_asked_three_times_a_day_at_most_confirmed_or_not(client: Client) -> None:
    confirmed(SORA)
    for _n in range(5):
        client.post(path(receive()), {"mail": SORA})

    assert len(asked()) == 3


def test_one_that_waits_in_the_outbox_is_not_asked_twice(client: Client, message: Message) -> None:
    for _n in range(3):
        client.post(path(message), {"mail": SORA})

    assert len(asked()) == 1


def test_who_asks_too_often_is_told_so_and_keeps_what_was_typed(
    client: Client, message: Message
) -> None:
    for n in range(20):
        client.post(path(message), {"mail": f"sora{n}@example.org"})
    page = client.post(path(message), {"mail": SORA})

    assert page.status_code == 429
    assert SORA in page.content.decode()
    assert not Contact.objects.filter(index__in=[Contact.objects.reached_by("mail", SORA).index],
                                      follows__isnull=False).exists()  # fmt: skip


def test_a_wrong_address_is_said_in_plain_words_and_kept(client: Client, message: Message) -> None:
    page = client.post(path(message), {"mail": "nowhere"})

    assert page.status_code == 422
    assert 'value="nowhere"' in page.content.decode()
    assert not asked()


def test_this_was_not_me_ends_every_mail_to_the_address(client: Client, message: Message) -> None:
    client.post(path(message), {"mail": SORA})

    client.post(link(Follow.objects.get()), {"act": "refuse"})

    assert asked()[0].state == "cancelled"
    assert Contact.objects.get().refused_at is not None
    assert not Follow.objects.active().exists()


def test_what_is_not_public_can_not_be_followed(client: Client) -> None:
    private, held, hidden = receive(public=False), receive(held="tone"), receive()
    actions.report(hidden)

    answers = [
        getattr(client, way)(path(one), {"mail": SORA}).status_code
        for one in (private, held, hidden)
        for way in ("get", "post")
    ]

    assert answers == [404] * 6
    assert not Follow.objects.exists()


def test_a_mail_program_ends_it_by_one_post_and_the_page_takes_it_back(message: Message) -> None:
    client = Client(enforce_csrf_checks=True)
    one = follow(message)
    route(message, roads())
    sweep()
    mail = letter(owed("news")[0])
    address = mail.unsubscribe.removeprefix("http://localhost:8000")

    ended = client.post(address, ONE_CLICK)

    assert ended.status_code == 200
    one.refresh_from_db()
    assert not one.is_active
    headers = mail.as_message().as_bytes().decode()
    assert f"List-Unsubscribe: <{mail.unsubscribe}>\r\n" in headers
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in headers

    client.get(address)
    client.post(address, {"act": "undo"})

    one.refresh_from_db()
    assert one.is_active


def test_its_author_mutes_the_news_by_one_post_and_opens_nothing_else(client: Client) -> None:
    message = receive(contact=confirmed(SORA))
    route(message, roads())
    sweep()
    mail = letter(owed("news")[0])
    address = mail.unsubscribe.removeprefix("http://localhost:8000")
    assert message.token not in address

    client.post(address, ONE_CLICK)

    message.refresh_from_db()
    assert not message.wants_news
    assert client.get(f"/s/{message.code}/{message.mute_token}/").status_code == 404


@pytest.mark.parametrize("name", ["follow", "unsubscribe"])
def test_a_wrong_link_shows_what_an_unknown_number_shows(
    name: str, client: Client, message: Message
) -> None:
    one = follow(message)

    for wrong in (f"/{name}/{one.pk}/{'A' * 28}/", f"/{name}/999999/{one.token}/"):
        assert client.post(wrong).status_code == 404
    one.refresh_from_db()
    assert one.is_active


def test_mails_speak_the_language_somebody_followed_in(client: Client, message: Message) -> None:
    client.post(f"/en{path(message)}", {"mail": SORA})

    mail = letters.compose(asked()[0])

    assert mail.subject == f"[{message.code}] Do you want to follow it?"
    assert "/en/follow/" in mail.body


def test_pages_of_a_link_are_kept_by_nobody(client: Client, message: Message) -> None:
    one = follow(message)

    for name in ("follow", "unsubscribe"):
        page = client.get(link(one, name))
        assert page["Cache-Control"] == "no-store, private"
        assert page["Referrer-Policy"] == "no-referrer"


def test_a_follow_ends_with_its_address() -> None:
    message = receive(contact=("mail", SORA))
    one = follow(receive())
    contact = Contact.objects.get()

    actions.erase_person(contact, by=None, reason="asked", withdraw=False)

    one.refresh_from_db()
    assert one.contact is None
    assert not Follow.objects.active().exists()
    assert message.code
