"""What an office may write: a no with its reasons, a promise, more time, progress, a question."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels_app import actions
from channels_app.models import Follow, Message, Reading, Reply, ReplyKind
from lifecycle import clock, workdays
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.doors import case_url, press, words_of
from tests.pages.html import broken_promises, read
from tests.people import factories as people

pytestmark = pytest.mark.django_db

MINA = ("mail", "mina@example.org")
NO = {
    "kind": "declined",
    "answer": "신호등을 더 세울 수 없습니다.",
    "ground": "legal",
    "reason": "두 신호등 사이는 200미터가 넘어야 합니다. 담당 010-9876-5432",
    "next_door": "서울경찰청 교통과 02-700-5011에 다시 물을 수 있습니다.",
    "will_do": "횡단보도 앞에 과속방지턱을 둡니다.",
}


@pytest.fixture
def message(roads: Office) -> Message:
    """A public message with Jun's office, whose author can be reached."""
    return voices.routed_to(roads, contact=MINA)


def far_day(days: int = 40) -> date:
    """A working day some weeks ahead."""
    return next(workdays.workdays_from(clock.seoul().date() + timedelta(days=days)))


def offered(page: Any) -> list[str]:
    """The kinds the page has to choose from."""
    return [
        one.attrs["value"]
        for one in read(page.content.decode()).all("input")
        if one.attrs.get("name") == "kind" and one.attrs["type"] == "radio"
    ]


def promised(message: Message, by: User) -> Message:
    """Work with a finish date."""
    actions.promise(message, text="고치겠습니다.", finish_on=far_day(10), by=by)
    return Message.objects.get(pk=message.pk)


def put_off(message: Message, times: int, by: User) -> Message:
    """So many interim answers."""
    for time in range(times):
        actions.put_off(message, text="더 걸립니다.", until=far_day(30 + 10 * time), by=by)
    return Message.objects.get(pk=message.pk)


def test_a_new_case_offers_answers_a_promise_more_time_and_a_question(
    message: Message, at_desk: Client
) -> None:
    page = at_desk.get(case_url(message))

    assert offered(page) == [
        "done", "explained", "declined", "promising", "interim", "question"
    ]  # fmt: skip
    assert page.context["answer_form"].chosen == "explained"


def test_without_a_contact_nobody_can_be_asked(roads: Office, at_desk: Client) -> None:
    assert "question" not in offered(at_desk.get(case_url(voices.routed_to(roads))))


def test_at_work_progress_is_told_and_done_is_preselected(
    message: Message, jun: User, at_desk: Client
) -> None:
    page = at_desk.get(case_url(promised(message, jun)))

    assert offered(page) == ["done", "explained", "declined", "interim", "progress", "question"]
    assert page.context["answer_form"].chosen == "done"


def test_while_the_author_is_asked_the_page_says_since_when_and_until_when(
    message: Message, jun: User, at_desk: Client
) -> None:
    actions.ask_back(message, text="어느 출구인가요?", by=jun)

    page = at_desk.get(case_url(message))

    message.refresh_from_db()
    until = f"{clock.seoul(message.waiting_until):%H:%M}"
    assert "We have asked the author something and wait since" in words_of(page)
    assert until in words_of(page)
    assert {"interim", "question"} & set(offered(page)) == set()


def test_the_authors_later_words_stand_on_the_page_and_are_a_reading(
    message: Message, jun: User, at_desk: Client
) -> None:
    actions.ask_back(message, text="전화번호를 알려 주세요", by=jun)
    actions.add_words(message, text="010-1234-5678 입니다")

    mine = at_desk.get(case_url(message)).content.decode()
    masked = people.signed_in_client(people.mayors_officer()).get(case_url(message))

    assert "010-1234-5678" in mine
    assert "010-1234-5678" not in masked.content.decode()
    assert "010-****-****" in masked.content.decode()
    assert list(Reading.objects.values_list("user", "page")) == [(jun.pk, "desk_case")]


@pytest.mark.parametrize("missing", ["ground", "reason", "next_door", "will_do"])
@pytest.mark.parametrize("act", ["preview", "send"])
def test_a_no_without_one_of_its_four_parts_is_not_sent(
    act: str, missing: str, message: Message, at_desk: Client
) -> None:
    page = press(at_desk, message, "answer", act=act, **{**NO, missing: " "})

    assert page.status_code == 422
    assert f'href="#answer_form_{missing}"' in page.content.decode()
    assert NO["answer"] in page.content.decode()
    assert not Reply.objects.exists()


def test_a_whole_no_is_seen_masked_and_whole_and_then_sent(
    message: Message, at_desk: Client
) -> None:
    preview = press(at_desk, message, "answer", act="preview", **NO)
    hidden = dict(preview.context["form"].kept)
    sent = press(at_desk, message, "answer", act="send", **hidden)

    reply = message.replies.get()
    html = preview.content.decode()
    assert "010-9876-5432" in html
    assert "010-****-****" in html
    assert sent.status_code == 302
    assert (reply.outcome, reply.ground, reply.will_do) == ("declined", "legal", NO["will_do"])


