"""Amend a rule; enter a day into the calendar."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lifecycle import clock, rules, workdays
from lifecycle.models import Holiday, Rule
from people.models import User


@transaction.atomic
def amend_rule(name: str, *, to: str, reason: str, by: User) -> Rule:
    """A new version of a rule from now on. Raises RuleValueError when `to` does not fit it."""
    if not by.is_administrator:
        raise PermissionDenied
    value = rules.declared()[name].read(to)
    rule = Rule.objects.create(name=name, value=value, since=clock.now(), reason=reason, by=by)
    transaction.on_commit(rules.forget)
    return rule


@transaction.atomic
def declare_holiday(
    day: date, *, works: bool = False, name_ko: str, name_en: str, by: User
) -> Holiday:
    """A temporary holiday, or with `works` a day that is none after all.

    A sweep counts the open dates it touches again.
    """
    if not by.is_administrator:
        raise PermissionDenied
    holiday = Holiday.objects.create(
        day=day, works=works, name_ko=name_ko, name_en=name_en, by=by, at=clock.now()
    )
    transaction.on_commit(workdays.forget)
    return holiday
