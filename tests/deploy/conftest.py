"""The people of the fault tests live here too."""

from tests.faults.conftest import jun, roads, send_to

__all__ = ["jun", "roads", "send_to"]
