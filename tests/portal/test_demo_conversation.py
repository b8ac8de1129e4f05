"""The demonstration of the exchange is told once: ratings, two matters, unread words."""

import pytest

from channels_app import ratings
from channels_app.models import Message, Rating
from lifecycle import clock
from people.models import Office
from seoul_portal.demo import conversation
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_it_is_told_once_and_every_page_has_something_true_to_show() -> None:
    moment = clock.now()
    conversation.play(moment)
    before = (Message.objects.count(), Rating.objects.count())

    conversation.play(moment)

    assert (Message.objects.count(), Rating.objects.count()) == before
    parks = ratings.trend_of_office(Office.objects.get(slug="parks"))
    assert parks.whole.number >= 5
    first = Message.objects.get(text=conversation.TWO_MATTERS.text)
    assert first.split_off.get().text == conversation.SECOND_MATTER
    assert list(Message.objects.with_new_words().values_list("text", flat=True)) == [
        conversation.MORE_TO_SAY.text
    ]
    check_ledger(settled=False)
