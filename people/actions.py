"""Appoint and relieve; let somebody leave; forget who signed in long ago."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from people.models import Appointment, Office, Role, User


@transaction.atomic
def appoint(
    user: User,
    *,
    office: Office,
    role: str = Role.OFFICER,
    by: User | None,
    since: datetime | None = None,
) -> Appointment:
    """Give somebody an office. `by` is None only for the command that makes the first one."""
    if by is not None and not by.is_administrator:
        raise PermissionDenied
    return Appointment.objects.create(
        user=user, office=office, role=role, since=since or timezone.now()
    )


@transaction.atomic
def forget_sign_ins(before: datetime) -> int:
    """Delete from where people signed in before this moment, and every session that has ended."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 - a name of ours
    return int(UserSession.objects.filter(last_seen_at__lt=before).delete()[0])


@transaction.atomic
def leave(user: User, *, by: User) -> None:
    """Delete an account with all that belongs to it; every session of the person ends with it."""
    user = User.objects.select_for_update().get(pk=user.pk)  # nobody appoints them meanwhile
    if not user.may_be_deleted_by(by):
        raise PermissionDenied
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.delete()


@transaction.atomic
def relieve(appointment: Appointment, *, by: User) -> None:
    """End an appointment now; if it was the last one, every session of the person ends with it.

    Nobody relieves themselves: the last administrator would lock the house.
    """
    if not by.is_administrator or appointment.user == by:
        raise PermissionDenied
    appointment.until = timezone.now()
    appointment.save(update_fields=["until"])
    if not Appointment.objects.current().filter(user=appointment.user).exists():
        for session in UserSession.objects.filter(user=appointment.user):
            session.end()
