"""One act that the officers' page of a suggestion offers: a button, a form, whose it is, and when.

Each area of a suggestion's life lists its own in a module beside this one, as `OFFERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.functional import Promise

from people.models import User
from suggestions.models import Suggestion


class IdeaForm(forms.Form):
    """An act on one suggestion as its page showed it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    suggestion: Suggestion | None = None
    user: User | None = None
    asks = ""  # a question that the next press of the same button answers with yes

    def about(self, suggestion: Suggestion, user: User) -> Self:
        """On which suggestion, and who asks."""
        self.suggestion, self.user = suggestion, user
        return self


@dataclass(frozen=True)
class Offer:
    """`act` does it with what was typed and returns the sentence shown afterwards.

    `name` stands in the address, `words` on the button, `hint` beside it. `is_theirs` asks whether
    it is this officer's at all, `is_time` whether it can be done now. `goes_on`: the officer is
    done with it, and the next of the list opens; `is_hard`: it takes something away.
    """

    name: str
    words: str | Promise
    form: type[IdeaForm]
    is_theirs: Callable[[Suggestion, User], bool]
    is_time: Callable[[Suggestion], bool]
    act: Callable[[Suggestion, dict[str, Any], User], str]
    hint: str | Promise = ""
    goes_on: bool = False
    is_hard: bool = False
