"""Every state × act × role around committees: what is not in the tables changes nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.models import (
    ActionItem,
    ActionItemStep,
    Committee,
    CommitteeStep,
    DropProposal,
    Mandate,
    Meeting,
    Obstacle,
    ProgressReport,
    ProgressReportStep,
    Seat,
    Suggestion,
    SuggestionStep,
)
from suggestions.states import SuggestionStatus
from suggestions.states_of_committees import (
    COMMITTEE_LIFECYCLE,
    ITEM_LIFECYCLE,
    REPORT_LIFECYCLE,
    Side,
)
from tests.committees import rooms
from tests.matrix.people_of import ROLES, Town, build_town
from tests.people import factories as people
from tests.snapshots import Snapshot, snapshot
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, WrongTurnError, ValueError)
Act = Callable[[User], object]
Acts = Mapping[str, Act]
Row = Mapping[str, set[str]]

OURS, HEAD, MEMBERS = {"jun", "head"}, {"head"}, {"jun", "head", "sora"}
SENDERS = HEAD | {"listening"}
LED_TO = {"in_committee", "proposed", "agreed", "adopted", "implementing", "blocked"}
SEEN: tuple[type[models.Model], ...] = (
    Suggestion,
    SuggestionStep,
    Mandate,
    ActionItem,
    ActionItemStep,
    DropProposal,
    Obstacle,
    Committee,
    CommitteeStep,
    Seat,
    Meeting,
    ProgressReport,
    ProgressReportStep,
)


@pytest.fixture
def town() -> Town:
    """The roads are in charge; Sora's office sits in the committee, too."""
    town = build_town()
    town.users["listening"] = ideas.listener()
    return town


def everything() -> Snapshot:
    return snapshot(*SEEN)


def who_could(acts: Acts, town: Town) -> dict[str, set[str]]:
    """Act → the roles that could; each is undone, a refusal has changed nothing."""
    before = everything()
    could: dict[str, set[str]] = {}
    for name, act in acts.items():
        for role in (*ROLES, "listening"):
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        act(town.users[role])
                except REFUSALS:
                    assert everything() == before, f"refused, but changed: {role} {name}"
                else:
                    assert everything() != before, f"done, but nothing changed: {role} {name}"
                    could.setdefault(name, set()).add(role)
                transaction.set_rollback(True)
    assert everything() == before
    return could


def committee_in(town: Town) -> Committee:
    """At work, led by the roads, with the water office and a citizen in it."""
    jun = town.users["jun"]
    committee = rooms.formed(town.roads, ideas.reviewed(town.roads), by=jun)
    for side in (Side.CIVIC, Side.EXPERT, Side.CITIZEN):
        rooms.seated(committee, side, by=jun)
    actions.seat_office(committee, office=town.water, by=jun)
    return actions.activate(committee, by=jun)


def citizen_in(committee: Committee) -> Seat:
    return committee.seats.get(side=Side.CITIZEN)


def suggestion_at(state: str, town: Town, committee: Committee) -> Suggestion:
    """Led there by the real actions; where they don't lead here, its status alone is written."""
    jun, head = town.users["jun"], town.users["head"]
    suggestion = ideas.reviewed(town.roads)
    if state == "under_review":
        return suggestion
    if state not in LED_TO:
        Suggestion.objects.filter(pk=suggestion.pk).update(status=state, not_shown="unclear")
        return suggestion
    suggestion = actions.send_to_committee(suggestion, to=committee, reason=rooms.WHY, by=head)
    if state in ("proposed", "agreed"):
        proposal = actions.propose_drop(suggestion, **rooms.NO, by=jun)
        if state == "agreed":
            actions.say_opinion(proposal, seat=citizen_in(committee), concurs=True, words="")
    if state in ("adopted", "implementing", "blocked"):
        items = [rooms.planned(town.roads)]
        suggestion = actions.adopt(suggestion, items, words=rooms.WHY, by=jun)
    if state in ("implementing", "blocked"):
        suggestion = actions.start_work(suggestion, words="시작", by=jun)
    if state == "blocked":
        suggestion = actions.block(suggestion, code="budget", words="돈", by=jun)
    return suggestion


