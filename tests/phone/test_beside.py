"""What stands beside a call: earlier cases, similar ones, ready answers; and what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import Message, Reading, Reply
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import words_of
from tests.knowledge import library
from tests.people import factories as people
from tests.phone.calls import PHONE, WORDS, call

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"


def look(client: Client, **typed: Any) -> Any:
    return client.post(PHONE, call(act="look", **typed))


def test_looking_up_without_script_keeps_what_was_typed(at_phone: Client) -> None:
    earlier = voices.receive(public=False, contact=("mail", MINA))

    page = look(at_phone, contact=MINA, place="8번 출구")

    assert page.status_code == 200
    assert earlier.code in words_of(page)
    assert WORDS in page.content.decode()
    assert "8번 출구" in page.content.decode()
    assert Message.objects.count() == 1


def test_earlier_cases_are_found_by_the_address_alone_and_that_is_kept(
    at_phone: Client, nari: User
) -> None:
    earlier = voices.receive(
        "제 번호는 010-9876-5432입니다", public=False, contact=("phone", "+821055556666")
    )
    voices.receive("남의 말", public=False, contact=("mail", "other@example.org"))

    page = at_phone.post(f"{PHONE}panels/", {"contact": "010-5555-6666"})
    at_phone.post(f"{PHONE}panels/", {"contact": "010-5555-6666", "text": "안녕"})

    assert page.context["panels"].earlier == [earlier]
    assert "9876" not in words_of(page)
    assert Reading.objects.get(page="desk_phone").message == earlier


def test_another_office_finds_only_its_own_cases_of_the_person(jun: User) -> None:
    voices.receive(public=True, contact=("mail", MINA))
    own = voices.routed_to(jun.posts[0].office, public=False, contact=("mail", MINA))

    page = people.signed_in_client(jun).post(f"{PHONE}panels/", {"contact": MINA})

    assert page.context["panels"].earlier == [own]


def test_what_the_city_said_can_be_read_out(at_phone: Client, jun: User) -> None:
    voices.published_by(jun, jun.posts[0].office, "고쳤습니다", contact=("mail", MINA))

    assert "고쳤습니다" in words_of(look(at_phone, contact=MINA))


def test_add_to_the_callers_own_case_joins_it(at_phone: Client) -> None:
    lead = voices.receive(public=False, contact=("mail", MINA))

    page = at_phone.post(PHONE, call(contact=MINA, act=f"add:{lead.code}"), follow=True)

    message = Message.objects.latest("pk")
    assert message.lead == lead
    assert message.code in words_of(page)
    assert f"joined to {lead.code}" in words_of(page)


def test_a_private_case_of_somebody_else_takes_no_other(at_phone: Client) -> None:
    lead = voices.receive(public=False, contact=("mail", "other@example.org"))

    at_phone.post(PHONE, call(contact=MINA, act=f"add:{lead.code}"))

    assert Message.objects.latest("pk").lead is None


def test_a_danger_waits_for_no_slower_matter(at_phone: Client) -> None:
    lead = voices.receive()

    at_phone.post(PHONE, call(kind="hazard", act=f"add:{lead.code}"))

    assert Message.objects.latest("pk").lead is None


def test_similar_public_cases_stand_beside_it(at_phone: Client) -> None:
    like = voices.receive(WORDS)
    hidden = voices.receive(WORDS, public=False)

    page = look(at_phone)

    assert [one.message for one in page.context["panels"].alike] == [like]
    assert hidden.code not in words_of(page)


# -- ready answers -----------------------------------------------------------------------------
ASKED = "대형폐기물은 어떻게 버리나요? 소파를 버리려고요."


def test_a_ready_answer_that_fits_stands_beside_it(at_phone: Client) -> None:
    article = library.write(question_en="", answer_en="")

    page = look(at_phone, text=ASKED)

    assert [found.article for found in page.context["panels"].articles] == [article]
    assert library.ANSWER in page.content.decode()


def test_one_press_writes_down_what_was_asked_and_answered(at_phone: Client, nari: User) -> None:
    article = library.write()

    page = at_phone.post(PHONE, call(text=ASKED, kind="", act=f"article:{article.pk}"), follow=True)

    message, reply = Message.objects.get(), Reply.objects.get()
    assert (message.status, message.office) == ("answered", nari.posts[0].office)
    assert (reply.text, reply.by) == (library.ANSWER, nari)
    assert "Answered just now." in words_of(page)


def test_an_office_that_may_not_answer_leaves_a_note(jun: User, dasan: Office) -> None:
    article, client = library.write(), people.signed_in_client(jun)

    client.post(
        PHONE, call(text=ASKED, channel="counter", language="en", act=f"article:{article.pk}")
    )

    message = Message.objects.get()
    assert message.office != jun.posts[0].office
    assert library.QUESTION in str(message.steps.get(seq=0).note)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("key", ["0", "99999", "x", "-1", "1e5", "٣"])
def test_an_article_that_is_gone_answers_nothing(at_phone: Client, key: str) -> None:
    page = at_phone.post(PHONE, call(text=ASKED, act=f"article:{key}"))

    assert page.status_code == 422
    assert "withdrawn meanwhile" in words_of(page)
    assert ASKED in page.content.decode()
    assert not Message.objects.exists()


def asked(client: Client, path: str, **typed: str) -> int:
    """How often a page asks the database; where a search begins and ends is no question."""
    with CaptureQueriesContext(connection) as captured:
        client.post(path, typed) if typed else client.get(path)
    ends = ("SAVEPOINT", "ROLLBACK", "RELEASE")
    return len([one for one in captured.captured_queries if not one["sql"].startswith(ends)])


@pytest.mark.parametrize("rows", [1, 12])
def test_a_page_asks_the_database_little(at_phone: Client, rows: int) -> None:
    for n in range(rows):
        voices.receive(WORDS, contact=("mail", MINA))
        library.write(question_ko=f"보도블록이 들려 있으면 어떻게 하나요? {n}")
    look(at_phone, contact=MINA)

    assert asked(at_phone, PHONE) <= 15
    assert asked(at_phone, f"{PHONE}panels/", text=WORDS, contact=MINA) <= 15
    # Without JavaScript form and panels come together.
    assert asked(at_phone, PHONE, **call(contact=MINA, act="look")) <= 18


def test_the_page_with_the_number_asks_the_database_little(
    at_phone: Client, django_assert_max_num_queries: Any
) -> None:
    at_phone.post(PHONE, call(contact=MINA))
    code = Message.objects.get().code

    with django_assert_max_num_queries(15):
        at_phone.get(f"{PHONE}{code}/")


def test_signed_out_in_the_middle_of_a_call_nothing_is_lost(client: Client) -> None:
    typed = call(contact=MINA, place="8번 출구")

    page = client.post(PHONE, typed)

    words = page.content.decode()
    assert page.status_code == 403
    for value in (WORDS, MINA, "8번 출구", typed["client_key"]):
        assert value in words
    assert f'action="{PHONE}"' in words


# -- marked --------------------------------------------------------------------------------------


def test_it_is_marked_and_counted_apart(at_phone: Client, client: Client) -> None:
    at_phone.post(PHONE, call(audience="everyone"))
    voices.receive("다른 말입니다")
    message = Message.objects.get(entered_by__isnull=False)

    case = client.get(f"/en/s/{message.code}/")
    told = client.get(f"/api/v1/messages/{message.code}/").json()
    only = client.get("/en/smc/?behalf=on")
    channels = client.get("/en/channels/")

    assert "An officer wrote it down for its author." in words_of(case)
    assert "나리" not in words_of(case)
    assert (told["channel"], told["on_behalf"]) == ("phone", True)
    assert [row.code for row in only.context["page"].rows] == [message.code]
    assert "written down for somebody: the telephone" in words_of(only)
    assert channels.context["behalf"].count == 1
    assert client.get(channels.context["behalf"].url).context["count"].number == 1


def test_the_case_page_of_officers_names_who_wrote_it_down(at_phone: Client) -> None:
    at_phone.post(PHONE, call(spoken_for="group"))
    centre = people.signed_in_client(people.centre_officer())

    page = centre.get(f"/en/admin/case/{Message.objects.get().code}/")

    assert "Written down by 나리" in words_of(page)
    assert "several people" in words_of(page)
