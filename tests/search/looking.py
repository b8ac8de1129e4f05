"""How the tests of the search bring texts into the index, and look for them."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions, searching
from channels_app.models import Message, Passage, PassageDue
from channels_app.searching import Asked
from channels_app.text.finding import words_of
from lifecycle import clock, rules
from lifecycle.models import Rule
from lifecycle.rules import Declared
from people.models import User


def amend(rule: Declared[Any], value: object) -> None:
    """A rule holds otherwise from now on."""
    Rule.objects.create(name=rule.name, value=value, since=clock.now(), reason="test")
    rules.forget()


def questions(client: Client, question: str, path: str = "/en/search/") -> int:
    """How many queries a page makes when the Rulebook has just been read."""
    searched(client, question, path)
    rules.forget()
    with CaptureQueriesContext(connection) as asked:
        assert searched(client, question, path).status_code == 200
    return len(asked)


def read_in() -> None:
    """What the sweep does."""
    actions.index(PassageDue.objects.next(10_000))


def found(question: str, *traits: str, user: User | None = None) -> list[str]:
    """The numbers of the cases that everybody, or this officer, finds on the first page."""
    asked = Asked(words_of(question), traits, user=user)
    return codes(searching.find(asked).keys)


def codes(keys: Any) -> list[str]:
    """The numbers of these texts' cases, in order."""
    by_key = dict(Passage.objects.filter(pk__in=keys).values_list("pk", "message__code"))
    return [by_key[key] for key in keys]


def searched(client: Client, question: str = "", path: str = "/en/search/", **filters: str) -> Any:
    """The page as it comes back."""
    return client.get(path, {"q": question, **filters})


def results_of(page: Any) -> str:
    """What stands in the list of results, without tags."""
    listed = re.search(r'<ol class="found">(.*?)</ol>', page.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", listed[1])) if listed else ""


def all_due() -> int:
    """How many messages wait for the sweep."""
    return PassageDue.objects.count()


def passages_of(message: Message) -> list[str]:
    """The letters that can be found of it."""
    return list(Passage.objects.filter(message=message).values_list("letters", flat=True))
