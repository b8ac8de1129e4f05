"""Each button for each person in each state: who gets on, who is turned away, and how."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from channels_app import actions
from channels_app.models import Message, Publication, Reading
from channels_app.states import MessageStatus
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, somebody, words_of
from tests.people import factories as people

pytestmark = pytest.mark.django_db

WRITTEN = "내일 고치겠습니다."
STATES = ("received", "routed", "answered", "replied", "set_aside")
ACTS = ("route", "hand_back", "set_aside", "restore", "hide", "answer", "take_back")
# A column is an act, in the order of ACTS; a public message, so `show` is never its time.
TABLE = {
    "jun": {
        "received": (403, 403, 403, 403, 403, 403, 403),  # it lies with the centre
        "routed": (302, 302, 302, 409, 302, 302, 409),
        "answered": (409, 409, 409, 409, 302, 409, 302),
        "replied": (409, 409, 409, 409, 302, 409, 409),
        "set_aside": (409, 409, 409, 302, 302, 409, 409),
    },
    "centre": {
        "received": (302, 403, 302, 409, 302, 409, 409),  # the centre holds it, but finds an office
        "routed": (302, 403, 302, 409, 302, 403, 403),
        "answered": (409, 403, 409, 409, 302, 403, 403),
        "replied": (409, 403, 409, 409, 302, 403, 403),
        "set_aside": (409, 403, 409, 302, 302, 403, 403),
    },
    **{who: dict.fromkeys(STATES, (403,) * 7) for who in ("sora", "mayor", "auditor", "keeper")},
}
CELLS = [(who, state) for who, states in TABLE.items() for state in states]


@pytest.fixture
def in_state(roads: Office, jun: User) -> Callable[[str], Message]:
    """A message of Jun's office that has come so far."""
    make: dict[str, Callable[[], Message]] = {
        "received": voices.receive,
        "routed": lambda: voices.routed_to(roads),
        "answered": lambda: voices.answered_by(jun, roads).message,
        "replied": lambda: voices.published_by(jun, roads),
        "set_aside": lambda: actions.set_aside(voices.routed_to(roads), reason="spam", by=jun),
    }
    return lambda state: Message.objects.get(pk=make[state]().pk)


@pytest.fixture
def client_of(jun: User, sora: User) -> Callable[[str], Client]:
    """The browser of each person in the table."""
    return lambda who: people.signed_in_client(sora if who == "sora" else somebody(who, jun))


def typed(act: str, buses: Office) -> dict[str, Any]:
    """What a person fills in before the button."""
    fields: dict[str, dict[str, Any]] = {
        "route": {"office": buses.pk, "reason": "버스 일입니다"},
        "hand_back": {"reason": "우리 일이 아닙니다"},
        "set_aside": {"reason": "spam", "note": "광고"},
        "hide": {"reason": "personal"},
        "answer": {"act": "send", "answer": WRITTEN},
    }
    return fields.get(act, {})


@pytest.mark.parametrize(("who", "state"), CELLS)
def test_each_button_for_each_person_in_each_state(
    who: str,
    state: str,
    in_state: Callable[[str], Message],
    client_of: Callable[[str], Client],
    buses: Office,
) -> None:
    client, untouched = client_of(who), in_state(state)
    found = {}
    for act, status in zip(ACTS, TABLE[who][state], strict=True):
        message = in_state(state) if status == 302 else untouched
        before = message.version, message.status, message.publication

        page = press(client, message, act.replace("_", "-"), **typed(act, buses))

        message.refresh_from_db()
        changed = (message.version, message.status, message.publication) != before
        found[act] = (page.status_code, changed)

    table = zip(ACTS, TABLE[who][state], strict=True)
    assert found == {act: (status, status == 302) for act, status in table}


@pytest.mark.parametrize(("who", "state"), CELLS)
def test_the_page_has_exactly_the_buttons_that_work(
    who: str, state: str, in_state: Callable[[str], Message], client_of: Callable[[str], Client]
) -> None:
    message = in_state(state)

    html = client_of(who).get(case_url(message)).content.decode()

    found = {act for act in ACTS if f'action="{case_url(message, act.replace("_", "-"))}"' in html}
    table = zip(ACTS, TABLE[who][state], strict=True)
    assert found == {act for act, status in table if status == 302}


@pytest.mark.parametrize("who", ["jun", "centre", "sora", "mayor", "auditor", "keeper"])
def test_who_opens_the_page_of_a_case(
    who: str, in_state: Callable[[str], Message], client_of: Callable[[str], Client]
) -> None:
    message = in_state("routed")

    page = client_of(who).get(case_url(message))

    assert page.status_code == (403 if who in ("sora", "keeper") else 200)


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ("route", {"office": "", "reason": "왜냐하면"}),
        ("route", {"office": "999999"}),
        ("hand-back", {"reason": "  "}),
        ("set-aside", {"reason": "", "note": "왜냐하면"}),
        ("set-aside", {"reason": "because"}),
        ("hide", {"reason": ""}),
        ("hide", {"reason": "reported"}),  # readers report, officers do not
        ("answer", {"answer": " \r\n "}),
        ("answer", {"answer": "가" * 10_001}),
    ],
)
def test_what_is_missing_comes_back_in_words_with_what_was_typed(
    act: str, what: dict[str, str], in_state: Callable[[str], Message], at_desk: Client
) -> None:
    message = in_state("routed")

    page = press(at_desk, message, act, **what)

    message.refresh_from_db()
    html = page.content.decode()
    assert page.status_code == 422
    assert message.version == 1
    assert 'class="error-summary"' in html
    assert 'aria-invalid="true"' in html
    assert "<title>Error: " in html
    assert all(text in html for text in what.values() if text.strip() and text != "999999")
    assert "<details open>" in html or act in ("route", "answer")


