"""Who may read a message, apart from its status; why it is held or hidden, and who decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User


class Publication(models.TextChoices):
    """Who may read it, apart from its status."""

    PRIVATE = "private", _("only the office")
    HELD = "held", _("waiting to be shown")
    PUBLIC = "public", _("everyone")
    HIDDEN = "hidden", pgettext_lazy("publication", "hidden")


class HiddenReason(models.TextChoices):
    """Why something public is not shown; the author is told in these words."""

    REPORTED = "reported", _("somebody reported it; we decide within three days")
    PERSONAL = "personal", _("it names or shows a person")
    ABUSE = "abuse", _("it insults or threatens somebody")
    ADVERTISING = "advertising", _("it is advertising")
    AUTHOR = "author", _("the author asked for it")


class HeldReason(models.TextChoices):
    """Why everyone may read it only after an officer has looked; never a reason to refuse it."""

    TONE = "tone", _("a word that needs a person's eye")
    PHOTO = "photo", _("it has a photo")
    BURST = "burst", _("many messages came at once")
    REPEATED = "repeated", _("the same words came again and again")
    MACHINE = "machine", _("it looks as if a machine had filled in the form")


class Readable(models.Model):
    """What somebody said, and who may read it.

    `wants_public` is the sender's choice for ever; `publication` what holds now. Why it was held
    stays on the row after the decision. As long as `publication_due_at` stands an officer has to
    decide by then: on what is held, or on what a reader reported.
    """

    publication = models.CharField(
        max_length=8, choices=Publication, default=Publication.PRIVATE, editable=False
    )
    wants_public = models.BooleanField(default=False, editable=False)
    held_reason = models.CharField(max_length=12, choices=HeldReason, blank=True, editable=False)
    hidden_reason = models.CharField(
        max_length=12, choices=HiddenReason, blank=True, editable=False
    )
    publication_due_at = models.DateTimeField(null=True, editable=False)
    screened_at = models.DateTimeField(null=True, editable=False)
    screened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Everyone may read it now."""
        return self.publication == Publication.PUBLIC

    @property
    def is_held(self) -> bool:
        """An officer looks at it first."""
        return self.publication == Publication.HELD

    @property
    def is_hidden(self) -> bool:
        """It was public, or would be; now it is not."""
        return self.publication == Publication.HIDDEN

    @property
    def is_undecided(self) -> bool:
        """Held or reported, and no officer has decided."""
        return self.publication_due_at is not None

    @property
    def is_reported(self) -> bool:
        """A reader minds it, and no officer has decided."""
        return self.is_undecided and not self.is_held

    @property
    def is_open_question(self) -> bool:
        """Held, or hidden by a reader's report alone: it can't stay like this."""
        return self.is_held or self.hidden_reason == HiddenReason.REPORTED

    @property
    def waits_for_its_photos(self) -> bool:
        """Its words would be public but for a look at the photos."""
        return self.is_held and self.held_reason == HeldReason.PHOTO

    @property
    def shown_as(self) -> Publication:
        """What it becomes when an officer lets it through: the sender's choice."""
        return Publication.PUBLIC if self.wants_public else Publication.PRIVATE
