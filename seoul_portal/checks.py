"""What `check --deploy` says about the keys of the house."""

import os
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from seoul_portal.keys import ENVIRONMENT


@register(Tags.security, deploy=True)
def keys_of_its_own(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Keys made on one machine are lost with it, and another machine makes others."""
    missing = ", ".join(name for name in ENVIRONMENT if name not in os.environ)
    hint = "Set them, the same on every machine, before the first start."
    return [Error(f"Not set: {missing}.", hint=hint, id="seoul_portal.E001")] if missing else []
