"""Count: what supports changed is added up each second, and thresholds are latched, once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from lifecycle import clock, workdays
from lifecycle.rules import Declared
from people.models import Office, OfficeKind
from suggestions import rules
from suggestions.models import Cluster, Milestone, Suggestion, SupportChange, Threshold
from suggestions.states import SUPPORTABLE, Cause, SuggestionStatus

ONE_COUNTER = 4_127_001  # the key of the advisory lock: one counter at a time
AT_ONCE = 50_000
# The same changes, person by person, for the clusters these suggestions are in: `of_people` says
# what each person gains or loses, and whoever comes to none is none of the people any more.
KEPT = """
kept AS (
  INSERT INTO suggestions_clusterperson AS person (cluster_id, contact_id, supports, proved)
  SELECT cluster_id, contact_id, supports, proved FROM of_people ORDER BY cluster_id, contact_id
  ON CONFLICT (cluster_id, contact_id) DO UPDATE
  SET supports = person.supports + excluded.supports, proved = person.proved + excluded.proved
  RETURNING cluster_id, contact_id, supports, proved
), of_clusters AS (
  UPDATE suggestions_cluster AS cluster
  SET people = cluster.people + more.people, proved = cluster.proved + more.proved, changed = true
  FROM (
    SELECT kept.cluster_id,
      sum((kept.supports > 0)::int - (kept.supports > of_people.supports)::int) AS people,
      sum((kept.proved > 0)::int - (kept.proved > of_people.proved)::int) AS proved
    FROM kept JOIN of_people USING (cluster_id, contact_id) GROUP BY kept.cluster_id
  ) more WHERE cluster.id = more.cluster_id
)
"""
ADDED_UP = f"""
WITH due AS (
  SELECT id FROM suggestions_supportchange
  WHERE NOT counted AND suggestion_id = ANY(%s) ORDER BY id LIMIT %s
), new AS (
  UPDATE suggestions_supportchange AS change SET counted = true FROM due
  WHERE change.id = due.id
  RETURNING change.suggestion_id, change.contact_id, change.people, change.proved
), of_people AS (
  SELECT member.cluster_id, new.contact_id, sum(new.people)::int AS supports,
    sum(new.proved)::int AS proved
  FROM new JOIN suggestions_clustermember member
    ON member.suggestion_id = new.suggestion_id AND member.left_at IS NULL
  GROUP BY member.cluster_id, new.contact_id
), {KEPT}
SELECT suggestion_id, sum(people)::int, sum(proved)::int FROM new GROUP BY suggestion_id
"""  # noqa: S608 - constants of this module
THRESHOLDS: tuple[tuple[Threshold, Declared[int]], ...] = (
    (Threshold.PANEL, rules.PANEL_AT),
    (Threshold.ANSWER, rules.ANSWER_AT),
    (Threshold.FORUM, rules.FORUM_AT),
    (Threshold.MAYOR, rules.MAYOR_AT),
)
# What makes another office than the one in charge owe something is told and sealed by its step.
STEPS = {Threshold.FORUM: Cause.FORUM, Threshold.MAYOR: Cause.MAYOR}


@transaction.atomic
def count_supports() -> int:
    """Add up what is not counted yet; how many suggestions changed. Safe to run twice, or late.

    A suggestion that somebody holds at this moment is counted by the next sweep.
    """
    if not is_alone():
        return 0
    waiting = SupportChange.objects.filter(counted=False).order_by("id")
    newest = waiting.values_list("suggestion", flat=True)[:AT_ONCE]
    rows = {row.pk: row for row in Suggestion.objects.all_locked(set(newest), skip_locked=True)}
    with connection.cursor() as cursor:
        cursor.execute(ADDED_UP, [list(rows), AT_ONCE])
        sums = cursor.fetchall()
    for pk, people, proved in sums:
        _add(rows[pk], people, proved)
    return len(sums)


def is_alone() -> bool:
    """Whether nobody else counts at this moment; until the transaction ends nobody else will."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_COUNTER])
        return bool(cursor.fetchone()[0])


def _add(suggestion: Suggestion, people: int, proved: int) -> None:
    suggestion.supports += people
    suggestion.proved += proved
    suggestion.save(update_fields=["supports", "proved"])
    latch(suggestion, suggestion.voices)
    if people > 0 and suggestion.status == SuggestionStatus.DORMANT:
        wake(suggestion)


