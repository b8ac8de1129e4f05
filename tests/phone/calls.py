"""A call as it is typed, and a file as it is brought."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app.models import Sheet

PHONE = "/en/admin/phone/"
IMPORT = "/en/admin/import/"
WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어요. 유모차가 걸립니다."


def call(**typed: Any) -> dict[str, Any]:
    """The form, filled in."""
    usual = {
        "text": WORDS,
        "kind": "complaint",
        "channel": "phone",
        "audience": "office",
        "spoken_for": "self",
        "language": "ko",
        "contact": "",
        "client_key": str(uuid.uuid4()),
        "act": "save",
    }
    return {**usual, **typed}


def bring(client: Client, content: bytes | str, name: str = "tour.csv", **typed: str) -> Any:
    """Choose this file."""
    held = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, held, "text/csv")
    return client.post(IMPORT, {"sheet": file, "channel": "tour", **typed})


def brought(client: Client, content: bytes | str) -> Sheet:
    """What was found in it."""
    assert bring(client, content).status_code == 302
    return Sheet.objects.latest("pk")


def taken_in(client: Client, content: bytes | str) -> Sheet:
    """Chosen, looked through and taken in."""
    sheet = brought(client, content)
    client.post(f"{IMPORT}{sheet.pk}/take-in/")
    sheet.refresh_from_db()
    return sheet
