"""Where a person can be reached; never shown, never searched but by its keyed index."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app import sealing


class ContactKind(models.TextChoices):
    """How a person can be reached."""

    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("mobile phone")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Which contacts."""

    def reached_by(self, kind: str, address: str) -> "Contact":
        """The one row of this address, made if it is new; two at once get the same row."""
        index = sealing.index_of(kind, address)
        if (known := self.filter(index=index).first()) is not None:
            return known
        fresh = Contact(kind=kind, index=index, sealed=sealing.seal(address))
        self.bulk_create([fresh], ignore_conflicts=True)
        return self.get(index=index)

    def confirmed(self) -> Self:
        """Those whose owner has said: this is mine."""
        return self.filter(confirmed_at__isnull=False)


class Contact(models.Model):
    """An address of a person: encrypted, with an HMAC index."""

    kind = models.CharField(max_length=5, choices=ContactKind)
    index = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.TextField(editable=False)
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.index[:8]}"

    @property
    def address(self) -> str:
        """The address itself, for the one who sends."""
        return sealing.unseal(self.sealed)

    @property
    def shown(self) -> str:
        """Enough for its owner to know it, not enough to use it."""
        if self.kind == ContactKind.MAIL:
            name, _at, domain = self.address.partition("@")
            return f"{name[:2]}***@{domain}"
        national = f"0{self.address.removeprefix('+82')}"
        return f"{national[:3]}-****-{national[-4:]}"

    @property
    def is_confirmed(self) -> bool:
        """Its owner said so, and has not taken it back."""
        return self.confirmed_at is not None and self.refused_at is None

    def token_for(self, code: str) -> str:
        """The secret of the link "is this yours?" in a mail about one message."""
        return sealing.link_token("contact", self.index, self.nonce, code)
