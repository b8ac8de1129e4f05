"""Where do people talk to us? And is one of these channels broken?"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Channel
from lifecycle import clock
from mayors_office.dashboards import words
from mayors_office.dashboards.look import Look
from mayors_office.dashboards.panel import Cell, Panel, Row, bars, counted, grouped, percent
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import against, joined


def by_channel(reading: Reading) -> Panel:
    """Public messages by channel, their share, and the period before."""
    look, now, then = reading.look, _came(reading, "now"), _came(reading, "before")
    known = sorted({*now, *then}, key=lambda name: (-now.get(name, 0), name))
    lengths = bars([now.get(name, 0) for name in known])
    everything, before = sum(now.values()), sum(then.values())
    rows = [
        Row(
            str(Channel(name).label),
            _cells(look, now.get(name, 0), then.get(name, 0), everything, channel=name),
            bar=length,
        )
        for name, length in zip(known, lengths, strict=True)
    ]
    return Panel(
        slug="channels",
        heading=_("Where do people talk to us?"),
        finding=_finding(look, now, before),
        of=_("Channel"),
        columns=(_("Messages"), _("Share"), _("Against before")),
        rows=rows,
        sums=Row(_("All channels"), _cells(look, everything, before, everything)),
        notes=_not_shown(reading),
    )


def _came(reading: Reading, period: str) -> dict[str, int]:
    return {
        channel: numbers["came"]
        for (name, channel, shown), numbers in reading.by_channel.items()
        if name == period and shown and numbers["came"]
    }


def _cells(look: Look, now: int, then: int, everything: int, **more: Any) -> list[Cell]:
    return [
        counted(now, look.came(**more)),
        Cell(percent(now, everything)),
        Cell(words.change(now, then)),
    ]


def _finding(look: Look, now: dict[str, int], before: int) -> str:
    everything = sum(now.values())
    if not everything:
        return joined(_("Nobody has said anything in public"), against(0, before, look.days))
    most = max(now, key=lambda name: now[name])
    first = ngettext(
        "%(all)s public message came in, by “%(channel)s” (%(share)s)",
        "%(all)s public messages came in, the largest part by “%(channel)s” (%(share)s)",
        everything,
    ) % {
        "all": grouped(everything),
        "channel": Channel(most).label,
        "share": percent(now[most], everything),
    }
    return joined(first, against(everything, before, look.days))


def _not_shown(reading: Reading) -> list[str]:
    more = reading.total(shown=False)["came"]
    words_ = ngettext(
        "%(more)s more message came that only the office may read, or that is not shown.",
        "%(more)s more messages came that only the office may read, or that are not shown.",
        more,
    )
    return [words_ % {"more": grouped(more)}] if more else []


def pulse(reading: Reading) -> Panel:
    """The last message of every channel; a day without one is red."""
    found = reading.last_by_channel
    rows = [_pulse_row(reading.look, name, *found.get(name, (None, 0))) for name in Channel.values]
    silent = [row.head for row in rows if row.state]
    return Panel(
        slug="pulse",
        heading=_("Is one channel broken?"),
        finding=_pulse_finding(len(rows), silent),
        of=_("Channel"),
        columns=(_("Public ones today"), _("The last message")),
        rows=rows,
        notes=[_("The last message is of all, also of those that only the office may read.")],
    )


def _pulse_row(look: Look, name: str, last: Any, today: int) -> Row:
    heard_today = last is not None and clock.seoul(last).date() == look.today
    return Row(
        str(Channel(name).label),
        [
            counted(today, look.wall("today", channel=name)),
            Cell(
                _moment(last), value=clock.seoul(last).isoformat(timespec="minutes") if last else ""
            ),
        ],
        state="" if heard_today else "late",
    )


def _moment(last: datetime | None) -> str:
    return _("none in a year") if last is None else words.moment(last)


def _pulse_finding(count: int, silent: list[str]) -> str:
    if not silent:
        return _("Something came by every channel today.")
    return ngettext(
        "Nothing came today by %(number)d of %(count)d channels: %(names)s.",
        "Nothing came today by %(number)d of %(count)d channels: %(names)s.",
        len(silent),
    ) % {"number": len(silent), "count": count, "names": words.listed(silent)}
