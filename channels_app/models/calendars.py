"""An officer's calendar of what an office owes, at an address nobody can guess."""

from django.db import models

from channels_app import sealing
from people.models import Appointment


class CalendarLink(models.Model):
    """The secret address of one appointment's calendar; a new `nonce` ends the old address.

    It opens as long as the appointment holds, and shows numbers, kinds and dates alone.
    """

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32, default=sealing.fresh_nonce, editable=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.appointment)

    @property
    def token(self) -> str:
        """The unguessable part of the address."""
        return sealing.link_token("calendar", str(self.pk), self.nonce)
