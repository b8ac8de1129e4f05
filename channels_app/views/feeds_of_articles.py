"""The Atom feed of Online Dasan: new articles, and those whose words were changed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.models import KnowledgeArticle
from channels_app.views.feeds import SHOWN, Entries, Item, shown, tag


class ArticleFeed(Entries):
    """Newest first; an article that was changed comes once more, under a name of its own."""

    def get_object(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        """There is one for the whole city."""

    def title(self, whole: None) -> str:
        """In the language of its address."""
        return _("Online Dasan: new and changed answers")

    def link(self, whole: None) -> str:
        """The page it belongs to."""
        return reverse("dasan")

    def feed_url(self, whole: None) -> str:
        """Its own address."""
        return reverse("article_feed")

    def feed_guid(self, whole: None) -> str:
        """The same for ever."""
        return tag("dasan")

    def items(self, whole: None) -> list[Item]:
        """What is shown now: a withdrawn article leaves the feed."""
        rows = KnowledgeArticle.objects.shown().listed().order_by("-changed_at", "-id")
        return [_item(article) for article in rows[:SHOWN]]


def _item(article: KnowledgeArticle) -> Item:
    words = article.words
    return Item(
        title=words.question,
        words=words.answer,
        link=article.get_absolute_url(),
        name=f"dasan/{article.pk}/{article.changed_at:%Y%m%d%H%M%S}",
        at=article.changed_at,
    )


of_articles = shown(ArticleFeed())
