"""From the box to the receipt: two pages, no sign-in, no JavaScript."""

from datetime import timedelta

import pytest
from django.test import Client

from channels_app.models import Message
from lifecycle import clock
from tests.channels_app.factories import WORDS, receive
from tests.pages import visits
from tests.pages.html import Node, read

pytestmark = pytest.mark.django_db


def page_of(client: Client, path: str, typed: dict[str, str] | None = None) -> Node:
    """The page at the end of every redirect."""
    response = client.post(path, typed, follow=True) if typed else client.get(path, follow=True)
    return read(response.content.decode())


def typed_in(form: Node) -> dict[str, str]:
    """What a browser would send if the person only pressed the button."""
    typed = {area.attrs["name"]: area.text for area in form.all("textarea")}
    for control in form.all("input"):
        chosen = control.attrs.get("type") != "radio" or "checked" in control.attrs
        if chosen:
            typed[control.attrs["name"]] = control.attrs.get("value", "")
    return typed


def form_to(page: Node, path: str) -> Node:
    """The form of the page that leads there."""
    (form,) = [form for form in page.one("main").all("form") if form.attrs.get("action") == path]
    return form


def test_four_taps_and_one_answer_lead_from_the_box_to_the_receipt(client: Client) -> None:
    home = page_of(client, "/en/")
    box = form_to(home, "/en/say/check/")

    check = page_of(client, box.attrs["action"], {**typed_in(box), "text": WORDS})
    send = form_to(check, "/en/say/send/")
    with clock.at(clock.now() + timedelta(seconds=10)):  # a person reads it first
        done = page_of(client, send.attrs["action"], typed_in(send))

    message = Message.objects.get()
    assert message.text == WORDS
    assert message.publication == "private"
    assert message.code in done.with_class("receipt__code")[0].text
    assert done.by_id("private-link").text == f"http://testserver{message.private_url()}"


def test_the_kind_chosen_at_home_is_chosen_on_the_check_page(client: Client) -> None:
    home = page_of(client, "/en/")
    links = [a.attrs["href"] for ul in home.with_class("kinds") for a in ul.all("a")]

    assert links == [f"/en/say/{kind}/" for kind in ("complaint", "idea", "question", "hazard")]
    for link in links:
        box = form_to(page_of(client, link), "/en/say/check/")
        check = page_of(client, box.attrs["action"], {**typed_in(box), "text": WORDS})
        assert typed_in(form_to(check, "/en/say/send/"))["kind"] in link


