"""What is said about a suggestion: comments, its versions, who writes along, what it came to."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Confirmation, Contact, HeldReason, HiddenReason
from channels_app.text.titles import title_of
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from suggestions import talk_rules
from suggestions.models.suggestions import Suggestion
from suggestions.talk_states import WORD_LIFECYCLE, WordState


class Stance(models.TextChoices):
    """What a comment says of the suggestion; an answer to one takes no side."""

    FOR = "for", pgettext_lazy("stance", "for it")
    AGAINST = "against", pgettext_lazy("stance", "against it")
    IMPROVE = "improve", pgettext_lazy("stance", "to improve it")


class Badge(models.TextChoices):
    """Who speaks, by role; never a citizen's name."""

    CITIZEN = "citizen", pgettext_lazy("badge", "a citizen")
    AUTHOR = "author", pgettext_lazy("badge", "the author")
    EXPERT = "expert", pgettext_lazy("badge", "an expert")
    OFFICIAL = "official", pgettext_lazy("badge", "the city")


class Moderated(models.Model):
    """Words that everyone may read unless a moderator looks first, or a reader minds them.

    As long as `due_at` stands a moderator has to decide by then.
    """

    text = models.TextField(blank=True, editable=False)
    masked_text = models.TextField(blank=True, editable=False)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=7, choices=WordState, default=WordState.SHOWN, editable=False
    )
    held_reason = models.CharField(max_length=12, choices=HeldReason, blank=True, editable=False)
    hidden_reason = models.CharField(
        max_length=12, choices=HiddenReason, blank=True, editable=False
    )
    due_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Everyone may read it now."""
        return self.state == WordState.SHOWN

    @property
    def is_held(self) -> bool:
        """A moderator looks at it first."""
        return self.state == WordState.HELD

    @property
    def is_hidden(self) -> bool:
        """It was shown, or would be; now it is not."""
        return self.state == WordState.HIDDEN

    @property
    def is_undecided(self) -> bool:
        """Held or reported, and no moderator has decided."""
        return self.due_at is not None

    @property
    def is_taken_back(self) -> bool:
        """Whoever wrote it does not want it read: nobody shows it again."""
        return self.is_hidden and self.hidden_reason == HiddenReason.AUTHOR

    def become(self, to: str, **columns: object) -> None:
        """One conditional UPDATE, or raise WrongTurnError and change nothing."""
        if to not in WORD_LIFECYCLE[self.state]:
            raise WrongTurnError(f"{self!r}: {self.state} → {to}")
        held = type(self)._base_manager.filter(pk=self.pk, state=self.state)
        if not held.update(state=to, **columns):
            raise WrongTurnError(f"{self!r} is no longer {self.state}")
        self.state = to
        for name, value in columns.items():
            setattr(self, name, value)


class CoAuthor(models.Model):
    """Somebody whom the author invited by mail to write along; named by role only.

    `contact` is None once the address was erased.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="coauthors")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    confirmation = models.OneToOneField(
        Confirmation, models.PROTECT, null=True, related_name="coauthor"
    )
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "contact"], name="coauthor_once")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} ← {self.contact_id}"

    @property
    def writes_along(self) -> bool:
        """Has joined, and not left."""
        return self.joined_at is not None and self.left_at is None

    @property
    def judged(self) -> "Version | None":
        """The newest of their versions that a moderator decided about."""
        return self.versions.exclude(decided_at=None).order_by("decided_at").last()


class VersionQuerySet(models.QuerySet["Version"]):
    """Which versions."""

    def shown(self) -> Self:
        """What everyone may read."""
        return self.filter(state=WordState.SHOWN)

    def undecided(self) -> Self:
        """What a moderator has to decide on."""
        return self.filter(due_at__isnull=False)


