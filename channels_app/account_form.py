"""What an administrator types about an account with a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app import networks, sealing
from channels_app.models import Account, AccountState
from lifecycle import clock


class AccountForm(forms.ModelForm[Account]):
    """The secret is typed and never shown again; left empty it stays what it was."""

    secret = forms.CharField(
        label=_("Password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "vTextField"}),
        help_text=_(
            "It is kept encrypted and never shown. Leave it empty to keep the one we have."
        ),
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (AccountState.ACTIVE, AccountState.ACTIVE.label),
            (AccountState.OFF, AccountState.OFF.label),
        ],
        help_text=_("Saving an open account has it read at once, also after it was paused."),
    )

    class Meta:
        model = Account
        fields = ("network", "handle", "office", "address", "sign_in", "vouched_by", "state")
        help_texts = {
            "handle": _("The mail address people write to, or how officers call the feed."),
            "address": _(
                "A mailbox: imaps://mail.example.org/INBOX, or imap:// for a line that is"
                " encrypted after its start. A feed: https://example.org/feed.xml."
            ),
            "vouched_by": _(
                "The name your mail server gives itself in Authentication-Results. Whom it vouches"
                " for gets answers without confirming the address first. Empty: nobody."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "state" in self.fields and self.instance.is_paused:
            self.initial["state"] = AccountState.ACTIVE

    def clean(self) -> dict[str, Any]:
        """Where it stands can be understood. Raises ValidationError under the address."""
        typed = super().clean() or {}
        if "network" in typed and "address" in typed:
            trial = Account(
                network=typed["network"],
                address=typed["address"],
                sign_in=typed.get("sign_in", ""),
            )
            try:
                networks.reach(trial)
            except forms.ValidationError as problem:
                self.add_error("address", problem)
        return typed

    def save(self, commit: bool = True) -> Account:
        """The secret sealed; the account is read at once, from where it was read last."""
        account = self.instance
        if self.cleaned_data.get("secret"):
            account.sealed = sealing.seal(self.cleaned_data["secret"])
        account.why, account.failures = "", 0
        account.paused_at = account.try_at = account.lease_until = None
        account.next_at = clock.now()
        if account.pk and {"address", "sign_in"} & set(self.changed_data):
            account.checkpoints.all().delete()  # another mailbox is read from its beginning
        saved: Account = super().save(commit)
        return saved
