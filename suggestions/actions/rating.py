"""Rate: its author says whether an official answer was clear, and whether they felt heard.

The private link is the proof, so no `by`: whoever has it is the author.
"""

from datetime import datetime, timedelta

from django.db import transaction

from channels_app import ratings
from channels_app.models import Felt
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from suggestions.models import AnswerKind, AnswerRating, OfficialAnswer, Suggestion


def answer_to_rate(suggestion: Suggestion) -> OfficialAnswer | None:
    """The newest final answer, while there is still time to say how it was."""
    given = suggestion.answers.filter(kind=AnswerKind.FINAL, supersedes=None)
    newest = given.select_related("office").order_by("at", "id").last()
    if newest is None or suggestion.message.is_erased or clock.now() > until_of(newest):
        return None
    return newest


def until_of(answer: OfficialAnswer) -> datetime:
    """The last moment for a rating of this answer."""
    return answer.at + timedelta(days=ratings.RATE_DAYS.value())


@transaction.atomic
def rate(suggestion: Suggestion, *, clear: str, heard: str, words: str = "") -> AnswerRating:
    """What its author says of the newest final answer; said again, it replaces what was said.

    Raises WrongTurnError where there is none, or its time is over.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if (answer := answer_to_rate(suggestion)) is None:
        raise WrongTurnError(f"{suggestion!r}: there is no answer to rate now")
    said = {
        "clear": Felt(clear).value,
        "heard": Felt(heard).value,
        "words": tidy(words),
        "masked_words": mask(tidy(words)),
    }
    moment = clock.now()
    known = AnswerRating.objects.filter(answer=answer)
    if known.exclude(**said).update(**said, changed_at=moment):
        return known.get()
    first = {**said, "office": answer.office, "at": moment}
    return AnswerRating.objects.get_or_create(answer=answer, defaults=first)[0]
