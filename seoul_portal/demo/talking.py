"""A suggestion that is talked about: sides, a second version, others who ask for the same."""

from datetime import date, datetime, timedelta

from channels_app import actions as message_actions
from channels_app.models import Contact, ContactKind, Message
from channels_app.states import MessageStatus
from lifecycle import clock
from people.models import Office, User
from seoul_portal.demo.play import Stage
from seoul_portal.demo.story import Voice
from suggestions import actions
from suggestions.models import Alike, Comment, Policy, Suggestion

DAY = 24.0
HOUR = timedelta(hours=1)
STOPS = "bus-policy"
TALKED_OF = Voice(
    "마을버스 정류장마다 앉을 수 있는 의자와 그늘막을 놓아 주세요. "
    "어르신들이 땡볕에 서서 기다립니다.",
    "idea",
    12 * DAY,
    office=STOPS,
    mail="demo-shade",
)
THE_SAME = Voice(
    "마을버스 정류장에 앉을 의자와 그늘막을 놓아 주세요. 할머니들이 땡볕에 서서 기다리십니다.",
    "idea",
    9 * DAY,
    office=STOPS,
    mail="demo-bench",
)
BETTER = (
    "마을버스 정류장마다 앉을 수 있는 의자와 그늘막을 놓아 주세요. "
    "어르신들이 땡볕에 서서 기다립니다. "
    "보도가 좁은 곳은 벽에 접는 의자를 달면 됩니다."
)
SAID = (
    ("for", "무릎이 아파서 10분도 서 있기 힘들어요. 꼭 필요합니다."),
    ("for", "아이를 안고 기다릴 때 앉을 곳이 없어요."),
    ("against", "보도가 좁은 골목에서는 휠체어가 지나갈 수 없게 됩니다."),
    ("improve", "접는 의자로 하면 좁은 곳에도 놓을 수 있어요."),
)
HELD = "이 병신 같은 정류장 누가 만들었냐, 의자 좀 놔라"
OFFICIAL = "보도 폭이 2미터보다 좁은 정류장이 몇 곳인지 세고 있습니다. 다음 주에 알려 드리겠습니다."
POLICIES = (
    (
        "올빼미버스 (심야버스)",
        "Owl buses (night buses)",
        "자정부터 새벽 여섯 시까지 심야버스 열네 노선을 운행합니다.",
        "Fourteen night bus lines run from midnight to six in the morning.",
    ),
    (
        "버스정류장 온열의자",
        "Heated benches at bus stops",
        "겨울에 버스정류장 의자를 따뜻하게 합니다. 정류장 의자와 그늘막은 구청이 놓습니다.",
        "Benches at bus stops are heated in winter. The boroughs put up benches and shades.",
    ),
)


def play(now: datetime) -> None:
    """As it would stand at `now`; a second time changes nothing."""
    with clock.at(now):
        stage = Stage()
    office = stage.office(STOPS)
    _policies(office)
    taken_up = [_opened(stage, voice) for voice in (TALKED_OF, THE_SAME)]
    if None in taken_up or Comment.objects.filter(suggestion__in=taken_up).exists():
        return
    idea, other = (one for one in taken_up if one is not None)
    listener = stage.officer(Office.objects.listening_team())
    with clock.at(now - timedelta(days=8)):
        _supported(idea, 31, "shade")
        _supported(other, 9, "bench")
    _talk(idea, stage.officer(office), now)
    with clock.at(now - timedelta(days=3)):
        actions.rewrite(idea, text=BETTER)
        actions.invite_author(idea, address="demo-friend@demo.invalid", language="ko")
    with clock.at(now - timedelta(days=2)):
        _join(idea, other, listener)


def _policies(office: Office) -> None:
    for title_ko, title_en, text_ko, text_en in POLICIES:
        words = {"title_en": title_en, "text_ko": text_ko, "text_en": text_en}
        Policy.objects.get_or_create(
            office=office, title_ko=title_ko, defaults={**words, "since": date(2025, 1, 2)}
        )


def _opened(stage: Stage, voice: Voice) -> Suggestion | None:
    """Taken up once; None where somebody answered it as a message meanwhile."""
    message: Message = stage.play(voice)
    known = Suggestion.objects.filter(message=message).first()
    if known is not None or message.status not in (MessageStatus.RECEIVED, MessageStatus.ROUTED):
        return known
    with clock.at(stage.now - timedelta(hours=voice.ago) + HOUR):
        return actions.take_up(message)


def _supported(suggestion: Suggestion, people: int, name: str) -> None:
    for number in range(people):
        address = f"demo-{name}-{number}@demo.invalid"
        contact = Contact.objects.reached_by(ContactKind.MAIL, address)
        message_actions.confirm_contact(contact)
        actions.support(suggestion, contact=contact)
    actions.count_supports()


def _talk(idea: Suggestion, officer: User, now: datetime) -> None:
    """Four people and the office; one comment waits for a moderator."""
    said = []
    for number, (stance, text) in enumerate((*SAID, ("against", HELD))):
        with clock.at(now - timedelta(days=7 - number)):
            said.append(_comment(idea, stance, text, number))
    with clock.at(now - timedelta(days=4)):
        actions.comment_as_officer(idea, text=OFFICIAL, parent=said[2], by=officer)
        actions.comment_as_author(idea, text="좋은 생각이에요. 고쳐 쓰겠습니다.", parent=said[3])


def _comment(idea: Suggestion, stance: str, text: str, number: int) -> Comment | None:
    comment = actions.ask_to_comment(
        idea,
        address=f"demo-talker-{number}@demo.invalid",
        language="ko",
        text=text,
        stance=stance,
    )
    if comment is None or comment.confirmation is None:
        return None
    return actions.confirm_comment(comment.confirmation)


def _join(idea: Suggestion, other: Suggestion, by: User) -> None:
    """What the system found alike, a listener confirms."""
    actions.propose_alike([other.pk])
    pair = Alike.objects.undecided().filter(older=idea, newer=other).first()
    if pair is not None:
        actions.confirm_alike(pair, by=by)
    else:
        actions.put_in_cluster(other, to=idea, by=by)
    actions.latch_clusters()
