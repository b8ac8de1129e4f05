"""The publication desk: whose rows, how they are grouped, what one press does, what it costs."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from channels_app import actions
from channels_app.models import HeldReason, Message, Reading
from desk.cards import VIEWS
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE, case_url, press, somebody, words_of
from tests.pages.html import broken_promises
from tests.people import factories as people
from tests.photos import pictures

pytestmark = pytest.mark.django_db
DESK = "/en/admin/publication/"
SCREEN = f"{DESK}screen/"


@pytest.fixture
def at_centre(db: None) -> Client:
    """An officer of the centre."""
    return people.signed_in_client(people.centre_officer())


def shelf(client: Client, show: str = "held", after: str = "") -> Any:
    """The cards of one page."""
    page = client.get(DESK, {"show": show, "after": after})
    assert page.status_code == 200
    return page.context["shelf"]


def every_card(client: Client, show: str = "held") -> list[Any]:
    """The cards of all pages, as a person without JavaScript reads them."""
    found, after = [], ""
    while True:
        one = shelf(client, show, after)
        found += one.cards
        if not (after := one.next_key):
            return found


def decide(client: Client, verdict: str, *cards: Any, show: str = "held", **typed: str) -> Any:
    """Press a button of a card, or of the bar with these chosen."""
    keys = [card.key for card in cards]
    return client.post(
        SCREEN, {"show": show, "card": keys, "verdict": verdict, **typed}, follow=True
    )


def test_the_oldest_due_comes_first_and_copies_are_one_card(at_centre: Client) -> None:
    first = voices.receive("욕이 있는 말", held=HeldReason.TONE)
    copies = [voices.receive("같은 말", held=HeldReason.REPEATED) for _n in range(3)]

    cards = shelf(at_centre).cards

    assert [(card.message.code, card.count) for card in cards] == [
        (first.code, 1),
        (copies[0].code, 3),
    ]
    assert "× 3 with the same words" in words_of(at_centre.get(DESK))


@pytest.mark.parametrize("show", list(VIEWS))
@pytest.mark.parametrize("who", ["jun", "centre", "mayor"])
def test_every_count_is_exactly_the_messages_behind_it(
    who: str, show: str, roads: Office, jun: User
) -> None:
    client = people.signed_in_client(somebody(who, jun))
    for _n in range(25):
        voices.receive(f"{_n}", held=HeldReason.REPEATED)
    for _n in range(3):
        voices.routed_to(roads, held=HeldReason.TONE)
        actions.report(voices.routed_to(roads))
        actions.hide(voices.routed_to(roads), reason="abuse", by=jun)

    counts = {view.name: view.count for view in client.get(DESK).context["views"]}

    assert sum(card.count for card in every_card(client, show)) == counts[show]
    if who == "mayor":
        assert counts[show] == 0


def test_what_is_late_is_counted_beside_its_view(at_centre: Client) -> None:
    late, young = (voices.receive(words, held=HeldReason.TONE) for words in ("첫째 말", "둘째 말"))
    passed = clock.now() - timedelta(minutes=1)
    Message.objects.filter(pk=late.pk).update(publication_due_at=passed)

    page = at_centre.get(DESK)

    assert [(view.name, view.count, view.late) for view in page.context["views"]] == [
        ("held", 2, 1),
        ("reported", 0, 0),
        ("decided", 0, 0),
    ]
    assert "Held 1 late 2" in words_of(page)
    assert young.code in words_of(page)


def test_one_press_sets_all_copies_aside_and_none_that_came_later(at_centre: Client) -> None:
    for _n in range(40):
        voices.receive("같은 말", held=HeldReason.REPEATED)
    (card,) = shelf(at_centre).cards
    late = voices.receive("같은 말", held=HeldReason.REPEATED)

    page = decide(at_centre, "set_aside", card, aside_reason="spam")

    assert "40 messages are set aside" in words_of(page)
    assert Message.objects.filter(status="set_aside").count() == 40
    assert [card.message.code for card in shelf(at_centre).cards] == [late.code]


def test_the_same_words_about_another_place_are_another_card(at_centre: Client) -> None:
    for place in ("합정역", "합정역", "욕이 적힌 곳"):
        voices.receive("같은 말", held=HeldReason.REPEATED, place=place)

    assert [card.count for card in shelf(at_centre).cards] == [2, 1]


def test_photos_are_shown_small_and_to_see_them_is_a_reading(
    at_centre: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    message = pictures.drawn(2, held=HeldReason.PHOTO)

    page = at_centre.get(DESK).content.decode()

    assert page.count("/small/") == 2
    assert "It has 2 photos" in words_of(at_centre.get(DESK))
    read = Reading.objects.filter(page="desk_publication")
    assert {row.message_id for row in read} == {message.pk}


def test_chosen_cards_are_decided_together(at_centre: Client) -> None:
    voices.receive("하나", held=HeldReason.TONE)
    voices.receive("둘", held=HeldReason.TONE, public=False)
    voices.receive("셋", held=HeldReason.BURST, public=False)

    page = decide(at_centre, "show", *shelf(at_centre).cards)

    assert "2 messages are let through" in words_of(page)
    assert sorted(Message.objects.values_list("publication", flat=True)) == [
        "private",
        "private",
        "public",
    ]


def test_who_was_faster_is_named(at_centre: Client) -> None:
    one, other = (voices.receive(text, held=HeldReason.TONE) for text in ("하나", "둘"))
    cards = shelf(at_centre).cards
    actions.hide(one, reason="abuse", by=people.centre_officer())

    page = decide(at_centre, "show", *cards)

    assert f"left as it is: {one.code}" in words_of(page)
    other.refresh_from_db()
    assert other.is_public


def test_a_reason_has_to_be_chosen_and_what_was_chosen_stays(at_centre: Client) -> None:
    for text in ("하나", "둘"):
        voices.receive(text, held=HeldReason.TONE)
    cards = shelf(at_centre).cards

    page = decide(at_centre, "hide", *cards, at="bulk")

    html = page.content.decode()
    assert page.status_code == 422
    assert 'href="#hide_reason-bulk"' in html
    assert len(re.findall(r'name="card"[^>]*form="bulk" checked', html)) == 2
    assert Message.objects.held().count() == 2


def test_nothing_chosen_is_said_in_plain_words(at_centre: Client) -> None:
    page = decide(at_centre, "show")

    assert page.status_code == 422
    assert "Choose at least one message." in words_of(page)


@pytest.mark.parametrize("card", ["nonsense", "S-2026-000001:x", "' OR 1=1", "S-2026-000001"])
def test_a_card_nobody_gave_out_decides_nothing(card: str, at_centre: Client) -> None:
    page = at_centre.post(SCREEN, {"card": card, "verdict": "show"})

    assert page.status_code == 422


def test_reported_ones_show_the_readers_words_masked(at_centre: Client) -> None:
    actions.report(voices.receive(), words="이웃 이름이 나와요 010-1234-5678")

    page = words_of(at_centre.get(DESK, {"show": "reported"}))

    assert "이웃 이름이 나와요 010-****-****" in page
    assert "held" not in [card.message.publication for card in shelf(at_centre, "reported").cards]


def test_the_desk_shows_masked_words_and_logs_no_reading(at_centre: Client) -> None:
    message = voices.receive("010-1234-5678로 전화 주세요", held=HeldReason.TONE)

    page = at_centre.get(DESK).content.decode()

    assert "010-****-****" in page
    assert "1234-5678" not in page
    assert case_url(message) in page
    assert not Reading.objects.exists()


def test_what_was_decided_can_be_decided_otherwise(at_centre: Client) -> None:
    for _n in range(3):
        voices.receive("같은 말", held=HeldReason.REPEATED)
    decide(at_centre, "set_aside", *shelf(at_centre).cards, aside_reason="spam")
    (card,) = shelf(at_centre, "decided").cards
    assert card.count == 3

    page = decide(at_centre, "restore", card, show="decided")

    assert "3 messages are taken up again" in words_of(page)
    assert shelf(at_centre).cards[0].count == 3


def test_an_office_sees_and_decides_its_own_only(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    mine = voices.routed_to(roads, held=HeldReason.TONE)
    other = voices.routed_to(buses, held=HeldReason.TONE)
    (card,) = shelf(at_desk).cards
    assert card.message == mine

    key = {"card": f"{other.code}:{other.pk}", "verdict": "show"}
    page = at_desk.post(SCREEN, key, follow=True)

    other.refresh_from_db()
    assert other.is_held
    assert "left as it is" in words_of(page)


@pytest.mark.parametrize("who", ["auditor", "keeper"])
def test_who_acts_for_nobody_has_no_business_here(who: str, jun: User) -> None:
    client = people.signed_in_client(somebody(who, jun))

    assert client.get(DESK).status_code == 403
    assert client.post(SCREEN, {}).status_code == 403
    assert DESK not in client.get(QUEUE).content.decode()


def test_every_officers_page_says_how_much_waits(at_centre: Client) -> None:
    voices.receive(held=HeldReason.TONE)
    actions.report(voices.receive())

    page = words_of(at_centre.get(QUEUE))

    assert "Publication 2" in page


def test_the_queue_keeps_held_and_reported_apart(at_centre: Client) -> None:
    voices.receive(held=HeldReason.TONE)

    page = at_centre.get(QUEUE, {"show": "reported"})

    assert page.context["page"].rows == []


def test_the_case_page_says_why_it_is_held_and_lets_it_through(at_centre: Client) -> None:
    message = voices.receive(held=HeldReason.BURST, public=False)
    case = words_of(at_centre.get(case_url(message)))
    assert "This is held: many messages came at once." in case
    assert "Hide it from readers" not in case

    press(at_centre, message, "show")

    assert "is let through to the office" in words_of(at_centre.get(case_url(message)))


def test_the_page_costs_the_same_at_ten_cards_and_at_a_hundred(at_centre: Client) -> None:
    def fill(count: int) -> None:
        for _n in range(count):
            voices.receive(f"{_n}", held=HeldReason.TONE)
            actions.report(voices.receive(f"{_n}"))
            actions.hide(voices.receive(f"{_n}"), reason="abuse", by=centre)

    centre = people.centre_officer()
    fill(10)
    at_centre.get(DESK)
    costs = []
    for _n in range(2):
        for show in VIEWS:
            with CaptureQueriesContext(connection) as asked:
                at_centre.get(DESK, {"show": show})
            costs.append(len(asked))
        fill(15)

    assert costs[:3] == costs[3:]
    assert max(costs) <= 15


@pytest.mark.parametrize("show", list(VIEWS))
@pytest.mark.parametrize("path", ["/admin/publication/", DESK])
def test_the_page_keeps_the_contract(path: str, show: str, at_centre: Client) -> None:
    centre = people.centre_officer()
    voices.receive(held=HeldReason.TONE)
    voices.receive(held=HeldReason.BURST, public=False)
    actions.report(voices.receive(), words="이름")
    actions.hide(voices.receive(), reason="abuse", by=centre)
    actions.set_aside(voices.receive(), reason="spam", by=centre)

    page = at_centre.get(path, {"show": show})

    assert broken_promises(page.content.decode(), "en" if path == DESK else "ko") == []
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("show", list(VIEWS))
def test_an_empty_view_says_so(show: str, at_centre: Client) -> None:
    assert 'class="empty"' in at_centre.get(DESK, {"show": show}).content.decode()
