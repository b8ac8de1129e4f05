"""What the city answered, whether it is done, and what those who followed say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from channels_app.models import Level
from channels_app.timeline import Entry
from suggestions import actions, surveys
from suggestions.models import (
    Appeal,
    Claim,
    Evaluation,
    OfficialAnswer,
    Promise,
    Suggestion,
    SuggestionReminder,
)
from suggestions.parts.part import Part
from suggestions.states import STAGE_OF, Stage, SuggestionStatus
from suggestions.there import There

# Where a claim that it is done can stand: before, nobody asks for one.
CLAIMABLE = frozenset({Stage.WORK, Stage.DONE})


@dataclass(frozen=True)
class Answered:
    """One answer as it stands now, and the versions before it, newest first."""

    answer: OfficialAnswer
    earlier: list[OfficialAnswer]


def needs(suggestion: Suggestion, is_author: bool, there: There) -> dict[str, Any]:
    """Nothing where nothing was answered, claimed or promised yet."""
    given = suggestion.answers.select_related("office", "policy").order_by("at", "id")
    answers = grouped(given)
    told: dict[str, Any] = {
        "answers": answers,
        "claims": _claims(suggestion) if there.has("claims") else [],
        "appeals": _appeals(suggestion) if answers and there.has("appeals") else [],
        "promises": _promises(suggestion) if there.has("promises") else [],
        **_evaluation(suggestion),
    }
    if not any(told.values()):
        return {}
    ways = _ways(suggestion) if is_author else {}
    return {**told, "suggestion": suggestion, "is_author": is_author, "ways": ways}


def grouped(given: Iterable[OfficialAnswer]) -> list[Answered]:
    """Newest first; what was reworded lies behind its newest version. Takes them oldest first."""
    chains: dict[int, Answered] = {}
    for answer in given:
        before = chains.pop(answer.supersedes_id or 0, None)
        earlier = [before.answer, *before.earlier] if before else []
        chains[answer.pk] = Answered(answer, earlier)
    return list(chains.values())[::-1]


def _claims(suggestion: Suggestion) -> list[Claim]:
    """The newest first."""
    if STAGE_OF[suggestion.status] not in CLAIMABLE:
        return []
    return list(suggestion.claims.select_related("office", "dispute").order_by("-at", "-id"))


def _appeals(suggestion: Suggestion) -> list[Appeal]:
    """Those about an answer; one about not being shown was between its author and the city."""
    rows = suggestion.appeals.exclude(against=SuggestionStatus.REFUSED)
    return list(rows.select_related("office"))


def _promises(suggestion: Suggestion) -> list[Promise]:
    return list(suggestion.promises.select_related("office"))


def _evaluation(suggestion: Suggestion) -> dict[str, Any]:
    if STAGE_OF[suggestion.status] != Stage.DONE:
        return {}
    evaluation = Evaluation.objects.filter(suggestion=suggestion).first()
    if evaluation is None:
        return {}
    return {"evaluation": evaluation, "findings": surveys.findings(evaluation)}


def _ways(suggestion: Suggestion) -> dict[str, bool]:
    """What its author can do about it now."""
    return {
        "judge": suggestion.status == SuggestionStatus.CLAIMED_DONE,
        "rate": actions.answer_to_rate(suggestion) is not None,
    }


def entries(suggestion: Suggestion) -> Sequence[Entry]:
    """What no Step tells: that its date has passed, and on whose list it stands since."""
    return [_of_level(row) for row in suggestion.reminders.all()]


def _of_level(row: SuggestionReminder) -> Entry:
    match row.level:
        case Level.HEAD:
            return Entry(row.at, _("Late: it stands on the list of the head of the office"))
        case Level.MAYOR:
            return Entry(row.at, _("Late: it stands on the list of the mayor's office"))
        case _:
            return Entry(row.due_at, _("The date has passed without an answer"))


PART = Part(
    "answers",
    "suggestions/parts/answers.html",
    needs,
    entries,
    shows=("answers", "claims", "promises"),
    tells=("reminders",),
)
