"""Joining, parting and answering at once: no deadlock, no chain, and the books balance."""

from functools import partial

import pytest

from channels_app import actions
from channels_app.models import Message
from people.models import Office, User
from tests.faults import city
from tests.faults.test_one_winner import Act, all_at_once
from tests.ledger import check_ledger
from tests.people import factories as people


def routed(roads: Office) -> Message:
    """A voice that lies with the roads."""
    message = city.speak(contact="mina@example.org")
    return actions.route(message, to=roads, by=people.centre_officer())


@pytest.mark.parametrize("crowd", [2, 12])
def test_two_that_are_joined_to_each_other_end_as_one_pair(
    crowd: int, roads: Office, jun: User
) -> None:
    one, other = routed(roads), routed(roads)
    pair = [partial(actions.join, one, to=other), partial(actions.join, other, to=one)]
    acts: list[Act] = [partial(pair[number % 2], by=jun) for number in range(crowd)]

    came_to = all_at_once(acts)

    assert came_to["won"] == 1
    assert came_to.total() == crowd
    assert sorted(Message.objects.values_list("status", flat=True)) == ["joined", "routed"]
    check_ledger(settled=False)


def test_publishing_parting_and_setting_aside_at_once_lose_nobody(roads: Office, jun: User) -> None:
    earlier, lead, later = (routed(roads) for _n in range(3))  # keys on both sides of the lead's
    for message in (earlier, later):
        actions.join(message, to=lead, by=jun)
    reply = actions.answer(lead, text="고쳤습니다", by=jun)
    acts: list[Act] = [
        partial(actions.publish, reply),
        partial(actions.publish, reply),
        partial(actions.un_join, earlier, reason="다른 일", by=jun),
        partial(actions.un_join, later, reason="다른 일", by=jun),
        partial(actions.set_aside, lead, reason="spam", by=jun),
    ]

    came_to = all_at_once(acts)

    assert came_to["won"] == 4
    check_ledger(settled=False)
