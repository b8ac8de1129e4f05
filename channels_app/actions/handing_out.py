"""Personal data leaves the house only with a reason; who reads it is looked at every month."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from channels_app.models import AccessReview, Export, Message, Reading
from channels_app.text.masking import mask
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User

OWN, READINGS = "own_data", "readings"


@transaction.atomic
def export_own(message: Message, *, reason: str, by: User) -> Export:
    """An officer hands out what is held about one message, for its author: a reading as well."""
    if not message.may_be_erased_by(by):
        raise PermissionDenied
    Reading.log(message, by, "privacy_export")
    return _note(OWN, message.code, reason=reason, rows=1, by=by)


@transaction.atomic
def export_readings(key: str, *, rows: int, reason: str, by: User) -> Export:
    """Somebody takes a part of the access log home: `key` says which."""
    if not by.is_auditor:
        raise PermissionDenied
    return _note(READINGS, key, reason=reason, rows=rows, by=by)


@transaction.atomic
def review_readings(month: date, *, findings: str, by: User) -> AccessReview:
    """Somebody has looked at a month that is over, once.

    Raises WrongTurnError for a month that goes on, OvertakenError where it was looked at.
    """
    if not by.is_auditor:
        raise PermissionDenied
    first = month.replace(day=1)
    if first >= clock.seoul().date().replace(day=1):
        raise WrongTurnError(f"{first:%Y-%m} is not over")
    try:
        with transaction.atomic():
            return AccessReview.objects.create(
                month=first, by=by, at=clock.now(), findings=mask(findings)
            )
    except IntegrityError as problem:
        raise OvertakenError(f"{first:%Y-%m} was reviewed") from problem


def _note(kind: str, key: str, *, reason: str, rows: int, by: User) -> Export:
    if not reason.strip():
        raise ValueError("taking personal data out needs a reason")
    return Export.objects.create(
        kind=kind, key=key[:80], reason=mask(reason.strip())[:300], rows=rows, by=by, at=clock.now()
    )
