"""The officers' pages: all due reports in one sitting, a committee and its acts, the load."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.ideas.committees import OFFERS
from desk.ideas.offer import IdeaForm, Offer
from desk.models import CannedText
from lifecycle import clock
from suggestions import actions
from suggestions.load import loads
from suggestions.models import Committee, ProgressReport, Seat, Suggestion
from suggestions.states import SuggestionStatus
from suggestions.states_of_committees import CommitteeStatus, ItemStatus, ReportStatus, Side
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
DUE = "/admin/reports/due/"
OFFER: dict[str, Offer] = {offer.name: offer for offer in OFFERS}


@pytest.fixture
def room() -> Room:
    with clock.at(clock.now() - 15 * DAY):
        return rooms.at_work(suggestions=2)


@pytest.fixture
def jun(room: Room) -> Client:
    return people.signed_in_client(room.jun)


def reports(room: Room) -> list[ProgressReport]:
    actions.open_reports_of_committee(room.committee)
    return list(room.committee.reports.order_by("number"))


def typed(report: ProgressReport, room: Room, act: str, **more: object) -> dict[str, object]:
    first = room.suggestions[0].pk
    return {
        "report": report.pk,
        "version": report.version,
        "hours": "6.5",
        f"done_{first}": "노선을 정했습니다.",
        "act": act,
        **more,
    }


def test_the_most_urgent_report_is_open_and_begun(jun: Client, room: Room) -> None:
    first, _second = reports(room)
    rooms.adopted(room)

    page = jun.get(DUE)

    assert page.context["report"] == first
    words = page.context["form"][f"done_{room.suggestion.pk}"].value()
    assert "채택" in words or "adopted" in words


def test_published_the_next_one_opens(jun: Client, room: Room) -> None:
    first, second = reports(room)

    done = jun.post(DUE, typed(first, room, "publish"))

    assert (done.status_code, done["Location"]) == (302, DUE)
    first.refresh_from_db()
    assert (first.status, first.hours) == (ReportStatus.PUBLISHED, Decimal("6.5"))
    assert jun.get(DUE).context["report"] == second


def test_a_draft_is_seen_as_everyone_will(jun: Client, room: Room) -> None:
    first, _second = reports(room)

    done = jun.post(DUE, typed(first, room, "look"), follow=True)

    assert "노선을 정했습니다." in done.content.decode()
    assert done.context["preview"]["report"] == first
    first.refresh_from_db()
    assert first.status == ReportStatus.DRAFTED


def test_what_is_missing_is_said_and_what_was_typed_is_kept(jun: Client, room: Room) -> None:
    first, _second = reports(room)

    done = jun.post(DUE, typed(first, room, "publish", hours=""))

    assert done.status_code == 422
    assert "노선을 정했습니다." in done.content.decode()
    assert done.context["form"].errors.keys() == {"hours"}
    first.refresh_from_db()
    assert first.status == ReportStatus.DUE


def test_whoever_is_slower_keeps_the_words(jun: Client, room: Room) -> None:
    first, _second = reports(room)
    form = typed(first, room, "publish")
    actions.draft_report(first, rooms.words(first, done="먼저 썼어요"), by=room.head)

    slower = jun.post(DUE, form)

    assert slower.status_code == 409
    assert "노선을 정했습니다." in slower.content.decode()
    again = jun.post(DUE, {**form, "version": slower.context["form"]["version"].value()})
    assert again.status_code == 302


def test_an_officer_countersigns_what_a_member_wrote(jun: Client, room: Room) -> None:
    first, _second = reports(room)
    first = actions.draft_report_as_seat(first, rooms.words(first), seat=room.citizen)

    jun.post(DUE, {"report": first.pk, "version": first.version, "act": "countersign"})

    first.refresh_from_db()
    assert (first.status, first.by_seat) == (ReportStatus.PUBLISHED, room.citizen)


def test_what_came_in_since_a_member_wrote_is_asked_for(jun: Client, room: Room) -> None:
    first, _second = reports(room)
    first = actions.draft_report_as_seat(first, rooms.words(first), seat=room.citizen)
    another = ideas.reviewed(room.office)
    actions.send_to_committee(another, to=room.committee, reason=rooms.WHY, by=room.head)

    done = jun.post(DUE, {"report": first.pk, "version": first.version, "act": "countersign"})

    assert done.status_code == 422
    assert done.context["form"].errors.keys() == {f"done_{another.pk}"}


def test_another_office_writes_nothing(room: Room) -> None:
    first, _second = reports(room)
    sora = people.signed_in_client(people.officer_of(people.make_office("parks")))

    assert sora.post(DUE, typed(first, room, "publish")).status_code == 403
    assert sora.get(DUE).context["owed"] == []


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_sitting_asks_little_however_much_is_due(jun: Client, room: Room) -> None:
    first, _second = reports(room)
    actions.draft_report(first, rooms.words(first), by=room.jun)
    paths = (DUE, f"{DUE}?look=1", "/admin/committees/", f"/admin/committee/{room.committee.pk}/",
             "/admin/reports/load/")  # fmt: skip
    few = [queries(jun, path) for path in paths]

    for number in range(4):
        given = ideas.reviewed(room.office)
        actions.send_to_committee(given, to=room.committee, reason=rooms.WHY, by=room.head)
        rooms.seated(room.committee, Side.CITIZEN, by=room.jun, name=f"사람{number}")
        rooms.formed(room.office, given, by=room.jun)
        with clock.at(clock.now() + 14 * (number + 1) * DAY):
            actions.open_reports_of_committee(room.committee)
    rooms.adopted(room)

    assert [queries(jun, path) for path in paths] == few
    assert max(few[:2]) <= 15
    assert max(few) <= 25


def test_a_committee_is_formed_seated_and_set_to_work_without_a_script(room: Room) -> None:
    client = people.signed_in_client(room.jun)
    form = {
        "code": room.suggestions[1].code.lower(),
        "office": room.office.pk,
        "name_ko": "새 위원회",
        "name_en": "New committee",
        "slug": "brand-new",
        "purpose_ko": "함께",
        "purpose_en": "together",
    }
    assert client.post("/admin/committee/new/", {**form, "slug": "no good"}).status_code == 422

    page = client.post("/admin/committee/new/", form)["Location"]
    committee = Committee.objects.get(slug="brand-new")

    def act(verb: str, **typed: object) -> int:
        committee.refresh_from_db()
        return client.post(f"{page}{verb}/", {"version": committee.version, **typed}).status_code

    assert act("activate") == 409
    person = {"name": "박지호", "language": "ko", "consent": "서면"}
    assert act("person", side="civic", **{**person, "consent": ""}) == 422
    for side in ("civic", "expert"):
        assert act("person", side=side, **person) == 302
    seat = committee.seats.get(side="civic")
    assert seat.private_url() in client.get(page).content.decode()  # given on, and shown once
    assert seat.private_url() not in client.get(page).content.decode()
    assert act("link", seat=seat.pk) == 302
    assert Seat.objects.get(pk=seat.pk).private_url() in client.get(page).content.decode()
    assert act("activate") == 302
    assert act("meeting", starts_at="2030-01-07T14:00", place="시민청", agenda="노선") == 302
    committee.refresh_from_db()
    assert committee.status == CommitteeStatus.ACTIVE
    assert committee.meetings.get().place == "시민청"


def test_the_load_is_what_an_office_carries(room: Room) -> None:
    reports(room)
    rooms.published(room.committee.reports.get(number=1), by=room.jun, hours=Decimal("7.5"))
    rooms.adopted_directly()

    (load,) = loads([room.office.pk])

    assert (load.committees, load.alone, load.due, load.late) == (1, 1, 1, 0)
    assert load.hours == Decimal("7.5")
    assert load.officers == 3
    assert load.meter == 1
    assert [one.office for one in loads()] == [room.office]


def offer(name: str, suggestion: Suggestion, room: Room, **typed: object) -> Suggestion:
    """What the desk's one door does with this offer."""
    by = room.head if name in ("send-to-committee", "adopt-directly") else room.jun
    one, suggestion = OFFER[name], Suggestion.objects.get(pk=suggestion.pk)
    assert one.is_time(suggestion)
    assert one.is_theirs(suggestion, by)
    form = one.form({"version": suggestion.version, **typed}).about(suggestion, by)
    if not form.is_valid() and form.asks:
        seen = {"seen": form.fields["seen"].widget.digest}
        form = one.form({"version": suggestion.version, **typed, **seen}).about(suggestion, by)
    assert form.is_valid(), form.errors
    assert one.act(suggestion, form.cleaned_data, by)
    return Suggestion.objects.get(pk=suggestion.pk)


