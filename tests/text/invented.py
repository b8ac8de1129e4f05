"""Invented voices with invented personal data in every spelling; the same for the same seed.

Nobody has these numbers, or nobody is meant: they are drawn.
"""

import random
import string
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum import luhn
from stdnum.kr import brn

from channels_app.text.masking import stars
from channels_app.text.masking.plates import PRIVATE

FULL_WIDTH = str.maketrans(string.digits + "-", "０１２３４５６７８９－")
CIRCLED = str.maketrans(string.digits, "⓪①②③④⑤⑥⑦⑧⑨")
SPOKEN = str.maketrans(string.digits, "공일이삼사오육칠팔구")
DASHES = ["-", "", " ", ".", " - ", "–", "ㅡ", "~", "·", "\u200b-", "－"]
SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우"
GIVEN = "민서준도윤하은지우현수아영진희철순혜경태훈석재원미선옥숙병호정란"


@dataclass(frozen=True)
class Original:
    """One invented number that nobody may read: its kind, and its signs as `bare` leaves them.

    A word too short to be looked for alone (a name, a door) has the words before it in its heart.
    """

    kind: str
    heart: str


@dataclass(frozen=True)
class Invented:
    """What somebody says, what everybody may read of it, and what nobody may find."""

    text: str
    masked: str
    originals: tuple[Original, ...]


@dataclass(frozen=True)
class Item:
    """One number with the words around it."""

    kind: str
    written: str
    sign: str
    before: str = ""
    after: str = ""
    heart: str = ""

    @property
    def original(self) -> Original:
        """What must not be found."""
        short = self.kind in {"name", "address"}
        return Original(self.kind, self.heart or bare(f"{self.before * short}{self.written}"))


