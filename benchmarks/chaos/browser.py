"""A citizen's browser, reduced to what a form needs: Send is pressed until there is a number."""

import http.client
import re
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

CSRF = "k" * 32
RECEIPT = re.compile(r"/s/([A-Z]-\d{4}-\d+)/")
PATIENCE = 60.0
HANGS_UP_AFTER = 10.0  # on a line that somebody took and died with; then Send is pressed again


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: str
    seconds: float

    @property
    def receipt(self) -> str:
        """The number it leads to; nothing where there is none."""
        found = RECEIPT.search(self.headers.get("Location", ""))
        return found[1] if found else ""


class Form(HTMLParser):
    """The form of a page that has a field called `box`: where it goes and what it holds."""

    def __init__(self, body: str, *, box: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._forms: list[tuple[str, dict[str, str]]] = []
        self.feed(body)
        for action, fields in self._forms:
            if box in fields:
                self.action, self.fields = action, fields

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms and what is typed, hidden or chosen in them; buttons are not pressed."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._forms.append((told.get("action", ""), {}))
        elif self._forms and tag in ("input", "textarea") and "name" in told and _counts(told):
            self._forms[-1][1][told["name"]] = told.get("value", "")


def _counts(told: dict[str, str]) -> bool:
    """A radio button counts when it is chosen."""
    return told.get("type") != "radio" or "checked" in told


@dataclass
class Browser:
    """One person at the form, on one port of this machine."""

    port: int
    seen: list[Page] = field(default_factory=list)

    def get(self, path: str) -> Page:
        """One page."""
        return self._ask("GET", path, "")

    def say(self, text: str, key: uuid.UUID, contact: str = "") -> Page:
        """Press Send once."""
        typed = {
            "csrfmiddlewaretoken": CSRF,
            "text": text,
            "kind": "complaint",
            "audience": "office",
            "contact": contact,
            "client_key": str(key),
        }
        return self._ask("POST", "/say/send/", urlencode(typed))

    def say_until_heard(self, text: str, key: uuid.UUID, contact: str = "") -> str:
        """Press Send, with the same key, until there is a receipt number."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                page = self.say(text, key, contact)
            except (OSError, http.client.HTTPException):
                page = None
            if page is not None and page.receipt:
                return page.receipt
            time.sleep(0.05)
        raise AssertionError(f"nobody heard {text!r}: {self.statuses}")

    def press_send_on(self, page: Page, text: str) -> Page:
        """Send the form that is on a page, as it is, with these words in its box."""
        form = Form(page.body, box="text")
        typed = {**form.fields, "csrfmiddlewaretoken": CSRF, "text": text}
        return self._ask("POST", form.action, urlencode(typed))

    def answers(self) -> bool:
        """Does anybody take calls?"""
        try:
            return bool(self.get("/robots.txt").status)
        except OSError:
            return False

    @property
    def statuses(self) -> Counter[int]:
        """How often each."""
        return Counter(page.status for page in self.seen)

    def _ask(self, method: str, path: str, body: str) -> Page:
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANGS_UP_AFTER)
        try:
            headers = {"Cookie": f"csrftoken={CSRF}", "Accept-Language": "ko"}
            if body:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request(method, path, body, headers)
            answer = line.getresponse()
            words = answer.read().decode(errors="replace")
            page = Page(answer.status, answer.headers, words, time.monotonic() - began)
        finally:
            line.close()
        self.seen.append(page)
        return page
