"""A city of many voices, put straight into the table: for counting, not for living."""

import random
from datetime import datetime, timedelta
from typing import Any

from channels_app.models import Kind, Message, PassageDue, Publication
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Office
from tests.people import factories as people

PAGES = {
    "wall with filters": "/smc/?show=waiting&office=sidewalks&overdue=on&since=2020-01-01",
    "wall with a wrong filter": "/smc/?office=nowhere&since=soon",
    "offices": "/departments/",
    "office": "/departments/sidewalks/",
    "boroughs": "/borough/",
    "borough": "/borough/mapo/",
    "channels": "/channels/",
    "how it works": "/how-it-works/",
}
STATUSES = (
    MessageStatus.RECEIVED,
    MessageStatus.ROUTED,
    MessageStatus.AT_WORK,
    MessageStatus.ANSWERED,
    MessageStatus.REPLIED,
    MessageStatus.REPLIED,
    MessageStatus.SET_ASIDE,
)
ANSWERED = {MessageStatus.AT_WORK, MessageStatus.REPLIED}
PUBLICATIONS = (
    Publication.PUBLIC,
    Publication.PUBLIC,
    Publication.PUBLIC,
    Publication.PRIVATE,
    Publication.HELD,
    Publication.HIDDEN,
)


def offices() -> list[Office]:
    """Three that answer, one of them a borough."""
    return [
        people.make_office("sidewalks"),
        people.make_office("bus-policy"),
        people.make_office("mapo", "borough", name_ko="마포구청", name_en="Mapo-gu Office"),
    ]


def leave() -> None:
    """Nobody has said anything."""
    PassageDue.objects.all().delete()
    Message.objects.all().delete()


def settle(count: int, *, seed: int = 1) -> None:
    """So many voices of the last two years, some far behind, some in time, some not shown."""
    dice = random.Random(seed)
    found, now = offices(), clock.now()
    before = Message.objects.count()
    Message.objects.bulk_create(
        [_voice(dice, before + number, found, now) for number in range(count)]
    )


def _voice(dice: random.Random, number: int, found: list[Office], now: datetime) -> Message:
    received = now - timedelta(hours=dice.randint(0, 24 * 730))
    due = received + timedelta(days=dice.randint(1, 30))
    status, publication = dice.choice(STATUSES), dice.choice(PUBLICATIONS)
    met = received + timedelta(hours=dice.randint(1, 24 * 40))
    is_met = status in ANSWERED and met <= now
    fields: dict[str, Any] = {
        "status": MessageStatus.ROUTED if status in ANSWERED and not is_met else status,
        "set_aside_reason": "spam" if status == MessageStatus.SET_ASIDE else "",
        "held_reason": "tone" if publication == Publication.HELD else "",
        "hidden_reason": "personal" if publication == Publication.HIDDEN else "",
    }
    if is_met:
        fields |= {"met_at": met, "met_due_at": due}
    if fields["status"] == MessageStatus.REPLIED:
        fields["replied_at"] = met
    return Message(
        code=f"S-2026-{900000 + number}",
        kind=dice.choice(Kind.values),
        channel=dice.choice(["web", "api"]),
        text=f"voice {number}",
        masked_text=f"voice {number}",
        publication=publication,
        office=dice.choice(found),
        borough=dice.choice([None, found[2]]),
        received_at=received,
        route_by=received,
        due_at=due,
        first_due_at=due,
        clock_from=received,
        **fields,
    )
