"""The demonstration of the desk: told once, however often it is played."""

import pytest
from django.utils import timezone

from channels_app.models import Message, Reply
from desk.models import CannedText, Draft
from seoul_portal.demo import answers
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    """Everything it makes."""
    return [model.objects.count() for model in (Message, Reply, CannedText, Draft)]


def test_texts_a_draft_and_a_no_are_there_once() -> None:
    moment = timezone.now()

    answers.play(moment)
    once = counts()
    answers.play(moment)

    assert counts() == once
    assert once[1:] == [1, 8, 1]
    assert Reply.objects.get().is_no
    check_ledger()


def test_every_ready_made_text_could_be_saved_by_hand() -> None:
    answers.play(timezone.now())

    for text in CannedText.objects.all():
        text.full_clean()