def test_a_no_taken_back_can_be_gone_on_with_whole(message: Message, at_desk: Client) -> None:
    press(at_desk, message, "answer", act="send", **NO)
    press(at_desk, message, "take-back")
    page = at_desk.get(case_url(message)).content.decode()

    again = press(at_desk, message, "answer", act="change", **NO)

    assert f'value="{NO["next_door"]}"' in page
    assert again.context["answer_form"].chosen == "declined"
    assert NO["next_door"] in again.content.decode()


def test_fields_of_another_kind_are_neither_needed_nor_sent(
    message: Message, at_desk: Client
) -> None:
    typed = {**NO, "kind": "done", "ground": "nonsense", "finish_on": "soon"}

    sent = press(at_desk, message, "answer", act="send", **typed)

    reply = message.replies.get()
    assert sent.status_code == 302
    assert (reply.outcome, reply.reason) == ("done", "")


def test_a_promise_leaves_at_once_with_its_date(message: Message, at_desk: Client) -> None:
    day = far_day()
    typed = {"kind": "promising", "answer": "새로 깔겠습니다.", "finish_on": day.isoformat()}
    preview = press(at_desk, message, "answer", act="preview", **typed)

    sent = press(at_desk, message, "answer", act="send", **typed)

    message.refresh_from_db()
    assert "This leaves at once" in words_of(preview)
    assert "Send now" in words_of(preview)
    assert f"It stands on the page of {message.code} now" in words_of(at_desk.get(sent["Location"]))
    assert (message.status, message.due_at) == ("at_work", workdays.close_of(day))


def test_a_day_off_moves_to_the_next_working_day_and_the_preview_says_so(
    message: Message, at_desk: Client
) -> None:
    sunday = far_day()
    while sunday.weekday() != 6:
        sunday += timedelta(days=1)
    typed = {"kind": "promising", "answer": "고칩니다.", "finish_on": sunday.isoformat()}

    page = press(at_desk, message, "answer", act="preview", **typed)

    moved = workdays.close_of(sunday)
    assert "is a day off" in words_of(page)
    assert page.context["reply"].new_due_at == moved
    assert moved.date() > sunday


@pytest.mark.parametrize(
    ("kind", "name", "typed", "says"),
    [
        ("promising", "finish_on", "", "Choose the day by which it will be done"),
        ("promising", "finish_on", "next week", "year-month-day"),
        ("promising", "finish_on", "2001-01-05", "at the earliest"),
        ("promising", "finish_on", "9999-12-31", "Look at the year again"),
        ("interim", "until", "", "Choose the new answer date"),
        ("interim", "until", "2001-01-05", "at the earliest"),
    ],
)
def test_a_wrong_day_is_told_in_words_and_kept(
    kind: str, name: str, typed: str, says: str, message: Message, at_desk: Client
) -> None:
    said = {"kind": kind, "answer": "조금 더 걸립니다.", name: typed}

    page = press(at_desk, message, "answer", act="send", **said)

    assert page.status_code == 422
    assert says in words_of(page)
    assert "조금 더 걸립니다." in page.content.decode()
    assert not Reply.objects.exists()


def test_more_time_must_be_later_than_the_date_that_holds(
    message: Message, at_desk: Client
) -> None:
    assert message.due_at is not None
    early = (clock.seoul(message.due_at).date() - timedelta(days=1)).isoformat()

    page = press(at_desk, message, "answer", act="send", kind="interim", answer="네", until=early)

    assert page.status_code == 422
    assert "Choose a later day" in words_of(page)


def test_more_time_progress_and_a_question_are_sent_by_their_own_actions(
    message: Message, at_desk: Client
) -> None:
    press(at_desk, message, "answer", act="send", kind="interim", answer="더 걸립니다.",
          until=far_day(20).isoformat())  # fmt: skip
    press(at_desk, message, "answer", act="send", kind="promising", answer="합니다.",
          finish_on=far_day(30).isoformat())  # fmt: skip
    press(at_desk, message, "answer", act="send", kind="progress", answer="반쯤 했습니다.")
    press(at_desk, message, "answer", act="send", kind="question", answer="어디인가요?")

    kinds = list(message.replies.order_by("id").values_list("kind", flat=True))
    message.refresh_from_db()
    assert kinds == ["interim", "promising", "progress", "question"]
    assert message.is_waiting_for_author


