"""The acts that the officers' page of a committee offers: a button, a form, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.committee_forms import (
    CallOffForm,
    CloseForm,
    CommitteeForm,
    EndSeatForm,
    LinkForm,
    MeetingForm,
    MinutesForm,
    OfficeSeatForm,
    PersonSeatForm,
)
from people.models import User
from suggestions import actions
from suggestions.models import Committee, Seat
from suggestions.states_of_committees import CommitteeStatus


@dataclass(frozen=True)
class Act:
    """`act` does it with the form that was filled in, and returns the sentence shown afterwards."""

    name: str
    words: str | Promise
    form: type[CommitteeForm]
    is_time: Callable[[Committee], bool]
    act: Callable[[Committee, Any, User], str]


def _seat_office(committee: Committee, form: OfficeSeatForm, user: User) -> str:
    actions.seat_office(committee, office=form.cleaned_data["office"], by=user)
    return _("This office sits in the committee now.")


def _seat_person(committee: Committee, form: PersonSeatForm, user: User) -> str:
    person, mail = form.person(), form.cleaned_data["mail"]
    if not mail:
        seat = actions.seat_person(committee, person, consent=form.cleaned_data["consent"], by=user)
        return f"{_('This person sits in the committee now.')} {_link_of(seat)}"
    actions.invite_to_seat(committee, person, address=mail, by=user)
    return _("The invitation is on its way. The seat is taken once it is accepted.")


def _link_of(seat: Seat) -> str:
    """For a person without an address: whoever has the link acts for the seat."""
    shown = _("Give them their private link; it is shown only now: %(link)s")
    return shown % {"link": settings.SITE_URL + seat.private_url()}


def _renew_link(committee: Committee, form: LinkForm, user: User) -> str:
    seat = actions.renew_link(form.cleaned_data["seat"], by=user)
    if seat.contact is None:
        return _link_of(seat)
    return _("A new link is on its way by mail. The one before opens nothing any more.")


def _end_seat(committee: Committee, form: EndSeatForm, user: User) -> str:
    actions.give_up_seat(form.cleaned_data["seat"], by=user)
    return _("This seat is free again.")


def _call_meeting(committee: Committee, form: MeetingForm, user: User) -> str:
    typed = {name: form.cleaned_data[name] for name in ("starts_at", "place", "agenda")}
    actions.call_meeting(committee, **typed, by=user)
    return _("The meeting stands on the page of the committee.")


def _call_off(committee: Committee, form: CallOffForm, user: User) -> str:
    actions.call_off(form.cleaned_data["meeting"], why=form.cleaned_data["why"], by=user)
    return _("The meeting is called off.")


def _publish_minutes(committee: Committee, form: MinutesForm, user: User) -> str:
    typed = form.cleaned_data
    actions.publish_minutes(
        typed["meeting"], minutes=typed["minutes"], present=typed["present"], by=user
    )
    return _("Everyone can read the minutes now.")


def _activate(committee: Committee, form: CommitteeForm, user: User) -> str:
    actions.activate(committee, by=user, version=form.cleaned_data["version"])
    return _("The committee works now. Its first report is due in two weeks.")


def _begin_closing(committee: Committee, form: CommitteeForm, user: User) -> str:
    actions.begin_closing(committee, by=user, version=form.cleaned_data["version"])
    return _("The committee takes nothing new, and finishes what it has.")


def _close(committee: Committee, form: CloseForm, user: User) -> str:
    typed = form.cleaned_data
    actions.close_committee(
        committee,
        words=typed["words"],
        lives_on=typed["lives_on"],
        by=user,
        version=typed["version"],
    )
    return _("The committee is closed.")


def _is_open(committee: Committee) -> bool:
    return not committee.is_final


def _may_end(committee: Committee) -> bool:
    ends = (CommitteeStatus.CLOSING, CommitteeStatus.FORMING)
    return committee.status in ends and not actions.what_keeps_open(committee)


ACTS = {
    act.name: act
    for act in (
        Act(
            "activate",
            gettext_lazy("Begin to work"),
            CommitteeForm,
            lambda one: one.status == CommitteeStatus.FORMING and not one.missing_sides(),
            _activate,
        ),
        Act("minutes", gettext_lazy("Publish minutes"), MinutesForm,
            lambda one: one.meetings.without_minutes().exists(), _publish_minutes),
        Act("meeting", gettext_lazy("Call a meeting"), MeetingForm, _is_open, _call_meeting),
        Act("call-off", gettext_lazy("Call a meeting off"), CallOffForm,
            lambda one: one.meetings.coming().exists(), _call_off),
        Act("person", gettext_lazy("Give somebody a seat"), PersonSeatForm, _is_open, _seat_person),
        Act("office", gettext_lazy("Give an office a seat"), OfficeSeatForm, _is_open,
            _seat_office),
        Act("link", gettext_lazy("Send the private link again"), LinkForm,
            lambda one: not one.is_final and one.seats.sitting().in_person().exists(),
            _renew_link),
        Act("end-seat", gettext_lazy("End a seat"), EndSeatForm, _is_open, _end_seat),
        Act(
            "closing",
            gettext_lazy("Take nothing new"),
            CommitteeForm,
            lambda one: one.status in (CommitteeStatus.ACTIVE, CommitteeStatus.DORMANT),
            _begin_closing,
        ),
        Act("close", gettext_lazy("Close the committee"), CloseForm, _may_end, _close),
    )
}  # fmt: skip


def may_look(committee: Committee, user: User) -> bool:
    """Names of members that not everyone may read stand on its page."""
    looks_on = user.is_listening or user.is_auditor or user.is_in_mayors_office
    return looks_on or committee.may_decide_by(user)
