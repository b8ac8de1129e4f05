"""A receipt number as it is read out over the phone."""

DIGITS_KO = "공일이삼사오육칠팔구"
DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TEENS_EN = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
UNITS_KO = ("천", "백", "십", "")
LETTERS_KO = {"S": "에스"}
AT_ONCE = 3  # digits that an ear keeps


def groups(code: str) -> list[str]:
    """S, 2026, 004, 127: the letter, the year, the digits by threes from the right."""
    letter, year, number = code.split("-")
    first = len(number) % AT_ONCE
    rest = [number[place : place + AT_ONCE] for place in range(first, len(number), AT_ONCE)]
    return [letter, year, *([number[:first]] if first else []), *rest]


def in_korean(code: str) -> str:
    """에스, 이천이십육, 공공사, 일이칠."""
    letter, year, *number = groups(code)
    digits = ["".join(DIGITS_KO[int(digit)] for digit in group) for group in number]
    return ", ".join((LETTERS_KO.get(letter, letter), _year_ko(year), *digits))


def in_english(code: str) -> str:
    """S as in Seoul, twenty twenty-six, zero zero four, one two seven."""
    letter, year, *number = groups(code)
    digits = [" ".join(DIGITS_EN[int(digit)] for digit in group) for group in number]
    named = f"{letter} as in Seoul" if letter == "S" else letter
    return ", ".join((named, _year_en(year), *digits))


def _year_ko(year: str) -> str:
    """이천이십육: a one before thousand, hundred and ten is not said."""
    spoken = ""
    for digit, unit in zip(year, UNITS_KO, strict=True):
        if digit != "0":
            spoken += ("" if digit == "1" and unit else DIGITS_KO[int(digit)]) + unit
    return spoken


def _year_en(year: str) -> str:
    """twenty twenty-six; where a half of it has no tens, digit by digit."""
    halves = [year[:2], year[2:]]
    if any(half[0] == "0" for half in halves):
        return " ".join(DIGITS_EN[int(digit)] for digit in year)
    return " ".join(_below_hundred(int(half)) for half in halves)


def _below_hundred(number: int) -> str:
    if number < 20:
        return TEENS_EN[number - 10]
    tens, ones = divmod(number, 10)
    return f"{TENS_EN[tens]}-{DIGITS_EN[ones]}" if ones else TENS_EN[tens]
