"""So many suggestions with so many supports, by SQL: each row as the real actions wrote the first.

A template goes through the actions once; the others are that row with its keys, dates and numbers
drawn anew. Triggers are off meanwhile, so what they keep is written at the end.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models

from channels_app import actions as message_actions
from channels_app.actions import Said
from channels_app.models import Contact, Kind, Message, Topic
from lifecycle import clock
from people.models import Appointment, Office, OfficeKind, User
from suggestions import actions
from suggestions.models import Suggestion, SuggestionStep, Support

FIRST = 10_000_000  # keys from here on are drawn ones
SUPPORTERS = 20_000
WORDS = "밤 12시 이후에도 다니는 심야버스를 운행해 주세요. 밤늦게 일하는 사람이 많아요."
STATUSES = (
    "open", "open", "open", "dormant", "dormant", "dormant", "under_review", "implementing",
    "implemented", "withdrawn",
)  # fmt: skip


def officer() -> User:
    """Somebody of the centre."""
    user = User.objects.create(email="centre@bench.example")
    Appointment.objects.create(user=user, office=Office.objects.centre(), since=clock.now())
    return user


def opened(by: User, words: str = WORDS) -> Suggestion:
    """One that gathers support, by the real actions."""
    office = Office.objects.filter(kind=OfficeKind.DEPARTMENT)[0]
    message = message_actions.receive(Said(text=words, kind=Kind.IDEA, public=True))
    return actions.take_up(message_actions.route(message, to=office, by=by))


def fill(template: Suggestion, first: int, last: int, *, supports: int) -> None:
    """Suggestions with the numbers first + 1 … last, and so many supports in all of them."""
    statuses = ", ".join(f"'{status}'" for status in STATUSES)
    status = f"(ARRAY[{statuses}])[1 + mod(n, {len(STATUSES)})]"
    key, moment = f"{FIRST} + n", "now() - n * interval '7 minutes'"
    code = "'S-2026-' || lpad((900000 + n)::text, 7, '0')"
    offices = list(Office.objects.filter(kind=OfficeKind.DEPARTMENT).values_list("pk", flat=True))
    boroughs = list(Office.objects.boroughs().values_list("pk", flat=True))
    each = supports // max(1, last - first)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET session_replication_role = replica")
    _multiply(Topic, template.topic_id, first, last, {"id": key, "code": code})
    _multiply(
        Message,
        template.message_id,
        first,
        last,
        {"id": key, "code": code, "client_key": "NULL", "topic_id": key, "received_at": moment},
    )
    _multiply(
        Suggestion,
        template.pk,
        first,
        last,
        {
            "id": key,
            "code": code,
            "message_id": key,
            "topic_id": key,
            "status": status,
            "opened_at": moment,
            "submitted_at": moment,
            "done_at": f"CASE WHEN {status} = 'implemented' THEN {moment} END",
            "supports": f"{each} + mod(n, 7)",
            "department_id": _one_of(offices),
            "borough_id": _one_of(boroughs),
            "due_at": "now() + mod(n, 9000) * interval '5 minutes'",
            "title": "'심야버스를 운행해 주세요 ' || n",
        },
    )
    for step in template.steps.all():
        places = {"id": f"2 * ({key}) + {step.seq}", "root_id": key, "at": moment}
        _multiply(SuggestionStep, step.pk, first, last, places)
    _support(first, last, each)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("DELETE FROM suggestions_statustally")
        cursor.execute(
            "INSERT INTO suggestions_statustally (status, number)"
            " SELECT status, count(*) FROM suggestions_suggestion GROUP BY status"
        )
        cursor.execute("VACUUM ANALYZE")


def _one_of(keys: list[int]) -> str:
    return f"(ARRAY{keys})[1 + mod(n, {len(keys)})]"


def _multiply(
    model: type[models.Model], template: int, first: int, last: int, drawn: Mapping[str, str]
) -> None:
    """The row of this key again and again, with these columns as SQL over `n`."""
    columns: list[Any] = [field.column for field in model._meta.concrete_fields]
    named = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(drawn.get(column, f't."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({named}) SELECT {values}'  # noqa: S608 - words of this module
            f' FROM "{model._meta.db_table}" t, generate_series(%s, %s) n WHERE t.id = %s',
            [first + 1, last, template],
        )


def _support(first: int, last: int, each: int) -> None:
    """Each suggestion by the next so many of the supporters, in a ring."""
    if not Contact.objects.filter(pk__gte=FIRST).exists():
        people(SUPPORTERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Support._meta.db_table}"  # noqa: S608 - words of this module
            " (suggestion_id, contact_id, state, proved, at)"
            " SELECT %s + n, %s + 1 + mod(n * 13 + k, %s), 'valid', false, now()"
            " FROM generate_series(%s, %s) n, generate_series(1, %s) k",
            [FIRST, FIRST, SUPPORTERS, first + 1, last, each],
        )


def people(count: int) -> list[Contact]:
    """So many whose address is confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Contact._meta.db_table}"  # noqa: S608 - words of this module
            " (id, kind, index, sealed, nonce, confirmed_at, created_at)"
            " SELECT %s + n, 'mail', md5(n::text) || md5('b' || n), 'x', md5('n' || n), now(),"
            " now() FROM generate_series(1, %s) n",
            [FIRST, count],
        )
    return list(Contact.objects.filter(pk__gt=FIRST).order_by("pk"))
