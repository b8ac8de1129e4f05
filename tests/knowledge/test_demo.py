"""The articles of the demonstration: told once, by real actions, some of them stale."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import knowledge as searching
from channels_app.models import KnowledgeArticle
from channels_app.text import plain
from channels_app.text.masking import mask
from seoul_portal.demo import knowledge
from seoul_portal.demo.articles import MADE, READY
from seoul_portal.demo.play import Stage
from seoul_portal.demo.voices import VOICES

pytestmark = pytest.mark.django_db


def test_they_are_told_once_and_every_page_has_something_to_show() -> None:
    now, stage = timezone.now(), Stage()
    for voice in VOICES:
        if voice.text in MADE:
            stage.play(voice)

    knowledge.play(now)
    knowledge.play(now + timedelta(hours=1))

    articles = KnowledgeArticle.objects.all()
    assert articles.count() == len(READY) + len(MADE) + 1
    assert articles.withdrawn().count() == 1
    assert 2 <= articles.stale().count() <= 5
    assert articles.shown().exclude(question_en="").count() >= len(READY) // 3
    assert articles.filter(source__isnull=False).count() == len(MADE)
    assert articles.filter(changed_at__gt=now).count() == 0
    (found, *_others) = searching.fitting("지하철에 우산을 두고 내렸어요", language="ko")
    assert "지하철" in found.words.question


def test_they_are_in_plain_words_and_hold_no_personal_data() -> None:
    for ready in READY:
        for words in (*ready.ko, *ready.en):
            assert plain.findings(words) == []
            assert mask(words) == words
