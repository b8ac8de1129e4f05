"""Views of the desk under a name: an address that somebody wants to come back to."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Office, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views."""

    def of(self, user: User) -> Self:
        """The own ones, and those colleagues share with an office of this user's."""
        return self.filter(Q(by=user) | Q(office__in=user.offices)).order_by("name", "id")


class SavedView(models.Model):
    """A named queue: `query` is the part of the desk's address that chooses its rows.

    Private to who saved it, or shared with everybody who acts for `office`.
    """

    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(F("by"), F("name"), name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name

    def may_be_deleted_by(self, user: User) -> bool:
        """By who saved it, and by the head of the office it is shared with."""
        return self.by_id == user.pk or (self.office is not None and user.heads(self.office))
