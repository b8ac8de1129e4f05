"""The form of everything an office writes to an author: one choice, and what each choice needs."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app import deadlines
from channels_app.models import Ground, Message
from channels_app.states import MessageStatus
from channels_app.text.normal import tidy
from desk.forms import ActForm
from desk.models import Draft, Writing
from lifecycle import clock, workdays
from people.models import User

NEEDS: Mapping[str, tuple[str, ...]] = {
    Writing.DECLINED: ("ground", "reason", "next_door", "will_do"),
    Writing.PROMISING: ("finish_on",),
    Writing.INTERIM: ("until",),
}
DATES = {Writing.PROMISING: "finish_on", Writing.INTERIM: "until"}
KEPT = ("answer", "ground", "reason", "next_door", "will_do", "finish_on", "until")
LONGEST_ANSWER = 10_000  # characters
FARTHEST = timedelta(days=3 * 366)  # a mistyped year, not a promise


def _day(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": missing,
            "invalid": _("Write the day as year-month-day, for example 2026-12-04."),
        },
    )


def _words(label: Any, help_text: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": missing,
            "max_length": _("Please keep it under 2,000 characters."),
        },
    )


class AnswerForm(ActForm):
    """What an office writes, in plain words. Call `for_officer` before anything else."""

    kind = forms.ChoiceField(
        label=_("What do you write?"),
        choices=Writing.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what you write.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        strip=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write an answer."),
            "max_length": _("Please keep the answer under 10,000 characters."),
        },
    )
    ground = forms.ChoiceField(
        label=_("What stands in the way"),
        choices=[("", _("Choose one")), *Ground.choices],
        error_messages={"required": _("Choose what stands in the way.")},
    )
    reason = _words(
        _("The reason"),
        _("Name the rule, the number or the plan, so that the person can check it."),
        _("Write the reason."),
    )
    next_door = _words(
        _("Where the person can go from here"),
        _("An office with a number, an appeal, a council, another programme."),
        _("Write where the person can go from here."),
    )
    will_do = _words(
        _("One thing the city will do all the same"),
        _("However small: something that somebody here will really do."),
        _("Write one thing the city will do all the same."),
    )
    finish_on = _day(_("It will be done by"), _("Choose the day by which it will be done."))
    until = _day(_("The new answer date"), _("Choose the new answer date."))

    message: Message
    user: User

    def for_officer(self, message: Message, user: User) -> Self:
        """What this officer may write on it now; which fields that needs."""
        self.message, self.user = message, user
        offered = kinds_for(message, user)
        choice: Any = self.fields["kind"]
        choice.choices = [(kind.value, kind.label) for kind in offered]
        self.initial.setdefault("kind", _usual(message, offered))
        if self.is_bound and not self.data.get("kind"):
            posted: Any = self.data
            self.data = {**posted.dict(), "kind": self.initial["kind"]}
        for kind, name in DATES.items():
            earliest = self._earliest(kind)
            self.fields[name].help_text = gettext("%(day)s at the earliest.") % {
                "day": in_words(earliest)
            }
            self.fields[name].widget.attrs["min"] = earliest.isoformat()
        return self

    @property
    def chosen(self) -> str:
        """The kind that is typed, or preselected."""
        return str(self["kind"].value() or Writing.EXPLAINED)

    @property
    def offered(self) -> list[str]:
        """The kinds there are to choose from."""
        choice: Any = self.fields["kind"]
        return [value for value, _label in choice.choices]

    @property
    def needs_head(self) -> bool:
        """Another date is its head's to name, and this is not the head."""
        known = {Writing.INTERIM} & set(self.offered)
        return self.message.is_up_to_its_head and not known and not self.message.waiting_since

    @property
    def goes_to_mayor(self) -> bool:
        """One more date, and the mayor's office is shown it."""
        return self.message.interims >= deadlines.INTERIMS_BY_HEAD.value()

    @property
    def times_put_off(self) -> int:
        """How often it was put off under this clock."""
        return self.message.interims

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Every field with words, as hidden inputs take them."""
        return [(name, value) for name in ("kind", *KEPT) if (value := self.typed(name))]

    def typed(self, name: str) -> str:
        """What stands in a field, as it was typed."""
        value = self[name].value()
        return value.isoformat() if isinstance(value, date) else str(value or "")

    def full_clean(self) -> None:
        """Only what the chosen kind needs has to be there; the page shows every mark again."""
        extra = {name for names in NEEDS.values() for name in names}
        needed = NEEDS.get(self.chosen, ()) if self.is_bound else ()
        for name in extra:
            self.fields[name].required = name in needed
        super().full_clean()
        for name in extra:
            if name not in needed and name in self.errors:
                del self.errors[name]  # typed before another kind was chosen: it is not sent
            self.fields[name].required = True

    def clean_answer(self) -> str:
        """Tidied. Raises ValidationError where nothing is left."""
        text = tidy(self.cleaned_data["answer"])
        if not text:
            raise ValidationError(_("Write an answer."))
        return text

    def clean(self) -> dict[str, Any]:
        """With `new_due_at`, the moment a date means. Raises ValidationError for a wrong day."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed["new_due_at"] = None
        kind = typed.get("kind", "")
        name = DATES.get(kind, "")
        if name and (day := typed.get(name)):
            if problem := self._problem(kind, day):
                self.add_error(name, problem)
            else:
                typed["new_due_at"] = workdays.close_of(day)
        return typed

    def _problem(self, kind: str, day: date) -> str:
        if day > clock.seoul().date() + FARTHEST:
            return gettext("That is more than three years away. Look at the year again.")
        if workdays.close_of(day) <= self._later_than(kind):
            earliest = {"day": in_words(self._earliest(kind))}
            return gettext("Choose a later day: %(day)s at the earliest.") % earliest
        return ""

    def _later_than(self, kind: str) -> datetime:
        """What a new date must be later than."""
        now = clock.now()
        due = self.message.due_at
        return max(due, now) if kind == Writing.INTERIM and due else now

    def _earliest(self, kind: str) -> date:
        """The first working day that closes after it."""
        bar = self._later_than(kind)
        today = clock.seoul(bar).date()
        closes = workdays.close_of(today)
        return closes.date() if closes > bar else next(workdays.workdays_from(today))


