"""Feeds: entries once each, changed ones as more words, refused where they are none."""

import pytest
from pytest_django import Settings

from channels_app import tasks
from channels_app.connectors.errors import ContentRejected, Forbidden, Transient
from channels_app.connectors.feed import Feed
from channels_app.models import Account, InboundEvent, Message, Network, Publication
from channels_app.states import InboundState
from lifecycle import clock
from tests.faults.city import build_city
from tests.faults.world import Site, says, site
from tests.people import factories as people

FIRST = "보도블록이 들려 있어요"
ENTRY = """<item><guid>{name}</guid><title>{title}</title><link>https://blog.example/{name}</link>
<description>&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>"""


def rss(*entries: tuple[str, str, str]) -> bytes:
    """Newest first, as sites write them."""
    items = "".join(
        ENTRY.format(name=name, title=title, text=text) for name, title, text in entries
    )
    return f'<rss version="2.0"><channel><title>b</title>{items}</channel></rss>'.encode()


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>b</title><entry><id>tag:b,1</id>
<title>{FIRST}</title><updated>2026-11-29T00:00:00Z</updated>
<content type="html">&lt;p&gt;합정역&lt;/p&gt;</content></entry></feed>""".encode()
ONE = ("1", FIRST, "합정역 8번 출구")


def asked(act: object, settings: Settings, cursor: str = "") -> object:
    """What this site's feed gives."""
    with site(act) as one:  # type: ignore[arg-type]  # an Act
        settings.FETCH_ALSO = [f"localhost:{one.port}"]
        return Feed(f"http://localhost:{one.port}/feed").fetch(cursor)


@pytest.mark.parametrize("body", [rss(ONE), ATOM, rss(ONE).decode().encode("utf-16")])
def test_an_entry_is_known_by_its_name(body: bytes, settings: Settings) -> None:
    first, second = (asked(says("200 OK", body), settings) for _n in range(2))

    (event,) = first.events  # type: ignore[attr-defined]
    assert event.kind == "post"
    assert FIRST.encode() in event.raw
    assert first == second


def test_what_is_unchanged_is_not_read_again(settings: Settings) -> None:
    before = asked(says("200 OK", rss(ONE), ETag='"7"'), settings)
    with site(says("304 Not Modified")) as one:
        settings.FETCH_ALSO = [f"localhost:{one.port}"]
        after = Feed(f"http://localhost:{one.port}/").fetch(before.cursor)  # type: ignore[attr-defined]

    assert b'"7"' in one.asked[0]
    assert (after.events, after.cursor) == ((), before.cursor)  # type: ignore[attr-defined]


@pytest.mark.parametrize("body", [b"", b"<html><p>hello", b"\x00\xff", b"{}", b"<rss", b"[1]"])
def test_what_is_no_feed_says_so(body: bytes, settings: Settings) -> None:
    with pytest.raises(ContentRejected):
        asked(says("200 OK", body), settings)


def test_a_feed_behind_our_walls_is_not_asked() -> None:
    with site(says("200 OK", rss(ONE))) as one, pytest.raises(Forbidden):
        Feed(f"http://localhost:{one.port}/").verify()

    assert one.asked == []


def test_entities_that_grow_and_files_of_ours_are_not_read(settings: Settings) -> None:
    bomb = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(12)
    )
    doctype = f'<!DOCTYPE rss [{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    body = rss(("1", "&e11;", "&file;")).decode().replace("<rss", f"{doctype}<rss", 1).encode()

    try:
        found = asked(says("200 OK", body), settings).events  # type: ignore[attr-defined]
    except ContentRejected:
        found = ()

    assert all(b"root:" not in event.raw and len(event.raw) < 200_000 for event in found)


@pytest.fixture
def blog() -> Account:
    build_city()
    return Account.objects.create(
        network=Network.FEED, handle="동네 블로그", office=people.centre(), next_at=clock.now(),
        address="http://localhost/",
    )  # fmt: skip


def read(account: Account, one: Site, settings: Settings) -> None:
    """Its turn has come, and what came is read."""
    settings.FETCH_ALSO = [f"localhost:{one.port}"]
    Account.objects.filter(pk=account.pk).update(
        address=f"http://localhost:{one.port}/", next_at=clock.now(), lease_until=None
    )
    tasks.fetch_accounts()
    tasks.take_in_events()


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_a_public_voice_and_a_change_more_words_of_it(
    blog: Account, settings: Settings
) -> None:
    with site(says("200 OK", rss(ONE))) as one:
        read(blog, one, settings)
        read(blog, one, settings)
    message = Message.objects.get()
    with site(says("200 OK", rss(("1", FIRST, "아직 들려 있어요")))) as one:
        read(blog, one, settings)

    assert (message.channel, message.publication) == ("feed", Publication.PUBLIC)
    assert message.text == f"{FIRST}\n\n합정역 8번 출구"
    assert message.contact is None
    assert [added.text for added in message.additions.all()] == [f"{FIRST}\n\n아직 들려 있어요"]
    assert InboundEvent.objects.filter(state=InboundState.TAKEN).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_site_that_is_away_is_asked_later(blog: Account, settings: Settings) -> None:
    with site(says("503 Service Unavailable")) as one:
        read(blog, one, settings)

    blog.refresh_from_db()
    assert blog.is_open
    assert blog.failures == 1
    assert Transient.__name__ not in blog.why