@pytest.mark.parametrize(
    ("act", "what", "kept"),
    [
        ("route", {"reason": "교통 일입니다"}, "교통 일입니다"),
        ("hand-back", {"reason": "우리 일이 아닙니다"}, "우리 일이 아닙니다"),
        ("set-aside", {"reason": "spam", "note": "광고 같아요"}, "광고 같아요"),
        ("answer", {"act": "preview", "answer": WRITTEN}, WRITTEN),
        ("answer", {"act": "send", "answer": WRITTEN}, WRITTEN),
        ("answer", {"act": "send", "answer": "가" * 10_001}, "가" * 10_001),
    ],
)
def test_a_page_that_was_overtaken_changes_nothing_and_gives_the_words_back(
    act: str,
    what: dict[str, str],
    kept: str,
    roads: Office,
    buses: Office,
    jun: User,
    at_desk: Client,
) -> None:
    message = voices.routed_to(roads)
    actions.hand_back(message, reason="아닙니다", by=jun)
    message = actions.route(message, to=roads, by=people.centre_officer())

    office = {"office": buses.pk} if act == "route" else {}
    page = press(at_desk, message, act, **what, **office, version=1)

    message.refresh_from_db()
    assert page.status_code == 409
    assert message.version == 3
    assert not message.replies.exists()
    assert kept in page.content.decode()
    assert f'href="{case_url(message)}"' in page.content.decode()


def test_a_form_without_its_version_is_overtaken_too(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)

    assert press(at_desk, message, "restore", version="").status_code == 409
    assert press(at_desk, message, "hand-back", reason="아닙니다", version="").status_code == 409


def test_what_another_office_got_meanwhile_gives_the_words_back(
    roads: Office, buses: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    actions.route(message, to=buses, by=jun)

    page = press(at_desk, message, "answer", act="preview", answer=WRITTEN, version=1)

    assert page.status_code == 403
    assert WRITTEN in page.content.decode()


def test_routing_goes_on_to_the_queue_and_leaves_the_public_date(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    due_at = message.due_at

    page = press(at_desk, message, "route", office=buses.pk, reason="버스 일입니다")

    message.refresh_from_db()
    assert page["Location"] == "/en/admin/triage/"
    assert (message.office, message.due_at) == (buses, due_at)


def test_the_one_button_of_a_suggestion_routes(roads: Office, buses: Office) -> None:
    message = voices.receive()
    client = people.signed_in_client(people.centre_officer())

    press(client, message, "route", office=roads.pk)

    message.refresh_from_db()
    assert (message.status, message.office) == (MessageStatus.ROUTED, roads)


def test_to_the_office_that_has_it_nothing_is_routed(roads: Office, at_desk: Client) -> None:
    assert press(at_desk, voices.routed_to(roads), "route", office=roads.pk).status_code == 422


def test_hiding_and_showing_again(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)
    press(at_desk, message, "hide", reason="personal")
    hidden = at_desk.get(case_url(message))

    page = press(at_desk, message, "show")

    message.refresh_from_db()
    assert "it names or shows a person" in words_of(hidden)
    assert page.status_code == 302
    assert message.publication == Publication.PUBLIC


@pytest.mark.parametrize("act", ["hide", "show"])
def test_what_a_reader_reported_is_decided_either_way(
    act: str, roads: Office, at_desk: Client
) -> None:
    message = actions.report(voices.routed_to(roads), words="전화번호가 보여요")
    page = at_desk.get(case_url(message))

    press(at_desk, message, act, reason="personal")

    message.refresh_from_db()
    assert "전화번호가 보여요" in words_of(page)
    assert message.publication == ("public" if act == "show" else "hidden")
    assert message.publication_due_at is None


def test_what_was_sent_to_the_office_only_is_never_shown(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads, public=False)

    assert press(at_desk, message, "show").status_code == 409
    assert press(at_desk, message, "hide", reason="personal").status_code == 409
    message.refresh_from_db()
    assert message.publication == Publication.PRIVATE


@pytest.mark.parametrize("act", [*ACTS, "show"])
def test_no_button_is_pressed_by_a_link(act: str, roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads)

    assert at_desk.get(case_url(message, act.replace("_", "-"))).status_code == 405


@pytest.mark.parametrize("act", ["", *ACTS, "show"])
def test_nobody_comes_in_without_signing_in(act: str, roads: Office) -> None:
    message = voices.routed_to(roads)

    page = press(Client(), message, act.replace("_", "-"), answer=WRITTEN)

    assert page.status_code == 403
    assert not Reading.objects.exists()


def test_an_unknown_number_is_no_page(at_desk: Client) -> None:
    assert at_desk.get("/en/admin/case/S-2026-999999/").status_code == 404
