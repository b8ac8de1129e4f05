"""A real browser on every page: what axe says, what overflows, what is too small to hit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product, starmap
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, ViewportSize

from channels_app.models import Message
from tests.channels_app.factories import WORDS
from tests.pages import visits

SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((e) => e.getClientRects().length && !e.classList.contains("skip"))
  .map((e) => [e, e.closest("label") ?? e])
  .filter(([e, target]) => {
    const { width, height } = target.getBoundingClientRect();
    const least = e.tagName === "A" && !e.classList.contains("button") ? 24 : 44;
    return width < 24 || height < least;
  })
  .map(([e]) => e.outerHTML.slice(0, 100))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Setting:
    """One way of looking at a page."""

    width: int
    language: str
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.width} {self.language} {self.scheme}"


# How every page is looked at; the main ones in all twelve settings (UX 8).
TWO = (Setting(390, "ko", "light"), Setting(1280, "en", "dark"))
# Beside those two only whether everything fits: a test gives it no axe.
NARROW = Setting(320, "en", "light")
TWELVE = tuple(starmap(Setting, product((320, 390, 1280), ("ko", "en"), ("light", "dark"))))


@dataclass
class Reader:
    """A person before a browser: opens pages, notes what is wrong with them."""

    page: Page
    home: str
    setting: Setting
    problems: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """By its address."""
        with_language = visits.english(path) if self.setting.language == "en" else path
        self.page.goto(self.home + with_language)

    def type(self, text: str) -> None:
        """Into the box of the home page, then Next."""
        self.go("/")
        self.page.fill("#id_text", text)
        self._press("#say-form button[type=submit]")

    def send(self, contact: str = "") -> None:
        """From the check page."""
        self.page.fill("#id_contact", contact)
        self._press(".check__next button[type=submit]")

    def _press(self, button: str) -> None:
        """Until the next page is there: a click alone returns while the old one is leaving."""
        with self.page.expect_navigation():
            self.page.click(button)

    def look(self, name: str, axe: Axe | None) -> None:
        """Note everything that is wrong with the page shown now."""
        page = self.page
        if (over := page.evaluate(OVERFLOW)) > 0:
            self.problems.append(f"{name}: {over} px too wide")
        self.problems += [f"{name}: too small {html}" for html in page.evaluate(SMALL)]
        for found in axe.run(page).response["violations"] if axe else []:
            where = found["nodes"][0]["html"][:200]
            self.problems.append(f"{name}: {found['id']} {found['help']}: {where}")


@contextmanager
def reader(browser: Browser, home: str, setting: Setting, **options: Any) -> Iterator[Reader]:
    """Somebody with this screen, this language and these colours."""
    size: ViewportSize = {"width": setting.width, "height": 844}
    context = browser.new_context(viewport=size, color_scheme=setting.scheme, **options)
    one = Reader(context.new_page(), home, setting)

    def note(message: ConsoleMessage) -> None:
        # A browser reports every page that is not 200 as an error; that is no news here.
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            one.problems.append(f"console: {message.text}")

    def refuse(dialog: Dialog) -> None:
        # Without a listener it would be closed in silence, and a script that ran with it.
        one.problems.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.dismiss()

    one.page.on("console", note)
    one.page.on("dialog", refuse)
    yield one
    context.close()


Step = Callable[[Reader], None]


def opens(path: str) -> Step:
    """By its address."""
    return lambda reader: reader.go(path)


def types(text: str, contact: str | None = None) -> Step:
    """As far as the check page; with `contact`, one page further."""

    def walk(reader: Reader) -> None:
        reader.type(text)
        if contact is not None:
            reader.send(contact)

    return walk


def every_page() -> dict[str, Step]:
    """All public pages, with the rows they need."""
    addresses = {visit.name: opens(visit.path()) for visit in visits.VISITS if not visit.typed}
    return {
        **addresses,
        "say nothing": types(" "),
        "check": types(visits.PRIVATE_WORDS),
        "check a danger": types("다리가 무너질 것 같아요"),
        "check with errors": types(WORDS, "nowhere"),
        "sent": types(WORDS, "mina@example.org"),
    }


def archetypes() -> dict[str, Step]:
    """Home, check, check with errors, a case, the wall, the numbers."""
    answered: Message = visits.answered()
    pages = every_page()
    return {
        "home": pages["home"],
        "check": pages["check"],
        "check with errors": pages["check with errors"],
        "case": opens(answered.get_absolute_url()),
        "wall": pages["wall"],
        "dashboard": opens("/dashboard/"),
    }
