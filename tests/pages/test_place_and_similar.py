"""The check page asks where it is and shows who said the same; nothing needs JavaScript."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from channels_app import actions
from channels_app.models import Attachment, Message
from channels_app.states import MessageStatus
from lifecycle import clock, rules
from lifecycle.models import Rule
from people.models import Office
from tests.channels_app.factories import WORDS, receive, routed_to
from tests.pages import visits
from tests.pages.html import Node, broken_promises, read
from tests.pages.test_saying import form_to, page_of, typed_in
from tests.people import factories as people

pytestmark = pytest.mark.django_db
SAME = "합정역 8번 출구앞 보도블록이 들려 있어요. 유모차가 자꾸 걸립니다."


@pytest.fixture(autouse=True)
def _nobody_is_too_quick() -> None:
    """Who sends within two seconds is held as a machine, and joined to nothing."""
    Rule.objects.create(name="limits.form_seconds", value=0, since=clock.now(), reason="test")
    rules.forget()


def check_page(client: Client, text: str = SAME) -> Node:
    """Page two, in English."""
    return page_of(client, "/en/say/check/", {"text": text})


def send(client: Client, page: Node, **typed: str) -> Node:
    """Press Send with these changes; the page that comes then."""
    form = form_to(page, "/en/say/send/")
    return page_of(client, "/en/say/send/", {**typed_in(form), **typed})


def joined_to(lead: Message, **said: Any) -> Message:
    """A voice whose author called it the same."""
    return receive(text=SAME, same_as=lead.code, **said)


def answer(message: Message) -> None:
    """The office's answer, after its seconds."""
    assert message.office is not None
    reply = actions.answer(
        Message.objects.get(pk=message.pk),
        text="Fixed. Call Jun 010-1234-5678",
        by=people.officer_of(message.office),
    )
    with clock.at(reply.leaves_at):
        actions.publish(reply)


def test_the_place_is_asked_and_need_not_be_told(client: Client) -> None:
    page = check_page(client)

    (fieldset,) = page.with_class("places")
    assert fieldset.all("legend")[0].text == "Where is it?"
    boroughs = [option.text for option in page.by_id("id_borough").all("option")]
    assert boroughs[0] == "I don't know"
    assert len(boroughs) == 26
    assert "Mapo-gu" in boroughs
    assert boroughs[1:] == sorted(boroughs[1:])
    send(client, page)
    assert Message.objects.get().borough is None


def test_the_boroughs_are_named_in_the_language_of_the_page(client: Client) -> None:
    page = page_of(client, "/say/check/", {"text": WORDS})

    assert "마포구" in [option.text for option in page.by_id("id_borough").all("option")]


def test_a_borough_named_in_the_words_is_chosen_already(client: Client) -> None:
    page = check_page(client, "마포구 보도블록이 들려 있어요")

    (chosen,) = [one for one in page.by_id("id_borough").all("option") if "selected" in one.attrs]
    assert chosen.text == "Mapo-gu"


