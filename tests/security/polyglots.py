"""Two hundred texts that want to become markup or script somewhere, and how to see if one did."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from tests.pages.html import Node, read

T = TypeVar("T")

MARK = "xss7"
PAYLOADS = (
    "<script>alert('xss7')</script>",
    "<svg onload=alert('xss7')>",
    "<svg/onload=alert`xss7`>",
    "<img src=x onerror=alert('xss7')>",
    "<img src=/static/none onerror='document.title=\"xss7\"'>",
    "<iframe srcdoc=\"<script>alert('xss7')</script>\"></iframe>",
    "<iframe src=\"javascript:alert('xss7')\"></iframe>",
    "<a href=\"javascript:alert('xss7')\">누르세요</a>",
    "<details open ontoggle=alert('xss7')>",
    "<input autofocus onfocus=alert('xss7')>",
    "<body onload=alert('xss7')>",
    "<form action=\"javascript:alert('xss7')\"><button>보내기</button></form>",
    "<math><mtext><style><img src=x onerror=alert('xss7')></style></mtext></math>",
    "<object data=\"javascript:alert('xss7')\"></object>",
    '<base href="//evil.invalid/xss7/">',
    "<meta http-equiv=refresh content=\"0;url=javascript:alert('xss7')\">",
    "<link rel=stylesheet href=//evil.invalid/xss7.css>",
    "<style>@import '//evil.invalid/xss7.css';</style>",
    "{{ constructor.constructor('alert(\"xss7\")')() }}",
    "{% load xss7 %}{{ request.user }}",
    "${alert('xss7')}",
    "javascript:alert('xss7')//",
    "'-alert('xss7')-'",
    "&lt;script&gt;alert('xss7')&lt;/script&gt;",
    "%3Cscript%3Ealert('xss7')%3C/script%3E",
)
WRAPPERS = (
    "{}",
    '">{}',
    "'>{}",
    "</textarea>{}",
    "</title></script></style>{}",
    "-->{}<!--",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/{}",
    "\u202e가로등 {} 고쳐 주세요\x00\ufeff",
)
ALL = [wrapper.replace("{}", payload) for payload in PAYLOADS for wrapper in WRAPPERS]
QUOTING = {"value", "content", "title", "alt", "aria-label", "data-text"}
LEADING = {"href", "src", "action", "formaction", "data", "srcdoc", "poster"}


def came_alive(page: str) -> list[str]:
    """Every element or attribute that a text of ours has become; nothing, if all stayed words."""
    return [f"<{node.name}> {why}" for node in read(page).all() for why in _alive(node)]


def a_third(pages: Mapping[str, T]) -> dict[str, T]:
    """Of each kind of page (its name without a number) the first, and every third after it.

    All of them are parsed; these a browser opens too.
    """
    kept: dict[str, T] = {}
    known: Counter[str] = Counter()
    for name, page in pages.items():
        kind = name.rstrip("0123456789")
        if known[kind] % 3 == 0:
            kept[name] = page
        known[kind] += 1
    return kept


def _alive(node: Node) -> list[str]:
    found = [f"{name}={value}" for name, value in node.attrs.items() if name.startswith("on")]
    for name, value in node.attrs.items():
        if name in LEADING and value.strip().lower().startswith(("javascript:", "data:", "//")):
            found.append(f"{name}={value}")
        if MARK in value and name not in QUOTING:
            found.append(f"{name}={value}")
    if node.name in ("script", "style") and node.text:
        found.append("has words of its own")
    return found