class Version(Moderated):
    """One wording of a suggestion by its author, or by a co-author; each stays readable.

    The first one is what its author sent. Who may read the original `text`: whoever may read the
    original of the message.
    """

    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    coauthor = models.ForeignKey(
        CoAuthor, models.PROTECT, null=True, related_name="versions", db_index=False
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("version of the text")
        verbose_name_plural = _("versions of the text")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "number"], name="version_once"),
            models.CheckConstraint(
                name="version_held_has_date",
                condition=~Q(state=WordState.HELD) | Q(due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="version_undecided",
                condition=Q(due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.number}"

    def may_be_read_by(self, user: User) -> bool:
        """The original: whoever may read the one of its message."""
        return self.suggestion.message.may_be_read_by(user)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Which comments."""

    def shown(self) -> Self:
        """What everyone may read."""
        return self.filter(state=WordState.SHOWN)

    def first_words(self) -> Self:
        """Those that begin a thread."""
        return self.filter(parent=None)

    def undecided(self) -> Self:
        """What a moderator has to decide on."""
        return self.filter(due_at__isnull=False)

    def never_confirmed(self) -> Self:
        """Nobody has said that the address is theirs; oldest first."""
        return self.filter(state=WordState.PENDING).order_by("at", "id")

    def to_forget(self) -> Self:
        """Nobody said so in the Rulebook's days: they were never said."""
        late = clock.now() - timedelta(days=talk_rules.FORGET_DAYS.value())
        return self.never_confirmed().filter(at__lt=late)


class Comment(Moderated):
    """What somebody says about a suggestion; an answer to a comment has it as its `parent`.

    A citizen's words wait until the address is confirmed. `contact` is None for an officer, for
    the author and once the address was erased. `office` is whom an officer spoke for. `reports`
    counts readers who minded it, `report_words` are the newest of theirs, until it is decided.
    """

    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, related_name="comments", db_index=False
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answers", db_index=False
    )
    stance = models.CharField(max_length=7, choices=Stance, blank=True)
    badge = models.CharField(max_length=8, choices=Badge, default=Badge.CITIZEN)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="comments")
    confirmation = models.OneToOneField(
        Confirmation, models.PROTECT, null=True, related_name="comment"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    reports = models.PositiveIntegerField(default=0, editable=False)
    report_words = models.TextField(blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                name="comment_takes_a_side_or_answers",
                condition=Q(parent__isnull=True) ^ Q(stance=""),
            ),
            models.CheckConstraint(
                name="comment_official_has_office",
                condition=~Q(badge=Badge.OFFICIAL) | Q(by__isnull=False, office__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_held_has_date",
                condition=~Q(state=WordState.HELD) | Q(due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["suggestion", "-at", "-id"],
                name="comment_threads",
                condition=Q(parent__isnull=True, state="shown"),
            ),
            models.Index(
                fields=["suggestion", "stance"],
                name="comment_sides",
                condition=Q(state="shown"),
            ),
            models.Index(
                fields=["parent", "at", "id"],
                name="comment_answers",
                condition=Q(parent__isnull=False),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="comment_undecided",
                condition=Q(due_at__isnull=False),
            ),
            models.Index(
                fields=["at", "id"], name="comment_unconfirmed", condition=Q(state="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.pk}"

    @property
    def is_official(self) -> bool:
        """An officer speaks for an office."""
        return self.badge == Badge.OFFICIAL

    @cached_property
    def title(self) -> str:
        """Its first words."""
        return title_of(self.masked_text)


class Summary(models.Model):
    """What the discussion came to, in the office's words; one, and public from its first writing.

    The system proposes it from the comments, the office that answers writes it.
    """

    suggestion = models.OneToOneField(
        Suggestion, models.PROTECT, primary_key=True, related_name="summary"
    )
    arguments_for = models.TextField(blank=True)
    arguments_against = models.TextField(blank=True)
    improvements = models.TextField(blank=True)
    comments = models.PositiveIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("summary of a discussion")
        verbose_name_plural = _("summaries of discussions")

    def __str__(self) -> str:
        return f"{self.suggestion_id}"

    @property
    def text(self) -> str:
        """All of it, as its Step keeps the digest."""
        parts = (self.arguments_for, self.arguments_against, self.improvements)
        return "\n\n".join(part for part in parts if part)
