"""Hear: what a citizen says about a report is a message, and the next report has to answer it."""

from uuid import UUID

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.actions import Said
from channels_app.models import HeldReason, Kind
from channels_app.states import IN_HAND, MessageStatus
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions.models import Feedback, ProgressReport


@transaction.atomic
def say_about(
    report: ProgressReport,
    *,
    text: str,
    contact: tuple[str, str] | None,
    language: str,
    held: str = "",
    client_key: UUID | None = None,
) -> Feedback:
    """A question to the office that owes the reports, public like them.

    The same `client_key` with the same words gives the first one again.
    """
    if not report.is_published:
        raise WrongTurnError(f"{report!r} can't be read yet")
    said = Said(
        text=text, kind=Kind.QUESTION, public=True, contact=contact, language=language, held=held
    )
    message = message_actions.receive(said, client_key=client_key)
    assert report.office is not None  # noqa: S101 - a constraint of the table
    message_actions.lay_before(message, office=report.office)
    feedback, _is_new = Feedback.objects.get_or_create(
        message=message, defaults={"report": report, "at": clock.now()}
    )
    return feedback


def unanswered(report: ProgressReport) -> list[Feedback]:
    """What this report has to answer: words about the earlier ones that no report has answered.

    What was set aside as spam or abuse asks for no answer.
    """
    waiting = Feedback.objects.filter(
        report__in=ProgressReport.objects.beside(report).filter(number__lt=report.number),
        answered_in__isnull=True,
    ).exclude(message__status=MessageStatus.SET_ASIDE)
    flood = {HeldReason.BURST, HeldReason.REPEATED, HeldReason.MACHINE}
    waiting = waiting.exclude(message__held_reason__in=flood, message__needs_reader=True)
    return list(waiting.select_related("message__office", "report").order_by("at", "id"))


def answer_feedback(report: ProgressReport, *, by: User) -> list[str]:
    """The report answers them; where this officer may, the messages get the same answer."""
    answered = unanswered(report)
    for feedback in answered:
        feedback.answered_in = report
        feedback.save(update_fields=["answered_in"])
        message = feedback.message
        in_hand = message.status in IN_HAND and message.status != MessageStatus.RECEIVED
        if in_hand and message.may_be_answered_by(by):
            message_actions.answer(message, text=feedback.answer, by=by)
    return [feedback.answer for feedback in answered]
