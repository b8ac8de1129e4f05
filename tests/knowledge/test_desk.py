"""The officers' side: the list, an article from an answer, what is stale on Monday and by mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions, duties, letters
from channels_app.models import Delivery, KnowledgeArticle
from lifecycle import clock
from people.models import Office, User
from tests.channels_app.factories import published_by, routed_to
from tests.desk.doors import QUEUE, words_of
from tests.knowledge import library
from tests.pages.html import broken_promises
from tests.people import factories as people

pytestmark = pytest.mark.django_db
LIST = "/en/admin/knowledge/"


@pytest.fixture
def roads() -> Office:
    """The office in charge."""
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(roads: Office) -> User:
    """Its officer."""
    return people.officer_of(roads)


@pytest.fixture
def desk(jun: User) -> Client:
    """Jun, signed in."""
    return people.signed_in_client(jun)


def shown(client: Client, name: str) -> list[str]:
    """The questions under a filter."""
    return [row.question_ko for row in client.get(LIST, {"show": name}).context["page"].rows]


def test_the_list_is_filtered_by_what_is_mine_to_do(desk: Client, roads: Office, jun: User) -> None:
    library.write(question_ko="맞아요?", office=roads, by=jun)
    library.stale(question_ko="오래됐나요?", office=roads, by=jun)
    library.stale(question_ko="남의 것?")
    gone = library.write(question_ko="없나요?", office=roads, by=jun)
    actions.withdraw_article(gone, because="그만", by=jun)

    assert sorted(shown(desk, "all")) == ["남의 것?", "맞아요?", "오래됐나요?"]
    assert shown(desk, "stale") == ["오래됐나요?"]
    assert sorted(shown(desk, "mine")) == ["맞아요?", "오래됐나요?"]
    assert shown(desk, "withdrawn") == ["없나요?"]


def test_an_answer_becomes_an_article_with_one_click_and_its_words_are_masked(
    desk: Client, roads: Office, jun: User
) -> None:
    text = "보도블록이 왜 들려요?  010-1234-5678로 답해 주세요"
    said = "mina@example.org로 물어보세요."
    reply = actions.answer(routed_to(roads, text=text), text=said, by=jun)
    with clock.at(reply.leaves_at):
        source = actions.publish(reply)
    case = desk.get(f"/en/admin/case/{source.code}/").content.decode()
    assert f"/en/admin/knowledge/from/{source.code}/" in case

    page = desk.get(f"/en/admin/knowledge/from/{source.code}/")
    form = page.context["form"]
    typed = {name: str(form[name].value() or "") for name in form.fields} | {"act": "publish"}
    desk.post(f"/en/admin/knowledge/from/{source.code}/", typed)

    article = KnowledgeArticle.objects.get()
    assert (article.source, article.office) == (source, roads)
    assert article.question_ko.startswith("보도블록이 왜 들려요? ")
    assert "-1234" not in article.question_ko
    assert "mina" not in article.answer_ko
    assert broken_promises(page.content.decode(), "en") == []
    again = desk.get(f"/en/admin/knowledge/from/{source.code}/").content.decode()
    assert "There is an article from this answer already" in again


def test_no_article_is_offered_before_the_answer_or_to_others(
    desk: Client, roads: Office, jun: User
) -> None:
    open_one, answered = routed_to(roads), published_by(jun, roads)
    auditor = people.signed_in_client(people.auditor())

    assert desk.get(f"/en/admin/knowledge/from/{open_one.code}/").status_code == 404
    assert "knowledge/from" not in desk.get(f"/en/admin/case/{open_one.code}/").content.decode()
    assert "knowledge/from" not in auditor.get(f"/en/admin/case/{answered.code}/").content.decode()


def test_looking_at_the_words_advises_and_publishes_nothing(desk: Client, roads: Office) -> None:
    typed = {
        "office": roads.pk,
        "question_ko": "언제 회신을 받나요?",
        "answer_ko": "010-1234-5678",
        "act": "look",
    }

    page = desk.post(f"{LIST}new/", typed)

    words = page.content.decode()
    assert not KnowledgeArticle.objects.exists()
    assert "회신" in [finding.found for finding in page.context["findings"]]
    assert "<mark>" in words
    assert "Nothing is published yet." in words


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "question_ko"),
        ({"question_ko": "왜요?"}, "answer_ko"),
        ({"answer_en": "So."}, "question_en"),
    ],
)
def test_a_half_article_comes_back_with_what_is_missing(
    desk: Client, roads: Office, typed: dict[str, str], wrong: str
) -> None:
    page = desk.post(f"{LIST}new/", {"office": roads.pk, "act": "publish", **typed})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [wrong]
    assert broken_promises(page.content.decode(), "en") == []


def test_a_stale_article_is_a_duty_of_its_office_until_it_is_reviewed(
    desk: Client, roads: Office, jun: User
) -> None:
    article = library.stale(office=roads, by=jun)
    library.stale()

    def on_monday() -> list[KnowledgeArticle]:
        (shelf,) = [
            shelf
            for shelf in desk.get(f"/en/admin/office/{roads.slug}/").context["shelves"]
            if shelf.kind.name == "articles"
        ]
        assert shelf.count == len(shelf.page.rows)
        return list(shelf.page.rows)

    assert on_monday() == [article]
    assert "1 article is due for review" in words_of(desk.get(QUEUE))
    desk.post(f"{LIST}{article.pk}/review/")
    assert "due for review" not in words_of(desk.get(QUEUE))
    assert on_monday() == []


def test_the_mail_about_dates_names_articles_that_are_due(roads: Office, jun: User) -> None:
    library.stale(office=roads, by=jun)
    with clock.at(clock.now() - timedelta(days=30)):
        routed_to(roads)
    list(actions.remind())
    list(actions.tell_offices())

    mail = Delivery.objects.get(office=roads)

    assert duties.owed(mail).stale == 1
    assert "/admin/knowledge/?show=stale" in letters.compose(mail).body


def test_withdrawing_needs_a_reason(desk: Client, roads: Office, jun: User) -> None:
    article = library.write(office=roads, by=jun)

    desk.post(f"{LIST}{article.pk}/withdraw/", {"because": " "})
    assert KnowledgeArticle.objects.shown().exists()
    desk.post(f"{LIST}{article.pk}/withdraw/", {"because": "바뀌었습니다."})

    assert not KnowledgeArticle.objects.shown().exists()


@pytest.mark.parametrize("path", [LIST, f"{LIST}?show=stale", "one"])
def test_more_articles_ask_no_more_questions(
    desk: Client, roads: Office, jun: User, path: str
) -> None:
    article = library.stale(office=roads, by=jun)
    path = f"{LIST}{article.pk}/" if path == "one" else path

    def questions() -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        return len(asked)

    before = questions()
    for _n in range(8):
        library.stale(office=roads, by=jun)
        actions.review_article(article, by=jun)

    assert questions() <= before <= 20


def test_what_its_author_withdraws_leads_nowhere_and_is_looked_at_again(
    roads: Office, jun: User
) -> None:
    source = published_by(jun, roads)
    article = library.write(office=roads, by=jun, source=source)

    actions.erase_message(source, by=None, withdraw=True)

    article.refresh_from_db()
    assert article.source is None
    assert article.is_stale


def test_erasing_the_original_alone_leaves_the_masked_article(roads: Office, jun: User) -> None:
    source = published_by(jun, roads)
    article = library.write(office=roads, by=jun, source=source)

    actions.erase_message(source, by=None)

    article.refresh_from_db()
    assert article.source == source
    assert not article.is_stale


def test_a_private_case_can_give_an_article_that_does_not_lead_to_it(
    roads: Office, jun: User, client: Client
) -> None:
    source = published_by(jun, roads, public=False)
    article = library.write(office=roads, by=jun, source=source)

    assert source.code not in client.get(article.get_absolute_url()).content.decode()
