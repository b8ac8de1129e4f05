"""Photos on the desk: looked at as our copy, shown to everyone or hidden, one button each."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions
from channels_app.models import Attachment
from channels_app.views.photos import NEVER, picture
from desk import forms
from desk.views.finding import find, officer
from desk.views.pages import case_page
from people.models import User


@require_safe
def photo(request: HttpRequest, code: str, key: UUID, *, small: bool = False) -> HttpResponseBase:
    """For those who may read the original; the case page has written down that they do."""
    message = find(request, code)
    if not message.may_be_read_by(officer(request)):
        raise PermissionDenied
    asked = get_object_or_404(Attachment, message=message, key=key)
    asked.message = message
    return picture(request, asked, small=small, keep=NEVER)


class PhotoButton(Protocol):
    """The view of one act on a photo."""

    def __call__(self, request: HttpRequest, code: str, key: UUID) -> HttpResponse: ...


Act = Callable[[Attachment, str, User], str]


def photo_button(act: Act) -> PhotoButton:
    """A POST with what the photo shows; the act returns the sentence shown afterwards."""

    @wraps(act)
    def view(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
        message = find(request, code)
        if not message.may_be_screened_by(officer(request)):
            raise PermissionDenied
        asked = get_object_or_404(Attachment, message=message, key=key)
        _word_others(request, asked)
        form = forms.PhotoForm(request.POST, prefix=str(key))
        if not form.is_valid():
            return case_page(request, message, wrong=form)
        messages.success(request, act(asked, form.cleaned_data["alt"], officer(request)))
        return redirect("desk_case", code)

    return require_POST(view)


def _word_others(request: HttpRequest, asked: Attachment) -> None:
    """What was typed under the photos beside it is kept too: they share a form."""
    for photo in Attachment.objects.filter(message=asked.message).exclude(pk=asked.pk):
        form = forms.PhotoForm(request.POST, prefix=str(photo.key))
        if form.is_valid() and form.cleaned_data["alt"] != photo.alt:
            actions.word_photo(photo, by=officer(request), alt=form.cleaned_data["alt"])


@photo_button
def show(photo: Attachment, alt: str, user: User) -> str:
    """Let everyone see it; words that waited only for this are shown with it."""
    shown = actions.show_with_photo(photo, by=user, alt=alt)
    if shown.message is not None and shown.message.is_public:
        words = _("Everyone can read the words and see photo %(number)d.")
    else:
        words = _("Everyone can see photo %(number)d, once the words are public.")
    return words % {"number": photo.number}


@photo_button
def hide(photo: Attachment, alt: str, user: User) -> str:
    """Take it from the public pages."""
    actions.hide_photo(photo, by=user, alt=alt)
    return _("Photo %(number)d is hidden from readers.") % {"number": photo.number}


@photo_button
def word(photo: Attachment, alt: str, user: User) -> str:
    """Say what it shows."""
    actions.word_photo(photo, by=user, alt=alt)
    return _("What photo %(number)d shows is written down.") % {"number": photo.number}
