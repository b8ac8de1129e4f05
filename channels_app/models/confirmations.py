"""What counts only once the owner of an address has confirmed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app import sealing
from channels_app.models.contacts import Contact
from channels_app.models.topics import Topic


class Confirmation(models.Model):
    """One act about a topic that its owner confirms from their address, by a link in a mail.

    `purpose` names the act; the higher floor that asks has the page `confirm_<purpose>` and the
    mail of that name, and a row of its own that points here.
    """

    purpose = models.CharField(max_length=12)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="confirmations")
    language = models.CharField(max_length=2, default="ko")
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("confirmation by mail")
        verbose_name_plural = _("confirmations by mail")
        indexes = [models.Index(fields=["contact", "created_at"], name="confirmation_lately")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.topic_id} ← {self.contact_id}"

    @property
    def token(self) -> str:
        """The secret of the link that confirms it, and later takes it back."""
        return sealing.link_token("confirm", str(self.pk), self.nonce)
