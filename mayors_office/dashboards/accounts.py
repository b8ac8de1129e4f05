"""Is one account of the city broken? For the mayor's office alone."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Account, AccountState
from lifecycle import clock
from mayors_office.dashboards import words
from mayors_office.dashboards.look import Look
from mayors_office.dashboards.panel import Cell, Panel, Row
from mayors_office.dashboards.reading import Reading


def by_account(reading: Reading) -> Panel:
    """The last message of every account, and when it was last read; the unread ones first."""
    found = list(Account.objects.exclude(state=AccountState.OFF))
    found.sort(key=_is_read)
    return Panel(
        slug="accounts",
        heading=_("Is one account broken?"),
        finding=_finding(found, reading.look),
        of=_("Account"),
        columns=(_("Network"), _("The last message"), _("Last read")),
        rows=[_row(account, reading.look) for account in found],
        notes=[_("Red: can't be read, or nothing came today. Those switched off are left out.")],
    )


def _row(account: Account, look: Look) -> Row:
    return Row(
        account.handle,
        [
            Cell(str(account.get_network_display())),
            _moment(account.last_message_at),
            _moment(account.last_ok_at),
        ],
        state="" if _is_read(account) and _is_heard(account, look) else "late",
    )


def _finding(found: Sequence[Account], look: Look) -> str:
    if not found:
        return _("No account is connected.")
    unread = [account.handle for account in found if not _is_read(account)]
    if unread:
        return ngettext(
            "%(number)d of %(count)d accounts can't be read: %(names)s.",
            "%(number)d of %(count)d accounts can't be read: %(names)s.",
            len(unread),
        ) % {"number": len(unread), "count": len(found), "names": words.listed(unread)}
    heard = sum(_is_heard(account, look) for account in found)
    return _("Every account is read; something came today by %(heard)d of %(count)d.") % {
        "heard": heard,
        "count": len(found),
    }


def _is_read(account: Account) -> bool:
    """Its server lets us in, and answered the last time."""
    return account.is_open and not account.failures


def _is_heard(account: Account, look: Look) -> bool:
    last = account.last_message_at
    return last is not None and clock.seoul(last).date() == look.today


def _moment(at: datetime | None) -> Cell:
    if at is None:
        return Cell(_("never"), value="")
    return Cell(words.moment(at), value=clock.seoul(at).isoformat(timespec="minutes"))
