"""Personal data in a person's own words, named in words a person understands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.text.masking import found_in

WORDS: dict[str, str | Promise] = {
    "registration": _("a registration number"),
    "phone": _("a phone number"),
    "card": _("a card number"),
    "account": _("a bank account"),
    "business": _("a business number"),
    "licence": _("a driver's licence number"),
    "passport": _("a passport number"),
    "plate": _("a vehicle plate"),
    "address": _("the address of a home"),
    "mail": _("an e-mail address"),
    "name": _("a name"),
}


def kinds_in(text: str) -> list[str | Promise]:
    """What of it we cover in public, for the person who wrote it; nothing if there is nothing."""
    return [WORDS[kind] for kind in found_in(text)]
