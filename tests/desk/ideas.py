"""What the tests of suggestions at the desk ask for again and again."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from suggestions.models import Suggestion

DESK = "/admin/suggestions/"


def page_of(suggestion: Suggestion) -> str:
    """Its page at the desk."""
    return f"/admin/suggestion/{suggestion.code}/"


def press(client: Client, suggestion: Suggestion, act: str, **typed: Any) -> HttpResponse:
    """The button of this act, as the page of this moment has it."""
    suggestion.refresh_from_db()
    form = {"version": suggestion.version, **typed}
    return client.post(f"{page_of(suggestion)}{act}/", form)  # type: ignore[return-value]


def buttons(html: str) -> set[str]:
    """The acts that a page offers, by their names."""
    parts = html.split("/admin/suggestion/")[1:]
    found = {part.split('"')[0].split("?")[0].strip("/").split("/")[-1] for part in parts}
    return {name for name in found if not name.startswith("S-")}