def test_place_borough_and_position_are_stored(client: Client) -> None:
    mapo = Office.objects.get(slug="mapo")
    told = {"place": "Hapjeong station, exit 8", "borough": str(mapo.pk)}

    done = send(client, check_page(client), latitude="37.5496", longitude="126.9139", **told)

    message = Message.objects.get()
    assert (message.place, message.borough) == ("Hapjeong station, exit 8", mapo)
    assert message.position == (37.5496, 126.9139)
    assert "Hapjeong station, exit 8" in done.one("main").text
    assert "Mapo-gu" in done.one("main").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"place": "x" * 201}, "Please keep the place under 200 characters."),
        ({"borough": "999999"}, "Choose a borough from the list."),
        ({"borough": "nonsense"}, "Choose a borough from the list."),
        ({"latitude": "91", "longitude": "0"}, "This position can't be used."),
        ({"latitude": "nan", "longitude": "nan"}, "This position can't be used."),
        ({"latitude": "here"}, "This position can't be used."),
    ],
)
def test_a_wrong_place_is_told_in_words_and_what_was_typed_stays(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    typed = {"contact": "mina@example.org", "place": "Hapjeong", **wrong}

    page = send(client, check_page(client), **typed)

    (summary,) = page.with_class("error-summary")
    assert told in summary.text
    assert page.by_id("id_place").attrs["value"] == typed["place"]
    assert page.by_id("id_contact").attrs["value"] == "mina@example.org"
    assert not Message.objects.exists()


def test_without_javascript_there_is_no_button_that_does_nothing(client: Client) -> None:
    page = check_page(client)

    (here,) = [node for node in page.all("div") if "data-here" in node.attrs]
    assert "hidden" in here.attrs


def test_every_page_lets_only_itself_ask_for_the_position(client: Client) -> None:
    policy = client.get("/en/")["Permissions-Policy"]

    assert "geolocation=(self)" in policy
    assert "camera=()" in policy


def test_without_tiles_there_is_not_a_trace_of_a_map(client: Client) -> None:
    message = receive(position=(37.55, 126.91))

    answered = client.get(message.get_absolute_url())

    assert "<svg role" not in answered.content.decode()
    assert "img-src" not in answered["Content-Security-Policy"]


def test_with_tiles_the_case_shows_a_still_map_of_the_rough_place(
    client: Client, settings: Settings
) -> None:
    settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    message = receive(position=(37.5512345, 126.9123456), place="행복아파트")

    public = client.get(message.get_absolute_url()).content.decode()
    private = client.get(message.private_url()).content.decode()

    assert "https://tiles.example/16/" in public
    assert "37.551, 126.912" in read(public).one("main").text
    assert "37.5512" not in public
    assert "37.5512345" in private
    assert public.count("<image ") in (4, 6)


def test_the_wall_and_the_case_name_the_borough_and_the_masked_place(client: Client) -> None:
    message = receive(place="마포구 010-1234-5678 가게", borough=Office.objects.get(slug="mapo"))

    wall = page_of(client, "/en/smc/").one("main").text
    case = page_of(client, visits.english(message.get_absolute_url())).one("main").text

    assert "Mapo-gu" in wall
    assert "Mapo-gu" in case
    assert "-1234" not in wall + case


def test_similar_messages_stand_on_the_check_page_and_nothing_is_chosen(client: Client) -> None:
    message = receive()

    page = check_page(client)

    (similar,) = page.with_class("similar")
    assert similar.all("legend")[0].text == "Is one of these the same matter?"
    assert message.title in similar.text
    assert "probably the same" in similar.text
    assert message.office is not None
    assert message.office.name_en in similar.text
    (link,) = similar.all("a")
    assert link.attrs["href"] == visits.english(message.get_absolute_url())
    assert typed_in(form_to(page, "/en/say/send/"))["same_as"] == ""
    assert broken_promises_of(client) == []


def broken_promises_of(client: Client) -> list[str]:
    html = client.post("/en/say/check/", {"text": SAME}).content.decode()
    return [one for one in broken_promises(html, "en") if "'act'" not in one]


def test_at_most_three_are_shown_and_nothing_private(client: Client) -> None:
    for _n in range(5):
        receive()
    private = receive(public=False)

    (similar,) = check_page(client).with_class("similar")

    assert len(similar.with_class("similar__one")) == 3
    assert private.code not in similar.text


def test_where_nobody_said_the_same_nothing_is_asked(client: Client) -> None:
    receive("밤늦게까지 여는 도서관이 동네마다 있으면 좋겠습니다")

    assert not check_page(client).with_class("similar")


def test_who_chooses_one_is_joined_and_reads_so(client: Client) -> None:
    lead = routed_to(visits.office())

    done = send(client, check_page(client), same_as=lead.code)

    message = Message.objects.exclude(pk=lead.pk).get()
    assert message.status == MessageStatus.JOINED
    assert message.code in done.with_class("receipt__code")[0].text
    assert f"This is joined to {lead.code}" in done.one("main").text
    assert visits.office().name_en in done.with_class("three")[0].text


def test_an_answered_one_shows_its_answer_and_the_voice_goes_its_own_way(client: Client) -> None:
    answered = visits.answered()
    page = check_page(client)
    assert f"Read the answer to {answered.code}" in page.with_class("similar")[0].text

    done = send(client, page, same_as=answered.code)

    message = Message.objects.exclude(pk=answered.pk).get()
    assert message.status == MessageStatus.RECEIVED
    assert f"Read the answer to {answered.code}" in done.one("main").text


def test_the_page_after_sending_names_nothing_that_is_not_public(client: Client) -> None:
    private = visits.answered(public=False)
    message = receive()

    done = page_of(client, f"{message.private_url('case_done')}?see={private.code}")

    assert private.code not in done.one("main").text


def test_the_choice_is_kept_when_something_else_is_wrong(client: Client) -> None:
    lead = routed_to(visits.office())

    page = send(client, check_page(client), same_as=lead.code, contact="nowhere")

    assert typed_in(form_to(page, "/en/say/send/"))["same_as"] == lead.code


@pytest.mark.parametrize("who", ["public", "private"])
def test_a_joined_case_shows_the_answer_of_its_lead_masked(client: Client, who: str) -> None:
    lead = routed_to(visits.office())
    message = joined_to(lead)
    answer(lead)

    path = message.get_absolute_url() if who == "public" else message.private_url()
    page = page_of(client, visits.english(path))

    text = page.one("main").text
    assert f"This is joined to {lead.code}" in text
    assert "Fixed. Call Jun" in text
    assert "-1234" not in text
    assert "It is answered" in text
    assert "Its author said so." in text
    assert broken_promises(client.get(visits.english(path)).content.decode(), "en") == []


def test_a_lead_says_how_many_more_said_the_same(client: Client) -> None:
    lead = routed_to(visits.office())
    alone = page_of(client, visits.english(lead.get_absolute_url())).one("main").text
    joined_to(lead)
    joined_to(lead)

    joined = page_of(client, visits.english(lead.get_absolute_url())).one("main").text

    assert "say the same" not in alone
    assert "2 more messages say the same. One answer serves all." in joined


def test_a_lead_that_is_not_public_is_named_on_no_page(client: Client) -> None:
    lead = routed_to(visits.office(), public=False)
    message = actions.join(routed_to(visits.office()), to=lead, by=people.centre_officer())
    answer(lead)

    public = client.get(visits.english(message.get_absolute_url())).content.decode()
    private = client.get(visits.english(message.private_url())).content.decode()
    wall = client.get("/en/smc/").content.decode()

    assert lead.code not in public + private + wall
    assert "Fixed. Call Jun" in private
    assert "Fixed. Call Jun" not in public + wall


def test_on_the_wall_what_is_joined_waits_for_nothing(client: Client) -> None:
    lead = routed_to(visits.office())
    message = joined_to(lead)

    waiting = page_of(client, "/en/smc/?show=waiting").one("main").text
    wall = page_of(client, "/en/smc/").one("main").text

    assert lead.code in waiting
    assert f"{message.code} " not in waiting
    assert message.code in wall


def _queries(client: Client, path: str, typed: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as asked:
        answered = client.post(path, typed) if typed else client.get(path)
    assert answered.status_code == 200
    return len(asked)


def test_the_check_page_and_the_wall_ask_no_more_questions_for_more(client: Client) -> None:
    lead = routed_to(visits.office(), borough=Office.objects.get(slug="mapo"))
    joined_to(lead)
    pages: list[tuple[str, dict[str, str] | None]] = [
        ("/en/smc/", None),
        ("/en/say/check/", {"text": SAME}),
    ]
    for path, typed in pages:
        _queries(client, path, typed)
    few = [_queries(client, path, typed) for path, typed in pages]

    for _n in range(4):
        joined_to(lead, borough=Office.objects.get(slug="jung"))
        routed_to(visits.office(), borough=Office.objects.get(slug="mapo"))
    many = [_queries(client, path, typed) for path, typed in pages]

    assert many == few


def test_where_a_photo_was_taken_is_offered_and_used_only_when_ticked(client: Client) -> None:
    key = uuid.uuid4()
    Attachment.objects.create(
        draft=key,
        digest="0" * 64,
        size=1,
        latitude=37.5,
        longitude=126.9,
        created_at=clock.now(),
        try_at=clock.now(),
    )
    said = {"text": WORDS, "kind": "complaint", "audience": "office", "client_key": str(key)}
    asked = page_of(client, "/en/say/send/", {**said, "contact": "nowhere"})
    box = asked.by_id("id_at_photo")

    page_of(client, "/en/say/send/", {**said, "at_photo": "on"})

    assert "checked" not in box.attrs
    assert "The photo was taken here" in asked.with_class("places")[0].text
    assert Message.objects.get().position == (37.5, 126.9)
