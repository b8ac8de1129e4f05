"""For tests about something else: a city that counts nobody and times no form."""

from datetime import timedelta

from channels_app import rules as numbers
from lifecycle import clock, rules
from lifecycle.models import Rule

LIMITS = (
    numbers.LIMIT_REPEATED,
    numbers.LIMIT_ALIKE,
    numbers.LIMIT_SESSION,
    numbers.LIMIT_CONTACT,
    numbers.LIMIT_REPORTS,
    numbers.LIMIT_REPORTS_OF_NETWORK,
    numbers.LIMIT_PHOTOS,
    numbers.LIMIT_PHOTOS_OF_NETWORK,
)


def lift() -> None:
    """From now on in this database, nothing is held for how much there is or how fast it came."""
    since = clock.now() - timedelta(days=1)
    values = {rule.name: 10**9 for rule in LIMITS} | {numbers.FORM_SECONDS.name: 0}
    Rule.objects.bulk_create(
        Rule(name=name, value=value, since=since, reason="of the test")
        for name, value in values.items()
    )
    rules.forget()
