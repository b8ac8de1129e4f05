"""Appeals at the desk: somebody else looks again, and says why in public."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.ideas.forms import AppealForm, decidable
from desk.ideas.offer import Offer
from people.models import User
from suggestions import actions
from suggestions.models import Suggestion

Typed = dict[str, Any]


def _is_theirs(suggestion: Suggestion, user: User) -> bool:
    return bool(decidable(suggestion, user))


def _waits(suggestion: Suggestion) -> bool:
    return suggestion.appeals.waiting().exists()


def _uphold(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.uphold(typed["appeal"], reason=typed["words"], by=user)
    return _("The author was right: %(code)s is looked at again.") % {"code": suggestion}


def _reject(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.reject(typed["appeal"], reason=typed["words"], by=user)
    return _("The decision about %(code)s stands. The author reads why.") % {"code": suggestion}


OFFERS = (
    Offer(
        "uphold",
        gettext_lazy("The author is right: look at it again"),
        AppealForm,
        _is_theirs,
        _waits,
        _uphold,
        goes_on=True,
    ),
    Offer(
        "reject",
        gettext_lazy("The decision stands"),
        AppealForm,
        _is_theirs,
        _waits,
        _reject,
        goes_on=True,
        is_hard=True,
    ),
)
