"""Reading: what is public, masked, page by page; an app's own private ones for itself alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.models import Message
from lifecycle import clock
from people.models import OfficeKind
from tests.api.callers import MESSAGES, Caller, make_caller, message_of, problem_of
from tests.channels_app.factories import published_by, receive, routed_to
from tests.pages import promises
from tests.people import factories as people

SECRET = "제 번호는 010-1234-5678입니다"


def results(answer: Any) -> list[dict[str, Any]]:
    """The rows of a page."""
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def receipts(answer: Any) -> list[str]:
    """Their numbers."""
    return [row["receipt"] for row in results(answer)]


def test_only_what_everyone_may_read_is_listed(anybody: Caller) -> None:
    shown = receive()
    receive(public=False)
    receive(held="tone")
    actions.report(receive())
    actions.set_aside(receive(), reason="spam", by=people.centre_officer())

    assert receipts(anybody.get(MESSAGES)) == [shown.code]


def test_nothing_personal_is_told(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    jun = people.officer_of(roads)
    message = routed_to(
        roads, text=SECRET, place="민아 010-9999-8888", contact=("mail", "mina@example.org")
    )
    reply = actions.answer(message, text=f"고쳤습니다. {SECRET}", by=jun)
    with clock.at(reply.leaves_at):
        message = actions.publish(reply)

    for path in (MESSAGES, f"{MESSAGES}{message.code}/"):
        words = anybody.get(path).content.decode()

        assert message.code in words
        assert not any(one in words for one in ("1234-5678", "9999-8888", "mina@", message.token))


def test_a_row_tells_who_by_when_and_what_came_of_it(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    mapo = people.make_office("mapo-of-the-test", OfficeKind.BOROUGH)
    position = (37.5490123, 126.9130456)
    message = published_by(
        people.officer_of(roads), roads, borough=mapo, place="합정역", position=position
    )

    (row,) = results(anybody.get(MESSAGES))

    assert row["address"].endswith(f"/s/{message.code}/")
    assert (row["state"], row["stage"], row["answer"]) == ("replied", "answered", "고쳤습니다.")
    assert row["answered_at"] == clock.seoul(message.replied_at).isoformat()
    assert (row["office"]["slug"], row["borough"]["slug"]) == (roads.slug, mapo.slug)
    assert row["position"] == {"latitude": 37.549, "longitude": 126.913}
    assert (row["place"], row["photos"], row["is_overdue"]) == ("합정역", [], False)


def test_an_answer_that_has_not_left_is_not_told(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    actions.answer(routed_to(roads), text="고쳤습니다.", by=people.officer_of(roads))

    (row,) = results(anybody.get(MESSAGES + "?state=routed"))

    assert (row["state"], row["stage"], row["answer"]) == ("routed", "with_office", None)


def test_what_was_joined_tells_the_answer_of_its_lead(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    lead = routed_to(roads)
    joined = actions.join(receive(), to=lead, by=people.centre_officer())
    reply = actions.answer(lead, text="고쳤습니다.", by=people.officer_of(roads))
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    row = anybody.get(f"{MESSAGES}{joined.code}/").json()

    assert (row["state"], row["answer"]) == ("joined", "고쳤습니다.")


def test_a_private_matter_is_not_told_by_what_was_joined_to_it(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    lead = routed_to(roads, public=False)
    joined = actions.join(receive(), to=lead, by=people.centre_officer())
    reply = actions.answer(lead, text="비밀 답변", by=people.officer_of(roads))
    with clock.at(reply.leaves_at):
        actions.publish(reply)

    words = anybody.get(f"{MESSAGES}{joined.code}/").content.decode()

    assert "비밀" not in words
    assert lead.code not in words


def test_pages_follow_each_other_without_gap_or_double(anybody: Caller) -> None:
    codes = [receive(text=f"{number}번째").code for number in range(7)]
    seen, path = [], f"{MESSAGES}?limit=3&channel=web"

    while path:
        answer = anybody.get(path)
        seen += receipts(answer)
        path = (answer.json()["next"] or "").removeprefix("http://localhost:8000")
        assert bool(path) == ("Link" in answer)

    assert seen == codes[::-1]


def test_a_new_message_does_not_shift_the_next_page(anybody: Caller) -> None:
    codes = [receive(text=f"{number}번째").code for number in range(4)]
    first = anybody.get(f"{MESSAGES}?limit=2").json()
    receive(text="나중에 온 말")

    second = anybody.get(first["next"].removeprefix("http://localhost:8000"))

    assert receipts(second) == codes[1::-1]


def test_filters_narrow_the_list(anybody: Caller) -> None:
    roads = people.make_office("roads-of-the-test")
    mapo = people.make_office("mapo-of-the-test", OfficeKind.BOROUGH)
    with clock.at(clock.now() - timedelta(days=3)):
        old = routed_to(roads, borough=mapo, kind="idea", channel="api")
    new = receive(kind="question")
    yesterday = clock.seoul(clock.now() - timedelta(days=1))

    for asked, expected in {
        f"office={roads.slug}": old,
        f"borough={mapo.slug}": old,
        "kind=idea": old,
        "channel=api": old,
        "channel=web": new,
        "state=routed": old,
        "state=received": new,
        f"since={yesterday:%Y-%m-%dT%H:%M:%S}%2B09:00": new,
        f"since={yesterday:%Y-%m-%dT%H:%M:%S}": new,
        f"since={yesterday:%Y-%m-%dT%H:%M:%S}+09:00": new,
    }.items():
        assert receipts(anybody.get(f"{MESSAGES}?{asked}")) == [expected.code], asked


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("kind=song", "complaint, idea, question, hazard"),
        ("state=set_aside", "received, routed, at_work, replied, joined, taken_up"),
        ("channel=pigeon", "web, api"),
        ("office=nowhere", "/api/v1/offices/"),
        ("borough=nowhere", "/api/v1/boroughs/"),
        ("since=yesterday", "YYYY"),
        ("since=0001-01-01T00:00:00Z", "9998"),
        ("limit=0", "1"),
        ("limit=101", "100"),
        ("limit=many", "integer"),
        ("cursor=2026-01-01T00:00:00+00:00_5", "next"),
        ("boroguh=mapo", "borough"),
        ("kind=", "kind"),
        ("kind=idea&kind=hazard", "once"),
        ("office=%00", "office"),
    ],
)
def test_a_wrong_filter_is_refused_with_the_allowed_ones(
    anybody: Caller, asked: str, allowed: str
) -> None:
    receive()

    answer = anybody.get(f"{MESSAGES}?{asked}")

    assert answer.status_code == 400
    error, *_more = problem_of(answer)["errors"]
    assert error["field"] == asked.partition("=")[0]
    assert allowed in error["words"] + error["field"]


def test_private_held_hidden_and_unknown_look_the_same(anybody: Caller) -> None:
    secrets = [receive(public=False), receive(held="tone"), actions.report(receive())]
    codes = [message.code for message in secrets] + ["S-2026-999999", "S-2026-1234567890"]

    answers = [anybody.get(f"{MESSAGES}{code}/") for code in codes]

    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert problem_of(answers[0])["type"].endswith("#not-found")


def test_an_app_reads_its_own_private_message_whole(app: Caller) -> None:
    answer = app.send({"text": SECRET})

    own = app.get(f"{MESSAGES}{answer.json()['receipt']}/")

    assert own.status_code == 200
    assert own.json()["text"] == SECRET
    assert own["Cache-Control"] == "no-store"
    assert "Authorization" in own["Vary"]


@pytest.mark.parametrize("public", [True, False])
def test_another_app_reads_no_more_than_everybody(app: Caller, public: bool) -> None:
    code = app.send({"text": SECRET, "public": public}).json()["receipt"]

    answer = make_caller("Other").get(f"{MESSAGES}{code}/")

    assert answer.status_code == (200 if public else 404)
    assert "-1234" not in answer.content.decode()


def test_own_public_words_come_back_masked_for_they_will_be_shown(app: Caller) -> None:
    code = app.send({"text": SECRET, "public": True}).json()["receipt"]

    assert "-1234" not in app.get(f"{MESSAGES}{code}/").content.decode()


def test_similar_messages_are_found_best_first(anybody: Caller) -> None:
    near = receive(text="합정역 8번 출구 앞 보도블록이 들려 있어요")
    receive(text="도서관이 더 늦게까지 열면 좋겠어요")
    receive(text="합정역 8번 출구 앞 보도블록이 들려 있어요", public=False)

    answer = anybody.get("/api/v1/similar/?text=합정역 8번 출구 앞에 보도블록이 들렸어요")

    (found,) = results(answer)
    assert found["message"]["receipt"] == near.code
    assert found["closeness"] > 0.3


@pytest.mark.parametrize(
    "asked", ["", "text=", "text=%20", "text=a&borough=nowhere", "text=%ff%00"]
)
def test_similar_needs_a_text(anybody: Caller, asked: str) -> None:
    assert anybody.get(f"/api/v1/similar/?{asked}").status_code == 400


@pytest.mark.parametrize("which", ["offices", "boroughs"])
def test_lists_are_asked_again_for_the_price_of_a_header(anybody: Caller, which: str) -> None:
    path = f"/api/v1/{which}/"
    first = anybody.get(path)

    again = anybody.get(path, **{"If-None-Match": first["ETag"]})

    assert len(results(first)) >= (25 if which == "boroughs" else 50)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in first["Cache-Control"]


def test_a_changed_office_changes_the_etag(anybody: Caller) -> None:
    first = anybody.get("/api/v1/offices/")
    people.make_office("fresh-of-the-test")

    assert anybody.get("/api/v1/offices/", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_on_another_host_may_read_and_only_read(app: Caller) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    preflight = app.browser.options(MESSAGES, headers=asked)
    read = app.get(MESSAGES, Origin="https://example.org")
    sent = app.send()

    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" not in preflight["Access-Control-Allow-Headers"].lower()
    assert read["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read
    assert "Access-Control-Allow-Origin" not in sent
    assert not any(one.cookies for one in (read, sent, preflight))


def test_a_reader_by_head_gets_the_headers(anybody: Caller) -> None:
    answer = anybody.browser.head(MESSAGES)

    assert (answer.status_code, answer.content) == (200, b"")


def _voices(count: int) -> None:
    roads = people.make_office("roads-of-the-test")
    jun = people.officer_of(roads)
    lead = routed_to(roads)
    for _number in range(count):
        published_by(jun, roads)
        actions.join(receive(), to=lead, by=people.centre_officer())


@pytest.mark.parametrize("asked", ["", "?kind=complaint&state=replied&office=roads-of-the-test"])
def test_a_page_asks_three_questions_however_long(
    anybody: Caller, django_assert_num_queries: DjangoAssertNumQueries, asked: str
) -> None:
    _voices(12)
    anybody.get(MESSAGES)

    with django_assert_num_queries(3):
        assert len(results(anybody.get(MESSAGES + asked))) >= 12


def test_one_message_asks_three_questions(
    anybody: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _voices(1)
    code = Message.objects.filter(status="replied").get().code
    anybody.get(MESSAGES)

    with django_assert_num_queries(3):
        anybody.get(f"{MESSAGES}{code}/")


def test_a_receipt_leads_to_the_message_it_names(app: Caller) -> None:
    answer = app.send()

    told = json.loads(app.browser.get(answer["Location"], headers=app.headers).content)

    assert told["receipt"] == message_of(answer).code


def test_dates_and_everything_the_city_said_are_told(anybody: Caller) -> None:
    message = promises.at_work()

    row = anybody.get(f"{MESSAGES}{message.code}/").json()

    assert (row["stage"], row["is_at_work"], row["moves"]) == ("at_work", True, 1)
    assert row["due_at"] > row["first_finish_at"] > row["first_due_at"]
    assert [said["kind"] for said in row["answers"]] == ["promising", "interim", "progress"]
    assert row["answer"] is None


def test_a_no_is_told_masked_to_all_and_whole_to_its_own_app(anybody: Caller) -> None:
    walks = make_caller("Walks")
    public = promises.refused()
    private = promises.refused(client=walks.client, public=False)

    everyone = anybody.get(f"{MESSAGES}{public.code}/").json()["answers"][0]
    own = walks.get(f"{MESSAGES}{private.code}/").json()["answers"][0]

    assert (everyone["outcome"], everyone["ground"]) == ("declined", "legal")
    assert everyone["will_do"] == own["will_do"] == "We write to the owner this week."
    assert "010-1234-5678" not in everyone["reason"]
    assert "010-1234-5678" in own["reason"]
