"""Articles are written, revised, reviewed and withdrawn by those who answer for them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from channels_app import actions
from channels_app.models import KnowledgeArticle
from desk.article_history import changes_of
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import OfficeKind, User
from tests.channels_app.factories import published_by
from tests.knowledge import library
from tests.matrix.people_of import Town, build_town
from tests.people import factories as people

pytestmark = pytest.mark.django_db

KEEPERS = {"centre", "jun", "head", "dasan"}
WORDS = {"question_ko": "왜요?", "answer_ko": "그래서요."}


@pytest.fixture
def town() -> Town:
    """Everybody, and an officer of 120 Dasan."""
    town = build_town()
    dasan = people.make_office("dasan", OfficeKind.CALL_CENTRE)
    town.users["dasan"] = people.officer_of(dasan)
    return town


ACTS: dict[str, Callable[[KnowledgeArticle, User], Any]] = {
    "write": lambda one, by: actions.write_article(WORDS, office=one.office, by=by),
    "revise": lambda one, by: actions.revise_article(one, WORDS, office=one.office, by=by),
    "review": lambda one, by: actions.review_article(one, by=by),
    "withdraw": lambda one, by: actions.withdraw_article(one, because="그만", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_its_office_the_centre_and_120_dasan_keep_it_and_nobody_else(town: Town, act: str) -> None:
    article = library.write(office=town.roads, by=town.users["jun"])
    did = set()

    for role, user in town.users.items():
        with transaction.atomic():
            try:
                ACTS[act](article, user)
            except PermissionDenied:
                assert not article.may_be_kept_by(user)
            else:
                assert article.may_be_kept_by(user)
                did.add(role)
            transaction.set_rollback(True)

    assert did == KEEPERS


def test_nobody_gives_it_to_an_office_they_do_not_write_for(town: Town) -> None:
    article = library.write(office=town.roads, by=town.users["jun"])

    with pytest.raises(PermissionDenied):
        actions.revise_article(article, WORDS, office=town.water, by=town.users["jun"])


def test_who_presses_twice_has_written_one(town: Town) -> None:
    by = town.users["jun"]
    first = actions.write_article(WORDS, office=town.roads, by=by)

    second = actions.write_article(WORDS, office=town.roads, by=by)

    with clock.at(clock.now() + timedelta(minutes=2)):
        third = actions.write_article(WORDS, office=town.roads, by=by)
    assert second == first
    assert third != first


def test_what_is_withdrawn_is_seen_by_those_who_keep_it_and_auditors(town: Town) -> None:
    article = library.write(office=town.roads, by=town.users["jun"])
    actions.withdraw_article(article, because="그만", by=town.users["jun"])

    seeing = {
        role
        for role, user in town.users.items()
        if KnowledgeArticle.objects.visible_to(user).exists()
    }

    assert seeing == KEEPERS | {"auditor"}


def test_a_review_moves_its_day_as_the_rulebook_says() -> None:
    article = library.stale()
    assert article.is_stale

    article = actions.review_article(article, by=article.written_by)

    assert not article.is_stale
    assert article.review_by - article.reviewed_at == timedelta(days=180)
    assert article.changed_at < article.reviewed_at


def test_who_saw_an_older_state_does_not_write_over_the_newer_one() -> None:
    article = library.write()
    by, seen = article.written_by, article.changed_at
    actions.revise_article(article, WORDS, office=article.office, by=by, seen=seen)

    with pytest.raises(OvertakenError):
        actions.revise_article(article, WORDS, office=article.office, by=by, seen=seen)


def test_what_is_withdrawn_can_be_put_back_and_keeps_its_address() -> None:
    article = library.write()
    actions.withdraw_article(article, because="바뀌었습니다.", by=article.written_by)
    with pytest.raises(WrongTurnError):
        actions.review_article(article, by=article.written_by)

    again = actions.put_back_article(article, by=article.written_by)

    assert KnowledgeArticle.objects.shown().get() == again
    assert again.slug == article.slug == "대형폐기물은-어떻게-버리나요"


def test_two_with_the_same_question_have_addresses_of_their_own() -> None:
    slugs = [library.write().slug for _n in range(2)]

    assert slugs == ["대형폐기물은-어떻게-버리나요", "대형폐기물은-어떻게-버리나요-2"]


def test_the_database_takes_no_half_language_and_no_withdrawal_without_a_reason() -> None:
    article = library.write()
    rows = KnowledgeArticle.objects.filter(pk=article.pk)

    for columns in ({"question_en": "Why?"}, {"question_ko": ""}, {"withdrawn_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**columns)


def test_made_from_an_answer_it_holds_no_personal_data_nor_does_its_history() -> None:
    office = people.make_office("recycling")
    jun = people.officer_of(office)
    source = published_by(jun, office)
    words = {
        "question_ko": "010-1234-5678로 왜 안 와요?",
        "answer_ko": "mina@example.org로 갑니다.",
    }

    article = library.write(office=office, by=jun, source=source, **words)
    actions.revise_article(article, words, office=office, by=jun)

    article.refresh_from_db()
    events = list(article.events.values_list("question_ko", "answer_ko"))  # type: ignore[attr-defined]  # by pghistory
    told = f"{article.question_ko} {article.answer_ko} {events}"
    assert len(events) == 2
    assert "-1234" not in told
    assert "mina" not in told


def test_its_history_says_who_did_what() -> None:
    article = library.stale()
    by = article.written_by
    actions.review_article(article, by=by)
    actions.revise_article(article, {**WORDS}, office=article.office, by=by)
    actions.withdraw_article(article, because="그만", by=by)

    told = [(str(change.what), change.by) for change in changes_of(article)]

    assert told == [("내림", by), ("고침", by), ("살펴봄: 지금도 맞음", by), ("씀", by)]
    assert changes_of(article)[1].fields == ["질문(한국어)", "답(한국어)"]
