"""Draw the boroughs: positions find their borough from then on."""

from collections.abc import Sequence

from django.db import transaction

from channels_app.models import Boundary
from channels_app.outlines import Outline
from lifecycle import clock


@transaction.atomic
def draw_boroughs(outlines: Sequence[Outline]) -> None:
    """Take these outlines in place of the earlier ones; every process reads them anew."""
    Boundary.objects.bulk_create(
        [
            Boundary(office=one.office, shape=one.shape.wkb_hex, imported_at=clock.now())
            for one in outlines
        ],
        update_conflicts=True,
        unique_fields=["office"],
        update_fields=["shape", "imported_at"],
    )
