"""The walk uses the houses of the fault tests."""

from tests.faults.conftest import house, template

__all__ = ["house", "template"]
