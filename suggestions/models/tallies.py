"""How many suggestions are in each status, kept so that asking costs the same for 200,000 of them.

A trigger writes what each change adds or takes away, in the transaction of that change; a sweep
adds the rows up. Their sum is the number of rows at every moment.
"""

import pgtrigger
from django.db import models

_WRITTEN = "INSERT INTO suggestions_statustally (status, number) VALUES ({values});"


def _trigger(
    name: str,
    operation: pgtrigger.Operation,
    values: str,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        func=f"{_WRITTEN.format(values=values)} RETURN NULL;",
    )


TALLIED = [
    _trigger("tallied_in", pgtrigger.Insert, "NEW.status, 1"),
    _trigger(
        "tallied_anew",
        pgtrigger.Update,
        "OLD.status, -1), (NEW.status, 1",
        pgtrigger.AnyChange("status"),
    ),
    _trigger("tallied_out", pgtrigger.Delete, "OLD.status, -1"),
]


class StatusTally(models.Model):
    """What one change adds to the number of one status; or, added up, that number itself."""

    status = models.CharField(max_length=20)
    number = models.IntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.status}: {self.number:+}"
