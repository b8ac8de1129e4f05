"""A file of ours as an answer: by the server itself where it can, else by the page's thread."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# What a server can do says ASGI; the dispatcher looks for the header and takes it away again.
EXTENSION = "http.response.pathsend"
HEADER = "X-Portal-File"


def answer(request: HttpRequest, path: Path, *, kind: str, name: str) -> HttpResponseBase:
    """The whole file for a download of this name. Raises FileNotFoundError where it is gone."""
    length = path.stat().st_size
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=kind)
    elif EXTENSION in _can(request):
        response = HttpResponse(content_type=kind)
        response[HEADER] = str(path.absolute())
    else:
        response = FileResponse(path.open("rb"), content_type=kind)
    response["Content-Length"] = str(length)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # What is packed already only costs time to pack again, and would lose its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def _can(request: HttpRequest) -> dict[str, object]:
    scope = request.META.get("asgi.scope") or {}
    return scope.get("extensions") or {}
