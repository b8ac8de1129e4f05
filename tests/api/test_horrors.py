"""JSON and Unicode horrors: always a problem in plain words, never our own fault."""

import gzip
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from channels_app.models import Message
from tests.api.callers import MESSAGES, WORDS, Caller, key, problem_of

HORRORS: dict[str, bytes] = {
    "nothing": b"",
    "spaces": b"  ",
    "not json": b"text=hello",
    "half": b'{"text": "a',
    "trailing": b'{"text": "a"} {"text": "b"}',
    "array": b'["text"]',
    "array of objects": b'[{"text": "a"}]',
    "string": b'"text"',
    "number": b"7",
    "null": b"null",
    "true": b"true",
    "nan": b'{"text": "a", "latitude": NaN, "longitude": 1}',
    "infinity": b'{"text": "a", "latitude": 1, "longitude": -Infinity}',
    "bare nan": b"NaN",
    "1e999": b'{"text": "a", "latitude": 1e999, "longitude": 1}',
    "digits": b'{"text": "a", "latitude": 1' + b"0" * 100_000 + b', "longitude": 1}',
    "400 digits": b'{"text": "a", "latitude": 1' + b"0" * 400 + b', "longitude": 1}',
    "minus digits": b'{"text": "a", "latitude": -' + b"9" * 5000 + b', "longitude": 1}',
    "long float": b'{"text": "a", "latitude": 0.' + b"1" * 100_000 + b', "longitude": 200}',
    "name twice": b'{"text": "a", "text": "b"}',
    "deep arrays": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "deep inside": b'{"text": ' + b"[" * 60_000 + b"]" * 60_000 + b"}",
    "lone surrogate": b'{"text": "\\ud800"}',
    "lone surrogate in a place": b'{"text": "a", "place": "\\udfff"}',
    "surrogate name": b'{"text": "a", "\\ud800": 1}',
    "nul": b'{"text": "a\\u0000b"}',
    "nul in a place": b'{"text": "a", "place": "\\u0000"}',
    "raw nul": b'{"text": "a\x00b"}',
    "latin-1": b'{"text": "caf\xe9"}',
    "overlong": b'{"text": "\xc0\xaf"}',
    "utf-8 surrogate": b'{"text": "\xed\xa0\x80"}',
    "utf-16": '{"text": "a"}'.encode("utf-16"),
    "bom": b"\xef\xbb\xbf" + b'{"text": "a"}',
    "gzip": gzip.compress(b'{"text": "a"}'),
    "10 MB": b'{"text": "' + b"a" * 10_000_000 + b'"}',
    "10 MB of names": b'{"text": "a", "b": {' + b'"x": 1,' * 1_400_000 + b'"y": 2}}',
    "objects as text": b'{"text": {"text": "a"}}',
    "prototype": b'{"__proto__": {}, "text": 1}',
    "only invisible": '{"text": "\u200b\u200b\ufeff"}'.encode(),
}


@pytest.mark.parametrize("horror", HORRORS)
def test_a_horror_is_refused_in_plain_words(app: Caller, horror: str) -> None:
    answer = app.send(HORRORS[horror])

    assert 400 <= answer.status_code < 500
    told = problem_of(answer)
    assert "Traceback" not in json.dumps(told)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    [
        "", "text/plain", "application/xml", "text/html", "application/json5", "image/png",
        "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=한", "multipart/mixed; boundary=x", ";", "a/b/c", "*/*",
    ],
)  # fmt: skip
def test_a_wrong_content_type_is_refused(app: Caller, content_type: str) -> None:
    answer = app.send(b'{"text": "a"}', content_type=content_type)

    assert answer.status_code in (400, 415)
    problem_of(answer)
    assert not Message.objects.exists()


