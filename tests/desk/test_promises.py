"""Promises at the desk: written down, taken on, settled; what was typed stays."""

from typing import Any

import pytest

from lifecycle import clock
from people.models import Office, User
from suggestions import actions
from suggestions.models import Promise
from tests.pages.html import read
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, today

pytestmark = pytest.mark.django_db
THERE = "/admin/promises/"


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def head(buses: Office) -> User:
    return people.head_of(buses)


def made(**fields: Any) -> Promise:
    spoken = actions.Spoken(**{"words": "노선을 늘리겠습니다.", "said_on": today(), **fields})
    return actions.make_promise(spoken, speaker=people.mayors_office(), by=people.mayors_officer())


def typed(**fields: str) -> dict[str, str]:
    return {
        "speaker": str(people.mayors_office().pk),
        "words": "노선을 늘리겠습니다.",
        "said_on": today().isoformat(),
        "said_at": "broadcast",
        "moment": "12:30",
        **fields,
    }


def test_an_officer_of_the_speaker_writes_it_down(buses: Office) -> None:
    idea = answering.reviewed(buses)
    desk = people.signed_in_client(people.mayors_officer())

    page = desk.post(THERE, typed(code=idea.code), follow=True)

    promise = Promise.objects.get()
    assert page.status_code == 200
    assert (promise.second, promise.suggestion, promise.said_at) == (750, idea, "broadcast")


@pytest.mark.parametrize("path", [THERE, "/admin/committees/", "/admin/reports/due/"])
def test_the_line_of_the_desk_leads_there_and_marks_it(buses: Office, path: str) -> None:
    desk = people.signed_in_client(people.officer_of(buses))

    (line,) = read(desk.get(path).content.decode()).with_class("desk-line__ways")

    assert {THERE, "/admin/committees/", "/admin/reports/due/"} <= {
        a.attrs["href"] for a in line.all("a")
    }
    here = [a.attrs["href"] for a in line.all("a") if a.attrs.get("aria-current") == "page"]
    assert here == [path]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", "\u200b "),
        ("said_on", (today() + DAY).isoformat()),
        ("said_on", "어제"),
        ("moment", "12:75"),
        ("moment", "처음"),
        ("address", "javascript:alert(1)"),
        ("code", "S-2026-999999"),
        ("speaker", ""),
        ("said_at", "moon"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(field: str, value: str) -> None:
    desk = people.signed_in_client(people.mayors_officer())

    page = desk.post(THERE, typed(**{"source": "라이브 서울", field: value}))

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "라이브 서울" in page.content.decode()
    assert not Promise.objects.exists()


def test_nobody_writes_down_the_promise_of_another_office(buses: Office) -> None:
    desk = people.signed_in_client(people.officer_of(buses))

    assert desk.post(THERE, typed()).status_code == 422
    assert people.signed_in_client(ideas.listener()).post(THERE, typed()).status_code == 302


def test_a_head_takes_it_on_and_settles_it(buses: Office, head: User) -> None:
    promise, desk = made(), people.signed_in_client(head)
    there = f"{THERE}{promise.pk}/"
    later = (today() + 30 * DAY).isoformat()

    desk.post(there, {"act": "accept", "version": 0, "office": buses.pk, "finish_on": later})
    listed = desk.get(THERE).content.decode()
    desk.post(there, {"act": "settle", "version": 1, "end": "kept", "end_words": "다닙니다."})

    promise.refresh_from_db()
    assert "노선을 늘리겠습니다." in listed
    assert (promise.status, promise.end_words) == ("kept", "다닙니다.")


def test_a_changed_one_leads_to_the_new_one(buses: Office, head: User) -> None:
    promise = actions.accept(made(), office=buses, finish_on=today() + 30 * DAY, by=head)
    desk = people.signed_in_client(head)
    words = {"new_words": "여덟 노선으로요.", "reason": "기사가 모자랍니다."}
    later = (today() + 90 * DAY).isoformat()

    page = desk.post(
        f"{THERE}{promise.pk}/",
        {"act": "change", "version": promise.version, "finish_on": later, **words},
    )

    new = Promise.objects.get(replaces=promise)
    assert page["Location"] == f"{THERE}{new.pk}/"


def test_who_is_too_late_is_told_and_keeps_the_words(buses: Office, head: User) -> None:
    promise = actions.accept(made(), office=buses, finish_on=today() + 30 * DAY, by=head)
    actions.settle_promise(promise, end="broken", words="못 했습니다.", by=ideas.listener())
    desk = people.signed_in_client(head)

    page = desk.post(
        f"{THERE}{promise.pk}/",
        {"act": "settle", "version": 1, "end": "kept", "end_words": "다닙니다."},
    )

    assert page.status_code == 409
    assert "다닙니다." in page.content.decode()


def test_an_officer_who_is_no_head_settles_nothing(buses: Office, head: User) -> None:
    promise = actions.accept(made(), office=buses, finish_on=today() + 30 * DAY, by=head)
    desk = people.signed_in_client(people.officer_of(buses))
    kept = {"act": "settle", "version": 1, "end": "kept", "end_words": "다닙니다."}

    assert desk.post(f"{THERE}{promise.pk}/", kept).status_code == 403
    assert desk.post(f"{THERE}{promise.pk}/", {"act": "settle"}).status_code == 403
    assert desk.get(f"{THERE}{promise.pk}/").status_code == 200


def test_a_long_list_costs_no_more_queries(
    buses: Office, head: User, django_assert_max_num_queries: Any
) -> None:
    desk = people.signed_in_client(head)
    for _n in range(3):
        actions.accept(made(), office=buses, finish_on=today() + 30 * DAY, by=head)
    desk.get(THERE)
    with django_assert_max_num_queries(14) as few:
        desk.get(THERE)
    for _n in range(15):
        actions.accept(made(), office=buses, finish_on=today() + 30 * DAY, by=head)

    with clock.at(clock.now()), django_assert_max_num_queries(len(few)):
        desk.get(THERE)
