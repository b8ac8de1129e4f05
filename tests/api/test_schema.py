"""The schema tells the truth: generated requests, right and wrong, are answered as it says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from channels_app.api import reference
from lifecycle import rules
from lifecycle.actions import amend_rule
from seoul_portal.wsgi import application
from tests.api.callers import make_caller
from tests.channels_app.factories import published_by, receive
from tests.people import factories as people

pytestmark = pytest.mark.django_db

FEW = 5
OPERATIONS = {
    "GET /api/v1/messages/": 60,
    "POST /api/v1/messages/": 120,
    "GET /api/v1/messages/{receipt}/": 40,
    "GET /api/v1/similar/": 40,
    "GET /api/v1/offices/": FEW,
    "GET /api/v1/boroughs/": FEW,
}
# A list without parameters can't be asked in a wrong way.
WAYS = [
    (label, mode)
    for label, examples in OPERATIONS.items()
    for mode in GenerationMode
    if examples > FEW or mode == GenerationMode.POSITIVE
]
# All but `positive_data_acceptance`: no pattern says what a mail address is.
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
)


@pytest.fixture
def token() -> str:
    """Of an app that may read and send as fast as it can; there is something to read."""
    roads = people.make_office("roads-of-the-test")
    receive(place="합정역", position=(37.5, 126.9))
    published_by(people.officer_of(roads), roads)
    for name in ("api.reads", "api.reads_of_client"):
        amend_rule(name, to="1000000", reason="a test", by=people.administrator())
    rules.forget()
    return make_caller(rate=1_000_000).token


@pytest.fixture
def _one_transaction() -> Iterator[None]:
    """A request of its own kind, without Django's client, would close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operation_of(label: str) -> Any:
    """From the schema as the portal serves it, over the portal itself."""
    schema = schemathesis.openapi.from_wsgi("/api/schema/", application)
    found: list[Any] = list(schema.get_all_operations())
    return next(one.ok() for one in found if one.ok().label == label)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_transaction")
@pytest.mark.parametrize(("label", "mode"), WAYS, ids=str)
def test_generated_requests_are_answered_as_the_schema_says(
    token: str, label: str, mode: GenerationMode
) -> None:
    operation = operation_of(label)
    checks = [CHECKS.get_one(name) for name in CHECKED]  # known once a schema is read

    @settings(
        max_examples=OPERATIONS[label],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=checks)

    ask()


def test_the_schema_names_every_address_of_the_interface() -> None:
    labels = [
        f"{method.upper()} {path}"
        for path, methods in reference.written("en")["paths"].items()
        for method in methods
    ]

    assert sorted(labels) == sorted(OPERATIONS)


def test_the_schema_is_kept_and_told_in_both_languages(client: Client) -> None:
    korean, english = (
        client.get("/api/schema/", headers={"Accept-Language": language})
        for language in ("ko", "en")
    )

    assert json.loads(english.content)["openapi"].startswith("3.1")
    assert english["Access-Control-Allow-Origin"] == "*"
    assert korean["Content-Language"] == "ko"
    again = client.get("/api/schema/", headers={"If-None-Match": korean["ETag"]})
    assert again.status_code == 304


def test_every_sending_error_stands_in_the_schema() -> None:
    told = reference.written("en")["paths"]["/api/v1/messages/"]["post"]["responses"]

    assert set(told) == {"201", "400", "401", "413", "415", "422"}
    for status, answer in told.items():
        kind = "application/json" if status == "201" else "application/problem+json"
        assert list(answer["content"]) == [kind]
