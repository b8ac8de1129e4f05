"""Mail over an encrypted line: to the server we mean, and to no other that answers there."""

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from channels_app import tasks
from people.models import Office
from tests.faults import certificates, city
from tests.faults.house import House
from tests.faults.smtp import counting

SendTo = Callable[[int], None]


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side, with a certificate for "localhost" that this process trusts."""
    chain = certificates.chain(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    return certificates.serving(chain)


@pytest.mark.parametrize("how", ["EMAIL_USE_TLS", "EMAIL_USE_SSL"])
@pytest.mark.parametrize(("host", "state"), [("localhost", "sent"), ("127.0.0.1", "queued")])
def test_only_the_server_of_that_name_gets_the_mail(
    host: str,
    state: str,
    how: str,
    ours: ssl.SSLContext,
    house: House,
    roads: Office,
    send_to: SendTo,
    settings: Settings,
) -> None:
    row = city.owe("mina@example.org")
    settings.EMAIL_CONFIG = {how: True}
    starttls, tls = (ours, None) if how == "EMAIL_USE_TLS" else (None, ours)

    with counting(starttls=starttls, tls=tls) as (server, port):
        send_to(port)
        settings.EMAIL_HOST = host
        tasks.send_due()

    row.refresh_from_db()
    assert (row.state, len(server.kept)) == (state, int(state == "sent"))
    assert row.error_class == ("" if state == "sent" else "Transient")
