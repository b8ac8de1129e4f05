"""The addresses under /api/v1/: send, read, compare; the lists of offices and boroughs."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag, urlencode
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from channels_app import similar
from channels_app.api import reading, sending, words
from channels_app.api.asked import (
    FiltersOfMessages,
    NewMessageWithPhotos,
    QuestionOfSimilar,
)
from channels_app.api.auth import OnlyClientsSpeak, TokenOfClient, client_of
from channels_app.api.choices import absolute, unknown_office
from channels_app.api.parsers import ReadableForm, StrictJson
from channels_app.api.problems import ProblemError, explain
from channels_app.api.shown import MessageShown, OfficeListed, Receipt, SimilarShown
from channels_app.api.throttles import ReadingThrottle
from channels_app.keyset import page
from lifecycle.models import digest
from people.models import Office, OfficeQuerySet

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class AlwaysJson(BaseContentNegotiation):
    """Whatever a reader would rather have, there is JSON."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """By the content type alone, and only by one that is written out."""
        told = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == told), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The only one."""
        only = next(iter(renderers))
        return only, only.media_type


class OpenView(APIView):
    """What every address shares: JSON in two languages, problems, CORS for reading, no cookie."""

    authentication_classes = (TokenOfClient,)
    permission_classes: Sequence[type[BasePermission]] = (OnlyClientsSpeak,)
    throttle_classes = (ReadingThrottle,)
    parser_classes: Sequence[type[BaseParser]] = (StrictJson,)
    content_negotiation_class = AlwaysJson

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response]:
        """Problems, whatever was raised."""
        return explain

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Problems speak the reader's language, Korean unless English is asked for."""
        translation.activate(translation.get_language_from_request(request._request))
        super().initial(request, *args, **kwargs)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Any page may read what is public; nobody may keep what is not."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in SAFE_METHODS:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        response.setdefault("Cache-Control", "no-store")
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before a page of another host may read."""
        response = Response(status=204)
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response


class Messages(OpenView):
    """The public messages; and the door for a new one."""

    parser_classes = (StrictJson, ReadableForm)

    @words.listing
    def get(self, request: Request) -> Response:
        """Newest first, page by page."""
        wanted = _checked(FiltersOfMessages, request)
        key = _key_of(wanted.get("cursor", ""))
        found = page(reading.listed(wanted), by="-received_at", key=key, size=wanted["limit"])
        if not found.rows:
            _refuse_unknown_offices(wanted)
        following = _following(request, found.next_key)
        rows = MessageShown(reading.with_answers(found.rows), many=True).data
        response = Response({"results": rows, "next": following})
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return _fresh(response)

    @words.sending
    def post(self, request: Request) -> Response:
        """Taken in and committed before the receipt number is told."""
        key = _client_key(request)
        photos = request.FILES.getlist("photos")
        typed = NewMessageWithPhotos(data=request.data)
        typed.is_valid(raise_exception=True)
        message = sending.send(typed.validated_data, photos=photos, client_key=key, request=request)
        response = Response(Receipt(message).data, status=201)
        response["Location"] = absolute(f"/api/v1/messages/{message.code}/")
        return response


class OneMessage(OpenView):
    """One message by its receipt number."""

    @words.one
    def get(self, request: Request, receipt: str) -> Response:
        """Public ones for all; an app reads back its own."""
        message = reading.one(receipt, client_of(request))
        if message is None:
            raise Http404
        response = Response(MessageShown(message).data)
        return _fresh(response) if message.is_public else response


class Similar(OpenView):
    """Has somebody said this before?"""

    @words.similar
    def get(self, request: Request) -> Response:
        """The nearest public messages, best first."""
        asked = _checked(QuestionOfSimilar, request)
        position = (asked["latitude"], asked["longitude"]) if "latitude" in asked else None
        found = similar.similar_to(asked["text"], borough=asked.get("borough"), position=position)
        return Response({"results": SimilarShown(found, many=True).data})


class Offices(OpenView):
    """Who answers."""

    @words.offices
    def get(self, request: Request) -> HttpResponse:
        """Every office that a message can go to."""
        return _listed(request, Office.objects.answering())


class Boroughs(OpenView):
    """Where in the city."""

    @words.boroughs
    def get(self, request: Request) -> HttpResponse:
        """The 25."""
        return _listed(request, Office.objects.boroughs())


class Nothing(OpenView):
    """Any other address under /api/."""

    schema = None
    permission_classes = ()

    def get(self, request: Request, rest: str = "") -> Response:
        """Raises ProblemError."""
        raise ProblemError("not-found", _("No such address. Every address ends with a slash."))

    post = put = patch = delete = get


def _checked(shape: type[BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The question as it was asked, once it fits."""
    typed = shape(data=request.query_params)
    typed.is_valid(raise_exception=True)
    checked: dict[str, Any] = typed.validated_data
    return checked


def _client_key(request: Request) -> UUID:
    """The sender's own number of this request."""
    told = request.headers.get("Idempotency-Key", "")
    if not told:
        raise ProblemError("key-missing", _("Make a new UUID for every message and send it along."))
    if not KEY.fullmatch(told):
        raise ValidationError({"Idempotency-Key": [_("This is not a UUID.")]})
    return UUID(told)


def _key_of(cursor: str) -> str:
    try:
        return reading.CURSOR.unsign(cursor) if cursor else ""
    except BadSignature as problem:
        words_ = _("We gave out no such cursor. Take it from “next”, or leave it out.")
        raise ValidationError({"cursor": [words_]}) from problem


def _following(request: Request, next_key: str) -> str | None:
    """The same question, one page further."""
    if not next_key:
        return None
    asked = {**request.query_params.dict(), "cursor": reading.CURSOR.sign(next_key)}
    return absolute(f"{request.path}?{urlencode(asked)}")


def _refuse_unknown_offices(wanted: dict[str, Any]) -> None:
    """Only where nothing was found: one that has messages is known."""
    known = {"office": Office.objects.all(), "borough": Office.objects.boroughs()}
    wrong = {
        name: [unknown_office(f"{name}s")]
        for name, offices in known.items()
        if name in wanted and not offices.filter(slug=wanted[name]).exists()
    }
    if wrong:
        raise ValidationError(wrong)


def _listed(request: Request, offices: OfficeQuerySet) -> HttpResponse:
    """A list that hardly changes: asked again, it costs a header."""
    rows = OfficeListed(offices, many=True).data
    etag = quote_etag(digest(repr(rows))[:32])
    response: HttpResponse = Response({"results": rows})
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600"
    return get_conditional_response(request._request, etag=etag, response=response) or response


def _fresh(response: Response) -> Response:
    """What is hidden must vanish at once: a cache asks before it shows."""
    response["Cache-Control"] = "no-cache"
    return response
