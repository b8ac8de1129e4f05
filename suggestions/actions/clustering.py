"""Cluster: the system finds what asks for the same, a person joins it, and it can be parted.

Each member stays its own suggestion, with its text, its supporters and its own answer. What the
people reach together is reached by the lead: its office reviews it, and says so for the others.
Whoever changes a cluster holds the counter of supports, so that no count is half of it.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import similar, talk_rules
from suggestions.actions.counting import KEPT, ONE_COUNTER, is_alone, latch
from suggestions.actions.supporting import support, take_support_back
from suggestions.models import (
    Alike,
    Cluster,
    ClusterMember,
    ClusterPerson,
    Compared,
    Suggestion,
    Support,
)
from suggestions.states import DISCUSSABLE, SuggestionStatus
from suggestions.talk_states import AlikeState

PROPOSED = 3  # others at most, for one suggestion
# What the people of one suggestion add to its cluster, as far as it is counted (%s: 1 or -1).
PEOPLE_OF_ONE = f"""
WITH of_people AS (
  SELECT %(cluster)s::bigint AS cluster_id, contact_id,
    %(sign)s * sum(people)::int AS supports, %(sign)s * sum(proved)::int AS proved
  FROM (
    SELECT contact_id, 1 AS people, proved::int AS proved FROM suggestions_support
    WHERE suggestion_id = %(suggestion)s AND state = 'valid'
    UNION ALL
    SELECT contact_id, -people, -proved FROM suggestions_supportchange
    WHERE suggestion_id = %(suggestion)s AND NOT counted
  ) counted GROUP BY contact_id HAVING sum(people) <> 0 OR sum(proved) <> 0
), {KEPT}
SELECT count(*) FROM of_people
"""  # noqa: S608 - constants of this module
WRONG = """
SELECT cluster.id FROM suggestions_cluster cluster
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE supports > 0) AS people,
    count(*) FILTER (WHERE proved > 0) AS proved
  FROM (
    SELECT support.contact_id, sum(people) AS supports, sum(proved) AS proved
    FROM suggestions_clustermember member
    CROSS JOIN LATERAL (
      SELECT contact_id, 1 AS people, proved::int AS proved FROM suggestions_support
      WHERE suggestion_id = member.suggestion_id AND state = 'valid'
      UNION ALL
      SELECT contact_id, -people, -proved FROM suggestions_supportchange
      WHERE suggestion_id = member.suggestion_id AND NOT counted
    ) support
    WHERE member.cluster_id = cluster.id AND member.left_at IS NULL GROUP BY support.contact_id
  ) person
) really
WHERE (cluster.people, cluster.proved) IS DISTINCT FROM (really.people, really.proved)
ORDER BY cluster.id
"""


@transaction.atomic
def propose_alike(pks: Sequence[int]) -> int:
    """Compare each of these with what is on its way already; how many pairs are new.

    A person decides about each. Safe to run twice, or late.
    """
    made = 0
    for suggestion in Suggestion.objects.all_locked(pks, skip_locked=True):
        if suggestion.status == SuggestionStatus.OPEN:
            made += sum(_propose(suggestion, *pair) for pair in _nearest(suggestion))
        Compared.objects.get_or_create(suggestion=suggestion, defaults={"at": clock.now()})
    return made


def _nearest(suggestion: Suggestion) -> list[tuple[int, float]]:
    """Whole texts only: a word or two in common say nothing about what somebody wants."""
    least = talk_rules.CLUSTER_ALIKE.value()
    alike = similar.closest(suggestion.masked_text, shown=least)
    alike.pop(suggestion.pk, None)
    public = Suggestion.objects.public().filter(pk__in=alike, status__in=DISCUSSABLE)
    found = [(pk, alike[pk]) for pk in public.values_list("pk", flat=True)]
    return sorted(found, key=lambda one: -one[1])[:PROPOSED]


def _propose(suggestion: Suggestion, other: int, closeness: float) -> bool:
    older, newer = sorted((suggestion.pk, other))
    moment = clock.now()
    due_at = workdays.end_of_days(moment, talk_rules.CLUSTER_DAYS.value())
    columns = {"closeness": closeness, "at": moment, "due_at": due_at}
    _pair, is_new = Alike.objects.get_or_create(older_id=older, newer_id=newer, defaults=columns)
    return is_new


@transaction.atomic
def confirm_alike(pair: Alike, *, by: User) -> Cluster:
    """A moderator says that both ask for the same: from now on they count their people together."""
    _hold_counter()
    cluster = _join(pair.older_id, pair.newer_id, by)
    _decide(pair, AlikeState.CONFIRMED, by)
    return cluster


@transaction.atomic
def reject_alike(pair: Alike, *, by: User) -> Alike:
    """Two matters; the pair is never proposed again."""
    for suggestion in Suggestion.objects.all_locked((pair.older_id, pair.newer_id)):
        if not suggestion.may_be_moderated_by(by):
            raise PermissionDenied
    if Alike.objects.get(pk=pair.pk).state != AlikeState.PROPOSED:
        raise WrongTurnError(f"{pair!r} is decided; take one of them out of the cluster")
    return _decide(pair, AlikeState.REJECTED, by)


def _decide(pair: Alike, to: str, by: User) -> Alike:
    pair = Alike.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    pair.become(to, decided_at=clock.now(), decided_by=by)
    return pair


@transaction.atomic
def put_in_cluster(suggestion: Suggestion, *, to: Suggestion, by: User) -> Cluster:
    """A moderator has found it without the system: both ask for the same.

    Raises WrongTurnError where they are joined, or are in two clusters.
    """
    _hold_counter()
    cluster = _join(to.pk, suggestion.pk, by)
    older, newer = sorted((suggestion.pk, to.pk))
    pair = Alike.objects.filter(older=older, newer=newer).first()
    if pair is not None:
        _decide(pair, AlikeState.CONFIRMED, by)
    return cluster


def _join(one: int, other: int, by: User) -> Cluster:
    both = Suggestion.objects.all_locked((one, other))
    if len(both) < 2:
        raise WrongTurnError("a cluster needs two suggestions")
    for suggestion in both:
        if not suggestion.may_be_moderated_by(by):
            raise PermissionDenied
        if suggestion.status not in DISCUSSABLE or not suggestion.is_public:
            raise WrongTurnError(f"{suggestion!r} can't be joined to others now")
    present = ClusterMember.objects.present().filter(suggestion__in=both)
    clusters = {member.suggestion_id: member.cluster for member in present}
    if len(clusters) == 2:
        raise WrongTurnError(f"{both!r} are in clusters already")
    cluster = next(iter(clusters.values()), None)
    if cluster is None:
        cluster = Cluster.objects.create(lead=_leading(both), at=clock.now())
    for suggestion in both:
        if suggestion.pk not in clusters:
            ClusterMember.objects.create(
                cluster=cluster, suggestion=suggestion, at=clock.now(), by=by
            )
            _count(cluster, suggestion.pk, 1)
    cluster.refresh_from_db()
    return cluster


@transaction.atomic
def take_out(suggestion: Suggestion, *, by: User) -> Cluster:
    """It asks for something else after all; every count is what it would be without it.

    What was latched stays latched. A cluster of one is over.
    """
    _hold_counter()
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_moderated_by(by):
        raise PermissionDenied
    member = ClusterMember.objects.present().filter(suggestion=suggestion).first()
    if member is None:
        raise WrongTurnError(f"{suggestion!r} is in no cluster")
    cluster = member.cluster
    _leave(member, by)
    rest = list(cluster.members.present())
    _two_matters(suggestion, rest, by)
    if len(rest) < 2:
        for last in rest:
            _leave(last, by)
        Cluster.objects.filter(pk=cluster.pk).update(ended_at=clock.now(), changed=False)
    elif cluster.lead_id == suggestion.pk:
        lead = _leading([one.suggestion for one in rest])
        Cluster.objects.filter(pk=cluster.pk).update(lead=lead)
    ClusterPerson.objects.filter(cluster=cluster, supports=0, proved=0).delete()
    cluster.refresh_from_db()
    return cluster


def _leave(member: ClusterMember, by: User) -> None:
    member.left_at, member.left_by = clock.now(), by
    member.save(update_fields=["left_at", "left_by"])
    _count(member.cluster, member.suggestion_id, -1)


def _two_matters(suggestion: Suggestion, rest: Sequence[ClusterMember], by: User) -> None:
    """What was confirmed about it and the others is so no more, and is not proposed again."""
    for other in rest:
        older, newer = sorted((suggestion.pk, other.suggestion_id))
        pair = Alike.objects.filter(older=older, newer=newer, state=AlikeState.CONFIRMED).first()
        if pair is not None:
            _decide(pair, AlikeState.REJECTED, by)


def _leading(members: Sequence[Suggestion]) -> Suggestion:
    """What an office reviews already; else the one with the most supporters, the older first."""

    def rank(row: Suggestion) -> tuple[bool, bool, int, int]:
        return not row.is_final, row.reached_at is not None, row.supports, -row.pk

    return max(members, key=rank)


def _count(cluster: Cluster, suggestion: int, sign: int) -> None:
    asked = {"cluster": cluster.pk, "suggestion": suggestion, "sign": sign}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_OF_ONE, asked)
    Cluster.objects.filter(pk=cluster.pk).update(changed=True)


def _hold_counter() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_COUNTER])


@transaction.atomic
def move_support(row: Support, *, to: Suggestion) -> Support:
    """Its owner presses once: the voice goes to another suggestion of the same cluster.

    Nobody moves it for them. Raises WrongTurnError where they are not of one cluster, or the
    other one gathers no support.
    """
    there = Cluster.objects.of(to).filter(ended_at=None)
    if (
        to == row.suggestion
        or not row.counts
        or not (there & Cluster.objects.of(row.suggestion)).exists()
    ):
        raise WrongTurnError(f"{row!r} can't move to {to!r}")
    take_support_back(row)
    return support(to, contact=row.contact, proved=row.proved)


@transaction.atomic
def latch_clusters() -> int:
    """What the people of a cluster reach together is latched at its lead; how many were looked at.

    Safe to run twice, or late.
    """
    if not is_alone():
        return 0
    changed = list(Cluster.objects.filter(changed=True).order_by("id"))
    for cluster in changed:
        pks = cluster.members.present().values_list("suggestion", flat=True)
        members = Suggestion.objects.all_locked(pks)
        if members:
            _latch(cluster, members)
        Cluster.objects.filter(pk=cluster.pk).update(changed=False)
    return len(changed)


def _latch(cluster: Cluster, members: list[Suggestion]) -> None:
    lead = next((row for row in members if row.pk == cluster.lead_id), None)
    if lead is None or lead.is_final or lead.reached_at is None:
        lead = _leading(members)  # withdrawn meanwhile; or another one has reached it by itself
        Cluster.objects.filter(pk=cluster.pk).update(lead=lead)
    latch(lead, cluster.voices(members), by_cluster=True)


def wrong_cluster_counts() -> list[int]:
    """The clusters whose kept counts are not the people of their members: none, ever."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG)
        return [row[0] for row in cursor.fetchall()]
