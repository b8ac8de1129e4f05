"""What somebody looks for: the words and the filters, as they stand in the address."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from channels_app import tallies
from channels_app.forms import RECEIPT, WordsField
from channels_app.models import Message, PassageKind
from channels_app.models.message_rows import MessageQuerySet
from channels_app.models.passages import trait
from channels_app.searching import Asked
from channels_app.text.finding import words_of
from channels_app.wall_form import FIRST_YEAR, NarrowForm
from lifecycle import clock
from people.models import User

NUMBER = re.compile(r"(?:(\d{4})\D)?0*(\d{1,12})")
STATES = [("open", _("Waiting for an answer")), ("answered", _("Answered"))]
FILTERS = ("what", "kind", "state", "office", "borough", "channel", "since")


class SearchForm(NarrowForm):
    """Words and filters by GET; every one may stay empty."""

    field_order = ("q", *FILTERS)
    q = WordsField(
        label=_("What are you looking for?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "aria-describedby": "search-hint"}),
        error_messages={"max_length": _("Write fewer words: at most 200 characters.")},
    )
    what = forms.ChoiceField(label=_("Whose words"), required=False, choices=[])
    state = forms.ChoiceField(label=_("Where it stands"), required=False, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("what", [("", _("All")), *PassageKind.choices])
        self._offer("state", [("", _("All")), *STATES])

    @property
    def typed(self) -> str:
        """What was typed, with plain digits and letters; nothing where it was too long."""
        typed: str = unicodedata.normalize("NFKC", self.cleaned_data.get("q", "")).strip()
        return typed

    @property
    def code(self) -> str:
        """A whole receipt number, however it was typed; "" for anything else."""
        found = RECEIPT.fullmatch(self.typed)
        return f"S-{found[1]}-{int(found[2]):06d}" if found else ""

    def of_number(self, messages: MessageQuerySet) -> Message | None:
        """Which of these "4127" or "2026 4127" may mean; numbers run on from year to year."""
        found = NUMBER.fullmatch(self.typed)
        if found is None:
            return None
        years = [found[1]] if found[1] else range(FIRST_YEAR, clock.seoul().year + 1)
        codes = [f"S-{year}-{int(found[2]):06d}" for year in years]
        return messages.filter(code__in=codes).first()

    def asked(self, *, user: User | None = None) -> Asked:
        """The question to the index."""
        typed = self.cleaned_data
        chosen = {name: typed[name] for name in ("what", "kind", "state", "channel")}
        offices = {name: self.office_of(name) for name in ("office", "borough")}
        chosen |= {name: one.pk for name, one in offices.items() if one}
        return Asked(
            words=words_of(typed["q"]),
            traits=[trait(name, value) for name, value in chosen.items() if value],
            since=tallies.start_of(typed["since"]) if typed["since"] else None,
            user=user,
        )

    @property
    def is_narrowed(self) -> bool:
        """Something besides the words is chosen."""
        return any(self.cleaned_data[name] for name in FILTERS)

    @property
    def query(self) -> str:
        """Words and filters as an address carries them."""
        return urlencode({name: self.data[name] for name in ("q", *FILTERS) if self.data.get(name)})
