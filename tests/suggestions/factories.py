"""Suggestions for everybody's tests, made by the real actions."""

import itertools
from typing import Any

from django.db import transaction

from channels_app.models import Contact, ContactKind, Kind
from people.models import Office, User
from suggestions import actions
from suggestions.actions.counting import latch
from suggestions.models import Comment, Milestone, Suggestion, Support
from tests.channels_app import factories as voices
from tests.people import factories as people

WORDS = "밤 12시 이후에도 다니는 심야버스를 운행해 주세요. 밤늦게 일하는 사람이 많아요."
_number = itertools.count(1)


def listening() -> Office:
    """The Attentive Listening Team."""
    return people.make_office("attentive-listening")


def listener(**fields: Any) -> User:
    """An officer of the listening team."""
    return people.officer_of(listening(), **fields)


def opened(office: Office | None = None, text: str = WORDS, **said: Any) -> Suggestion:
    """An idea that gathers support; `office` is the department that would answer."""
    listening()
    said = {"kind": Kind.IDEA, **said}
    if office is None:
        message = voices.receive(text, **said)
    else:
        message = voices.routed_to(office, text=text, **said)
    return actions.take_up(message)


def submitted(office: Office, text: str = WORDS, **said: Any) -> Suggestion:
    """A message only the office read, which its author made a suggestion: nobody has looked yet."""
    listening()
    said = {"kind": Kind.COMPLAINT, "public": False, **said}
    return actions.offer(voices.routed_to(office, text=text, **said))


def crossed(suggestion: Suggestion, threshold: str, *, people: int = 1000) -> Milestone:
    """A threshold that was crossed, as the counter latches it."""
    with transaction.atomic():
        latch(Suggestion.objects.locked(suggestion.pk), people)
    return Milestone.objects.get(suggestion=suggestion, threshold=threshold)


def person(address: str = "") -> Contact:
    """Somebody who can be reached by mail."""
    address = address or f"person{next(_number)}@example.org"
    return Contact.objects.reached_by(ContactKind.MAIL, address)


def supported(suggestion: Suggestion, people: int = 1) -> list[Support]:
    """So many new people support it; not counted yet."""
    return [actions.support(suggestion, contact=person()) for _one in range(people)]


def reviewed(office: Office, **said: Any) -> Suggestion:
    """One that the office has to answer: picked by the listening team."""
    return actions.pick(opened(office, **said), reason="많은 시민이 바랍니다.", by=listener())


def commented(
    suggestion: Suggestion, text: str = "밤늦게 꼭 필요해요.", stance: str = "for", **said: Any
) -> Comment:
    """What somebody said and confirmed."""
    comment = asked(suggestion, text, stance, **said)
    assert comment.confirmation is not None
    return actions.confirm_comment(comment.confirmation)


def asked(
    suggestion: Suggestion, text: str = "밤늦게 꼭 필요해요.", stance: str = "for", **said: Any
) -> Comment:
    """What somebody said and has not confirmed yet."""
    address = f"person{next(_number)}@example.org"
    said = {"address": address, "language": "ko", **said}
    comment = actions.ask_to_comment(suggestion, text=text, stance=stance, **said)
    assert comment is not None
    return comment
