"""Every test has a shelf of its own for the files."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _shelf(settings: Settings, tmp_path: Path) -> None:
    settings.OPEN_DATA = tmp_path / "opendata"