def acts_on(suggestion: Suggestion, town: Town, committee: Committee) -> Acts:
    planned = rooms.planned(town.roads, title="또 하나")
    proposal = DropProposal.objects.filter(suggestion=suggestion).first()
    words: dict[str, Any] = {"words": rooms.WHY}

    def take_back(by: User) -> object:
        if proposal is None:
            raise WrongTurnError
        return actions.take_drop_back(proposal, by=by)

    return {
        "send": lambda by: actions.send_to_committee(
            suggestion, to=committee, reason=rooms.WHY, by=by
        ),
        "adopt_directly": lambda by: actions.adopt_directly(suggestion, [planned], **words, by=by),
        "adopt": lambda by: actions.adopt(suggestion, [planned], **words, by=by),
        "propose_drop": lambda by: actions.propose_drop(suggestion, **rooms.NO, by=by),
        "take_drop_back": take_back,
        "drop": lambda by: actions.drop(suggestion, by=by),
        "start_work": lambda by: actions.start_work(suggestion, **words, by=by),
        "block": lambda by: actions.block(suggestion, code="legal", **words, by=by),
        "unblock": lambda by: actions.unblock(suggestion, **words, by=by),
        "plan": lambda by: actions.plan_item(suggestion, planned, by=by),
    }


IN_COMMITTEE: Row = {"adopt": MEMBERS, "propose_drop": MEMBERS, "plan": OURS}
PROPOSED: Row = {"adopt": MEMBERS, "take_drop_back": MEMBERS, "plan": OURS}
OF_SUGGESTIONS: dict[str, Row] = {
    "under_review": {"send": SENDERS, "adopt_directly": HEAD},
    "discussed": {"send": SENDERS},
    "in_committee": IN_COMMITTEE,
    "proposed": PROPOSED,
    "agreed": {**PROPOSED, "drop": MEMBERS},
    "adopted": {"start_work": OURS, "plan": OURS},
    "implementing": {"block": OURS, "plan": OURS},
    "blocked": {"unblock": OURS, "plan": OURS},
}


@pytest.mark.parametrize("state", dict.fromkeys((*SuggestionStatus.values, *OF_SUGGESTIONS)))
def test_of_suggestions_only_what_the_table_permits(state: str, town: Town) -> None:
    committee = committee_in(town)
    suggestion = suggestion_at(state, town, committee)

    assert who_could(acts_on(suggestion, town, committee), town) == OF_SUGGESTIONS.get(state, {})


def item_at(state: str, suggestion: Suggestion, town: Town) -> ActionItem:
    jun = town.users["jun"]
    item = actions.plan_item(suggestion, rooms.planned(town.roads), by=jun)
    if state in ("under_way", "done", "blocked"):
        item = actions.start_item(item, by=jun)
    if state == "done":
        return actions.finish_item(item, words="끝", by=jun)
    if state == "blocked":
        return actions.block_item(item, blocker="legal", words="법", by=jun)
    if state == "long_term":
        return actions.postpone_item(item, due_on=rooms.day(90), words="나중", by=jun)
    if state == "cancelled":
        return actions.cancel_item(item, words="그만", by=jun)
    return item


def acts_on_item(item: ActionItem, town: Town) -> Acts:
    later = rooms.day(200)
    words: dict[str, Any] = {"words": "까닭"}
    return {
        "start": lambda by: actions.start_item(item, by=by),
        "report": lambda by: actions.report_item(item, percent=40, by=by),
        "finish": lambda by: actions.finish_item(item, **words, by=by),
        "move": lambda by: actions.move_item(item, due_on=later, **words, by=by),
        "block": lambda by: actions.block_item(item, blocker="legal", **words, by=by),
        "postpone": lambda by: actions.postpone_item(item, due_on=later, **words, by=by),
        "cancel": lambda by: actions.cancel_item(item, **words, by=by),
        "hand": lambda by: actions.hand_item_over(item, to=town.water, **words, by=by),
    }


OF_ITEMS: dict[str, set[str]] = {
    "under_review": {"start", "move", "postpone", "cancel", "hand"},
    "under_way": {"report", "finish", "move", "block", "postpone", "cancel", "hand"},
    "long_term": {"start", "cancel", "hand"},
    "blocked": {"start", "move", "cancel", "hand"},
    "done": set(),
    "cancelled": set(),
}


@pytest.mark.parametrize("state", ITEM_LIFECYCLE)
def test_of_action_items_only_what_the_table_permits(state: str, town: Town) -> None:
    suggestion = suggestion_at("implementing", town, committee_in(town))
    item = item_at(state, suggestion, town)

    could = who_could(acts_on_item(item, town), town)

    assert could == dict.fromkeys(OF_ITEMS[state], OURS)


