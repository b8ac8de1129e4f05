"""A deed in words: what was done, to how many, and what was left as it is."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from channels_app.models import Message
from desk.models import Deed, Verb

WHY: Mapping[str, str | Promise] = {
    "overtaken": gettext_lazy("somebody was faster"),
    "not_yours": gettext_lazy("it is not yours to decide"),
    "wrong_turn": gettext_lazy("this is not possible with it now"),
}


def sentence(deed: Deed) -> str:
    """What was done, with the numbers of all that it was done to."""
    count = len(deed.done)
    if count == 1:
        message = Message.objects.select_related("office", "lead").get(pk=deed.done[0]["pk"])
        return _of_one(deed.verb, message)
    words = {
        Verb.ROUTE: ngettext(
            "%(count)d message was given to its office.",
            "%(count)d messages were given to their office.",
            count,
        ),
        Verb.HAND_BACK: ngettext(
            "%(count)d message went back to the centre.",
            "%(count)d messages went back to the centre.",
            count,
        ),
        Verb.SET_ASIDE: ngettext(
            "%(count)d message is set aside.", "%(count)d messages are set aside.", count
        ),
        Verb.JOIN: ngettext(
            "%(count)d message is joined.", "%(count)d messages are joined.", count
        ),
    }
    codes = ", ".join(row["code"] for row in deed.done)
    return f"{words[Verb(deed.verb)] % {'count': count}} ({codes})"


def left_out(deed: Deed) -> list[tuple[str, str | Promise]]:
    """The number of each message that was left as it is, and why."""
    return [(row["code"], WHY[row["why"]]) for row in deed.refused]


def _of_one(verb: str, message: Message) -> str:
    named = {"code": message, "office": message.office, "lead": message.lead}
    match verb:
        case Verb.ROUTE if message.status == "received":
            return (
                _("%(code)s went to the centre: offices have given it away as often as they may.")
                % named
            )
        case Verb.ROUTE:
            return _("%(code)s now lies with %(office)s.") % named
        case Verb.HAND_BACK:
            return _("%(code)s went back to the centre.") % named
        case Verb.JOIN:
            return _("%(code)s is joined to %(lead)s.") % named
    return _("%(code)s is set aside.") % named
