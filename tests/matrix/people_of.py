"""One of each: the people whose rights the tables speak of."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from people.models import Office, OfficeKind, User
from tests.people import factories as people


@dataclass(frozen=True)
class Town:
    """Two offices, and somebody for every role; `roads` is in charge once a voice is routed."""

    roads: Office
    water: Office
    users: dict[str, User]


ROLES = (
    "citizen",  # with an account
    "centre",  # an officer of the Social Media Centre
    "jun",  # an officer of the office in charge
    "head",  # its head
    "sora",  # an officer of another office
    "borough",  # an officer of a borough
    "mayor",  # of the mayor's office
    "auditor",
    "administrator",
    "relieved",  # was an officer of the office in charge until yesterday
    "coming",  # will be one from tomorrow on
)
# Those who may not even see the officers' doors.
OUTSIDE = {"citizen", "relieved", "coming"}


def build_town() -> Town:
    """Everybody, freshly appointed."""
    people.centre()
    roads = people.make_office("roads-of-the-test")
    users = {
        "citizen": people.make_user(),
        "centre": people.centre_officer(),
        "jun": people.officer_of(roads),
        "head": people.head_of(roads),
        "sora": people.officer_of(people.make_office("water-of-the-test")),
        "borough": people.officer_of(people.make_office("borough-of-the-test", OfficeKind.BOROUGH)),
        "mayor": people.mayors_officer(),
        "auditor": people.auditor(),
        "administrator": people.administrator(),
        "relieved": people.make_user(),
        "coming": people.make_user(),
    }
    now, day = timezone.now(), timedelta(days=1)
    people.appoint(users["relieved"], roads, since=now - 9 * day, until=now - day)
    people.appoint(users["coming"], roads, since=now + day)
    return Town(roads, people.make_office("water-of-the-test"), users)
