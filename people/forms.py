"""What people type to come in: allauth's forms, in our words and for our keyboards."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
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
MISSING = {
    EmailField: _("Write your mail address."),
    PasswordField: _("Type your password."),
    SetPasswordField: _("Choose a password."),
}


class PlainMixin(FormMixin):
    """No example stands in a field, where it looks like an answer; what is missing has words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if words := MISSING.get(type(field)):
                field.error_messages["required"] = words


class DigitsMixin(FormMixin):
    """A code of digits: the phone shows the keys for digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of digits")
        code.error_messages["required"] = _("Type the code.")
        code.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        )


class LoginForm(PlainMixin, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
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


class SignupForm(PlainMixin, account.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A mail address is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trap = self.fields["website"]
        trap.label = _("Leave this field empty")
        # The original hides it by an inline style, which our policy forbids.
        trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})


def _with(mixin: type, form: Any) -> Any:
    """allauth's form with one of the manners above."""
    return type(form.__name__, (mixin, form), {"__doc__": form.__doc__, "__module__": __name__})


RequestCodeForm = _with(PlainMixin, account.RequestLoginCodeForm)
ResetForm = _with(PlainMixin, account.ResetPasswordForm)
NewPasswordForm = _with(PlainMixin, account.ResetPasswordKeyForm)
SetPasswordForm = _with(PlainMixin, account.SetPasswordForm)
ChangePasswordForm = _with(PlainMixin, account.ChangePasswordForm)
PasswordAgainForm = _with(PlainMixin, account.ReauthenticateForm)
AddressForm = _with(PlainMixin, account.AddEmailForm)
OtherAddressForm = _with(PlainMixin, account.ChangeEmailForm)

LoginCodeForm = _with(DigitsMixin, account.ConfirmLoginCodeForm)
MailCodeForm = _with(DigitsMixin, account.ConfirmEmailVerificationCodeForm)
ResetCodeForm = _with(DigitsMixin, account.ConfirmPasswordResetCodeForm)
FactorForm = _with(DigitsMixin, mfa.AuthenticateForm)
FactorAgainForm = _with(DigitsMixin, mfa.ReauthenticateForm)
EnrolAppForm = _with(DigitsMixin, ActivateTOTPForm)


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
