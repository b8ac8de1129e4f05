"""Certificates are read once, and anew when others are trusted."""

import os
from pathlib import Path

import pytest

from channels_app.connectors.trust import trusted
from tests.faults import certificates


def test_lines_share_what_was_read_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = certificates.chain(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    before = trusted()

    again = trusted()
    os.utime(chain, (1, 1))
    anew = trusted()

    assert again is before
    assert anew is not before
    assert [one["serialNumber"] for one in anew.get_ca_certs()]
