"""A citizen's browser, where the fault tests look for it."""

from benchmarks.chaos.browser import CSRF, HANGS_UP_AFTER, PATIENCE, Browser, Form, Page

__all__ = ["CSRF", "HANGS_UP_AFTER", "PATIENCE", "Browser", "Form", "Page"]