def latch(suggestion: Suggestion, voices: int, *, by_cluster: bool = False) -> None:
    """Every threshold that so many people reach; the row is locked.

    What was crossed stays crossed, and is a duty of its office until that is settled.
    """
    crossed = [name for name, rule in THRESHOLDS if voices >= rule.value()]
    known = (
        set(suggestion.milestones.filter(undone_at=None).values_list("threshold", flat=True))
        if crossed
        else set()
    )
    moment = clock.now()
    for name in crossed:
        if name not in known:
            office, due_at = _owed(name, moment)
            Milestone.objects.create(
                suggestion=suggestion,
                threshold=name,
                people=voices,
                by_cluster=by_cluster,
                at=moment,
                office=office,
                due_at=due_at,
            )
            if name in STEPS and suggestion.may_become(suggestion.status):
                suggestion.move(suggestion.status, by=None, cause=STEPS[name])
    if Threshold.ANSWER in crossed and suggestion.reached_at is None:
        suggestion.reached_at = moment
        suggestion.save(update_fields=["reached_at"])
        if suggestion.status in SUPPORTABLE:
            review(suggestion, cause=Cause.THRESHOLD)


def most_voices(suggestion: Suggestion) -> int:
    """The people behind it: its own, or those of the cluster it leads, if they are more."""
    led = Cluster.objects.of(suggestion).filter(lead=suggestion).first()
    if led is None:
        return suggestion.voices
    return max(suggestion.voices, led.voices(led.suggestions()))


def _owed(threshold: Threshold, moment: datetime) -> tuple[Office | None, datetime | None]:
    """Who has to do what about it, by when; the office's own answer is the suggestion's date."""
    if threshold == Threshold.FORUM:
        days = rules.FORUM_DAYS.value()
        return Office.objects.listening_team(), workdays.end_of_days(moment, days)
    if threshold == Threshold.MAYOR:
        mayor = Office.objects.filter(kind=OfficeKind.MAYOR, closed=False).order_by("pk").first()
        return mayor, workdays.end_of_days(moment, rules.MAYOR_DAYS.value())
    return None, None


def review(suggestion: Suggestion, *, cause: str) -> None:
    """The office has to answer, by a date; the row is locked. Nobody pressed anything."""
    suggestion.move(
        SuggestionStatus.UNDER_REVIEW, by=None, cause=cause, **owed_by_office(suggestion)
    )


def owed_by_office(suggestion: Suggestion) -> dict[str, Any]:
    """The columns of a step that makes the department answer; without one, the listening team.

    The first answer to a petition is owed by the statute; what is looked at again has a new clock.
    """
    due_at = workdays.end_of_days(clock.now(), rules.REVIEW_DAYS.value())
    if suggestion.is_petition and suggestion.first_due_at is None:
        due_at = _by_statute(suggestion)
    office = suggestion.department or Office.objects.listening_team()
    return {
        "office": office,
        "due_at": due_at,
        "first_due_at": suggestion.first_due_at or due_at,
        "interims": 0,
    }


def _by_statute(petition: Suggestion) -> datetime:
    """The Petition Act counts from the day it came in."""
    return workdays.end_of_days(petition.message.received_at, rules.PETITION_DAYS.value())


def wake(suggestion: Suggestion) -> None:
    """It gathers support again, for a new time; the row is locked."""
    closes = closing_of_window(suggestion)
    suggestion.move(SuggestionStatus.OPEN, by=None, cause=Cause.REVIVED, due_at=closes)


def closing_of_window(suggestion: Suggestion) -> datetime:
    """When a time for support that begins now is over.

    A petition's leaves the office the days of its review before the statute has it answered.
    """
    moment = clock.now()
    closes = moment + timedelta(days=rules.WINDOW_DAYS.value())
    if not suggestion.is_petition:
        return closes
    latest = _by_statute(suggestion) - timedelta(days=rules.REVIEW_DAYS.value())
    return min(closes, max(latest, moment))


def wrong_counts() -> Iterable[int]:
    """The suggestions whose kept counts are not the number of their rows: none, ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.id FROM suggestions_suggestion s
            LEFT JOIN LATERAL (
              SELECT count(*) AS people, count(*) FILTER (WHERE proved) AS proved
              FROM suggestions_support WHERE suggestion_id = s.id AND state = 'valid'
            ) real ON true
            LEFT JOIN LATERAL (
              SELECT coalesce(sum(people), 0) AS people, coalesce(sum(proved), 0) AS proved
              FROM suggestions_supportchange WHERE suggestion_id = s.id AND NOT counted
            ) due ON true
            WHERE (s.supports + due.people, s.proved + due.proved)
                  IS DISTINCT FROM (real.people, real.proved)
            ORDER BY s.id
            """
        )
        return [row[0] for row in cursor.fetchall()]
