"""The page of an office, for whoever takes it over on Monday."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app import ratings
from desk.handover import KINDS, may_open, shelves
from desk.views.finding import officer
from lifecycle import clock
from people.models import Appointment, Office

HOLDERS = 50


@never_cache
@require_safe
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Every duty and promise, or one kind of them; who holds the office, and who held it."""
    user, place = officer(request), get_object_or_404(Office, slug=slug)
    if not may_open(place, user):
        raise PermissionDenied
    shown = request.GET.get("show", "")
    shown = shown if shown in KINDS else ""
    needs = {
        "officer": user,
        "office": place,
        "shown": shown,
        "shelves": shelves(place, only=shown, after=request.GET.get("after", "")),
        "moment": clock.now(),
    }
    if not shown:
        posts = Appointment.objects.filter(office=place).select_related("user")
        current = posts.current().order_by("since", "id")
        before = posts.filter(until__lte=clock.now()).order_by("-until", "-id")
        needs |= {"trend": ratings.trend_of_office(place)}
        needs |= {"holders": list(current[:HOLDERS]), "before": list(before[:HOLDERS])}
    return render(request, "desk/office.html", needs)
