"""Nobody has us fetch from behind our own doors."""

import socket
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from channels_app.connectors import fetching
from channels_app.connectors.addresses import is_everybodys
from channels_app.connectors.errors import Forbidden, Transient
from channels_app.connectors.fetching import Fetcher
from tests.faults.certificates import contexts
from tests.faults.world import (
    HELLO,
    PUBLIC,
    URL,
    Lines,
    Names,
    Site,
    abroad,
    fetch,
    hello,
    says,
    site,
)

__all__ = ["hello"]
OUR_OWN = [
    "127.0.0.1", "127.8.9.1",
    "0.0.0.0",  # noqa: S104 - asked for, not bound
    "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192",
    "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::5db8:d822",
    "2002:7f00:1::", "2002:5db8:d822::", "2001:0:5db8:d822::1", "2001:db8::1", "fd00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "3fff::1", "5f00::1",
    "localhost", "", "2130706433",
]  # fmt: skip
EVERYBODYS = [PUBLIC, "8.8.8.8", "2606:2800:220:1::", "2a00:1450::1", "64:ff9b::5db8:d822"]


@pytest.mark.parametrize("address", OUR_OWN)
def test_an_address_behind_some_door_is_never_connected_to(address: str, hello: Site) -> None:
    with pytest.raises(Forbidden):
        abroad(hello, Names([[address]])).get(URL)

    assert (is_everybodys(address), hello.lines) == (False, 0)


@pytest.mark.parametrize("address", EVERYBODYS)
def test_an_address_that_everybody_reaches_is_connected_to_itself(
    address: str, hello: Site
) -> None:
    reader = abroad(hello, Names([[address]]))

    fetched = reader.get(URL)

    assert (fetched.status, fetched.body, fetched.url) == (200, b"hello", URL)
    assert fetched.headers["etag"] == '"1"'
    assert isinstance(reader.connect, Lines)
    assert reader.connect.wanted == [(address, 80)]
    assert b"Host: feeds.example.org\r\n" in hello.asked[0]
    assert b"GET /news HTTP/1.1\r\n" in hello.asked[0]


WRONG = [
    "ftp://feeds.example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "//127.0.0.1/", "",
    "http://", "http://user:word@feeds.example.org/", "http://@feeds.example.org/",
    "http://feeds.example.org:22/", "http://feeds.example.org:6379/", "http://feeds.example.org:0/",
    "http://feeds.example.org:99999/", "http://feeds.example.org/a b", "http://a..b/",
    "http://feeds.example.org/\r\nHost: other", "http://feeds.example.org\\@127.0.0.1/",
    "http://feeds.example.org/" + "a" * 2000, "http://[::1]:6379/", "http://[v1.a]/",
    # The same machine in every spelling that somebody's name server would read.
    "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://0/", "http://127.0.0.1./x",
]  # fmt: skip


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_address_asks_nobody(url: str, hello: Site) -> None:
    names = Names()

    with pytest.raises(Forbidden):
        abroad(hello, names).get(url)

    assert (names.asked, hello.lines) == ([], 0)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/", "http://[::ffff:7f00:1]:8080/",
     "http://①②⑦.⓪.⓪.①/", "http://0.0.0.0/", "http://169.254.169.254/latest/meta-data/"],
)  # fmt: skip
def test_our_own_machine_is_refused_by_the_real_name_servers_too(url: str) -> None:
    with pytest.raises((Forbidden, Transient)):
        fetching.get(url)


def test_the_real_reader_does_not_reach_a_server_of_this_machine_unless_told(
    hello: Site, settings: Settings
) -> None:
    url = f"http://127.0.0.1:{hello.port}/"
    with pytest.raises(Forbidden):
        fetching.get(url)
    assert hello.lines == 0

    allowed = fetching.get(url, allow=frozenset({f"127.0.0.1:{hello.port}"}))
    settings.FETCH_ALSO = [f"localhost:{hello.port}"]
    by_setting = fetching.get(f"http://localhost:{hello.port}/")

    assert allowed.body == by_setting.body == b"hello"


def test_a_name_with_one_address_behind_a_door_is_not_asked_at_all(hello: Site) -> None:
    with pytest.raises(Forbidden):
        abroad(hello, Names([[PUBLIC, "127.0.0.1"]])).get(URL)

    assert hello.lines == 0


def test_a_name_server_that_answers_otherwise_the_second_time_is_asked_only_once(
    hello: Site,
) -> None:
    names = Names([[PUBLIC], ["127.0.0.1"]])
    reader = abroad(hello, names)

    reader.get(URL)

    assert names.asked == ["feeds.example.org"]
    assert isinstance(reader.connect, Lines)
    assert reader.connect.wanted == [(PUBLIC, 80)]


def test_a_redirect_is_looked_at_again_also_to_the_same_name() -> None:
    with site(says("302 Found", Location="/again")) as one:
        with pytest.raises(Forbidden):
            abroad(one, Names([[PUBLIC], ["127.0.0.1"]])).get(URL)

        assert one.lines == 1


LEADING = [
    "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "http://[::1]/",
    "http://2130706433/", "file:///etc/passwd", "http://feeds.example.org:22/",
    "http://user@feeds.example.org/", "//[fd00::1]/", "\\\\127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("location", LEADING)
def test_a_redirect_behind_a_door_is_refused(location: str, hello: Site) -> None:
    with site(says("307 Temporary Redirect", Location=location)) as one:
        with pytest.raises(Forbidden):
            Fetcher(
                resolve=lambda host, port: [PUBLIC if "example" in host else host],
                connect=lambda address, port, seconds: socket.create_connection(
                    ("127.0.0.1", one.port if address == PUBLIC else hello.port), seconds
                ),
            ).get(URL)

        assert (one.lines, hello.lines) == (1, 0)


def test_nobody_leads_us_to_a_place_that_only_we_may_read(hello: Site) -> None:
    place = f"127.0.0.1:{hello.port}"
    with site(says("302 Found", Location=f"http://{place}/")) as one:
        reader = abroad(one, Names([[PUBLIC], ["127.0.0.1"]]), allow=frozenset({place}))

        with pytest.raises(Forbidden):
            reader.get(URL)

        assert hello.lines == 0


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    left = [3]

    def lead(line: socket.socket, heard: bytes) -> None:
        left[0] -= 1
        if left[0] >= 0:
            says("301 Moved", Location=f"/{left[0]}")(line, heard)
        else:
            HELLO(line, heard)

    with site(lead) as one:
        assert fetch(one).url == "http://feeds.example.org/0"
        left[0] = 4
        with pytest.raises(Forbidden):
            fetch(one)

    assert one.lines == 4 + 4


def test_a_redirect_out_of_the_safe_line_is_refused(tmp_path: Path) -> None:
    theirs, ours = contexts(tmp_path, "feeds.example.org")
    with site(says("302 Found", Location="http://feeds.example.org/"), theirs) as one:
        with pytest.raises(Forbidden):
            abroad(one, tls=ours).get("https://feeds.example.org/")

        assert one.lines == 1


def test_a_safe_line_goes_to_the_address_looked_at_and_asks_for_the_name(tmp_path: Path) -> None:
    theirs, ours = contexts(tmp_path, "feeds.example.org")
    with site(HELLO, theirs) as one:
        reader = abroad(one, tls=ours)

        fetched = reader.get("https://feeds.example.org/")

        assert fetched.body == b"hello"
        assert isinstance(reader.connect, Lines)
        assert reader.connect.wanted == [(PUBLIC, 443)]
        with pytest.raises(Transient):  # nobody else's certificate will do
            reader.get("https://other.example.org/")
        assert len(one.asked) == 1
