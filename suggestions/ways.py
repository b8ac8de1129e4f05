"""What its author can do with a suggestion now; in plain words why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from suggestions import actions, rules
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus


@dataclass(frozen=True)
class Ways:
    """Which doors stand open under the private link; `until` is the last moment for an appeal."""

    withdraw: bool
    correct: bool
    appeal: bool
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.withdraw or self.correct or self.appeal


def ways_of(suggestion: Suggestion) -> Ways:
    """Exactly what is possible now."""
    until = None
    if suggestion.ended_at is not None:
        until = suggestion.ended_at + timedelta(days=rules.APPEAL_WITHIN.value())
    return Ways(
        withdraw=actions.may_withdraw(suggestion),
        correct=suggestion.status == SuggestionStatus.RETURNED,
        appeal=actions.may_be_appealed(suggestion),
        until=until,
    )


def why_not_withdrawn(suggestion: Suggestion) -> str:
    """One sentence for its author."""
    if suggestion.status == SuggestionStatus.WITHDRAWN:
        return _("You have taken it back.")
    if not suggestion.may_be_withdrawn:
        return _("The city has decided about it, so it can't be taken back any more.")
    return _("Others support it, so it is theirs too. You can have your data deleted instead.")


def why_not_corrected(suggestion: Suggestion) -> str:
    """One sentence for its author."""
    if suggestion.status == SuggestionStatus.SUBMITTED:
        return _("Your correction has arrived. A moderator looks at it.")
    return _("Nothing was asked to be corrected.")


def why_not_appealed(suggestion: Suggestion) -> str:
    """One sentence for its author."""
    if suggestion.appeals.filter(against=suggestion.status).exists():
        return _("You have appealed against this decision. Each can be appealed against once.")
    if suggestion.ended_at is None:
        return _("There is no decision against it that you could appeal against.")
    return _("The time for an appeal is over.")
