"""What officers type about a suggestion, act by act."""

import re
from datetime import timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from channels_app.models import Kind
from desk.ideas.offer import IdeaForm
from people.models import Office, User
from suggestions import actions, rules
from suggestions.models import Appeal, Invalidation, Milestone, NotShown, Suggestion, Support
from suggestions.models.supports import SupportQuerySet

LONGEST = 2000
NUMBER = re.compile(r"\d{1,18}")
MINUTE = timedelta(minutes=1)


def words_field(label: Any, missing: Any) -> forms.CharField:
    """A box for some sentences."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


class PublicForm(IdeaForm):
    """A step that everyone reads the reason of."""

    words = words_field(
        gettext_lazy("Why (everyone reads this)"), gettext_lazy("Write why. Everyone reads it.")
    )


class NotShownForm(IdeaForm):
    """Why it is not for everyone, as a code and in words."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose a reason")), *NotShown.choices],
        error_messages={"required": gettext_lazy("Choose a reason. The author reads it.")},
    )
    words = words_field(
        gettext_lazy("What its author should know (the author reads this)"),
        gettext_lazy("Write it for the author: a reason alone explains nothing."),
    )


class RedirectForm(IdeaForm):
    """What it is instead."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[choice for choice in Kind.choices if choice[0] != Kind.IDEA],
    )
    words = words_field(
        gettext_lazy("Why it is no suggestion (officers read this)"),
        gettext_lazy("Write why it is no suggestion."),
    )


class AssignForm(IdeaForm):
    """Which office shall answer."""

    office = forms.ModelChoiceField(
        label=gettext_lazy("Office"),
        queryset=Office.objects.none(),
        empty_label=gettext_lazy("Choose an office"),
        error_messages={"required": gettext_lazy("Choose an office.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why (officers read this)"),
        required=False,
        max_length=500,
        widget=forms.TextInput,
    )

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Every office but the one that would answer now."""
        choice: Any = self.fields["office"]
        choice.queryset = Office.objects.answering().exclude(pk__in=[suggestion.department_id or 0])
        return super().about(suggestion, user)


class PaperForm(IdeaForm):
    """Signatures on paper, as staff counted them."""

    people = forms.IntegerField(
        label=gettext_lazy("How many people signed"),
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": gettext_lazy("Write how many people signed.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Where the sheets come from, and where they are kept"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write where the sheets come from.")},
    )


class RowField(forms.ModelChoiceField[Any]):
    """A choice of rows that the form narrows to those of its suggestion."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            queryset=Support.objects.none(),
            empty_label=gettext_lazy("Choose one"),
            error_messages={"required": gettext_lazy("Choose one.")},
        )

    def label_from_instance(self, obj: Any) -> str:
        """What it is, and how many people it is about."""
        match obj:
            case Milestone():
                words = obj.get_threshold_display()
            case Invalidation():
                words = obj.rule
            case _:
                words = obj.words
        return f"{words} · {obj.people}"


class OneOfForm(IdeaForm):
    """One row of this suggestion; where there is only one, it is chosen already."""

    row = RowField("")

    def among(self, rows: Any) -> Self:
        """Offer these."""
        choice: Any = self.fields["row"]
        choice.queryset = rows
        if rows.count() == 1:
            choice.initial, choice.empty_label = rows[0].pk, None
        return self


class PaperBackForm(OneOfForm):
    """Which signatures were counted wrongly."""

    row = RowField(gettext_lazy("Signatures on paper"))

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Those that count now."""
        rows = suggestion.paper.filter(taken_back_at=None)
        return super().about(suggestion, user).among(rows)


class RevalidateForm(OneOfForm):
    """Which supports shall count again."""

    row = RowField(gettext_lazy("Taken out of the count"))

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Those that are out of the count now."""
        rows = suggestion.invalidations.filter(undone_at=None)
        return super().about(suggestion, user).among(rows)


class SettleForm(OneOfForm):
    """What the city does about a threshold."""

    row = RowField(gettext_lazy("Threshold"))
    words = words_field(
        gettext_lazy("What the city does about it (everyone reads this)"),
        gettext_lazy("Write what the city does. Everyone reads it."),
    )

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """Those that this officer's offices owe."""
        owed = Milestone.objects.owed().filter(suggestion=suggestion, office__in=user.offices)
        return super().about(suggestion, user).among(owed)


