"""What is written down stays: whoever reaches the database can neither change nor empty it."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from channels_app.models import MessageStep
from tests.channels_app.factories import receive

pytestmark = pytest.mark.django_db
KEPT = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if any(one.name.startswith("append_only") for one in getattr(model._meta, "triggers", []))
)


@pytest.mark.parametrize("table", KEPT)
def test_no_record_can_be_emptied(table: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="is never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_nor_by_emptying_what_it_belongs_to() -> None:
    message = receive()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(ProgrammingError, match="is never emptied"), transaction.atomic():
            cursor.execute("TRUNCATE channels_app_message CASCADE")

    assert MessageStep.objects.filter(root=message).exists()
