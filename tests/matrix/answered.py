"""Suggestions of the roads that were answered and finished, for the table of addresses."""

from typing import Any

from channels_app import actions as message_actions
from channels_app.models import Confirmation, Follow
from lifecycle import clock
from suggestions import actions, tasks
from suggestions.models import Suggestion
from tests.matrix.people_of import Town
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas


def places(town: Town) -> dict[str, Any]:
    """One claimed to be done, one declined, one whose followers are asked; two promises."""
    head, mayor = town.users["head"], town.users["mayor"]
    claimed = answering.claimed(answering.reviewed(town.roads), by=head)
    declined = answering.reviewed(town.roads)
    answering.declined(declined, by=head)
    words = actions.Spoken("길을 고치겠습니다.", answering.today())
    made, taken = (
        actions.make_promise(words, speaker=people.mayors_office(), by=mayor) for _n in range(2)
    )
    finish_on = answering.today() + 30 * answering.DAY
    return {
        "claimed": Suggestion.objects.get(pk=claimed.pk),
        "declined": Suggestion.objects.get(pk=declined.pk),
        "survey": _survey(answering.done(answering.reviewed(town.roads), by=head)),
        "made": made,
        "taken": actions.accept(taken, office=town.roads, finish_on=finish_on, by=head),
    }


def _survey(done: Suggestion) -> Confirmation:
    contact, moment = ideas.person(), clock.now()
    message_actions.confirm_contact(contact)
    Follow.objects.create(topic=done.topic, contact=contact, created_at=moment, confirmed_at=moment)
    Suggestion.objects.filter(pk=done.pk).update(due_at=moment - answering.DAY)
    tasks.follow_up()
    tasks.invite_to_surveys()
    return Confirmation.objects.get(purpose="survey", topic=done.topic)
