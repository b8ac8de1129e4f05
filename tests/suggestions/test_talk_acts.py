"""Every state × every act of a discussion × every role: what is not written changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.models import (
    Alike,
    Cluster,
    ClusterMember,
    ClusterPerson,
    CoAuthor,
    Comment,
    Suggestion,
    SuggestionStep,
    Summary,
    Version,
)
from suggestions.states import DISCUSSABLE, REWRITABLE, SuggestionStatus
from tests.matrix.people_of import ROLES, Town, build_town
from tests.snapshots import Snapshot, snapshot
from tests.suggestions import factories as ideas

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REFUSALS = (PermissionDenied, WrongTurnError, OvertakenError)
HARSH = "이 병신 같은 행정은 그만하고 버스를 늘려라"
BETTER = "밤 12시부터 새벽 4시까지 심야버스 아홉 노선을 운행해 주세요."
SUMMARY: dict[str, Any] = {
    "arguments_for": "밤에 일한다",
    "arguments_against": "",
    "improvements": "",
}
KEPT = (
    Suggestion,
    SuggestionStep,
    Comment,
    Version,
    Summary,
    CoAuthor,
    Alike,
    Cluster,
    ClusterMember,
    ClusterPerson,
)
ALL = set(SuggestionStatus.values)
UNDER_REVIEW = {SuggestionStatus.UNDER_REVIEW.value}
TALKED = {str(status) for status in DISCUSSABLE}
WRITTEN = {str(status) for status in REWRITABLE}
AUTHOR, CITIZEN = {"author"}, {"somebody"}
MODERATORS = {"centre", "listener"}
OFFICERS = {"centre", "listener", "jun", "head", "sora", "borough", "mayor"}
Act = Callable[["Scene", User], object]


class Scene:
    """A suggestion in a state, with all that could be decided about it."""

    def __init__(self, state: str, town: Town) -> None:
        self.idea = ideas.opened(town.roads)
        self.other, self.third = (ideas.opened(town.roads, f"{BETTER} {n}") for n in range(2))
        self.shown = ideas.commented(self.idea)
        self.held = ideas.commented(self.idea, HARSH, "against")
        self.version = actions.rewrite(self.idea, text=HARSH)
        actions.put_in_cluster(self.third, to=self.idea, by=town.users["listener"])
        actions.propose_alike([self.other.pk])
        self.pair, _is_new = Alike.objects.get_or_create(
            older=self.idea,
            newer=self.other,
            defaults={"closeness": 1, "at": self.held.at, "due_at": self.held.at},
        )
        reason = {"not_shown": "unclear"} if state in ("refused", "returned") else {}
        Suggestion.objects.filter(pk=self.idea.pk).update(status=state, office=town.roads, **reason)
        self.idea = Suggestion.objects.get(pk=self.idea.pk)


# Act → what it does, who may, in which states.
ACTS: dict[str, tuple[Act, set[str], set[str]]] = {
    "rewrite": (lambda on, by: actions.rewrite(on.idea, text=BETTER), AUTHOR, WRITTEN),
    "invite": (
        lambda on, by: actions.invite_author(on.idea, address="friend@example.org", language="ko"),
        AUTHOR,
        WRITTEN,
    ),
    "answer as author": (
        lambda on, by: actions.comment_as_author(on.idea, text="네", parent=on.shown),
        AUTHOR,
        TALKED,
    ),
    "comment": (lambda on, by: ideas.asked(on.idea), CITIZEN, TALKED),
    "report": (lambda on, by: actions.mind_comment(on.shown), CITIZEN, ALL),
    "speak": (
        lambda on, by: actions.comment_as_officer(on.idea, text="네", stance="for", by=by),
        OFFICERS,
        TALKED,
    ),
    "sum up": (
        lambda on, by: actions.sum_up(on.idea, by=by, **SUMMARY),
        {"jun", "head", "listener"},
        UNDER_REVIEW,
    ),
    "show": (lambda on, by: actions.show_comment(on.held, by=by), MODERATORS, ALL),
    "hide": (
        lambda on, by: actions.hide_comment(on.shown, reason="abuse", by=by), MODERATORS, ALL,
    ),
    "expert": (lambda on, by: actions.name_expert(on.shown, by=by), MODERATORS, ALL),
    "show version": (
        lambda on, by: actions.show_version(on.version, by=by), MODERATORS, WRITTEN,
    ),
    "hide version": (
        lambda on, by: actions.hide_version(on.version, reason="abuse", by=by), MODERATORS, ALL,
    ),
    "same": (lambda on, by: actions.confirm_alike(on.pair, by=by), MODERATORS, TALKED),
    "two matters": (lambda on, by: actions.reject_alike(on.pair, by=by), MODERATORS, ALL),
    "join": (
        lambda on, by: actions.put_in_cluster(on.other, to=on.idea, by=by), MODERATORS, TALKED,
    ),
    "part": (lambda on, by: actions.take_out(on.idea, by=by), MODERATORS, ALL),
}  # fmt: skip
WITHOUT_ACCOUNT = {"author", "somebody"}


@pytest.fixture
def town() -> Town:
    town = build_town()
    town.users["listener"] = ideas.listener()
    return town


def everything() -> Snapshot:
    return snapshot(*KEPT)


@pytest.mark.parametrize("state", SuggestionStatus.values)
def test_only_what_the_table_permits(state: str, town: Town) -> None:
    scene = Scene(state, town)
    before, wrong = everything(), []

    for name, (act, who, states) in ACTS.items():
        own_door = WITHOUT_ACCOUNT & who
        for role in own_door or ("listener", *ROLES):
            done = _did(scene, act, town.users.get(role, town.users["citizen"]), before)
            if done != (role in who and state in states):
                wrong.append(f"{role} {'could' if done else 'could not'} {name} at {state}")

    assert not wrong
    assert everything() == before


def _did(scene: Scene, act: Act, by: User, before: Snapshot) -> bool:
    """Whether it could be done; what was done is undone."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                act(scene, by)
        except REFUSALS:
            assert everything() == before
            return False
        done = everything() != before
        assert actions.wrong_cluster_counts() == []
        transaction.set_rollback(True)
    return done
