"""Own data under a link from a mail, or under the link of a seat: to be saved as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from channels_app import sealing
from channels_app.models import Confirmation
from channels_app.views.cases import keep_secret, nothing_here
from suggestions import held
from suggestions.models import Seat
from suggestions.views.seats import by_seat


@require_safe
def of_mail(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """What the address did about this suggestion; whatever the mail asked to confirm."""
    known = Confirmation.objects.select_related("topic", "contact")
    asked = known.filter(pk=pk, contact__isnull=False, contact__erased_at=None).first()
    if asked is None or not sealing.same(token, asked.token):
        return nothing_here(request)
    return keep_secret(_as_file(held.held_with(asked), asked.topic.code))


@require_safe
@by_seat
def of_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is kept of the person who sits there."""
    return _as_file(held.held_of_seat(seat), seat.committee.slug)


def _as_file(own: dict[str, Any], name: str) -> HttpResponse:
    page = JsonResponse(own, json_dumps_params={"ensure_ascii": False, "indent": 1})
    page["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return page