def planned(room: Room, **more: object) -> dict[str, object]:
    return {
        "title": "노선 두 개",
        "office": room.office.pk,
        "due_on": rooms.day(40),
        "horizon": "immediate",
        "weight": 1,
        **more,
    }


def test_the_whole_way_by_the_offers_of_the_desk(room: Room) -> None:
    idea = ideas.reviewed(room.office)
    idea = offer("send-to-committee", idea, room, committee=room.committee.pk, words=rooms.WHY)
    idea = offer("plan", idea, room, **planned(room))
    idea = offer("adopt-planned", idea, room, words=rooms.WHY)
    idea = offer("start-work", idea, room, words="시작")
    item = idea.items.get()
    for name, more in (
        ("start-item", {}),
        ("report-item", {"percent": 40}),
        ("move-item", {"due_on": rooms.day(80), "words": "차가 늦음"}),
        ("block-item", {"blocker": "budget", "words": "돈"}),
        ("start-item", {}),
        ("hand-item", {"office": room.office.pk, "words": "우리가"}),
        ("postpone-item", {"due_on": rooms.day(300), "words": "나중"}),
    ):
        idea = offer(name, idea, room, item=item.pk, **more)
    idea = offer("block", idea, room, code="legal", words="법")
    idea = offer("unblock", idea, room, words="고쳤음")
    idea = offer("plan", idea, room, **planned(room))
    idea = offer("cancel-item", idea, room, item=item.pk, words="그만")
    other = idea.items.latest("pk")
    idea = offer("start-item", idea, room, item=other.pk)
    idea = offer("finish-item", idea, room, item=other.pk, words="다녀요")

    other.refresh_from_db()
    assert (other.status, other.percent) == (ItemStatus.DONE, 100)
    assert idea.status == SuggestionStatus.IMPLEMENTING
    assert idea.moves >= 1


