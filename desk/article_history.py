"""What became of an article, from the copies the database keeps of its every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.models import KnowledgeArticle
from people.models import User

WORDS = ("question_ko", "answer_ko", "question_en", "answer_en")
SHOWN = 50


@dataclass(frozen=True)
class Change:
    """One state of it: when, who, what was done, and the columns whose words are others."""

    at: datetime
    by: User
    what: str | Promise
    fields: list[str]


def changes_of(article: KnowledgeArticle) -> list[Change]:
    """The newest first."""
    events: Any = article.events  # type: ignore[attr-defined]  # made by pghistory
    rows = list(events.select_related("changed_by", "reviewed_by").order_by("-pgh_id")[:SHOWN])
    return list(_compared(rows))


def _compared(rows: list[Any]) -> Iterator[Change]:
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        if before is None and row.pgh_label != "insert":
            return  # the state before lies too far back to say what changed
        changed = before is None or row.changed_at != before.changed_at
        yield Change(
            at=row.changed_at if changed else row.reviewed_at,
            by=row.changed_by if changed else row.reviewed_by,
            what=_what(row, before),
            fields=[] if before is None else _other_words(row, before),
        )


def _what(row: Any, before: Any) -> str | Promise:
    if before is None:
        return _("written")
    if row.withdrawn_at and not before.withdrawn_at:
        return _("withdrawn")
    if before.withdrawn_at and not row.withdrawn_at:
        return _("put back")
    if row.changed_at == before.changed_at:
        return _("reviewed: it still holds")
    return _("revised")


def _other_words(row: Any, before: Any) -> list[str]:
    names = [name for name in (*WORDS, "office_id") if getattr(row, name) != getattr(before, name)]
    fields = KnowledgeArticle._meta
    return [str(fields.get_field(name.removesuffix("_id")).verbose_name) for name in names]  # type: ignore[union-attr]  # all are columns
