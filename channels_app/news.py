"""What the mails to those who follow say: what changed, who has it, by when, and how to stop."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app import timeline, ways
from channels_app.models import (
    Confirmation,
    Delivery,
    DeliveryEvent,
    Message,
    MessageStep,
    Publication,
)
from channels_app.states import IN_HAND, Cause, MessageStatus

# An author's answer keeps its own template; a follower reads it as everyone may.
TEMPLATES = {DeliveryEvent.NEWS: "changed"}
OF_FOLLOWERS = {DeliveryEvent.ANSWER: "followed"}
# What a higher floor tells: each adds what the template of its event needs, or None where that is
# not true any more (AppConfig.ready).
from_above: dict[str, Callable[[Delivery], dict[str, Any] | None]] = {}
NOT_SHOWN = "not shown to everyone any more"
NOT_FOLLOWED = "no longer followed"
FOLLOWED = "followed already"
NO_NEWS = "its author wants no news"
TOLD_OTHERWISE = "joined to another message meanwhile"
CONFIRMED = "confirmed already"
NOT_JOINED = "no longer joined to it"
NOT_LATE = "no longer late"
NOTHING_LEFT = "nothing of it is true any more"
OF_CHANGES = (DeliveryEvent.NEWS, DeliveryEvent.LATE, DeliveryEvent.NOTICE)
DECIDED_ANEW = "something else was decided meanwhile"
# To its author, who has done it; the mail shows that it has arrived, and the new date.
OWN_ACTS: Mapping[str, str | Promise] = {
    Cause.REOPENED: _("You said that it is not solved"),
    Cause.APPEALED: _("You appealed"),
    Cause.HEARD: _("You answered: the clock runs again"),
}


def template_of(delivery: Delivery) -> str:
    """The name of the mail's template."""
    event = DeliveryEvent(delivery.event)
    if delivery.confirmation is not None:
        return f"{event.value}_{delivery.confirmation.purpose}"
    if delivery.follow_id is not None and event in OF_FOLLOWERS:
        return OF_FOLLOWERS[event]
    return TEMPLATES.get(event, event.value)


def language_of(delivery: Delivery) -> str:
    """The language somebody followed in, or wrote from."""
    follow, told = delivery.follow, delivery.gathered.filter(follow__isnull=False)
    if delivery.event == DeliveryEvent.DIGEST:
        newest = told.select_related("follow").order_by("pk").last()
        follow = newest.follow if newest else None
    language: str = (follow or delivery.confirmation or delivery.told_of).language
    return language


def needs_of(delivery: Delivery) -> dict[str, Any]:
    """What the templates need beside the message, in the language that is active."""
    needs: dict[str, Any] = {"follow": delivery.follow, "matter": delivery.told_of.matter}
    if (of_event := from_above.get(delivery.event)) is not None:
        needs |= of_event(delivery) or {}
    if delivery.follow is not None:
        needs |= _of_follower(delivery)
    if delivery.confirmation is not None:
        needs |= _of_confirmation(delivery.confirmation)
    if delivery.event in (DeliveryEvent.NEWS, DeliveryEvent.LATE):
        needs |= {"stop_link": stop_link(delivery)}
    if delivery.step is not None:
        needs["entries"] = changes(delivery)
    if delivery.reminder is not None:
        needs |= {"reminder": delivery.reminder, "next": ways.told_if_late(needs["matter"])}
    return needs


def _of_follower(delivery: Delivery) -> dict[str, Any]:
    """Public pages only; what was hidden behind a private link stays there."""
    follow = delivery.follow
    assert follow is not None  # noqa: S101 - asked before
    link = reverse("follow_link", args=[follow.pk, follow.token])
    if delivery.event != DeliveryEvent.FOLLOW:
        link = delivery.told_of.get_absolute_url()
    return {
        "link": settings.SITE_URL + link,
        "stop_link": stop_link(delivery),
    }


def _of_confirmation(asked: Confirmation) -> dict[str, Any]:
    """The page of the higher floor that asks."""
    path = reverse(f"confirm_{asked.purpose}", args=[asked.pk, asked.token])
    return {"link": f"{settings.SITE_URL}{path}", "topic": asked.topic, "asked": asked}


