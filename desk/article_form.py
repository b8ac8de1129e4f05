"""What officers type into an article: both languages side by side, one of them whole."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.forms import WordsField
from channels_app.models import KnowledgeArticle, Message, Outcome, Reply
from channels_app.text.masking import mask
from people.models import Office, User

QUESTION, ANSWER = 200, 5000
SIDES = ("ko", "en")


def _question(label: Any) -> WordsField:
    return WordsField(
        label=label, required=False, max_length=QUESTION, widget=forms.Textarea(attrs={"rows": 2})
    )


def _answer(label: Any) -> WordsField:
    return WordsField(
        label=label, required=False, max_length=ANSWER, widget=forms.Textarea(attrs={"rows": 9})
    )


class ArticleForm(forms.Form):
    """Question and answer; `seen` is when the article had been changed on the page they saw."""

    office = forms.ModelChoiceField(
        label=_("Which office stands for it"),
        queryset=Office.objects.none(),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )
    question_ko = _question(_("Question in Korean"))
    answer_ko = _answer(_("Answer in Korean"))
    question_en = _question(_("Question in English"))
    answer_en = _answer(_("Answer in English"))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def for_officer(self, user: User) -> "ArticleForm":
        """With the offices in whose name this officer writes."""
        choice: Any = self.fields["office"]
        offices = Office.objects.answering()
        if not (user.is_at_centre or user.is_at_call_centre):
            offices = offices.filter(pk__in=user.offices)
        choice.queryset = offices
        if len(user.offices) == 1:
            self.initial.setdefault("office", user.offices[0])
        return self

    def clean(self) -> dict[str, Any]:
        """One language whole, none by half. Raises ValidationError."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for field, words in self._missing(typed):
            self.add_error(field, ValidationError(words))
        return typed

    def _missing(self, typed: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        held = {name: typed.get(f"{name}") for name in typed}
        if not any(held.get(f"{part}_{side}") for part in ("question", "answer") for side in SIDES):
            yield "question_ko", _("Write the question in Korean or in English.")
            return
        for side in SIDES:
            question, answer = held.get(f"question_{side}"), held.get(f"answer_{side}")
            if answer and not question:
                yield f"question_{side}", _("Write the question to this answer.")
            if question and not answer:
                yield f"answer_{side}", _("Write the answer to this question.")

    @property
    def said(self) -> str:
        """All that was typed, for advice on its words."""
        names = (f"{part}_{side}" for side in SIDES for part in ("question", "answer"))
        return "\n".join(str(self.cleaned_data.get(name) or "") for name in names)


def of_article(article: KnowledgeArticle) -> dict[str, Any]:
    """The form as the article stands."""
    names = [f"{part}_{side}" for side in SIDES for part in ("question", "answer")]
    words = {name: getattr(article, name) for name in names}
    return {**words, "office": article.office_id, "seen": article.changed_at.isoformat()}


def of_answer(message: Message, reply: Reply) -> dict[str, Any]:
    """What the public page of an answered case says, masked, to be made good for everybody."""
    side = "en" if message.language == "en" else "ko"
    parts = [reply.masked_text]
    if reply.outcome == Outcome.DECLINED:
        parts += [reply.masked_reason, reply.masked_next_door, reply.masked_will_do]
    return {
        f"question_{side}": _short(" ".join(message.masked_text.split())),
        f"answer_{side}": mask("\n\n".join(part for part in parts if part))[:ANSWER],
        "office": message.office_id,
    }


def _short(text: str) -> str:
    """As long as a question may be, cut at a word."""
    return text if len(text) <= QUESTION else f"{text[: QUESTION - 1].rsplit(' ', 1)[0]}…"
