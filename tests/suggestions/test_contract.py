"""Each page of suggestions keeps the contract of all pages, in both languages."""

import pytest
from django.test import Client

from tests.pages.html import broken_promises
from tests.suggestions import visits

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_keeps_the_contract(client: Client, language: str) -> None:
    broken = {}
    for name, path in visits.pages().items():
        page = client.get(path if language == "ko" else f"/en{path}")
        assert page.status_code in (200, 404, 422), (name, page.status_code)
        if problems := broken_promises(page.content.decode(), language):
            broken[name] = problems

    assert broken == {}
