"""Clusters: proposed by the system, joined by a person, parted again; each person counts once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.models import Contact
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import actions
from suggestions.models import Alike, Cluster, ClusterPerson, Suggestion, Support
from suggestions.states import SuggestionStatus
from suggestions.talk_states import AlikeState
from suggestions.tasks import count_supports, propose_alike
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
SAME = "밤 12시 이후에도 다니는 심야버스를 운행해 주세요. 밤늦게 일하는 사람이 무척 많아요."
OTHER = "한강공원 자전거도로에 쉼터와 물 마시는 곳을 더 만들어 주세요. 여름에 너무 덥습니다."


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def counted(*rows: Suggestion) -> None:
    count_supports()
    assert actions.wrong_counts() == []
    assert actions.wrong_cluster_counts() == []
    for row in rows:
        row.refresh_from_db()


def test_what_asks_for_the_same_is_proposed_once_and_nothing_joined(buses: Office) -> None:
    one, two, _other = (ideas.opened(buses, text) for text in (ideas.WORDS, SAME, OTHER))

    propose_alike()
    propose_alike()

    pair = Alike.objects.get()
    assert (pair.older, pair.newer, pair.state) == (one, two, AlikeState.PROPOSED)
    assert not Cluster.objects.exists()


def test_a_new_version_is_compared_anew(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, OTHER)
    propose_alike()
    assert not Alike.objects.exists()

    actions.rewrite(two, text=SAME)
    propose_alike()

    assert (Alike.objects.get().older, Alike.objects.get().newer) == (one, two)


def test_a_person_who_supports_both_counts_once(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, SAME)
    mina, jun = ideas.person(), ideas.person()
    actions.support(one, contact=mina)
    actions.support(two, contact=mina)
    actions.support(two, contact=jun, proved=True)

    cluster = actions.put_in_cluster(two, to=one, by=ideas.listener())

    assert cluster.people == 0  # what is not counted yet comes with its own sweep
    counted(one, two)
    cluster.refresh_from_db()
    assert (cluster.people, cluster.proved, one.supports, two.supports) == (2, 1, 1, 2)


def test_parting_restores_every_count_and_is_not_proposed_again(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, SAME)
    ideas.supported(one, 3)
    ideas.supported(two, 2)
    counted(one, two)
    propose_alike()
    moderator = ideas.listener()
    cluster = actions.confirm_alike(Alike.objects.get(), by=moderator)
    assert cluster.people == 5

    actions.take_out(two, by=moderator)

    counted(one, two)
    assert (one.supports, two.supports) == (3, 2)
    cluster.refresh_from_db()
    assert (cluster.people, cluster.ended_at is None) == (0, False)
    assert not ClusterPerson.objects.exists()
    assert Alike.objects.get().state == AlikeState.REJECTED
    assert not Cluster.objects.of(one).exists()
    again = actions.put_in_cluster(two, to=one, by=moderator)
    assert (again.people, Alike.objects.get().state) == (5, AlikeState.CONFIRMED)


def test_what_the_people_reach_together_is_reached_by_the_lead(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, SAME)
    ideas.supported(one, 30)
    ideas.supported(two, 20)
    counted(one, two)

    cluster = actions.put_in_cluster(two, to=one, by=ideas.listener())
    counted(one, two)

    assert cluster.lead == one
    assert (one.status, two.status) == (SuggestionStatus.UNDER_REVIEW, SuggestionStatus.OPEN)
    assert one.milestones.get(threshold="answer").by_cluster
    actions.take_out(two, by=ideas.listener())
    counted(one, two)
    assert one.status == SuggestionStatus.UNDER_REVIEW
    assert one.reached_at is not None


def test_paper_of_a_member_counts_for_the_cluster(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, SAME)
    ideas.supported(one, 30)
    counted(one, two)
    actions.put_in_cluster(two, to=one, by=ideas.listener())
    counted(one, two)
    assert one.status == SuggestionStatus.OPEN

    actions.enter_paper(two, people=20, words="역 앞 서명대", by=ideas.listener())
    counted(one, two)

    assert one.status == SuggestionStatus.UNDER_REVIEW


def test_a_lead_that_was_withdrawn_leaves_the_lead_to_another(buses: Office) -> None:
    one, two, three = (ideas.opened(buses, f"{SAME} {number}") for number in range(3))
    moderator = ideas.listener()
    actions.put_in_cluster(two, to=one, by=moderator)
    cluster = actions.put_in_cluster(three, to=one, by=moderator)
    assert cluster.lead == one
    actions.withdraw(one)

    ideas.supported(three, 50)
    counted(one, two, three)

    cluster.refresh_from_db()
    assert cluster.lead == three
    assert three.status == SuggestionStatus.UNDER_REVIEW
    assert two.status == SuggestionStatus.OPEN


def test_a_threshold_of_a_cluster_falls_with_the_people_of_the_cluster_only(buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, SAME)
    ideas.supported(one, 40)
    ideas.supported(two, 25)
    moderator = ideas.listener()
    actions.put_in_cluster(two, to=one, by=moderator)
    counted(one, two)
    assert one.status == SuggestionStatus.UNDER_REVIEW

    def found_false(suggestion: Suggestion, people: int) -> None:
        found = suggestion.all_supports.counting().values("pk")[:people]
        false = Support.objects.filter(pk__in=list(found.values_list("pk", flat=True)))
        note = {"rule": "한 기기", "public_note": "한 기기에서 왔습니다."}
        actions.invalidate(suggestion, false, by=moderator, **note)
        counted(one, two)

    found_false(one, 5)  # 35 of its own are too few, 60 together are not
    with pytest.raises(WrongTurnError):
        actions.unlatch(one, words="거짓 지지였습니다.", by=moderator)

    found_false(two, 20)
    actions.unlatch(one, words="거짓 지지였습니다.", by=moderator)

    one.refresh_from_db()
    assert (one.status, one.reached_at) == (SuggestionStatus.OPEN, None)


def test_two_clusters_are_never_thrown_together(buses: Office) -> None:
    rows = [ideas.opened(buses, f"{SAME} {number}") for number in range(4)]
    moderator = ideas.listener()
    actions.put_in_cluster(rows[1], to=rows[0], by=moderator)
    actions.put_in_cluster(rows[3], to=rows[2], by=moderator)

    with pytest.raises(WrongTurnError):
        actions.put_in_cluster(rows[2], to=rows[0], by=moderator)
    with pytest.raises(WrongTurnError):
        actions.put_in_cluster(rows[0], to=rows[0], by=moderator)
    with pytest.raises(PermissionDenied):
        actions.take_out(rows[0], by=people.officer_of(buses))


def test_a_supporter_moves_by_their_own_press_only(buses: Office) -> None:
    one, two, other = (ideas.opened(buses, text) for text in (ideas.WORDS, SAME, OTHER))
    (row,) = ideas.supported(one)
    with pytest.raises(WrongTurnError):
        actions.move_support(row, to=two)
    cluster = actions.put_in_cluster(two, to=one, by=ideas.listener())
    counted(one, two)
    assert (one.supports, two.supports) == (1, 0)

    moved = actions.move_support(row, to=two)

    counted(one, two)
    cluster.refresh_from_db()
    assert (one.supports, two.supports, cluster.people) == (0, 1, 1)
    with pytest.raises(WrongTurnError):
        actions.move_support(moved, to=other)


def test_a_rejected_pair_is_not_proposed_again(buses: Office) -> None:
    ideas.opened(buses)
    two = ideas.opened(buses, SAME)
    propose_alike()
    pair = actions.reject_alike(Alike.objects.get(), by=ideas.listener())

    actions.rewrite(two, text=f"{SAME} 꼭 부탁드립니다.")
    propose_alike()

    assert Alike.objects.get() == pair
    with pytest.raises(WrongTurnError):
        actions.reject_alike(pair, by=ideas.listener())


ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["support", "retreat"]), st.integers(0, 2), st.integers(0, 3)),
        st.tuples(st.sampled_from(["join", "part", "count", "move"]), st.integers(0, 2),
                  st.integers(0, 3)),
    ),
    max_size=25,
)  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_a_cluster_counts_different_people_whatever_happens(
    acts: list[tuple[str, int, int]], buses: Office
) -> None:
    with undone():
        rows = [ideas.opened(buses, f"{SAME} {number}안") for number in range(3)]
        persons = [ideas.person() for _number in range(4)]
        moderator = ideas.listener()
        for act in acts:
            _play(act, rows, persons, moderator)
            assert actions.wrong_counts() == []
            assert actions.wrong_cluster_counts() == []
            for cluster in Cluster.objects.filter(ended_at=None):
                _assert_between(cluster)
        alone = {row.pk: row.all_supports.counting().count() for row in rows}
        for row in rows:
            if Cluster.objects.of(row).exists():
                actions.take_out(row, by=moderator)
        counted(*rows)
        assert {row.pk: row.supports for row in rows} == alone


def _play(
    act: tuple[str, int, int], rows: list[Suggestion], persons: list[Contact], moderator: User
) -> None:
    name, which, who = act
    one, another = rows[which], rows[(which + 1 + who) % 3]
    own = one.all_supports.filter(contact=persons[who]).first()
    try:
        if name == "support":
            actions.support(one, contact=persons[who], proved=who == 0)
        elif name == "retreat" and own:
            actions.take_support_back(own)
        elif name == "move" and own:
            actions.move_support(own, to=another)
        elif name == "join":
            actions.put_in_cluster(one, to=another, by=moderator)
        elif name == "part":
            actions.take_out(one, by=moderator)
        elif name == "count":
            count_supports()
    except WrongTurnError:
        pass


def _assert_between(cluster: Cluster) -> None:
    """Invariant 3: never fewer than its largest member has, never more than all have together."""
    supports = [row.supports for row in cluster.suggestions()]
    assert max(supports) <= cluster.people <= sum(supports)
