"""Names of persons, where the words beside them say that it is one; offices stay."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter

SURNAME = (
    "(?:남궁|황보|제갈|선우|독고|사공|서문|[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차"
    "주우구민진지엄채원천방공현함변염여추도소석설마길연위표명기반왕금옥육인맹제모탁국어은편용봉])"
)
LABEL = "이름|성명|성함|담당자|예금주|신고인|신고자|민원인|작성자|신청인|신청자|제보자|보호자|본인"
# What stands behind such a label and begins like a name.
NO_NAME = (
    "(?!(?:연락처?|전화|주소|이메일|메일|정보|변경|안내|문의|지정|배정|성함|성명|표시|공개|공모|없음|없이|미상|불명|모름|모두"
    "|전원|여러|우선|조치|조사|현장|안전국|정책국|문화국|도시국|민생국|주택국|주택실|안전실|주무관|주민|주민들|장애인|임산부"
    "|유학생|공무원|전체|전혀|신속히?|성실히?|제발|지금|이상|이렇게|이름|어떻게|아무도?|다시|기재|기입|인적|인증|신분|동의"
    "|확인|하나|명단|명의|공란|공백|비공개|한글|영문|영어|국문)(?:[을를의에과와]|에게|부터)?(?![가-힣]))"
)
TITLE = (
    r"(?=\s?(?:씨|님|주무관|팀장|과장|국장|실장|계장|사무관|서기관|선생|반장|통장|소장|대리|입니다|이고|이며|이에요|예요"
    r"|이라고|라고|임\b|이요|인데|이구요))"
)
END = r"(?=\s|$|[,.;/)\]]|입니다|이고|씨|님|\()"
COLON = r"\s?[:=\-]\s?"
FLAGS = re.IGNORECASE
KOREAN = re.compile(LABEL)
ENGLISH = re.compile(r"name(?:\s?is\b|\s?:|d\b)", FLAGS)
NAME = (
    Spotter(
        "name",
        stars.WORDS,
        re.compile(
            rf"(?:{LABEL}){COLON}(?P<it>{NO_NAME}{SURNAME}[가-힣]{{1,2}})"
            rf"(?<![과팀청])(?<!센터|본부|시설){END}"
        ),
        digits=False,
        hint=KOREAN,
    ),
    Spotter(
        "name",
        stars.WORDS,
        re.compile(
            rf"(?:{LABEL})(?:은|는|이|가|란)?\s?\(?(?P<it>{NO_NAME}{SURNAME}[가-힣]{{1,2}}?)"
            rf"(?<![과팀청])(?<!센터|본부){TITLE}"
        ),
        digits=False,
        hint=KOREAN,
    ),
    # 저는 홍길동이라고 합니다
    Spotter(
        "name",
        stars.WORDS,
        re.compile(
            rf"(?:저는|나는|제가)\s(?P<it>{SURNAME}[가-힣]{{2}})(?=이?라고\s?(?:합니다|해요|하는))"
        ),
        digits=False,
        hint=re.compile("라고"),
    ),
    Spotter(
        "name",
        stars.WORDS,
        re.compile(
            r"\b(?i:my name is|his name is|her name is|name\s?:)\s?"
            r"(?P<it>[A-Z][a-z]+(?:[ \-][A-Z][a-z]+){0,3})"
        ),
        digits=False,
        hint=ENGLISH,
    ),
)
