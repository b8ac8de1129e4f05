"""What a message and a delivery may become: two tables that fit on a screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class MessageStatus(models.TextChoices):
    """Where a message is."""

    RECEIVED = "received", pgettext_lazy("message", "received")
    ROUTED = "routed", pgettext_lazy("message", "with the office")
    ANSWERED = "answered", pgettext_lazy("message", "answer leaving")
    REPLIED = "replied", pgettext_lazy("message", "answered")
    SET_ASIDE = "set_aside", pgettext_lazy("message", "set aside")
    JOINED = "joined", pgettext_lazy("message", "joined to the same matter")


MESSAGE_LIFECYCLE: Lifecycle = {
    MessageStatus.RECEIVED: {
        MessageStatus.ROUTED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
    },
    MessageStatus.ROUTED: {
        MessageStatus.ROUTED,  # passed on
        MessageStatus.RECEIVED,  # handed back
        MessageStatus.ANSWERED,
        MessageStatus.SET_ASIDE,
        MessageStatus.JOINED,
    },
    MessageStatus.ANSWERED: {
        MessageStatus.REPLIED,
        MessageStatus.ROUTED,  # taken back before it left
    },
    MessageStatus.REPLIED: set(),
    MessageStatus.SET_ASIDE: {MessageStatus.RECEIVED},  # restored
    MessageStatus.JOINED: {MessageStatus.RECEIVED},  # un-joined: a matter of its own after all
}
MESSAGE_FINAL = frozenset({MessageStatus.REPLIED, MessageStatus.SET_ASIDE, MessageStatus.JOINED})


class Stage(models.TextChoices):
    """The four public stages of a message."""

    RECEIVED = "received", _("Received")
    WITH_OFFICE = "with_office", _("With the office")
    AT_WORK = "at_work", _("At work")
    ANSWERED = "answered", _("Answered")


STAGE_OF: dict[str, Stage] = {
    MessageStatus.RECEIVED: Stage.RECEIVED,
    MessageStatus.ROUTED: Stage.WITH_OFFICE,
    MessageStatus.ANSWERED: Stage.WITH_OFFICE,  # until it has left, nothing was answered
    MessageStatus.REPLIED: Stage.ANSWERED,
    MessageStatus.SET_ASIDE: Stage.RECEIVED,
    MessageStatus.JOINED: Stage.WITH_OFFICE,  # its page shows how far the lead has come
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
    DeliveryState.QUEUED: {DeliveryState.SENDING, DeliveryState.CANCELLED},
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
    DeliveryState.SENT: set(),
    DeliveryState.FAILED: {DeliveryState.QUEUED, DeliveryState.CANCELLED},
    DeliveryState.CANCELLED: set(),
}
