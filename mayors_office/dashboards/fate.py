"""Do we deliver? Every message is in exactly one line, and the lines add up to all of them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mayors_office.dashboards.panel import Cell, Panel, Row, bars, counted, grouped, percent
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined

# State → the view of the wall that shows it.
VIEWS = {
    "replied": "replied",
    "at_work": "at_work",
    "routed": "routed",
    "received": "received",
    "answered": "leaving",
    "joined": "joined",
    "taken_up": "taken_up",
}
STILL_OPEN = ("received", "routed", "at_work", "answered")


def by_state(reading: Reading) -> Panel:
    """What has become of what came in within the period."""
    shown, hidden = reading.total(), reading.total(shown=False)
    everything = shown["came"] + hidden["came"]
    lines = [
        (words, shown[state], reading.look.came(VIEWS[state])) for state, words in _words().items()
    ]
    unseen = hidden["came"] - hidden["set_aside"]
    lines += [
        (_("Only the office may read it, or it is not shown"), unseen, ""),
        (_("Set aside: it gets no answer"), hidden["set_aside"], ""),
    ]
    lengths = bars([number for _words_, number, _url in lines])
    return Panel(
        slug="fate",
        heading=_("Do we deliver?"),
        finding=_finding(shown, everything),
        of=_("Where it stands now"),
        columns=(_("Messages"), _("Share")),
        rows=[
            Row(words, [counted(number, url), Cell(percent(number, everything))], bar=length)
            for (words, number, url), length in zip(lines, lengths, strict=True)
        ],
        sums=Row(
            _("All that came in"),
            [counted(everything), Cell(percent(everything, everything))],
        ),
        notes=[_("What only the office may read is counted here, but nobody else can open it.")],
    )


def _words() -> dict[str, str]:
    return {
        "replied": _("Answered"),
        "at_work": _("Promised, at work"),
        "routed": _("With the office"),
        "received": _("Received, not with an office yet"),
        "answered": _("Answer is leaving"),
        "joined": _("Joined to the same matter"),
        "taken_up": _("Taken up as a suggestion"),
    }


def _finding(shown: dict[str, int], everything: int) -> str:
    if not everything:
        return _("Nothing came in during this time.")
    first = ngettext(
        "Of %(all)s message that came in, everyone may read %(shown)s",
        "Of %(all)s messages that came in, everyone may read %(shown)s",
        everything,
    ) % {"all": grouped(everything), "shown": grouped(shown["came"])}
    second = _("%(done)s of these are answered and %(open)s still wait") % {
        "done": grouped(shown["replied"]),
        "open": grouped(sum(shown[state] for state in STILL_OPEN)),
    }
    return joined(first, second)
