"""Suggestions that were answered, claimed and finished: by the real actions where they exist."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lifecycle import clock
from people.models import Office, User
from suggestions import actions
from suggestions.actions import Refusal, Said
from suggestions.models import OfficialAnswer, Policy, Suggestion
from suggestions.states import SuggestionStatus
from tests.people import factories as people
from tests.suggestions import factories as ideas

PERSONAL = (
    "말씀하신 심야버스는 밤 12시부터 새벽 5시까지 일하는 분이 실제로 얼마나 타는지 먼저 세어 보고, "
    "그 결과를 이 쪽에 그대로 올리겠습니다."
)
GENERAL = "제안해 주셔서 고맙습니다. 시민의 말씀을 귀하게 듣겠습니다."
SAID = Said(PERSONAL, GENERAL)
NO = Refusal(
    "budget", "막차 시간을 30분 늦춥니다.", "버스정책과 02-2133-0000, 또는 윗선에 이의신청"
)
DAY = timedelta(days=1)


def today() -> date:
    """On Seoul's clock."""
    return clock.seoul().date()


def department(slug: str = "buses-of-the-test") -> Office:
    """One below a bureau, both with their heads."""
    bureau = people.make_office("bureau-of-the-test")
    return people.make_office(slug, parent=bureau)


def policy(office: Office, **fields: Any) -> Policy:
    """Something the city does already."""
    words = {
        "title_ko": "올빼미버스",
        "title_en": "Owl bus",
        "text_ko": "밤새 다니는 버스입니다.",
        "text_en": "A bus that runs all night.",
    }
    return Policy.objects.create(office=office, since=date(2013, 9, 12), **{**words, **fields})


def put_off(suggestion: Suggestion, *, by: User, days: int = 10) -> OfficialAnswer:
    """Once more, so many days later than it holds."""
    suggestion = Suggestion.objects.get(pk=suggestion.pk)
    until = clock.seoul(max(suggestion.due_at or clock.now(), clock.now()) + days * DAY).date()
    return actions.answer_interim(suggestion, said=SAID, until=until, by=by)


def passed_on(suggestion: Suggestion, *, by: User) -> OfficialAnswer:
    """To another body, asked again in a month."""
    return actions.pass_on(
        suggestion,
        said=SAID,
        body="국토교통부",
        sent_on=today(),
        follow_up_on=today() + 30 * DAY,
        by=by,
    )


def planned(suggestion: Suggestion, *, by: User) -> OfficialAnswer:
    """Looked at again in two hundred days."""
    return actions.plan_long_term(suggestion, said=SAID, review_on=today() + 200 * DAY, by=by)


def declined(suggestion: Suggestion, *, by: User) -> OfficialAnswer:
    """The city says no."""
    return actions.decline(suggestion, said=SAID, refusal=NO, by=by)


def at_work(suggestion: Suggestion) -> Suggestion:
    """Adopted and begun; to be finished in a hundred days."""
    finish = clock.now() + 100 * DAY
    with transaction.atomic():
        held = Suggestion.objects.locked(suggestion.pk)
        held.move(SuggestionStatus.ADOPTED, by=None, due_at=finish, finish_at=finish)
        held.move(SuggestionStatus.IMPLEMENTING, by=None)
    return Suggestion.objects.get(pk=suggestion.pk)


def claimed(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Said to be done."""
    actions.claim_done(
        at_work(suggestion),
        result="programme",
        text="7월 1일부터 N13번이 밤새 다닙니다.",
        address="https://example.org/n13",
        by=by,
    )
    return Suggestion.objects.get(pk=suggestion.pk)


def done(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Its author says so too."""
    return actions.confirm_done(claimed(suggestion, by=by))


def reviewed(office: Office, **said: Any) -> Suggestion:
    """Under review there."""
    return ideas.reviewed(office, **said)
