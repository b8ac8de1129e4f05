"""What officers do with a discussion: speak in it, sum it up, join what asks for the same."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.forms import RECEIPT, WordsField
from desk.ideas.offer import IdeaForm, Offer
from people.models import User
from suggestions import actions, summing
from suggestions.models import Cluster, Stance, Suggestion
from suggestions.states import DISCUSSABLE

NOTHING = gettext_lazy("Write at least one of the three.")


class SpeakForm(IdeaForm):
    """A comment signed with the officer's office."""

    stance = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Stance.choices)
    text = WordsField(
        label=gettext_lazy("Words for everyone"),
        help_text=gettext_lazy("Signed with your office, never with your name."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )


class SumUpForm(IdeaForm):
    """The three parts of a summary, proposed from the comments."""

    arguments_for = WordsField(
        label=gettext_lazy("Arguments for it"), required=False, widget=forms.Textarea
    )
    arguments_against = WordsField(
        label=gettext_lazy("Arguments against it"), required=False, widget=forms.Textarea
    )
    improvements = WordsField(
        label=gettext_lazy("How to improve it"), required=False, widget=forms.Textarea
    )

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """What the office has written stands in it, or else what the system proposes."""
        super().about(suggestion, user)
        written = getattr(suggestion, "summary", None)
        if written is None:
            proposed = summing.proposal(suggestion)
        else:
            proposed = {name: getattr(written, name) for name in summing.FIELD_OF.values()}
        self.initial = {**proposed, **self.initial}
        return self

    def clean(self) -> dict[str, Any]:
        """Something has to be said. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or {}
        if not any(typed.get(name) for name in summing.FIELD_OF.values()):
            raise ValidationError(NOTHING)
        return typed


class ClusterForm(IdeaForm):
    """The number of another suggestion that asks for the same."""

    other = forms.CharField(label=gettext_lazy("Number of the other suggestion"), max_length=30)

    def clean_other(self) -> Suggestion:
        """The suggestion itself. Raises ValidationError."""
        found = RECEIPT.search(self.cleaned_data["other"])
        code = f"S-{found[1]}-{int(found[2]):06d}" if found else ""
        other = Suggestion.objects.public().filter(code=code, status__in=DISCUSSABLE).first()
        if other is None or other == self.suggestion:
            raise ValidationError(_("Write the number of another suggestion that is on its way."))
        theirs = Cluster.objects.of(other).filter(ended_at=None)
        own = Cluster.objects.of(self.suggestion).filter(ended_at=None) if self.suggestion else None
        if theirs.exists() and own is not None and own.exists():
            raise ValidationError(_("Both are in clusters already. Take one of them out first."))
        return other


def _speak(suggestion: Suggestion, typed: dict[str, Any], user: User) -> str:
    actions.comment_as_officer(suggestion, text=typed["text"], stance=typed["stance"], by=user)
    return _("Everyone can read it, signed with your office.")


def _sum_up(suggestion: Suggestion, typed: dict[str, Any], user: User) -> str:
    words = {name: typed[name] for name in summing.FIELD_OF.values()}
    actions.sum_up(suggestion, by=user, version=typed["version"], **words)
    return _("Everyone can read the summary.")


def _put_in_cluster(suggestion: Suggestion, typed: dict[str, Any], user: User) -> str:
    actions.put_in_cluster(suggestion, to=typed["other"], by=user)
    told = {"code": suggestion, "other": typed["other"]}
    return _("%(code)s and %(other)s count their people together now.") % told


def _take_out(suggestion: Suggestion, typed: dict[str, Any], user: User) -> str:
    actions.take_out(suggestion, by=user)
    return _("%(code)s stands for itself again.") % {"code": suggestion}


def _moderates(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_moderated_by(user)


def _is_in_cluster(suggestion: Suggestion) -> bool:
    return Cluster.objects.of(suggestion).filter(ended_at=None).exists()


OFFERS = (
    Offer(
        "speak",
        gettext_lazy("Say something for the city"),
        SpeakForm,
        lambda suggestion, user: actions.may_speak_for_city(user),
        lambda suggestion: suggestion.may_be_discussed,
        _speak,
    ),
    Offer(
        "sum-up",
        gettext_lazy("Sum up the discussion"),
        SumUpForm,
        actions.may_sum_up,
        lambda suggestion: suggestion.may_be_looked_into,
        _sum_up,
    ),
    Offer(
        "put-in-cluster",
        gettext_lazy("Join it to what asks for the same"),
        ClusterForm,
        _moderates,
        lambda suggestion: suggestion.may_be_discussed,
        _put_in_cluster,
    ),
    Offer(
        "take-out",
        gettext_lazy("Take it out of its cluster"),
        IdeaForm,
        _moderates,
        _is_in_cluster,
        _take_out,
    ),
)
