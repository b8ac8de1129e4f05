"""A suggestion at every point of its first life: gathering, asleep, sent back, appealed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.models import Contact, ContactKind, Message
from lifecycle import clock
from people.models import User
from seoul_portal.demo.play import Stage
from seoul_portal.demo.promise import DAY, HOURS_OF_A_DAY
from seoul_portal.demo.story import Voice
from suggestions import actions
from suggestions.models import Suggestion

HOUR = timedelta(hours=1)
CENTRE, LISTENING = "social-media-centre", "attentive-listening"


class Scene:
    """One voice that became a suggestion, and what happened to it on the days after."""

    def __init__(self, stage: Stage, message: Message) -> None:
        self.stage = stage
        self.message = message

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.stage.now - days * DAY

    def listener(self) -> User:
        """Of the listening team."""
        return self.stage.officer(self.stage.office(LISTENING))

    def moderator(self) -> User:
        """Of the centre: whoever decides about what the other one has decided."""
        return self.stage.officer(self.stage.office(CENTRE))

    def opened(self, days: float) -> Suggestion:
        """Taken up by the sweep."""
        with clock.at(self.ago(days)):
            return actions.take_up(self.message)

    def offered(self, days: float) -> Suggestion:
        """Only the office read it; its author makes a suggestion of it."""
        with clock.at(self.ago(days)):
            return actions.offer(self.message)

    def supported(self, suggestion: Suggestion, people: int, days: float) -> Suggestion:
        """So many people on that day, counted the next second."""
        with clock.at(self.ago(days)):
            for number in range(people):
                address = f"voice{suggestion.pk}.{number}@demo.invalid"
                contact = Contact.objects.reached_by(ContactKind.MAIL, address)
                message_actions.confirm_contact(contact)
                actions.support(suggestion, contact=contact)
            actions.count_supports()
        suggestion.refresh_from_db()
        return suggestion


def _gathering(scene: Scene) -> None:
    scene.supported(scene.opened(4), 7, 2)


def _nearly(scene: Scene) -> None:
    scene.supported(scene.opened(11), 38, 3)


def _english(scene: Scene) -> None:
    scene.supported(scene.opened(2), 3, 1)


def _closing(scene: Scene) -> None:
    scene.supported(scene.opened(26), 12, 20)


def _asleep(scene: Scene) -> None:
    suggestion = scene.supported(scene.opened(48), 4, 40)
    with clock.at(scene.ago(17)):
        actions.fall_asleep(suggestion)


def _reached(scene: Scene) -> None:
    scene.supported(scene.opened(20), 54, 9)


def _picked(scene: Scene) -> None:
    suggestion = scene.supported(scene.opened(15), 9, 12)
    with clock.at(scene.ago(6)):
        reason = "경청 투어에서 어르신 스무 분이 같은 말씀을 하셔서 먼저 검토합니다."
        actions.pick(suggestion, reason=reason, by=scene.listener())


def _overdue(scene: Scene) -> None:
    suggestion = scene.opened(45)
    with clock.at(scene.ago(38)):
        reason = "학교 세 곳의 학부모회가 함께 요청했습니다."
        actions.pick(suggestion, reason=reason, by=scene.listener())


def _for_the_mayor(scene: Scene) -> None:
    suggestion = scene.supported(scene.opened(18), 22, 16)
    with clock.at(scene.ago(5)):
        words = "시장 상인회 서명부 41장, 청책담당관실 보관"
        actions.enter_paper(suggestion, people=1012, words=words, by=scene.listener())


def _suspicious(scene: Scene) -> None:
    suggestion = scene.supported(scene.opened(13), 6, 10)
    suggestion = scene.supported(suggestion, 25, 8)
    with clock.at(scene.ago(7)):
        made = actions.of_busy_minutes(suggestion, least=15)
        note = "같은 1분 안에 한꺼번에 들어온 지지를 뺐습니다. 잘못 뺀 것이 있으면 되돌립니다."
        actions.invalidate(
            suggestion, made, rule="같은 1분 안에 15명 이상", public_note=note, by=scene.listener()
        )
        actions.count_supports()


def _to_screen(scene: Scene) -> None:
    scene.offered(0.4)


def _sent_back(scene: Scene) -> None:
    suggestion = scene.offered(5)
    with clock.at(scene.ago(4)):
        words = "어느 길을 어떻게 바꾸자는 뜻인지 한 줄만 더 적어 주세요."
        actions.send_back(suggestion, reason="unclear", words=words, by=scene.moderator())


def _appealed(scene: Scene) -> None:
    suggestion = scene.offered(9)
    with clock.at(scene.ago(8)):
        words = "가게 이름과 사장님 이름이 나옵니다. 이름을 빼고 다시 보내 주셔도 됩니다."
        actions.refuse(suggestion, reason="personal", words=words, by=scene.moderator())
    with clock.at(scene.ago(2)):
        actions.appeal(suggestion, text="간판에 적힌 이름이라 누구나 아는 이름입니다.")


def _redirected(scene: Scene) -> None:
    suggestion = scene.opened(3)
    with clock.at(scene.ago(2.5)):
        words = "고장 신고입니다. 제안이 아니라 민원으로 답하는 것이 빠릅니다."
        actions.redirect(suggestion, words=words, by=scene.moderator())


def _withdrawn(scene: Scene) -> None:
    suggestion = scene.opened(7)
    with clock.at(scene.ago(6)):
        actions.withdraw(suggestion)


def _idea(text: str, days: float, office: str, mail: str = "", **more: str) -> Voice:
    """Sent a little before it was taken up, as an idea that everyone may read."""
    ago = days * HOURS_OF_A_DAY + 1
    return Voice(text, "idea", ago, office=office, mail=mail, public=True, **more)  # type: ignore[arg-type]  # language


def _kept(text: str, days: float, office: str, mail: str) -> Voice:
    """Only for the office, first."""
    ago = days * HOURS_OF_A_DAY + 20
    return Voice(text, "complaint", ago, office=office, mail=mail, public=False)


STORY: tuple[tuple[Voice, Callable[[Scene], None]], ...] = (
    (
        _idea(
            "심야버스 노선을 강북에도 놓아 주세요. 병원에서 새벽에 일이 끝납니다.",
            11,
            "bus-policy",
            "saebyeok",
        ),
        _nearly,
    ),
    (
        _idea(
            "동네 도서관에서 우산을 빌려주고 아무 도서관에나 돌려주게 하면 좋겠습니다.",
            4,
            "libraries",
            "usan",
        ),
        _gathering,
    ),
    (
        _idea(
            "Please put the floor number in braille on the handrails of every subway station.",
            2,
            "disability",
            language="en",
        ),
        _english,
    ),
    (
        _idea("공원 음수대에 반려견용 물그릇을 함께 달아 주세요.", 26, "parks", "meongi"),
        _closing,
    ),
    (
        _idea("한강 자전거길에 시간마다 몇 대가 지나는지 알려 주세요.", 48, "parks"),
        _asleep,
    ),
    (
        _idea(
            "학교 앞 횡단보도에 바닥 신호등을 더 놓아 주세요. 아이들이 고개를 숙이고 걷습니다.",
            20,
            "traffic-operations",
            "horong",
        ),
        _reached,
    ),
    (
        _idea(
            "버스 정류장 의자에 등받이와 팔걸이를 달아 주세요. 어르신이 일어서기 힘들어하십니다.",
            15,
            "bus-policy",
        ),
        _picked,
    ),
    (
        _idea("통학로에 인도가 없는 곳부터 걷는 길을 그려 주세요.", 45, "sidewalks", "gil"),
        _overdue,
    ),
    (
        _idea("전통시장 골목마다 잠깐 앉을 자리와 그늘을 만들어 주세요.", 18, "parks", "jang"),
        _for_the_mayor,
    ),
    (_idea("지하철 막차 시간을 30분 늦춰 주세요.", 13, "bus-policy"), _suspicious),
    (
        _kept(
            "골목 주차장을 낮에는 동네 사람이 함께 쓰면 좋겠습니다. 밤에만 비어 있지 않아요.",
            0.4,
            "traffic-operations",
            "gongyu",
        ),
        _to_screen,
    ),
    (_kept("길을 좀 바꿔 주세요. 다들 불편합니다.", 5, "sidewalks", "daham"), _sent_back),
    (
        _kept("우리 동네 가게처럼 앞에 의자를 내놓게 해 주세요.", 9, "sidewalks", "uija"),
        _appealed,
    ),
    (_idea("공원 화장실 손 말리는 기계가 고장 났어요.", 3, "parks"), _redirected),
    (_idea("광화문광장에 눈썰매장을 만들어 주세요.", 7, "parks", "nun"), _withdrawn),
)


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
    for voice, happens in STORY:
        _play(stage, voice, happens)


@transaction.atomic
def _play(stage: Stage, voice: Voice, happens: Callable[[Scene], None]) -> None:
    message = stage.play(voice)
    if not Suggestion.objects.filter(message=message).exists() and message.may_be_taken_up:
        happens(Scene(stage, message))
