"""Two matters in one voice: split off, and put together within seconds."""

from typing import Any

from django.utils.translation import gettext as _

from channels_app import actions, kicks, tasks
from channels_app.models import Message
from desk.split_form import PutTogetherForm, SplitForm
from desk.views.acts import button
from lifecycle.errors import OvertakenError
from people.models import User


@button(SplitForm)
def split(message: Message, typed: dict[str, Any], user: User) -> str:
    """A number, an office and a date of its own for the second matter."""
    made = actions.split(
        message, text=typed["text"], kind=typed["kind"], by=user, version=typed["version"]
    )
    kicks.kick_on_commit(tasks.route_waiting)
    return _("%(code)s is the second matter. Its author is told of it in a moment.") % {
        "code": made
    }


@button(PutTogetherForm)
def put_together(message: Message, typed: dict[str, Any], user: User) -> str:
    """It was one matter after all."""
    made = message.split_off.filter(code=typed["part"]).first()
    if made is None:
        raise OvertakenError(f"{typed['part']} was not split off from {message!r}")
    actions.put_together(made, by=user)
    return _("%(code)s is put together with this again. Its author was not told.") % {"code": made}
