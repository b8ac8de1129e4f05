"""Committees at the desk of a suggestion: send, adopt, drop, plan, carry out."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.ideas.committee_forms import (
    AdoptForm,
    AdoptPlannedForm,
    BlockItemForm,
    CancelItemForm,
    DropForm,
    FinishItemForm,
    HandItemForm,
    ItemForm,
    MoveItemForm,
    ObstacleForm,
    PlanForm,
    PostponeItemForm,
    PublicWordsForm,
    SendForm,
    ShareForm,
    StartItemForm,
    open_items,
)
from desk.ideas.offer import IdeaForm, Offer
from people.models import User
from suggestions import actions
from suggestions.actions.adopting import concurring
from suggestions.models import DropProposal, Suggestion
from suggestions.states import REPORTED, SuggestionStatus
from suggestions.states_of_committees import ITEM_FINAL

Typed = dict[str, Any]
Does = Callable[[Suggestion, Typed, User], str]
S = SuggestionStatus


def _at(*states: str) -> Callable[[Suggestion], bool]:
    return lambda suggestion: suggestion.status in states


def _is_reported(suggestion: Suggestion) -> bool:
    return suggestion.status in REPORTED


def _blocked(suggestion: Suggestion) -> bool:
    return suggestion.obstacles.filter(cleared_at=None).exists()


def _is_planned(suggestion: Suggestion) -> bool:
    return suggestion.items.exclude(status__in=ITEM_FINAL).exists()


def proposal_of(suggestion: Suggestion) -> DropProposal | None:
    """The "no" that the committee has proposed and not said yet."""
    return DropProposal.objects.filter(suggestion=suggestion, settled_at=None).first()


def _send(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.send_to_committee(
        suggestion,
        to=typed["committee"],
        reason=typed["words"],
        by=user,
        version=typed["version"],
    )
    return _("The committee has it now.")


def _adopt_directly(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.adopt_directly(
        suggestion, [typed["planned"]], words=typed["words"], by=user, version=typed["version"]
    )
    return _("Adopted. Your office reports every two weeks.")


def _adopt(suggestion: Suggestion, typed: Typed, user: User) -> str:
    planned = [typed["planned"]] if "planned" in typed else []
    actions.adopt(suggestion, planned, words=typed["words"], by=user, version=typed["version"])
    return _("Adopted. The committee reports every two weeks.")


def _stated(verb: Callable[..., object], told: Any) -> Does:
    """An act that needs public words and nothing else."""

    def does(suggestion: Suggestion, typed: Typed, user: User) -> str:
        verb(suggestion, words=typed["words"], by=user, version=typed["version"])
        return str(told)

    return does


def _block(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.block(
        suggestion, code=typed["code"], words=typed["words"], by=user, version=typed["version"]
    )
    return _("Everyone reads what stands in the way.")


def _propose_drop(suggestion: Suggestion, typed: Typed, user: User) -> str:
    suggestion.must_stand_at(typed["version"])
    said = {name: typed[name] for name in ("ground", "words", "alternative", "next_door")}
    actions.propose_drop(suggestion, **said, by=user)
    return _("The citizens of the committee are asked now. One of them has to agree.")


def _take_drop_back(suggestion: Suggestion, typed: Typed, user: User) -> str:
    if proposal := proposal_of(suggestion):
        actions.take_drop_back(proposal, by=user)
    return _("The committee goes on with it.")


def _drop(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.drop(suggestion, by=user, version=typed["version"])
    return _("Declined. Its author is told, and may appeal once.")


def _plan(suggestion: Suggestion, typed: Typed, user: User) -> str:
    suggestion.must_stand_at(typed["version"])
    actions.plan_item(suggestion, typed["planned"], by=user)
    return _("The action item is on the page.")


def _of_item(verb: Callable[..., object], *names: str) -> Does:
    """An act on one action item, with these fields of its form."""

    def does(suggestion: Suggestion, typed: Typed, user: User) -> str:
        verb(typed["item"], **{name: typed[name] for name in names}, by=user)
        return _("The action item is changed.")

    return does


def _hand(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.hand_item_over(typed["item"], to=typed["office"], words=typed["words"], by=user)
    return _("The action item is changed.")


def _item_offer(name: str, words: Any, form: type[ItemForm], does: Does) -> Offer:
    """Offered while there is an item for it that is this officer's."""

    def is_theirs(suggestion: Suggestion, user: User) -> bool:
        return bool(open_items(suggestion, user, form.open_in))

    return Offer(name, words, form, is_theirs, _is_reported, does)


