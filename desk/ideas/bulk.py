"""What can be done to many suggestions of a list at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk import actions
from desk.forms import KeysField
from desk.models import IdeaDeed, IdeaVerb
from people.models import Office, User
from suggestions.models import NotShown

Typed = dict[str, Any]
Seen = dict[int, int]


def _screens(user: User) -> bool:
    return user.is_at_centre or user.is_listening


@dataclass(frozen=True)
class Verb:
    """One button above the list, whose it can be at all, and which fields it needs."""

    name: str
    words: str | Promise
    may: Callable[[User], bool]
    needs: tuple[str, ...]
    act: Callable[[Seen, Typed, User], IdeaDeed]


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            IdeaVerb.ASSIGN,
            _("Let this office answer them"),
            lambda user: bool(user.offices),
            ("office",),
            lambda seen, typed, user: actions.assign_all(
                seen, to=typed["office"], reason=typed["words"], by=user
            ),
        ),
        Verb(
            IdeaVerb.PICK,
            _("Have them reviewed"),
            lambda user: bool(user.offices),
            ("words",),
            lambda seen, typed, user: actions.pick_all(seen, reason=typed["words"], by=user),
        ),
        Verb(
            IdeaVerb.SEND_BACK,
            _("Send them back to their authors"),
            _screens,
            ("reason", "words"),
            lambda seen, typed, user: actions.send_all_back(
                seen, reason=typed["reason"], words=typed["words"], by=user
            ),
        ),
        Verb(
            IdeaVerb.REFUSE,
            _("Don’t show them"),
            _screens,
            ("reason", "words"),
            lambda seen, typed, user: actions.refuse_all(
                seen, reason=typed["reason"], words=typed["words"], by=user
            ),
        ),
    )
}
ANSWER = "answer"  # has a page of its own: each gets a paragraph
MISSING: dict[str, str | Promise] = {
    "office": _("Choose an office."),
    "reason": _("Choose a reason. The author reads it."),
    "words": _("Write why."),
}


class BulkForm(forms.Form):
    """One act on every chosen suggestion, each as the list showed it."""

    chosen = KeysField(
        error_messages={
            "required": _("Choose at least one suggestion."),
            "invalid_choice": _("Choose at least one suggestion."),
        }
    )
    verb = forms.ChoiceField(
        choices=[(name, name) for name in (*VERBS, ANSWER)],
        error_messages={"required": _("Choose what to do.")},
    )
    office = forms.ModelChoiceField(
        label=_("Office that would answer"),
        queryset=Office.objects.answering(),
        required=False,
        empty_label=_("Choose an office"),
    )
    reason = forms.ChoiceField(
        label=_("Reason, where they are not shown or sent back"),
        choices=[("", _("Choose a reason")), *NotShown.choices],
        required=False,
    )
    words = forms.CharField(
        label=_("Why (everyone, or the author, reads this)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def with_offices(self, offices: Sequence[Office]) -> Self:
        """A page has read the offices already."""
        choice: Any = self.fields["office"]
        choice.choices = [("", choice.empty_label), *((one.pk, str(one)) for one in offices)]
        return self

    def clean(self) -> Typed:
        """What the verb needs. Raises ValidationError without it."""
        typed: Typed = super().clean() or {}
        verb = VERBS.get(typed.get("verb", ""))
        for name in verb.needs if verb else ():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, str(MISSING[name]))
        return typed
