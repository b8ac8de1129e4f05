"""The demonstration of the promise is told once, and every story comes to where it should."""

import pytest

from channels_app.models import Message, Reminder
from channels_app.states import MessageStatus
from lifecycle import clock
from seoul_portal.demo import promise
from seoul_portal.demo.story import Voice
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def told(voice: Voice) -> Message:
    """The message of this story."""
    return Message.objects.get(text=voice.text)


def test_every_story_comes_to_its_point_and_is_told_once() -> None:
    moment = clock.now()
    promise.play(moment)
    reminded = Reminder.objects.count()

    promise.play(moment)

    assert Message.objects.count() == len(promise.STORIES)
    assert Reminder.objects.count() == reminded
    assert told(promise.WAITING).is_waiting_for_author
    assert told(promise.AT_WORK).is_at_work
    assert not told(promise.AT_WORK).is_overdue
    late = told(promise.LATE)
    assert (late.is_at_work, late.is_overdue, late.moves) == (True, True, 1)
    levels = {one.level for one in late.reminders.all() if one.due_at == late.due_at}
    assert levels >= {"late", "head"}
    assert told(promise.REFUSED).replies.get().is_no
    assert (told(promise.REOPENED).round, told(promise.APPEALED).round) == (1, 2)
    assert told(promise.APPEALED).status == MessageStatus.ROUTED
    assert told(promise.CONFIRMED).fixed
    assert told(promise.CONFIRMED).was_in_time
    assert told(promise.ANSWERED_LATE).was_in_time is False
    check_ledger(settled=False)
