"""Who are we hearing from? Said freely after sending, once, and kept apart from the message."""

from django.db import transaction

from channels_app.models import Background, Message
from lifecycle import clock
from lifecycle.errors import WrongTurnError


@transaction.atomic
def tell_background(
    message: Message,
    *,
    age: str = "",
    gender: str = "",
    disability: str = "",
    first_time: str = "",
) -> None:
    """Keep what one sender says of themselves, and ask this sender no more.

    Nothing said is nothing kept. Raises WrongTurnError where it was asked before.
    """
    message = Message.objects.locked(message.pk)
    if message.background_asked:
        raise WrongTurnError(f"{message!r}: its sender was asked before")
    message.background_asked = True
    message.save(update_fields=["background_asked"])
    said = {"age": age, "gender": gender, "disability": disability, "first_time": first_time}
    if any(said.values()):
        month = clock.seoul().date().replace(day=1)
        Background.objects.create(month=month, borough=message.borough, **said)
