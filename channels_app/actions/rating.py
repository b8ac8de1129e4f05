"""Rate: its author says whether the answer was clear, and whether they felt heard.

The private link is the proof, so no `by`: whoever has it is the author.
"""

from django.db import transaction

from channels_app import ratings
from channels_app.models import Felt, Message, Rating
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError


@transaction.atomic
def rate(message: Message, *, clear: str, heard: str, words: str = "") -> Rating:
    """What its author says of the newest closing answer; said again, it replaces what was said.

    Raises WrongTurnError where no answer closed it, or its time is over; ValueError for a word
    that is none of the three.
    """
    message = Message.objects.locked(message.pk)
    if (reply := ratings.answer_to_rate(message)) is None:
        raise WrongTurnError(f"{message!r}: there is no answer to rate now")
    said = {
        "clear": Felt(clear).value,
        "heard": Felt(heard).value,
        "words": tidy(words),
        "masked_words": mask(tidy(words)),
    }
    moment = clock.now()
    known = Rating.objects.filter(message=message, reply=reply)
    if known.exclude(**said).update(**said, changed_at=moment):
        return known.get()
    first = {**said, "office": reply.office, "at": moment}
    return Rating.objects.get_or_create(message=message, reply=reply, defaults=first)[0]
