"""The doors of a discussion, without JavaScript: say it, confirm it, report it, rewrite, invite."""

import re
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app import actions as message_actions
from channels_app import letters, news
from channels_app.models import Contact, ContactKind, Delivery
from lifecycle import rules
from lifecycle.actions import amend_rule
from people.models import Office
from suggestions import actions
from suggestions.models import Comment, Suggestion
from suggestions.parts.talk import PART
from suggestions.talk_states import WordState
from suggestions.there import there_is
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"
HARSH = "이 병신 같은 의견은 뭐냐"
BETTER = "밤 12시부터 새벽 4시까지 심야버스 아홉 노선을 운행해 주세요."


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def talk_of(idea: Suggestion) -> str:
    return f"/s/{idea.code}/talk/"


def said_on_page(client: Client, address: str, **typed: str) -> Any:
    """Open the page as a person does, fill in the form and send it."""
    page = client.get(address)
    hidden = dict(re.findall(r'name="(client_key|page|csrfmiddlewaretoken)" value="([^"]+)"',
                             page.content.decode()))  # fmt: skip
    form = {"stance": "for", "text": "밤늦게 꼭 필요해요.", "mail": MINA, **hidden, **typed}
    rules.forget()
    return client.post(address, form)


def link_in_mail(to: str = MINA) -> str:
    """Where the newest mail to this address leads."""
    contact = Contact.objects.reached_by(ContactKind.MAIL, to)
    owed = Delivery.objects.filter(confirmation__isnull=False, contact=contact).latest("pk")
    assert news.untrue_because(owed) == ""
    letter = letters.compose(owed)
    found = re.search(r"https?://[^/]+(/(?:en/)?confirm/(?:comment|coauthor)/\S+)", letter.body)
    assert found is not None, letter.body
    return found[1]


@pytest.fixture(autouse=True)
def _quick_forms() -> None:
    """Nobody waits the seconds a person needs to read a form."""
    amend_rule("limits.form_seconds", to="0", reason="tests", by=people.administrator())
    rules.forget()


def test_a_comment_is_shown_once_it_is_confirmed_by_mail(client: Client, idea: Suggestion) -> None:
    answer = said_on_page(client, talk_of(idea))
    assert answer.status_code == 200
    assert "밤늦게 꼭 필요해요." not in client.get(talk_of(idea)).content.decode()

    link = link_in_mail()
    assert client.get(link).status_code == 200
    assert Comment.objects.get().state == WordState.PENDING  # scanners open links
    page = client.post(link, {"act": "confirm"})

    assert page["Cache-Control"] == "no-store, private"
    assert "밤늦게 꼭 필요해요." in client.get(talk_of(idea)).content.decode()
    client.post(link, {"act": "take_back"})
    assert Comment.objects.get().is_taken_back
    assert client.get(link).status_code == 200


def test_what_was_typed_stays_where_something_is_wrong(client: Client, idea: Suggestion) -> None:
    answer = said_on_page(client, talk_of(idea), text="내 의견은 이렇습니다", mail="nowhere")

    assert answer.status_code == 422
    assert "내 의견은 이렇습니다" in answer.content.decode()
    assert 'id="errors"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_side_has_to_be_taken_but_not_in_an_answer(client: Client, idea: Suggestion) -> None:
    assert said_on_page(client, talk_of(idea), stance="").status_code == 422
    first = ideas.commented(idea)

    answer = said_on_page(
        client, f"{talk_of(idea)}?answer={first.pk}", stance="", answer=str(first.pk), text="맞아요"
    )

    assert answer.status_code == 200
    assert Comment.objects.get(parent=first).text == "맞아요"


def test_too_many_mails_give_the_words_back(client: Client, idea: Suggestion) -> None:
    for number in range(11):
        answer = said_on_page(client, talk_of(idea), text=f"{number}번째 의견입니다")

    assert answer.status_code == 429
    assert "10번째 의견입니다" in answer.content.decode()


