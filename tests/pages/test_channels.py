"""All channels of the paper, and how it works: nothing missing, nothing dead, nothing claimed."""

import pytest
from django.test import Client

from channels_app.models import Kind
from seoul_portal import figure
from seoul_portal.channels import CHANNELS, Group
from tests.channels_app.factories import receive
from tests.pages.html import Node, read

pytestmark = pytest.mark.django_db
# What the portal can do today, written a second time: a channel that claims more fails.
WORKING = {
    "this-site",
    "open-interface",
    "telephone",
    "letter",
    "counter",
    "listening-tour",
    "hope-seoul",
    "social-media-centre",
    "online-dasan",
    "imagination-oasis",
    "smart-complaint",
    "feeds",
    "mail",
    "safety-keeper",
}
WHOLE = {
    "this-site",
    "open-interface",
    "telephone",
    "letter",
    "counter",
    "listening-tour",
    "feeds",
    "imagination-oasis",
}


def english(client: Client, path: str) -> Node:
    """The page in English."""
    return read(client.get(path).content.decode())


def test_ten_tools_eight_programmes_and_four_outlets_are_there(client: Client) -> None:
    page = english(client, "/en/channels/")

    here, online, offline, outlets = (ul.all("h3") for ul in page.with_class("channels"))
    assert (len(here), len(online), len(offline), len(outlets)) == (8, 10, 8, 4)
    assert online[0].text == "Hope Seoul"
    assert offline[0].text == "Cheong-Chek Forum"


@pytest.mark.parametrize("path", ["/channels/", "/en/channels/", "/how-it-works/"])
def test_no_link_is_dead(client: Client, path: str) -> None:
    links = {a.attrs["href"] for a in english(client, path).all("a")}

    inside = {link.partition("#")[0] for link in links if link.startswith("/")}
    assert [link for link in inside if client.get(link).status_code != 200] == []


def test_a_link_to_a_channel_finds_it(client: Client) -> None:
    page = english(client, "/en/how-it-works/")

    anchors = {a.attrs["href"].partition("#")[2] for a in page.by_id("figure-table").all("a")}
    assert len(anchors) == 18
    channels = english(client, "/en/channels/")
    assert {channels.by_id(anchor).name for anchor in anchors} == {"li"}


def test_nothing_claims_to_work_that_does_not() -> None:
    assert {one.slug for one in CHANNELS if one.is_open} == WORKING
    assert {one.slug for one in CHANNELS if one.is_open and not one.is_partly_open} == WHOLE
    assert all(one.works or one.missing for one in CHANNELS)


def test_what_is_not_open_yet_says_so_and_names_another_way(client: Client) -> None:
    forum = english(client, "/en/channels/").by_id("cheong-chek-forum")

    assert "not open yet" in forum.text
    assert "Works today" not in forum.text
    assert [a.attrs["href"] for a in forum.all("a")] == ["/en/say/idea/"]


def test_todays_number_of_a_channel_is_that_of_its_rows(client: Client) -> None:
    receive(kind=Kind.IDEA)
    receive(kind=Kind.IDEA)
    receive(kind=Kind.IDEA, public=False)
    receive()

    page = english(client, "/en/channels/")

    for slug, number in (("imagination-oasis", 2), ("smart-complaint", 1), ("this-site", 3)):
        link = page.by_id(slug).all("a")[0]
        assert link.text.startswith(f"{number} public message")
        assert len(english(client, link.attrs["href"]).with_class("voice")) == number


def test_figure_one_has_a_row_for_each_channel_and_a_column_for_each_stage(
    client: Client,
) -> None:
    table = english(client, "/en/how-it-works/").by_id("figure-table")

    heads = [th.attrs["scope"] for th in table.one("thead").all("th")]
    rows = table.one("tbody").all("tr")
    assert heads == ["col"] * 8
    assert len(rows) == 18
    assert all(tr.all("th")[0].attrs["scope"] == "row" and len(tr.all("td")) == 7 for tr in rows)


def test_the_paper_speaks_for_social_media_at_every_stage_and_nothing_is_marked_twice() -> None:
    marks = {row.channel.slug: [cell.mark for cell in row.cells] for row in figure.rows()}

    assert set(marks["social-media-centre"]) == {figure.Mark.PAPER}
    assert all(any(cells) for cells in marks.values())
    for slug, stages in figure.BY_PAPER.items():
        assert not set(stages) & set(figure.BY_US.get(slug, ()))
    figured = {one.slug for one in CHANNELS if one.group in (Group.ONLINE, Group.OFFLINE)}
    assert set(figure.BY_PAPER) | set(figure.BY_US) == figured


def test_the_numbers_of_the_promise_come_from_the_rulebook(client: Client) -> None:
    text = english(client, "/en/how-it-works/").one("main").text

    assert "After 3 days the head of the office is told. With a danger: after 1 hour." in text
    assert "After 7 days the mayor's office is told. With a danger: after 3 hours." in text
    assert "Within 30 days you say so" in text
    assert "After 2 times only its head may. More than 3 times, and the mayor's office" in text
