"""Tally: the rows that changes of status left behind become one row for each status again."""

from django.db import connection, transaction

# In one statement: who reads meanwhile sees the rows before or the rows after.
ADDED_UP = """
WITH gone AS (DELETE FROM suggestions_statustally RETURNING status, number)
INSERT INTO suggestions_statustally (status, number)
SELECT status, sum(number) FROM gone GROUP BY status HAVING sum(number) <> 0
"""


@transaction.atomic
def add_up_tallies() -> None:
    """The sum stays what it is. Safe to run twice, or two at once."""
    with connection.cursor() as cursor:
        cursor.execute(ADDED_UP)