def test_whoever_fills_the_unseen_field_is_held_and_not_refused(
    client: Client, idea: Suggestion
) -> None:
    said_on_page(client, talk_of(idea), website="https://spam.example")

    client.post(link_in_mail(), {"act": "confirm"})

    assert Comment.objects.get().held_reason == "machine"


def test_a_reader_reports_it_and_it_is_gone_at_once(client: Client, idea: Suggestion) -> None:
    comment = ideas.commented(idea)
    address = f"/s/{idea.code}/talk/{comment.pk}/report/"
    assert client.get(address).status_code == 200

    client.post(address, {"words": "욕이 있어요"})

    assert comment.masked_text not in client.get(talk_of(idea)).content.decode()
    assert client.get(address).status_code == 404


def test_a_moderator_decides_with_one_press_and_its_author_is_told(
    client: Client, idea: Suggestion
) -> None:
    said_on_page(client, talk_of(idea), text=HARSH, stance="against")
    link = link_in_mail()
    client.post(link, {"act": "confirm"})
    comment = Comment.objects.get()
    desk = people.signed_in_client(ideas.listener())
    assert HARSH in desk.get("/admin/comments/").content.decode()

    without = desk.post(f"/admin/comments/hide/{comment.pk}/", {"show": "held", "reason": ""})
    assert without.status_code == 422
    desk.post(f"/admin/comments/hide/{comment.pk}/", {"show": "held", "reason": "abuse"})

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == (WordState.HIDDEN, "abuse")
    assert link_in_mail() == link
    assert "욕" in client.get(link).content.decode() or "모욕" in client.get(link).content.decode()
    first = Delivery.objects.get(event="decided")
    assert news.untrue_because(first) == ""
    Delivery.objects.filter(pk=first.pk).update(state="sent")
    again = desk.post(f"/admin/comments/show/{comment.pk}/", {"show": "held"})
    assert again.status_code == 302
    second = Delivery.objects.filter(event="decided").latest("id")
    assert second != first
    assert news.untrue_because(second) == ""
    assert not desk.get("/admin/comments/").context["rows"]


def test_the_author_joins_in_and_rewrites_by_the_private_link(
    client: Client, idea: Suggestion
) -> None:
    own = f"/s/{idea.code}/{idea.message.token}"
    client.post(f"{own}/talk/", {"stance": "improve", "text": "노선을 더 적었습니다"})
    assert client.get(f"{own}/rewrite/").status_code == 200

    same = client.post(f"{own}/rewrite/", {"text": idea.message.text})
    assert same.status_code == 422
    client.post(f"{own}/rewrite/", {"text": BETTER})

    assert Comment.objects.get().badge == "author"
    page = client.get(f"/s/{idea.code}/versions/").content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())
    late = client.post(f"{own}/rewrite/", {"text": f"{BETTER} 더"})
    assert late.status_code == 422
    assert f"{BETTER} 더" in late.content.decode()


def test_a_friend_is_invited_by_mail_and_writes_along(client: Client, idea: Suggestion) -> None:
    own = f"/s/{idea.code}/{idea.message.token}"
    client.post(f"{own}/coauthors/", {"mail": "sora@example.org"})
    link = link_in_mail("sora@example.org")
    assert "sora" not in client.get(link).content.decode()

    client.post(link, {"act": "confirm"})
    client.post(link, {"act": "rewrite", "text": BETTER})

    assert idea.versions.get(number=2).coauthor is not None
    assert "sora" not in client.get(f"/s/{idea.code}/versions/").content.decode()
    row = idea.coauthors.get()
    client.post(f"{own}/coauthors/", {"part": str(row.pk)})
    refused = client.post(link, {"act": "rewrite", "text": f"{BETTER} 다시"})
    assert refused.status_code == 422
    assert idea.versions.count() == 2


