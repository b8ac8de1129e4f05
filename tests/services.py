"""A pytest plugin: throw-away servers for the whole run, unless the environment names some.

It comes before Django's settings are read. The workers of pytest-xdist inherit the addresses.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from seoul_portal.local import services, translations
from seoul_portal.local.errors import NoServerError


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Started before anything else, stopped after everything else."""
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    _take_a_valkey_of_our_own()
    try:
        translations.compile_stale()
        stack.enter_context(services.throwaway())
    except NoServerError as problem:
        raise pytest.UsageError(str(problem)) from problem
    return (yield)


def _take_a_valkey_of_our_own() -> None:
    """Each worker of pytest-xdist counts in a database of its own, 1, 2, … of the shared server."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and "REDIS_URL" in os.environ:
        url = os.environ["REDIS_URL"].partition("?")[0]
        os.environ["REDIS_URL"] = f"{url}?db={int(worker.removeprefix('gw')) + 1}"
