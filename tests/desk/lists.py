"""The list of the desk for its tests: three messages in it, and acts that lead on."""

from django.test import Client

from channels_app.models import Message
from tests.desk.doors import case_url, words_of


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def act(client: Client, message: Message, button: str, show: str = "all", **typed: object) -> str:
    """Press a button in the list, and say where it leads."""
    path = case_url(message, button) + f"?show={show}"
    answer = client.post(path, {"version": fresh(message).version, **typed})
    assert answer.status_code == 302, words_of(answer)
    return str(answer["Location"])