def test_a_supporter_moves_with_one_press(client: Client, buses: Office) -> None:
    one, two = ideas.opened(buses), ideas.opened(buses, f"{ideas.WORDS} 꼭이요")
    row = actions.ask_for_support(one, address=MINA, language="ko")
    assert row.confirmation is not None
    actions.confirm_support(row.confirmation)
    actions.put_in_cluster(two, to=one, by=ideas.listener())
    address = f"/confirm/support/{row.confirmation.pk}/{row.confirmation.token}/move/"
    assert two.code in client.get(address).content.decode()

    assert client.post(address, {"to": "S-2026-999999"}).status_code == 409
    client.post(address, {"to": two.code})

    assert two.all_supports.counting().count() == 1
    assert one.all_supports.counting().count() == 0


def test_links_open_only_what_they_are_for(client: Client, idea: Suggestion) -> None:
    comment = ideas.asked(idea)
    asked = comment.confirmation
    assert asked is not None

    assert client.get(f"/confirm/comment/{asked.pk}/{'A' * 28}/").status_code == 404
    assert client.get(f"/confirm/coauthor/{asked.pk}/{asked.token}/").status_code == 404
    assert client.get(f"/confirm/support/{asked.pk}/{asked.token}/move/").status_code == 404
    link = f"/confirm/comment/{asked.pk}/{asked.token}/"
    assert asked.contact is not None
    by = people.centre_officer()
    message_actions.erase_person(asked.contact, by=by, reason="asked", withdraw=False)
    assert client.post(link, {"act": "confirm"}).status_code == 404


def test_what_is_hidden_has_no_discussion(client: Client, idea: Suggestion) -> None:
    comment = ideas.commented(idea)
    message_actions.hide(idea.message, reason="personal", by=people.centre_officer())

    for address in (
        talk_of(idea),
        f"/s/{idea.code}/versions/",
        f"/s/{idea.code}/talk/{comment.pk}/report/",
    ):
        assert client.get(address).status_code == 404


def part(idea: Suggestion, *, private: bool = False) -> str:
    idea = Suggestion.objects.select_related("message").get(pk=idea.pk)
    return render_to_string(PART.template, PART.needs(idea, private, there_is(idea)))


def test_the_part_shows_what_it_came_to_and_who_asks_for_the_same(
    idea: Suggestion, buses: Office
) -> None:
    ideas.commented(idea, "밤에 일하는 사람이 많습니다.")
    other = ideas.opened(buses, f"{ideas.WORDS} 꼭이요")
    actions.put_in_cluster(other, to=idea, by=ideas.listener())
    actions.pick(idea, reason="많은 시민이 바랍니다.", by=ideas.listener())
    words: dict[str, Any] = {
        "arguments_for": "밤에 일한다",
        "arguments_against": "",
        "improvements": "노선",
    }
    actions.sum_up(idea, by=people.officer_of(buses), **words)

    page = part(idea)

    assert "밤에 일하는 사람이 많습니다." in page
    assert other.get_absolute_url() in page
    assert "밤에 일한다" in page
    assert idea.message.token not in page
    assert idea.message.token in part(idea, private=True)


def many(idea: Suggestion, count: int) -> None:
    """So many threads with answers, by everybody."""
    jun = people.officer_of(people.make_office("buses"))
    for number in range(count):
        first = ideas.commented(idea, f"{number}번째 의견입니다")
        ideas.commented(idea, "대답", "", parent=first)
        actions.comment_as_officer(idea, text="검토합니다", parent=first, by=jun)


def test_pages_ask_the_same_few_questions_of_many_comments(
    client: Client, idea: Suggestion
) -> None:
    desk = people.signed_in_client(ideas.listener())
    pages = [
        lambda: client.get(talk_of(idea)),
        lambda: client.get(f"/s/{idea.code}/versions/"),
        lambda: desk.get("/admin/comments/?show=newest"),
        lambda: part(idea),
    ]
    counts = []
    for more in (3, 9):
        many(idea, more)
        counts.append([_questions(page) for page in pages])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 15
    assert counts[1][-1] <= 9


def _questions(page: Any) -> int:
    rules.forget()
    page()
    with CaptureQueriesContext(connection) as asked:
        page()
    return len(asked)
