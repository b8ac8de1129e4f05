"""A citizen whose idea has gone everywhere it can go, who supports others and sits somewhere."""

from datetime import timedelta

from channels_app import actions as message_actions
from channels_app.models import Contact, Message
from lifecycle import clock
from suggestions import actions
from suggestions.models import Judge, Suggestion
from tests.committees import rooms
from tests.people import factories as people
from tests.privacy import lives
from tests.privacy.lives import MINA, QUOTED
from tests.suggestions import answering
from tests.suggestions import factories as ideas

OWN = f"{QUOTED} 김미나예요. 010-8765-4321"


def suggested() -> Message:
    """Rewritten, discussed, noted on, minded, answered twice, judged; and never quite content."""
    ideas.listening()
    people.mayors_officer()
    message = lives.said(kind="idea")
    by, head = lives.jun(), people.head_of(lives.roads())
    message_actions.route(message, to=lives.roads(), by=people.centre_officer(), reason=OWN)
    idea = actions.take_up(Message.objects.get(pk=message.pk))
    actions.rewrite(idea, text=f"{OWN} 더 적습니다.")
    actions.comment_as_author(idea, text=OWN, stance="for")
    actions.assign(idea, to=lives.roads(), by=ideas.listener(), reason=OWN)
    actions.pick(idea, reason="많이 바랍니다.", by=ideas.listener())
    answering.declined(idea, by=head)
    actions.rate(idea, clear="no", heard="no", words=OWN)
    minded = actions.appeal(idea, text=OWN)
    actions.uphold(minded, reason="다시 봅니다.", by=people.mayors_officer())
    answering.put_off(idea, by=by)
    answering.claimed(Suggestion.objects.get(pk=idea.pk), by=head)
    actions.dispute_done(idea, text=OWN)
    return Message.objects.get(pk=message.pk)


def busy_elsewhere() -> Contact:
    """Supports an idea of somebody else, writes along with it, sits in a committee, disagrees."""
    room = rooms.at_work("buses-of-the-test")
    other, address = ideas.opened(room.office), MINA[1]
    with clock.at(clock.now() - timedelta(days=2)):  # an address is asked three times a day at most
        asked = actions.ask_for_support(other, address=address, language="ko").confirmation
        assert asked is not None
        actions.confirm_support(asked)
        ideas.commented(other, OWN, address=address)
        actions.invite_author(other, address=address, language="ko")
    person = actions.Person(side="citizen", name="김미나", organisation=QUOTED, shown=True)
    seat = actions.invite_to_seat(room.committee, person, address=address, by=room.jun)
    assert seat.confirmation is not None
    seat = actions.accept_seat(seat.confirmation, shown=True)
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=seat, concurs=False, words=OWN)
    actions.take_drop_back(proposal, by=room.jun)
    actions.claim_done(rooms.implementing(room), text="다닙니다.", result="programme", by=room.head)
    actions.dispute_done(room.suggestion, text="010-8765-4321로 물어 보세요", judge=Judge.SEAT)
    assert seat.contact is not None
    return seat.contact
