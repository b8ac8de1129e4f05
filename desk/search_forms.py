"""What officers type to find everything of one person."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels_app.forms import read_contact


class PersonForm(forms.Form):
    """An address or a mobile number; it is compared by its keyed index only."""

    address = forms.CharField(
        label=_("Mail address or mobile number"),
        help_text=_("You see all messages that came with it. Each one is noted as read by you."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the address or the number.")},
    )

    def clean_address(self) -> tuple[str, str]:
        """(kind, address). Raises ValidationError."""
        contact = read_contact(self.cleaned_data["address"])
        if contact is None:
            raise ValidationError(self.fields["address"].error_messages["required"])
        return contact
