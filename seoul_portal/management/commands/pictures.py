"""`./portal pictures`: take the pictures of docs/walk.md again, from the walk in a real browser."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

WALK = ("tests/e2e", "-k", "undisturbed or second_walk or third_walk")


class Command(BaseCommand):
    """Runs the walk as the tests do and keeps what the people see."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where the walk does not come to its end."""
        folder = settings.BASE_DIR / "docs" / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        walk = subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", "-q", *WALK],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PORTAL_PICTURES": str(folder)},
            check=False,
        )
        if walk.returncode:
            raise CommandError("The walk did not come to its end; see above.")
        self.stdout.write(f"pictures: {folder.relative_to(settings.BASE_DIR)}")
