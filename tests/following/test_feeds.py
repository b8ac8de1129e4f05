"""Feeds are valid Atom with masked text; calendars are valid iCalendar without any."""

import re
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels_app import actions
from channels_app.models import Message
from lifecycle import clock
from people.models import Appointment, Office
from tests.channels_app.factories import published_by, receive
from tests.following.readers import answered, roads, route
from tests.people import factories as people

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = "가로등 <b>꺼짐</b> & 제 번호는 010-1234-5678입니다"


def feed(client: Client, path: str) -> Element:
    """The feed, after checking what RFC 4287 asks of every one."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "1234-5678" not in answer.content.decode()
    root: Element = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    for part in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert (part.findtext(ATOM + name) or "").strip(), name
        datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "")
        assert (part.findtext(f"{ATOM}id") or "").startswith("tag:")
    links = {one.get("rel"): one.get("href", "") for one in root.findall(f"{ATOM}link")}
    assert links["self"].endswith(path)
    assert client.get(links["alternate"]).status_code == 200
    ids = [one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return root


def titles(root: Element) -> list[str]:
    """Of its entries."""
    return [one.findtext(f"{ATOM}title") or "" for one in root.findall(f"{ATOM}entry")]


def test_a_case_feed_tells_every_turn_with_the_masked_answer(client: Client) -> None:
    office = roads()
    message = answered(office, "고침. 010-1234-5678", text=WORDS)

    root = feed(client, f"{message.get_absolute_url()}feed.atom")

    assert len(titles(root)) == 3
    newest = root.find(f"{ATOM}entry")
    assert newest is not None
    assert "고침." in (newest.findtext(f"{ATOM}summary") or "")
    assert f'href="{message.get_absolute_url()}feed.atom"' in client.get(
        message.get_absolute_url()
    ).content.decode()  # fmt: skip


def test_office_and_borough_feeds_show_messages_and_answers_until_they_are_hidden(
    client: Client,
) -> None:
    office = roads()
    borough = Office.objects.boroughs()[0]
    message = answered(office, "고침.", text=WORDS, borough=borough)
    receive(public=False, borough=borough)

    for path in (f"/departments/{office.slug}/feed.atom", f"/borough/{borough.slug}/feed.atom"):
        assert len(titles(feed(client, path))) == 2
        assert "&lt;b&gt;" in (client.get(path).content.decode())
    actions.report(Message.objects.get(pk=message.pk))
    for path in (f"/departments/{office.slug}/feed.atom", f"/borough/{borough.slug}/feed.atom"):
        assert titles(feed(client, path)) == []
    assert client.get(f"{message.get_absolute_url()}feed.atom").status_code == 404


def test_who_asks_again_gets_nothing_new(client: Client) -> None:
    message = receive()
    path = f"{message.get_absolute_url()}feed.atom"
    first = client.get(path)

    same = client.get(path, headers={"If-None-Match": first["ETag"]})
    since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    with clock.at(clock.now()):
        route(message, roads())
    other = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, since.status_code, other.status_code) == (304, 304, 200)


def test_a_feed_asks_the_database_as_often_for_one_as_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = roads()
    jun = people.officer_of(office)
    for _n in range(8):
        published_by(jun, office)

    with django_assert_max_num_queries(5):
        client.get(f"/departments/{office.slug}/feed.atom")


def test_an_officers_calendar_holds_dates_and_no_words() -> None:
    office = roads()
    jun = people.officer_of(office)
    message = route(receive(text=WORDS, kind="hazard"), office)
    link = actions.make_calendar_link(Appointment.objects.get(user=jun, office=office), by=jun)
    path = f"/calendar/{link.pk}/{link.token}/{office.slug}.ics"

    text = Client().get(path).content.decode()
    tasks = Client().get(f"{path}?as=tasks").content.decode()

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    plain = text.replace("\r\n ", "")
    assert message.due_at is not None
    assert f"DTSTART:{message.due_at:%Y%m%dT%H%M%SZ}" in plain
    assert f"UID:{message.code}@" in plain
    assert re.search(r"DTSTAMP:\d{8}T\d{6}Z", plain)
    assert f"/admin/case/{message.code}/" in plain
    assert "가로등" not in plain
    assert f"DUE:{message.due_at:%Y%m%dT%H%M%SZ}" in tasks
    assert "STATUS:NEEDS-ACTION" in tasks


def test_a_calendar_ends_with_a_new_address_and_with_the_appointment() -> None:
    office = roads()
    jun = people.officer_of(office)
    post = Appointment.objects.get(user=jun, office=office)
    old = actions.make_calendar_link(post, by=jun)
    old_path = f"/calendar/{old.pk}/{old.token}/{office.slug}.ics"
    new = actions.make_calendar_link(post, by=jun)
    new_path = f"/calendar/{new.pk}/{new.token}/{office.slug}.ics"

    before = [Client().get(path).status_code for path in (old_path, new_path)]
    Appointment.objects.filter(pk=post.pk).update(until=clock.now())

    assert before == [404, 200]
    assert Client().get(new_path).status_code == 404


def test_an_officer_makes_the_address_on_a_page_of_the_desk() -> None:
    office = roads()
    jun = people.officer_of(office)
    client = people.signed_in_client(jun)
    post = Appointment.objects.get(user=jun, office=office)

    client.post("/admin/calendar/", {"post": post.pk})
    page = client.get("/admin/calendar/").content.decode()
    other = client.post("/admin/calendar/", {"post": "9" * 30})

    found = re.search(r'value="http://localhost:8000((?:/en)?/calendar/[^"]+)"', page)
    assert found is not None
    assert Client().get(found[1]).status_code == 200
    assert other.status_code == 404
