"""Whatever is wrong in the books of suggestions is found, and the entry is named."""

from datetime import timedelta

import pytest

from lifecycle import clock
from seoul_portal import ledger_of_ideas
from suggestions import actions
from suggestions.models import Cluster, Suggestion
from tests.committees import rooms
from tests.ledger import check_ledger
from tests.record.lives import superuser
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
WRONG = {
    "supports": ("UPDATE suggestions_suggestion SET supports = supports + 1 WHERE id = {one}",
                 "its supports are not its rows"),
    "cluster": ("UPDATE suggestions_cluster SET people = people - 1", "its people are not those"),
    "tally": ("INSERT INTO suggestions_statustally (status, number) VALUES ('open', 1)",
              "open: 3 suggestions tallied, 2 rows"),
    "latch": ("UPDATE suggestions_suggestion SET reached_at = now() WHERE id = {one}",
              "0 milestones say so"),
    "milestone": ("INSERT INTO suggestions_milestone (suggestion_id, threshold, people, at,"
                  " by_cluster, words) VALUES ({one}, 'answer', 50, now(), false, '')",
                  "1 milestones say so"),
    "owner": ("UPDATE suggestions_suggestion SET ended_at = now() WHERE id = {one}",
              "open, ended at"),
    "message": ("UPDATE channels_app_message SET status = 'received'", "its message received"),
    "no answer": ("DELETE FROM suggestions_officialanswer", "answers, and no answer is kept"),
    "an answer of nothing": ("UPDATE suggestions_officialanswer SET step_id = (SELECT min(id)"
                             " FROM suggestions_suggestionstep)", "belongs to no step of it"),
    "a fortnight left out": ("DELETE FROM suggestions_progressreport WHERE number = 2",
                             "number 2 is missing"),
    "a fortnight moved": ("UPDATE suggestions_progressreport SET first_day = first_day + 1"
                          " WHERE number = 3", "#3: begins on"),
}  # fmt: skip


@pytest.fixture
def one() -> Suggestion:
    """Two joined ideas that gather support, and one in a committee that owes its reports."""
    room = rooms.at_work()
    with clock.at(clock.now() + timedelta(days=43)):
        actions.open_reports_of_committee(room.committee)
    one, two = ideas.opened(room.office), ideas.opened(room.office)
    ideas.supported(one, 3)
    ideas.supported(two, 2)
    actions.put_in_cluster(two, to=one, by=ideas.listener())
    actions.count_supports()
    assert Cluster.objects.get().people == 5
    return one


def test_books_in_order_balance(one: Suggestion) -> None:
    check_ledger(settled=False)


@pytest.mark.parametrize(("change", "entry"), WRONG.values(), ids=WRONG)
def test_every_wrong_entry_is_named(change: str, entry: str, one: Suggestion) -> None:
    with superuser() as cursor:
        cursor.execute(change.format(one=one.pk))

    assert any(entry in line for line in ledger_of_ideas.wrong_entries())


def test_a_threshold_reached_under_another_rule_is_unlatched_whole(one: Suggestion) -> None:
    ideas.crossed(one, "answer", people=50)
    one.milestones.filter(threshold="answer").update(people=2)  # an older rule asked for fewer
    false = one.all_supports.counting()
    note = {"rule": "한 기기", "public_note": "한 기기에서 왔습니다."}
    actions.invalidate(one, false, by=ideas.listener(), **note)
    actions.count_supports()

    actions.unlatch(one, words="거짓 지지였습니다.", by=ideas.listener())

    assert list(ledger_of_ideas.wrong_entries()) == []
