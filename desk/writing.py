"""What lies beside the answer form: the own draft, those of colleagues, texts to put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.models import Message
from desk.answer_form import AnswerForm, from_draft
from desk.forms import ActForm
from desk.models import CannedText, Draft
from desk.offers import Offer
from people.models import User


@dataclass(frozen=True)
class Fitting:
    """A ready-made text, filled in for one message."""

    pk: int
    name: str
    kind: str
    group: str | Promise
    text: str


def desk_of(message: Message, user: User, offer: Offer, typed: ActForm | None) -> dict[str, Any]:
    """The answer form as typed, or with the officer's own draft; None where it is not theirs."""
    if not offer.is_theirs:
        return {"answer_form": None, "is_for_head": message.is_appeal and offer.is_time}
    drafts = drafts_on(message)
    own = next((draft for draft in drafts if draft.by_id == user.pk), None)
    form = typed if isinstance(typed, AnswerForm) else from_draft(message, user, own)
    return {
        "answer_form": form if offer.is_time else None,
        "own_draft": own,
        "drafts": [draft for draft in drafts if draft != own],
        "canned_texts": fitting(message) if offer.is_time else [],
    }


def drafts_on(message: Message) -> Sequence[Draft]:
    """What the office in charge has half written on this message, the newest first."""
    if message.office is None or not getattr(message, "has_drafts", True):
        return ()
    found = Draft.objects.of_office(message.office).filter(message=message)
    return list(found.select_related("by"))


def fitting(message: Message) -> list[Fitting]:
    """Ready-made texts of the office in charge, and of all, in the author's language."""
    return [
        Fitting(
            text.pk,
            text.name,
            text.kind,
            text.get_kind_display() or _("For every kind"),
            text.filled(message),
        )
        for text in CannedText.objects.fitting(message)
    ]