def test_a_wrong_mail_address_is_told_with_an_example(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": WORDS})
    send = form_to(check, "/en/say/send/")

    page = page_of(client, send.attrs["action"], {**typed_in(send), "contact": "mina@"})

    assert "it should be like name@example.org" in page.one("main").text
    assert typed_in(form_to(page, "/en/say/send/"))["contact"] == "mina@"


def test_change_brings_the_words_back(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": "Line one\nLine two"})

    say = page_of(client, "/en/say/", typed_in(form_to(check, "/en/say/send/")))

    (change,) = [one for one in check.all("button") if one.attrs.get("value") == "change"]
    assert change.attrs["formaction"] == "/en/say/"
    assert say.by_id("id_text").text == "Line one Line two"


def test_what_was_chosen_survives_a_change_of_words_and_of_language(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": "Line one"})
    chosen = {
        "kind": "idea",
        "audience": "office",
        "place": "Hapjeong, exit 3",
        "contact": "mina@example.org",
    }

    say = page_of(
        client, "/en/say/", {**typed_in(form_to(check, "/en/say/send/")), **chosen, "act": "change"}
    )
    (switch,) = [form for form in say.all("form") if form.attrs.get("action") == "/say/"]
    switched = page_of(client, "/say/", typed_in(switch))
    typed = {**typed_in(form_to(switched, "/say/check/")), "text": " "}
    refused = read(client.post("/say/check/", typed).content.decode())
    again = page_of(
        client, "/say/check/", {**typed_in(form_to(refused, "/say/check/")), "text": "Line two"}
    )

    typed = typed_in(form_to(again, "/say/send/"))
    assert typed.items() >= {**chosen, "text": "Line two"}.items()


def test_a_danger_names_119_before_everything_else(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": "The bridge may collapse"})

    (notice,) = check.with_class("notice--danger")
    text = check.one("main").text
    assert "tel:119" in [a.attrs["href"] for a in notice.all("a")]
    assert text.index("119") < text.index("The bridge may collapse")


def test_personal_data_is_warned_of_before_it_is_sent(client: Client) -> None:
    warned = page_of(client, "/en/say/check/", {"text": "Call 010-1234-5678"})
    calm = page_of(client, "/en/say/check/", {"text": WORDS})

    assert "we replace it with stars" in warned.one("main").text
    assert not calm.with_class("notice--soon")


def test_the_check_page_promises_a_reader_and_no_receiver(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": WORDS})

    text = check.one("main").text
    assert "The Social Media Centre reads it first, by" in text
    assert "It will probably go to" in text or "office:" not in text


def test_words_say_what_must_be_filled(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": WORDS})

    marks = [mark.text for mark in check.with_class("field__mark")]
    assert marks == ["(required)", *["(optional)"] * 3, "(required)"]


def test_the_receipt_answers_who_when_and_what_if_not(client: Client) -> None:
    message = receive()

    done = page_of(client, visits.english(message.private_url("case_done")))

    answers = {dt.text: dd.text for dl in done.with_class("three") for dt, dd in _pairs(dl)}
    assert message.office is not None
    assert message.office.name_en in answers["Who has it?"]
    assert "left" in answers["When will I hear?"]
    assert "120" in answers["What can I do if I hear nothing?"]


def _pairs(facts: Node) -> list[tuple[Node, Node]]:
    return list(zip(facts.all("dt"), facts.all("dd"), strict=True))


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (None, "please keep the link"),
        (visits.MINA, "Please open the mail to mi***@example.org"),
        (visits.BY_PHONE, "We can't send text messages yet"),
    ],
)
def test_the_receipt_says_where_the_answer_goes(
    client: Client, contact: tuple[str, str] | None, words: str
) -> None:
    message = receive(contact=contact, public=False)

    done = page_of(client, visits.english(message.private_url("case_done")))

    assert words in done.one("main").text
    assert message.get_absolute_url() not in [a.attrs["href"] for a in done.all("a")]


def test_only_a_public_message_has_a_public_link(client: Client) -> None:
    message = receive()

    done = page_of(client, message.private_url("case_done"))

    assert message.get_absolute_url() in [a.attrs["href"] for a in done.one("main").all("a")]


def test_the_other_language_is_the_same_page_with_everything_typed(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": WORDS})
    switch = language_button(check)
    typed = {
        **typed_in(form_to(check, "/en/say/send/")),
        "place": "합정역 3번 출구",
        "contact": "mina@example.org",
        "kind": "question",
        "audience": "everyone",
    }

    there = page_of(client, switch.attrs["formaction"], {**typed, "act": switch.attrs["value"]})

    assert there.one("html").attrs["lang"] == "ko"
    kept = typed_in(form_to(there, "/say/send/"))
    assert kept.pop("csrfmiddlewaretoken")
    assert typed.pop("csrfmiddlewaretoken")
    assert kept == typed
    assert language_button(there).attrs["formaction"] == "/en/say/send/"
    assert not Message.objects.exists()


def test_enter_in_a_field_sends_and_does_not_change_the_language(client: Client) -> None:
    check = page_of(client, "/en/say/check/", {"text": WORDS})

    form = form_to(check, "/en/say/send/")
    own = [button for button in check.all("button") if button.attrs.get("form") == form.attrs["id"]]

    assert own[0].attrs["value"] == "send"  # Enter presses the first button of a form
    assert "formaction" not in own[0].attrs


def language_button(page: Node) -> Node:
    """The one in the head that names a language."""
    (found,) = [one for one in page.one("header").all("button") if "lang" in one.attrs]
    return found