def test_the_third_delay_is_the_heads_and_officers_read_why(
    message: Message, jun: User, roads: Office, at_desk: Client
) -> None:
    head = people.head_of(roads)
    message = put_off(message, 2, jun)

    page = at_desk.get(case_url(message))
    heads = people.signed_in_client(head).get(case_url(message))
    tried = press(at_desk, message, "answer", act="send", kind="interim", answer="더",
                  until=far_day(90).isoformat())  # fmt: skip

    assert "interim" not in offered(page)
    assert "only the head of the office can name another one" in words_of(page)
    assert "interim" in offered(heads)
    assert tried.status_code == 422
    assert "Choose what you write" in words_of(tried)


def test_the_head_of_the_office_above_opens_it_and_writes_more_time_only(
    message: Message, jun: User, roads: Office
) -> None:
    above = people.make_office("bureau-of-roads")
    head = people.head_of(above)
    Office.objects.filter(pk=roads.pk).update(parent=above)
    client = people.signed_in_client(head)
    before = client.get(case_url(message))
    message = put_off(message, 2, jun)

    page = client.get(case_url(message))
    sent = press(client, message, "answer", act="send", kind="interim", answer="더",
                 until=far_day(90).isoformat())  # fmt: skip

    assert before.status_code == 403
    assert offered(page) == ["interim"]
    assert sent.status_code == 302
    assert message.replies.filter(kind=ReplyKind.INTERIM).count() == 3


def test_the_fourth_delay_says_that_the_mayors_office_is_shown_it(
    message: Message, roads: Office
) -> None:
    head = people.head_of(roads)
    message = put_off(message, 3, head)

    page = people.signed_in_client(head).get(case_url(message))

    assert "The mayor’s office is shown this one" in words_of(page)


def test_an_appeal_is_the_heads_and_officers_read_why(
    roads: Office, jun: User, at_desk: Client
) -> None:
    head = people.head_of(roads)
    message = appealed(roads, jun)

    page = at_desk.get(case_url(message))
    tried = press(at_desk, message, "answer", act="send", answer="안 됩니다")
    heads = people.signed_in_client(head).get(case_url(message))

    assert "Only the head of the office answers an appeal" in words_of(page)
    assert tried.status_code == 403
    assert "explained" in offered(heads)


def appealed(roads: Office, jun: User) -> Message:
    """Answered, reopened, answered again, appealed."""
    message = voices.published_by(jun, roads)
    message = actions.reopen(message, text="아직도 걸립니다.")
    reply = actions.answer(message, text="고쳤습니다.", by=jun)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    return actions.appeal(message, text="책임자가 보아 주세요.")


def test_the_preview_names_who_gets_it(message: Message, roads: Office, at_desk: Client) -> None:
    actions.join(voices.routed_to(roads), to=message, by=people.centre_officer())
    page = press(at_desk, message, "answer", act="preview", answer="고쳤습니다.")
    question = press(at_desk, message, "answer", act="preview", kind="question", answer="어디?")

    assert "The author of 1 message joined to it" in words_of(page)
    assert "joined to it" not in words_of(question)
    assert not Follow.objects.exists()


def test_the_preview_advises_plainer_words_and_stops_nobody(
    message: Message, at_desk: Client
) -> None:
    official = "귀하의 민원은 소관 부서에 이첩하였습니다."

    page = press(at_desk, message, "answer", act="preview", answer=official)
    sent = press(at_desk, message, "answer", act="send", answer=official)

    assert "“소관”. Plainer:" in words_of(page)
    assert sent.status_code == 302


def test_the_preview_of_plain_words_has_no_advice(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="preview", answer="내일 고칩니다.")

    assert "Could it be plainer?" not in words_of(page)


def test_the_other_language_takes_every_field_along(message: Message, at_desk: Client) -> None:
    page = press(at_desk, message, "answer", act="preview", **NO).content.decode()

    head = page.partition("</header>")[0]

    assert all(f'name="{name}"' in head for name in NO)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_of_preview_keeps_the_contract(
    language: str, message: Message, at_desk: Client
) -> None:
    kinds = [
        NO,
        {"kind": "promising", "answer": "합니다", "finish_on": far_day().isoformat()},
        {"kind": "interim", "answer": "더", "until": far_day().isoformat()},
        {"kind": "question", "answer": "어디?"},
    ]
    path = case_url(message, "answer").removeprefix("" if language == "en" else "/en")

    pages = [at_desk.post(path, {"version": message.version, **typed}) for typed in kinds]

    for page in pages:
        assert page.status_code == 200
        assert broken_promises(page.content.decode(), language) == []


def test_late_ones_are_still_put_off_from_today(roads: Office, at_desk: Client) -> None:
    with clock.at(timezone.now() - timedelta(days=60)):
        late = voices.routed_to(roads)
    day = far_day(3).isoformat()

    sent = press(
        at_desk, late, "answer", act="send", kind="interim", answer="늦었습니다", until=day
    )

    assert sent.status_code == 302
