"""/admin/operations/: how the portal itself is, and the few buttons that get something going."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions
from channels_app.models import Delivery, Lane, Sheet
from lifecycle import clock
from lifecycle.models import BACKUPS, Alarm, Seal, Upkeep, UpkeepKind
from people.models import User
from seoul_portal.operations import alarms, database, queues, sweeps
from seoul_portal.operations.switches import switches

LATELY = timedelta(days=7)


@never_cache
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Alarms first, then everything they are about."""
    user = cast("User", request.user)
    if not user.sees_operations:
        raise PermissionDenied
    known = sweeps.known()
    late = alarms.all_late(known)
    alarms.note(late)
    moment = clock.now()
    over = Alarm.objects.filter(ended_at__gt=moment - LATELY)
    drill = Upkeep.objects.latest_of(UpkeepKind.DRILL)
    needs = {
        "officer": user,
        "moment": moment,
        "late": late,
        "over": over[:10],
        "sweeps": known,
        "sees_cases": queues.sees_cases(user),
        "outbox": queues.outbox(user),
        "troubled": queues.troubled(user),
        "beside": Delivery.objects.troubled_beside().exists(),
        "lanes": list(Lane.objects.all()),
        "stuck": queues.stuck(user),
        "backup": Upkeep.objects.latest_good(*BACKUPS),
        "failed": _failed_since(Upkeep.objects.latest_of(*BACKUPS)),
        "restore": Upkeep.objects.latest_of(UpkeepKind.RESTORE),
        "drill": drill,
        "seal": Seal.objects.newest(),
        "room": database.room(),
        "transaction": database.oldest_transaction(),
        "running": database.running(),
        "is_watched": database.is_watched(),
        "slowest": database.slowest(),
        "dead": database.dead_rows(),
        "switches": switches(),
    }
    return render(request, "seoul_portal/operations.html", needs)


@never_cache
@require_POST
def beside(request: HttpRequest) -> HttpResponse:
    """What did not arrive at followers and offices: once more, or settled."""
    user = cast("User", request.user)
    if request.POST.get("act") == "again":
        number = actions.send_again_beside(by=user)
        words = ngettext(
            "%(number)d mail is on its way again.",
            "%(number)d mails are on their way again.",
            number,
        )
    else:
        number = actions.settle_beside(by=user)
        words = ngettext(
            "%(number)d mail will not be sent.", "%(number)d mails will not be sent.", number
        )
    messages.success(request, words % {"number": number})
    return redirect("operations")


@never_cache
@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that can't be taken in to its end is given up."""
    user = cast("User", request.user)
    if not user.may_operate:
        raise PermissionDenied
    actions.give_up(get_object_or_404(Sheet, pk=pk), by=user)
    messages.success(request, _("Given up. What was taken in stays."))
    return redirect("operations")


def _failed_since(last: Upkeep | None) -> Upkeep | None:
    """The last attempt, where it went wrong."""
    return last if last and not last.ok else None
