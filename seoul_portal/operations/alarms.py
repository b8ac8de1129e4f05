"""What is late, by which number of the Rulebook: alarms by age only.

Whoever looks (the sweep `watch`, the page, /healthz) writes down what began and what is over; the
database lets one of them be first, and only that one writes the line in the log.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels_app.models import Account, AccountState, InboundEvent, Lane, Message
from channels_app.rules import REPORTED_WITHIN
from lifecycle import clock
from lifecycle.models import BACKUPS, Alarm, Seal, Upkeep, UpkeepKind
from lifecycle.rules import Declared
from seoul_portal import rules
from seoul_portal.operations import database, sweeps
from seoul_portal.operations.sweeps import Sweep, seconds_between

log = logging.getLogger(__name__)
HOUR, DAY = 3600.0, 86_400.0
OF_WORKERS = ("standstill", "silent")
WORDS: dict[str, str | Promise] = {
    "standstill": _("All workers stand still: no sweep was through in its time"),
    "silent": _("The sweep is silent"),
    "undone": _("Rows wait longer than they may"),
    "paused": _("The channel is paused: our sign-in is refused"),
    "unread": _("A mailbox or a feed could not be read"),
    "kept": _("What came in has waited too long for a person"),
    "transaction": _("A transaction of the database stays open"),
    "backup": _("There is no recent backup"),
    "drill": _("No backup was restored for practice lately"),
    "seal": _("The public record was not sealed lately"),
    "undecided": _("A held or reported message was not decided on by its date"),
}


@dataclass(frozen=True)
class Late:
    """One thing that is later than it may be."""

    kind: str
    of: str
    age: float
    most: float
    rule: Declared[int]

    @property
    def name(self) -> str:
        """As the log, /healthz and the runbook call it."""
        return f"{self.kind}:{self.of}" if self.of else self.kind

    @property
    def words(self) -> str | Promise:
        """What it is, in a sentence."""
        return WORDS[self.kind]


def silent(known: Iterable[Sweep]) -> list[Late]:
    """Sweeps that were not through in their time; one that never was, since the portal is there.

    Where none of them was through in the time of the quickest, the cause is one, and so is the
    alarm.
    """
    known = list(known)
    young = _age_of_portal(clock.now()) if any(one.age is None for one in known) else 0.0
    ages = {one.name: young if one.age is None else one.age for one in known}
    quickest = min((one.patience for one in known), default=0.0)
    newest = min(ages.values(), default=0.0)
    if len(known) > 1 and newest > quickest:
        return [Late("standstill", "", newest, quickest, rules.ALARM_SILENT)]
    return [
        Late("silent", one.name, ages[one.name], one.patience, rules.ALARM_SILENT)
        for one in known
        if ages[one.name] > one.patience
    ]


def all_late(known: Sequence[Sweep]) -> list[Late]:
    """Everything that is late now."""
    moment = clock.now()
    quiet = silent(known)
    # Where nothing moves at all, it says nothing more that everything waits.
    moving = [] if any(late.kind == "standstill" for late in quiet) else known
    undone = [
        Late("undone", one.name, one.undone, sweeps.longest(one.name), rules.ALARM_UNDONE)
        for one in moving
        if one.is_behind
    ]
    paused = [
        Late("paused", lane.channel, age, float(rules.ALARM_PAUSED.value()), rules.ALARM_PAUSED)
        for lane in Lane.objects.all()
        if (age := seconds_between(lane.paused_at, moment)) > rules.ALARM_PAUSED.value()
    ]
    paused += _accounts(moment)
    by_person = [*_kept(moment), *_undecided(moment)]
    found = [*quiet, *undone, *paused, *by_person, *_transaction()]
    return [*found, *_upkeep(moment), *_seal(moment)]


def _accounts(moment: datetime) -> list[Late]:
    """By number: what citizens call them stands on a page for officers."""
    most, found = float(rules.ALARM_PAUSED.value()), []
    for account in Account.objects.exclude(state=AccountState.OFF):
        since = account.paused_at if account.is_paused else account.unread_since
        age = seconds_between(since, moment) if since else 0.0
        if age > most:
            kind = "paused" if account.is_paused else "unread"
            found.append(Late(kind, f"account-{account.pk}", age, most, rules.ALARM_PAUSED))
    return found


def _kept(moment: datetime) -> list[Late]:
    """What nobody could make a message of, since the oldest of it came."""
    waiting = InboundEvent.objects.kept().order_by("received_at", "id")
    since = waiting.values_list("received_at", flat=True).first()
    age, most = seconds_between(since, moment) if since else 0.0, rules.ALARM_KEPT.value() * DAY
    return [Late("kept", "", age, most, rules.ALARM_KEPT)] if age > most else []


def note(found: Iterable[Late], *, kinds: Iterable[str] = WORDS) -> None:
    """Write down what began and what is over since somebody last looked; a line in the log each.

    `kinds` are those that were looked for: what nobody asked about is not over.
    """
    now = {one.name: one for one in found}
    ringing = {alarm.name: alarm for alarm in Alarm.objects.ringing()}
    for name, one in now.items():
        if name not in ringing and Alarm.begin(name):
            log.error("alarm: %s, %d s, may be %d s (%s)", name, one.age, one.most, one.rule.name)
    asked = set(kinds)
    for name, alarm in ringing.items():
        if name not in now and name.partition(":")[0] in asked and alarm.end():
            rang = seconds_between(alarm.began_at, clock.now())
            log.info("alarm over: %s, after %d s", name, rang)


def _age_of_portal(moment: datetime) -> float:
    """Seconds since its first migration; a restored one is as old as it was."""
    born = MigrationRecorder(connection).migration_qs.aggregate(at=Min("applied"))["at"]
    return seconds_between(born, moment) if born else 0.0


def _transaction() -> list[Late]:
    age, most = database.oldest_transaction(), float(rules.ALARM_TRANSACTION.value())
    return [Late("transaction", "", age, most, rules.ALARM_TRANSACTION)] if age > most else []


def _seal(moment: datetime) -> list[Late]:
    """It is sealed once a day even where nothing happens."""
    last, most = Seal.objects.newest(), rules.ALARM_SEAL.value() * HOUR
    age = seconds_between(last.at, moment) if last else _age_of_portal(moment)
    return [Late("seal", "", age, most, rules.ALARM_SEAL)] if age > most else []


def _undecided(moment: datetime) -> list[Late]:
    """Since the oldest date: the days until it were counted when it was set."""
    due = Message.objects.undecided().aggregate(at=Min("publication_due_at"))["at"]
    age = seconds_between(due, moment) if due else 0.0
    return [Late("undecided", "", age, 0.0, REPORTED_WITHIN)] if age else []


def _upkeep(moment: datetime) -> list[Late]:
    """Backups and drills; a young portal has until its first one would be late."""
    found = []
    since = moment - timedelta(seconds=_age_of_portal(moment))
    for kind, kinds, rule, unit in (
        ("backup", BACKUPS, rules.ALARM_BACKUP, HOUR),
        ("drill", (UpkeepKind.DRILL,), rules.ALARM_DRILL, DAY),
    ):
        last = Upkeep.objects.latest_good(*kinds)
        most = rule.value() * unit
        if (age := seconds_between(last.at if last else since, moment)) > most:
            found.append(Late(kind, "", age, most, rule))
    return found
