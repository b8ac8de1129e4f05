"""The desk's addresses, and what its pages hold, for its tests."""

import re
from typing import Any

from django.test import Client

from channels_app.models import Message
from people.models import User
from tests.people import factories as people

QUEUE = "/en/admin/triage/"


def case_url(message: Message, act: str = "") -> str:
    """The English page of a case, or one of its buttons."""
    return f"/en/admin/case/{message.code}/" + (f"{act}/" if act else "")


def press(client: Client, message: Message, button: str, /, **typed: Any) -> Any:
    """Press a button of the page as it stands now, unless `version` says otherwise."""
    message.refresh_from_db()
    return client.post(case_url(message, button), {"version": message.version, **typed})


def words_of(page: Any) -> str:
    """The page's text, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def titles_of(page: Any) -> list[str]:
    """The lines of the list, without what is open beside it."""
    return re.findall(r'class="item__title"[^>]*>([^<]*)<', page.content.decode())


def somebody(who: str, jun: User) -> User:
    """Jun, or one of those who see more than one office."""
    if who == "jun":
        return jun
    return {
        "centre": people.centre_officer,
        "mayor": people.mayors_officer,
        "auditor": people.auditor,
        "keeper": people.administrator,
    }[who]()
