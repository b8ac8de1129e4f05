"""Nothing leaves before the officer has seen it as everyone will: the second press sends it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ReadFirst(forms.Widget):
    """The words as everyone will read them; nothing to see until there are any."""

    template_name = "desk/ideas/read_first.html"
    use_fieldset = True
    shown: tuple[str, Mapping[str, Any]] | None = None
    digest = ""

    @property
    def is_hidden(self) -> bool:
        """Before the first press."""
        return self.shown is None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the page's own template and what it names."""
        context = super().get_context(name, value, attrs)
        if self.shown is not None:
            context |= {"template": self.shown[0], "digest": self.digest, **self.shown[1]}
        return context


class ReadFirstField(forms.CharField):
    """Which words its officer has seen, as a digest."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("As everyone will read it"), widget=ReadFirst)

    def clean(self, value: Any) -> str:
        """Before the first press there is nothing yet; the form itself asks for it then."""
        return str(value or "")


def asks_to_read(form: forms.Form, template: str, needs: Mapping[str, Any], *words: object) -> str:
    """A sentence where these words were not seen yet, and the form shows them; else nothing.

    The form's field `seen` is a ReadFirstField.
    """
    widget: Any = form.fields["seen"].widget
    said = json.dumps([str(word) for word in words], ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    if form.cleaned_data.get("seen") == digest:
        return ""
    widget.shown, widget.digest = (template, needs), digest
    return _("Nothing is sent yet. Read it below as everyone will, then press once more.")
