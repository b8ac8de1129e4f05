"""What becomes of a promise (LIFECYCLES 4.9)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class PromiseStatus(models.TextChoices):
    """Where a promise is."""

    MADE = "made", pgettext_lazy("promise", "made, nobody has taken it on yet")
    ACCEPTED = "accepted", pgettext_lazy("promise", "taken on")
    KEPT = "kept", pgettext_lazy("promise", "kept")
    PARTLY_KEPT = "partly_kept", pgettext_lazy("promise", "partly kept")
    BROKEN = "broken", pgettext_lazy("promise", "broken")
    CHANGED = "changed", pgettext_lazy("promise", "changed")


P = PromiseStatus
PROMISE_LIFECYCLE: Lifecycle = {
    P.MADE: {P.ACCEPTED},
    P.ACCEPTED: {P.KEPT, P.PARTLY_KEPT, P.BROKEN, P.CHANGED},
    P.KEPT: set(),
    P.PARTLY_KEPT: set(),
    P.BROKEN: set(),
    P.CHANGED: set(),  # another one took its place, and is followed in its stead
}
PROMISE_FINAL = frozenset({P.KEPT, P.PARTLY_KEPT, P.BROKEN, P.CHANGED})
# What became of it, as those who took it on say.
ENDS = (P.KEPT, P.PARTLY_KEPT, P.BROKEN)
