"""What the city answers to suggestions, an appeal against a no, and what the mayor has promised."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from lifecycle import clock
from people.models import Appointment, Office, Role, User
from seoul_portal.demo.play import Stage
from seoul_portal.demo.promise import DAY, HOURS_OF_A_DAY
from seoul_portal.demo.story import Voice
from suggestions import actions
from suggestions.actions import Refusal, Said, Spoken
from suggestions.models import Policy, Promise, SaidAt, Suggestion

LISTENING, BUSES, PARKS = "attentive-listening", "bus-policy", "parks"
Act = Callable[["Scene", Suggestion, User], object]


class Scene:
    """The city at `now`, and somebody for every office."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.stage.now - days * DAY

    def day(self, days: float) -> date:
        """The day so many days from now on Seoul's clock; before it, where they are negative."""
        return clock.seoul(self.stage.now + days * DAY).date()

    def head(self, office: Office) -> User:
        """Whoever decides for this office."""
        above = office.headed_by
        if above is None:
            return self.stage.officer(office)
        posts = Appointment.objects.current().filter(office=above, role=Role.HEAD)
        return posts.select_related("user").earliest("id").user

    def reviewed(self, voice: Voice, days: float) -> Suggestion | None:
        """Picked so many days ago; None where it was told before."""
        message = self.stage.play(voice)
        if Suggestion.objects.filter(message=message).exists():
            return None
        with clock.at(self.ago(days + 5)):
            suggestion = actions.take_up(message)
        with clock.at(self.ago(days)):
            by = self.stage.officer(self.stage.office(LISTENING))
            reason = "청책토론회에서도 같은 말씀이 나와 먼저 검토합니다."
            return actions.pick(suggestion, reason=reason, by=by)


def _put_off(scene: Scene, suggestion: Suggestion, by: User) -> None:
    with clock.at(scene.ago(20)):
        said = Said(
            "노선을 늘리려면 새벽 1시부터 4시 사이에 실제로 몇 분이 어디서 어디로 가시는지 알아야 합니다. "
            "교통카드 자료를 세는 데 두 주가 더 걸려서 날짜를 미룹니다."
        )
        actions.answer_interim(suggestion, said=said, until=scene.day(16), by=by)


def _in_place(scene: Scene, suggestion: Suggestion, by: User) -> None:
    owl, _is_new = Policy.objects.get_or_create(
        title_ko="밤도깨비 공원 등불",
        defaults={
            "office": suggestion.office,
            "title_en": "Night lights in parks",
            "text_ko": "공원 산책로의 등을 해 뜰 때까지 켜 둡니다. 2024년부터 모든 시립공원에서 합니다.",
            "text_en": "Paths in parks stay lit until sunrise, in every city park since 2024.",
            "since": date(2024, 3, 1),
        },
    )
    with clock.at(scene.ago(8)):
        said = Said(
            "말씀하신 보라매공원 동쪽 길은 등이 세 개 꺼져 있었습니다. 어제 고쳤고, 밤 11시에 나가서 켜진 것을 "
            "보고 왔습니다. 다른 곳도 꺼져 있으면 알려 주세요."
        )
        actions.already_in_place(suggestion, said=said, policy=owl, by=by)


def _passed_on(scene: Scene, suggestion: Suggestion, by: User) -> None:
    with clock.at(scene.ago(10)):
        said = Said(
            "광역버스 요금은 시가 정할 수 없어서 국토교통부 대도시권광역교통위원회에 말씀을 그대로 보냈습니다. "
            "답이 오면 이 쪽에 옮기고, 오지 않으면 아래 날에 다시 묻겠습니다."
        )
        actions.pass_on(
            suggestion,
            said=said,
            body="국토교통부 대도시권광역교통위원회",
            sent_on=scene.day(-10),
            follow_up_on=scene.day(35),
            by=by,
        )


def _long_term(scene: Scene, suggestion: Suggestion, by: User) -> None:
    with clock.at(scene.ago(12)):
        said = Said(
            "차고지를 덮어 숲을 만드는 일은 한 해 예산으로 할 수 없어 장기계획에 넣었습니다. 먼저 양천 차고지 "
            "한 곳의 설계비를 내년 예산안에 올리고, 그 결과를 보고 다시 살펴봅니다."
        )
        actions.plan_long_term(suggestion, said=said, review_on=scene.day(250), by=by)


def _declined(scene: Scene, suggestion: Suggestion, by: User) -> None:
    with clock.at(scene.ago(9)):
        said = Said(
            "시내버스를 모두 무료로 하려면 한 해에 1조 2천억 원이 듭니다. 올해 시가 버스에 쓸 수 있는 돈의 두 배라서 "
            "지금은 할 수 없습니다."
        )
        refusal = Refusal(
            "budget",
            "만 6세 이하 어린이와 함께 타는 어른의 요금을 2027년 3월부터 받지 않습니다.",
            "30일 안에 이 쪽의 비밀 주소에서 이의를 제기하실 수 있습니다. 시의회 교통위원회에 청원하셔도 됩니다.",
        )
        answer = actions.decline(suggestion, said=said, refusal=refusal, by=by)
    with clock.at(scene.ago(8.9)):
        better = Said(f"{said.personal} 계산한 표는 버스정책과 자료실에 올려 두었습니다.")
        actions.reword(answer, said=better, by=by)


