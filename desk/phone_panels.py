"""What stands beside the form while somebody speaks: earlier cases, similar ones, ready answers."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch

from channels_app import knowledge, places, sealing, similar
from channels_app.forms import read_contact
from channels_app.knowledge import Found
from channels_app.models import Contact, Message, Reading, Reply
from channels_app.models.on_behalf import desk_of
from channels_app.similar import Similar
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import Office, User

LOOKED_AT = ("text", "contact", "place", "borough", "language")
EARLIER, ALIKE, ARTICLES = 3, 3, 3
PAGE = "desk_phone"
SHORTEST = 5  # characters: before that nothing is like anything
ONCE_IN = timedelta(minutes=30)  # one call is one reading, however much is typed


@dataclass(frozen=True)
class Panels:
    """The three of them; `asked_earlier` says whether there was an address to look for."""

    earlier: list[Message] = field(default_factory=list)
    alike: list[Similar] = field(default_factory=list)
    articles: list[Found] = field(default_factory=list)
    asked_earlier: bool = False
    asked_words: bool = False


def panels(typed: Mapping[str, Any], user: User) -> Panels:
    """What fits what has been typed so far, right or wrong."""
    text = tidy(str(typed.get("text") or ""))
    has_words = len(text) >= SHORTEST
    contact = _contact(str(typed.get("contact") or ""))
    return Panels(
        earlier=_earlier(*contact, user) if contact else [],
        alike=_alike(text, typed) if has_words else [],
        articles=_articles(text, typed) if has_words else [],
        asked_earlier=contact is not None,
        asked_words=has_words,
    )


def _contact(typed: str) -> tuple[str, str] | None:
    with suppress(ValidationError):
        return read_contact(typed)
    return None


def _earlier(kind: str, address: str, user: User) -> list[Message]:
    """Cases that came with this address, found by its keyed index alone; that they were is kept.

    Who sits at no desk for all sees those of the own offices. Masked, as for everybody.
    """
    contact = Contact.objects.filter(index=sealing.index_of(kind, address))
    rows = Message.objects.filter(contact__in=contact, erased_at=None)
    if desk_of(user) is None:
        rows = rows.filter(office__in=user.offices)
    said = Prefetch("replies", Reply.objects.published(), to_attr="answers")
    lately = Reading.objects.filter(
        message=OuterRef("pk"), user=user, page=PAGE, at__gte=clock.now() - ONCE_IN
    )
    listed = rows.select_related("office", "lead").prefetch_related(said)
    listed = listed.annotate(is_noted=Exists(lately)).order_by("-received_at", "-id")
    found = list(listed[:EARLIER])
    if fresh := [message for message in found if not message.is_noted]:  # type: ignore[attr-defined]  # annotated
        Reading.log_all(fresh, user, PAGE)
    return found


def _alike(text: str, typed: Mapping[str, Any]) -> list[Similar]:
    chosen = str(typed.get("borough") or "")
    borough = Office.objects.boroughs().filter(pk=int(chosen)).first() if is_key(chosen) else None
    where = borough or places.likely_borough(None, str(typed.get("place") or ""), text)
    return similar.similar_to(text, borough=where, limit=ALIKE)


def _articles(text: str, typed: Mapping[str, Any]) -> list[Found]:
    """Ready answers, in the language of the answer where there is one."""
    language = "en" if typed.get("language") == "en" else "ko"
    return knowledge.fitting(text, language=language, limit=ARTICLES)


def is_key(typed: str) -> bool:
    """A number that can be the key of a row."""
    return typed.isascii() and typed.isdecimal() and len(typed) < 10
