"""What a search shows of each hit: whose words, where they stand, and what is around them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from channels_app import rules, search_rules, searching
from channels_app.models import KnowledgeArticle, Message, Passage, PassageKind
from channels_app.searching import Asked, Hits, TooLateError
from channels_app.text.finding import Part, marked, snippet
from channels_app.text.titles import beyond_title


@dataclass(frozen=True)
class Result:
    """One hit: its heading leads to `url`. `message` is None for an article."""

    passage: Passage
    heading: str
    text: str
    words: Sequence[str]
    url: str
    message: Message | None = None

    @property
    def is_answer(self) -> bool:
        """The city speaks to one person, and everyone may read it."""
        return self.passage.kind == PassageKind.ANSWER

    @property
    def is_article(self) -> bool:
        """The city speaks to everybody."""
        return self.passage.kind == PassageKind.ARTICLE

    @property
    def title(self) -> list[Part]:
        """What the citizen said, or the question, with what was looked for."""
        return marked(self.heading, self.words)

    @property
    def snippet(self) -> list[Part]:
        """The words with what is around them; what the heading says already is left out."""
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
        count = None if after else searching.count(asked, hits)
    except TooLateError:
        return Answer(is_late=True)
    return Answer(_results(hits, asked, url_of), hits.next_key, count)


def _results(hits: Hits, asked: Asked, url_of: UrlOf) -> list[Result]:
    """In the order of the hits; without what may not be read any more."""
    user = asked.user or AnonymousUser()
    rows = Passage.objects.select_related("reply__office").defer("letters", "pieces", "traits")
    passages = {row.pk: row for row in rows.filter(pk__in=hits.keys)}
    seen = Message.objects.visible_to(user).select_related("office", "borough")
    of_messages = seen.filter(pk__in={row.message_id for row in passages.values()})
    messages = {row.pk: row for row in of_messages.prefetch_related("asked")}
    shown = KnowledgeArticle.objects.shown().listed()
    articles = shown.in_bulk({row.article_id for row in passages.values() if row.article_id})
    found = [passages[key] for key in hits.keys if key in passages]
    return [
        result
        for row in found
        for result in (
            *_of_message(row, messages.get(row.message_id or 0), asked.words, url_of),
            *_of_article(row, articles.get(row.article_id or 0), asked.words),
        )
    ]


def _of_message(
    row: Passage, message: Message | None, words: Sequence[str], url_of: UrlOf
) -> Iterator[Result]:
    if message is None:
        return
    if row.reply is not None:
        text = row.reply.public_words
    else:
        rest = beyond_title(message.masked_text)
        text = " · ".join(part for part in (rest, message.masked_place) if part)
    yield Result(row, message.title, text, words, url_of(message), message)


def _of_article(
    row: Passage, article: KnowledgeArticle | None, words: Sequence[str]
) -> Iterator[Result]:
    if article is not None:
        row.article = article
        spoken = article.words_in(row.language)
        yield Result(row, spoken.question, spoken.answer, words, article.get_absolute_url())


def _nothing(asked: Asked) -> Answer:
    """What else there is: without the filters, or with what was probably meant."""
    bare = Asked(asked.words, user=asked.user)
    if bare != asked and (others := searching.count(bare)):
        return Answer(count=0, without_filters=others)
    better = searching.meant(asked.words) if asked.words else []
    is_there = better and searching.find(Asked(better, user=asked.user), size=1).keys
    return Answer(count=0, meant=" ".join(better) if is_there else "")
