"""Logs for machines: one object a line, a number for every request, nobody's data."""

import io
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from seoul_portal.logs import JsonLines, NoSecrets, request_id
from tests.channels_app import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(settings: Any) -> Iterator[io.StringIO]:
    """What the handler of a container writes."""
    settings.LOG_REQUESTS = True
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(NoSecrets())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def lines(paper: io.StringIO) -> list[dict[str, Any]]:
    """Every line, read."""
    return [json.loads(line) for line in paper.getvalue().splitlines()]


def test_a_request_is_one_line_that_names_the_page_and_no_token(
    paper: io.StringIO, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    message = factories.receive()
    address = f"/s/{message.code}/{message.token}/"

    answer = client.get(address)

    (told,) = [line for line in lines(paper) if line["logger"] == "portal.requests"]
    assert told.pop("time").endswith("+00:00")
    assert told.pop("duration_ms") > 0
    assert told == {
        "level": "INFO",
        "logger": "portal.requests",
        "message": "answered",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "page": "case_private",
        "status": 200,
    }
    assert message.token not in paper.getvalue()


def test_lines_within_a_request_carry_its_number(paper: io.StringIO) -> None:
    mark = request_id.set("number-of-the-test")
    logging.getLogger("somebody").warning("words of mina@example.org", extra={"rows": 3})
    request_id.reset(mark)

    (told,) = lines(paper)
    assert told["request_id"] == "number-of-the-test"
    assert told["rows"] == 3
    assert "mina" not in paper.getvalue()


def test_an_error_brings_its_trace_on_the_same_line(paper: io.StringIO) -> None:
    try:
        int("010-1234-5678")
    except ValueError:
        logging.getLogger("somebody").exception("it went wrong")

    (told,) = lines(paper)
    assert "Traceback" in told["trace"]
    assert "1234-5678" not in paper.getvalue()


@pytest.mark.parametrize(
    ("proxies", "brought", "kept"),
    [
        (0, "abcdef0123456789", False),
        (1, "abcdef0123456789", True),
        (1, "short", False),
        (1, "a" * 65, False),
        (1, 'two "words" here', False),
    ],
)
def test_only_a_well_formed_number_of_our_own_proxy_is_kept(
    proxies: int, brought: str, kept: bool, settings: Any, client: Client
) -> None:
    settings.TRUSTED_PROXIES = proxies

    answer = client.get("/robots.txt", headers={"X-Request-ID": brought})

    assert (answer.headers["X-Request-ID"] == brought) == kept
    assert len(answer.headers["X-Request-ID"]) >= 16


def test_well_asked_pages_leave_no_line(paper: io.StringIO, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-token-of-the-test"

    client.get("/metrics", headers={"Authorization": "Bearer a-token-of-the-test"})

    assert [line for line in lines(paper) if line["logger"] == "portal.requests"] == []


def test_a_line_costs_next_to_nothing() -> None:
    record = logging.makeLogRecord({"msg": "answered", "page": "home", "status": 200})
    formatter = JsonLines()
    began = time.process_time()

    for _ in range(1000):
        formatter.format(record)

    assert time.process_time() - began < 1.0  # below a millisecond each, on any machine