def _appealed(scene: Scene, suggestion: Suggestion, by: User) -> None:
    with clock.at(scene.ago(6)):
        said = Said(
            "정류장 냉방은 전기를 많이 쓰고, 문이 없는 정류장에서는 거의 시원해지지 않는 것을 지난여름 여섯 곳에서 "
            "재어 보고 알았습니다. 그래서 늘리지 않습니다."
        )
        refusal = Refusal(
            "conflict",
            "그늘이 없는 정류장 120곳에 올여름 그늘막을 답니다.",
            "버스정책과 02-2133-0000, 또는 이의신청",
        )
        actions.decline(suggestion, said=said, refusal=refusal, by=by)
    with clock.at(scene.ago(2)):
        actions.rate(suggestion, clear="yes", heard="no")
        text = "재어 보신 여섯 곳이 모두 문 없는 정류장입니다. 문 있는 정류장도 재어 주세요."
        actions.appeal(suggestion, text=text)


def _idea(text: str, days: float, office: str, mail: str = "") -> Voice:
    """Sent a little before it was taken up."""
    ago = (days + 5) * HOURS_OF_A_DAY + 1
    return Voice(text, "idea", ago, office=office, mail=mail, public=True)


STORY: tuple[tuple[str, float, str, str, Act], ...] = (
    ("병원과 시장을 잇는 심야버스 노선을 늘려 주세요.", 26, BUSES, "bamgil", _put_off),
    (
        "공원 산책로 등을 밤새 켜 두면 새벽에 걷는 사람이 안심합니다.",
        15,
        PARKS,
        "sanchaek",
        _in_place,
    ),
    ("경기도에서 오는 광역버스도 환승 할인을 두 번 해 주세요.", 18, BUSES, "hwanseung", _passed_on),
    ("버스 차고지 위를 덮어 작은 숲을 만들어 주세요.", 22, BUSES, "supgil", _long_term),
    ("시내버스를 모두 무료로 해 주세요. 차를 두고 나오게 됩니다.", 21, BUSES, "muryo", _declined),
    ("버스 정류장마다 여름에 냉방기를 달아 주세요.", 16, BUSES, "siwon", _appealed),
)


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        scene = Scene(Stage())
    for text, days, office, mail, happens in STORY:
        _play(scene, _idea(text, days, office, mail), days, happens)
    if not Promise.objects.exists():
        _promises(scene)


@transaction.atomic
def _play(scene: Scene, voice: Voice, days: float, happens: Act) -> None:
    suggestion = scene.reviewed(voice, days)
    if suggestion is not None and suggestion.office is not None:
        happens(scene, suggestion, scene.head(suggestion.office))


@transaction.atomic
def _promises(scene: Scene) -> None:
    """One kept, one late, one changed, one that nobody has taken on yet."""
    mayor, buses, parks = (scene.stage.office(slug) for slug in ("mayor", BUSES, PARKS))
    speaks = scene.stage.officer(mayor)

    def said(words: str, days: float, where: str, second: int | None = None) -> Promise:
        with clock.at(scene.ago(days)):
            spoken = Spoken(words, scene.day(-days), where, source="라이브 서울", second=second)
            return actions.make_promise(spoken, speaker=mayor, by=speaks)

    def taken(promise: Promise, office: Office, ago: float, until: date) -> Promise:
        with clock.at(scene.ago(ago)):
            by = scene.head(office)
            return actions.accept(promise, office=office, finish_on=until, by=by)

    kept = taken(
        said("한강공원 화장실을 밤 11시까지 열겠습니다.", 90, SaidAt.VISIT),
        parks,
        88,
        scene.day(-20),
    )
    with clock.at(scene.ago(30)):
        words = "11월 1일부터 열한 곳 모두 밤 11시까지 엽니다."
        actions.settle_promise(kept, end="kept", words=words, by=scene.head(parks))
    taken(
        said("저상버스를 연말까지 400대 더 들이겠습니다.", 120, SaidAt.FORUM, 2710),
        buses,
        115,
        scene.day(-6),
    )
    moved = taken(
        said("심야버스를 올해 안에 열다섯 노선으로 늘리겠습니다.", 70, SaidAt.BROADCAST, 755),
        buses,
        68,
        scene.day(20),
    )
    with clock.at(scene.ago(5)):
        words = "심야버스를 내년 3월까지 열다섯 노선으로 늘리겠습니다."
        actions.change(
            moved,
            Spoken(words, scene.day(-5), SaidAt.PRESS),
            reason="운전하실 분을 아직 서른 분 더 모셔야 합니다.",
            finish_on=scene.day(110),
            by=scene.head(buses),
        )
    said("동네마다 걸어서 10분 안에 작은 도서관을 두겠습니다.", 1, SaidAt.FORUM, 4015)
