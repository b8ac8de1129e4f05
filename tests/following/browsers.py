"""Browsers that take notices, and the door of their maker: real HTTP on loopback, real keys."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_django import Settings

from channels_app import actions
from channels_app.connectors.push import CURVE, Device
from channels_app.models import Delivery, Follow, Message

VAPID_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
Answer = tuple[int, dict[str, str]]
TAKEN: Answer = (201, {})


def text_of(raw: bytes) -> str:
    """Base64 as browsers write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """One that has said yes: only it can open what is sent to it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = b"sixteen bytes ok"

    @property
    def device(self) -> Device:
        """What it tells us."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Device(self.endpoint, text_of(point), text_of(self.auth))

    @property
    def form(self) -> dict[str, str]:
        """The same, as static/js/push.js sends it."""
        device = self.device
        return {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}

    def follow(self, message: Message, *, language: str = "ko") -> Follow:
        """Somebody has pressed the button on this case."""
        topic = actions.topic_of(message)
        return actions.follow_on_device(topic, self.device, language=language)

    def open(self, body: bytes) -> dict[str, Any]:
        """The notice, with the keys of this browser."""
        told = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return dict(json.loads(told))


@dataclass
class Door:
    """A maker's server: it answers as it was told to, and keeps what came, by the path."""

    port: int = 0
    answer: Answer = TAKEN
    by_path: dict[str, Answer] = field(default_factory=dict)
    silence: float = 0.0
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """As it is named in a signature."""
        return f"http://127.0.0.1:{self.port}"

    def browser(self, name: str) -> Browser:
        """One more browser of this maker."""
        return Browser(f"{self.origin}/{name}")

    def told(self, browser: Browser) -> list[dict[str, Any]]:
        """What this browser has got, opened."""
        path = browser.endpoint.removeprefix(self.origin)
        return [browser.open(body) for came, _headers, body in self.came if came == path]

    def signatures(self) -> list[dict[str, Any]]:
        """Who says it was: each signature checked by the key that came with it."""
        found = []
        for _path, headers, _body in self.came:
            token, key = headers["authorization"].removeprefix("vapid t=").split(", k=")
            point = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
            public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
            found.append(jwt.decode(token, public, algorithms=["ES256"], audience=self.origin))
        return found


@contextmanager
def door(settings: Settings) -> Iterator[Door]:
    """Open for a while; our own process may knock there."""
    one = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            one.came.append((self.path, headers, body))
            time.sleep(one.silence)
            status, told = one.by_path.get(self.path, one.answer)
            if not status:  # hang up, with what came in our hands
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {"Content-Length": "0", **told}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.port = server.server_port
    settings.PUSH_ALSO = [f"127.0.0.1:{one.port}"]
    settings.VAPID_KEY = VAPID_KEY
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()


def pushes(**filters: object) -> list[Delivery]:
    """What browsers are owed, oldest first."""
    return list(Delivery.objects.filter(channel="push", **filters).order_by("pk"))
