"""A month is closed, the listening team is asked who was not heard, and answers in public."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum

from lifecycle import clock
from lifecycle.errors import WrongTurnError
from mayors_office import listening
from mayors_office.dashboards.who import groups_of, least_heard
from mayors_office.models import Count, Heard, MonthQuestion, Scope, Trait
from people.models import User

LISTENING_TEAM = "attentive-listening"


def close_month(month: date) -> None:
    """Keep who was heard in a month that is over, with small groups hidden, and ask about it.

    Written once: whoever comes second changes nothing.
    """
    rows = listening.tables(month)
    try:
        with transaction.atomic():
            Heard.objects.bulk_create(rows)
            _ask(month, rows)
    except IntegrityError:
        return


def _ask(month: date, rows: list[Heard]) -> None:
    least = least_heard(groups_of(rows))
    told = next(row.people for row in rows if row.trait == Trait.AGE and not row.group)
    came = Count.objects.filter(
        scope=Scope.CITY, day__gte=month, day__lt=listening.next_month(month)
    ).aggregate(all=Sum("came", default=0))["all"]
    MonthQuestion.objects.create(
        month=month,
        trait=least.trait if least else "",
        group=least.name if least else "",
        index=least.index if least else None,
        came=came,
        told=told,
        asked_at=clock.now(),
    )


def may_reply(by: User) -> bool:
    """The listening team alone, for itself."""
    return any(post.acts and post.office.slug == LISTENING_TEAM for post in by.posts)


@transaction.atomic
def reply(question: MonthQuestion, *, text: str, by: User) -> MonthQuestion:
    """Say what will be done; once, and public at once.

    Raises PermissionDenied for anybody but the listening team, WrongTurnError where it has said
    so already, ValueError without words.
    """
    if not may_reply(by):
        raise PermissionDenied
    if not text.strip():
        raise ValueError("a reply has words")
    question = MonthQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.reply:
        raise WrongTurnError(f"{question!r}: answered before")
    question.reply, question.replied_at, question.replied_by = text.strip(), clock.now(), by
    question.save(update_fields=["reply", "replied_at", "replied_by"])
    return question
