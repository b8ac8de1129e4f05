"""What an office owes, in its officers' own calendars, which read it by a secret address."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import actions, sealing
from channels_app.ics import Due, calendar
from channels_app.models import CalendarLink, Message
from channels_app.states import IN_HAND
from channels_app.views.cases import keep_secret, nothing_here
from desk.views.finding import officer
from lifecycle import clock
from people.models import Appointment

MOST = 2000


@require_safe
def due(request: HttpRequest, pk: int, token: str, slug: str) -> HttpResponse:
    """The file. It ends with the appointment, and with a new address: asked at each reading."""
    link = CalendarLink.objects.select_related("appointment__office").filter(pk=pk).first()
    if link is None or not sealing.same(token, link.token) or not _holds(link, slug):
        return nothing_here(request)
    office = link.appointment.office
    rows = Message.objects.filter(office=office, status__in=IN_HAND, due_at__isnull=False)
    name = _("%(office)s: answers due") % {"office": office.name}
    text = calendar(
        name,
        [_due(row) for row in rows.order_by("due_at", "id")[:MOST]],
        made_at=clock.now(),
        as_tasks=request.GET.get("as") == "tasks",
    )
    return keep_secret(HttpResponse(text, content_type="text/calendar; charset=utf-8"))


def _holds(link: CalendarLink, slug: str) -> bool:
    now = Appointment.objects.current().filter(pk=link.appointment_id, user__is_active=True)
    return link.appointment.office.slug == slug and link.appointment.acts and now.exists()


def _due(message: Message) -> Due:
    """Numbers, kinds and dates alone: a calendar lies on telephones and foreign servers."""
    assert message.due_at is not None  # noqa: S101 - asked for in the query
    return Due(
        uid=f"{message.code}@{settings.MAIL_DOMAIN}",
        at=message.due_at,
        summary=f"{message.code} · {message.get_kind_display()} · {message.get_status_display()}",
        url=settings.SITE_URL + reverse("desk_case", args=[message.code]),
        version=message.version,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """One's own addresses, one for each office; a new one ends the old one."""
    user = officer(request)
    posts = [post for post in user.posts if post.acts]
    if request.method == "POST":
        own = Appointment.objects.filter(pk__in=[post.pk for post in posts])
        post = get_object_or_404(own, pk=_number(request.POST.get("post", "")))
        actions.make_calendar_link(post, by=user)
        messages.success(request, _("A new address is made. An older one shows nothing any more."))
        return redirect("desk_calendar")
    links = {row.appointment_id: row for row in CalendarLink.objects.filter(appointment__in=posts)}
    rows = [(post, _address(post, links.get(post.pk))) for post in posts]
    return render(request, "desk/calendar.html", {"officer": user, "rows": rows})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _address(post: Appointment, link: CalendarLink | None) -> str:
    if link is None:
        return ""
    path = reverse("calendar", args=[link.pk, link.token, post.office.slug])
    return f"{settings.SITE_URL}{path}"
