"""One case: who, by when, what happened; the whole for its author, the masked copy for all."""

import pytest
from django.test import Client

from channels_app import actions
from channels_app.models import Message
from tests.channels_app.factories import receive, routed_to
from tests.pages import visits
from tests.pages.html import Node, read
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def english(client: Client, path: str) -> Node:
    """The page in English."""
    return read(client.get(visits.english(path)).content.decode())


def facts(page: Node) -> dict[str, str]:
    """What the box on top says."""
    return {
        part.one("dt").text: " ".join(dd.text for dd in part.all("dd"))
        for dl in page.with_class("facts")
        for part in dl.all("div")
    }


def test_everyone_reads_the_masked_copy_and_the_author_the_whole(client: Client) -> None:
    message = visits.answered(text="Call me at 010-1234-5678")

    public = english(client, message.get_absolute_url()).one("main").text
    private = english(client, message.private_url()).one("main").text

    assert "-1234" not in public
    assert "paving@" not in public
    assert "010-1234-5678" in private
    assert "paving@seoul.go.kr" in private


def test_an_open_case_leads_with_its_owner_and_its_date(client: Client) -> None:
    message = routed_to(visits.office())

    page = english(client, message.get_absolute_url())

    assert facts(page)["Who has it"] == "Paving Office"
    assert "left" in facts(page)["Answer date"]
    assert page.with_class("tag")[0].text == "With the office"


def test_a_late_case_says_so_in_words(client: Client) -> None:
    page = english(client, visits.late().get_absolute_url())

    assert "days late" in facts(page)["Answer date"]
    assert page.with_class("tag--late")[0].text == "With the office, overdue"


def test_an_answered_case_says_who_when_and_how_long(client: Client) -> None:
    page = english(client, visits.answered().get_absolute_url())

    assert facts(page)["Who answered"] == "Paving Office"
    assert facts(page)["How long it took"] == "less than a minute"
    assert "in time" in facts(page)["When"]


def test_all_four_stages_are_shown_and_one_is_the_current(client: Client) -> None:
    page = english(client, receive().get_absolute_url())

    (stages,) = page.with_class("stages")
    current = [li for li in stages.all("li") if li.attrs.get("aria-current") == "step"]
    assert len(stages.all("li")) == 4
    assert "Received" in current[0].text
    assert "now" in current[0].text


def test_what_is_set_aside_gives_its_reason_and_a_way_on(client: Client) -> None:
    text = english(client, visits.set_aside().get_absolute_url()).one("main").text

    assert "The reason: it is advertising or was sent by a machine." in text
    assert "120" in text


def test_a_hidden_case_gives_its_reason_and_date_but_no_word(client: Client) -> None:
    message = actions.report(receive(text="Mr Kim is a thief"))

    page = english(client, message.get_absolute_url())

    assert "thief" not in page.text
    assert "somebody reported it" in page.one("main").text
    assert page.one("main").all("time")


def test_unknown_and_private_look_the_same(client: Client) -> None:
    message = receive(public=False)
    unknown = "S-2026-999999"

    of_private = client.get(f"/s/{message.code}/").content.decode().replace(message.code, unknown)

    assert client.get(f"/s/{unknown}/").content.decode() == of_private


def test_words_keep_their_lines_and_their_language(client: Client) -> None:
    message = receive(text="하나\n\n둘 <b>셋</b>", language="ko")

    page = english(client, message.get_absolute_url())

    (words,) = page.all("blockquote")
    assert words.attrs["lang"] == "ko"
    assert words.inside == ["하나\n\n둘 <b>셋</b>"]


def test_a_reader_reports_from_the_case_page(client: Client) -> None:
    message = receive()
    page = english(client, message.get_absolute_url())

    link = visits.english(message.get_absolute_url()) + "report/"
    told = client.post(link, {"words": ""}).content.decode()

    assert link in [a.attrs["href"] for a in page.all("a")]
    assert f"{message.code} is hidden from now on." in read(told).one("main").text
    assert Message.objects.get().publication == "hidden"


def test_a_second_report_is_told_that_an_officer_has_decided(client: Client) -> None:
    message = actions.show(actions.report(receive()), by=people.centre_officer())

    told = client.post(f"/en/s/{message.code}/report/", {"words": ""}).content.decode()

    assert "has looked at this message before" in read(told).one("main").text


def test_the_owner_of_an_address_says_yes_or_no_without_reading_a_word(client: Client) -> None:
    message = receive(text="A secret of the sender", contact=visits.MINA)
    link = visits.english(visits.mail_link(message))

    page = read(client.get(link).content.decode())
    buttons = {(b.attrs["name"], b.attrs["value"]) for b in page.one("main").all("button")}
    client.post(link, {"act": "refuse"})

    assert buttons == {("act", "confirm"), ("act", "refuse")}
    assert "secret" not in page.text
    assert "mi***@example.org" in page.one("main").text
    message.refresh_from_db()
    assert message.contact is not None
    assert message.contact.refused_at
