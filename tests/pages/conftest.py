"""What the tests of pages share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _korean_first() -> Iterator[None]:
    """No test begins in the language in which another one stopped."""
    with translation.override("ko"):
        yield
