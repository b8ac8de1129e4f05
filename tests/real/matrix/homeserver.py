"""A real home server of Matrix for one test: on loopback, in a folder, with people of its own.

It is `matrix-synapse`, found in the Python that is named; its configuration is the least that it
starts with (https://element-hq.github.io/synapse/latest/usage/configuration/, 2026-11-30).
"""

import hmac
import json
import secrets
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channels_app.connectors.errors import ConnectorError
from channels_app.connectors.web import Web
from tests.networks.pretend import until_told

NAME = "seoul.example"
STARTS = 180.0  # seconds at most, on a machine that is at other things too
REGISTER = "/_synapse/admin/v1/register"
UNLIMITED = {"per_second": 100_000, "burst_count": 100_000}
LIMITS: dict[str, Any] = {
    "rc_message": UNLIMITED,
    "rc_registration": UNLIMITED,
    "rc_joins_per_room": UNLIMITED,
    "rc_room_creation": UNLIMITED,
    "rc_media_create": UNLIMITED,
    "rc_joins": {"local": UNLIMITED, "remote": UNLIMITED},
    "rc_login": {"address": UNLIMITED, "account": UNLIMITED, "failed_attempts": UNLIMITED},
    "rc_invites": {"per_room": UNLIMITED, "per_user": UNLIMITED, "per_issuer": UNLIMITED},
}


@dataclass(frozen=True)
class HomeServer:
    """Where it stands, and the secret by which it takes in people."""

    base: str
    secret: str

    @property
    def allow(self) -> frozenset[str]:
        """What somebody of ours has to name so that it may be asked at all."""
        return frozenset({self.base.removeprefix("http://")})

    def register(self, who: str) -> str:
        """A person of this name ("@who:seoul.example"); their access token."""
        web = Web(self.base, allow=self.allow)
        nonce, password = web.good("GET", REGISTER)["nonce"], secrets.token_hex(16)
        words = "\0".join((nonce, who, password, "notadmin")).encode()
        body = {
            "nonce": nonce,
            "username": who,
            "password": password,
            "admin": False,
            "mac": hmac.new(self.secret.encode(), words, "sha1").hexdigest(),
        }
        return str(web.good("POST", REGISTER, body=body)["access_token"])

    def acts(self, token: str, method: str, path: str, body: Any = None) -> Any:
        """What a person does there, below the client's interface."""
        web = Web(self.base, {"Authorization": f"Bearer {token}"}, self.allow)
        return web.good(method, f"/_matrix/client/v3{path}", body=body)


@contextmanager
def home_server(folder: Path, python: str = sys.executable) -> Iterator[HomeServer]:
    """It stands until the end; what it says of itself is in `folder`."""
    server = HomeServer(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16))
    config = _configured(folder, server)
    started = [python, "-m", "synapse.app.homeserver", "--config-path", str(config)]
    with (folder / "words.log").open("wb") as words:
        running = subprocess.Popen(started, cwd=folder, stdout=words, stderr=words)
        try:
            until_told(lambda: _is_up(server, running), within=STARTS)
            yield server
        finally:
            running.terminate()
            running.wait(STARTS)


def _configured(folder: Path, server: HomeServer) -> Path:
    """The least that it starts with; JSON is YAML too."""
    key = b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (folder / "signing.key").write_text(f"ed25519 a_test {key}\n")
    listener = {
        "type": "http",
        "port": int(server.base.rpartition(":")[2]),
        "tls": False,
        "bind_addresses": ["127.0.0.1"],
        "resources": [{"names": ["client"]}],
    }
    told = {
        "server_name": NAME,
        "report_stats": False,
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": server.secret,
        "bcrypt_rounds": 4,  # no password of theirs is worth the time
        # Else who reads from the beginning twice within two minutes is told the same twice.
        "caches": {"sync_response_cache_duration": "0s"},
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        **LIMITS,
    }
    config = folder / "homeserver.yaml"
    config.write_text(json.dumps(told, indent=2))
    return config


def _is_up(server: HomeServer, running: "subprocess.Popen[bytes]") -> bool:
    """It answers. Raises RuntimeError where it never will."""
    if running.poll() is not None:
        raise RuntimeError(f"the home server ended with {running.returncode}: see words.log")
    try:
        answer = Web(server.base, allow=server.allow).ask("GET", "/_matrix/client/versions")
    except ConnectorError:
        return False
    return answer.is_good


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
