"""What the mails about topics say: what happened, what comes next, and all of a day in one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from channels_app import news
from channels_app.models import Delivery, DeliveryEvent, Message, Notice, ReplyKind, Topic
from channels_app.states import IN_HAND

SAID: dict[str, str | Promise] = {
    ReplyKind.CLOSING: gettext_lazy("The city has answered"),
    ReplyKind.PROMISING: gettext_lazy("The city has promised to do it"),
    ReplyKind.INTERIM: gettext_lazy("The city needs more time"),
    ReplyKind.PROGRESS: gettext_lazy("The office says how far it is"),
}


@dataclass
class Changed:
    """One case of the mail of a day: what changed, what comes next and by when."""

    code: str
    title: str
    link: str
    what: list[str] = field(default_factory=list)
    next: str = ""
    by: datetime | None = None


def needs_of(delivery: Delivery) -> dict[str, Any]:
    """What the templates need, in the language that is active."""
    needs: dict[str, Any] = {"follow": delivery.follow, "stop_link": news.stop_link(delivery)}
    if delivery.event == DeliveryEvent.DIGEST:
        return {**needs, "changed": _changed(delivery)}
    follow, notice = delivery.follow, delivery.notice
    if notice is not None:
        return {**needs, "topic": notice.topic, "notice": notice, "link": link_of(notice)}
    assert follow is not None  # noqa: S101 - what else tells of a topic alone
    ask = reverse("follow_link", args=[follow.pk, follow.token])
    return {**needs, "topic": follow.topic, "link": settings.SITE_URL + ask}


def path_of(notice: Notice) -> str:
    """Its page in the language that is active; it is kept as the Korean one."""
    language = get_language() or "ko"
    with translation.override("ko"):
        path: str = translate_url(notice.path, language)
    return path


def link_of(notice: Notice) -> str:
    """The same for a mail."""
    return f"{settings.SITE_URL}{path_of(notice)}"


def _changed(digest: Delivery) -> list[Changed]:
    """By case, in the order in which each of them changed first."""
    cases: dict[str, Changed] = {}
    for row in news.still_true(digest):
        case = cases.setdefault(row.code, _case(row))
        case.what += _what(row)
        if row.notice is not None:
            case.next, case.by, case.link = row.notice.next, row.notice.next_at, link_of(row.notice)
    return list(cases.values())


def _case(row: Delivery) -> Changed:
    about: Message | Topic = row.message or _topic(row)
    case = Changed(row.code, about.title, settings.SITE_URL + about.get_absolute_url())
    if row.message is not None and row.message.matter.status in IN_HAND:
        at_work = row.message.matter.is_at_work
        case.next = _("It is finished, as promised") if at_work else _("You hear from us")
        case.by = row.message.matter.due_at
    return case


def _topic(row: Delivery) -> Topic:
    assert row.topic is not None  # noqa: S101 - a constraint of the table
    return row.topic


def _what(row: Delivery) -> list[str]:
    if row.notice is not None:
        return [row.notice.what]
    if row.reply is not None:
        return [str(SAID.get(row.reply.kind, SAID[ReplyKind.CLOSING]))]
    if row.reminder is not None:
        return [_("The date has passed without an answer")]
    return [entry.what for entry in news.changes(row)]
