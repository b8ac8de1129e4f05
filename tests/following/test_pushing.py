"""Notices of a browser: opened by its keys alone, sent once, and ended where nobody is there."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from channels_app import actions, networks, tasks
from channels_app.connectors import push
from channels_app.models import Delivery, Follow, Lane, Message
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import receive
from tests.faults.city import build_city
from tests.faults.house import House
from tests.following.browsers import Browser, Door, door, pushes
from tests.following.readers import follow, route
from tests.ledger import check_ledger
from tests.people import factories as people

SECRET = "제 번호는 010-1234-5678입니다."


@pytest.fixture
def roads(house: House) -> Office:
    """The office of a city of its own."""
    return build_city()


@pytest.fixture
def maker(settings: Settings) -> Iterator[Door]:
    """Where browsers are reached; nobody waits for a worker."""
    settings.KICKS = False
    with door(settings) as one:
        yield one


def changed(roads: Office, **said: str) -> Message:
    """A public message that has just been given to the roads."""
    message = receive(**said)
    return route(message, roads, people.centre_officer())


def told() -> None:
    """What the sweep does once nobody can take back any more what was done."""
    actions.tell_news(list(Message.objects.values_list("pk", flat=True)))


def fresh(row: Delivery) -> Delivery:
    """As the database has it now."""
    return Delivery.objects.get(pk=row.pk)


def test_a_browser_is_told_what_everyone_may_read_and_how_to_stop(
    roads: Office, maker: Door
) -> None:
    message = receive(text=f"보도블록이 들렸어요. {SECRET}")
    phone = maker.browser("mina")
    one = phone.follow(message)
    route(message, roads, people.centre_officer())
    told()

    tasks.send_pushes()
    tasks.send_pushes()

    (heard,) = maker.told(phone)
    assert message.code in heard["title"]
    assert "보도블록이 들렸어요" in heard["body"]
    assert "1234-5678" not in json.dumps(heard, ensure_ascii=False)
    assert heard["link"] == message.get_absolute_url()
    assert heard["stop"] == f"/unsubscribe/{one.pk}/{one.token}/"
    (signed,) = maker.signatures()
    assert signed["sub"].startswith("mailto:")
    (row,) = pushes()
    assert row.state == "sent"
    check_ledger(settled=False)


def test_nobody_on_the_way_can_read_it(roads: Office, maker: Door) -> None:
    message = receive(text="보도블록이 들렸어요")
    maker.browser("mina").follow(message)
    other = maker.browser("other")
    route(message, roads, people.centre_officer())
    told()

    tasks.send_pushes()

    ((_path, headers, body),) = maker.came
    assert headers["content-encoding"] == "aes128gcm"
    assert int(headers["ttl"]) > 0
    assert message.code.encode() not in body
    with pytest.raises(Exception, match="Decryption"):
        other.open(body)


def test_each_speaks_the_language_of_the_page_it_was_pressed_on(roads: Office, maker: Door) -> None:
    message = receive()
    phone = maker.browser("robin")
    phone.follow(message, language="en")
    route(message, roads, people.centre_officer())
    told()

    tasks.send_pushes()

    (heard,) = maker.told(phone)
    assert "News" in heard["title"]
    assert heard["link"].startswith("/en/s/")
    assert heard["stop_words"] == "Stop"


def test_answers_and_dates_that_pass_reach_browsers_too(roads: Office, maker: Door) -> None:
    jun = people.officer_of(roads)
    message = changed(roads)
    told()
    maker.browser("mina").follow(message)

    reply = actions.answer(Message.objects.get(pk=message.pk), text="고쳤습니다", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
        told()
        tasks.send_pushes()

    assert [row.event for row in pushes()] == ["answer"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_follows_nothing_and_lies_with_nobody(
    status: int, roads: Office, maker: Door
) -> None:
    first, second = receive(), receive()
    phone = maker.browser("mina")
    for message in (first, second):
        phone.follow(message)
        route(message, roads, people.centre_officer())
    told()
    maker.answer = (status, {})

    tasks.send_pushes()

    assert len(maker.came) == 1
    assert not Follow.objects.active().exists()
    assert {row.state for row in pushes()} == {"cancelled"}
    assert not Delivery.objects.troubled_beside().exists()


def test_a_maker_that_has_enough_of_us_is_left_alone_so_long_and_others_go_on(
    roads: Office, maker: Door
) -> None:
    message = receive()
    for name in ("patient", "mina"):
        maker.browser(name).follow(message)
    route(message, roads, people.centre_officer())
    told()
    maker.by_path["/patient"] = (429, {"Retry-After": "1800"})

    before = clock.now()
    tasks.send_pushes()

    waits, went = pushes()
    assert (waits.state, waits.error_class, went.state) == ("queued", "RateLimited", "sent")
    assert waits.next_at >= before + timedelta(seconds=1800)
    assert not Lane.objects.exists()
    del maker.by_path["/patient"]
    with clock.at(waits.next_at):
        tasks.send_pushes()
    assert fresh(waits).state == "sent"


@pytest.mark.parametrize(
    ("answer", "error_class", "state"),
    [
        (500, "Transient", "queued"),
        (403, "Forbidden", "failed"),
        (413, "ContentRejected", "failed"),
        (307, "ContentRejected", "failed"),
        (0, "OutcomeUnknown", "queued"),
    ],
)
def test_what_becomes_of_the_row(
    answer: int, error_class: str, state: str, roads: Office, maker: Door
) -> None:
    message = receive()
    maker.browser("mina").follow(message)
    route(message, roads, people.centre_officer())
    told()
    maker.answer = (answer, {"Location": f"{maker.origin}/elsewhere"})

    tasks.send_pushes()

    (row,) = pushes()
    assert (row.error_class, row.state) == (error_class, state)
    assert row.repeated == (error_class == "OutcomeUnknown")
    assert len(maker.came) == 1
    assert Follow.objects.active().exists()


def test_where_nobody_listens_it_is_tried_again(
    roads: Office, maker: Door, settings: Settings
) -> None:
    message = receive()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        place = f"127.0.0.1:{closed.getsockname()[1]}"
    settings.PUSH_ALSO = [place]
    Browser(f"http://{place}/mina").follow(message)
    route(message, roads, people.centre_officer())
    told()

    tasks.send_pushes()

    (row,) = pushes()
    assert (row.state, row.error_class, row.repeated) == ("queued", "Transient", False)


def test_a_silent_maker_is_left_in_time(
    roads: Office, maker: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "PATIENCE", 0.5)
    message = receive()
    maker.browser("mina").follow(message)
    route(message, roads, people.centre_officer())
    told()
    maker.silence = 5.0

    before = clock.now()
    tasks.send_pushes()

    assert clock.now() - before < timedelta(seconds=3)
    assert pushes()[0].error_class == "OutcomeUnknown"


def test_browsers_keep_no_mail_waiting(roads: Office, maker: Door) -> None:
    message = receive()
    maker.browser("mina").follow(message)
    follow(message)
    route(message, roads, people.centre_officer())
    told()

    claimed = Delivery.objects.claim("a sender of mail")

    assert claimed is not None
    assert claimed.channel == "mail"


def test_a_sender_that_dies_repeats_once_and_the_browser_shows_one(
    roads: Office, maker: Door
) -> None:
    message = receive()
    phone = maker.browser("mina")
    phone.follow(message)
    route(message, roads, people.centre_officer())
    told()
    row = Delivery.objects.claim("one that dies", channel="push")
    assert row is not None
    lost = push.Notice(key="lost", text='{"tag": "lost on the way back"}', device=phone.device)
    networks.carrier("push").send(lost)
    Delivery.objects.update(lease_until=clock.now() - timedelta(seconds=1))

    tasks.send_stale()
    tasks.send_stale()
    tasks.send_pushes()
    tasks.send_pushes()

    assert (fresh(row).state, fresh(row).repeated) == ("sent", True)
    assert [heard["tag"] for heard in maker.told(phone)[1:]] == [str(row.key)]


def test_without_a_key_the_lane_is_paused_and_nothing_is_lost(
    roads: Office, maker: Door, settings: Settings
) -> None:
    message = receive()
    maker.browser("mina").follow(message)
    route(message, roads, people.centre_officer())
    told()
    key, settings.VAPID_KEY = settings.VAPID_KEY, ""

    tasks.send_pushes()
    tasks.send_pushes()

    assert Lane.objects.get().channel == "push"
    assert pushes()[0].state == "queued"
    settings.VAPID_KEY = key
    with clock.at(clock.now() + timedelta(minutes=11)):
        actions.try_paused_lanes()
        tasks.send_pushes()
    assert pushes()[0].state == "sent"
    assert not maker.told(maker.browser("nobody"))
