"""An idea that is done, one that was evaluated, and a petition that waits for its answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid5

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.actions import Said
from channels_app.models import Confirmation, ContactKind, Felt, Message
from lifecycle import clock
from seoul_portal.demo.committees import head_of
from seoul_portal.demo.play import NAMES, Stage
from seoul_portal.demo.story import Voice
from suggestions import actions
from suggestions.actions import Draft, LineDraft, Planned
from suggestions.models import Mandate, Petition, Result, Suggestion

DAY = timedelta(days=1)
HOURS_OF_A_DAY = 24.0
DONE = Voice(
    "한강공원 음수대 옆에 물병을 채우는 꼭지를 달아 주세요. 컵 없이는 물을 받을 수 없습니다.",
    "idea",
    150 * HOURS_OF_A_DAY,
    office="parks",
    mail="jiu",
)
EVALUATED = Voice(
    "도서관 반납함을 지하철역마다 놓아 주세요. 퇴근길에 책을 돌려줄 수 있게요.",
    "idea",
    330 * HOURS_OF_A_DAY,
    office="libraries",
    mail="yuna",
)
PETITION = Voice(
    "학교 앞 큰길의 제한 속도를 시속 30킬로미터로 낮춰 주십시오. 아이들 이백 명이 건너는 길입니다.",
    "idea",
    12 * HOURS_OF_A_DAY,
    office="traffic-operations",
    mail="parents",
)


def _adopted(stage: Stage, voice: Voice, *, title: str, words: str, took: float) -> Suggestion:
    """Picked after six days, adopted after twenty, done after as many days as it `took`."""
    begun = voice.ago / HOURS_OF_A_DAY
    message = stage.play(voice)
    assert message.contact is not None  # noqa: S101 - the voices name one
    with clock.at(stage.now - begun * DAY + DAY / 4):
        message_actions.confirm_contact(message.contact)
    with clock.at(stage.now - (begun - 1) * DAY):
        idea = Suggestion.objects.filter(message=message).first() or actions.take_up(message)
    with clock.at(stage.now - (begun - 6) * DAY):
        listener = stage.officer(stage.office("attentive-listening"))
        idea = actions.pick(idea, reason="여러 동네에서 같은 말을 들었습니다.", by=listener)
    head, office = head_of(stage, voice.office), stage.office(voice.office)
    with clock.at(stage.now - (begun - 20) * DAY):
        due_on = (clock.seoul() + took * DAY).date()
        idea = actions.adopt_directly(idea, [Planned(title, office, due_on)], words=words, by=head)
    by = stage.officer(office)
    with clock.at(stage.now - (begun - 22) * DAY):
        idea = actions.start_work(idea, words="자리를 정하고 물건을 골랐습니다.", by=by)
        actions.start_item(idea.items.get(), by=by)
    with clock.at(stage.now - (begun - 33) * DAY):
        report = actions.open_reports_of_office(Mandate.objects.get(suggestion=idea))[0]
        said = {idea.pk: LineDraft("절반을 놓았습니다.", "나머지를 놓습니다.")}
        report = actions.draft_report(report, Draft(said, hours=Decimal(5)), by=by)
        actions.publish_report(report, by=by)
    return idea


def _claimed(stage: Stage, idea: Suggestion, *, ago: float, item: str, evidence: str) -> Suggestion:
    """So many days ago the office said that it is done, and its author agreed five days later."""
    assert idea.department is not None  # noqa: S101 - it was adopted by one
    by, head = stage.officer(idea.department), head_of(stage, idea.department.slug)
    with clock.at(stage.now - ago * DAY):
        actions.finish_item(idea.items.get(), words=item, by=by)
        idea.refresh_from_db()
        actions.claim_done(idea, result=Result.IMPROVEMENT, text=evidence, by=head)
    with clock.at(stage.now - (ago - 5) * DAY):
        return actions.confirm_done(Suggestion.objects.get(pk=idea.pk))


def _done(stage: Stage) -> None:
    idea = _adopted(
        stage,
        DONE,
        title="한강공원 열한 곳의 음수대에 물병 꼭지 달기",
        words="한강공원 열한 곳 모두에 답니다. 음수대를 새로 놓지 않고 꼭지만 더하니 빠릅니다. "
        "물은 이미 검사한 수돗물이라 따로 허가가 없어도 됩니다. 가을까지 끝냅니다.",
        took=80,
    )
    _claimed(
        stage,
        idea,
        ago=40,
        item="열한 곳에 꼭지 스물두 개를 달았습니다.",
        evidence="한강공원 열한 곳에 물병 꼭지 스물두 개를 달았습니다. "
        "공원마다 두 개씩이고 겨울에도 나옵니다.",
    )


def _evaluated(stage: Stage) -> None:
    idea = _adopted(
        stage,
        EVALUATED,
        title="지하철역 쉰 곳에 반납함 놓기",
        words="이용이 많은 역 쉰 곳에 먼저 놓고, 밤마다 거두어 다음 날 도서관에 돌려놓습니다. "
        "지하철 회사와 자리를 나누어 쓰기로 했고, 책을 나르는 차는 도서관의 것을 함께 씁니다.",
        took=90,
    )
    idea = _claimed(
        stage,
        idea,
        ago=200,
        item="역 쉰 곳에 반납함을 놓았습니다.",
        evidence="지하철역 쉰 곳에 반납함을 놓았습니다. "
        "첫 달에 책 만 이천 권이 그리로 돌아왔습니다.",
    )
    with clock.at(stage.now - 100 * DAY):
        actions.open_survey(idea)
        list(actions.invite_to_survey())
        for asked in Confirmation.objects.filter(purpose="survey", topic=idea.topic_id):
            actions.answer_survey(asked, there=Felt.YES, helps=5, words="퇴근길에 늘 씁니다.")
    with clock.at(stage.now - 60 * DAY):
        listener = stage.officer(stage.office("attentive-listening"))
        text = (
            "쉰 곳 모두 그대로 있고 한 달에 책 만 사천 권이 돌아옵니다. "
            "주말에 가득 차는 다섯 곳은 두 번 거둡니다."
        )
        actions.evaluate(Suggestion.objects.get(pk=idea.pk), text=text, by=listener)


def _petition(stage: Stage) -> None:
    begun = PETITION.ago / HOURS_OF_A_DAY
    said = Said(
        text=PETITION.text,
        kind=PETITION.kind,
        contact=(ContactKind.MAIL.value, f"{PETITION.mail}@demo.invalid"),
    )
    with clock.at(stage.now - begun * DAY):
        message = actions.petition(said, client_key=uuid5(NAMES, PETITION.text))
    with clock.at(stage.now - begun * DAY + DAY / 24):
        assert message.contact is not None  # noqa: S101 - given above
        message_actions.confirm_contact(message.contact)
        actions.open_petition(Petition.objects.get(message=message))
    with clock.at(stage.now - (begun - 1) * DAY):
        centre = stage.officer(stage.office("social-media-centre"))
        message = Message.objects.get(pk=message.pk)
        if message.office != stage.office(PETITION.office):
            message_actions.route(message, to=stage.office(PETITION.office), by=centre)
    with clock.at(stage.now - (begun - 1) * DAY + DAY / 24):
        actions.take_up_ideas([message.pk])


STORIES: tuple[tuple[Voice, Callable[[Stage], None]], ...] = (
    (DONE, _done),
    (EVALUATED, _evaluated),
    (PETITION, _petition),
)


@transaction.atomic
def play(now: datetime) -> None:
    """Each story once, however often it is played; every day is counted back from `now`."""
    with clock.at(now):
        stage = Stage()
    for voice, what_came in STORIES:
        if not Message.objects.filter(client_key=uuid5(NAMES, voice.text)).exists():
            what_came(stage)
