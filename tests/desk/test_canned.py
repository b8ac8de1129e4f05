"""Ready-made texts: whose they are, what is filled in, put in with and without JavaScript."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from channels_app.models import Message
from desk.models import CannedText
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, words_of
from tests.people import factories as people

pytestmark = pytest.mark.django_db

LIST = "/en/admin/desk/cannedtext/"
NEW = {
    "name": "thanks",
    "kind": "",
    "language": "ko",
    "text": "{office}입니다. 고맙습니다.",
    "office": "",
}


@pytest.fixture
def message(roads: Office) -> Message:
    """With Jun's office, in Korean."""
    return voices.routed_to(roads)


def canned(text: str, office: Office | None = None, **fields: str) -> CannedText:
    """One of this office, or of all."""
    return CannedText.objects.create(
        office=office, text=text, **{"name": text[:20], "language": "ko", **fields}
    )


def shown(page: object) -> list[str]:
    """The names on the answer form."""
    return [text.name for text in page.context["canned_texts"]]  # type: ignore[attr-defined]


def test_only_fitting_texts_are_offered(
    message: Message, roads: Office, buses: Office, at_desk: Client
) -> None:
    canned("모두의 글")
    canned("도로의 글", roads)
    canned("버스의 글", buses)
    canned("English words", language="en")

    page = at_desk.get(case_url(message))

    assert sorted(shown(page)) == ["도로의 글", "모두의 글"]


def test_insert_puts_it_below_what_is_written_and_loses_nothing(
    message: Message, roads: Office, at_desk: Client
) -> None:
    text = canned("{office}에서 {code} 건을 보았습니다. {due}까지. {borough} {kind}", roads)
    typed = {"kind": "declined", "answer": "먼저 씁니다.", "reason": "규칙"}

    page = press(at_desk, message, "answer", act="insert", canned=text.pk, **typed)

    form = page.context["answer_form"]
    answer = form.typed("answer")
    assert answer.startswith(f"먼저 씁니다.\n\nroads 부서에서 {message.code} 건을 보았습니다.")
    assert "{" not in answer
    assert "서울" in answer or "Seoul" in answer
    assert (form.chosen, form.typed("reason")) == ("declined", "규칙")


def test_insert_without_a_choice_changes_nothing(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="insert", canned="", answer="그대로")

    assert page.context["answer_form"].typed("answer") == "그대로"


def test_a_text_of_another_office_is_not_put_in(
    message: Message, buses: Office, at_desk: Client
) -> None:
    text = canned("버스의 글", buses)

    page = press(at_desk, message, "answer", act="insert", canned=text.pk, answer="그대로")

    assert page.context["answer_form"].typed("answer") == "그대로"


def test_a_text_never_reaches_into_the_programme(message: Message) -> None:
    text = canned("{office.pk} {0} {code!r}")

    assert text.filled(message) == "{office.pk} {0} {code!r}"


def test_a_placeholder_nobody_knows_is_refused_by_name() -> None:
    text = CannedText(name="x", language="ko", text="{code} {naem} {office.pk}")

    with pytest.raises(ValidationError) as refused:
        text.full_clean()

    assert "{naem}" in str(refused.value)
    assert "{office.pk}" in str(refused.value)


def test_an_officer_writes_for_the_own_office_only(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    mine = at_desk.post(f"{LIST}add/", {**NEW, "office": roads.pk})
    others = at_desk.post(f"{LIST}add/", {**NEW, "office": buses.pk})
    all_of_us = at_desk.post(f"{LIST}add/", NEW)

    assert mine.status_code == 302
    assert (others.status_code, all_of_us.status_code) == (200, 200)
    assert list(CannedText.objects.values_list("office", flat=True)) == [roads.pk]


def test_the_record_page_tells_a_wrong_placeholder_in_words(at_desk: Client, roads: Office) -> None:
    wrong = {**NEW, "office": roads.pk, "text": "{nmae}님"}

    page = at_desk.post(f"{LIST}add/", wrong)

    assert "We can&#x27;t fill in {nmae}" in page.content.decode()


def test_an_officer_sees_own_and_common_texts_and_changes_only_the_own(
    roads: Office, buses: Office, at_desk: Client
) -> None:
    own, common, other = canned("우리 글", roads), canned("모두의 글"), canned("남의 글", buses)

    page = words_of(at_desk.get(LIST))
    saves = [
        at_desk.post(f"{LIST}{text.pk}/change/", {**NEW, "office": roads.pk}).status_code
        for text in (common, other)
    ]

    assert "우리 글" in page
    assert "모두의 글" in page
    assert "남의 글" not in page
    assert saves == [403, 302]  # another office's is not even there: back to the list
    assert at_desk.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 302
    assert set(CannedText.objects.all()) == {common, other}


def test_the_bulk_delete_of_the_record_page_leaves_what_all_find(
    roads: Office, at_desk: Client
) -> None:
    own, common = canned("우리 글", roads), canned("모두의 글")
    chosen = {"action": "delete_selected", "_selected_action": [own.pk, common.pk], "post": "yes"}

    at_desk.post(LIST, chosen)

    assert common in CannedText.objects.all()


def test_an_administrator_writes_for_all(jun: User) -> None:
    client = people.signed_in_client(people.administrator())

    page = client.post(f"{LIST}add/", NEW)

    assert page.status_code == 302
    assert CannedText.objects.get().office is None
