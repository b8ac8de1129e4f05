"""What is in the queues, what is stuck in them, whose it is, and the way out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.models import (
    Attachment,
    Delivery,
    InboundEvent,
    Message,
    PhotoState,
    PhotoTrouble,
    Sheet,
)
from channels_app.models.contacts import ContactKind
from channels_app.states import IN_HAND, DeliveryState, MessageStatus
from desk.queues import MOST_COUNTED, counted
from lifecycle import clock
from lifecycle.models import POISON, Stumble
from lifecycle.sparing import kind_of
from people.models import Office, User
from seoul_portal.operations import sweeps

# Rows of these states are few, however old the portal is; the others are history.
LIVE = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.FAILED)
SHOWN = 10  # of each kind; the count says how many there are


@dataclass(frozen=True)
class Count:
    """Rows of one kind; more than MOST_COUNTED is only "so many and more"."""

    words: str | Promise
    counted: int
    url: str = ""

    @property
    def shown(self) -> str:
        """The number, as the page writes it."""
        return f"{MOST_COUNTED:,}+" if self.counted > MOST_COUNTED else f"{self.counted:,}"


@dataclass(frozen=True)
class Stuck:
    """One row that gets no further by itself: what it is, who owns it, what helps."""

    what: str | Promise
    code: str
    owner: str
    help: str | Promise
    url: str = ""
    stop: str = ""  # where a button is pressed to let go of it


def outbox(user: User) -> list[tuple[str | Promise, list[Count]]]:
    """For each channel how many rows are in each unfinished state, by one statement."""
    rows: dict[str, QuerySet[Any]] = {
        f"{channel} {state}": Delivery.objects.filter(channel=channel, state=state)
        for channel in ContactKind
        for state in LIVE
    }
    numbers = counted(rows, user)
    return [
        (channel.label, [Count(state.label, numbers[f"{channel} {state}"]) for state in LIVE])
        for channel in ContactKind
    ]


def troubled(user: User) -> list[Count]:
    """What did not arrive, or may not have: by who is owed it."""
    lost = Delivery.objects.filter(state__in=(DeliveryState.UNKNOWN, DeliveryState.FAILED))
    rows: dict[str, QuerySet[Any]] = {
        "authors": lost.of_author(),
        "others": Delivery.objects.troubled_beside(),
        "restored": Delivery.objects.held_since_restore(),
    }
    numbers = counted(rows, user)
    return [
        Count(
            _("owed to authors; the office in charge sends it once more or settles it"),
            numbers["authors"],
            f"{reverse('desk_triage')}?show=undelivered",
        ),
        Count(
            _("owed to followers and to offices; the centre decides below"),
            numbers["others"],
        ),
        Count(_("held back since a restore (./portal outbox)"), numbers["restored"]),
    ]


def sees_cases(user: User) -> bool:
    """Administrators keep the house and open no case."""
    return user.is_at_centre or user.is_auditor or user.is_in_mayors_office


def stuck(user: User) -> list[Stuck]:
    """Every row that the sweeps have given up, or can't get past."""
    found = (_unrouted, _undrawn, _sheets, _kept, _stumbles)
    return [row for those in found for row in those(user)]


def _unrouted(user: User) -> Iterator[Stuck]:
    given_up = Message.objects.filter(
        status=MessageStatus.RECEIVED, needs_reader=True, routing_failures__gte=POISON
    )
    for message in given_up.select_related("office").order_by("id")[:SHOWN]:
        yield _of(
            message,
            user,
            _("the routing rules failed on it three times"),
            _("Open it and choose its office by hand."),
        )


def _undrawn(user: User) -> Iterator[Stuck]:
    """Of cases that are open: later nobody waits for them any more."""
    refused = Attachment.objects.filter(
        state=PhotoState.REFUSED, why=PhotoTrouble.UNKNOWN, message__status__in=IN_HAND
    )
    for photo in refused.select_related("message__office").order_by("created_at")[:SHOWN]:
        yield _of(
            cast("Message", photo.message),
            user,
            _("a photo could not be prepared, tried three times"),
            _("Open it and ask its author for the photo again."),
        )


def _sheets(user: User) -> Iterator[Stuck]:
    late = [
        sheet
        for sheet in Sheet.objects.to_take_in().select_related("by")[:SHOWN]
        if _waits_too_long(sheet)
    ]
    for sheet in late:
        mine = sheet.may_be_seen_by(user)
        yield Stuck(
            _("a file of voices is not taken in to its end"),
            f"{sheet.done} / {sheet.rows}",
            str(sheet.by),
            _("Give it up; what was taken in stays, the rest is brought again in a new file."),
            url=reverse("desk_sheet", args=[sheet.pk]) if mine else "",
            stop=reverse("operations_sheet", args=[sheet.pk]),
        )


def _kept(user: User) -> Iterator[Stuck]:
    """What came in, and nobody could make a message of."""
    for event in InboundEvent.objects.kept().select_related("account__office")[:SHOWN]:
        may_look = user.is_at_centre or user.is_auditor
        yield Stuck(
            _("something that came in waits for a person"),
            event.get_why_display(),
            event.account.office.name,
            _("Open it: make a message of it, or put it away."),
            url=reverse("desk_mail_event", args=[event.pk]) if may_look else "",
        )


def _stumbles(user: User) -> Iterator[Stuck]:
    """Rows at which a sweep failed three times: it leaves them out, and tries again every hour."""
    for one in Stumble.objects.poisoned()[:SHOWN]:
        what = _("the sweep “%(sweep)s” failed on it three times") % {"sweep": one.sweep}
        message = _message_of(one)
        if message is None:
            centre = Office.objects.centre().name
            yield Stuck(what, f"{one.kind} {one.key}", centre, WAYS_OUT[""])
        else:
            yield _of(message, user, what, WAYS_OUT.get(one.sweep, WAYS_OUT[""]))


WAYS_OUT = {
    "publish_answers": _("Open it, take the answer back and write it once more."),
    "": _("It is tried again every hour. The log says what is wrong with it."),
}


def _message_of(one: Stumble) -> Message | None:
    """What the row belongs to; None where it belongs to no message, or is gone."""
    rows = Message.objects.select_related("office")
    if one.kind == "contact":  # of whoever waits for the mail of the day
        return rows.filter(deliveries__contact=one.key).order_by("-pk").first()
    if one.kind == "message":
        return rows.filter(pk=one.key).first()
    model = next(model for model in apps.get_models() if kind_of(model) == one.kind)
    names = {field.name for field in model._meta.get_fields()}
    way = "message" if "message" in names else "suggestion__message"
    if way.partition("__")[0] not in names:
        return None
    return rows.filter(pk__in=model._base_manager.filter(pk=one.key).values(way)).first()


def _waits_too_long(sheet: Sheet) -> bool:
    waits = sweeps.seconds_between(sheet.asked_at or clock.now(), clock.now())
    return waits > sweeps.longest("take_in_sheets")


def _of(message: Message, user: User, what: str | Promise, way: str | Promise) -> Stuck:
    """With a link for whoever may open every case; administrators see whose it is."""
    url = reverse("desk_case", args=[message.code]) if sees_cases(user) else ""
    return Stuck(what, message.code, message.office.name if message.office else "", way, url)
