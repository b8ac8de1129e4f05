"""Somebody follows what others said, each change or once a day; one was only asked, one stopped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from channels_app import actions, daily
from channels_app.models import Contact, ContactKind, Delivery, Follow, Message, Reminder
from channels_app.states import IN_HAND
from lifecycle import clock

SINCE = timedelta(days=3)
FOLLOWED = 4
AT_ONCE = 200


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        _in_batches(actions.open_topics, list(Message.objects.without_topic().values_list("pk")))
    open_ones = Message.objects.public().filter(status__in=IN_HAND, received_at__lt=now - 2 * SINCE)
    for message in open_ones.order_by("-received_at", "pk")[:FOLLOWED]:
        with clock.at(now - SINCE):
            _follow(message, "dami", confirms=True)
            _once_a_day(_follow(message, "robin", confirms=True, language="en"))
            _follow(message, "asked")
            _stop(_follow(message, "gone", confirms=True))
    with clock.at(now):
        _in_batches(actions.tell_news, list(Message.objects.with_untold_steps().values_list("pk")))
        _in_batches(actions.tell_late, list(Reminder.objects.untold_outside().values_list("pk")))
    with clock.at(daily.last_hour(now)):
        _in_batches(actions.gather, list(Delivery.objects.for_digest().values_list("contact")))


def _follow(
    message: Message, name: str, *, confirms: bool = False, language: str = "ko"
) -> Follow | None:
    """None where it was told before."""
    address = f"{name}@demo.invalid"
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    if Follow.objects.filter(contact=contact, topic__code=message.code).exists():
        return None
    actions.follow(message, address=address, language=language)
    follow = Follow.objects.get(contact=contact, topic__code=message.code)
    return actions.confirm_follow(follow) if confirms else follow


def _once_a_day(follow: Follow | None) -> None:
    if follow is not None and follow.contact is not None:
        actions.hear_daily(follow.contact)


def _stop(follow: Follow | None) -> None:
    if follow is not None:
        actions.end_follow(follow)


def _in_batches(act: Callable[[list[int]], None], keys: list[tuple[int]]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        act([pk for (pk,) in keys[start : start + AT_ONCE]])
