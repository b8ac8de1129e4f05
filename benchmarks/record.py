"""The sealed record: sealing it, a stranger who verifies all of it, one proof, random tamperings.

Invented answered cases of four Steps each, all of them public: the most that a stranger can have
to read. What the pages hand out lies in a folder, and the script reads it in a process of its own.
Then many Steps are changed, deleted or swapped at once, past every trigger: each must be named by
our own check and by the stranger's.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from django.db import connection, transaction

from benchmarks import measuring
from benchmarks.city.writing import bare, insert
from channels_app.models import Message, MessageStep
from lifecycle.models import Leaf, Seal
from lifecycle.record import notes, openings, sealing, verify, verifying
from lifecycle.record.tree import Tree
from people.models import Office, User

STEPS, QUICK_STEPS = 1_000_000, 8_000
TAMPERINGS, QUICK_TAMPERINGS = 1_000, 200
PROOFS = 300
LIFE = ("", "received", "routed", "answered", "replied")
DAY = "interval '1 day'"
MESSAGE = {
    "id": "n",
    "code": "'S-2026-' || lpad(n::text, 6, '0')",
    "nonce": "md5(n::text)",
    "channel": "'web'",
    "kind": "'complaint'",
    "text": "'.'",
    "masked_text": "'.'",
    "client_key": "gen_random_uuid()",
    "request_digest": "md5(n::text) || md5(n::text)",
    "received_at": f"now() - {DAY}",
    "route_by": "now()",
    "replied_at": "now()",
    "status": "'replied'",
    "version": "3",
    "told_version": "3",
    "office_id": "(SELECT min(id) FROM people_office)",
    "due_at": f"now() + n * interval '1 second' + {DAY}",
    "first_due_at": f"now() + n * interval '1 second' + {DAY}",
    "clock_from": f"now() - {DAY}",
    "met_at": "now()",
    "met_due_at": f"now() + n * interval '1 second' + {DAY}",
    "publication": "'public'",
    "wants_public": "true",
}
STEP = {
    "root_id": "n",
    "office_id": "(SELECT min(id) FROM people_office)",
    "by_id": "(SELECT min(id) FROM people_user)",
    "by_office_id": "(SELECT min(id) FROM people_office)",
    "due_at": f"now() + n * interval '1 second' + {DAY}",
    "text_digest": "md5(n::text) || md5(n::text)",
}
WAIT = (
    "INSERT INTO lifecycle_unsealed (kind, step)"
    " SELECT 'message', id FROM channels_app_messagestep ORDER BY id"
)
CHANGES = (
    "to_status = 'set_aside'", "from_status = 'at_work'", "cause = 'interim'", "by_id = by_id + 1",
    "by_office_id = by_office_id + 1", "office_id = office_id + 1",
    "due_at = due_at + interval '1 microsecond'", "at = at - interval '1 microsecond'",
    "text_digest = reverse(text_digest)", "note_hash = md5('x')", "by_id = NULL",
)  # fmt: skip
CHANGE = "UPDATE channels_app_messagestep SET {} WHERE id = %s"
DELETE = "DELETE FROM channels_app_messagestep WHERE id = %s"
# The last two of a case change places; the others of its steps stay.
SWAP = (
    "UPDATE channels_app_messagestep SET seq = 1000 WHERE id = %s",
    "UPDATE channels_app_messagestep SET seq = 2 WHERE id = %s",
    "UPDATE channels_app_messagestep SET seq = 3 WHERE id = %s",
)


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run; raises RuntimeError where the untouched record is not whole.

    `seconds` is not needed: everything is done once.
    """
    steps = QUICK_STEPS if quick else STEPS
    _fill(steps)
    sealing_s = _seal_all()
    with tempfile.TemporaryDirectory(prefix="record-") as name:
        folder = Path(name)
        _hand_out(folder)
        verify_s = _verify(folder)
        sizes, took = _prove(steps)
        wanted = _tamper(steps, QUICK_TAMPERINGS if quick else TAMPERINGS)
        _hand_out(folder)
        ours = _named(verifying.problems())
        theirs = _named(verify.check(verify.Source(name), notes.verifier_key()))
    return {
        "steps": steps,
        "seal_per_s": round(steps / sealing_s),
        "verify_s": round(verify_s, 1),
        "proof_bytes": max(sizes),
        "proof_ms": round(1000 * measuring.percentile(took, 0.95), 2),
        "tampered": len(wanted),
        "found": len(wanted & ours & theirs),
    }


