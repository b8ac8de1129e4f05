"""The invented articles of Online Dasan, written, reviewed, stale and withdrawn by real actions."""

import uuid
from datetime import datetime, timedelta

from channels_app import actions
from channels_app.models import KnowledgeArticle, Message
from channels_app.states import MessageStatus
from lifecycle import clock
from seoul_portal.demo.articles import GONE, MADE, READY, Ready
from seoul_portal.demo.play import NAMES, Stage

SINCE = timedelta(days=260)  # when the first articles were written


def play(now: datetime) -> list[KnowledgeArticle]:
    """Each once, however often it is played; the words of an officer stay."""
    with clock.at(now):
        stage = Stage()
    written = [_write(stage, ready, now) for ready in READY]
    made = [_make(stage, text, words, now) for text, words in MADE.items()]
    return [article for article in (*written, *made, _withdraw(stage, now)) if article]


def _is_there(question: str) -> bool:
    return KnowledgeArticle.objects.filter(question_ko=question).exists()


def _write(stage: Stage, ready: Ready, now: datetime) -> KnowledgeArticle | None:
    (question, answer), office = ready.ko, stage.office(ready.office)
    if _is_there(question):
        return None
    by, looked_at = stage.officer(office), now - timedelta(days=ready.ago)
    words = {
        "question_ko": question,
        "answer_ko": answer,
        "question_en": ready.en[0],
        "answer_en": ready.en[1],
    }
    with clock.at(min(now - SINCE, looked_at)):
        article = actions.write_article(words, office=office, by=by)
    with clock.at(looked_at):
        article = actions.review_article(article, by=by)
    for helped, times in zip((True, False), ready.helped, strict=True):
        for _time in range(times):
            actions.count_help(article, helped=helped)
    return article


def _make(
    stage: Stage, text: str, words: tuple[str, str], now: datetime
) -> KnowledgeArticle | None:
    """From the answer to an invented voice, as far as that was answered."""
    source = Message.objects.filter(client_key=uuid.uuid5(NAMES, text)).first()
    if source is None or source.status != MessageStatus.REPLIED or _is_there(words[0]):
        return None
    if source.office is None:
        return None
    by = stage.officer(source.office)
    with clock.at(now - timedelta(days=2)):
        said = {"question_ko": words[0], "answer_ko": words[1]}
        article = actions.write_article(said, office=source.office, by=by, source=source)
    for _time in range(3):
        actions.count_help(article, helped=True)
    return article


def _withdraw(stage: Stage, now: datetime) -> KnowledgeArticle | None:
    slug, question, answer, because = GONE
    if _is_there(question):
        return None
    office = stage.office(slug)
    by = stage.officer(office)
    with clock.at(now - SINCE):
        said = {"question_ko": question, "answer_ko": answer}
        article = actions.write_article(said, office=office, by=by)
    with clock.at(now - timedelta(days=20)):
        return actions.withdraw_article(article, because=because, by=by)
