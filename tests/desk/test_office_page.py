"""The page of an office: everything whoever takes over on Monday has to know, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app import actions
from channels_app.models import Delivery, Message
from channels_app.states import DeliveryState
from desk import actions as desk_actions
from desk.carried import Line
from desk.handover import KINDS
from desk.models import Draft
from lifecycle import clock
from people.models import Appointment, Office, User
from suggestions import actions as suggestion_actions
from suggestions import tasks
from suggestions.models import ActionItem, ProgressReport, Suggestion
from tests.channels_app import factories as voices
from tests.committees import rooms
from tests.desk.doors import words_of
from tests.knowledge import library
from tests.pages.html import broken_promises
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db

MINA = ("mail", "mina@example.org")
IDEAS = "/en/admin/suggestions/"


def url(office: Office) -> str:
    """The English page of this office."""
    return f"/en/admin/office/{office.slug}/"


def listed(client: Client, office: Office, show: str) -> list[str]:
    """Every row of one kind, page after page."""
    found: list[str] = []
    after = ""
    while True:
        page = client.get(url(office), {"show": show, "after": after})
        (shelf,) = page.context["shelves"]
        found += [
            row.words
            if isinstance(row, Line)
            else str(getattr(row, "message", getattr(row, "suggestion", row)))
            for row in shelf.rows
        ]
        after = shelf.page.next_key
        if not after:
            return found


def counts(client: Client, office: Office) -> dict[str, int]:
    """The number of each kind."""
    return {shelf.kind.name: shelf.count for shelf in client.get(url(office)).context["shelves"]}


@pytest.fixture
def full_house(roads: Office, buses: Office, jun: User) -> dict[str, str]:
    """One of each kind for the roads, and the same for the buses beside it."""
    centre = people.centre_officer()
    day = (timezone.now() + timedelta(days=60)).date()
    made: dict[str, str] = {}
    for office, officer in ((buses, people.officer_of(buses)), (roads, jun)):
        promised = voices.routed_to(office, contact=MINA)
        actions.promise(promised, text="합니다", finish_on=day, by=officer)
        waiting = voices.routed_to(office, contact=MINA)
        actions.ask_back(waiting, text="어디인가요?", by=officer)
        appealed = _appealed(office, officer)
        asking = voices.routed_to(office)
        other = roads if office == buses else buses
        actions.ask_office(asking, office=other, question="관이 새나요?", by=officer)
        undelivered = voices.published_by(officer, office, contact=MINA)
        Delivery.objects.filter(message=undelivered).update(state=DeliveryState.FAILED)
        given = voices.routed_to(office)
        for _n in range(2):
            given = actions.hand_back(given, reason="아닙니다", by=officer)
            given = actions.route(given, to=office, by=centre)
        drafted = voices.routed_to(office)
        desk_actions.keep_draft(drafted, kind="done", words={"answer": "곧"}, by=officer)
        article = library.stale(office=office, by=officer, question_ko=f"{office.slug}?")
        idea, liked, minded = _ideas(office)
        made = {
            "ideas": idea.code,
            "late_ideas": idea.code,
            "thresholds": liked.code,
            "idea_appeals": minded.code,
            "articles": str(article),
            "promises": promised.code,
            "waiting": waiting.code,
            "appeals": appealed.code,
            "asked_by_us": asking.code,
            "undelivered": undelivered.code,
            "given_away": given.code,
            "drafts": drafted.code,
            **_carried(office, officer, idea),
        }
    return made


def _carried(office: Office, officer: User, idea: Suggestion) -> dict[str, str]:
    """A committee that owes a report and minutes, an action item, a promise."""
    committee = rooms.formed(office, idea, by=officer)
    before = clock.now() - timedelta(days=2)
    suggestion_actions.call_meeting(
        committee, starts_at=before, place=office.slug, agenda="노선", by=officer
    )
    day, due = clock.seoul().date(), {"office": office, "due_at": clock.now()}
    report = ProgressReport.objects.create(committee=committee, number=1, first_day=day, **due)
    item = ActionItem.objects.create(
        suggestion=idea,
        title=f"{office.slug}의 일",
        first_due_at=clock.now(),
        planned_at=clock.now(),
        **due,
    )
    Suggestion.objects.filter(pk=idea.pk).update(status="adopted")
    spoken = suggestion_actions.Spoken(f"{office.slug}의 약속", said_on=day, said_at="press")
    promise = suggestion_actions.make_promise(spoken, speaker=office, by=officer)
    return {
        "committees": committee.name_en,
        "minutes": f"{committee.name_en} · {office.slug}",
        "reports": f"{committee.name_en} #{report.number}",
        "items": item.title,
        "spoken": promise.words,
    }


def _ideas(office: Office) -> tuple[Suggestion, Suggestion, Suggestion]:
    """A late one, one with a threshold that it owes, and one whose appeal it decides."""
    liked = ideas.opened(office)
    owed = ideas.crossed(liked, "forum", people=100)
    minded = ideas.submitted(office)
    by = people.centre_officer()
    suggestion_actions.refuse(minded, reason="unclear", words="무엇을 바꾸나요?", by=by)
    appeal = suggestion_actions.appeal(minded, text="분명합니다.")
    for row in (owed, appeal):
        row.office = office
        row.save(update_fields=["office"])
    listening = ideas.listening()
    Suggestion.objects.filter(pk=liked.pk).update(office=listening)  # only the threshold is theirs
    with clock.at(clock.now() - timedelta(days=60)):
        late = ideas.reviewed(office)
    return late, liked, minded


def _appealed(office: Office, officer: User) -> Message:
    message = voices.published_by(officer, office)
    message = actions.reopen(message, text="아직도 걸립니다.")
    reply = actions.answer(message, text="고쳤습니다.", by=officer)
    with clock.at(reply.leaves_at):
        actions.publish(reply)
    return actions.appeal(message, text="책임자가 보아 주세요.")


def test_every_kind_lists_what_lies_with_this_office_and_no_other(
    full_house: dict[str, str], roads: Office, at_desk: Client
) -> None:
    for kind, code in full_house.items():
        assert listed(at_desk, roads, kind) == [code], kind


def test_every_count_is_exactly_the_rows_behind_it(
    full_house: dict[str, str], roads: Office, at_desk: Client
) -> None:
    numbers = counts(at_desk, roads)

    assert {kind: len(listed(at_desk, roads, kind)) for kind in KINDS} == numbers
    assert all(numbers.values())
    page = at_desk.get(url(roads)).content.decode()
    assert all(f'href="?show={kind}"' in page for kind in KINDS)


def test_what_is_late_and_what_moved_is_said_in_words(roads: Office, jun: User) -> None:
    with clock.at(timezone.now() - timedelta(days=30)):
        message = voices.routed_to(roads)
        until = (clock.now() + timedelta(days=20)).date()
        actions.put_off(message, text="더", until=until, by=jun)

    page = words_of(people.signed_in_client(jun).get(url(roads)))

    assert "days late" in page
    assert "date moved 1 time" in page


def test_a_late_suggestion_says_on_whose_lists_it_stands(roads: Office, jun: User) -> None:
    with clock.at(timezone.now() - timedelta(days=60)):
        ideas.reviewed(roads)
    tasks.remind_of_suggestions()
    client = people.signed_in_client(jun)

    (shelf,) = client.get(url(roads), {"show": "late_ideas"}).context["shelves"]
    pages = [words_of(client.get(url(roads))), words_of(client.get(f"{IDEAS}?show=overdue"))]

    assert [reminder.level for reminder in shelf.page.rows[0].told] == ["late", "head", "mayor"]
    assert all("told to the mayor" in page for page in pages)


def test_it_names_who_holds_the_office_and_who_held_it(roads: Office, at_desk: Client) -> None:
    now = timezone.now()
    before = people.make_user(name="전임자")
    people.appoint(before, roads, since=now - timedelta(days=900), until=now - timedelta(days=9))

    page = words_of(at_desk.get(url(roads)))

    assert "준" in page.partition("Who holds this office")[2]
    assert page.index("Who held it before") < page.index("전임자")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("jun", 200), ("centre", 200), ("auditor", 200), ("mayor", 200), ("head above", 200),
        ("sora", 403), ("keeper", 403), ("relieved", 302),
    ],
)  # fmt: skip
def test_who_may_open_it(
    who: str, status: int, roads: Office, buses: Office, jun: User, sora: User
) -> None:
    above = people.make_office("bureau-of-roads")
    Office.objects.filter(pk=roads.pk).update(parent=above)
    known: dict[str, Callable[[], User]] = {
        "jun": lambda: jun,
        "sora": lambda: sora,
        "centre": people.centre_officer,
        "auditor": people.auditor,
        "mayor": people.mayors_officer,
        "keeper": people.administrator,
        "head above": lambda: people.head_of(above),
        "relieved": lambda: people.officer_of(roads),
    }
    user = known[who]()
    client = people.signed_in_client(user)
    if who == "relieved":
        Appointment.objects.filter(user=user).update(until=timezone.now())

    assert client.get(url(roads)).status_code in {status, 403 if who == "relieved" else status}


def test_an_unknown_office_or_kind_is_no_error(roads: Office, at_desk: Client) -> None:
    odd = at_desk.get(url(roads), {"show": "nonsense", "after": "x"})

    assert at_desk.get("/en/admin/office/nowhere/").status_code == 404
    assert odd.status_code == 200


def _many(message: Message, count: int, jun: User) -> None:
    """Copies of one row with a draft each, made by SQL: only their number matters."""
    fields = [
        field
        for field in Message._meta.concrete_fields
        if field.attname not in ("id", "code", "client_key", "nonce")
    ]
    start = Message.objects.latest("id").pk
    Message.objects.bulk_create(
        Message(
            **{field.attname: getattr(message, field.attname) for field in fields},
            code=f"S-2026-{900_000 + start + number}",
            nonce=f"n{start + number}",
        )
        for number in range(count)
    )
    made = Message.objects.filter(pk__gt=start)
    Draft.objects.bulk_create(
        Draft(message=row, office=row.office, by=jun, kind="done", words={"a": "b"}, at=clock.now())
        for row in made
    )


def test_the_page_costs_the_same_at_ten_rows_and_at_a_thousand(
    roads: Office, jun: User, at_desk: Client
) -> None:
    message = voices.routed_to(roads)
    message.refresh_from_db()
    _many(message, 11, jun)
    at_desk.get(url(roads))
    with CaptureQueriesContext(connection) as at_ten:
        at_desk.get(url(roads))
    _many(message, 1000, jun)

    with CaptureQueriesContext(connection) as at_a_thousand:
        page = at_desk.get(url(roads))

    assert len(at_a_thousand) == len(at_ten) <= 48
    assert "see all 1012" in words_of(page)


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_keeps_the_contract(
    language: str, full_house: dict[str, str], roads: Office, at_desk: Client
) -> None:
    page = at_desk.get(url(roads).replace("/en", language, 1))

    assert broken_promises(page.content.decode(), language.strip("/") or "ko") == []
    assert "no-store" in page["Cache-Control"]
