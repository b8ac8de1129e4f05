"""Every state in which somebody can stand before a door for officers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from people import middleware
from people.models import Appointment
from tests.people.factories import (
    administrator,
    appoint,
    auditor,
    centre_officer,
    enrol_totp,
    make_office,
    make_user,
    officer_of,
    signed_in_client,
)

pytestmark = pytest.mark.django_db
DOORS = ["/admin/", "/en/admin/", "/admin/people/user/", "/admin/triage/", "/admin/nothing/here/"]


def _leads_to(page: Any) -> str:
    return str(page.headers.get("Location", "")).partition("?")[0]


@pytest.mark.parametrize("door", [*DOORS, "/admin", "/admin/login/", "/admin/logout/"])
def test_nobody_is_sent_to_sign_in_and_back(door: str, client: Client) -> None:
    page = client.get(door)

    assert page.status_code == 302
    assert page.headers["Location"].endswith(f"/accounts/login/?next={door}")


@pytest.mark.parametrize("door", DOORS)
def test_a_citizen_is_refused(door: str) -> None:
    page = signed_in_client(make_user()).get(door)

    assert page.status_code == 403


@pytest.mark.parametrize("door", DOORS)
def test_an_officer_without_a_second_factor_gets_to_enrolling_only(door: str) -> None:
    client = signed_in_client(centre_officer(), second_factor=False)

    page = client.get(door, follow=True)

    assert page.redirect_chain[0][0].endswith("/accounts/2fa/totp/activate/")
    assert "messages" in page.context
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


@pytest.mark.parametrize("door", DOORS)
def test_an_officer_who_has_not_used_the_factor_in_this_session_is_asked_for_it(door: str) -> None:
    user = centre_officer()
    enrol_totp(user)

    page = signed_in_client(user, second_factor=False).get(door)

    assert _leads_to(page).endswith("/accounts/2fa/reauthenticate/")
    assert page.headers["Location"].endswith(f"?next={door}")


def test_who_has_only_a_passkey_is_asked_for_the_passkey() -> None:
    user = centre_officer()
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})

    page = signed_in_client(user, second_factor=False).get("/admin/")

    assert _leads_to(page) == "/accounts/2fa/webauthn/reauthenticate/"


@pytest.mark.parametrize("somebody", [administrator, auditor, centre_officer])
def test_an_officer_with_a_used_factor_comes_in(somebody: Any) -> None:
    assert signed_in_client(somebody()).get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_enrolled_factor() -> None:
    user = centre_officer()
    RecoveryCodes.activate(user)

    page = signed_in_client(user, second_factor=False).get("/admin/")

    assert _leads_to(page) == "/accounts/2fa/totp/activate/"


def test_a_used_recovery_code_opens_the_door() -> None:
    user = centre_officer()
    enrol_totp(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    client = signed_in_client(user, second_factor=False)

    page = client.post("/accounts/2fa/reauthenticate/", {"code": code, "next": "/admin/"})

    assert page.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_factor_that_was_removed_no_longer_counts() -> None:
    user = centre_officer()
    client = signed_in_client(user)

    Authenticator.objects.filter(user=user).delete()

    assert _leads_to(client.get("/admin/")) == "/accounts/2fa/totp/activate/"


def test_the_factor_of_another_person_does_not_count() -> None:
    user, other = centre_officer(), centre_officer()
    enrol_totp(user)
    client = signed_in_client(user, second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "id": enrol_totp(other).pk, "type": "totp", "at": 0}
    ]
    session.save()

    assert _leads_to(client.get("/admin/")) == "/accounts/2fa/reauthenticate/"


def test_an_expired_appointment_ends_the_session_at_its_next_use() -> None:
    user = officer_of(make_office("bus-policy"))
    client = signed_in_client(user)
    assert client.get("/admin/").status_code == 200
    key = client.session.session_key

    Appointment.objects.filter(user=user).update(until=timezone.now())

    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[0][0] == "/accounts/login/?next=/admin/"
    assert not Session.objects.filter(session_key=key).exists()
    assert len(page.context["messages"]) == 1


def test_the_session_of_a_former_officer_ends_on_any_page_that_asks_who_it_is() -> None:
    user = officer_of(make_office("bus-policy"))
    client = signed_in_client(user)
    client.get("/admin/")

    Appointment.objects.filter(user=user).update(until=timezone.now())

    assert client.get("/me/").status_code == 302
    assert not Session.objects.exists()


def test_thirty_idle_minutes_sign_an_officer_out() -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False) as now:
        client = signed_in_client(centre_officer())
        assert client.get("/admin/").status_code == 200

        now.shift(timedelta(minutes=30))
        assert client.get("/admin/").status_code == 200
        now.shift(timedelta(minutes=30, seconds=1))

        assert _leads_to(client.get("/admin/")) == "/accounts/login/"
        assert not Session.objects.exists()


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in() -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False) as now:
        client = signed_in_client(centre_officer())
        client.get("/admin/")
        pages = []

        for _minute in range(31):
            now.shift(timedelta(minutes=1))
            pages.append(client.get("/admin/", headers={"Sec-Fetch-Dest": "empty"}))

    assert [page.status_code for page in pages[:30]] == [200] * 30
    assert _leads_to(pages[30]) == "/accounts/login/"


def test_presence_is_written_once_a_minute() -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False) as now:
        client = signed_in_client(centre_officer())
        seen = []
        for _twenty_seconds in range(5):
            client.get("/admin/")
            seen.append(client.session[middleware.SEEN])
            now.shift(timedelta(seconds=20))

    assert len(set(seen)) == 2


def test_a_citizen_is_not_signed_out_for_being_idle() -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False) as now:
        client = signed_in_client(make_user())
        client.get("/me/")
        now.shift(timedelta(days=1))

        assert client.get("/me/").status_code == 200


def test_a_form_sent_after_sign_out_gives_back_what_was_typed(client: Client) -> None:
    page = client.post("/admin/case/S-2026-000001/answer/", {"answer": "내일 고칩니다"})

    assert page.status_code == 403
    assert "내일 고칩니다" in page.content.decode()


def test_public_pages_ask_neither_session_nor_user(django_assert_num_queries: Any) -> None:
    client = signed_in_client(centre_officer())
    client.get("/admin/")

    with django_assert_num_queries(0):
        assert client.get("/accessibility/").status_code == 200


def test_a_new_post_opens_the_door_in_a_running_session() -> None:
    user = make_user()
    client = signed_in_client(user)
    assert client.get("/admin/").status_code == 403

    appoint(user, make_office("bus-policy"))

    assert client.get("/admin/").status_code == 200
