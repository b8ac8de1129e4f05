"""Keep a view of the desk under a name, alone or for the office."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from desk.models import SavedView
from lifecycle import clock
from people.models import Office, User

MOST = 20  # of one officer, and shared with one office: each is counted on every page


@transaction.atomic
def save_view(name: str, *, query: str, office: Office | None = None, by: User) -> SavedView:
    """Keep it; the same name again replaces the old address.

    `office` shares it with everybody who acts for that office. Raises ValueError where there are
    too many.
    """
    if not by.is_staff or (office is not None and not by.holds(office)):
        raise PermissionDenied
    others = SavedView.objects.exclude(by=by, name=name)
    if others.filter(by=by).count() >= MOST:
        raise ValueError("you have twenty saved views")
    if office is not None and others.filter(office=office).count() >= MOST:
        raise ValueError("the office shares twenty saved views")
    columns = {"query": query, "office": office, "at": clock.now()}
    return SavedView.objects.update_or_create(by=by, name=name, defaults=columns)[0]


@transaction.atomic
def drop_view(view: SavedView, *, by: User) -> None:
    """Throw it away."""
    if not view.may_be_deleted_by(by):
        raise PermissionDenied
    SavedView.objects.filter(pk=view.pk).delete()