@pytest.mark.parametrize("state", ["claimed_done", "implemented", "declined", "evaluated"])
def test_items_rest_once_nobody_works_on_the_suggestion(state: str, town: Town) -> None:
    suggestion = suggestion_at("implementing", town, committee_in(town))
    item = item_at("under_way", suggestion, town)
    Suggestion.objects.filter(pk=suggestion.pk).update(status=state)

    assert who_could(acts_on_item(item, town), town) == {}


def committee_at(state: str, town: Town) -> Committee:
    jun = town.users["jun"]
    committee = committee_in(town)
    if state == "forming":
        committee = rooms.formed(town.roads, ideas.reviewed(town.roads), by=jun)
        for side in (Side.CIVIC, Side.EXPERT):
            rooms.seated(committee, side, by=jun)
    if state == "dormant":
        with clock.at(clock.now() + timedelta(days=90)):
            committee = actions.fall_silent(committee)
    if state in ("closing", "closed"):
        committee = actions.begin_closing(committee, by=jun)
    if state == "closed":
        committee = actions.close_committee(committee, words="끝", lives_on=True, by=jun)
    return committee


def acts_on_committee(committee: Committee, town: Town) -> Acts:
    person = actions.Person(side=Side.CITIZEN, name="정하은")
    meeting: dict[str, Any] = {
        "starts_at": clock.now() + rooms.DAY,
        "place": "시민청",
        "agenda": "노선",
    }
    taken = committee.seats.filter(side=Side.CIVIC).get()
    return {
        "seat_office": lambda by: actions.seat_office(
            committee, office=people.make_office("parks"), by=by
        ),
        "seat_person": lambda by: actions.seat_person(committee, person, consent="서면", by=by),
        "end_seat": lambda by: actions.give_up_seat(taken, by=by),
        "renew_link": lambda by: actions.renew_link(taken, by=by),
        "call_meeting": lambda by: actions.call_meeting(committee, **meeting, by=by),
        "activate": lambda by: actions.activate(committee, by=by),
        "begin_closing": lambda by: actions.begin_closing(committee, by=by),
        "close": lambda by: actions.close_committee(committee, words="끝", lives_on=False, by=by),
    }


SEATS = {"seat_office", "seat_person", "end_seat", "renew_link", "call_meeting"}
OF_COMMITTEES: dict[str, set[str]] = {
    "forming": {*SEATS, "activate", "close"},
    "active": {*SEATS, "begin_closing"},
    "dormant": {*SEATS, "begin_closing"},
    "closing": {*SEATS, "close"},
    "closed": set(),
}


@pytest.mark.parametrize("state", COMMITTEE_LIFECYCLE)
def test_of_committees_only_what_the_table_permits(state: str, town: Town) -> None:
    people.make_office("parks")
    committee = committee_at(state, town)

    could = who_could(acts_on_committee(committee, town), town)

    assert could == dict.fromkeys(OF_COMMITTEES[state], OURS)


def report_at(state: str, town: Town, committee: Committee) -> ProgressReport:
    report = rooms.report_of(committee)
    if state in ("drafted", "published"):
        report = actions.draft_report(report, rooms.words(report), by=town.users["jun"])
    if state == "published":
        report = actions.publish_report(report, by=town.users["jun"])
    return report


OF_REPORTS: dict[str, set[str]] = {
    "due": {"draft"},
    "drafted": {"draft", "publish"},
    "published": set(),
}


@pytest.mark.parametrize("state", REPORT_LIFECYCLE)
def test_of_reports_only_what_the_table_permits(state: str, town: Town) -> None:
    committee = committee_in(town)
    suggestion_at("in_committee", town, committee)
    report = report_at(state, town, committee)
    words = rooms.words(report)
    acts: Acts = {
        "draft": lambda by: actions.draft_report(report, words, by=by),
        "publish": lambda by: actions.publish_report(report, by=by),
    }

    assert who_could(acts, town) == dict.fromkeys(OF_REPORTS[state], OURS)


@pytest.mark.parametrize("state", REPORT_LIFECYCLE)
@pytest.mark.parametrize("side", Side)
def test_members_draft_until_it_is_published_and_offices_by_their_officers(
    side: str, state: str, town: Town
) -> None:
    committee = committee_in(town)
    suggestion_at("in_committee", town, committee)
    report = report_at(state, town, committee)
    seat = committee.seats.filter(side=side).first()
    assert seat is not None
    before = everything()

    try:
        actions.draft_report_as_seat(report, rooms.words(report), seat=seat)
    except REFUSALS:
        assert state == "published" or side == Side.OFFICER
        assert everything() == before
    else:
        assert state != "published"
        assert side != Side.OFFICER
