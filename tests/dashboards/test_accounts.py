"""Is one account of the city broken? Below the channels, for the mayor's office alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app.models import Account, AccountState, Network
from lifecycle import clock
from tests.dashboards.test_pages import page, questions, section
from tests.people import factories as people

pytestmark = pytest.mark.django_db
MAYOR = "/dashboard/mayor/"


def account(handle: str, **fields: Any) -> Account:
    """Read a moment ago; its last message came today."""
    now = clock.now()
    told = {
        "office": people.centre(),
        "address": "imap://127.0.0.1:1/INBOX",
        "next_at": now,
        "last_ok_at": now,
        "last_message_at": now,
        **fields,
    }
    return Account.objects.create(network=Network.MAIL, handle=handle, **told)


@pytest.fixture
def above() -> Client:
    return people.signed_in_client(people.mayors_officer())


def test_every_account_stands_with_its_last_message_and_when_it_was_last_read(
    above: Client,
) -> None:
    now = clock.now()
    earlier = now - timedelta(hours=2, minutes=5)
    account("say@seoul.example", last_message_at=None)
    account("roads@seoul.example", last_message_at=now, last_ok_at=earlier)
    account("old@seoul.example", state=AccountState.OFF)

    shown = section(page(above, MAYOR), "accounts")

    roads, say = (row.text.split() for row in shown.one("tbody").all("tr"))
    assert roads[0] == "roads@seoul.example"
    assert roads[-4] == f"{clock.seoul(now):%H:%M}"
    assert roads[-1] == f"{clock.seoul(earlier):%H:%M}"
    assert say[0] == "say@seoul.example"
    assert "never" in say
    assert "something came today by 1 of 2" in shown.text
    assert "old@seoul.example" not in shown.text


@pytest.mark.parametrize(
    "broken",
    [
        {"failures": 3},
        {"state": AccountState.PAUSED, "try_at": clock.now(), "paused_at": clock.now()},
    ],
    ids=["its server fails", "our sign-in is refused"],
)
def test_what_cannot_be_read_is_named_first_and_red(above: Client, broken: dict[str, Any]) -> None:
    account("a@seoul.example")
    account("z@seoul.example", **broken)

    shown = section(page(above, MAYOR), "accounts")

    first, second = shown.one("tbody").all("tr")
    assert "z@seoul.example" in first.text
    assert first.attrs["class"] == "bars__late"
    assert "class" not in second.attrs
    assert "1 of 2 accounts can't be read: z@seoul.example." in shown.text


def test_no_account_is_said_too(above: Client) -> None:
    assert "No account is connected." in section(page(above, MAYOR), "accounts").text


def test_handles_are_for_the_mayors_office_alone(client: Client, above: Client) -> None:
    account("say@seoul.example")

    assert "say@seoul.example" not in client.get("/en/dashboard/").content.decode()
    assert client.get("/en/dashboard/accounts.csv").status_code == 404
    file = above.get("/en/dashboard/mayor/accounts.csv").content.decode()
    assert file.splitlines()[1].startswith("say@seoul.example,")


def test_ten_accounts_ask_no_more_questions_than_one(above: Client) -> None:
    account("say@seoul.example")
    at_one = questions(above, MAYOR)

    for number in range(9):
        account(f"{number}@seoul.example")

    assert questions(above, MAYOR) == at_one