def bare(text: str) -> str:
    """Digits and letters alone, in one spelling, so that no gap hides a number."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isalnum()
    )


def invented(seed: int, count: int = 2000) -> Iterator[Invented]:
    """So many voices, each with one to three numbers; about every seventh in English."""
    dice = random.Random(seed)
    makers = list(MAKERS.values())
    for number in range(count):
        english = dice.random() < 0.15
        items = [
            makers[(number + step * 5) % len(makers)](dice)
            for step in range(dice.choice((1, 1, 2, 3)))
        ]
        yield _voice(dice, items, ENGLISH if english else KOREAN)


def _voice(dice: random.Random, items: list[Item], carriers: list[str]) -> Invented:
    sentences = dice.sample(carriers, len(items))
    end = dice.choice([" ", "\n", "  "])
    text = end.join(
        sentence.format(f"{item.before}{item.written}{item.after}")
        for sentence, item in zip(sentences, items, strict=True)
    )
    masked = end.join(
        sentence.format(f"{item.before}{item.sign}{item.after}")
        for sentence, item in zip(sentences, items, strict=True)
    )
    return Invented(text, masked, tuple(item.original for item in items))


def _spelled(dice: random.Random, groups: list[str], dashes: list[str] = DASHES) -> str:
    """The groups with a gap, sometimes in other digits or with an invisible sign inside."""
    written = dice.choice(dashes).join(groups)
    style = dice.random()
    if style < 0.1:
        return written.translate(FULL_WIDTH)
    if style < 0.15:
        return written.translate(CIRCLED)
    if style < 0.25:
        cut = dice.randrange(1, len(written))
        return written[:cut] + dice.choice("\u200b\u2060\ufeff\u00ad") + written[cut:]
    return written


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice(string.digits) for _n in range(count))


def _person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)


def _registration(dice: random.Random) -> Item:
    """Before October 2020 with a checksum, after it with a random tail."""
    born = date(1940, 1, 1) + timedelta(days=dice.randrange(31_000))
    head = f"{born:%y%m%d}"
    if dice.random() < 0.5:
        tail = dice.choice("123456" if born.year < 2000 else "3478") + _digits(dice, 6)
    else:
        body = head + dice.choice("12") + _digits(dice, 5)
        weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
        total = sum(int(sign) * weight for sign, weight in zip(body, weights, strict=True))
        tail = body[6:] + str((11 - total % 11) % 10)
    if dice.random() < 0.05:
        return _item("registration", " ".join(head + tail), stars.REGISTRATION)
    return _item("registration", _spelled(dice, [head, tail]), stars.REGISTRATION)


def _mobile(dice: random.Random) -> Item:
    middle, tail = f"{dice.randrange(1000, 10_000)}", _digits(dice, 4)
    way = dice.randrange(10)
    if way == 0:
        written = dice.choice(
            ["+82 10 {} {}", "+82-10-{}-{}", "+82(0)10 {} {}", "+8210{}{}", "82-10-{}-{}"]
        )
        return Item("phone", written.format(middle, tail), stars.MOBILE)
    if way == 1:
        spoken = _spelled_out(dice, "010", middle, tail)
        return Item("phone", spoken, stars.MOBILE)
    if way == 2:
        return Item("phone", " ".join("010" + middle + tail), stars.MOBILE)
    if way == 3:
        written = dice.choice(
            ["O1O-{}-{}", "o1o {} {}", "0I0-{}-{}", "01O{}{}", "010){}-{}", "(010) {}-{}"]
        )
        sign = f"({stars.MOBILE}" if written.startswith("(") else stars.MOBILE
        return Item("phone", written.format(middle, tail), sign)
    if way == 4:
        middle = middle[1:]
        head = dice.choice(["011", "016", "017", "018", "019"])
        return Item("phone", f"{head}-{middle}-{tail}", stars.MOBILE)
    return Item("phone", _spelled(dice, ["010", middle, tail]), stars.MOBILE)


def _spelled_out(dice: random.Random, *groups: str) -> str:
    return dice.choice(["", " ", "-"]).join(group.translate(SPOKEN) for group in groups)


AREAS = [
    "02", "031", "032", "033", "041", "042", "051", "053", "062", "063", "064", "070", "0505",
    "0507",
]  # fmt: skip


def _landline(dice: random.Random) -> Item:
    area = dice.choice(AREAS)
    # The city's own exchanges stay; they begin with 2, 3 and 7.
    exchange = f"{dice.choice('4568')}{_digits(dice, dice.choice((2, 3)))}"
    tail = _digits(dice, 4)
    written = _spelled(dice, [area, exchange, tail])
    return Item("phone", written, stars.LANDLINE)


def _card(dice: random.Random) -> Item:
    body = dice.choice(["4", "51", "94", "35", "65"])
    body += _digits(dice, 15 - len(body))
    number = body + luhn.calc_check_digit(body)
    groups = [number[at : at + 4] for at in range(0, 16, 4)]
    return _item("card", _spelled(dice, groups, ["-", "", " ", ".", " - ", "–"]), stars.CARD)


BANKS = [
    "국민은행 ", "신한은행 ", "농협 ", "우체국 ", "카카오뱅크 ", "계좌번호는 ", "입금 계좌: ",
    "KB국민 ", "새마을금고 ", "bank account ",
]  # fmt: skip


def _account(dice: random.Random) -> Item:
    lengths = dice.choice([(6, 2, 6), (3, 3, 6), (4, 3, 6), (3, 4, 4, 2), (4, 2, 7), (14,), (12,)])
    groups = [str(dice.randrange(3, 9)) + _digits(dice, length - 1) for length in lengths]
    written = _spelled(dice, groups, ["-", "-", " ", " - ", "–"])
    if dice.random() < 0.2:
        return _item("account", written, stars.ACCOUNT, after=" (국민은행)")
    return _item("account", written, stars.ACCOUNT, dice.choice(BANKS), " " + _person(dice))


def _business(dice: random.Random) -> Item:
    body = f"{dice.randrange(101, 700)}{dice.randrange(10, 80)}{dice.randrange(1, 10_000):04d}"
    number = next(body + last for last in string.digits if brn.is_valid(body + last))
    written = _spelled(dice, [number[:3], number[3:5], number[5:]], ["-", " - ", "–"])
    before = dice.choice(
        ["개인사업자 ", "작은 가게 사장입니다. 사업자번호 ", "대표 본인의 사업자등록번호 "]
    )
    return _item("business", written, stars.BUSINESS, before)


def _licence(dice: random.Random) -> Item:
    groups = [str(dice.randrange(11, 29)), _digits(dice, 2), _digits(dice, 6), _digits(dice, 2)]
    if dice.random() < 0.3:
        return _item("licence", "".join(groups), stars.LICENCE, "운전면허 번호 ")
    return _item("licence", _spelled(dice, groups, ["-", " - ", "–", "－"]), stars.LICENCE)


def _passport(dice: random.Random) -> Item:
    old = dice.choice("MSROD") + str(dice.randrange(1, 10)) + _digits(dice, 7)
    new = dice.choice("MSROD") + _digits(dice, 3) + dice.choice("ABCDFG") + _digits(dice, 4)
    number = dice.choice([old, new])
    if dice.random() < 0.3:
        return _item(
            "passport", number.lower(), stars.PASSPORT, dice.choice(["여권번호 ", "passport no. "])
        )
    return _item("passport", number, stars.PASSPORT)


def _plate(dice: random.Random) -> Item:
    syllable = dice.choice(PRIVATE + "아바사자하허호배")
    number = f"{dice.randrange(1, 10)}{_digits(dice, dice.choice((1, 2)))}"
    region = dice.choice(["", "", "", "서울 ", "서울", "경기 "])
    number = number[:2] if region else number
    gaps = dice.choice([("", ""), ("", " "), (" ", " "), ("", "-"), ("-", "-")])
    written = f"{region}{number}{gaps[0]}{syllable}{gaps[1]}{_digits(dice, 4)}"
    after = dice.choice([" 차량", "번 차", " 명의", " 원래 여기", "", "이 서 있어요", " 대형차"])
    return _item("plate", written, stars.PLATE, after=after)


def _address(dice: random.Random) -> Item:
    block, door = dice.randrange(101, 130), dice.randrange(1, 25) * 100 + dice.randrange(1, 9)
    lot = f"{dice.randrange(10, 900)}-{dice.randrange(1, 90)}"
    before, written, after = dice.choice(
        [
            ("은평구 한솔아파트 ", f"{block}동 {door}호", ""),
            ("", f"{block}동{door}호", " 주민입니다"),
            ("노원구 상계로 12길 ", f"{lot}, {door}호", ""),
            ("은평구 응암동 ", f"{lot}번지 {door}호", ""),
            ("우리 집은 마포구 월드컵로 ", lot, "입니다"),
            ("성북구 정릉로 ", f"{lot} 푸른빌라 {door}호", "에 살아요"),
            ("도봉구 행복빌라 ", f"{door}호", ""),
            ("강서구 화곡로 ", f"{lot}(화곡동), {block}동 {door}호", ""),
            ("구로구 하늘아파트 ", f"{block}-{door}", ""),
            ("", f"{block}-dong {door}-ho", ""),
            ("Apt ", f"{block}-{door}", ""),
        ]
    )
    return _item("address", written, stars.WORDS, before, after)


def _mail(dice: random.Random) -> Item:
    local = "".join(dice.choice(string.ascii_lowercase) for _n in range(7)) + _digits(dice, 3)
    house, top = dice.choice(
        [
            ("naver", "com"),
            ("gmail", "com"),
            ("daum", "net"),
            ("mail.example", "co.kr"),
            ("한글", "kr"),
        ]
    )
    written = dice.choice(
        [f"{local}@{house}.{top}"] * 4
        + [f"{local}＠{house}．{top}", f"{local} (at) {house} (dot) {top.replace('.', ' (dot) ')}"]
        + [
            f"{local} @ {house}.{top}",
            f"{local}골뱅이{house}.{top}",
            f"{local}\u200b@{house}.{top}",
        ]
    )
    return Item("mail", written, stars.MAIL, heart=local)


def _name(dice: random.Random) -> Item:
    before, after = dice.choice(
        [
            ("이름: ", ""),
            ("성명 : ", ""),
            ("제 이름은 ", "입니다"),
            ("예금주: ", ""),
            ("담당자 ", " 주무관"),
            ("신고인 ", " 씨"),
            ("저는 ", "이라고 합니다"),
        ]
    )
    return _item("name", _person(dice), stars.WORDS, before, after)


def _item(kind: str, written: str, sign: str, before: str = "", after: str = "") -> Item:
    return Item(kind, written, sign, before, after)


MAKERS: dict[str, Callable[[random.Random], Item]] = {
    "registration": _registration, "mobile": _mobile, "landline": _landline, "card": _card,
    "account": _account, "business": _business, "licence": _licence, "passport": _passport,
    "plate": _plate, "address": _address, "mail": _mail, "name": _name,
}  # fmt: skip
KOREAN = [
    "합정역 8번 출구 앞 보도블록이 들려 있어요. {} 답을 기다립니다.",
    "472번 버스가 2026-11-23 14:30에 그냥 지나갔습니다. {} 확인해 주세요.",
    "안녕하세요, 가로등 7개가 꺼져 있습니다. ({}) 고쳐 주세요!",
    "S-2026-001234 건으로 다시 씁니다. {} 여기로 알려 주시면 됩니다.",
    "예산 1,234,567,890원은 어디에 쓰였나요? {} 설명을 부탁드립니다.",
    "120에 물었더니 여기에 쓰라고 했습니다. {} 부탁드려요.",
    "공원 화장실이 지저분합니다...{}, 빨리 부탁드립니다.",
    "따릉이 대여소를 더 만들어 주세요~ {} 고맙습니다.",
    "시청 02-2133-2279에서는 모른다고 합니다. {} 어떻게 하나요?",
    "세종대로 110 앞 공사 소음이 심합니다. {} 연락 바랍니다.",
    "주차 때문에 다툼이 있었어요. {} 꼭 봐 주세요.",
    "아이들이 다니는 길입니다. {} 잘 부탁드립니다.",
]
ENGLISH = [
    "The lift at the underpass has been out of order since Monday. {} Please answer.",
    "Bus 472 did not stop at 14:30. {} Thank you for looking at it.",
    "Street lamps near Sejong-daero 110 are dark. ({}) Please repair them.",
    "About S-2026-001234: {} I would like to hear from you.",
    "The fee was 12,000 won. {} Is that right?",
]
