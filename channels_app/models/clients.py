"""Other people's apps that speak for citizens through the API."""

import secrets
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.models import digest
from people.models import Office


class Scope(models.TextChoices):
    """What a token is good for; reading what is public needs none."""

    SEND = "send", _("send messages")
    READ_OWN = "read_own", _("read back its own messages")


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    """Which clients."""

    def of_token(self, token: str) -> Self:
        """The one in use that holds this token; none for a wrong or withdrawn one."""
        return self.filter(token_digest=digest(token), active=True)


@pghistory.track(exclude=["token_digest"])
class ApiClient(models.Model):
    """An app that may send messages, and read back its own, as far as its scopes go: never a user.

    Only the SHA-256 of its token is kept: 256 random bits need no salt. `rate` is in messages a
    minute; above it a voice is still taken in, and held.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name=_("office"), related_name="+"
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope),
        verbose_name=_("what it may do"),
        db_default=["send", "read_own"],
        blank=True,
    )
    rate = models.PositiveIntegerField(_("messages a minute"), default=60)
    active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")

    def __str__(self) -> str:
        return self.name

    # What Django REST framework asks of whoever has signed in: an app is no user.
    is_authenticated = True
    is_staff = False

    def may(self, scope: str) -> bool:
        """Whether its token is good for this."""
        return scope in self.scopes

    def renew_token(self) -> str:
        """Make a new secret, shown once; the old one stops working when the row is saved."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest(token)
        return token
