"""The stream and the kept pages of the real web server, with a real Valkey, or without one."""

import http.client
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels_app import actions
from channels_app.live_rules import LIVE
from people.models import Office
from tests.channels_app.factories import WORDS, published_by, receive
from tests.faults.browser import Browser
from tests.faults.house import House, until
from tests.live.listening import listening, read
from tests.people import factories as people
from tests.search.looking import amend

pytestmark = pytest.mark.slow
POLL = "/live/wall.json"


def test_a_commit_is_heard_by_all_and_no_word_of_it(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web(workers=2)
    with ThreadPoolExecutor(8) as pool:
        lines = [pool.submit(_first_of, port, 2) for _one in range(8)]
        receive(public=False)
        receive()
        second = receive()
        heard = [one.result() for one in lines]

    for event, text in heard:
        assert event.keys() == {"live", "last", "came", "answered", "bell"}
        assert event["last"] == second.pk
        assert WORDS[:4] not in text
        assert second.code not in text


def _first_of(port: int, came: int) -> tuple[dict[str, object], str]:
    with listening(port) as line:
        return line.hears("came", came), line.text


def test_an_answer_and_a_report_are_heard(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    message = published_by(people.officer_of(roads), roads)

    with listening(port) as line:
        line.hears("answered", 1)
    actions.report(message)
    with listening(port) as line:
        line.hears("came", 0)


def test_who_never_reads_harms_nobody(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    with listening(port) as mina:
        deaf = [listening(port, room=1024) for _one in range(50)]
        for one in deaf:
            one.__enter__()
        receive()
        mina.hears("came", 1)
        assert read(port, POLL)[0] == 200
        for one in deaf:
            one.__exit__(None, None, None)


def test_valkey_dies_and_the_page_still_hears_it(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    with listening(port) as line:
        events = line.events()
        until(lambda: next(events)["bell"])

        house.kill_valkey()
        message = receive()

        told = {"live": True, "last": message.pk, "came": 1, "answered": 0, "bell": False}
        until(lambda: next(events) == told)
        assert read(port, POLL)[0] == 200
        house.valkey.start()
        until(lambda: next(events)["bell"], within=60)


def test_without_valkey_the_poll_answers(house: House, roads: Office) -> None:
    port = house.start_web()
    receive()

    status, headers, body = read(port, POLL)

    assert (status, '"came": 1' in body) == (200, True)
    assert read(port, POLL, If_None_Match=headers["ETag"])[0] == 304


def test_the_database_goes_and_the_stream_waits_for_it(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    with listening(port) as line:
        events = line.events()
        next(events)
        house.lock_out()
        until(lambda: Browser(port).get("/").status == 503)
        house.let_in()
        receive()

        until(lambda: next(events)["came"] == 1)


def test_switched_off_the_stream_says_so_and_ends(house: House, roads: Office) -> None:
    port = house.start_web()
    with listening(port) as line:
        events = line.events()
        assert next(events)["live"]

        amend(LIVE, "off")

        assert list(events)[-1] == {"live": False}
    assert "retry: 60000" in line.text


@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_the_stream_is_only_read(house: House, method: str) -> None:
    port = house.start_web()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, "/live/wall")

    assert line.getresponse().status == 405
    line.close()


def test_a_hidden_case_leaves_within_five_seconds(house: House, roads: Office) -> None:
    port = house.start_web(workers=2)
    message = receive()
    path = message.get_absolute_url()
    until(lambda: "Age" in read(port, path)[1] and WORDS[:4] in read(port, path)[2])

    actions.report(message)

    until(lambda: read(port, path)[0] == 404, within=5)
    until(lambda: [read(port, path)[0] for _time in range(20)] == [404] * 20, within=5)


def test_the_address_alone_decides_the_language(house: House, roads: Office) -> None:
    port = house.start_web()
    path = receive().get_absolute_url()

    korean = read(port, path, Accept_Language="en")[2]
    english = read(port, f"/en{path}", Accept_Language="ko")[2]

    assert '<html lang="ko">' in korean
    assert '<html lang="en">' in english
    for words in (korean, english):
        assert "csrf" not in words.lower()


def test_a_kept_page_is_the_page_itself(house: House, roads: Office) -> None:
    port = house.start_web()
    path = receive().get_absolute_url()
    own = {"Cookie": "flavour=plain"}

    kept, whole = read(port, path), read(port, path, **own)

    assert "Age" in kept[1]
    assert "Age" not in whole[1]
    assert kept[2] == whole[2]
    mine = {"age", "date", "x-request-id", "content-length"}
    left = [
        {name.lower(): value for name, value in one[1].items() if name.lower() not in mine}
        for one in (kept, whole)
    ]
    assert left[0] == left[1]
    assert "set-cookie" not in left[0]


def test_a_wrong_host_is_refused_however_often_the_page_was_read(
    house: House, roads: Office
) -> None:
    port = house.start_web()
    path = receive().get_absolute_url()
    assert [read(port, path)[0] for _time in range(3)] == [200] * 3

    assert read(port, path, Host="evil.example")[0] == 400
    assert read(port, path)[0] == 200


def test_a_private_case_is_kept_from_everybody(house: House, roads: Office) -> None:
    port = house.start_web()
    message = receive(public=False)

    public = read(port, message.get_absolute_url())
    author = [read(port, message.private_url()) for _time in range(2)]

    assert public[0] == 404
    assert [one[0] for one in author] == [200, 200]
    assert all("Age" not in one[1] and "no-store" in one[1]["Cache-Control"] for one in author)
