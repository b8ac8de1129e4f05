"""Which acts a case offers an officer: its page shows these, and its buttons take no others."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from channels_app.models import Asked, Message, Publication
from channels_app.states import IN_HAND, WITH_OFFICE, MessageStatus
from desk import forms
from desk.actions import may_note
from desk.answer_form import AnswerForm
from desk.models import latest_for
from desk.split_form import PutTogetherForm, SplitForm
from lifecycle.errors import OvertakenError
from people.models import User


@dataclass(frozen=True)
class Offer:
    """One act: its form, whether it is this officer's at all, and whether it is its time."""

    form: type[forms.ActForm]
    is_theirs: bool
    is_time: bool


def offers(message: Message, user: User) -> dict[str, Offer]:
    """Every act by the name of its button."""
    status, own = message.status, message.may_be_screened_by(user)
    waiting = message.is_waiting
    with_office = status == MessageStatus.ROUTED
    in_hand = status in WITH_OFFICE
    answers = message.may_be_answered_by(user)
    is_reported = message.is_reported
    shown = message.is_public or (message.is_held and message.wants_public)
    unseen = message.publication in (Publication.HIDDEN, Publication.HELD)
    undelivered = message.is_undelivered
    aside = status == MessageStatus.SET_ASIDE
    asks, owes_part = message.may_be_asked_about_by(user), owed_part(message, user) is not None
    return {
        "route": Offer(forms.RouteForm, message.may_be_routed_by(user), waiting),
        "hand_back": Offer(forms.HandBackForm, message.may_be_handed_back_by(user), with_office),
        "answer": Offer(AnswerForm, message.may_be_written_on_by(user), in_hand),
        "ask_office": Offer(forms.AskForm, asks, in_hand),
        "answer_part": Offer(forms.PartForm, owes_part, not message.is_final),
        "take_back": Offer(forms.ActForm, answers, status == MessageStatus.ANSWERED),
        "join": Offer(forms.JoinForm, own, message.may_be_joined),
        "split": Offer(SplitForm, message.may_be_split_by(user), message.may_be_split),
        "put_together": Offer(PutTogetherForm, own, status in IN_HAND),
        "un_join": Offer(forms.UnJoinForm, own, status == MessageStatus.JOINED),
        "set_aside": Offer(forms.SetAsideForm, own, waiting and not message.is_appeal),
        "restore": Offer(forms.ActForm, own, aside and not message.is_gone),
        "hide": Offer(forms.HideForm, own, shown or is_reported),
        "send_again": Offer(forms.ActForm, own, undelivered),
        "settle": Offer(forms.ActForm, own, undelivered),
        "take_up": Offer(forms.TakeUpForm, own, message.may_be_taken_up),
        "note": Offer(forms.NoteForm, may_note(message, user), True),
        "take": Offer(forms.ActForm, own, not message.is_final),
        "let_go": Offer(forms.ActForm, own, not message.is_final),
        "snooze": Offer(forms.SnoozeForm, own, latest_for(message) is not None),
        "wake": Offer(forms.ActForm, own, not message.is_final),
        "show": Offer(forms.ActForm, own, (unseen or is_reported) and not message.is_gone),
    }


def owed_part(message: Message, user: User) -> Asked | None:
    """What this user's offices still owe to the office in charge; the oldest first."""
    return next((asked for asked in message.asked.all() if asked.is_owed_by(user)), None)


def insist(message: Message, user: User, act: str) -> None:
    """Go on only where the page of this moment has the button.

    Raises PermissionDenied where it is somebody else's, OvertakenError where its time is over.
    """
    offer = offers(message, user)[act]
    if not offer.is_theirs:
        raise PermissionDenied
    if not offer.is_time:
        raise OvertakenError(f"{message!r} offers no {act} now")
