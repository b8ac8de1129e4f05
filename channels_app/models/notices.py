"""What a higher floor has to say to all who follow something."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from channels_app.models.topics import Topic


class Notice(models.Model):
    """One change of a topic in plain words, in both languages: what happened, what comes next.

    `key` names the event for ever, so that it is told once. `next_at` is the date of what comes
    next; `is_late` says that nothing happened by the last one. Nothing in it is anybody's secret.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=80)
    what_ko = models.CharField(max_length=300)
    what_en = models.CharField(max_length=300)
    next_ko = models.CharField(max_length=300, blank=True)
    next_en = models.CharField(max_length=300, blank=True)
    next_at = models.DateTimeField(null=True)
    path = models.CharField(max_length=200)
    is_late = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["topic", "key"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.key}"

    @property
    def what(self) -> str:
        """What happened, in the language of the reader."""
        return self.what_en if get_language() == "en" else self.what_ko

    @property
    def next(self) -> str:
        """What comes next, in the language of the reader; "" where nothing is due."""
        return self.next_en if get_language() == "en" else self.next_ko
