"""Evaluate: months after it was done, those who follow say whether it helps; the team writes it up.

Whoever answers the survey does so by the link in their mail; nothing leads from what they said
back to them.
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from channels_app.models import (
    Confirmation,
    Contact,
    ContactKind,
    Delivery,
    DeliveryEvent,
    Felt,
    Follow,
    Message,
)
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules_answering
from suggestions.models import Evaluation, Suggestion, Support, SurveyAnswer
from suggestions.states import Cause, SuggestionStatus

PURPOSE = "survey"
AT_ONCE = 500


@transaction.atomic
def open_survey(suggestion: Suggestion) -> Suggestion:
    """It was done long enough ago: its followers are asked. Safe to run twice, or late."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not Suggestion.objects.to_survey().filter(pk=suggestion.pk).exists():
        return suggestion
    moment = clock.now()
    left = rules_answering.EVALUATE_BY.value() - rules_answering.SURVEY_AFTER.value()
    days = rules_answering.SURVEY_DAYS.value()
    suggestion.move(
        SuggestionStatus.IMPLEMENTED,
        by=None,
        cause=Cause.SURVEY,
        office=Office.objects.listening_team(),
        due_at=workdays.end_of_days(moment, max(left, days + 1)),
    )
    Evaluation.objects.create(
        suggestion=suggestion, opened_at=moment, closes_at=workdays.end_of_days(moment, days)
    )
    return suggestion


def invite_to_survey() -> Iterator[int]:
    """Everybody concerned by an open survey is written to once, batch by batch; safe to repeat."""
    for pk in Evaluation.objects.to_invite().values_list("pk", flat=True):
        while made := _invite_some(pk):
            yield made


@transaction.atomic
def _invite_some(pk: int) -> int:
    """One sweep at a time: the row of the evaluation is held."""
    free = Evaluation.objects.to_invite().select_for_update(of=("self",), skip_locked=True)
    evaluation = free.select_related("suggestion__message").filter(pk=pk).first()
    if evaluation is None:
        return 0
    suggestion, moment = evaluation.suggestion, clock.now()
    contacts = list(_uninvited(suggestion)[:AT_ONCE])
    asked = Confirmation.objects.bulk_create(
        Confirmation(
            purpose=PURPOSE,
            topic_id=suggestion.topic_id,
            contact=contact,
            language=suggestion.language,
            created_at=moment,
        )
        for contact in contacts
    )
    Delivery.objects.bulk_create(
        _mail(suggestion.message, row, contact)
        for row, contact in zip(asked, contacts, strict=True)
    )
    evaluation.invited += len(asked)
    if len(asked) < AT_ONCE:
        evaluation.invited_at = moment
    evaluation.save(update_fields=["invited", "invited_at"])
    return len(asked)


def _mail(message: Message, asked: Confirmation, contact: Contact) -> Delivery:
    """Many leave at once: what one person waits for goes first."""
    return Delivery(
        event=DeliveryEvent.CONFIRM,
        message=message,
        confirmation=asked,
        contact=contact,
        channel=contact.kind,
        crowd=True,
        created_at=asked.created_at,
        next_at=asked.created_at,
    )


def _uninvited(suggestion: Suggestion) -> QuerySet[Contact]:
    """Its author, supporters and followers with a confirmed address, each once."""
    supporters = Support.objects.counting().filter(suggestion=suggestion)
    followers = Follow.objects.active().filter(topic=suggestion.topic_id)
    author = Message.objects.filter(pk=suggestion.message_id)
    concerned = author.values("contact").union(
        supporters.values("contact"), followers.values("contact")
    )
    written = Confirmation.objects.filter(
        purpose=PURPOSE, topic=suggestion.topic_id, contact=OuterRef("pk")
    )
    reached = Contact.objects.filter(
        kind=ContactKind.MAIL,
        confirmed_at__isnull=False,
        refused_at__isnull=True,
        erased_at__isnull=True,
    )
    return reached.filter(~Exists(written), pk__in=concerned).order_by("pk")


def survey_of(asked: Confirmation) -> Evaluation | None:
    """The survey to which this link leads."""
    if asked.purpose != PURPOSE:
        return None
    found = Evaluation.objects.select_related("suggestion__message", "suggestion__office")
    return found.filter(suggestion__topic=asked.topic_id).first()


@transaction.atomic
def answer_survey(asked: Confirmation, *, there: str, helps: int, words: str = "") -> SurveyAnswer:
    """Once by each link. Raises WrongTurnError a second time, or after its end."""
    asked = Confirmation.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    evaluation = survey_of(asked)
    if evaluation is None or not evaluation.is_asking or asked.confirmed_at is not None:
        raise WrongTurnError(f"{asked!r}: answered before, or its time is over")
    # A mark, the same for all: moments in their order would tell which answer is whose.
    asked.confirmed_at = evaluation.opened_at
    asked.save(update_fields=["confirmed_at"])
    return SurveyAnswer.objects.create(
        evaluation=evaluation,
        there=Felt(there),
        helps=helps,
        masked_words=mask(tidy(words)),
    )


@transaction.atomic
def evaluate(
    suggestion: Suggestion, *, text: str, by: User, version: int | None = None
) -> Evaluation:
    """What became of it, in the team's words, beside the numbers: the last step of all.

    Raises WrongTurnError before its survey is over, ValueError without words.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not by.is_listening:
        raise PermissionDenied
    if not (text := mask(tidy(text))):
        raise ValueError("an evaluation needs words")
    evaluation = Evaluation.objects.filter(suggestion=suggestion).first()
    if evaluation is None or evaluation.is_asking:
        raise WrongTurnError(f"{suggestion!r}: its survey is not over")
    moment = clock.now()
    suggestion.move(
        SuggestionStatus.EVALUATED,
        by=by,
        version=version,
        public_text=text,
        ended_at=moment,
    )
    evaluation.text, evaluation.evaluated_at, evaluation.by = text, moment, by
    evaluation.save(update_fields=["text", "evaluated_at", "by"])
    return evaluation
