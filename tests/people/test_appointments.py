"""What somebody may do follows from the appointments of this moment alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from people import actions
from people.models import Appointment, Office, OfficeKind, Role, User
from tests.people.factories import (
    administrator,
    appoint,
    auditor,
    centre,
    centre_officer,
    head_of,
    make_office,
    make_user,
    mayors_office,
    officer_of,
    signed_in_client,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _bus() -> Office:
    return make_office("bus-policy")


# role in the office → acts for it, is staff, auditor, administrator
WHAT_A_ROLE_IS = [
    (Role.OFFICER, True, True, False, False),
    (Role.HEAD, True, True, False, False),
    (Role.AUDITOR, False, True, True, False),
    (Role.ADMINISTRATOR, False, True, False, True),
]


@pytest.mark.parametrize(("role", "acts", "staff", "audits", "administers"), WHAT_A_ROLE_IS)
def test_a_role_says_what_its_holder_is(
    role: str, acts: bool, staff: bool, audits: bool, administers: bool
) -> None:
    user = make_user()
    appoint(user, _bus(), role)

    assert user.holds(_bus()) is acts
    assert user.is_staff is staff
    assert user.is_auditor is audits
    assert user.is_administrator is administers
    assert not user.holds(make_office("sidewalks"))
    assert not user.holds(None)


# moments of beginning and end, in hours from now → whether the appointment holds
WHEN = [
    (-1, None, True),
    (-2, 1, True),
    (0, None, True),
    (1, None, False),
    (1, 2, False),
    (-2, -1, False),
    (-1, 0, False),
]


@pytest.mark.parametrize(("since", "until", "holds"), WHEN)
def test_an_appointment_holds_from_its_beginning_to_its_end(
    since: int, until: int | None, holds: bool
) -> None:
    user, now = make_user(), timezone.now()
    appoint(
        user, _bus(), since=now + since * HOUR, until=None if until is None else now + until * HOUR
    )

    assert user.holds(_bus()) is holds
    assert user.is_staff is holds


POSTS = st.lists(
    st.tuples(
        st.sampled_from(["bus-policy", "sidewalks", "social-media-centre", "mayor"]),
        st.sampled_from([role.value for role in Role]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=40)  # the database may be busy; time is not the question
@given(posts=POSTS)
def test_rights_are_the_sum_of_todays_posts_and_nothing_else(
    posts: list[tuple[str, str, bool]],
) -> None:
    user, now = make_user(), timezone.now()
    for slug, role, current in posts:
        until = None if current else now - HOUR
        appoint(user, make_office(slug), role, since=now - 2 * HOUR, until=until)

    today = [(slug, role) for slug, role, current in posts if current]
    acting = {slug for slug, role in today if role in (Role.OFFICER, Role.HEAD)}
    held = set(Office.objects.filter(pk__in=user.offices).values_list("slug", flat=True))
    assert held == acting
    assert user.is_staff == bool(today)
    assert user.is_at_centre == ("social-media-centre" in acting)
    assert user.is_in_mayors_office == ("mayor" in acting)
    assert user.is_auditor == any(role == Role.AUDITOR for _slug, role in today)
    assert user.is_administrator == any(role == Role.ADMINISTRATOR for _slug, role in today)


def test_somebody_barred_holds_nothing() -> None:
    user = officer_of(_bus(), is_active=False)

    assert not user.is_staff
    assert user.offices == []


def test_one_acts_in_the_name_of_the_office_in_charge_where_one_holds_it() -> None:
    user = officer_of(_bus())
    appoint(user, make_office("sidewalks"))

    assert user.acting_for(_bus()) == _bus()
    assert user.acting_for(make_office("sidewalks")) == make_office("sidewalks")
    assert centre_officer().acting_for(_bus()) == centre()
    assert make_user().acting_for(_bus()) is None


def test_the_posts_of_a_request_cost_one_query(django_assert_num_queries: Any) -> None:
    bus = _bus()
    user = head_of(bus)

    with django_assert_num_queries(1):
        assert user.holds(bus) or user.is_at_centre or user.is_auditor
        assert [post.office.name for post in user.posts]


@pytest.mark.parametrize("somebody", [make_user, centre_officer, auditor])
def test_only_an_administrator_appoints_and_relieves(somebody: Callable[[], User]) -> None:
    by = somebody()
    held = appoint(make_user(), _bus())

    with pytest.raises(PermissionDenied):
        actions.appoint(make_user(), office=_bus(), by=by)
    with pytest.raises(PermissionDenied):
        actions.relieve(held, by=by)


def test_relieving_ends_the_appointment_now_and_keeps_the_row() -> None:
    held = appoint(make_user(), _bus())

    actions.relieve(held, by=administrator())

    held.refresh_from_db()
    assert held.until is not None
    assert held.until <= timezone.now()
    assert Appointment.objects.filter(pk=held.pk).exists()


def test_relieving_ends_every_session_with_the_last_post_only() -> None:
    user = officer_of(_bus())
    second = appoint(user, make_office("sidewalks"))
    clients = [signed_in_client(user), signed_in_client(user)]

    actions.relieve(second, by=administrator())
    assert all(client.get("/admin/").status_code == 200 for client in clients)
    actions.relieve(user.appointments.current().get(), by=administrator())

    assert all(client.get("/me/").status_code == 302 for client in clients)


def test_there_is_only_one_centre_and_one_mayor() -> None:
    assert centre().kind == OfficeKind.CENTRE
    assert mayors_office().kind == OfficeKind.MAYOR
    assert Office.objects.centre() == centre()
