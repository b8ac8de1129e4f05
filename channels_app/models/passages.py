"""What can be found: one row for each text, with the pieces of its words in an index.

The database itself notes what changed (`passage_triggers`), a sweep brings the rows up to date.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.articles import KnowledgeArticle
from channels_app.models.messages import Message
from channels_app.models.replies import Reply


class PassageKind(models.TextChoices):
    """What a result is."""

    MESSAGE = "message", _("What citizens say")
    ANSWER = "answer", _("What the city answers")
    ARTICLE = "article", _("What is asked often")


class Passage(models.Model):
    """One masked text that can be found: a message, an answer to it, an article in a language.

    `letters` is the text as it is compared, `traits` what it is filtered by and which offices may
    read it (`trait()`); `pieces` holds both for the index. A message that everyone may read is
    `public`, and so are the answers to it.
    """

    kind = models.CharField(max_length=8, choices=PassageKind)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="passages")
    reply = models.OneToOneField(Reply, models.PROTECT, null=True, related_name="passage")
    article = models.ForeignKey(
        KnowledgeArticle, models.PROTECT, null=True, related_name="passages"
    )
    language = models.CharField(max_length=2, blank=True)
    public = models.BooleanField()
    at = models.DateTimeField()
    letters = models.TextField()
    traits = ArrayField(models.CharField(max_length=40))
    pieces = models.GeneratedField(
        expression=Func(F("letters"), F("traits"), function="search_pieces"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("text that can be found")
        verbose_name_plural = _("texts that can be found")
        constraints = [
            models.CheckConstraint(
                name="passage_of_message_or_article",
                condition=Q(message__isnull=True, article__isnull=False)
                | Q(message__isnull=False, article__isnull=True),
            )
        ]
        indexes = [
            GinIndex(fields=["pieces"], name="passage_pieces", fastupdate=False),
            models.Index(fields=["-at", "-id"], name="passage_newest"),
            models.Index(fields=["-at", "-id"], name="passage_public", condition=Q(public=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id or self.article_id}"


def trait(name: str, value: object) -> str:
    """How the index holds what a text is filtered by; no word of a text looks like it."""
    return f"={name}:{value}"


class PassageDueQuerySet(models.QuerySet["PassageDue"]):
    """What waits for the sweep."""

    def next(self, most: int) -> list[int]:
        """The newest notes first: who has just sent something looks for it now."""
        return list(self.order_by("-pk").values_list("pk", flat=True)[:most])


class PassageDue(models.Model):
    """Something about this message or article has changed: its texts are read in again."""

    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="+")
    article = models.OneToOneField(KnowledgeArticle, models.PROTECT, null=True, related_name="+")

    objects = PassageDueQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.message_id or self.article_id}"


class KnownWord(models.Model):
    """A word that stands in many public texts: offered to whoever mistypes it.

    `jamo` is the word letter by letter. What stands in few texts has no row: it may be a name.
    """

    word = models.CharField(max_length=40, unique=True)
    jamo = models.CharField(max_length=160)
    seen = models.PositiveIntegerField()

    class Meta:
        ordering = ["-seen", "word"]
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        indexes = [GinIndex(fields=["jamo"], name="word_jamo", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
