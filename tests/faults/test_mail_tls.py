"""Mail over an encrypted line: to the server we mean, and to no other that answers there."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from pytest_django import Settings

from channels_app import tasks
from people.models import Office
from tests.faults import city
from tests.faults.house import House
from tests.faults.smtp import counting

SendTo = Callable[[int], None]


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side, with a certificate for "localhost" that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(timezone.now() - timedelta(days=1))
        .not_valid_after(timezone.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = tmp_path / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chain.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain)
    return context


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