def _fill(steps: int) -> None:
    User.objects.create_user(email="officer@bench.example")
    assert Office.objects.exists()  # noqa: S101 - seeded by the migrations
    source = f"generate_series(1, {steps // 4}) n"
    with transaction.atomic(), connection.cursor() as cursor:  # at one moment
        cursor.execute("SET statement_timeout = 0")
        with bare((Message, MessageStep)):
            insert(Message, MESSAGE, source)
            for seq in range(4):
                life = {
                    "seq": str(seq),
                    "from_status": f"'{LIFE[seq]}'",
                    "to_status": f"'{LIFE[seq + 1]}'",
                    "at": f"now() - {4 - seq} * interval '1 hour'",
                }
                insert(MessageStep, STEP | life, source)
        cursor.execute(WAIT)
        cursor.execute("ANALYZE")


def _seal_all() -> float:
    started = time.monotonic()
    while sealing.seal():
        pass
    return time.monotonic() - started


def _hand_out(folder: Path) -> None:
    """What the pages answer, file by file."""
    newest = Seal.objects.newest()
    if newest is None:
        raise RuntimeError("nothing was sealed")
    (folder / "checkpoint").write_text(newest.note)
    for part in range((newest.size + openings.PART - 1) // openings.PART):
        for name, content in (
            ("leaves", openings.hashes(part)),
            ("entries", "".join(openings.lines(part)).encode()),
        ):
            (folder / name).mkdir(exist_ok=True)
            (folder / name / str(part)).write_bytes(content)


def _verify(folder: Path) -> float:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-I", verify.__file__, "check", str(folder), "--key",
         notes.verifier_key()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return time.monotonic() - started


def _prove(steps: int) -> tuple[list[int], list[float]]:
    """Bytes of a path as JSON, and seconds to make it."""
    dice, sizes, took = random.Random(42), [], []
    for _n in range(PROOFS):
        index = dice.randrange(steps)
        started = time.monotonic()
        (path,) = Tree().inclusions([index], steps)
        told = json.dumps({"index": index, "path": openings.written(path)}, separators=(",", ":"))
        took.append(time.monotonic() - started)
        sizes.append(len(told))
    return sizes, took


def _tamper(steps: int, number: int) -> set[int]:
    """Which leaves are not true any more."""
    dice, wanted = random.Random(42), set[int]()
    cases = dice.sample(range(1, steps // 4 + 1), number)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for case in cases:
            steps_of = list(MessageStep.objects.filter(root=case).order_by("seq"))
            hit, how = dice.choice(steps_of), dice.randrange(len(CHANGES) + 2)
            hits = [hit]
            if how == len(CHANGES) and len(wanted) + 2 <= number:
                hits = steps_of[2:]
                for statement, row in zip(SWAP, (hits[0], hits[1], hits[0]), strict=True):
                    cursor.execute(statement, [row.pk])
            elif how > len(CHANGES):
                cursor.execute(DELETE, [hit.pk])
            else:
                cursor.execute(CHANGE.format(CHANGES[how % len(CHANGES)]), [hit.pk])
            pks = [row.pk for row in hits]
            leaves = Leaf.objects.filter(kind="message", step__in=pks)
            wanted |= set(leaves.values_list("index", flat=True))
            if len(wanted) >= number:
                break
        cursor.execute("SET session_replication_role = DEFAULT")
    return wanted


def _named(lines: Iterable[str]) -> set[int]:
    """The leaves that were named as changed or missing, not only as out of step."""
    found = set()
    for line in lines:
        words = line.split()
        if words[0] == "leaf" and line.endswith(("changed", "missing")):
            found.add(int(words[1].rstrip(":")))
    return found
