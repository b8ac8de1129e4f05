"""The demonstration: one idea is done, one evaluated, and a petition waits for its answer."""

import pytest

from lifecycle import clock
from people import seed
from people.models import Office
from seoul_portal.demo import finished
from suggestions.models import Evaluation, Suggestion, SuggestionKind
from suggestions.states import SuggestionStatus
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_it_is_told_once_however_often_it_is_played() -> None:
    seed.plant(Office)
    now = clock.now()

    for _n in range(2):
        finished.play(now)

    found = {one.message.text: one for one in Suggestion.objects.select_related("message")}
    assert found.keys() == {voice.text for voice, _what_came in finished.STORIES}
    assert found[finished.DONE.text].status == SuggestionStatus.IMPLEMENTED
    assert found[finished.EVALUATED.text].status == SuggestionStatus.EVALUATED
    petition = found[finished.PETITION.text]
    assert (petition.kind, petition.status) == (SuggestionKind.PETITION, SuggestionStatus.OPEN)
    assert Evaluation.objects.get().said.count() == 1
    check_ledger(settled=False)
