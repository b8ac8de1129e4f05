"""A citizen with an idea is erased: nobody finds them again, and the books still balance."""

import logging

import pytest

from channels_app import actions
from channels_app.models import Message
from suggestions.models import Suggestion, SuggestionStep, Support
from tests.ledger import check_ledger
from tests.privacy import lives, lives_of_ideas
from tests.privacy.test_erasure import places_with

pytestmark = pytest.mark.django_db


def record() -> list[tuple[object, ...]]:
    names = [field.attname for field in SuggestionStep._meta.concrete_fields]
    return list(SuggestionStep.objects.order_by("pk").values_list(*names))


def test_whoever_takes_everything_along_is_in_no_table(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    message = lives_of_ideas.suggested()
    assert places_with(*lives.SECRETS)
    before = record()

    actions.erase_message(message, by=None, withdraw=True)

    assert places_with(*lives.SECRETS) == []
    assert not any(secret in caplog.text for secret in lives.SECRETS)
    assert record()[: len(before)] == before
    check_ledger(receipts=[message.code], settled=False)


def test_what_everyone_could_read_stays_masked() -> None:
    message = lives_of_ideas.suggested()
    masked = Suggestion.objects.get(message=message).masked_text

    actions.erase_message(message, by=None)

    assert places_with("8765-4321", "kim.mina") == []
    assert Suggestion.objects.get(message=message).masked_text == masked
    assert "더 적습니다" in masked
    check_ledger(receipts=[message.code], settled=False)


def test_whoever_only_supports_and_sits_leaves_no_trace_either() -> None:
    contact = lives_of_ideas.busy_elsewhere()
    places = places_with("8765-4321", "김미나", "kim.mina")
    assert places

    actions.erase_person(contact, by=None, reason="asked", withdraw=True)

    shown_masked = {
        "suggestions_comment.masked_text: 김미나"
    }  # said in public, with the number masked
    assert set(places_with("8765-4321", "김미나", "kim.mina")) <= shown_masked
    assert not Support.objects.filter(contact__erased_at=None, contact=contact).exists()
    check_ledger(settled=False)


def test_a_person_of_both_kinds_is_erased_by_their_address() -> None:
    message = lives_of_ideas.suggested()
    contact = lives_of_ideas.busy_elsewhere()
    assert message.contact == contact

    actions.erase_person(contact, by=None, reason="asked", withdraw=True)

    assert places_with("8765-4321", "kim.mina") == []
    assert Message.objects.get(pk=message.pk).contact is None
    check_ledger(settled=False)
