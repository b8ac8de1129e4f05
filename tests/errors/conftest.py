"""The browser of the desk's tests."""

from tests.desk.conftest import axe, browser

__all__ = ["axe", "browser"]
