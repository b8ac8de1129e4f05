"""Harsh words, for a person's eye: a flag never hides anything by itself.

Strong profanity, slurs and threats in Korean and English, also where signs, digits, blanks or
single letters are put between. Rubbish, animals and complaints about the mayor are not harsh.
"""

import re
import unicodedata

from channels_app.text.normal import INVISIBLE, folded

# What a dot (·) stands for below: signs and digits put between two syllables.
TIGHT = r"[^\sㄱ-ㅣ가-힣a-z]{0,3}"
# What may follow "시발": a longer word like 시발점, 발전, 발표 is none.
CURSED = r"(?=$|[^가-힣]|놈|년|넘|롬|럼|련|새끼|색|것|거|같|진짜|개|좀|왜|뭐|미친|지랄|이게|다들)"
SWEARING = (
    rf"(?<![0-9가-힣])[시씨](?:이*·발|이*·팔|이*·벌){CURSED}",
    rf"(?<=[아야와에진짜하이])시(?:이*·발|이*·벌){CURSED}",
    rf"(?:씨|씌|쒸|쓰)[이으]*·[발팔빨벌]{CURSED}|[씨씌쒸]바(?=$|[^가-힣]|새끼|놈|년|것)",
    rf"(?<![가-힣])(?:쉬|슈|싀|쑤)·[발벌]{CURSED}|시바(?=·?(?:새끼|놈|년|것|알))|십·?(?:알|새끼|팔놈)",
    r"(?<![0-9가-힣] )(?<![0-9가-힣a-z])[시씨]\s+발(?![가-힣])(?!\s?(?:밑|앞|빠른|디딜|이))",
    r"(?<![ㄱ-ㅎ])(?:ㅅ|ㅆ)·(?:ㅂ|ㅍ)(?![ㅏ-ㅣ])|(?<![0-9])[시씨]8(?![0-9시분월일호번%])|18(?:놈|년아|새끼)",
    r"씹(?:새|년|놈|할|창|덕년|탱|같)|(?<![가-힣])씨뎅",
    r"좆|좃(?:같|까|나|또|만|됐)|(?<![가-힣])(?:조|존)·(?:까라|나게|나\s|낸)|(?<![가-힣])존·?나(?=$|[^가-힣])",
    r"(?<![가-힣])졷|(?<![ㄱ-ㅎ])ㅈ(?:같|까|·?ㄴ(?![ㄱ-ㅎ]))|(?<![가-힣])[x]같(?:은|네)",
    r"(?:병|븅|빙|벼엉|뵹)·신(?=$|[^가-힣]|[아이같들새놈력은짓ㅋ]|년아|년들)|ㅂ·ㅅ(?![ㄱ-ㅣ])|ㅄ",
    r"(?:지|즤|쥐)·?(?:랄(?!탄)|롤(?=하))|ㅈ·ㄹ(?![ㅏ-ㅣ])|염병(?=할|하|$|[^가-힣])",
    r"개·[새세쌔색섀]·?(?:끼|기|꺄|키)(?!들?[이가은는]?\s?(?:태어|다섯|마리|네\s?마리))|개·(?:ㅅ|ㅆ)·ㄲ|ㄱ·ㅅ·ㄲ|개\s?썅",
    r"개(?:자식|년(?!도)|놈|씨|쓰레기|같은\s?(?:놈|년|것|새끼|소리|경우))|개\s(?:자식|같은\s?(?:놈|년|새끼))|개같네",
    r"(?:이|저|그|야|미친|더러운|나쁜|썩은|한심한|멍청한|쓰레기\s?같은|거지\s?같은)\s?(?:새|쉐|쌔|색)·(?:끼|기|키)"
    r"(?!\s?(?:고양|강아|손가|발가|줄|오리|돼지|까치|비둘|새|고라|곰|개))",
    r"새끼(?:야|들아|들이\s?처)|(?:공무원|시장|의원|직원|호로|후레)\s?새끼|ㅅ·ㄲ(?![ㅏ-ㅣ])",
    r"썅|쌍(?:놈|년)|(?:미친|미틴)·?\s?(?:놈|년|것들|색기|새끼)|ㅁㅊ[놈년ㄴ]|(?:호로|후레)자식|육시랄",
    r"느금마|니\s?(?:애미|애비|에미|미럴|기미)|(?:네|니)\s?(?:엄마|어미|애미)\s?(?:창|없)|ㄴㄱㅁ|엿\s?(?:이나\s?)?(?:처\s?)?먹(?:어라|으라)",
    r"(?:빡|돌|닭)대가리|아가리\s?(?:닥|찢)|주둥이\s?(?:닥|찢)|닥·쳐(?=$|[^가-힣]|라)(?!\s?(?:있|오|올|왔))|등신(?:아|들|같|새)",
)  # fmt: skip
SLURS = (
    r"(?:한남|김치|된장|걸레|창)·?[녀년](?![도석])|한남충|맘충|틀딱(?:충)?|급식충|노인충|쪽바리|짱깨|짱꼴라|깜둥이|튀기새",
    r"홍어\s?새끼|똥꼬충|장애인?\s?새끼|애자\s?새끼|(?<![가-힣])[화잡]냥년",
)  # fmt: skip
THREATS = (
    r"(?:너|니|네|놈|년|끼|공무원|직원|시장|담당자|당신)[^.!?\n]{0,12}죽여\s?(?:버리겠|버릴|버린다|줄|주마)",
    r"(?:^|[.!?\n])\s*다\s?죽여\s?버리겠",
    r"(?:너|니|네놈|끼|공무원|직원|담당자)[^.!?\n]{0,8}(?:죽인다|죽일\s?거)|칼로\s?(?:찔러|쑤셔|찌를|담가)",
    r"(?:나가\s?)(?:뒤|뒈|디)져|(?:뒤|디)(?:져라|져버려|질래|지고\s?싶)|뒈(?:져|지)|나가\s?죽어(?:라|버려|$|[^가-힣])",
    r"(?:시청|구청|청사|사무실|집)[을를에]?\s?(?:에\s?)?(?:불\s?(?:을\s?)?(?:질러|지르겠)|폭파|폭탄\s?(?:을\s?)?(?:설치|터))",
    r"\bi(?:'ll| will| am going to|'m gonna) (?:kill|stab|shoot|hunt) (?:you|him|her|them)\b",
    r"\bkill yourself\b|\bkys\b|\bhope you (?:all )?die\b|\bgo die\b|\bburn (?:your|the) office\b",
)  # fmt: skip
# Letters of Latin words as they are disguised; a star stands for any vowel.
DISGUISED = {
    "a": "[a@4*]", "c": "[c(*k]", "e": "[e3*]", "i": "[i1!l*|]", "o": "[o0*]", "s": "[s$5z]",
    "t": "[t7+]", "u": "[uv*@]", "l": "[l1|]", "g": "[g9]", "b": "[b8]",
}  # fmt: skip
ENGLISH_SWEARING = (
    "fuck", "motherfuck", "bullshit", "bitch", "asshole", "arsehole", "bastard", "dickhead",
    "wanker", "shithead", "dipshit", "cocksucker", "jackass", "douchebag", "dumbass",
)  # fmt: skip
ENGLISH_SLURS = ("cunt", "whore", "nigger", "nigga", "faggot", "retard", "slut")
ENGLISH_PLAIN = r"\b(?:shitty|sh[*1!i]ts?|stfu|gtfo|fck(?:ing)?|fuk(?:ing)?)\b|\bf\*\*"
SPELLED = r"(?<![a-z])(?:{})(?![a-z])"


