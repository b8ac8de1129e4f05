"""Write an official answer: one row, one Step that keeps the digest of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from channels_app.models import Ground
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import Office, User
from suggestions import rules_answering
from suggestions.models import AnswerKind, OfficialAnswer, Suggestion, SuggestionStep
from suggestions.own_words import own_signs


def as_everyone_reads(words: str) -> str:
    """Tidied and masked, as it is kept."""
    return mask(tidy(words))


def must_be_own(personal: str, others: Sequence[str] = ()) -> None:
    """Raises ValueError for words that are too few, or stand in a text that fits others too."""
    if own_signs(personal, others) < rules_answering.PERSONAL.value():
        raise ValueError("an official answer needs a paragraph about this suggestion alone")


@dataclass(frozen=True)
class Said:
    """What every official answer says.

    `personal` is about this suggestion alone; `text` fits others too. `ready_made` are the texts
    that its words may have been copied from.
    """

    personal: str
    text: str = ""
    ready_made: Sequence[str] = ()

    def columns(self) -> dict[str, str]:
        """As everyone may read it. Raises ValueError without a paragraph of its own."""
        text, personal = as_everyone_reads(self.text), as_everyone_reads(self.personal)
        must_be_own(personal, (text, *self.ready_made))
        return {"text": text, "personal": personal}


@dataclass(frozen=True)
class Refusal:
    """What an answer that says no has to say besides why.

    `blocker` is a Ground; `alternative` one thing the city does all the same; `next_door` where
    the person can go from here.
    """

    blocker: str
    alternative: str
    next_door: str

    def columns(self) -> dict[str, str]:
        """As everyone may read it. Raises ValueError where one of them is missing."""
        words = {
            "alternative": as_everyone_reads(self.alternative),
            "next_door": as_everyone_reads(self.next_door),
        }
        if not all(words.values()):
            raise ValueError("a no needs an alternative and a next door")
        return {"blocker": Ground(self.blocker).value, **words}


def in_the_name_of(suggestion: Suggestion, by: User) -> Office:
    """The office for which this officer speaks. Raises PermissionDenied for one of none."""
    if (office := by.acting_for(suggestion.office)) is None:
        raise PermissionDenied
    return office


def give(
    suggestion: Suggestion,
    to: str,
    *,
    said: Said,
    by: User,
    outcome: str = "",
    columns: dict[str, Any] | None = None,
    supersedes: OfficialAnswer | None = None,
    **move: Any,
) -> OfficialAnswer:
    """Move the locked row with an answer; without an outcome it is an interim one.

    `columns` are the answer's own. The verb has asked whether this user may. Raises ValueError
    without a paragraph of its own, and what `move()` raises.
    """
    answer = OfficialAnswer(
        suggestion=suggestion,
        kind=AnswerKind.FINAL if outcome else AnswerKind.INTERIM,
        outcome=outcome,
        office=in_the_name_of(suggestion, by),
        by=by,
        at=clock.now(),
        supersedes=supersedes,
        **said.columns(),
        **(columns or {}),
    )
    step = suggestion.move(to, by=by, public_text=answer.public_words, **move)
    answer.step_id = step.pk
    answer.save(force_insert=True)
    return answer


def keep(
    suggestion: Suggestion,
    step: SuggestionStep,
    *,
    outcome: str,
    words: str,
    by: User,
    **columns: str,
) -> OfficialAnswer:
    """What was said at a step of the locked row is an official answer as well: whoever decided.

    `words` are as everyone may read them; `columns` the answer's own. Raises ValueError where the
    words are no paragraph about this suggestion alone.
    """
    must_be_own(words)
    return OfficialAnswer.objects.create(
        suggestion=suggestion,
        kind=AnswerKind.FINAL,
        outcome=outcome,
        office=in_the_name_of(suggestion, by),
        by=by,
        at=clock.now(),
        step_id=step.pk,
        personal=words,
        **columns,
    )
