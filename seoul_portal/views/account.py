"""What an account holds about its owner: see it, take it, have it deleted."""

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import actions
from people.models import User
from people.own_data import own_data


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is held, and the two ways on."""
    return render(request, "seoul_portal/account_data.html", {"held": own_data(_owner(request))})


@never_cache
@login_required
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything, as one file a program can read and a person too."""
    file = JsonResponse(
        own_data(_owner(request)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    file["Content-Disposition"] = 'attachment; filename="seoul-listens-account.json"'
    return file


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, and the button; officers are told whom to ask."""
    user = _owner(request)
    if user.may_be_deleted_by(user):
        return cast("HttpResponse", _delete(request))
    if request.method == "POST":
        raise PermissionDenied
    return redirect("account_data")


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def _delete(request: HttpRequest) -> HttpResponse:
    """Who has a password or a second factor has just shown it again."""
    if request.method != "POST":
        return render(request, "seoul_portal/account_delete.html")
    user = _owner(request)
    address = user.email
    actions.erase_account(user, by=user)
    logout(request)
    get_adapter().send_notification_mail("account/email/account_deleted", None, email=address)
    messages.success(request, _("Your account is deleted, and you are signed out."))
    return redirect("account_login")


def _owner(request: HttpRequest) -> User:
    return cast("User", request.user)
