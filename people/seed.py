"""Put the offices of `seed_offices` into a table: for the migration, and for tests.

Takes the model as an argument, because a migration knows only the model of its own day.
"""

from typing import Any

from people.seed_offices import rows


def plant(office_model: Any) -> None:
    """Every seeded office that is not there yet; the others stay as they were changed."""
    planted: dict[str, Any] = {}
    for slug, kind, parent, name_ko, name_en, duties_ko, duties_en in rows():
        planted[slug], _made = office_model.objects.get_or_create(
            slug=slug,
            defaults={
                "kind": kind,
                "parent": planted.get(parent),
                "name_ko": name_ko,
                "name_en": name_en,
                "duties_ko": duties_ko,
                "duties_en": duties_en,
            },
        )


def uproot(office_model: Any) -> None:
    """Take them out again, children first. Fails where one is in use already."""
    for row in reversed(rows()):
        office_model.objects.filter(slug=row[0]).delete()
