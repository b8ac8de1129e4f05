"""A suggestion that has come as far as one likes, and every act that can be tried on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import Delivery, Message, MessageStep
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.models import (
    Appeal,
    Invalidation,
    Milestone,
    PaperSignatures,
    Statement,
    Suggestion,
    SuggestionStep,
    SuggestionStepNote,
    Support,
    SupportChange,
)
from suggestions.states import SUGGESTION_FINAL
from tests.matrix.people_of import Town
from tests.snapshots import Snapshot, snapshot
from tests.suggestions import answering
from tests.suggestions import factories as ideas

DAY = timedelta(days=1)
KEPT = (
    Suggestion,
    SuggestionStep,
    SuggestionStepNote,
    Statement,
    Support,
    SupportChange,
    Milestone,
    Appeal,
    Invalidation,
    PaperSignatures,
    Message,
    MessageStep,
    Delivery,
)


def everything() -> Snapshot:
    """All rows that an act could touch."""
    return snapshot(*KEPT)


def standing_at(state: str, town: Town) -> Suggestion:
    """A suggestion with a known author that has come as far as this."""
    suggestion = COMES_TO[state](town)
    return Suggestion.objects.select_related("message").get(pk=suggestion.pk)


def _submitted(town: Town) -> Suggestion:
    contact = ("mail", "mina@example.org")
    return ideas.submitted(town.roads, contact=contact)


def _open(town: Town) -> Suggestion:
    return ideas.opened(town.roads, contact=("mail", "mina@example.org"))


def _returned(town: Town) -> Suggestion:
    return actions.send_back(
        _submitted(town), reason="unclear", words="더 적어 주세요.", by=town.users["centre"]
    )


def _refused(town: Town) -> Suggestion:
    return actions.refuse(
        _submitted(town), reason="personal", words="이름이 나옵니다.", by=town.users["centre"]
    )


def _appealed(town: Town) -> Suggestion:
    suggestion = _refused(town)
    actions.appeal(suggestion, text="이름이 아닙니다.")
    return suggestion


def _redirected(town: Town) -> Suggestion:
    return actions.redirect(_open(town), words="고장 신고입니다.", by=town.users["centre"])


def _closing(town: Town) -> Suggestion:
    with clock.at(clock.now() - 31 * DAY):
        return _open(town)


def _dormant(town: Town) -> Suggestion:
    return actions.fall_asleep(_closing(town))


def _reviewed(town: Town) -> Suggestion:
    return actions.pick(_open(town), reason="많이 바랍니다.", by=town.users["listener"])


def _supported(town: Town) -> Suggestion:
    suggestion = _open(town)
    ideas.supported(suggestion, 3)
    actions.count_supports()
    return suggestion


def _falsely_reached(town: Town) -> Suggestion:
    suggestion = _open(town)
    ideas.supported(suggestion, 51)
    actions.count_supports()
    false = Support.objects.filter(suggestion=suggestion).order_by("id")[:30]
    actions.invalidate(
        suggestion,
        Support.objects.filter(pk__in=list(false.values_list("pk", flat=True))),
        rule="한 기기",
        public_note="한 기기에서 왔습니다.",
        by=town.users["listener"],
    )
    actions.count_supports()
    return suggestion


def _owed(town: Town) -> Suggestion:
    suggestion = _open(town)
    by = town.users["listener"]
    actions.enter_paper(suggestion, people=120, words="역 앞 서명대", by=by)
    return suggestion


def _said_no(how: str) -> Callable[[Town], Suggestion]:
    """By the head of the roads."""

    def say(town: Town) -> Suggestion:
        suggestion, by = _reviewed(town), town.users["head"]
        if how == "declined":
            answering.declined(suggestion, by=by)
        else:
            policy = answering.policy(town.roads)
            actions.already_in_place(suggestion, said=answering.SAID, policy=policy, by=by)
        return suggestion

    return say


def _minded(how: str) -> Callable[[Town], Suggestion]:
    """Its author appeals against that."""

    def mind(town: Town) -> Suggestion:
        suggestion = _said_no(how)(town)
        actions.appeal(suggestion, text="다시 보아 주세요.")
        return suggestion

    return mind


def _gone_on(*states: str) -> Callable[[Town], Suggestion]:
    """On from the review, by the acts of other chapters: only where it stands matters here."""

    def go(town: Town) -> Suggestion:
        suggestion = _reviewed(town)
        with transaction.atomic():
            held = Suggestion.objects.locked(suggestion.pk)
            for state in states:
                ended_at = clock.now() if state in SUGGESTION_FINAL else None
                held.move(state, by=None, ended_at=ended_at)
        return suggestion

    return go


WORK = (
    "candidate",
    "on_agenda",
    "discussed",
    "deliberating",
    "in_committee",
    "adopted",
    "implementing",
    "claimed_done",
    "implemented",
    "evaluated",
)
COMES_TO: dict[str, Callable[[Town], Suggestion]] = {
    "submitted": _submitted,
    "returned": _returned,
    "refused": _refused,
    "refused_appealed": _appealed,
    "redirected": _redirected,
    "open": _open,
    "closing": _closing,
    "dormant": _dormant,
    "withdrawn": lambda town: actions.withdraw(_open(town)),
    "under_review": _reviewed,
    "supported": _supported,
    "falsely_reached": _falsely_reached,
    "owed": _owed,
    **{state: _said_no(state) for state in ("in_place", "declined")},
    **{f"{state}_appealed": _minded(state) for state in ("in_place", "declined")},
    **{state: _gone_on(state) for state in ("passed_on", "long_term")},
    **{state: _gone_on(*WORK[: number + 1]) for number, state in enumerate(WORK)},
}


def attempt(act: str, suggestion: Suggestion, town: Town, role: str) -> None:
    """Do it as this person, as the author by the link, as a supporter, or as the clock."""
    match role:
        case "author":
            doing = _of_author(suggestion)
        case "supporter":
            doing = {"support": lambda: actions.support(suggestion, contact=ideas.person())}
        case "system":
            doing = _of_system(suggestion)
        case _:
            doing = _of_officer(suggestion, town, town.users[role])
    if act not in doing:
        raise PermissionDenied(f"{act} is not for {role}")
    doing[act]()


Doing = dict[str, Callable[[], object]]


def _of_author(suggestion: Suggestion) -> Doing:
    return {
        "withdraw": lambda: actions.withdraw(suggestion),
        "correct": lambda: actions.correct(suggestion, text="정류장 이름을 더 적습니다."),
        "appeal": lambda: actions.appeal(suggestion, text="다시 보아 주세요."),
    }


def _of_system(suggestion: Suggestion) -> Doing:
    """Sweeps change nothing where nothing is due; a correction and a sleep are due one day."""

    def later(act: Callable[[Suggestion], object], days: int) -> None:
        with clock.at(clock.now() + days * DAY):
            act(suggestion)

    return {
        "fall_asleep": lambda: actions.fall_asleep(suggestion),
        "give_up": lambda: later(actions.give_up_uncorrected, 31),
        "look_again": lambda: later(actions.look_again, 190),
    }


def _of_officer(suggestion: Suggestion, town: Town, by: User) -> Doing:
    return {
        "publish": lambda: actions.publish(suggestion, by=by),
        "refuse": lambda: actions.refuse(suggestion, reason="abuse", words="욕입니다.", by=by),
        "send_back": lambda: actions.send_back(
            suggestion, reason="unclear", words="더 적어 주세요.", by=by
        ),
        "redirect": lambda: actions.redirect(suggestion, words="신고입니다.", by=by),
        "pick": lambda: actions.pick(suggestion, reason="바랍니다.", by=by),
        "rescue": lambda: actions.rescue(suggestion, reason="더 봅니다.", by=by),
        "assign": lambda: actions.assign(suggestion, to=town.water, by=by),
        "uphold": lambda: actions.uphold(_appeal_of(suggestion), reason="맞습니다.", by=by),
        "reject": lambda: actions.reject(_appeal_of(suggestion), reason="그대로 둡니다.", by=by),
        "enter_paper": lambda: actions.enter_paper(
            suggestion, people=3, words="시장 서명대", by=by
        ),
        "take_paper_back": lambda: actions.take_paper_back(
            _one(suggestion.paper.filter(taken_back_at=None)), by=by
        ),
        "invalidate": lambda: actions.invalidate(
            suggestion,
            Support.objects.filter(suggestion=suggestion),
            rule="한 기기",
            public_note="한 기기에서 왔습니다.",
            by=by,
        ),
        "revalidate": lambda: actions.revalidate(
            _one(suggestion.invalidations.filter(undone_at=None)), by=by
        ),
        "unlatch": lambda: actions.unlatch(suggestion, words="거짓 지지였습니다.", by=by),
        "settle": lambda: actions.settle(
            _one(suggestion.milestones.owed()), words="토론회에서 다룹니다.", by=by
        ),
    }


def _appeal_of(suggestion: Suggestion) -> Appeal:
    found: Appeal = _one(suggestion.appeals.waiting())
    return found


def _one(rows: Any) -> Any:
    row = rows.first()
    if row is None:
        raise WrongTurnError("there is none")
    return row
