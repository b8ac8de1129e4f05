"""The dry run: where the last messages would go, before a keyword is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.rehearsal import Outcome, rehearse
from desk.proposing import Proposal
from desk.views.finding import officer
from people.models import Office

SIZE = 20


@dataclass(frozen=True)
class Line:
    """One message of the list, with its offices by name."""

    outcome: Outcome
    offices: Mapping[int, Office]

    @property
    def before(self) -> Office | None:
        """Where the table of today sends it."""
        return self.offices.get(self.outcome.before or 0)

    @property
    def after(self) -> Office | None:
        """Where the proposal would."""
        return self.offices.get(self.outcome.after or 0)

    @property
    def people(self) -> Office | None:
        """Where people put it."""
        return self.offices.get(self.outcome.people or 0)


@never_cache
@require_safe
def dry_run(request: HttpRequest) -> HttpResponse:
    """Whoever keeps the keywords tries them. All of it stands in the address; nothing is kept."""
    user = officer(request)
    if not user.has_perm("channels_app.change_routingrule"):
        raise PermissionDenied
    proposal = Proposal(request.GET)
    needs = {"officer": user, "proposal": proposal}
    if not proposal.is_asked:
        return render(request, "desk/dry_run.html", needs)
    if not proposal.is_right:
        return render(request, "desk/dry_run.html", needs, status=422)
    changes = proposal.changes
    found = rehearse(proposal.last, changes)
    listed = found.moved if changes else found.disputed
    rows, next_key = _page(listed, request.GET.get("after", ""))
    query = request.GET.copy()
    query["after"] = next_key
    needs |= {
        "found": found,
        "changed": bool(changes),
        "listed": len(listed),
        "rows": [Line(one, found.offices) for one in rows],
        "next": query.urlencode() if next_key else "",
        "opens": user.is_at_centre,
    }
    return render(request, "desk/dry_run.html", needs)


def _page(listed: Sequence[Outcome], key: str) -> tuple[Sequence[Outcome], str]:
    """Those older than the key; the newest first."""
    if key.isdecimal() and len(key) < 20:
        listed = [one for one in listed if one.message.pk < int(key)]
    rows = listed[:SIZE]
    return rows, str(rows[-1].message.pk) if len(listed) > SIZE else ""