def test_a_no_by_the_offers_of_the_desk(room: Room) -> None:
    idea = offer("propose-drop", room.suggestion, room, **rooms.NO)
    assert not OFFER["drop"].is_time(idea)
    idea = offer("take-drop-back", idea, room)
    idea = offer("propose-drop", idea, room, **rooms.NO)
    proposal = idea.drop_proposals.get(settled_at=None)
    actions.say_opinion(proposal, seat=room.citizen, concurs=True, words="")

    idea = offer("drop", idea, room)

    assert idea.status == SuggestionStatus.DECLINED


def test_adopting_directly_by_the_desk(room: Room) -> None:
    idea = ideas.reviewed(room.office)

    idea = offer("adopt-directly", idea, room, words=rooms.WHY, **planned(room))

    assert idea.status == SuggestionStatus.ADOPTED


@pytest.mark.parametrize("name", ["send-to-committee", "adopt-directly", "propose-drop"])
def test_a_decision_is_in_own_words_and_read_before_it_is_sent(name: str, room: Room) -> None:
    idea = room.suggestion if name == "propose-drop" else ideas.reviewed(room.office)
    ready = (
        "제안해 주셔서 고맙습니다. 시민 여러분의 말씀을 귀하게 듣고 꼼꼼히 살펴서 처리하겠습니다."
    )
    CannedText.objects.create(office=room.office, name="고마움", text=ready)
    more = {"committee": room.committee.pk, **planned(room), **rooms.NO}

    def press(words: str) -> IdeaForm:
        typed = {"version": idea.version, **more, "words": words}
        form = OFFER[name].form(typed).about(idea, room.head)
        form.is_valid()
        return form

    short, copied, own = press("좋습니다."), press(ready), press(rooms.WHY)

    assert "words" in short.errors
    assert "words" in copied.errors
    assert own.asks
    assert rooms.WHY in str(own["seen"])
    assert Suggestion.objects.get(pk=idea.pk).version == idea.version


def test_a_date_that_only_the_head_may_move_is_refused_in_the_form(room: Room) -> None:
    rooms.adopted(room)
    idea = room.suggestion
    item = idea.items.get()
    for days in (60, 90):
        actions.move_item(item, due_on=rooms.day(days), words="차가 늦습니다.", by=room.jun)
    idea = room.suggestion
    typed = {"version": idea.version, "item": item.pk, "words": "또", "due_on": rooms.day(120)}

    by_jun = OFFER["move-item"].form(typed).about(idea, room.jun)
    by_head = OFFER["move-item"].form(typed).about(idea, room.head)

    assert by_jun.errors.keys() == {"due_on"}
    assert by_head.is_valid(), by_head.errors


def test_a_committee_that_lacks_a_side_is_refused_in_the_form(room: Room) -> None:
    actions.give_up_seat(room.civic, by=room.jun)
    idea = ideas.reviewed(room.office)
    form = OFFER["send-to-committee"].form(
        {"version": idea.version, "committee": room.committee.pk, "words": rooms.WHY}
    )

    assert not form.about(idea, room.head).is_valid()
    assert "committee" in form.errors
