"""Letters and parts of text messages, and the numbers they are for."""

from channels_app.connectors.texting import at_home, cut_up, of_gsm, worldwide
from tests.networks.smsc import MINA


def test_no_sign_is_torn_between_two_parts() -> None:
    coding, parts = cut_up("가" * 66 + "😀" + "나" * 10)

    assert coding == 8
    assert [part.decode("utf-16-be") for part in parts] == ["가" * 66, "😀" + "나" * 10]


def test_a_letter_of_two_places_is_not_torn_either() -> None:
    coding, parts = cut_up("a" * 152 + "€" + "b" * 10)

    assert (coding, len(parts)) == (0, 2)
    assert [of_gsm(part) for part in parts] == ["a" * 152, "€" + "b" * 10]


def test_every_letter_of_phones_comes_back_as_it_was() -> None:
    letters = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ§¿äöñüà^{}\\[~]|€\f"

    assert of_gsm(cut_up(letters)[1][0]) == letters


def test_numbers_are_told_apart_by_country() -> None:
    written = ["010-1234-5678", "+82 10 1234 5678", "821012345678", "00821012345678"]

    assert {worldwide(number) for number in written} == {MINA}
    assert (worldwide("120"), worldwide("1588"), at_home(MINA)) == ("120", "1588", "01012345678")
    assert at_home("+4930123456") == ""