class AppealForm(IdeaForm):
    """How an appeal is decided."""

    appeal: Appeal | None = None
    words = words_field(
        gettext_lazy("Why you decide so (everyone reads this)"),
        gettext_lazy("Write why you decide so. Everyone reads it."),
    )

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """The one that waits and is this officer's to decide."""
        self.appeal = next(iter(decidable(suggestion, user)), None)
        return super().about(suggestion, user)

    def clean(self) -> dict[str, Any]:
        """With the appeal itself."""
        return {**(super().clean() or {}), "appeal": self.appeal}


def decidable(suggestion: Suggestion, user: User) -> list[Appeal]:
    """The appeals that this officer decides about."""
    waiting = suggestion.appeals.waiting().select_related("suggestion__department", "office")
    return [one for one in waiting if actions.may_decide(one, user)]


class InvalidateForm(IdeaForm):
    """Which supports are false: counted first, taken out of the count by the second press."""

    BY = (
        ("minute", gettext_lazy("so many within the same minute")),
        ("network", gettext_lazy("so many from the same network on one day")),
        ("disposable", gettext_lazy("so many addresses of mail that is thrown away")),
        ("domain", gettext_lazy("so many addresses of the same mail provider")),
        ("named", gettext_lazy("supports by their numbers")),
    )
    by = forms.ChoiceField(label=gettext_lazy("Which ones"), choices=BY)
    least = forms.IntegerField(
        label=gettext_lazy("From how many on"), min_value=2, max_value=100_000, initial=20
    )
    named = forms.CharField(
        label=gettext_lazy("Numbers or mail providers"),
        help_text=gettext_lazy(
            "Only these: numbers of supports, or providers as in example.org, with commas between."
        ),
        required=False,
        max_length=LONGEST,
    )
    words = words_field(
        gettext_lazy("What everyone reads about it"),
        gettext_lazy("Write what everyone reads about it."),
    )
    counted = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def rule(self) -> str:
        """What was chosen, in words for the record."""
        typed = self.cleaned_data
        words = str(dict(self.BY)[typed["by"]])
        more = typed["named"] if typed["by"] in ("domain", "named") else ""
        return f"{words} ({typed['least']}) {more}".strip()[:200]

    def clean(self) -> dict[str, Any]:
        """With the supports that were chosen. Raises ValidationError until their number is known.

        The first press counts, the next one does it; if the number changed meanwhile, it is asked
        again.
        """
        typed: dict[str, Any] = super().clean() or {}
        if self.suggestion is None or not {"by", "least", "words", "version"} <= typed.keys():
            return typed
        typed["supports"] = self._chosen(self.suggestion)
        typed["rule"] = self.rule
        found = typed["supports"].count()
        if not found:
            raise ValidationError(_("None of the supports that count is like this."))
        if typed.get("counted") != found:
            self._ask(found, self.suggestion)
        return typed

    def _ask(self, found: int, suggestion: Suggestion) -> None:
        left = max(0, suggestion.supports - found)
        words = ngettext(
            "This takes %(found)d support out of the count; %(left)d would be left. "
            "Press once more to do it.",
            "This takes %(found)d supports out of the count; %(left)d would be left. "
            "Press once more to do it.",
            found,
        )
        self.asks = words % {"found": found, "left": left}
        self.data = {**dict(self.data.items()), "counted": str(found)}
        self.add_error("counted", self.asks)

    def _chosen(self, suggestion: Suggestion) -> SupportQuerySet:
        typed = self.cleaned_data
        match typed["by"]:
            case "minute":
                return actions.of_busy_minutes(suggestion, least=typed["least"])
            case "network":
                return actions.of_networks(suggestion, least=typed["least"])
            case "disposable":
                return actions.of_disposable(suggestion, least=typed["least"])
            case "domain":
                providers = rules.named(typed["named"])
                return actions.of_providers(suggestion, least=typed["least"], named=providers)
        numbers = {int(one) for one in NUMBER.findall(typed["named"])}
        return Support.objects.counting().filter(suggestion=suggestion, pk__in=numbers)
