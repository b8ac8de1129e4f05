"""The officers' page of one suggestion: every permitted act is a button, and does what it says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Reading
from lifecycle import clock
from people.models import Office, User
from suggestions import actions
from suggestions.models import PaperSignatures, Suggestion, Support
from suggestions.states import SuggestionStatus
from tests.desk.ideas import buttons, page_of, press
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Client:
    return people.signed_in_client(ideas.listener())


@pytest.fixture
def idea(roads: Office) -> Suggestion:
    return ideas.opened(roads)


@pytest.fixture
def waiting(roads: Office) -> Suggestion:
    return ideas.submitted(roads)


def test_the_page_offers_what_is_permitted_and_nothing_else(
    idea: Suggestion, listener: Client, at_desk: Client
) -> None:
    team = listener.get(page_of(idea)).content.decode()
    office = at_desk.get(page_of(idea)).content.decode()

    talk = {"speak", "put-in-cluster"}
    assert buttons(team) == {"pick", "rescue", "assign", "enter-paper", *talk}
    assert buttons(office) == {"pick", "speak"}  # it has no head: whoever holds it decides


def test_whoever_looks_at_what_is_public_sees_the_masked_words_only(
    roads: Office, sora: User, at_desk: Client
) -> None:
    idea = ideas.opened(roads, text="심야버스를 늘려 주세요. 제 번호는 010-1234-5678입니다.")

    assert "010-1234-5678" in at_desk.get(page_of(idea)).content.decode()
    stranger = people.signed_in_client(sora).get(page_of(idea)).content.decode()

    assert "010-1234-5678" not in stranger
    assert Reading.objects.filter(page="desk_idea").count() == 1


def test_what_nobody_outside_has_read_is_opened_by_a_moderator(
    waiting: Suggestion, listener: Client
) -> None:
    assert not waiting.message.is_public
    assert waiting.status == SuggestionStatus.SUBMITTED

    press(listener, waiting, "publish")

    waiting.refresh_from_db()
    assert waiting.status == SuggestionStatus.OPEN
    assert waiting.is_public


def test_what_is_refused_keeps_its_reason_and_stays_private(
    waiting: Suggestion, listener: Client
) -> None:
    press(listener, waiting, "refuse", reason="personal", words="사람 이름이 나옵니다.")

    waiting.refresh_from_db()
    assert (waiting.status, waiting.not_shown) == ("refused", "personal")
    assert not waiting.message.is_public


def test_a_reason_without_words_comes_back_with_what_was_chosen(
    waiting: Suggestion, listener: Client
) -> None:
    answer = press(listener, waiting, "send-back", reason="unclear", words="")

    assert answer.status_code == 422
    html = answer.content.decode()
    assert '<option value="unclear" selected>' in html
    waiting.refresh_from_db()
    assert waiting.status == SuggestionStatus.SUBMITTED


def test_somebody_was_faster_and_both_texts_stand_side_by_side(
    idea: Suggestion, listener: Client
) -> None:
    seen = idea.version
    actions.rescue(idea, reason="더 많은 분이 보시게 합니다.", by=ideas.listener())

    answer = listener.post(f"{page_of(idea)}pick/", {"version": seen, "words": "지금 검토합시다."})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "지금 검토합시다." in html
    assert "더 많은 분이 보시게 합니다." in html
    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.OPEN
    again = press(listener, idea, "pick", words="지금 검토합시다.")
    assert again.status_code == 302
    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.UNDER_REVIEW


def test_an_act_of_somebody_else_is_refused(idea: Suggestion, at_desk: Client) -> None:
    assert press(at_desk, idea, "rescue", words="제발").status_code == 403
    assert press(at_desk, idea, "no-such-act").status_code == 404


def test_once_its_date_has_passed_the_office_answers_and_does_nothing_else(
    roads: Office, listener: Client, at_desk: Client, buses: Office
) -> None:
    with clock.at(clock.now() - timedelta(days=90)):
        idea = ideas.reviewed(roads)
        ideas.crossed(idea, "forum", people=100)
    idea.refresh_from_db()
    chosen = {"chosen": f"{idea.code}:{idea.version}", "verb": "assign", "office": buses.pk}
    office, team = (buttons(one.get(page_of(idea)).content.decode()) for one in (at_desk, listener))

    given = press(listener, idea, "assign", office=buses.pk, words="버스 일입니다.")
    summed = press(at_desk, idea, "sum-up", arguments_for="밤에 일합니다.")
    listener.post("/admin/suggestions/many/", chosen)

    assert (given.status_code, summed.status_code) == (409, 409)
    assert not {"assign", "sum-up"} & (office | team)
    assert {"answer-interim", "answer-no"} <= office
    assert {"settle", "enter-paper", "put-in-cluster"} <= team
    idea.refresh_from_db()
    assert (idea.office, idea.department) == (roads, roads)


def test_the_head_of_the_office_picks_without_waiting(idea: Suggestion, roads: Office) -> None:
    head = people.signed_in_client(people.head_of(roads))

    press(head, idea, "pick", words="우리 과가 먼저 검토합니다.")

    idea.refresh_from_db()
    assert (idea.status, idea.office) == (SuggestionStatus.UNDER_REVIEW, roads)


def test_another_office_shall_answer(idea: Suggestion, listener: Client, buses: Office) -> None:
    press(listener, idea, "assign", office=buses.pk, words="버스 일입니다.")

    idea.refresh_from_db()
    assert idea.department == buses


def test_no_suggestion_goes_back_to_be_answered_as_a_message(
    idea: Suggestion, at_centre: Client
) -> None:
    press(at_centre, idea, "redirect", kind="complaint", words="고장 신고입니다.")

    idea.refresh_from_db()
    assert idea.status == SuggestionStatus.REDIRECTED
    assert idea.message.status == "received"
    assert idea.message.kind == "complaint"


def test_paper_is_entered_and_taken_back(idea: Suggestion, listener: Client) -> None:
    press(listener, idea, "enter-paper", people=30, words="역 앞 서명대")
    idea.refresh_from_db()
    assert idea.on_paper == 30
    sheet = PaperSignatures.objects.get()

    press(listener, idea, "take-paper-back", row=sheet.pk)

    idea.refresh_from_db()
    assert idea.on_paper == 0


def test_false_supports_are_counted_before_they_are_taken_out(
    idea: Suggestion, listener: Client
) -> None:
    with clock.at(clock.now() - timedelta(hours=3)):
        ideas.supported(idea, 4)
    with clock.at((clock.now() - timedelta(hours=1)).replace(second=0)):
        ideas.supported(idea, 6)
    actions.count_supports()
    typed = {"by": "minute", "least": 5, "named": "", "words": "한 기기에서 왔습니다."}

    asked = press(listener, idea, "invalidate", **typed)
    assert asked.status_code == 200
    assert "4" in asked.content.decode()
    assert Support.objects.filter(state="invalidated").count() == 0
    press(listener, idea, "invalidate", **typed, counted=6)

    assert Support.objects.filter(state="invalidated").count() == 6
    made = idea.invalidations.get()
    press(listener, idea, "revalidate", row=made.pk)
    assert Support.objects.filter(state="invalidated").count() == 0


def test_supports_of_one_provider_are_found_though_addresses_are_sealed(idea: Suggestion) -> None:
    for number in range(3):
        actions.support(idea, contact=ideas.person(f"bot{number}@throwaway.example"))
    ideas.supported(idea, 2)

    found = actions.of_providers(idea, least=3, named={"throwaway.example"})

    assert found.count() == 3
    assert not actions.of_providers(idea, least=4).exists()


@pytest.mark.parametrize("by", ["network", "disposable"])
def test_supports_of_one_neighbourhood_or_of_throw_away_mail_are_taken_out(
    by: str, idea: Suggestion, listener: Client
) -> None:
    for number in range(12):
        person = ideas.person(f"bot{number}@mailinator.com")
        actions.support(idea, contact=person, network="a neighbourhood")
    ideas.supported(idea, 2)
    actions.count_supports()
    typed = {"by": by, "least": 10, "named": "", "words": "한 곳에서 왔습니다."}
    page = listener.get(f"/en{page_of(idea)}").content.decode()
    assert "Many from one network on one day" in page

    press(listener, idea, "invalidate", **typed, counted=12)

    actions.count_supports()
    idea.refresh_from_db()
    assert idea.supports == 2
    assert idea.invalidations.get().people == 12


def test_a_threshold_is_settled_in_public_words(roads: Office, listener: Client) -> None:
    idea = ideas.opened(roads)
    ideas.supported(idea, 3)
    ideas.crossed(idea, "forum", people=100)
    idea.refresh_from_db()
    owed = idea.milestones.get(threshold="forum")

    press(listener, idea, "settle", row=owed.pk, words="다음 달 청책토론회에서 다룹니다.")

    owed.refresh_from_db()
    assert owed.settled_at is not None
    assert owed.words == "다음 달 청책토론회에서 다룹니다."
    assert press(listener, idea, "settle", row=owed.pk, words="또").status_code == 409


def test_an_appeal_is_decided_by_another_moderator(
    waiting: Suggestion, listener: Client, at_centre: Client
) -> None:
    press(listener, waiting, "refuse", reason="unclear", words="무엇을 바꾸자는지 없습니다.")
    actions.appeal(waiting, text="버스를 늘리자는 뜻입니다.")

    assert "uphold" not in buttons(listener.get(page_of(waiting)).content.decode())
    press(at_centre, waiting, "uphold", words="뜻이 분명합니다.")

    waiting.refresh_from_db()
    assert waiting.status == SuggestionStatus.SUBMITTED


def test_the_next_one_of_the_list_opens(roads: Office, listener: Client) -> None:
    first, second = ideas.submitted(roads), ideas.submitted(roads)

    answer = listener.post(f"{page_of(first)}publish/?show=screen", {"version": first.version})

    assert answer["Location"].startswith(page_of(second))
    answer = listener.post(f"{page_of(second)}publish/?show=screen", {"version": second.version})
    assert answer["Location"].startswith("/admin/suggestions/?show=screen")


def test_the_number_of_queries_does_not_grow(idea: Suggestion, listener: Client) -> None:
    by = ideas.listener()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            listener.get(page_of(idea))
        return len(found)

    def happens(times: int) -> None:
        for number in range(times):
            actions.rescue(idea, reason=f"더 봅니다 {number}.", by=by)
            actions.enter_paper(idea, people=1, words=f"{number}번 서명대", by=by)
        ideas.supported(idea, 6)

    happens(2)
    asked()  # the session and the rules are read once
    few = asked()
    happens(20)

    assert asked() == few
    assert few <= 40
