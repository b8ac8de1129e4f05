"""The case page: what an officer finds on it, and who reads the original."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app import actions
from channels_app.models import Delivery, HeldReason, Message, Reading, RoutingRule
from channels_app.states import DeliveryState
from channels_app.text.routing import Weigher
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, somebody, words_of
from tests.pages.html import broken_promises
from tests.people import factories as people

pytestmark = pytest.mark.django_db

NUMBER, COVERED = "010-1234-5678", "010-****-****"
WORDS = f"보도블록이 들려 있어요. 전화는 {NUMBER} 입니다."


@pytest.mark.parametrize(
    ("who", "reads"),
    [("jun", True), ("centre", True), ("auditor", True), ("mayor", False)],
)
def test_the_original_is_read_by_few_and_each_reading_is_written_down(
    who: str, reads: bool, roads: Office, jun: User
) -> None:
    user = somebody(who, jun)
    message = voices.routed_to(roads, text=WORDS)

    page = people.signed_in_client(user).get(case_url(message))

    assert (NUMBER in page.content.decode()) is reads
    assert (COVERED in page.content.decode()) is not reads
    logged = list(Reading.objects.values_list("user", "message", "page"))
    assert logged == ([(user.pk, message.pk, "desk_case")] if reads else [])


def test_sora_reads_nothing_and_nothing_is_logged(roads: Office, sora: User) -> None:
    message = voices.routed_to(roads, text=WORDS)

    page = people.signed_in_client(sora).get(case_url(message))

    assert page.status_code == 403
    assert "보도블록" not in page.content.decode()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("act", "what", "pages"),
    [
        ("answer", {"act": "preview", "answer": "고치겠습니다"}, ["desk_preview"]),
        ("answer", {"act": "change", "answer": "고치겠습니다"}, ["desk_case"]),
        ("answer", {"act": "preview", "answer": ""}, ["desk_case"]),
        ("answer", {"act": "send", "answer": "고치겠습니다"}, []),
        ("hand-back", {"reason": ""}, ["desk_case"]),
        ("hand-back", {"reason": "아닙니다"}, []),
    ],
)
def test_every_page_with_the_original_is_a_reading_and_no_other(
    act: str, what: dict[str, str], pages: list[str], roads: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads, text=WORDS)

    page = press(at_desk, message, act, **what)

    assert (NUMBER in page.content.decode()) is bool(pages)
    assert list(Reading.objects.values_list("page", flat=True)) == pages


def test_the_mayors_office_sees_answers_masked_too(roads: Office, jun: User) -> None:
    message = voices.published_by(jun, roads, text=f"담당자 {NUMBER}", contact=None)
    client = people.signed_in_client(people.mayors_officer())

    page = client.get(case_url(message)).content.decode()

    assert COVERED in page
    assert NUMBER not in page


@pytest.mark.parametrize("who", ["jun", "auditor"])
def test_the_address_itself_is_on_no_page(who: str, roads: Office, jun: User) -> None:
    user = somebody(who, jun)
    message = voices.routed_to(roads, contact=("mail", "mina.kim@example.org"))
    Delivery.objects.filter(message=message).update(
        state=DeliveryState.FAILED,
        error_class="ContentRejected",
        why="552 <mina.kim@example.org> mailbox full",
    )

    page = people.signed_in_client(user).get(case_url(message))

    assert "mina" not in page.content.decode()
    assert "e-mail: not confirmed yet" in words_of(page)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeliveryState.QUEUED, "waiting to leave"),
        (DeliveryState.SENDING, "leaving now"),
        (DeliveryState.SENT, "sent"),
        (DeliveryState.CANCELLED, "not sent"),
        (DeliveryState.UNKNOWN, "may or may not have arrived"),
        (DeliveryState.FAILED, "could not be delivered"),
    ],
)
def test_a_delivery_says_in_words_how_it_is_and_who_has_to_act(
    state: str, words: str, roads: Office, at_desk: Client
) -> None:
    message = voices.routed_to(roads, contact=("mail", "mina@example.org"))
    Delivery.objects.filter(message=message).update(state=state, error_class="TargetGone")

    page = words_of(at_desk.get(case_url(message)))

    troubled = state in (DeliveryState.UNKNOWN, DeliveryState.FAILED)
    assert words in page
    assert (f"To act: {roads.name_en}" in page) is troubled


def test_a_mobile_number_waits_for_a_gateway_and_says_so(roads: Office, at_desk: Client) -> None:
    message = voices.routed_to(roads, contact=("phone", "+821012345678"))

    page = at_desk.get(case_url(message))

    assert "Text messages are not connected yet" in words_of(page)
    assert "-5678" not in page.content.decode()
    assert "45678" not in page.content.decode()


def test_suggested_offices_come_with_points_words_and_a_button(
    roads: Office, buses: Office
) -> None:
    for office, word, points in ((roads, "돌다리", 1.5), (buses, "나룻배", 1.0)):
        RoutingRule.objects.create(office=office, words=word, points=points)
    message = voices.receive("나룻배 앞 돌다리가 흔들려요")
    actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
    client = people.signed_in_client(people.centre_officer())

    page = client.get(case_url(message))

    assert "Points: 1.5. Words: 돌다리" in words_of(page)
    assert "Points: 1. Words: 나룻배" in words_of(page)
    assert f'name="office" value="{roads.pk}"' in page.content.decode()
    assert "needs a reader" in words_of(page)


def test_the_office_that_has_it_is_not_offered_again(roads: Office, at_desk: Client) -> None:
    RoutingRule.objects.create(office=roads, words="돌다리", points=5)
    message = voices.receive("돌다리가 흔들려요")
    actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))

    page = at_desk.get(case_url(message))

    assert "has it now" in words_of(page)
    assert f'name="office" value="{roads.pk}"' not in page.content.decode()


def test_a_closed_office_is_suggested_no_more(roads: Office, buses: Office) -> None:
    RoutingRule.objects.create(office=buses, words="돌다리", points=1)
    message = voices.receive("돌다리가 흔들려요")
    actions.consider(message, weigher=Weigher(RoutingRule.objects.terms()))
    Office.objects.filter(pk=buses.pk).update(closed=True)

    page = people.signed_in_client(people.centre_officer()).get(case_url(message))

    assert f'value="{buses.pk}"' not in page.content.decode()


def test_the_history_is_told_newest_first_with_names_and_reasons(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    actions.hand_back(message, reason="버스 일입니다", by=jun)
    actions.route(message, to=roads, by=people.centre_officer(), reason="보도 일입니다")

    page = words_of(at_desk.get(case_url(message)))

    assert page.index("보도 일입니다") < page.index("버스 일입니다") < page.index("Came in through")
    assert "준" in page


def test_what_is_late_is_said_in_words(roads: Office, at_desk: Client) -> None:
    with clock.at(timezone.now() - timedelta(days=30)):
        message = voices.routed_to(roads)

    assert "days late" in words_of(at_desk.get(case_url(message)))


def test_what_was_set_aside_can_be_taken_up_again(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    press(at_desk, message, "set-aside", reason="spam")
    page = at_desk.get(case_url(message))

    press(at_desk, message, "restore")

    message.refresh_from_db()
    assert "it is advertising or was sent by a machine" in words_of(page)
    assert "Take it up again" in words_of(page)
    assert (message.status, message.office) == ("received", people.centre())


def test_words_of_people_are_never_markup(roads: Office, jun: User, at_desk: Client) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    message = voices.routed_to(roads, text=nasty)
    actions.hand_back(message, reason=nasty, by=jun)
    actions.route(message, to=roads, by=people.centre_officer(), reason=nasty)
    actions.report(message, words=nasty)

    pages = [
        at_desk.get(case_url(message)),
        press(at_desk, message, "answer", act="preview", answer=nasty),
        press(at_desk, message, "answer", act="change", answer=nasty),
        press(at_desk, message, "answer", act="preview", answer=nasty, version=0),
    ]

    assert [page.status_code for page in pages] == [200, 200, 200, 409]
    for page in pages:
        assert "<script>alert" not in page.content.decode()
        assert "<img" not in page.content.decode()


def _lively(message: Message, roads: Office, jun: User, times: int) -> None:
    """Handed back, sent about, so many answers taken back, reports and deliveries."""
    centre = people.centre_officer()
    actions.hand_back(message, reason="아닙니다", by=jun)
    for _n in range(times):
        actions.route(message, to=people.make_office("buses"), by=centre)
        actions.route(message, to=roads, by=centre, reason="맞습니다")
        actions.answer(message, text="곧 갑니다", by=jun)
        actions.take_back(message, by=jun)
        actions.report(message, words="이상해요")
        actions.show(message, by=jun)


def test_the_page_costs_the_same_after_a_long_history(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads, contact=("mail", "mina@example.org"))
    _lively(message, roads, jun, 1)
    at_desk.get(case_url(message))
    with CaptureQueriesContext(connection) as young:
        at_desk.get(case_url(message))
    _lively(message, roads, jun, 10)

    with CaptureQueriesContext(connection) as old:
        at_desk.get(case_url(message))

    assert len(old) == len(young) <= 24


@pytest.mark.parametrize("who", ["jun", "centre", "auditor", "mayor"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_keeps_the_contract(language: str, who: str, roads: Office, jun: User) -> None:
    user = somebody(who, jun)
    message = voices.routed_to(roads, contact=("mail", "mina@example.org"))
    _lively(message, roads, jun, 1)
    actions.report(message)

    page = people.signed_in_client(user).get(case_url(message).replace("/en", language, 1))

    assert broken_promises(page.content.decode(), language.strip("/") or "ko") == []
    assert "no-store" in page["Cache-Control"]


def test_links_of_a_case_open_for_whoever_follows_them(
    roads: Office, buses: Office, jun: User, at_desk: Client
) -> None:
    """A similar case of another office leads to its public page, an own one stays in the list."""
    same = "보도블록이 들려 있어서 발이 걸려요"
    message, own = (voices.routed_to(roads, text=same, public=True) for _n in range(2))
    foreign = voices.routed_to(buses, text=same, public=True)

    page = at_desk.get(f"{case_url(message)}beside/?show=all").content.decode()

    assert f'href="{case_url(own)}?show=all"' in page
    assert f'href="{foreign.get_absolute_url()}"' in page
    assert case_url(foreign) not in page


def test_a_person_s_words_to_other_offices_are_not_gathered_beside_a_case(
    roads: Office, buses: Office, at_desk: Client, at_centre: Client
) -> None:
    mina = ("mail", "mina@example.org")
    message = voices.routed_to(roads, contact=mina)
    own = voices.routed_to(roads, text="가로등이 꺼졌어요", contact=mina)
    voices.routed_to(buses, text="막차가 너무 빨라요", public=True, contact=mina)

    assert at_desk.get(case_url(message)).context["others"] == [own]
    assert len(at_centre.get(case_url(message)).context["others"]) == 2


def test_a_private_case_of_the_same_office_is_offered_to_be_joined(
    roads: Office, at_desk: Client
) -> None:
    same = "보도블록이 들려 있어서 발이 걸려요"
    message, other = (voices.routed_to(roads, text=same, public=False) for _n in range(2))

    (alike,) = at_desk.get(case_url(message)).context["alike"]

    assert (alike.message, alike.may_lead) == (other, True)
    mayors = people.signed_in_client(people.mayors_officer())
    assert mayors.get(case_url(message)).context["alike"] == []


def test_what_was_held_as_a_flood_is_not_said_to_be_weighed(at_centre: Client) -> None:
    message = voices.receive("버스가 안 와요", held=HeldReason.MACHINE)

    page = words_of(at_centre.get(case_url(message)))

    assert "The rules have not looked at these words" in page
    assert "The rules found no office" not in page
