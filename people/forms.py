"""What people type to come in: allauth's forms, in our words and for our keyboards."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    FormMixin = forms.Form
else:
    FormMixin = object

NAME_OF_KEY = _("Name of the key, for example “my phone”")


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """One page for both ways: with a password, or without one by a code in a mail."""

    def _setup_password_field(self) -> None:
        """Sign-up asks for no password, so allauth would drop the field here."""
        password = self.fields["password"]
        password.required = False
        password.help_text = format_html(
            "{} {}",
            _("Leave it empty and we send you a code by mail."),
            password.help_text,
        )


class SignupForm(account.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A mail address is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trap = self.fields["website"]
        trap.label = _("Leave this field empty")
        # The original hides it by an inline style, which our policy forbids.
        trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})


class DigitsMixin(FormMixin):
    """A code of digits: the phone shows the keys for digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of digits")
        self.fields["code"].widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        )


class LoginCodeForm(DigitsMixin, account.ConfirmLoginCodeForm):  # type: ignore[misc]  # no types
    """The code from the sign-in mail."""


class MailCodeForm(DigitsMixin, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # no types
    """The code that shows whose address it is."""


class ResetCodeForm(DigitsMixin, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]  # no types
    """The code that opens the way to a new password."""


class FactorForm(DigitsMixin, mfa.AuthenticateForm):  # type: ignore[misc]  # no types
    """The second factor at sign-in: from the app, or a recovery code."""


class FactorAgainForm(DigitsMixin, mfa.ReauthenticateForm):  # type: ignore[misc]  # no types
    """The second factor before something that matters."""


class EnrolAppForm(DigitsMixin, ActivateTOTPForm):  # type: ignore[misc]  # no types
    """The first code of a new authenticator app."""


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A key or phone that proves who holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME_OF_KEY
        self.fields["passwordless"].label = _("Let me sign in with this key alone")
        self.fields["passwordless"].help_text = _(
            "The key then asks for your finger, face or PIN every time."
        )


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """The name by which its owner knows a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME_OF_KEY