def is_harsh(text: str) -> bool:
    """Whether a person should look before everybody may read it."""
    return bool(tone_of(text))


def tone_of(text: str) -> str:
    """Why a person should look: "threat", "slur", "swearing", or nothing."""
    plain = _plain(text)
    for reason, pattern in HARSH.items():
        if pattern.search(plain):
            return reason
    return ""


def _plain(text: str) -> str:
    """Lower case, jamo typed one by one put together, no accents, no sign more than twice."""
    plain = folded(INVISIBLE.sub("", text)).translate(SINGLE)
    plain = MANY.sub(r"\1\1", LOOSE_TAIL.sub(_closed, plain))
    if plain.isascii():
        return plain
    return "".join(sign for sign in plain if unicodedata.category(sign) not in {"Mn", "Me"})


def _closed(found: re.Match[str]) -> str:
    """시바 + ㄹ is 시발."""
    return chr(ord(found[1]) + TAILS.index(found[2]) + 1)


def _spelled(word: str) -> str:
    """The word in disguise: other signs for its letters, dots and blanks between them."""
    letters = [DISGUISED.get(letter, letter) for letter in word]
    joined = "".join(f"{letter}{{1,2}}" for letter in letters)
    parted = r"[\s.\-_*]{1,2}".join(re.escape(letter) for letter in word)
    return f"{joined}|{parted}"


def _either(patterns: tuple[str, ...], words: tuple[str, ...] = ()) -> re.Pattern[str]:
    korean = [pattern.replace("·", TIGHT) for pattern in patterns]
    endings = r"(?:s|es|y|ed|er|ers|in|ing|ty|off|you|face|head)?"
    english = [SPELLED.format(f"(?:{_spelled(word)}){endings}") for word in words]
    return re.compile("|".join([*korean, *english]))


# Compatibility folding makes ㅅ a conjoining letter: back to the letters of a keyboard.
TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
SINGLE = {ord(unicodedata.normalize("NFKC", chr(code))): code for code in range(0x3131, 0x3164)}
MANY = re.compile(r"(.)\1{2,}")
OPEN = "".join(chr(code) for code in range(0xAC00, 0xD7A4, 28))
LOOSE_TAIL = re.compile(rf"([{OPEN}])([ㄱㄴㄹㅁㅂㅅㅇㅈ])(?![ㄱ-ㅣ])")
HARSH = {
    "threat": _either(THREATS),
    "slur": _either(SLURS, ENGLISH_SLURS),
    "swearing": _either((*SWEARING, ENGLISH_PLAIN), ENGLISH_SWEARING),
}
