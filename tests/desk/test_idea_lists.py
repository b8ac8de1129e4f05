"""The lists of suggestions at the desk: counts that hold, few queries, many at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lifecycle import clock
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.desk.ideas import DESK, page_of
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def listener() -> Client:
    return people.signed_in_client(ideas.listener())


def shown(client: Client, view: str, more: str = "") -> list[str]:
    """The numbers on one page of a list."""
    page = client.get(f"{DESK}?show={view}{more}")
    assert page.status_code == 200
    return [row.code for row in page.context["page"].rows]


def counts(client: Client) -> dict[str, int]:
    return {tab.name: tab.counted for tab in client.get(DESK).context["views"]}


def test_each_stands_where_it_belongs(roads: Office, listener: Client) -> None:
    fresh = ideas.submitted(roads)
    gathering = ideas.opened(roads)
    reviewed = ideas.reviewed(roads)
    with clock.at(clock.now() - 25 * DAY):
        closing = ideas.opened(roads)

    assert shown(listener, "screen") == [fresh.code]
    assert set(shown(listener, "gathering")) == {gathering.code, closing.code}
    assert shown(listener, "review") == [reviewed.code]
    assert shown(listener, "rescue") == [closing.code]
    assert len(shown(listener, "all")) == 4


def test_an_office_finds_what_it_owes_first_what_is_overdue(roads: Office, at_desk: Client) -> None:
    with clock.at(clock.now() - 40 * DAY):
        late = ideas.reviewed(roads)
    fresh = ideas.reviewed(roads)
    ideas.reviewed(people.make_office("parks"))

    assert shown(at_desk, "mine") == [late.code, fresh.code]
    assert shown(at_desk, "overdue") == [late.code]
    assert counts(at_desk)["mine"] == 2


def test_appeals_and_thresholds_come_by_their_own_date(roads: Office, listener: Client) -> None:
    refused = ideas.submitted(roads)
    centre = people.centre_officer()
    actions.refuse(refused, reason="unclear", words="무엇을 바꾸자는지 없습니다.", by=centre)
    actions.appeal(refused, text="분명합니다.")
    liked = ideas.opened(roads)
    ideas.crossed(liked, "forum", people=100)

    assert shown(listener, "appeals") == [refused.code]
    assert shown(listener, "thresholds") == [liked.code]
    assert shown(people.signed_in_client(centre), "appeals") == [refused.code]


def test_the_filters_leave_what_is_asked_for(
    roads: Office, buses: Office, listener: Client
) -> None:
    ideas.opened(roads)
    of_buses = ideas.opened(buses)

    assert shown(listener, "gathering", "&department=buses") == [of_buses.code]
    assert shown(listener, "all", "&status=dormant") == []


def test_the_number_of_queries_does_not_grow(roads: Office, listener: Client) -> None:
    ideas.opened(roads)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            listener.get(f"{DESK}?show=all")
        return len(found)

    asked()  # the session and the rules are read once
    few = asked()
    for _one in range(30):
        ideas.opened(roads)

    assert asked() == few
    assert few <= 12


def test_pages_follow_one_another_without_gaps(roads: Office, listener: Client) -> None:
    made = {ideas.opened(roads).code for _one in range(25)}

    first = listener.get(f"{DESK}?show=gathering").context["page"]
    second = shown(listener, "gathering", f"&after={first.next_key.replace('+', '%2B')}")

    assert {row.code for row in first.rows} | set(second) == made
    assert len(second) == 5


def chosen(*rows: Suggestion) -> list[str]:
    return [f"{row.code}:{row.version}" for row in rows]


def test_many_are_given_to_an_office_and_given_back(
    roads: Office, buses: Office, listener: Client
) -> None:
    one, two = ideas.opened(roads), ideas.opened(roads)
    typed = {"chosen": chosen(one, two), "verb": "assign", "office": buses.pk, "words": ""}

    answer = listener.post(f"{DESK}many/", typed, follow=True)

    assert [row.department for row in answer.context["moved"]] == [buses, buses]
    back = answer.request["PATH_INFO"] + "undo/"
    listener.post(back)
    one.refresh_from_db()
    assert one.department == roads


def test_what_can_not_move_is_named_and_its_neighbours_are_done(
    roads: Office, listener: Client
) -> None:
    fine, touched, finished = ideas.opened(roads), ideas.opened(roads), ideas.submitted(roads)
    keys = chosen(fine, touched, finished)
    actions.rescue(touched, reason="더 기다립니다.", by=ideas.listener())

    typed = {"chosen": keys, "verb": "pick", "words": "여러 시민이 바랍니다."}
    answer = listener.post(f"{DESK}many/", typed, follow=True)

    assert [row.code for row in answer.context["moved"]] == [fine.code]
    left = {row.code: str(why) for row, why in answer.context["left"]}
    assert set(left) == {touched.code, finished.code}
    assert left[touched.code] != left[finished.code]
    fine.refresh_from_db()
    assert fine.status == SuggestionStatus.UNDER_REVIEW


def test_many_are_refused_and_each_author_is_told(roads: Office, listener: Client) -> None:
    rows = [ideas.submitted(roads, contact=("mail", f"m{n}@example.org")) for n in range(2)]
    typed = {
        "chosen": chosen(*rows),
        "verb": "refuse",
        "reason": "advertising",
        "words": "광고입니다.",
    }

    listener.post(f"{DESK}many/", typed)

    for row in rows:
        row.refresh_from_db()
        assert row.status == SuggestionStatus.REFUSED
        assert row.message.deliveries.filter(event="decided").count() == 1


def test_a_missing_word_comes_back_with_what_was_chosen(roads: Office, listener: Client) -> None:
    row = ideas.submitted(roads)
    typed = {"chosen": chosen(row), "verb": "refuse", "reason": "", "words": "광고입니다."}

    answer = listener.post(f"{DESK}many/?show=screen", typed)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "광고입니다." in html
    assert 'form="bulk" checked' in " ".join(html.split())


def test_a_report_is_its_officers_own(roads: Office, listener: Client, at_desk: Client) -> None:
    row = ideas.opened(roads)
    typed = {"chosen": chosen(row), "verb": "pick", "words": "바랍니다."}
    report = listener.post(f"{DESK}many/", typed)["Location"]

    assert listener.get(report).status_code == 200
    assert at_desk.get(report).status_code == 404
    assert listener.post(report.partition("?")[0] + "undo/").status_code == 409


def test_the_desk_leads_there_and_back(roads: Office, listener: Client, at_centre: Client) -> None:
    idea = ideas.opened(roads)

    assert DESK in at_centre.get("/admin/triage/").content.decode()
    assert page_of(idea) in at_centre.get(f"/admin/case/{idea.code}/").content.decode()
    assert f"/admin/case/{idea.code}/" in at_centre.get(page_of(idea)).content.decode()
    # A link that would only refuse: the message lies with an office that is not theirs.
    assert f"/admin/case/{idea.code}/" not in listener.get(page_of(idea)).content.decode()
