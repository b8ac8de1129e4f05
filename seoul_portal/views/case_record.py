"""/s/<code>/record/: the sealed history of one public case, checked before one's eyes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app.views.cases import nothing_here
from lifecycle.models import Seal
from lifecycle.record import openings


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Each step with its place in the record; what not everyone may read is not there."""
    histories = openings.histories(code)
    if not histories:
        return nothing_here(request)
    needs = {
        "code": code,
        "histories": histories,
        "is_whole": all(one.is_whole for one in histories),
        "waits": any(proof.index is None for one in histories for proof in one.proofs),
        "newest": Seal.objects.newest(),
    }
    return render(request, "seoul_portal/case_record.html", needs)


@require_safe
def proof(request: HttpRequest, code: str, kind: str, seq: str) -> HttpResponse:
    """What a stranger needs to check one step; nothing while it waits for its seal."""
    for one in openings.histories(code):
        for found in one.proofs:
            if (one.kind, found.step.seq) == (kind, int(seq)) and found.index is not None:
                answer = HttpResponse(found.as_json(), content_type="application/json")
                answer["Content-Disposition"] = f'attachment; filename="{code}-{kind}-{seq}.json"'
                return answer
    return nothing_here(request)
