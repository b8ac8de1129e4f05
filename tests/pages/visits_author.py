"""The pages of a promise: cases at every point, and what their authors can do."""

from channels_app import actions
from channels_app.models import Message
from tests.channels_app.factories import receive, routed_to
from tests.pages import promises, visits
from tests.pages.visits import Visit
from tests.people import factories as people


def door(message: Message, name: str) -> str:
    """One way under the private link."""
    return message.private_url(f"case_{name}")


def _with_words() -> Message:
    message = routed_to(visits.office())
    actions.add_words(message, text="It is the left side.\n왼쪽입니다.")
    return Message.objects.get(pk=message.pk)


def _confirmed() -> Message:
    return actions.confirm_fixed(visits.answered())


def _told_who() -> Message:
    message = receive()
    actions.tell_background(message, age="65+")
    return message


def _rated() -> Message:
    message = visits.answered()
    actions.rate(message, clear="partly", heard="yes", words="Thank you.\n고맙습니다.")
    return message


def _split(*, private: bool) -> str:
    """The first of two matters; its second one is split off."""
    message = routed_to(visits.office(), text="The kerb is loose.\nAnd the lamp is dark.")
    made = actions.split(
        message,
        text="And the lamp is dark.",
        kind="hazard",
        by=people.officer_of(visits.office()),
    )
    return message.private_url() if private else made.get_absolute_url()


def _sent() -> str:
    return _with_words().private_url() + "?sent=1"


PERSONAL = {"text": "Call 010-1234-5678"}
VISITS = [
    Visit("case waiting for its author", lambda: promises.asked_back().get_absolute_url()),
    Visit("case waiting, private", lambda: promises.asked_back().private_url()),
    Visit("case at work", lambda: promises.at_work().get_absolute_url()),
    Visit("case late at work", lambda: promises.late_at_work().get_absolute_url()),
    Visit("case refused", lambda: promises.refused().get_absolute_url()),
    Visit("case refused, private", lambda: promises.refused().private_url()),
    Visit("case appealed", lambda: promises.appealed().get_absolute_url()),
    Visit("case answered again, private", lambda: promises.answered_again().private_url()),
    Visit("case with words, private", _sent),
    Visit("case fixed", lambda: _confirmed().get_absolute_url()),
    Visit("done and told who", lambda: _told_who().private_url("case_done")),
    Visit("done at work", lambda: promises.at_work().private_url("case_done")),
    Visit("ask", lambda: door(routed_to(visits.office()), "ask")),
    Visit("ask: answer a question", lambda: door(promises.asked_back(), "ask")),
    Visit("ask: nothing", lambda: door(routed_to(visits.office()), "ask"), 422, {"text": " "}),
    Visit("ask: warned", lambda: door(routed_to(visits.office()), "ask"), 200, PERSONAL),
    Visit("confirm", lambda: door(visits.answered(), "confirm")),
    Visit("confirm: thanks", lambda: door(_confirmed(), "confirm")),
    Visit("reopen", lambda: door(visits.answered(), "reopen")),
    Visit("reopen: set aside", lambda: door(visits.set_aside(), "reopen")),
    Visit("reopen: joined", lambda: door(visits.joined(), "reopen")),
    Visit("reopen: shut", lambda: door(promises.at_work(), "reopen"), 409, PERSONAL),
    Visit("appeal", lambda: door(promises.answered_again(), "appeal")),
    Visit("rate", lambda: door(visits.answered(), "rate")),
    Visit("rate: said", lambda: door(_rated(), "rate") + "?said=1"),
    Visit("rate: nothing chosen", lambda: door(visits.answered(), "rate"), 422, {"words": " "}),
    Visit("rate: shut", lambda: door(promises.at_work(), "rate")),
    Visit("case rated, private", lambda: _rated().private_url()),
    Visit("case with a second matter, private", lambda: _split(private=True)),
    Visit("case of a second matter", lambda: _split(private=False)),
    Visit("appeal: shut", lambda: door(visits.answered(), "appeal")),
]
