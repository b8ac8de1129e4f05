"""A page as a small tree, and the contract every page keeps."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}
CONTROLS = {"input", "select", "textarea"}
LEADING = {"src", "href", "action", "formaction"}
SECRET = re.compile(r"/(?:s/[A-Z]-\d{4}-\d{6,12}|confirm/\w+/\d+)/[\w-]{28}/")
OWN_HOST = re.compile(r"^(?:/(?!/)|#|\?|tel:|http://testserver/)")


@dataclass
class Node:
    """One element: its name, its attributes, what is inside."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list["Node | str"] = field(default_factory=list)

    def all(self, *names: str) -> list["Node"]:
        """Every element of these names below this one, in order; without names: every one."""
        return [node for node in self._below() if not names or node.name in names]

    def one(self, name: str) -> "Node":
        """The only element of this name."""
        (found,) = self.all(name)
        return found

    def by_id(self, key: str) -> "Node":
        """The element with this id."""
        (found,) = [node for node in self._below() if node.attrs.get("id") == key]
        return found

    def with_class(self, name: str) -> list["Node"]:
        """Every element of this class."""
        return [node for node in self._below() if name in node.attrs.get("class", "").split()]

    @property
    def text(self) -> str:
        """What can be read, with single spaces."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        return "".join(part if isinstance(part, str) else part._raw() for part in self.inside)

    def _below(self) -> Iterator["Node"]:
        for part in self.inside:
            if isinstance(part, Node):
                yield part
                yield from part._below()


class _Reader(HTMLParser):
    """Builds the tree; an element closed out of order is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attrs) == len(attrs), f"an attribute twice in <{tag}>"
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def read(self, html: str) -> Self:
        self.feed(html)
        self.close()
        assert len(self.open) == 1, f"<{self.open[-1].name}> is never closed"
        return self


def read(html: str) -> Node:
    """The page as a tree."""
    assert html.lstrip().startswith("<!DOCTYPE html>")
    return _Reader().read(html).root


def broken_promises(html: str, language: str) -> list[str]:
    """What the page does against the contract; nothing, if all is well."""
    page = read(html)
    return [
        *_frame(page, language),
        *_ids(page),
        *_headings(page),
        *_controls(page),
        *_forms(page),
        *_policy(page),
    ]


def _frame(page: Node, language: str) -> Iterator[str]:
    if page.one("html").attrs["lang"] != language:
        yield "the wrong lang"
    title, site = page.one("title").text, page.with_class("identity")[0].text
    if not re.fullmatch(rf"\S.* · {re.escape(site)}", title):
        yield f"title {title!r}"
    for name in ("h1", "main", "header", "footer"):
        if (count := len([n for n in page.all(name) if _is_of_the_page(name, n, page)])) != 1:
            yield f"{count} <{name}>"
    yield from (f"a nav without a name: {n.text}" for n in page.all("nav") if not _name_of(n))
    first = page.one("body").all("a")[0]
    if first.attrs["href"] != "#main" or page.by_id("main").name != "main":
        yield "no skip link"
    if not page.with_class("strip")[0].text:
        yield "the first line is empty"
    other = "ko" if language == "en" else "en"
    if not [n for n in page.one("header").all("a", "button") if n.attrs.get("lang") == other]:
        yield "no way to the other language"
    root = "/en" if language == "en" else ""
    wanted = {"tel:120", f"{root}/privacy/", f"{root}/accessibility/"}
    if missing := wanted - {n.attrs.get("href") for n in page.one("footer").all("a")}:
        yield f"the foot lacks {missing}"


def _is_of_the_page(name: str, node: Node, page: Node) -> bool:
    """An article may have a head of its own."""
    inner = {id(n) for part in page.all("article", "section") for n in part.all(name)}
    return name == "h1" or id(node) not in inner


def _name_of(node: Node) -> str:
    return node.attrs.get("aria-label", "") or node.attrs.get("aria-labelledby", "")


def _ids(page: Node) -> Iterator[str]:
    ids = Counter(n.attrs["id"] for n in page.all() if "id" in n.attrs)
    yield from (f"id {key} {count} times" for key, count in ids.items() if count > 1)
    for node in page.all():
        for name in ("aria-labelledby", "aria-describedby", "for", "form"):
            yield from (
                f"{name}={key} leads nowhere"
                for key in node.attrs.get(name, "").split()
                if key not in ids
            )
        href = node.attrs.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"{href} leads nowhere"


def _headings(page: Node) -> Iterator[str]:
    level = 1  # an error summary stands above the first heading
    for node in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if int(node.name[1]) > level + 1:
            yield f"<{node.name}> {node.text!r} after <h{level}>"
        level = int(node.name[1])
        if not node.text:
            yield f"an empty <{node.name}>"


def _controls(page: Node) -> Iterator[str]:
    labelled = {n.attrs.get("for") for n in page.all("label") if n.text}
    inside = {id(c) for n in page.all("label") for c in n.all(*CONTROLS)}
    for node in page.all(*CONTROLS):
        hidden = node.attrs.get("type") == "hidden"
        if not hidden and node.attrs.get("id") not in labelled and id(node) not in inside:
            yield f"a control without a label: {node.attrs}"
        if node.attrs.get("aria-invalid") == "true" and "aria-describedby" not in node.attrs:
            yield f"an error nobody hears of: {node.attrs}"
    for node in page.all("a", "button"):
        if not node.text and not any(image.attrs.get("alt") for image in node.all("img")):
            yield f"an empty {node.name} {node.attrs}"
    for node in page.all("fieldset"):
        if not node.all("legend") or not node.all("legend")[0].text:
            yield "a group without a legend"


def _forms(page: Node) -> Iterator[str]:
    for form in page.all("form"):
        if form.attrs.get("method", "get").lower() == "get":
            continue
        names = {n.attrs.get("name") for n in form.all(*CONTROLS)}
        # Posted to a secret address, or buttons alone to their own: the address is the proof.
        by_address = SECRET.search(form.attrs.get("action", "")) or not (
            names or "action" in form.attrs
        )
        # The door of support has the same page for everybody, and looks where a form comes from.
        by_address = by_address or form.attrs.get("action", "").endswith("/support/")
        if "csrfmiddlewaretoken" not in names and not by_address:
            yield "a form without its token"
        seen = [n for n in form.all(*CONTROLS) if n.attrs.get("type") != "hidden"]
        if seen and "novalidate" not in form.attrs:
            yield "a form that lets the browser judge"


def _policy(page: Node) -> Iterator[str]:
    """The content security policy allows none of these."""
    for node in page.all():
        if node.name == "style" or (node.name == "script" and "src" not in node.attrs):
            yield f"inline {node.name}"
        for name, value in node.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"inline {name}"
            if name in LEADING and value and not OWN_HOST.match(value) and not _leads_out(node):
                yield f"{name}={value} leaves the house"


def _leads_out(node: Node) -> bool:
    """A link that says of itself that it leads elsewhere: evidence, a recording, a policy."""
    return node.name == "a" and "external" in node.attrs.get("rel", "").split()
