"""Take up: what somebody said becomes a suggestion, under the number it always had."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.models import Message, Topic, TopicKind
from channels_app.text.titles import title_of
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import rules
from suggestions.actions.rewriting import keep_version
from suggestions.models import Origin, Petition, Suggestion, SuggestionKind
from suggestions.states import SuggestionStatus

BY_LINK = "비공개 링크로 직접 요청"  # a note for officers, who read Korean


@transaction.atomic
def take_up_ideas(pks: Sequence[int]) -> None:
    """Every public idea among these messages becomes a suggestion that gathers support.

    What its author called a petition becomes one. What somebody else holds is skipped; the
    next sweep finds it. Safe to run twice.
    """
    free = Message.objects.ideas_for_everyone().all_locked(pks, skip_locked=True)
    petitions = set(Petition.objects.filter(message__in=free).values_list("message_id", flat=True))
    for message in free:
        if message.pk in petitions:
            take_up(message, origin=Origin.PETITION, kind=SuggestionKind.PETITION)
        else:
            take_up(message)


@transaction.atomic
def take_up(
    message: Message,
    *,
    by: User | None = None,
    origin: str = Origin.IDEA,
    kind: str = SuggestionKind.IDEA,
    consent: str = "",
    version: int | None = None,
) -> Suggestion:
    """Make a suggestion of this message; its office is the one that would answer it.

    `consent` says in words how its author agreed; only a public idea needs none, and what nobody
    outside has read yet waits for a moderator. Raises ValueError where an officer (`by`) does not
    say how, and what `channels_app.actions.take_up` raises.
    """
    if by is not None and not consent.strip():
        raise ValueError("taking up needs to say how its author agreed")
    if not consent and not message.is_public:
        raise WrongTurnError(f"{message!r}: its author has not agreed that everyone reads it")
    if Suggestion.objects.filter(message=message).exists():
        raise WrongTurnError(f"{message!r} was a suggestion once, and is answered as a message")
    message = message_actions.take_up(message, by=by, version=version, note=consent)
    moment = clock.now()
    office = message.office
    suggestion = Suggestion(
        message=message,
        topic=_topic_of(message),
        code=message.code,
        kind=kind,
        origin=origin,
        channel=message.channel,
        language=message.language,
        title=title_of(message.masked_text),
        masked_text=message.masked_text,
        borough_id=message.borough_id,
        department=None if office is None or office.is_centre else office,
        submitted_at=moment,
        office=Office.objects.centre(),
        due_at=workdays.due_after(moment, rules.SCREEN_DAYS.value()),
    )
    suggestion.save(force_insert=True)
    suggestion.begin(by=by)
    keep_version(suggestion, message.text)
    return open_to_support(suggestion, by=None) if message.is_public else suggestion


@transaction.atomic
def offer(message: Message) -> Suggestion:
    """Its author wants it to be a suggestion, by the private link: that is the consent.

    Raises WrongTurnError where it is answered, erased, hidden or held.
    """
    return take_up(message, origin=Origin.AUTHOR, consent=BY_LINK)


def _topic_of(message: Message) -> Topic:
    """Whoever followed the message follows the suggestion."""
    topic = message_actions.topic_of_taken_up(message)
    return message_actions.hand_over(topic, kind=TopicKind.SUGGESTION)


def open_to_support(suggestion: Suggestion, *, by: User | None) -> Suggestion:
    """Everyone may read and support it now; the row is locked, or new.

    The time for support begins with the first opening and is not begun again by a correction.
    """
    if by is not None:
        message_actions.show_taken_up(suggestion.message, by=by)
    moment = clock.now()
    opened = suggestion.opened_at or moment
    closes = opened + timedelta(days=rules.WINDOW_DAYS.value())
    suggestion.move(
        SuggestionStatus.OPEN,
        by=by,
        only_from={SuggestionStatus.SUBMITTED},
        office=Office.objects.listening_team(),
        due_at=max(closes, moment + timedelta(days=1)),
        public_text=f"{suggestion.title}\n{suggestion.masked_text}",
        opened_at=opened,
        not_shown="",
    )
    return suggestion