@pytest.mark.parametrize("charset", ["utf-16", "bz2_codec", "nonsense", "latin-1", "'"])
def test_json_is_utf8_whatever_the_header_says(app: Caller, charset: str) -> None:
    body = json.dumps({"text": "a"}).encode()

    answer = app.send(body, content_type=f"application/json; charset={charset}")

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "text",
    ["👨‍👩‍👧‍👦" * 400, "ᄒ" * 4999, "a\u0301" * 2000, "\u202e거꾸로", "<script>", "'; DROP TABLE"],
)
def test_strange_words_are_still_words(app: Caller, text: str) -> None:
    assert app.send({"text": text}).status_code == 201


MULTIPART = {
    "not utf-8": b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--\r\n',
    "no name": b"--x\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--x--\r\n",
    "broken base64": b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    "nul": b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\x00b\r\n--x--\r\n',
    "only a file": b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
    b"\r\nhello\r\n--x--\r\n",
    "text as a file": b'--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n'
    b"\r\nhello\r\n--x--\r\n",
    "long headers": b"--x\r\nContent-Disposition: form-data; name=" + b"n" * 100_000 + b"\r\n\r\n",
    "1001 fields": b"".join(
        b'--x\r\nContent-Disposition: form-data; name="n%d"\r\n\r\n1\r\n' % number
        for number in range(1001)
    )
    + b"--x--\r\n",
    "101 files": b"".join(
        b'--x\r\nContent-Disposition: form-data; name="photos"; filename="%d"\r\n\r\n1\r\n' % number
        for number in range(101)
    )
    + b"--x--\r\n",
    "3 MB of text": b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    + b"a" * 3_000_000
    + b"\r\n--x--\r\n",
}


@pytest.mark.parametrize("horror", MULTIPART)
def test_a_broken_form_is_refused(app: Caller, horror: str) -> None:
    answer = app.send(MULTIPART[horror], content_type="multipart/form-data; boundary=x")

    assert 400 <= answer.status_code < 500
    problem_of(answer)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"text": WORDS, "latitude": "nan", "longitude": "1"},
        {"text": WORDS, "latitude": "inf", "longitude": "1"},
        {"text": WORDS, "latitude": "1e400", "longitude": "1"},
        {"text": WORDS, "latitude": "٣٧", "longitude": "x"},
        {"text": WORDS, "public": "perhaps"},
        {"text": WORDS, "nobody": "knows"},
        {"text": [WORDS, "twice"]},
        {"text": WORDS, "photos": "no file"},
    ],
)
def test_a_form_is_checked_like_json(app: Caller, form: dict[str, Any]) -> None:
    answer = app.send_form(form, under=key())

    assert answer.status_code == 400
    assert problem_of(answer)["errors"]
    assert not Message.objects.exists()


def test_a_file_that_is_no_photo_is_named(app: Caller) -> None:
    file = SimpleUploadedFile("cat.jpg", b"<html>", "image/jpeg")

    answer = app.send_form({"text": WORDS, "photos": file}, under=key())

    assert answer.status_code == 400
    (error,) = problem_of(answer)["errors"]
    assert error["field"] == "photos"
    assert "cat.jpg" in error["words"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [MESSAGES, f"{MESSAGES}S-2026-000001/", "/api/v1/offices/"])
def test_a_method_that_is_not_there_is_named(app: Caller, method: str, path: str) -> None:
    answer = getattr(app.browser, method)(path, headers=app.headers)

    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    problem_of(answer)


@pytest.mark.parametrize(
    "path", ["messages", "messages/1/", "nothing/", "messages/S-2026-000001", "%00/", "a/../../"]
)
def test_an_unknown_address_is_a_problem_too(app: Caller, path: str) -> None:
    for answer in (app.get(f"/api/v1/{path}"), app.browser.post(f"/api/v1/{path}")):
        assert answer.status_code == 404
        problem_of(answer)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", "image/*;q=x"])
def test_whatever_a_reader_prefers_there_is_json(anybody: Caller, accept: str) -> None:
    answer = anybody.get(MESSAGES, Accept=accept)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
