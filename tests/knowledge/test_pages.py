"""Online Dasan for everybody, and the answers offered before sending; no script needed."""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions
from channels_app.models import Attachment, KnowledgeArticle, Message
from tests.channels_app.factories import published_by
from tests.knowledge import library
from tests.pages.html import broken_promises
from tests.people import factories as people
from tests.photos.pictures import photo, upload

pytestmark = pytest.mark.django_db

ASKED = "이사하는데 대형폐기물은 어떻게 버리나요?"


def check(client: Client, text: str = ASKED, **typed: str) -> str:
    """The check page for this text."""
    page = client.post("/say/check/", {"text": text, **typed})
    assert page.status_code == 200
    return page.content.decode()


def helped(client: Client, article: KnowledgeArticle, **typed: str) -> Any:
    """What the buttons under an article send."""
    return client.post(f"{article.get_absolute_url()}helped/", typed)


def tally(article: KnowledgeArticle) -> tuple[int, int]:
    """(helped, not helped)."""
    article.tally.refresh_from_db()
    return article.tally.helped, article.tally.not_helped


def test_a_search_finds_articles_and_keeps_the_words_for_asking(client: Client) -> None:
    article = library.write()

    page = client.get("/dasan/", {"q": "폐기물 수수료"})

    assert [found.article for found in page.context["found"]] == [article]
    said = client.post("/say/question/", {"text": "폐기물 수수료"}).content.decode()
    assert "폐기물 수수료</textarea>" in said
    assert 'value="폐기물 수수료"' in page.content.decode()


def test_every_page_keeps_its_promises_in_both_languages(client: Client) -> None:
    article = library.stale()
    library.write(question_en=library.QUESTION_EN, answer_en=library.ANSWER_EN)
    paths = ("/dasan/", "/dasan/?q=폐기물&", "/dasan/?q=없는말", "/dasan/?office=recycling",
             article.get_absolute_url(), f"{article.get_absolute_url()}?thanks=unsent")  # fmt: skip

    for lead in ("", "/en"):
        for path in paths:
            page = client.get(lead + path)
            assert page.status_code == 200
            assert broken_promises(page.content.decode(), lead[1:] or "ko") == []


def test_the_other_language_is_marked_and_said(client: Client) -> None:
    article = library.write()

    page = client.get(f"/en{article.get_absolute_url()}").content.decode()

    assert f'<h1 lang="ko">{library.QUESTION}</h1>' in page
    assert "This answer is not in English yet." in page


def test_a_stale_article_says_so_to_everybody(client: Client) -> None:
    article = library.stale()

    page = client.get(f"/en{article.get_absolute_url()}").content.decode()

    assert "Due for review since" in page
    assert "Next review" not in page


def test_its_page_leads_to_the_case_only_while_everyone_may_read_that(client: Client) -> None:
    office = people.make_office("recycling")
    jun = people.officer_of(office)
    source = published_by(jun, office)
    article = library.write(office=office, by=jun, source=source)
    path = article.get_absolute_url()
    assert source.code in client.get(path).content.decode()

    actions.hide(source, reason="personal", by=jun)

    assert source.code not in client.get(path).content.decode()


def test_before_sending_the_answer_opens_in_place_and_sending_stays_possible(
    client: Client,
) -> None:
    library.write()

    page = check(client)

    assert library.ANSWER in page
    assert "<details" in page
    assert 'action="/say/send/"' in page
    assert broken_promises(page, "ko") == []


@pytest.mark.parametrize("typed", [{"text": "놀이터 그네가 녹슬었어요."}, {"kind": "hazard"}])
def test_nothing_is_offered_where_nothing_fits_and_never_before_a_danger(
    client: Client, typed: dict[str, str]
) -> None:
    library.write()

    assert library.ANSWER not in check(client, **typed)


def test_that_answers_it_ends_kindly_and_stores_a_number_alone(client: Client) -> None:
    article, key = library.write(), str(uuid.uuid4())
    actions.keep_photo(draft=uuid.UUID(key), content=upload(photo()))
    assert Attachment.objects.exists()

    answer = helped(client, article, said="yes", **{"from": "check"}, client_key=key)

    page = client.get(answer["Location"]).content.decode()
    assert "아무것도 보내지 않았고" in page
    assert "data-sent" in page
    assert tally(article) == (1, 0)
    assert not Message.objects.exists()
    assert not Attachment.objects.exists()


def test_no_goes_on_to_the_form_with_the_words(client: Client) -> None:
    article = library.write()

    answer = helped(client, article, said="no", text="다른 것을 물어요")
    without = helped(client, article, said="no")

    assert (answer.status_code, answer["Location"]) == (307, "/say/question/")
    assert (without.status_code, without["Location"]) == (302, "/say/question/")
    assert tally(article) == (0, 2)


def test_one_reader_does_not_make_an_article_helpful_by_the_dozen(client: Client) -> None:
    article = library.write()

    for _time in range(35):
        helped(client, article, said="yes")

    assert tally(article) == (30, 0)


def test_the_feed_holds_what_is_shown_and_says_when_nothing_happened(client: Client) -> None:
    article, gone = library.write(), library.write(question_ko="없어진 질문?")
    actions.withdraw_article(gone, because="그만", by=gone.written_by)

    feed = client.get("/dasan/feed.atom")

    words = feed.content.decode()
    assert library.QUESTION in words
    assert article.get_absolute_url().split("/")[1] in words
    assert "없어진" not in words
    again = client.get("/dasan/feed.atom", headers={"if-none-match": feed["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/dasan/", "/dasan/?q=폐기물", "/dasan/feed.atom"])
def test_more_articles_ask_no_more_questions(client: Client, path: str) -> None:
    def questions() -> int:
        client.get(path)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for _n in range(3):
        actions.count_help(library.write(), helped=True)
    at_three = questions()
    for _n in range(12):
        library.write()

    assert questions() == at_three <= 9


def test_one_article_is_three_questions_at_most(client: Client) -> None:
    path = library.write().get_absolute_url()
    client.get(path)

    with CaptureQueriesContext(connection) as asked:
        client.get(path)

    assert len(asked) <= 3


def test_the_channel_is_partly_open_and_leads_there(client: Client) -> None:
    page = client.get("/en/channels/").content.decode()

    assert 'href="/en/dasan/"' in page
    assert "Ready answers to what is asked often" in page
