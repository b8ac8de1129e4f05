"""Every page of suggestions a citizen can see, with the rows it needs."""

from datetime import timedelta

from lifecycle import clock
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas

MINA = ("mail", "mina@example.org")


def office() -> Office:
    """Who would answer."""
    return people.make_office("ideas-of-the-test", name_en="Night Bus Office", name_ko="심야버스과")


def opened() -> Suggestion:
    """Gathers support, some of it on paper."""
    idea = ideas.opened(office(), contact=MINA)
    ideas.supported(idea, 3)
    actions.count_supports()
    actions.enter_paper(idea, people=12, words="역 앞 서명대", by=ideas.listener())
    return idea


def late() -> Suggestion:
    """The office owes an answer since yesterday."""
    with clock.at(clock.now() - timedelta(days=40)):
        return ideas.reviewed(office(), contact=MINA)


def returned() -> Suggestion:
    """Sent back to its author."""
    idea = ideas.opened(office(), contact=MINA)
    Suggestion.objects.filter(pk=idea.pk).update(status="submitted")
    words = "무엇이 바뀌어야 하는지 써 주세요."
    return actions.send_back(idea, reason="unclear", words=words, by=ideas.listener())


def done() -> Suggestion:
    """Carried out."""
    return answering.done(late(), by=people.head_of(office()))


def confirm_link() -> str:
    """The address in the mail that asks for a confirmation."""
    row = actions.ask_for_support(opened(), address="jun@example.org", language="ko")
    assert row.confirmation is not None
    return f"/confirm/support/{row.confirmation.pk}/{row.confirmation.token}/"


def pages() -> dict[str, str]:
    """Name → address, Korean."""
    idea, owed, finished, back = opened(), late(), done(), returned()
    return {
        "suggestions": "/suggestions/",
        "suggestions chosen": "/suggestions/?stage=review&overdue=on&sort=supported",
        "suggestions none": "/suggestions/?kind=petition",
        "suggestions wrong": "/suggestions/?stage=nowhere",
        "oasis": "/oasis/",
        "oasis new": "/oasis/new/",
        "oasis rules": "/oasis/rules/",
        "petitions": "/petitions/",
        "petition new": "/petitions/new/",
        "changed": "/changed/",
        "changed one": f"/changed/{finished.code}/",
        "home": "/",
        "open": f"/s/{idea.code}/",
        "late": f"/s/{owed.code}/",
        "done": f"/s/{finished.code}/",
        "not shown": f"/s/{back.code}/",
        "own": f"/s/{idea.code}/{idea.message.token}/",
        "own, sent back": f"/s/{back.code}/{back.message.token}/",
        "correct": f"/s/{back.code}/{back.message.token}/correct/",
        "withdraw": f"/s/{back.code}/{back.message.token}/withdraw/",
        "closed": f"/s/{owed.code}/{owed.message.token}/correct/",
        "support": f"/s/{idea.code}/support/",
        "support over": f"/s/{owed.code}/support/",
        "confirm": confirm_link(),
        "api": "/api/",
    }
