"""What its author says later: an answer to a question, more words, "not solved", an appeal."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message


class AdditionKind(models.TextChoices):
    """Why its author wrote again."""

    MORE = "more", _("something to add")
    REPLY = "reply", _("an answer to the office's question")
    REOPEN = "reopen", _("not solved")
    APPEAL = "appeal", _("an appeal")


class AdditionQuerySet(models.QuerySet["Addition"]):
    """Which of them."""

    def public(self) -> Self:
        """What everyone may read, as long as the message itself is public."""
        return self.filter(public=True)


class Addition(models.Model):
    """What its author wrote under the private link after the message itself.

    `public` says that its masked copy stands on the public page: only where the message is public
    and no word of it needs a person's eye.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=6, choices=AdditionKind)
    text = models.TextField()
    masked_text = models.TextField()
    public = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = AdditionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.message} + {self.kind}"