def kinds_for(message: Message, user: User) -> list[Writing]:
    """What this user may write on a message that lies with an office."""
    answers, waits = message.may_be_answered_by(user), message.is_waiting_for_author
    offered = {
        Writing.DONE: answers,
        Writing.EXPLAINED: answers,
        Writing.DECLINED: answers,
        Writing.PROMISING: answers and message.status == MessageStatus.ROUTED,
        Writing.INTERIM: not waits and message.may_be_put_off_by(user),
        Writing.PROGRESS: answers and message.is_at_work,
        Writing.QUESTION: answers and message.contact is not None and not waits,
    }
    return [kind for kind, is_offered in offered.items() if is_offered]


def _usual(message: Message, offered: list[Writing]) -> str:
    """What is preselected: promised work is reported as done."""
    usual = Writing.DONE if message.is_at_work else Writing.EXPLAINED
    return (usual if usual in offered else (offered or [usual])[0]).value


def in_words(day: date) -> str:
    """A day with its weekday, in the language of the page."""
    return date_format(day, gettext("l j F Y"))


def from_words(
    message: Message, user: User, words: Mapping[str, str], *, kind: str = ""
) -> AnswerForm:
    """A form to go on with, for the case as it is now; a kind of another hour is preselected."""
    initial: dict[str, Any] = {name: words.get(name, "") for name in KEPT}
    form = AnswerForm(initial={**initial, "version": message.version}, auto_id="answer_form_%s")
    form.for_officer(message, user)
    if kind in form.offered:
        form.initial["kind"] = kind
    return form


def from_draft(message: Message, user: User, draft: Draft | None) -> AnswerForm:
    """The officer's own half-written answer, or an empty form."""
    if draft is None:
        return from_words(message, user, {})
    return from_words(message, user, draft.words, kind=draft.kind)
