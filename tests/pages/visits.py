"""Every page a citizen can see: the rows it needs, its address, what is posted there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import translation

from channels_app import actions
from channels_app.models import Message, PassageDue
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import WORDS, receive, routed_to
from tests.people import factories as people

MINA = ("mail", "mina@example.org")
BY_PHONE = ("phone", "+821012345678")
PRIVATE_WORDS = WORDS + "\n010-1234-5678"


def office() -> Office:
    """The office in charge."""
    return people.make_office("pages-of-the-test", name_en="Paving Office", name_ko="보도과")


def answered(**said: Any) -> Message:
    """A message with an answer that names a mail address."""
    jun = people.officer_of(office())
    reply = actions.answer(
        routed_to(office(), **said), text="Fixed. Ask paving@seoul.go.kr", by=jun
    )
    with clock.at(reply.leaves_at):
        return actions.publish(reply)


def late(**said: Any) -> Message:
    """A message whose answer date has passed."""
    with clock.at(clock.now() - timedelta(days=30)):
        return routed_to(office(), **said)


def set_aside(**said: Any) -> Message:
    """A message that gets no answer."""
    return actions.set_aside(receive(**said), reason="spam", by=people.centre_officer())


def reported() -> Message:
    """A message hidden by a reader's report."""
    return actions.report(receive())


def hidden() -> Message:
    """A message that an officer took from the public pages."""
    return actions.hide(receive(), reason="personal", by=people.centre_officer())


def report_of(message: Message) -> str:
    """Where a reader reports it."""
    return message.get_absolute_url() + "report/"


def joined() -> Message:
    """A message with a place that is joined to an answered one."""
    lead = routed_to(office())
    message = receive(same_as=lead.code, place="Hapjeong", position=(37.55, 126.91), contact=MINA)
    reply = actions.answer(
        Message.objects.get(pk=lead.pk), text="Fixed.", by=people.officer_of(office())
    )
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    return message


def mail_link(message: Message) -> str:
    """The address in the first mail."""
    assert message.contact is not None
    return f"/mail/{message.code}/{message.contact.token_for(message.code)}/"


def english(path: str) -> str:
    """The same address in English, whatever language the last request left behind."""
    return path if path.startswith("/en/") else f"/en{path}"


@dataclass(frozen=True)
class Visit:
    """One page. `path` makes its rows; `typed` is posted there instead of asking for it."""

    name: str
    path: Callable[[], str]
    status: int = 200
    typed: dict[str, str] = field(default_factory=dict)

    def open(self, client: Client, language: str) -> str:
        """The page as it comes back."""
        with translation.override("ko"):
            path = self.path() if language == "ko" else english(self.path())
        page = client.post(path, self.typed) if self.typed else client.get(path)
        assert page.status_code == self.status, (self.name, page.status_code)
        return page.content.decode()


def _wrong_contact() -> dict[str, str]:
    key = "3f6c7a1e-58a1-4b51-9d0a-8b7a6f1f7f10"
    typed = {"text": WORDS, "kind": "complaint", "audience": "office", "client_key": key}
    return {**typed, "contact": "nowhere"}


VISITS = [
    Visit("home", lambda: "/"),
    Visit("say", lambda: "/say/"),
    Visit("say a danger", lambda: "/say/hazard/"),
    Visit("say again", lambda: "/say/", typed={"text": WORDS}),
    Visit("say nothing", lambda: "/say/check/", 422, {"text": " "}),
    Visit("check", lambda: "/say/check/", typed={"text": PRIVATE_WORDS}),
    Visit("check a danger", lambda: "/say/check/", typed={"text": "다리가 무너질 것 같아요"}),
    Visit("check with errors", lambda: "/say/send/", 422, _wrong_contact()),
    Visit("done", lambda: receive(contact=MINA).private_url("case_done")),
    Visit("done by phone", lambda: receive(contact=BY_PHONE).private_url("case_done")),
    Visit("done without contact", lambda: receive(public=False).private_url("case_done")),
    Visit("done and answered", lambda: answered().private_url("case_done")),
    Visit("done and set aside", lambda: set_aside().private_url("case_done")),
    Visit("case new", lambda: receive(kind="hazard").get_absolute_url()),
    Visit("case late", lambda: late().get_absolute_url()),
    Visit("case answered", lambda: answered().get_absolute_url()),
    Visit("case set aside", lambda: set_aside().get_absolute_url()),
    Visit("case private", lambda: answered(public=False).private_url()),
    Visit("case private and hidden", lambda: reported().private_url()),
    Visit("done and held", lambda: receive(held="burst", public=False).private_url("case_done")),
    Visit("case private and held", lambda: receive(held="tone").private_url()),
    Visit("case private, hidden by an officer", lambda: hidden().private_url()),
    Visit("case hidden", lambda: reported().get_absolute_url(), 404),
    Visit("case joined", lambda: joined().get_absolute_url()),
    Visit("case joined, private", lambda: joined().private_url()),
    Visit("done and joined", lambda: joined().private_url("case_done")),
    Visit("check with the same", lambda: _same(), typed={"text": WORDS}),
    Visit("case nothing", lambda: "/s/S-2026-999999/", 404),
    Visit("report", lambda: report_of(receive())),
    Visit("report too long", lambda: report_of(receive()), 422, {"words": "x" * 501}),
    Visit("reported", lambda: report_of(receive()), typed={"words": "a name"}),
    Visit("track", lambda: "/track/"),
    Visit("track with errors", lambda: "/track/?code=12", 422),
    Visit("mail link", lambda: mail_link(receive(contact=MINA))),
    Visit("mail refused", lambda: mail_link(receive(contact=MINA)), typed={"act": "refuse"}),
    Visit("search", lambda: "/search/"),
    Visit("search with hits", lambda: _found("걸립니다")),
    Visit("search without hits", lambda: _found("걸립니더")),
    Visit("search by number", lambda: f"/search/?q={int(receive().code[7:])}"),
    Visit("search with errors", lambda: "/search/?q=x&since=then", 422),
    Visit("wall empty", lambda: "/smc/?show=overdue"),
    Visit("wall", lambda: _wall()),
]
BY_NAME = {visit.name: visit for visit in VISITS}


def _same() -> str:
    answered()
    routed_to(office(), text=WORDS[:30], place="Hapjeong")
    return "/say/check/"


def _found(word: str) -> str:
    for number in range(25):
        receive(text=f"{WORDS} {number}")
    answered()
    actions.index(PassageDue.objects.next(100))
    actions.learn_words()
    return f"/search/?q={word}"


def _wall() -> str:
    receive(text="가" * 400)
    late()
    answered()
    set_aside()
    return "/smc/"
