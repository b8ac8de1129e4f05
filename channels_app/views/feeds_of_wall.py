"""The Atom feeds of the whole city: what was said last, and what was answered last."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app import tallies
from channels_app.views.feeds import LOOK_BACK, SHOWN, Entries, Item, answers_to, said, shown, tag
from lifecycle import clock


class WallFeed(Entries):
    """The newest messages, as they stand on the wall."""

    name = "wall"

    def get_object(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        """There is one for the whole city."""

    def title(self, whole: None) -> str:
        """In the language of its address."""
        return _("What citizens say to Seoul")

    def link(self, whole: None) -> str:
        """The page it belongs to."""
        return reverse("smc")

    def feed_url(self, whole: None) -> str:
        """Its own address."""
        return reverse(f"{self.name}_feed")

    def feed_guid(self, whole: None) -> str:
        """The same for ever."""
        return tag(self.name)

    def items(self, whole: None) -> list[Item]:
        """Newest first; what is hidden leaves."""
        return [said(row) for row in tallies.conversation().order_by("-received_at", "-id")[:SHOWN]]


class AnswersFeed(WallFeed):
    """The newest closing answers."""

    name = "answers"

    def title(self, whole: None) -> str:
        """In the language of its address."""
        return _("What Seoul answers")

    def items(self, whole: None) -> list[Item]:
        """Newest first; what is hidden leaves with its message."""
        lately = tallies.conversation().filter(replied_at__gte=clock.now() - LOOK_BACK)
        items = answers_to(list(lately.order_by("-replied_at", "-id")[:SHOWN]))
        return sorted(items, key=lambda item: item.at, reverse=True)


of_wall = shown(WallFeed())
of_answers = shown(AnswersFeed())
