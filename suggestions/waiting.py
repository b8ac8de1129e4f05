"""What waits for a word of somebody who sits in a committee, for their page and their mail."""

from dataclasses import dataclass

from suggestions import actions
from suggestions.models import DropProposal, Meeting, Opinion, ProgressReport, Seat, Suggestion
from suggestions.states import SuggestionStatus
from suggestions.states_of_committees import Side


@dataclass(frozen=True)
class Waiting:
    """Meetings to come, reports to write, each proposed "no" with their opinion, what is claimed.

    `claimed`: an office says that it is done. `called_off`: meetings that do not take place.
    """

    coming: list[Meeting]
    called_off: list[Meeting]
    reports: list[ProgressReport]
    proposals: list[tuple[DropProposal, Opinion | None]]
    claimed: list[Suggestion]

    @property
    def is_much(self) -> bool:
        """There is anything at all."""
        return any((self.coming, self.called_off, self.reports, self.proposals, self.claimed))


def waiting_for(seat: Seat) -> Waiting:
    """As it stands now."""
    committee = seat.committee
    proposals = DropProposal.objects.filter(
        suggestion__mandates__committee=committee,
        suggestion__mandates__until=None,
        settled_at=None,
    ).select_related("suggestion")
    said = {row.proposal_id: row for row in seat.opinions.filter(proposal__in=proposals)}
    reports = committee.reports.unfinished().select_related("by_seat").order_by("number")
    return Waiting(
        list(committee.meetings.coming()),
        list(committee.meetings.called_off()),
        list(reports),
        [(row, said.get(row.pk)) for row in proposals],
        _claimed(seat) if seat.side == Side.CITIZEN else [],
    )


def _claimed(seat: Seat) -> list[Suggestion]:
    """What this seat's committee carries, and an office says is done."""
    carried = Suggestion.objects.filter(
        mandates__committee=seat.committee_id,
        mandates__until=None,
        status=SuggestionStatus.CLAIMED_DONE,
    )
    return [one for one in carried if actions.sits_for(one, seat)]
