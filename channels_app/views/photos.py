"""Photos: those of a form on its two pages, and the guarded addresses of those that were sent."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions, limits, media, rules
from channels_app.models import Attachment, Message
from channels_app.photos import PhotoRefusedError, name_of, too_many_from_here
from channels_app.senders import Sender
from channels_app.views.cases import by_private_link

REMOVE, WORDS, NAME = "remove:", "alt-", "name-"
LONGEST_NAME = 60
SHORTLY = "public, max-age=300"
NEVER = "no-store, private"


@dataclass
class FormPhotos:
    """What belongs to one form; `sent_as` is the number under which it was sent before.

    `names` are what the sender calls the photos, by key: they go with the form and are never kept.
    """

    draft: UUID
    rows: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    sent_as: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows or self.sent_as)

    @property
    def most(self) -> int:
        """How many may come along."""
        return rules.PHOTOS_MOST.value()

    @property
    def is_full(self) -> bool:
        """No further one."""
        return len(self.rows) >= self.most

    @property
    def megabytes(self) -> int:
        """The largest."""
        return rules.PHOTO_MEGABYTES.value()


def take_in(request: HttpRequest) -> FormPhotos:
    """Keep the photos that came with this form, do what was asked with those before."""
    asked = request.method == "POST" and "with_photos" in request.POST
    draft = _draft(request) if asked or request.FILES else None
    if draft is None:
        return FormPhotos(draft=uuid4())
    if asked:
        _do_as_asked(request, draft)
    found = FormPhotos(draft=draft, names=_names(request))
    _keep(request, found)
    for photo in Attachment.objects.of_draft(draft).select_related("message"):
        if photo.message is None:
            photo.name = found.names.get(str(photo.key), "")  # type: ignore[attr-defined]  # for the template
            found.rows.append(photo)
        else:
            found.sent_as = photo.message.code
    return found


def stays_on_page(request: HttpRequest) -> bool:
    """A button that adds or removes a photo, or changes the language: nothing is sent yet."""
    return request.POST.get("act", "send") != "send"


@never_cache
@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """Photos ahead of their form, so that a script can tell how far they are."""
    found = take_in(request)
    told = {"client_key": str(found.draft), "problems": found.problems, "names": found.names}
    return JsonResponse(told)


def _draft(request: HttpRequest) -> UUID:
    """The form's key; a new one where the form has none yet."""
    try:
        return UUID(request.POST.get("client_key", ""))
    except ValueError:
        return uuid4()


def _do_as_asked(request: HttpRequest, draft: UUID) -> None:
    words = {key: str(typed) for name, typed in request.POST.items() if (key := _key(name, WORDS))}
    if words:
        actions.word_photos(draft=draft, words=words)
    if gone := _key(request.POST.get("act", ""), REMOVE):
        actions.drop_photo(draft=draft, key=gone)


def _key(name: str, before: str) -> UUID | None:
    if not name.startswith(before):
        return None
    try:
        return UUID(name.removeprefix(before))
    except ValueError:
        return None


def _names(request: HttpRequest) -> dict[str, str]:
    """Of those that came before, as the form brings them back."""
    return {
        str(key): str(typed)[:LONGEST_NAME]
        for name, typed in request.POST.items()
        if (key := _key(name, NAME))
    }


def _keep(request: HttpRequest, found: FormPhotos) -> None:
    """Those that came now, with their names; and why some were not kept."""
    if not request.FILES:
        return
    sender, draft = Sender.of(request), found.draft
    position = Attachment.objects.of_draft(draft).count()
    for content in request.FILES.getlist("photos"):
        try:
            if not limits.may_bring_photo(session=sender.known_session, network=sender.network):
                raise too_many_from_here(content)
            photo = actions.keep_photo(draft=draft, content=content, position=position)
        except PhotoRefusedError as problem:
            found.problems.append(str(problem))
        else:
            found.names[str(photo.key)] = name_of(content)
            position += 1


@require_safe
def photo(request: HttpRequest, key: UUID, *, small: bool = False) -> HttpResponseBase:
    """What an officer let everyone see, as long as everyone may read the message."""
    shown = get_object_or_404(Attachment.objects.public().select_related("message"), key=key)
    return picture(request, shown, small=small, keep=SHORTLY)


@require_safe
def own_photo(
    request: HttpRequest, code: str, token: str, key: UUID, *, small: bool = False
) -> HttpResponseBase:
    """The author's own, under the private link."""

    def answer(request: HttpRequest, message: Message) -> HttpResponse:
        own = get_object_or_404(Attachment, message=message, key=key)
        own.message = message
        return picture(request, own, small=small, keep=NEVER)  # type: ignore[return-value]  # only headers are set on it

    return by_private_link(answer)(request, code, token)


def picture(request: HttpRequest, photo: Attachment, *, small: bool, keep: str) -> HttpResponseBase:
    """Our copy, which can do nothing but be looked at. Raises Http404 where there is none."""
    name = photo.thumbnail if small else photo.picture
    if not photo.is_ready or not name:
        raise Http404
    etag = f'"{photo.key}{"-small" if small else ""}"'
    response: HttpResponseBase
    if get_conditional_response(request, etag=etag) is not None:
        response = HttpResponseNotModified()
    else:
        response = _file(name, f"{photo.message}-{photo.number}.jpg")
    response["ETag"] = etag
    response["Cache-Control"] = keep
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A JPEG packed once more only costs time, and a stream loses its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def _file(name: str, shown_as: str) -> FileResponse:
    try:
        file = media.path_of(name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/jpeg", filename=shown_as)
