"""The schema: whole, kept, in both languages, and no promise too much."""

import json

from django.test import Client

from channels_app.api import reference

OPERATIONS = [
    "GET /api/v1/boroughs/",
    "GET /api/v1/messages/",
    "GET /api/v1/messages/{receipt}/",
    "GET /api/v1/offices/",
    "GET /api/v1/similar/",
    "GET /api/v1/suggestions/",
    "GET /api/v1/suggestions/{receipt}/",
    "POST /api/v1/messages/",
]


def test_the_schema_names_every_address_of_the_interface() -> None:
    labels = [
        f"{method.upper()} {path}"
        for path, methods in reference.written("en")["paths"].items()
        for method in methods
    ]

    assert sorted(labels) == OPERATIONS


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

    assert set(told) == {"201", "400", "401", "403", "413", "415", "422"}
    for status, answer in told.items():
        kind = "application/json" if status == "201" else "application/problem+json"
        assert list(answer["content"]) == [kind]


def test_a_body_is_told_as_strictly_as_it_is_read() -> None:
    shapes = reference.written("en")["components"]["schemas"]

    for name in ("NewMessage", "NewMessageWithPhotos"):
        assert shapes[name]["additionalProperties"] is False
        assert shapes[name]["dependentRequired"]["latitude"] == ["longitude"]
        assert shapes[name]["properties"]["text"]["minLength"] == 1


def test_an_empty_place_fits_in_one_way_only() -> None:
    shapes = reference.written("en")["components"]["schemas"]

    for name in ("NewMessage", "NewMessageWithPhotos"):
        told = shapes[name]["properties"]["place"]
        assert told["type"] == "string"
        assert not told.keys() & {"oneOf", "minLength"}


def test_a_photo_is_a_file_and_no_address() -> None:
    told = reference.written("en")
    form = told["paths"]["/api/v1/messages/"]["post"]["requestBody"]["content"]

    photo = told["components"]["schemas"]["NewMessageWithPhotos"]["properties"]["photos"]["items"]

    assert photo == {"type": "string", "format": "binary"}
    assert "image/heic" in form["multipart/form-data"]["encoding"]["photos"]["contentType"]


def test_a_receipt_leads_to_its_message() -> None:
    told = reference.written("en")["paths"]["/api/v1/messages/"]["post"]["responses"]["201"]

    assert told["links"]["message"]["parameters"] == {"receipt": "$response.body#/receipt"}
