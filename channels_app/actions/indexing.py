"""What can be found: the texts of messages go into the index, and the words that many use."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Prefetch, Q, prefetch_related_objects

from channels_app import search_rules
from channels_app.models import (
    Asked,
    KnowledgeArticle,
    KnownWord,
    Message,
    Passage,
    PassageDue,
    PassageKind,
    Reply,
)
from channels_app.models.passages import trait
from channels_app.states import IN_HAND, MessageStatus
from channels_app.text.finding import jamo_of, letters_of, stems_of

OPEN = (*IN_HAND, MessageStatus.ANSWERED)
AT_ONCE = 2000


@transaction.atomic
def index(pks: Sequence[int]) -> None:
    """What these notes are about, as it is now. Safe to run twice, beside other workers.

    Whoever changes a row holds it: what is read here can't change before it is written.
    """
    due = PassageDue.objects.filter(pk__in=pks)
    messages = Message.objects.all_locked(
        due.exclude(message=None).values_list("message", flat=True), skip_locked=True
    )
    articles = KnowledgeArticle.objects.select_for_update(skip_locked=True, no_key=True).filter(
        pk__in=list(due.exclude(article=None).values_list("article", flat=True))
    )
    prefetch_related_objects(
        messages,
        Prefetch("replies", Reply.objects.published().filter(taken_back_at=None), "answers"),
        Prefetch("asked", Asked.objects.only("message_id", "office_id")),
    )
    held = Q(message__in=messages) | Q(article__in=list(articles))
    Passage.objects.filter(held).delete()
    Passage.objects.bulk_create(
        [
            *(row for message in messages for row in _passages(message)),
            *(row for article in articles for row in _of_article(article)),
        ]
    )
    due.filter(held).delete()


def _of_article(article: KnowledgeArticle) -> Iterator[Passage]:
    """One for each language; nothing of a withdrawn one."""
    if article.is_withdrawn:
        return
    for language in article.languages:
        words = article.words_in(language)
        yield Passage(
            kind=PassageKind.ARTICLE,
            article=article,
            language=language,
            public=True,
            at=article.changed_at,
            letters=letters_of(f"{words.question}\n{words.answer}"),
            traits=[
                trait("public", 1),
                trait("office", article.office_id),
                trait("what", PassageKind.ARTICLE),
            ],
        )


def _passages(message: Message) -> Iterator[Passage]:
    """Its own text, and the answers that stand on its page; nothing without words."""
    public = message.is_public and message.status != MessageStatus.SET_ASIDE
    traits = [*_traits(message), *([trait("public", 1)] if public else [])]
    said = letters_of(f"{message.masked_text}\n{message.masked_place}")
    whole = {"message": message, "public": public}
    if said:
        yield Passage(
            kind=PassageKind.MESSAGE,
            at=message.received_at,
            letters=said,
            traits=[*traits, trait("what", PassageKind.MESSAGE)],
            **whole,
        )
    answers: list[Reply] = getattr(message, "answers", [])
    for reply in answers:
        letters = letters_of(reply.public_words)
        if letters and reply.published_at:
            yield Passage(
                kind=PassageKind.ANSWER,
                reply=reply,
                at=reply.published_at,
                letters=letters,
                traits=[*traits, trait("what", PassageKind.ANSWER)],
                **whole,
            )


def _traits(message: Message) -> list[str]:
    """What it is filtered by, and whose officers may read it."""
    readers = {message.office_id, *(asked.office_id for asked in message.asked.all())}
    found = {"kind": message.kind, "channel": message.channel, "state": _state(message)}
    places = {"office": message.office_id, "borough": message.borough_id}
    named = {name: value for name, value in {**found, **places}.items() if value}
    return [
        *(trait(name, value) for name, value in named.items()),
        *(trait("reader", office) for office in sorted(filter(None, readers))),
    ]


def _state(message: Message) -> str:
    if message.status == MessageStatus.REPLIED:
        return "answered"
    return "open" if message.status in OPEN else ""


@transaction.atomic
def learn_words() -> int:
    """Which words stand in so many of the newest public texts that they are nobody's; how many."""
    least = search_rules.SEARCH_WORD_SEEN.value()
    seen = {word: count for word, count in _seen().items() if count >= least}
    KnownWord.objects.exclude(word__in=list(seen)).delete()
    KnownWord.objects.bulk_create(
        (KnownWord(word=word, jamo=jamo_of(word), seen=count) for word, count in seen.items()),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["seen"],
    )
    return len(seen)


def _seen() -> Counter[str]:
    """In how many texts each word stands; copies of one text count once."""
    newest = (
        Passage.objects.filter(public=True).order_by("-at", "-id").values_list("letters", flat=True)
    )
    counts: Counter[str] = Counter()
    known: set[int] = set()
    for letters in newest[: search_rules.SEARCH_WORDS_FROM.value()].iterator(AT_ONCE):
        if hash(letters) in known:
            continue
        known.add(hash(letters))
        counts.update({stem for word in letters.split() for stem in stems_of(word)})
    return counts
