"""What a suggestion can be: where it comes from, its kind, why it is not shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SuggestionKind(models.TextChoices):
    """What its author makes of it."""

    IDEA = "idea", _("Idea")
    PETITION = "petition", _("Petition")


class Origin(models.TextChoices):
    """How it became a suggestion."""

    IDEA = "idea", pgettext_lazy("origin", "its author sent it as an idea")
    PETITION = "petition", pgettext_lazy("origin", "its author sent it as a petition")
    AUTHOR = "author", pgettext_lazy("origin", "its author made a suggestion of a message")
    OFFICER = "officer", pgettext_lazy("origin", "an officer took it up, its author agreed")
    FORUM = "forum", pgettext_lazy("origin", "said at a listening forum")
    VISIT = "visit", pgettext_lazy("origin", "found by the mobile mayoral office")
    DEPUTY = "deputy", pgettext_lazy("origin", "brought by an honorary deputy mayor")
    PODIUM = "podium", pgettext_lazy("origin", "said at Speakers' Corner")
    EXPO = "expo", pgettext_lazy("origin", "from the policy expo")


class NotShown(models.TextChoices):
    """Why a suggestion is refused or sent back; its author is told in these words."""

    UNCLEAR = "unclear", _("it does not say yet what should change")
    PERSONAL = "personal", _("it names or accuses a person")
    ABUSE = "abuse", _("it insults or threatens somebody")
    ADVERTISING = "advertising", _("it is advertising")
    COURT = "court", _("a court is deciding about it")
    REPEATED = "repeated", _("the same text was sent before")
