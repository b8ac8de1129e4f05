"""Every channel of the paper, and how far each is open here: Tables 1 and 2, section 2.1.

A channel that is open has an address of this portal; one that is not says where to go instead.
Names are facts of the city in both its languages; the sentences are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from channels_app import tallies
from channels_app.wall_form import Wanted

Words = str | Promise


class Group(Enum):
    """Where the paper speaks of it."""

    HERE = "here"
    ONLINE = "online"
    OFFLINE = "offline"
    OUTLET = "outlet"


@dataclass(frozen=True)
class Way:
    """A page of this portal, by its name in the addresses."""

    words: Words
    name: str
    args: tuple[str, ...] = ()
    query: str = ""

    @property
    def url(self) -> str:
        """In the language of the page."""
        return reverse(self.name, args=self.args) + self.query


SPEAK = Way(_("Say something to the city"), "home")
IDEA = Way(_("Send an idea"), "say_kind", ("idea",))
COMPLAINT = Way(_("Report a problem"), "say_kind", ("complaint",))
QUESTION = Way(_("Ask a question"), "say_kind", ("question",))
HAZARD = Way(_("Report a danger"), "say_kind", ("hazard",))
WALL = Way(_("Read along on the wall"), "smc")
CASE = Way(_("Look up a receipt number"), "track")
LATE = Way(_("See what is late"), "smc", query="?show=overdue")
NO_PLACE_YET = _("You can't apply for a place here yet. Ask us, and an office answers.")
BOROUGHS = Way(_("Look at your borough"), "boroughs")


@dataclass(frozen=True)
class Channel:
    """One channel: what it is for, what works today, and where to go.

    `works` is what can be done here now; without it the channel is not open yet. `counts` are the
    filters of the wall that show what came by it; without them nothing is counted.
    """

    slug: str
    group: Group
    name_ko: str
    name_en: str
    use: Words
    way: Way
    works: Words = ""
    missing: Words = ""
    counts: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_en if get_language() == "en" else self.name_ko

    @property
    def other_name(self) -> str:
        """In the other one."""
        return self.name_ko if get_language() == "en" else self.name_en

    @property
    def other_language(self) -> str:
        """The language of the other name."""
        return "ko" if get_language() == "en" else "en"

    @property
    def is_open(self) -> bool:
        """Something of it works today."""
        return bool(self.works)

    @property
    def is_partly_open(self) -> bool:
        """Something works, something is missing."""
        return bool(self.works and self.missing)

    @property
    def today_url(self) -> str:
        """The rows of today's number."""
        return f"{reverse('smc')}?{urlencode({'show': 'today', **self.counts})}"


@dataclass(frozen=True)
class Counted:
    """A channel with the public messages that came by it today; None where none can come."""

    channel: Channel
    today: int | None


