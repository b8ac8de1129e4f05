"""What `check --deploy` says about accounts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError


@register(Tags.security, deploy=True)
def no_demonstration(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """A real portal is no demonstration and holds no account with a password in a file."""
    from people.models import User

    found: list[CheckMessage] = []
    if settings.PORTAL_DEMO:
        found.append(Error("PORTAL_DEMO is on.", hint="Unset it.", id="people.E001"))
    try:
        accounts = User.objects.filter(is_demo=True).count()
    except DatabaseError as problem:
        cause = type(problem).__name__
        return [*found, Caution(f"Accounts could not be checked: {cause}.", id="people.W001")]
    if accounts:
        hint = "Start a real portal on a fresh database."
        found.append(
            Error(f"{accounts} demonstration accounts exist.", hint=hint, id="people.E002")
        )
    return found
