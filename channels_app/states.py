"""What a message, a delivery and a thing that came in may become: tables that fit on a screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class MessageStatus(models.TextChoices):
    """Where a message is."""

    RECEIVED = "received", pgettext_lazy("message", "received")
    ROUTED = "routed", pgettext_lazy("message", "with the office")
    AT_WORK = "at_work", pgettext_lazy("message", "at work")
    ANSWERED = "answered", pgettext_lazy("message", "answer leaving")
    REPLIED = "replied", pgettext_lazy("message", "answered")
    SET_ASIDE = "set_aside", pgettext_lazy("message", "set aside")
    JOINED = "joined", pgettext_lazy("message", "joined to the same matter")
    TAKEN_UP = "taken_up", pgettext_lazy("message", "taken up as a suggestion")
    GATHERED = "gathered", pgettext_lazy("message", "gathered below a post of the city")


MESSAGE_LIFECYCLE: Lifecycle = {
    MessageStatus.RECEIVED: {
        MessageStatus.RECEIVED,  # the date moved
        MessageStatus.ROUTED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
        MessageStatus.TAKEN_UP,
        MessageStatus.GATHERED,  # one of many replies to a post of the city
    },
    MessageStatus.ROUTED: {
        MessageStatus.ROUTED,  # passed on; the date moved
        MessageStatus.RECEIVED,  # handed back
        MessageStatus.AT_WORK,  # a promise with a finish date
        MessageStatus.ANSWERED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
        MessageStatus.TAKEN_UP,
        MessageStatus.GATHERED,
    },
    MessageStatus.AT_WORK: {
        MessageStatus.AT_WORK,  # the date moved
        MessageStatus.ANSWERED,
        MessageStatus.SET_ASIDE,  # its author had it erased
    },
    MessageStatus.ANSWERED: {
        MessageStatus.REPLIED,
        MessageStatus.ROUTED,  # taken back before it left
        MessageStatus.AT_WORK,  # the same, of promised work
    },
    MessageStatus.REPLIED: {MessageStatus.ROUTED},  # not solved; appeal
    MessageStatus.SET_ASIDE: {
        MessageStatus.RECEIVED,  # restored; its author minds
        MessageStatus.ROUTED,  # taken back within seconds
    },
    MessageStatus.JOINED: {
        MessageStatus.RECEIVED,  # un-joined: a matter of its own after all
        MessageStatus.ROUTED,  # the answer to the lead did not solve this one
    },
    MessageStatus.TAKEN_UP: {MessageStatus.RECEIVED},  # a complaint after all: a new clock
    MessageStatus.GATHERED: {MessageStatus.RECEIVED},  # lifted out: a matter of its own
}
# What was taken up is owed by the suggestion from then on, under the same number.
MESSAGE_FINAL = frozenset(
    {
        MessageStatus.REPLIED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
        MessageStatus.TAKEN_UP,
        MessageStatus.GATHERED,
    }
)
# The office found for it may speak to its author.
WITH_OFFICE = frozenset({MessageStatus.ROUTED, MessageStatus.AT_WORK})
# Where an officer's act leads that can be taken back within seconds; an answer has its own way.
UNDONE_FROM = frozenset(
    {
        MessageStatus.RECEIVED,
        MessageStatus.ROUTED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
    }
)
# An office owes the next word.
IN_HAND = frozenset({MessageStatus.RECEIVED, MessageStatus.ROUTED, MessageStatus.AT_WORK})


class Cause(models.TextChoices):
    """Why a Step was taken, where its two statuses do not say it."""

    CALENDAR = "calendar", _("a holiday was declared or taken back")
    INTERIM = "interim", _("the office needs more time")
    ASKED = "asked", _("the office asked its author back")
    HEARD = "heard", _("its author answered")
    WAITED = "waited", _("its author did not answer in time")
    PROGRESS = "progress", _("the office says how far it is")
    REOPENED = "reopened", _("not solved, its author says")
    APPEALED = "appealed", _("its author appealed")
    UNDONE = "undone", _("the step before was taken back within seconds")
    SPLIT = "split", _("a second matter was split off")
    ONE_AGAIN = "one_again", _("the splitting was undone")
    REDIRECTED = "redirected", _("no suggestion: an office answers it as a message")


class Stage(models.TextChoices):
    """The four public stages of a message."""

    RECEIVED = "received", _("Received")
    WITH_OFFICE = "with_office", _("With the office")
    AT_WORK = "at_work", _("At work")
    ANSWERED = "answered", _("Answered")


STAGE_OF: dict[str, Stage] = {
    MessageStatus.RECEIVED: Stage.RECEIVED,
    MessageStatus.ROUTED: Stage.WITH_OFFICE,
    MessageStatus.AT_WORK: Stage.AT_WORK,
    MessageStatus.ANSWERED: Stage.WITH_OFFICE,  # until it has left, nothing was answered
    MessageStatus.REPLIED: Stage.ANSWERED,
    MessageStatus.SET_ASIDE: Stage.RECEIVED,
    MessageStatus.JOINED: Stage.WITH_OFFICE,  # its page shows how far the lead has come
    MessageStatus.TAKEN_UP: Stage.WITH_OFFICE,  # the suggestion has eight stages of its own
    MessageStatus.GATHERED: Stage.RECEIVED,  # until the city has summed up what was said
}


class DeliveryState(models.TextChoices):
    """Where a row of the outbox is."""

    QUEUED = "queued", _("waiting to leave")
    SENDING = "sending", _("leaving now")
    SENT = "sent", _("sent")
    UNKNOWN = "unknown", _("may or may not have arrived")
    FAILED = "failed", _("could not be delivered")
    CANCELLED = "cancelled", _("not sent")


DELIVERY_LIFECYCLE: Lifecycle = {
    DeliveryState.QUEUED: {
        DeliveryState.SENDING,
        DeliveryState.CANCELLED,
        DeliveryState.UNKNOWN,  # a restored backup can't tell whether it has left since
    },
    DeliveryState.SENDING: {
        DeliveryState.SENT,
        DeliveryState.UNKNOWN,
        DeliveryState.FAILED,
        DeliveryState.QUEUED,  # nothing left us: again later
        DeliveryState.CANCELLED,
    },
    DeliveryState.UNKNOWN: {
        DeliveryState.QUEUED,  # repeated once by itself, under the same id; then by an officer
        DeliveryState.CANCELLED,  # settled by an officer in another way
    },
    DeliveryState.SENT: {DeliveryState.FAILED},  # it came back: nobody lives there
    DeliveryState.FAILED: {DeliveryState.QUEUED, DeliveryState.CANCELLED},
    DeliveryState.CANCELLED: set(),
}


class InboundState(models.TextChoices):
    """What became of something that came in from a network."""

    NEW = "new", _("to be read")
    TAKEN = "taken", _("taken in")
    AUTOMATIC = "automatic", _("written by a machine")
    KEPT = "kept", _("waits for a person")
    SETTLED = "settled", _("nothing to do")
    OPENED = "opened", _("held several, each with a row of its own")


INBOUND_LIFECYCLE: Lifecycle = {
    InboundState.NEW: {
        InboundState.TAKEN,
        InboundState.AUTOMATIC,
        InboundState.KEPT,
        InboundState.OPENED,
    },
    InboundState.OPENED: set(),
    InboundState.TAKEN: set(),
    InboundState.AUTOMATIC: {InboundState.NEW},  # an officer sees that a person wrote it
    InboundState.KEPT: {InboundState.NEW, InboundState.SETTLED},
    InboundState.SETTLED: {InboundState.NEW},
}
