"""An app sends for a citizen: one commit, a receipt, the same answer for the same key."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app import actions
from channels_app.models import ContactKind, Delivery, Message, Publication
from lifecycle import clock, rules
from lifecycle.actions import amend_rule
from people.models import OfficeKind
from tests.api.callers import WORDS, Caller, key, make_caller, message_of, problem_of
from tests.channels_app.factories import receive
from tests.people import factories as people

TRANSACTION = re.compile(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", re.IGNORECASE)


def test_a_message_gets_its_receipt_addresses_office_and_date(app: Caller) -> None:
    answer = app.send({"text": WORDS, "contact": "010-1234-5678"})

    told, message = answer.json(), message_of(answer)
    assert answer.status_code == 201
    assert told["address"].endswith(f"/s/{message.code}/")
    assert told["private_address"].endswith(f"/s/{message.code}/{message.token}/")
    assert told["office"]["slug"] == people.centre().slug
    assert told["due_at"] == clock.seoul(message.due_at).isoformat()
    assert answer["Location"].endswith(f"/api/v1/messages/{message.code}/")
    assert "no-store" in answer["Cache-Control"]
    assert (message.channel, message.client) == ("api", app.client)


def test_what_the_app_left_out_is_filled_in(app: Caller) -> None:
    message = message_of(app.send({"text": "How about a bench here?"}))

    assert (message.kind, message.language) == ("idea", "en")
    assert message.publication == Publication.PRIVATE
    assert message.contact is None


def test_everything_an_app_may_say_is_kept(app: Caller) -> None:
    mapo = people.make_office("mapo-of-the-test", OfficeKind.BOROUGH)
    body = {
        "text": WORDS, "kind": "hazard", "contact": " Mina@Example.org ", "public": True,
        "language": "en", "place": "합정역", "borough": mapo.slug,
        "latitude": 37.549, "longitude": 126.913,
    }  # fmt: skip

    message = message_of(app.send(body))

    assert message.contact is not None
    assert (message.contact.kind, message.contact.address) == (
        ContactKind.MAIL,
        "mina@example.org",
    )
    assert (message.kind, message.language, message.borough) == ("hazard", "en", mapo)
    assert (message.place, message.position) == ("합정역", (37.549, 126.913))
    assert message.publication == Publication.PUBLIC


def test_both_ways_of_writing_the_token_open(app: Caller) -> None:
    headers = {"Authorization": f"Token {app.token}", "Idempotency-Key": key()}

    answer = app.browser.post(
        "/api/v1/messages/", {"text": WORDS}, "application/json", headers=headers
    )

    assert answer.status_code == 201


@pytest.mark.parametrize("token", ["", "wrong", "한글", "x" * 5000])
def test_without_a_right_token_nothing_is_taken_in(app: Caller, token: str) -> None:
    answer = Caller(token.encode().decode("latin-1")).send()

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert problem_of(answer)["type"].endswith("/api/#no-token")
    assert problem_of(answer)["detail"] in (
        "Send it as “Authorization: Bearer …”.",
        "This token is wrong, or it is not in use any more.",
    )
    assert not Message.objects.exists()


def test_an_app_that_is_switched_off_is_unknown(app: Caller) -> None:
    assert app.client is not None
    app.client.active = False
    app.client.save()

    assert app.send().status_code == 401


def test_a_session_of_the_site_opens_nothing_here(app: Caller) -> None:
    browser = people.signed_in_client(people.administrator())

    answer = browser.post(
        "/api/v1/messages/", {"text": WORDS}, "application/json", headers={"Idempotency-Key": key()}
    )

    assert answer.status_code == 401


def test_the_key_is_needed_and_must_be_a_uuid(app: Caller) -> None:
    without, wrong = app.send(under=""), app.send(under="1234")

    assert (without.status_code, wrong.status_code) == (400, 400)
    assert problem_of(without)["type"].endswith("#key-missing")
    assert problem_of(wrong)["errors"][0]["field"] == "Idempotency-Key"


def test_the_same_key_and_body_give_the_same_answer(app: Caller) -> None:
    under, officer = key(), people.centre_officer()
    first = app.send(under=under)
    roads = people.make_office("roads-of-the-test")
    actions.route(message_of(first), to=roads, by=officer)

    again = app.send(under=under.upper())

    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert Message.objects.count() == 1


def test_the_same_key_with_another_body_names_the_first(app: Caller) -> None:
    under = key()
    first = app.send(under=under)

    second = app.send({"text": "다른 말"}, under=under)

    assert second.status_code == 422
    assert first.json()["receipt"] in problem_of(second)["detail"]
    assert Message.objects.count() == 1


def test_two_apps_may_use_the_same_key(app: Caller) -> None:
    under = key()

    codes = {one.send(under=under).json()["receipt"] for one in (app, make_caller("Other"))}

    assert len(codes) == 2


def test_over_its_rate_an_app_is_heard_and_held(app: Caller) -> None:
    slow = make_caller("Slow", rate=2)
    said = [{"text": word * 9, "public": True} for word in ("가나다", "라마바", "사아자")]

    answers = [slow.send(body) for body in said]

    assert [one.status_code for one in answers] == [201, 201, 201]
    held = [message_of(one).held_reason for one in answers]
    assert held == ["", "", "burst"]
    assert Message.objects.filter(publication=Publication.HELD).count() == 1


def test_a_message_that_names_the_same_matter_is_joined(app: Caller) -> None:
    lead = receive()

    message = message_of(app.send({"text": WORDS + "!", "same_as": lead.code}))

    assert message.lead == lead


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "가" * 5001}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": WORDS, "contact": "nowhere"}, "contact"),
        ({"text": WORDS, "contact": "a@b"}, "contact"),
        ({"text": WORDS, "contact": "02-123-4567"}, "contact"),
        ({"text": WORDS, "kind": "song"}, "kind"),
        ({"text": WORDS, "kind": None}, "kind"),
        ({"text": WORDS, "public": "yes"}, "public"),
        ({"text": WORDS, "public": 1}, "public"),
        ({"text": WORDS, "language": "fr"}, "language"),
        ({"text": WORDS, "place": "가" * 201}, "place"),
        ({"text": WORDS, "borough": "atlantis"}, "borough"),
        ({"text": WORDS, "borough": "a b"}, "borough"),
        ({"text": WORDS, "latitude": 37.5}, ""),
        ({"text": WORDS, "latitude": 91, "longitude": 126.9}, "latitude"),
        ({"text": WORDS, "latitude": "37", "longitude": "126"}, "latitude"),
        ({"text": WORDS, "latitude": True, "longitude": 126.9}, "latitude"),
        ({"text": WORDS, "same_as": "4127"}, "same_as"),
        ({"text": WORDS, "boroguh": "mapo"}, "boroguh"),
    ],
)
def test_what_does_not_fit_is_named(app: Caller, body: object, field: str) -> None:
    answer = app.send(body)

    assert answer.status_code == 400
    errors = problem_of(answer)["errors"]
    assert errors[0]["field"] == field
    assert all(error["words"] for error in errors)
    assert not Message.objects.exists()


def test_a_wrong_choice_names_the_allowed_ones(app: Caller) -> None:
    (error,) = problem_of(app.send({"text": WORDS, "kind": "song"}))["errors"]

    assert "complaint, idea, question, hazard" in error["words"]


def test_problems_are_told_in_korean_unless_english_is_asked_for(app: Caller) -> None:
    headers = {"Authorization": f"Bearer {app.token}"}

    answer = app.browser.post("/api/v1/messages/", {}, "application/json", headers=headers)

    assert answer["Content-Language"] == "ko"
    assert "Idempotency-Key" in problem_of(answer)["title"]


def test_sending_asks_few_questions(app: Caller) -> None:
    app.send({"text": WORDS, "contact": "mina@example.org"})

    with CaptureQueriesContext(connection) as asked:
        app.send({"text": WORDS + "!", "contact": "mina@example.org", "public": True})

    questions = [one["sql"] for one in asked if not TRANSACTION.match(one["sql"])]
    assert len(questions) <= 8, questions
    assert Delivery.objects.count() == 2


def test_a_longer_message_may_be_allowed_by_the_rules(app: Caller) -> None:
    amend_rule("message.length", to="6000", reason="longer", by=people.administrator())
    rules.forget()

    assert app.send({"text": "가" * 5500}).status_code == 201


@pytest.mark.parametrize(
    "contact", ["０１０－１２３４－５６７８", "+82 10 1234 5678", "010 1234 5678"]
)
def test_a_mobile_number_is_read_however_it_was_typed(app: Caller, contact: str) -> None:
    answer = app.send({"text": WORDS, "contact": contact})

    found = message_of(answer).contact
    assert found is not None
    assert found.address == "+821012345678"


@pytest.mark.parametrize("contact", ["٠١٠١٢٣٤٥٦٧٨", "010-١٢٣٤-٥٦٧٨", "०१०१२३४५६७८"])
def test_digits_no_network_dials_are_no_number(app: Caller, contact: str) -> None:
    answer = app.send({"text": WORDS, "contact": contact})

    assert answer.status_code == 400
    assert problem_of(answer)["errors"][0]["field"] == "contact"


def test_nothing_said_is_told_in_plain_words(app: Caller) -> None:
    answer = app.send({"text": ""})

    (error,) = problem_of(answer)["errors"]
    assert error == {"field": "text", "words": "Write what you want to say."}
