"""What a text probably is, to preselect one of four kinds; the sender always decides."""

from channels_app.text.normal import folded

HAZARD = (
    "위험", "붕괴", "무너", "침수", "감전", "가스 냄새", "불이 났", "불났", "화재", "싱크홀", "고립",
    "산사태", "쓰러질", "폭발", "danger", "collapse", "flood", "sinkhole", "gas leak", "fire ",
)  # fmt: skip
IDEA = (
    "제안", "좋겠", "어떨까", "만들어 주", "만들면", "늘려 주", "늘리면", "도입", "아이디어", "하면 어때",
    "suggest", "would be nice", "how about", "idea", "propose", "could the city",
)  # fmt: skip
QUESTION = (
    "나요?", "가요?", "인가요", "까요?", "어떻게", "언제", "어디서", "얼마", "궁금", "문의", "할 수 있나",
    "how do", "how can", "where can", "when ", "what ", "which ", "is there",
)  # fmt: skip


def likely_kind(text: str) -> str:
    """One of "hazard", "idea", "question", "complaint"; the last where nothing else speaks."""
    plain = folded(text)
    if any(word in plain for word in HAZARD):
        return "hazard"
    if any(word in plain for word in IDEA):
        return "idea"
    if any(word in plain for word in QUESTION) or plain.rstrip().endswith("?"):
        return "question"
    return "complaint"
