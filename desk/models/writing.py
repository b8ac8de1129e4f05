"""What lies on an officer's desk: half-written answers, and texts for what comes up again."""

import re
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from channels_app.blanking import Part
from channels_app.models import Message
from lifecycle import clock
from people.models import Office, User

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("code", "office", "due", "kind", "borough")


class Writing(models.TextChoices):
    """What an officer writes: the outcomes of an answer, and what comes before it."""

    DONE = "done", _("It is answered: the thing is done")
    EXPLAINED = "explained", _("It is answered: this is how it is")
    DECLINED = "declined", _("The city says no")
    PROMISING = "promising", _("We will do it by a date")
    INTERIM = "interim", _("We need more time")
    PROGRESS = "progress", _("This is how far we are")
    QUESTION = "question", _("We ask the author something")


CLOSING = frozenset({Writing.DONE, Writing.EXPLAINED, Writing.DECLINED})


class CannedTextQuerySet(models.QuerySet["CannedText"]):
    """Which texts."""

    def kept_by(self, user: User) -> Self:
        """Those this user may look at in the records: of the own offices, and of everybody."""
        if user.is_administrator or user.is_auditor:
            return self
        return self.filter(Q(office=None) | Q(office__in=user.offices))

    def fitting(self, message: Message) -> Self:
        """In the language of its author, of the office in charge or of everybody."""
        mine = self.filter(Q(office=None) | Q(office=message.office_id))
        return mine.filter(language=message.language).order_by("kind", "name", "id")


class CannedText(models.Model):
    """A text that fits again and again: of one office, or of all where `office` is None.

    `kind` is the Writing it belongs to; "" fits every kind.
    """

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        verbose_name=_("office"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Left empty, every office finds it."),
    )
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(
        _("for which kind of answer"),
        max_length=9,
        choices=Writing,
        blank=True,
        help_text=_("Left empty, it fits every kind."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="ko"
    )
    text = models.TextField(
        _("text"),
        max_length=5000,
        help_text=_(
            "{code}, {office}, {due}, {kind} and {borough} are filled in for each message."
        ),
    )

    objects = CannedTextQuerySet.as_manager()

    class Meta:
        ordering = ["language", "kind", "name"]
        verbose_name = _("ready-made text")
        verbose_name_plural = _("ready-made texts")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "language", "name"],
                name="canned_text_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a text with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Only what we can fill in. Raises ValidationError."""
        named = set(PLACEHOLDER.findall(self.text))
        if unknown := sorted(named - set(PLACEHOLDERS)):
            words = _("We can't fill in %(unknown)s. You can use %(known)s.")
            listed = {"unknown": _listed(unknown), "known": _listed(PLACEHOLDERS)}
            raise ValidationError({"text": words % listed})

    def filled(self, message: Message) -> str:
        """The text for this message, in its own language."""
        with override(self.language):
            known = _facts(message)
        return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), self.text)

    def may_be_kept_by(self, user: User) -> bool:
        """Written and deleted: by officers of its office; what all find, by administrators."""
        return user.is_administrator or user.holds(self.office)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _facts(message: Message) -> dict[str, str]:
    """What the placeholders stand for, in the language of the moment."""
    due = ""
    if message.due_at is not None:
        due = date_format(clock.seoul(message.due_at), gettext("j F Y"))
    return {
        "code": message.code,
        "office": message.office.name if message.office else "",
        "due": due,
        "kind": str(message.get_kind_display()),
        "borough": message.borough.area if message.borough else gettext("Seoul"),
    }


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def of_office(self, office: Office) -> Self:
        """Begun in this office, for what still lies with it."""
        return self.filled().filter(office=office, message__office=F("office"))

    def filled(self) -> Self:
        """Those that hold words."""
        return self.exclude(words={})


class Draft(models.Model):
    """An answer that nobody has sent yet: one for each officer who writes on a message.

    `words` is what stood in the form, field by field. Colleagues of the office can go on with it.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=9, choices=Writing)
    words: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["office", "at", "id"], name="draft_of_office")]
        constraints = [models.UniqueConstraint(fields=["message", "by"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.message} · {self.by}"

    @property
    def beginning(self) -> str:
        """The first words of it."""
        return self.words.get("answer", "")

    def may_be_used_by(self, user: User) -> bool:
        """Gone on with, or thrown away: by those who may answer the message."""
        return self.message.may_be_written_on_by(user)


def drafts_of(message: Message) -> Part:
    """What an erasure takes from the desk."""
    nothing: dict[str, Any] = {"words": {}}
    return Part("draft", Draft.objects.filter(message=message).filled(), nothing)
