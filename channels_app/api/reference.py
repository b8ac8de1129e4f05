"""The schema, and the page that tells it to people: made once in each language."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.utils.encoders import JSONEncoder

from channels_app.api.problems import KINDS
from lifecycle.models import digest

EXAMPLE = {"text": "합정역 8번 출구 앞 보도블록이 들려 있어요.", "public": True}
RECEIPT = "S-2026-004127"
KEY = "7d0e4c1a-6f0b-4f5e-9a3d-2b1c8e9f0a11"


@dataclass(frozen=True)
class Told:
    """One name: of a parameter or of a field."""

    name: str
    where: str
    type: str
    is_required: bool
    words: str
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    """One address and what it does."""

    name: str
    method: str
    path: str
    title: str
    words: str
    asks: list[Told]
    answer: list[Told]
    problems: list[str]
    curl: str


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 as JSON, for every app that wants to read it."""
    language = translation.get_language_from_request(request)
    told = written(language)
    etag = quote_etag(digest(json.dumps(told))[:32])
    response: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Language"] = language
    patch_vary_headers(response, ("Accept-Language",))
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same for people: every address with what it asks, what it answers, and an example."""
    language = get_language() or "ko"
    needs = {
        "operations": operations(language),
        "problems": [kind for kind in KINDS.values() if kind.status < 500],
        "site": settings.SITE_URL,
    }
    return render(request, "channels_app/api.html", needs)


@lru_cache(maxsize=4)
def written(language: str) -> dict[str, Any]:
    """The schema as plain values, its sentences in this language."""
    with translation.override(language):
        generator: Any = SchemaGenerator
        made = generator().get_schema(public=True)
        plain: dict[str, Any] = json.loads(json.dumps(made, cls=JSONEncoder))
    return plain


def operations(language: str) -> list[Operation]:
    """Every one of the schema, in the order in which somebody meets them."""
    told = written(language)
    found = [
        _operation(told, path, method, each)
        for path, methods in told["paths"].items()
        for method, each in methods.items()
    ]
    order = ["send", "messages", "message", "similar", "offices", "boroughs"]
    # What a higher floor adds stands behind, in its own order.
    return sorted(found, key=lambda one: order.index(one.name) if one.name in order else len(order))


def _operation(told: dict[str, Any], path: str, method: str, each: dict[str, Any]) -> Operation:
    body = _body(told, each)
    done = next(code for code in each["responses"] if code.startswith("2"))
    answer = each["responses"][done]["content"]["application/json"]["schema"]
    return Operation(
        name=each["operationId"],
        method=method.upper(),
        path=path,
        title=each["summary"],
        words=each["description"],
        asks=[_parameter(one) for one in each.get("parameters", [])] + body,
        answer=list(_fields(told, answer)),
        problems=[code for code in each["responses"] if code.startswith("4")],
        curl=_curl(each["operationId"], path),
    )


def _parameter(one: dict[str, Any]) -> Told:
    where = {"query": _("in the address"), "path": _("in the address"), "header": _("header")}
    return Told(
        name=one["name"],
        where=where[one["in"]],
        type=_type(one["schema"]),
        is_required=one.get("required", False),
        words=one.get("description", ""),
        choices=one["schema"].get("enum", []),
    )


def _body(told: dict[str, Any], each: dict[str, Any]) -> list[Told]:
    content = each.get("requestBody", {}).get("content", {})
    widest = content.get("multipart/form-data")
    return list(_fields(told, widest["schema"], _("body"))) if widest else []


def _fields(told: dict[str, Any], shape: dict[str, Any], where: str = "") -> Iterator[Told]:
    """The names of an object; of a page of results, those of one result."""
    whole = _followed(told, shape)
    for name, raw in whole.get("properties", {}).items():
        each = _followed(told, raw)
        yield Told(
            name=name,
            where=where,
            type=_type(each),
            is_required=bool(where) and name in whole.get("required", []),
            words=raw.get("description", ""),
            choices=[value for value in each.get("enum", []) if value],
        )
        inner = each.get("items", {}) if each.get("type") == "array" else each
        if "$ref" in inner or "properties" in inner:
            for part in _fields(told, inner, where):
                yield Told(f"{name}.{part.name}", where, part.type, False, part.words, part.choices)


def _followed(told: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """What a reference means."""
    inner = [shape, *shape.get("allOf", []), *shape.get("oneOf", []), *shape.get("anyOf", [])]
    for one in inner:
        if "$ref" in one:
            found: dict[str, Any] = told["components"]["schemas"][one["$ref"].rpartition("/")[2]]
            return _followed(told, found)
    return shape


def _type(shape: dict[str, Any]) -> str:
    """In a word of JSON."""
    kind = shape.get("type", "object")
    names = [kind] if isinstance(kind, str) else [name for name in kind if name != "null"]
    named = shape.get("format", "")
    return named if named in ("date-time", "uuid", "uri", "binary") else " / ".join(names)


def _curl(name: str, path: str) -> str:
    """What somebody can paste into a terminal."""
    address = settings.SITE_URL + path.replace("{receipt}", RECEIPT)
    match name:
        case "send":
            body = json.dumps(EXAMPLE, ensure_ascii=False)
            return (
                f"curl {address} \\\n"
                '  -H "Authorization: Bearer $TOKEN" \\\n'
                f'  -H "Idempotency-Key: {KEY}" \\\n'
                '  -H "Content-Type: application/json" \\\n'
                f"  -d '{body}'"
            )
        case "messages":
            return f'curl "{address}?state=routed&limit=5"'
        case "similar":
            return f'curl -G {address} \\\n  --data-urlencode "text=보도블록이 들려 있어요"'
    return f"curl {address}"
