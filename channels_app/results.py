"""What a search shows of each hit: whose words, where they stand, and what is around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from channels_app import rules, search_rules, searching
from channels_app.models import Message, Passage, PassageKind
from channels_app.searching import Asked, Hits, TooLateError
from channels_app.text.finding import Part, marked, snippet

SHORT = 60  # letters of a heading


@dataclass(frozen=True)
class Result:
    """One hit, and the page it leads to."""

    passage: Passage
    message: Message
    words: Sequence[str]
    url: str

    @property
    def is_answer(self) -> bool:
        """The city speaks."""
        return self.passage.kind == PassageKind.ANSWER

    @property
    def text(self) -> str:
        """All that was looked through."""
        reply = self.passage.reply
        if self.is_answer and reply is not None:
            return reply.public_words
        return "\n".join(filter(None, (self.message.masked_text, self.message.masked_place)))

    @property
    def title(self) -> list[Part]:
        """What the citizen said, shortened, with what was looked for."""
        title = self.message.title
        return marked(title[:SHORT] + ("…" if len(title) > SHORT else ""), self.words)

    @property
    def says_more(self) -> bool:
        """The heading does not hold all of it."""
        return self.is_answer or len(self.text) > min(SHORT, len(self.message.title))

    @property
    def snippet(self) -> list[Part]:
        """The words with what is around them."""
        return snippet(self.text, self.words)


@dataclass(frozen=True)
class Answer:
    """What a question found; `count` None on later pages. The rest is for a page without hits."""

    results: list[Result] = field(default_factory=list)
    next_key: str = ""
    count: int | None = None
    meant: str = ""
    without_filters: int = 0
    is_off: bool = False
    is_late: bool = False

    @property
    def is_more(self) -> bool:
        """There are more than the Rulebook counts."""
        return self.count is not None and self.count > search_rules.SEARCH_COUNTED.value()

    @property
    def counted(self) -> int:
        """The number that is shown."""
        return min(self.count or 0, search_rules.SEARCH_COUNTED.value())


UrlOf = Callable[[Message], str]


def answer_to(asked: Asked, *, after: str, url_of: UrlOf = Message.get_absolute_url) -> Answer:
    """The page that comes after this key; why there is nothing on it, where that is so."""
    if search_rules.SEARCH.value() == rules.OFF:
        return Answer(is_off=True)
    try:
        hits = searching.find(asked, after=after)
        if not hits.keys:
            return _nothing(asked)
        count = None if after else searching.count(asked)
    except TooLateError:
        return Answer(is_late=True)
    return Answer(_results(hits, asked, url_of), hits.next_key, count)


def _results(hits: Hits, asked: Asked, url_of: UrlOf) -> list[Result]:
    """In the order of the hits; without what may not be read any more."""
    user = asked.user or AnonymousUser()
    rows = Passage.objects.select_related("reply__office").defer("letters", "pieces", "traits")
    passages = {row.pk: row for row in rows.filter(pk__in=hits.keys)}
    seen = Message.objects.visible_to(user).select_related("office", "borough")
    wanted = seen.filter(pk__in={row.message_id for row in passages.values()})
    messages = {row.pk: row for row in wanted.prefetch_related("asked")}
    found = [passages[key] for key in hits.keys if key in passages]
    return [
        Result(row, message, asked.words, url_of(message))
        for row in found
        if (message := messages.get(row.message_id))
    ]


def _nothing(asked: Asked) -> Answer:
    """What else there is: without the filters, or with what was probably meant."""
    bare = Asked(asked.words, user=asked.user)
    if bare != asked and (others := searching.count(bare)):
        return Answer(count=0, without_filters=others)
    better = searching.meant(asked.words) if asked.words else []
    is_there = better and searching.find(Asked(better, user=asked.user), size=1).keys
    return Answer(count=0, meant=" ".join(better) if is_there else "")
