"""What lies with the moderators of discussions: held, minded, held versions, what may be alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions.models import Alike, Comment, Version
from suggestions.talk_states import WordState


@dataclass(frozen=True)
class View:
    """One list, its rows, and the moment that orders them."""

    name: str
    words: str | Promise
    rows: Callable[[], QuerySet[Any]]
    by: str
    template: str
    owed: bool = True  # each of its rows waits for a decision


def _held() -> QuerySet[Comment]:
    return Comment.objects.undecided().filter(state=WordState.HELD)


def _reported() -> QuerySet[Comment]:
    return Comment.objects.undecided().exclude(state=WordState.HELD)


def _shown() -> QuerySet[Comment]:
    return Comment.objects.shown()


VIEWS = {
    view.name: view
    for view in (
        View("held", _("Held comments"), _held, "due_at", "desk/comments/comment.html"),
        View("reported", _("Reported by readers"), _reported, "due_at",
             "desk/comments/comment.html"),
        View("versions", _("Held versions"), Version.objects.undecided, "due_at",
             "desk/comments/version.html"),
        View("alike", _("Perhaps the same"), Alike.objects.undecided, "due_at",
             "desk/comments/alike.html"),
        View("newest", _("Newest comments"), _shown, "-at", "desk/comments/comment.html",
             owed=False),
    )
}  # fmt: skip
ALONG = {
    Comment: ("suggestion", "parent", "office"),
    Version: ("suggestion",),
    Alike: ("older", "newer"),
}


def listed(view: View) -> QuerySet[Any]:
    """The rows with what their cards show, in no query of their own."""
    rows = view.rows()
    return rows.select_related(*ALONG[rows.model])
