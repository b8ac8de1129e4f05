"""One act on many suggestions: one transaction, and a line for each in the report."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.actions.deeds import REFUSALS, refusal_of
from desk.models import IdeaDeed, IdeaVerb
from lifecycle import clock
from people.models import Office, User
from suggestions import actions
from suggestions.actions import Refusal, Said
from suggestions.models import Policy, Suggestion

KEPT = timedelta(days=30)
Act = Callable[[Suggestion, int], Suggestion]


def assign_all(seen: Mapping[int, int], *, to: Office, reason: str = "", by: User) -> IdeaDeed:
    """Another office would answer each of them; `seen` is the version of each that was read."""
    return _do(
        IdeaVerb.ASSIGN,
        seen,
        lambda one, version: actions.assign(one, to=to, reason=reason, by=by, version=version),
        by=by,
    )


def pick_all(seen: Mapping[int, int], *, reason: str, by: User) -> IdeaDeed:
    """Their offices have to answer, for one public reason."""
    return _do(
        IdeaVerb.PICK,
        seen,
        lambda one, version: actions.pick(one, reason=reason, by=by, version=version),
        by=by,
    )


def send_all_back(seen: Mapping[int, int], *, reason: str, words: str, by: User) -> IdeaDeed:
    """Their authors may correct them."""
    return _do(
        IdeaVerb.SEND_BACK,
        seen,
        lambda one, version: actions.send_back(
            one, reason=reason, words=words, by=by, version=version
        ),
        by=by,
    )


def refuse_all(seen: Mapping[int, int], *, reason: str, words: str, by: User) -> IdeaDeed:
    """They are not shown; each author is told, and may appeal."""
    return _do(
        IdeaVerb.REFUSE,
        seen,
        lambda one, version: actions.refuse(
            one, reason=reason, words=words, by=by, version=version
        ),
        by=by,
    )


def put_all_off(
    seen: Mapping[int, int], said: Mapping[int, Said], *, until: date, by: User
) -> IdeaDeed:
    """An interim answer to each, to the same day; `said` holds what is said to each."""

    def act(one: Suggestion, version: int) -> Suggestion:
        one.must_stand_at(version)
        return actions.answer_interim(one, said=said[one.pk], until=until, by=by).suggestion

    return _do(IdeaVerb.INTERIM, seen, act, by=by)


def answer_all_in_place(
    seen: Mapping[int, int], said: Mapping[int, Said], *, policy: Policy, by: User
) -> IdeaDeed:
    """The city does already what each asks for."""
    return _do(
        IdeaVerb.IN_PLACE,
        seen,
        lambda one, version: (
            actions.already_in_place(
                one, said=said[one.pk], policy=policy, by=by, version=version
            ).suggestion
        ),
        by=by,
    )


def decline_all(
    seen: Mapping[int, int], said: Mapping[int, Said], *, refusal: Refusal, by: User
) -> IdeaDeed:
    """The city says no to each: one blocker, one alternative, one next door."""
    return _do(
        IdeaVerb.NO,
        seen,
        lambda one, version: (
            actions.decline(
                one, said=said[one.pk], refusal=refusal, by=by, version=version
            ).suggestion
        ),
        by=by,
    )


@transaction.atomic
def _do(verb: IdeaVerb, seen: Mapping[int, int], act: Act, *, by: User) -> IdeaDeed:
    """What can't be done is reported by name, and its neighbours are done."""
    done: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for row in Suggestion.objects.all_locked(seen):
        stood = {"code": row.code, "department": row.department_id}
        try:
            with transaction.atomic():
                moved = act(row, seen[row.pk])
        except tuple(REFUSALS) as problem:
            refused.append({"code": row.code, "why": refusal_of(problem)})
        else:
            done.append({**stood, "version": moved.version})
    IdeaDeed.objects.filter(by=by, at__lt=clock.now() - KEPT).delete()
    return IdeaDeed.objects.create(by=by, verb=verb, done=done, refused=refused, at=clock.now())


@transaction.atomic
def undo_ideas(deed: IdeaDeed, *, by: User) -> IdeaDeed:
    """Each goes back to the office it had; `refused` then names what has moved on since.

    Raises PermissionDenied where it is not this officer's, or done already.
    """
    deed = IdeaDeed.objects.select_for_update(of=("self",)).get(pk=deed.pk)
    if not deed.may_be_undone_by(by):
        raise PermissionDenied
    deed.undone_at, deed.refused = clock.now(), []
    stood = {row["code"]: row for row in deed.done}
    keys = Suggestion.objects.filter(code__in=stood).values_list("pk", flat=True)
    offices = Office.objects.in_bulk({row["department"] for row in deed.done if row["department"]})
    listening = Office.objects.listening_team()
    for suggestion in Suggestion.objects.all_locked(keys):
        row = stood[suggestion.code]
        to = offices.get(row["department"], listening)
        try:
            with transaction.atomic():
                actions.assign(suggestion, to=to, by=by, version=row["version"])
        except tuple(REFUSALS) as problem:
            deed.refused.append({"code": suggestion.code, "why": refusal_of(problem)})
    deed.save(update_fields=["undone_at", "refused"])
    return deed
