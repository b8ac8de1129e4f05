"""What the city does already: offered to whoever is about to suggest it."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models import Office


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Which policies."""

    def in_force(self) -> Self:
        """Those that hold today."""
        return self.filter(ended_on__isnull=True)


SPACE = Value(" ")


class Policy(models.Model):
    """One thing the city does, in two languages; kept by its office.

    `address` is a page about it, the city's own or another body's; "" for none. `words` are all of
    it in small letters, for the index: a space stands before each word, also the first.
    """

    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="policies"
    )
    title_ko = models.CharField(_("title (Korean)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=160)
    text_ko = models.TextField(_("what it is (Korean)"))
    text_en = models.TextField(_("what it is (English)"))
    address = models.URLField(_("address of a page about it"), blank=True)
    since = models.DateField(_("since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    words = models.GeneratedField(
        expression=Lower(
            Concat(
                SPACE, "title_ko", SPACE, "text_ko", SPACE, "title_en", SPACE, "text_en",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )  # fmt: skip

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["title_ko"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        indexes = [
            GinIndex(
                OpClass("words", "gin_trgm_ops"),
                name="policy_similar",
                condition=Q(ended_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.title_en if get_language() == "en" else self.title_ko

    @property
    def text(self) -> str:
        """What it is, in the language of the page."""
        return self.text_en if get_language() == "en" else self.text_ko