CHANNELS = (
    Channel(
        "this-site", Group.HERE, "이 누리집", "This site",
        _("Use this when you want to say anything to the city, from any device."),
        SPEAK,
        works=_("All four kinds of messages, with photos and a place, without an account."),
        counts={"channel": "web"},
    ),
    Channel(
        "open-interface", Group.HERE, "열린 인터페이스", "Open interface",
        _("Use this when another app or office passes on what people say."),
        Way(_("Read how it works"), "api"),
        works=_("Sending and reading messages from another program."),
        counts={"channel": "api"},
    ),
    Channel(
        "telephone", Group.HERE, "전화 120", "Telephone 120",
        _("Use this when you would rather say it, or when you have no screen at hand."),
        CASE,
        works=_("An officer writes it down while you speak and reads you the receipt number."),
        counts={"channel": "phone"},
    ),
    Channel(
        "letter", Group.HERE, "편지", "Letter",
        _("Use this when you would rather write on paper. The clock starts when it reaches us."),
        CASE,
        works=_("An officer writes it down; the answer goes where you ask."),
        counts={"channel": "letter"},
    ),
    Channel(
        "mail", Group.HERE, "전자우편", "E-mail",
        _("Use this when you would rather write a mail, also with files."),
        CASE,
        works=_("A mail is heard like a message from this site, and its answer comes as mail."),
        missing=_("Which mailbox is read is for the operator; this demonstration reads none."),
    ),
    Channel(
        "feeds", Group.HERE, "블로그와 피드", "Blogs and feeds",
        _("Use this when your neighbourhood writes on a site of its own, and wants to be heard."),
        CASE,
        works=_("Entries of a feed that an office reads become messages everyone can see."),
        counts={"channel": "feed"},
    ),
    Channel(
        "counter", Group.HERE, "민원 창구", "Counter",
        _("Use this when you would rather talk to somebody face to face."),
        CASE,
        works=_("Every office writes down what you say and gives you the receipt number."),
        counts={"channel": "counter"},
    ),
    Channel(
        "listening-tour", Group.HERE, "경청 투어", "Listening tour",
        _("Use this when the listening team comes to your street, market or school."),
        CASE,
        works=_("What is said there is written down and answered like everything else."),
        counts={"channel": "tour"},
    ),
    Channel(
        "hope-seoul", Group.ONLINE, "희망서울 누리집", "Hope Seoul",
        _("Use this when you look for the city's own site: petitions, open minutes, the budget."),
        SPEAK,
        works=_("You can speak to every office of the city, and start or sign a petition."),
        missing=_("Minutes and the citizens' budget are not here yet."),
    ),
    Channel(
        "wow-seoul", Group.ONLINE, "와우서울", "WOW Seoul",
        _("Use this when you want to show others your own video, photo or webtoon."),
        SPEAK,
        missing=_("There is no gallery here yet. A photo can go along with a message."),
    ),
    Channel(
        "live-seoul", Group.ONLINE, "라이브서울", "Live Seoul",
        _("Use this when you want to watch a meeting of the city live and comment on it."),
        WALL,
        missing=_("Nothing is broadcast here yet. The wall shows what is said and answered."),
    ),
    Channel(
        "seoul-talk-talk", Group.ONLINE, "서울톡톡", "Seoul Talk Talk",
        _("Use this when you want to read or write news as a citizen reporter."),
        WALL,
        missing=_("There is no newspaper here yet. The wall shows what is said and answered."),
    ),
    Channel(
        "social-media-centre", Group.ONLINE, "소셜미디어센터", "Social Media Centre",
        _("Use this when you want to see what others say and what the city answers."),
        WALL,
        works=_("The wall of all public messages, each with its office, date and answer."),
        missing=_("The city's accounts in social networks are not connected yet."),
    ),
    Channel(
        "online-dasan", Group.ONLINE, "인터넷 120다산콜센터", "Online Dasan Call Centre",
        _("Use this when you want to know something about living in Seoul."),
        Way(_("Look for an answer"), "dasan"),
        works=_("Ready answers to what is asked often; other questions get one by a date."),
        missing=_("Chat and telephone are not part of this site. 120 answers day and night."),
        counts={"kind": "question"},
    ),
    Channel(
        "online-mayor-office", Group.ONLINE, "인터넷 시장실", "Online Mayor Office",
        _("Use this when you want to see the mayor's days and reach the mayor."),
        LATE,
        missing=_("The mayor's pages are not here yet. You can see what is late."),
    ),
    Channel(
        "imagination-oasis", Group.ONLINE, "천만상상 오아시스", "Ten Million Imagination Oasis",
        _("Use this when you have an idea that could become a policy."),
        Way(_("Look at the ideas"), "oasis"),
        works=_("Ideas of citizens, which others support; with enough support an office answers."),
        counts={"kind": "idea"},
    ),
    Channel(
        "smart-complaint", Group.ONLINE, "서울스마트불편신고", "Seoul Smart Complaint Report",
        _("Use this when something in the street is broken, dirty or in the way."),
        COMPLAINT,
        works=_("A complaint with photos and a place; you see each step until the answer."),
        missing=_("It works in the browser of your phone. There is no app to install yet."),
        counts={"kind": "complaint"},
    ),
    Channel(
        "safety-keeper", Group.ONLINE, "서울안전지킴이", "Seoul Safety Keeper",
        _("Use this when you see a danger. If somebody is in danger now, call 119."),
        HAZARD,
        works=_("A danger with photos and a place gets an answer within hours."),
        missing=_("Warnings of rain, storm or snow are not sent from here yet."),
        counts={"kind": "hazard"},
    ),
    Channel(
        "cheong-chek-forum", Group.OFFLINE, "청책토론회", "Cheong-Chek Forum",
        _("Use this when you want to discuss a policy with the city before it is made."),
        IDEA,
        missing=_("No forum can be joined here yet. An idea reaches the office in charge."),
    ),
    Channel(
        "suk-ui", Group.OFFLINE, "숙의", "Suk-Ui (deliberation)",
        _("Use this when you want to see how experts, groups and the city agree on a plan."),
        IDEA,
        missing=_("No deliberation is shown here yet. An idea reaches the office in charge."),
    ),
    Channel(
        "honorary-deputy-mayor", Group.OFFLINE, "명예부시장", "Honorary Deputy Mayor",
        _("Use this when a citizen in office should carry the voice of your group to the city."),
        SPEAK,
        missing=_("The honorary deputy mayors have no page here yet. You can speak for yourself."),
    ),
    Channel(
        "speakers-corner", Group.OFFLINE, "시민발언대", "Citizen Speakers' Corner",
        _("Use this when you would rather say it aloud, in front of others."),
        SPEAK,
        missing=_("Speeches are not shown here yet. In writing, every office can be reached."),
    ),
    Channel(
        "one-day-mayor", Group.OFFLINE, "일일 명예시장", "One Day Honorary Mayor",
        _("Use this when you want to go with the mayor through one day's work."),
        SPEAK,
        missing=_("You can't apply here yet. You can send what you would do as an idea."),
    ),
    Channel(
        "mobile-mayoral-office", Group.OFFLINE, "현장시장실", "Mobile Mayoral Office (MMO)",
        _("Use this when a problem has to be seen on the spot by those who decide."),
        BOROUGHS,
        missing=_("No visit is planned here yet. You can read what was said about each borough."),
    ),
    Channel(
        "policy-expo", Group.OFFLINE, "정책박람회", "Policy Expo",
        _("Use this when you want to meet the city's offices once a year, all in one place."),
        IDEA,
        missing=_("No expo is prepared here yet. An idea can be sent all year."),
    ),
    Channel(
        "citizen-hall", Group.OFFLINE, "시민청", "Seoul Citizen Hall",
        _("Use this when you look for a room or an event of citizens under the city hall."),
        QUESTION,
        missing=_("Rooms can't be booked here yet. Ask us, and an office answers."),
    ),
    Channel(
        "outlet-websites", Group.OUTLET, "시 누리집 광고 자리", "The city's websites",
        _("Use this when your group wants to be seen on the city's own pages."),
        QUESTION,
        missing=NO_PLACE_YET,
    ),
    Channel(
        "outlet-radio", Group.OUTLET, "라디오 방송", "Radio stations",
        _("Use this when your group wants to be heard on the radio."),
        QUESTION,
        missing=NO_PLACE_YET,
    ),
    Channel(
        "outlet-billboards", Group.OUTLET, "전광판과 게시판", "Billboards",
        _("Use this when your group wants to be seen in the street."),
        QUESTION,
        missing=NO_PLACE_YET,
    ),
    Channel(
        "outlet-transport", Group.OUTLET, "지하철과 버스 광고 자리", "Subway and bus spaces",
        _("Use this when your group wants to be seen in subways and buses."),
        QUESTION,
        missing=NO_PLACE_YET,
    ),
)  # fmt: skip
BY_SLUG = {channel.slug: channel for channel in CHANNELS}


@dataclass(frozen=True)
class OnBehalf:
    """How many of today's public messages an officer wrote down for somebody, and their rows."""

    count: int
    url: str


def on_behalf() -> OnBehalf:
    """Counted apart; one query."""
    wanted = Wanted(show="today", behalf=True)
    return OnBehalf(wanted.rows().count(), f"{reverse('smc')}?{wanted.query}")


def with_counts() -> dict[str, list[Counted]]:
    """Every channel by its group, with what came by it today; one query."""
    counted = {channel.slug: channel for channel in CHANNELS if channel.counts}
    today = tallies.conversation().filter(tallies.came_since(tallies.days_ago(0)))
    numbers = today.aggregate(
        **{
            slug.replace("-", "_"): Count("pk", filter=Q(**channel.counts))
            for slug, channel in counted.items()
        }
    )
    groups: dict[str, list[Counted]] = {group.value: [] for group in Group}
    for channel in CHANNELS:
        count = numbers.get(channel.slug.replace("-", "_"))
        groups[channel.group.value].append(Counted(channel, count))
    return groups
