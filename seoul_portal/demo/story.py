"""How one invented voice is told: what was said, and what came of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """The office's answer, so many hours after the message."""

    after: float
    text: str


@dataclass(frozen=True)
class Voice:
    """One message, `ago` hours before now, and what happened to it.

    `office` is where the centre's reader sends it if the rules leave it; `passed_on` a second
    office; `mail` the part of an address before the @; `events` among "handed_back",
    "set_aside", "reported", "shown".
    """

    text: str
    kind: str
    ago: float
    office: str = ""
    answer: Answer | None = None
    public: bool = True
    mail: str = ""
    language: str = "ko"
    passed_on: str = ""
    events: tuple[str, ...] = field(default=())
