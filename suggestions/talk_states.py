"""What may become of words in a discussion, and of two suggestions that look alike."""

from django.db import models
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class WordState(models.TextChoices):
    """Who may read a comment, or a version of the text."""

    PENDING = "pending", pgettext_lazy("comment", "waits for confirmation")
    HELD = "held", pgettext_lazy("comment", "waits for a moderator")
    SHOWN = "shown", pgettext_lazy("comment", "everyone may read it")
    HIDDEN = "hidden", pgettext_lazy("comment", "hidden")


W = WordState
WORD_LIFECYCLE: Lifecycle = {
    W.PENDING: {W.HELD, W.SHOWN, W.HIDDEN},
    W.HELD: {W.SHOWN, W.HIDDEN},
    W.SHOWN: {W.SHOWN, W.HIDDEN},  # a reader minds it, and it stays until a moderator decides
    W.HIDDEN: {W.SHOWN, W.HIDDEN},  # decided otherwise; hidden by a reader, then for good
}


class AlikeState(models.TextChoices):
    """What a moderator made of two suggestions that the system found alike."""

    PROPOSED = "proposed", pgettext_lazy("alike", "a person decides")
    CONFIRMED = "confirmed", pgettext_lazy("alike", "the same matter")
    REJECTED = "rejected", pgettext_lazy("alike", "two matters")


ALIKE_LIFECYCLE: Lifecycle = {
    AlikeState.PROPOSED: {AlikeState.CONFIRMED, AlikeState.REJECTED},
    AlikeState.CONFIRMED: {AlikeState.REJECTED},  # taken apart again
    AlikeState.REJECTED: {AlikeState.CONFIRMED},
}
