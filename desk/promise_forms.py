"""What officers type about a promise: its words and source, who keeps it, what became of it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.ideas.answer_forms import box, day
from lifecycle import clock
from people.models import Office, Role, User
from suggestions import actions
from suggestions.actions import Spoken
from suggestions.models import Promise, SaidAt, Suggestion
from suggestions.states_of_promises import ENDS, PromiseStatus

RECORDING = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")


class SpokenForm(forms.Form):
    """The words, and where everyone can find them."""

    words = box(
        gettext_lazy("What was promised, word for word"), gettext_lazy("Write what was promised.")
    )
    said_on = day(gettext_lazy("Said on"), gettext_lazy("Write when it was said."))
    said_at = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[("", gettext_lazy("Choose one")), *SaidAt.choices],
        error_messages={"required": gettext_lazy("Choose where it was said.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Which broadcast, post or meeting"), required=False, max_length=200
    )
    address = forms.URLField(
        label=gettext_lazy("Address of a page or recording of it"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write the whole address, with https://.")},
    )
    moment = forms.CharField(
        label=gettext_lazy("Where in the recording"),
        help_text=gettext_lazy("As minutes and seconds, for example 12:30 or 1:02:05."),
        required=False,
        max_length=9,
    )

    def clean_moment(self) -> int | None:
        """In seconds. Raises ValidationError."""
        typed = self.cleaned_data["moment"].strip()
        if not typed:
            return None
        found = RECORDING.fullmatch(typed)
        if found is None or int(found[3]) > 59:
            raise ValidationError(_("Write it as minutes and seconds, for example 12:30."))
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])

    def clean(self) -> dict[str, Any]:
        """With `spoken`. Raises ValidationError for a day to come."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        if typed["said_on"] > clock.seoul().date():
            self.add_error("said_on", _("That day is still to come."))
            return typed
        if not actions.as_everyone_reads(typed["words"]):
            self.add_error("words", _("Write what was promised."))
            return typed
        typed["spoken"] = Spoken(
            words=typed["words"],
            said_on=typed["said_on"],
            said_at=typed["said_at"],
            source=typed["source"],
            address=typed["address"],
            second=typed["moment"],
        )
        return typed


class MakeForm(SpokenForm):
    """A promise that was made."""

    speaker = forms.ModelChoiceField(
        label=gettext_lazy("Whose promise"),
        queryset=Office.objects.none(),
        empty_label=gettext_lazy("Choose an office"),
        error_messages={"required": gettext_lazy("Choose whose promise it is.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Number of the suggestion it is about"), required=False, max_length=20
    )
    field_order = ("speaker", "words", "said_on", "said_at", "source", "address", "moment", "code")

    def by(self, user: User) -> "MakeForm":
        """Of the own offices; the listening team writes down everybody's."""
        choice: Any = self.fields["speaker"]
        offices = Office.objects.answering()
        choice.queryset = offices if user.is_listening else offices.filter(pk__in=user.offices)
        return self

    def clean_code(self) -> Suggestion | None:
        """The suggestion itself. Raises ValidationError."""
        typed = self.cleaned_data["code"].strip().upper()
        if not typed:
            return None
        found = Suggestion.objects.filter(code=typed).first()
        if found is None:
            raise ValidationError(_("There is no suggestion with this number."))
        return found


class PromiseForm(forms.Form):
    """An act on one promise as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def about(self, promise: Promise, user: User) -> "PromiseForm":
        """On which promise, and who asks."""
        return self


class AcceptForm(PromiseForm):
    """Which office takes it on, and by when it is kept."""

    office = forms.ModelChoiceField(
        label=gettext_lazy("Your office"),
        queryset=Office.objects.none(),
        empty_label=gettext_lazy("Choose an office"),
        error_messages={"required": gettext_lazy("Choose your office.")},
    )
    finish_on = day(gettext_lazy("Kept by"), gettext_lazy("Choose by when it is kept."))

    def about(self, promise: Promise, user: User) -> "AcceptForm":
        """Offices that this user heads."""
        choice: Any = self.fields["office"]
        choice.queryset = headed_by(user)
        return self

    def clean_finish_on(self) -> Any:
        """A day to come. Raises ValidationError."""
        return _to_come(self.cleaned_data["finish_on"])


def headed_by(user: User) -> Any:
    """The offices for which this user decides as head."""
    own = [post.office_id for post in user.posts if post.role == Role.HEAD]
    alone = [pk for pk in user.offices if not _has_head_above(pk)]
    return Office.objects.answering().filter(Q(pk__in=own) | Q(pk__in=user.led) | Q(pk__in=alone))


def _has_head_above(pk: int) -> bool:
    return Office.objects.get(pk=pk).headed_by is not None


def _to_come(day: Any) -> Any:
    if day <= clock.seoul().date():
        raise ValidationError(_("Choose a day after today."))
    return day


class SettleForm(PromiseForm):
    """What became of it."""

    end = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[
            ("", gettext_lazy("Choose one")),
            *[choice for choice in PromiseStatus.choices if choice[0] in ENDS],
        ],
        error_messages={"required": gettext_lazy("Choose what became of it.")},
    )
    end_words = box(
        gettext_lazy("How everyone can see it (everyone reads this)"),
        gettext_lazy("Write how everyone can see it."),
    )


class ChangeForm(PromiseForm):
    """What is promised instead, and why."""

    new_words = box(
        gettext_lazy("What is promised instead"), gettext_lazy("Write what is promised instead.")
    )
    finish_on = day(gettext_lazy("Kept by"), gettext_lazy("Choose by when it is kept."))
    reason = box(
        gettext_lazy("Why it changed (everyone reads this)"),
        gettext_lazy("Write why it changed. Everyone reads it."),
    )

    def clean_finish_on(self) -> Any:
        """A day to come. Raises ValidationError."""
        return _to_come(self.cleaned_data["finish_on"])