def stop_link(delivery: Delivery) -> str:
    """Where one press ends these mails; by its own token, which opens nothing else."""
    follow, message = delivery.follow, delivery.message
    if follow is not None:
        path = reverse("unsubscribe", args=[follow.pk, follow.token])
    elif message is None:
        contact = delivery.recipient
        path = reverse("mails", args=[contact.pk, contact.mails_token])
    else:
        path = reverse("mute", args=[message.code, message.mute_token])
    return f"{settings.SITE_URL}{path}"


def changes(delivery: Delivery) -> list[timeline.Entry]:
    """What happened, oldest first: the steps after `since_seq` up to the one named."""
    newest, since = delivery.step, delivery.since_seq or 0
    if newest is None:
        return []
    root = delivery.told_of if newest.root_id == delivery.message_id else newest.root
    steps = list(
        MessageStep.objects.filter(root=root, seq__gte=since, seq__lte=newest.seq)
        .select_related("office", "by_office", "by")
        .order_by("seq")
    )  # one more than is told, to see whether the date moved
    told = [step for step in steps if step.seq > since]
    outward = [step for step in told if (step.from_status, step.to_status) not in timeline.INWARD]
    found = timeline.entries(root, steps)[: len(outward)][::-1]
    if delivery.follow_id is not None or root != delivery.message:
        return found
    return [
        replace(entry, what=str(OWN_ACTS.get(step.cause, entry.what)))
        for entry, step in zip(found, outward, strict=True)
    ]


def untrue_because(delivery: Delivery) -> str:
    """Why this is not to be told any more, or nothing: asked in the moment before it leaves."""
    if delivery.event == DeliveryEvent.DIGEST:
        return "" if still_true(delivery) else NOTHING_LEFT
    message, follow = delivery.message, delivery.follow
    of_event = from_above.get(delivery.event)
    if of_event is not None and of_event(delivery) is None:
        return DECIDED_ANEW
    if follow is not None and not _may_follow(delivery):
        return NOT_SHOWN
    asks = delivery.event == DeliveryEvent.FOLLOW
    if follow is not None and follow.is_active == asks:
        return FOLLOWED if asks else NOT_FOLLOWED
    if delivery.confirmation is not None:
        return _needs_no_confirming(delivery, delivery.confirmation)
    if delivery.event not in OF_CHANGES or message is None:
        return ""
    if follow is None and not message.wants_news:
        return NO_NEWS
    return _overtaken(delivery, message)


def still_true(digest: Delivery) -> list[Delivery]:
    """What the mail of a day tells of, oldest first, without what is not to be told any more."""
    rows = digest.gathered.select_related(
        "message__office",
        "message__lead",
        "reply__message",
        "step__root",
        "reminder",
        "notice__topic__office",
        "follow__topic__office",
        "follow__contact",
    )
    return [row for row in rows.order_by("pk") if not untrue_because(row)]


def _needs_no_confirming(delivery: Delivery, asked: Confirmation) -> str:
    if delivery.event in (DeliveryEvent.DECIDED, DeliveryEvent.WAITS):
        return ""
    if not delivery.told_of.is_public:
        return NOT_SHOWN
    return CONFIRMED if asked.confirmed_at else ""


def _may_follow(delivery: Delivery) -> bool:
    """Everyone may read the message, and the one whose news or answer it is."""
    if delivery.message is None:
        own = delivery.follow.topic if delivery.follow is not None else None
        return all(topic.shown for topic in (delivery.topic, own) if topic is not None)
    told = delivery.step.root if delivery.step else delivery.message
    if delivery.reply is not None:
        told = delivery.reply.message
    return delivery.message.is_public and told.publication == Publication.PUBLIC


def _overtaken(delivery: Delivery, message: Message) -> str:
    if delivery.reminder is not None:
        matter = message.matter
        is_late = matter.due_at == delivery.reminder.due_at and matter.status in IN_HAND
        return "" if is_late else NOT_LATE
    if delivery.step is None:
        return ""
    if delivery.step.root_id == message.pk:
        joined = message.status == MessageStatus.JOINED
        return TOLD_OTHERWISE if joined and not _tells_of_joining(delivery.step, message) else ""
    return "" if delivery.step.root_id == message.lead_id else NOT_JOINED


def _tells_of_joining(step: MessageStep, message: Message) -> bool:
    """The last turn of a joined message is its joining."""
    return step.to_status == MessageStatus.JOINED and step.seq == message.version
