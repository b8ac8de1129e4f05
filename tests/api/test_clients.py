"""Who lets an app in: the command and the administrators' page; its token is shown once."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from channels_app import actions
from channels_app.models import ApiClient, Message
from tests.api.callers import Caller, make_caller, message_of, problem_of
from tests.pages.html import read
from tests.people import factories as people

pytestmark = pytest.mark.django_db
LIST = "/admin/channels_app/apiclient/"
TOKEN = re.compile(r"<code>([\w-]{43})</code>")


@pytest.fixture
def admin() -> Client:
    """An administrator before the records."""
    people.centre()
    return people.signed_in_client(people.administrator())


def test_the_command_prints_a_token_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    office = people.centre()

    call_command("make_api_client", "Seoul Walks", office=office.slug, rate=7)

    client = ApiClient.objects.get()
    token = capsys.readouterr().out.split()[-1]
    assert (client.name, client.office, client.rate) == ("Seoul Walks", office, 7)
    assert token not in client.token_digest
    assert Caller(token).send().status_code == 201


@pytest.mark.parametrize(
    "wrong", [{"office": "nowhere"}, {"rate": -1}], ids=["unknown office", "rate below zero"]
)
def test_the_command_says_what_is_wrong(wrong: dict[str, object]) -> None:
    with pytest.raises(CommandError):
        call_command("make_api_client", "Seoul Walks", **wrong)

    assert not ApiClient.objects.exists()


def test_a_name_is_given_once() -> None:
    call_command("make_api_client", "Seoul Walks")

    with pytest.raises(CommandError, match=r"."):
        call_command("make_api_client", "Seoul Walks")


def test_an_administrator_makes_an_app_and_sees_its_token_once(admin: Client) -> None:
    typed = {"name": "Seoul Walks", "scopes": ["send"], "rate": "60", "active": "on"}
    page = admin.post(f"{LIST}add/", typed)

    found = TOKEN.findall(page.content.decode())
    assert (page.status_code, len(found)) == (200, 1)
    assert "no-store" in page["Cache-Control"]
    assert ApiClient.objects.get().scopes == ["send"]
    assert Caller(found[0]).send().status_code == 201
    for path in (LIST, f"{LIST}{ApiClient.objects.get().pk}/change/"):
        assert found[0] not in admin.get(path).content.decode()


def test_a_renewed_token_ends_the_old_one(admin: Client) -> None:
    client, old = actions.make_client("Seoul Walks", by=None)

    page = admin.post(LIST, {"action": "renew", "_selected_action": [client.pk]})

    (new,) = TOKEN.findall(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert Caller(old).send().status_code == 401
    assert Caller(new).send().status_code == 201


def test_an_app_is_renamed_and_switched_off(admin: Client) -> None:
    client, token = actions.make_client("Seoul Walks", by=None)

    admin.post(f"{LIST}{client.pk}/change/", {"name": "Seoul Runs", "rate": "5"})

    client.refresh_from_db()
    assert (client.name, client.rate, client.active) == ("Seoul Runs", 5, False)
    assert Caller(token).send().status_code == 401


def test_a_new_app_may_do_all_unless_somebody_says_less(admin: Client) -> None:
    boxes = read(admin.get(f"{LIST}add/").content.decode()).all("input")

    client, _token = actions.make_client("Seoul Walks", by=None)
    call_command("make_api_client", "Seoul Reads", "--may", "read_own")

    ticked = [one.attrs["value"] for one in boxes if one.attrs.get("name") == "scopes"]
    assert ticked == client.scopes == ["send", "read_own"]
    assert all("checked" in one.attrs for one in boxes if one.attrs.get("name") == "scopes")
    assert ApiClient.objects.get(name="Seoul Reads").scopes == ["read_own"]


@pytest.mark.parametrize("scopes", [[], ["read_own"]])
def test_without_its_scope_an_app_does_not_send(scopes: list[str]) -> None:
    reader = make_caller("Seoul Reads", scopes=scopes)

    answer = reader.send()

    assert (answer.status_code, Message.objects.count()) == (403, 0)
    assert problem_of(answer)["type"].endswith("#not-allowed")
    assert reader.get("/api/v1/messages/").status_code == 200


def test_without_its_scope_an_app_does_not_read_back(admin: Client) -> None:
    app = make_caller("Seoul Walks")
    path = f"/api/v1/messages/{message_of(app.send()).code}/"
    before = app.get(path).status_code
    assert app.client is not None

    typed = {"name": "Seoul Walks", "scopes": ["send"], "rate": "60", "active": "on"}
    admin.post(f"{LIST}{app.client.pk}/change/", typed)

    assert (before, app.get(path).status_code) == (200, 404)
    assert app.send().status_code == 201


def test_only_administrators_make_apps_or_renew_tokens() -> None:
    client, _token = actions.make_client("Seoul Walks", by=None)
    for somebody in (people.centre_officer(), people.auditor(), people.make_user()):
        with pytest.raises(PermissionDenied):
            actions.make_client("Other", by=somebody)
        with pytest.raises(PermissionDenied):
            actions.renew_token(client, by=somebody)


def test_the_auditor_looks_and_changes_nothing() -> None:
    client, token = actions.make_client("Seoul Walks", by=None)
    auditor = people.signed_in_client(people.auditor())

    page = auditor.get(LIST)

    assert page.status_code == 200
    assert "renew" not in page.content.decode()
    assert auditor.post(f"{LIST}add/", {"name": "Other"}).status_code == 403
    assert Caller(token).get("/api/v1/offices/").status_code == 200
    assert client.token_digest not in page.content.decode()


def test_neither_token_nor_digest_stands_in_the_history() -> None:
    client, token = actions.make_client("Seoul Walks", by=None)
    client.name = "Seoul Runs"
    client.save()

    kept = str(list(client.events.values()))  # type: ignore[attr-defined]  # made by pghistory

    assert "Seoul Runs" in kept
    assert token not in kept
    assert client.token_digest not in kept
