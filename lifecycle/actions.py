"""Amend a rule."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from lifecycle import clock, rules
from lifecycle.models import Rule
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
