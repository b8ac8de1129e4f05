"""Before it is sent, the check page says which personal data the words hold."""

import pytest
from django.test import Client
from django.utils import translation

from channels_app.personal import WORDS, kinds_in
from channels_app.text.masking import KINDS
from tests.channels_app.factories import receive
from tests.pages.html import read

pytestmark = pytest.mark.django_db


def warnings_of(client: Client, text: str) -> list[str]:
    """The notices above the choices."""
    page = client.post("/en/say/check/", {"text": text})
    return [notice.text for notice in read(page.content.decode()).with_class("notice--soon")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call 010-1234-5678", "Your words hold personal data: a phone number."),
        (
            "12가 3456 차가 서 있어요. kim@example.org",
            "Your words hold personal data: a vehicle plate, an e-mail address.",
        ),
        (
            "한솔아파트 101동 1203호, 이름: 홍길동",
            "Your words hold personal data: the address of a home, a name.",
        ),
    ],
)
def test_the_check_page_names_what_it_found(client: Client, text: str, words: str) -> None:
    (warning,) = warnings_of(client, text)

    assert words in warning
    assert "In public we replace it with stars." in warning


@pytest.mark.parametrize(
    "text", ["가로등이 꺼졌어요", "시청 02-2133-2279, 472번 버스, 세종대로 110"]
)
def test_numbers_of_the_city_are_no_reason_to_warn(client: Client, text: str) -> None:
    assert warnings_of(client, text) == []


def test_every_kind_has_words() -> None:
    with translation.override("en"):
        assert [str(WORDS[kind]) for kind in KINDS] != []

    assert WORDS.keys() == set(KINDS)
    assert kinds_in("가로등") == []


def test_a_place_of_nothing_but_numbers_still_fits_its_column() -> None:
    place = ("01012345678 " * 17)[:200]

    message = receive(place=place)

    assert message.place == place.strip()
    assert "1234" not in message.masked_place
    assert len(message.masked_place) <= 200
