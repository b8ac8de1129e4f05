"""Write, revise, review and withdraw an article: what the city knows, said once for everybody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from channels_app.article_rules import review_by
from channels_app.models import ArticleTally, KnowledgeArticle, Message
from channels_app.models.articles import may_keep_for
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User

WORDS = ("question_ko", "answer_ko", "question_en", "answer_en")
SLUG = 60  # characters, without the number behind it
TRIES = 100
TWICE = timedelta(minutes=1)


@transaction.atomic
def write_article(
    words: Mapping[str, str], *, office: Office, by: User, source: Message | None = None
) -> KnowledgeArticle:
    """A new article for everybody, from now on. Made from an answer, its words are masked.

    Who presses twice has written one: the same words of the same officer within a minute.
    """
    may_use = source is None or source.may_be_read_by(by)
    if not may_keep_for(office, by) or not may_use:
        raise PermissionDenied
    moment = clock.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # the second press waits here
    said: dict[str, Any] = {"office": office, "source": source, "written_by": by}
    said |= _worded(words, masked=source is not None)
    twice = KnowledgeArticle.objects.filter(
        **said, published_at__gt=moment - TWICE, withdrawn_at=None
    )
    if pressed := twice.first():
        return pressed
    article = KnowledgeArticle(**said, published_at=moment, **_looked_at(moment, by))
    article.changed_at, article.changed_by = moment, by
    article.grams = article.pieces
    _store(article)
    ArticleTally.objects.create(article=article)
    return article


def _store(article: KnowledgeArticle) -> None:
    """Under the first name that is free; two who write the same at once get one each."""
    wish = slugify(article.question_en or article.question_ko, allow_unicode=True)[:SLUG].strip("-")
    for number in range(1, TRIES):
        article.slug = f"{wish or 'article'}-{number}" if number > 1 or not wish else wish
        if KnowledgeArticle.objects.filter(slug=article.slug).exists():
            continue
        try:
            with transaction.atomic():
                article.save(force_insert=True)
        except IntegrityError:
            if not KnowledgeArticle.objects.filter(slug=article.slug).exists():
                raise
        else:
            return
    raise WrongTurnError(f"{TRIES} articles have this name: {wish}")


@transaction.atomic
def revise_article(
    article: KnowledgeArticle,
    words: Mapping[str, str],
    *,
    office: Office,
    by: User,
    seen: datetime | None = None,
) -> KnowledgeArticle:
    """Say it better, or give it to the right office: who changes it has also looked at it.

    `seen` is when it had last been changed on the page they saw. Raises OvertakenError.
    """
    article = _held(article, by)
    if seen is not None and seen != article.changed_at:
        raise OvertakenError(article.slug)
    if not may_keep_for(office, by):
        raise PermissionDenied
    for name, said in _worded(words, masked=article.source_id is not None).items():
        setattr(article, name, said)
    article.office, article.grams = office, article.pieces
    _changed(article, by, _looked_at(clock.now(), by))
    return article


@transaction.atomic
def review_article(article: KnowledgeArticle, *, by: User) -> KnowledgeArticle:
    """Confirm that every word still holds; the Rulebook says when to look again."""
    article = _held(article, by)
    if article.is_withdrawn:
        raise WrongTurnError(f"{article.slug} is withdrawn")
    for name, value in _looked_at(clock.now(), by).items():
        setattr(article, name, value)
    article.save(update_fields=["reviewed_at", "reviewed_by", "review_by"])
    return article


@transaction.atomic
def withdraw_article(article: KnowledgeArticle, *, because: str, by: User) -> KnowledgeArticle:
    """Off the pages at once, for a reason; its words and its history stay."""
    article = _held(article, by)
    if article.is_withdrawn:
        raise WrongTurnError(f"{article.slug} is withdrawn already")
    _changed(article, by, {"withdrawn_at": clock.now(), "withdrawn_because": tidy(because)})
    return article


@transaction.atomic
def put_back_article(article: KnowledgeArticle, *, by: User) -> KnowledgeArticle:
    """On the pages again, and reviewed by whoever puts it back."""
    article = _held(article, by)
    if not article.is_withdrawn:
        raise WrongTurnError(f"{article.slug} is shown")
    shown = {"withdrawn_at": None, "withdrawn_because": ""}
    _changed(article, by, {**shown, **_looked_at(clock.now(), by)})
    return article


def count_help(article: KnowledgeArticle, *, helped: bool) -> None:
    """One more reader whom it helped, or did not: a number, and nothing about the reader."""
    column = "helped" if helped else "not_helped"
    ArticleTally.objects.filter(article=article).update(**{column: F(column) + 1})


def _held(article: KnowledgeArticle, by: User) -> KnowledgeArticle:
    """The row of this moment, until the transaction ends."""
    rows = KnowledgeArticle.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("office").get(pk=article.pk)
    if not held.may_be_kept_by(by):
        raise PermissionDenied
    return held


def _worded(words: Mapping[str, str], *, masked: bool) -> dict[str, str]:
    said = {name: tidy(words.get(name, "")) for name in WORDS}
    return {name: mask(text) for name, text in said.items()} if masked else said


def _looked_at(moment: datetime, by: User) -> dict[str, Any]:
    return {"reviewed_at": moment, "reviewed_by": by, "review_by": review_by(moment)}


def _changed(article: KnowledgeArticle, by: User, columns: Mapping[str, Any]) -> None:
    """Written down with who and when: the history keeps a copy of every state."""
    for name, value in columns.items():
        setattr(article, name, value)
    article.changed_at, article.changed_by = clock.now(), by
    article.save()
