"""Where a person can be reached; never shown, never searched but by its keyed index."""

import json
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from lifecycle import clock
from people.models import User

# The kind is written over with itself, so that the row comes back whoever made it.
REACHED_BY = """
INSERT INTO channels_app_contact ("kind", "index", "sealed", "nonce", "created_at")
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT ("index") DO UPDATE SET "kind" = excluded."kind"
RETURNING "id", "kind"
"""


class ContactKind(models.TextChoices):
    """How a person can be reached."""

    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("mobile phone")
    PUSH = "push", _("notices of a browser")
    NET = "net", _("an account on a network")


# Where our words reach somebody by themselves. A telephone is reached, and a network answered,
# through an account of the city (`Delivery.account`); without one such a row waits.
CONNECTED = (ContactKind.MAIL, ContactKind.PUSH)


class ContactQuerySet(models.QuerySet["Contact"]):
    """Which contacts."""

    def reached_by(self, kind: str, address: str, *, holds: str = "") -> "Contact":
        """The one row of this address, made if it is new; two at once get the same row.

        One statement, known or not. What it does not read here is read when it is asked for.
        `holds` is what is sealed where an address alone is not enough to write to somebody.
        """
        index, nonce = sealing.index_of(kind, address), sealing.fresh_nonce()
        row = [kind, index, sealing.seal(holds or address), nonce, clock.now()]
        return self.raw(REACHED_BY, row)[0]

    def confirmed(self) -> Self:
        """Those whose owner has said: this is mine."""
        return self.filter(confirmed_at__isnull=False)


class Person(models.Model):
    """Somebody who speaks to the city on several networks, as an officer has recognised."""

    joined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.pk}"


class Contact(models.Model):
    """An address of a person: encrypted, with an HMAC index.

    That of a browser holds its keys too, that of a network what readers there call its owner.
    `person` is who an officer says stands behind several of them; nobody else joins them.
    `daily`: what it follows comes once a day, in one mail.
    """

    kind = models.CharField(max_length=5, choices=ContactKind)
    index = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.TextField(editable=False)
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    person = models.ForeignKey(
        "Person", models.PROTECT, null=True, related_name="contacts", editable=False
    )
    daily = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_erased_holds_nothing",
                condition=Q(erased_at__isnull=True)
                | Q(sealed="", index__startswith="erased-", confirmed_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="contact_kept", condition=Q(erased_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.index[:8]}"

    @property
    def address(self) -> str:
        """The address itself, for the one who sends."""
        return sealing.unseal(self.sealed)

    @property
    def shown(self) -> str:
        """Enough for its owner to know it, not enough to use it."""
        if self.erased_at:
            return ""
        if self.kind == ContactKind.PUSH:
            return str(_("a browser"))
        if self.kind == ContactKind.NET:
            return self.handle
        if self.kind == ContactKind.MAIL:
            name, _at, domain = self.address.partition("@")
            return f"{name[:2]}***@{domain}"
        national = f"0{self.address.removeprefix('+82')}"
        return f"{national[:3]}-****-{national[-4:]}"

    @property
    def handle(self) -> str:
        """What readers of its network call its owner; public there."""
        known = json.loads(self.address)
        return str(known["handle"] or known["author"])

    @property
    def is_confirmed(self) -> bool:
        """Its owner said so, and has not taken it back."""
        return self.confirmed_at is not None and self.refused_at is None

    def token_for(self, code: str) -> str:
        """The secret of the link "is this yours?" in a mail about one message."""
        return sealing.link_token("contact", self.index, self.nonce, code)

    @property
    def mails_token(self) -> str:
        """The secret of the link that ends or slows all that it follows."""
        return sealing.link_token("mails", self.index, self.nonce)