def _may_drop(suggestion: Suggestion) -> bool:
    proposal = proposal_of(suggestion) if suggestion.status == S.IN_COMMITTEE else None
    return proposal is not None and bool(concurring(proposal))


def _may_propose(suggestion: Suggestion) -> bool:
    return suggestion.status == S.IN_COMMITTEE and proposal_of(suggestion) is None


def _may_take_back(suggestion: Suggestion) -> bool:
    return suggestion.status == S.IN_COMMITTEE and proposal_of(suggestion) is not None


OFFERS = (
    Offer(
        "send-to-committee",
        gettext_lazy("Send to a committee"),
        SendForm,
        actions.may_be_sent_by,
        _at(S.UNDER_REVIEW, S.DISCUSSED),
        _send,
    ),
    Offer(
        "adopt-directly",
        gettext_lazy("Adopt without a committee"),
        AdoptForm,
        actions.may_be_adopted_directly_by,
        _at(S.UNDER_REVIEW),
        _adopt_directly,
    ),
    Offer(
        "adopt",
        gettext_lazy("Adopt, with a first action item"),
        AdoptForm,
        actions.may_be_decided_by,
        lambda one: one.status == S.IN_COMMITTEE and not _is_planned(one),
        _adopt,
    ),
    Offer(
        "adopt-planned",
        gettext_lazy("Adopt, with the action items that are planned"),
        AdoptPlannedForm,
        actions.may_be_decided_by,
        lambda one: one.status == S.IN_COMMITTEE and _is_planned(one),
        _adopt,
    ),
    Offer(
        "propose-drop",
        gettext_lazy("Propose a no to the committee"),
        DropForm,
        actions.may_be_decided_by,
        _may_propose,
        _propose_drop,
    ),
    Offer(
        "drop",
        gettext_lazy("Say the no"),
        IdeaForm,
        actions.may_be_decided_by,
        _may_drop,
        _drop,
    ),
    Offer(
        "take-drop-back",
        gettext_lazy("Take the proposed no back"),
        IdeaForm,
        actions.may_be_decided_by,
        _may_take_back,
        _take_drop_back,
    ),
    Offer(
        "start-work",
        gettext_lazy("Work begins"),
        PublicWordsForm,
        actions.may_be_worked_on_by,
        _at(S.ADOPTED),
        _stated(actions.start_work, gettext_lazy("Everyone reads that work has begun.")),
    ),
    Offer(
        "block",
        gettext_lazy("Something stands in the way"),
        ObstacleForm,
        actions.may_be_worked_on_by,
        lambda one: one.status == S.IMPLEMENTING and not _blocked(one),
        _block,
    ),
    Offer(
        "unblock",
        gettext_lazy("Nothing stands in the way any more"),
        PublicWordsForm,
        actions.may_be_worked_on_by,
        lambda one: one.status == S.IMPLEMENTING and _blocked(one),
        _stated(actions.unblock, gettext_lazy("Everyone reads that it goes on.")),
    ),
    Offer(
        "plan",
        gettext_lazy("Plan an action item"),
        PlanForm,
        actions.may_plan,
        _is_reported,
        _plan,
    ),
    _item_offer(
        "start-item",
        gettext_lazy("An action item is begun"),
        StartItemForm,
        _of_item(actions.start_item),
    ),
    _item_offer(
        "report-item",
        gettext_lazy("How far an action item is"),
        ShareForm,
        _of_item(actions.report_item, "percent"),
    ),
    _item_offer(
        "finish-item",
        gettext_lazy("An action item is done"),
        FinishItemForm,
        _of_item(actions.finish_item, "words"),
    ),
    _item_offer(
        "move-item",
        gettext_lazy("Move the date of an action item"),
        MoveItemForm,
        _of_item(actions.move_item, "due_on", "words"),
    ),
    _item_offer(
        "block-item",
        gettext_lazy("An action item is blocked"),
        BlockItemForm,
        _of_item(actions.block_item, "blocker", "words"),
    ),
    _item_offer(
        "postpone-item",
        gettext_lazy("Put an action item into the long-term review"),
        PostponeItemForm,
        _of_item(actions.postpone_item, "due_on", "words"),
    ),
    _item_offer(
        "hand-item",
        gettext_lazy("Give an action item to another office"),
        HandItemForm,
        _hand,
    ),
    _item_offer(
        "cancel-item",
        gettext_lazy("Cancel an action item"),
        CancelItemForm,
        _of_item(actions.cancel_item, "words"),
    ),
)
