"""Atom feeds: what happened to one suggestion, the newest ones, what is done."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.views.feeds import SHOWN, Entries, Item, shown, tag
from suggestions import way
from suggestions.list_form import ListForm, Wanted
from suggestions.models import Suggestion
from suggestions.views import showing
from suggestions.views.lists import newest_changes


class SuggestionFeed(Entries):
    """Each step of one suggestion, with what the city said to it."""

    def get_object(self, request: HttpRequest, code: str) -> Suggestion:
        """Only what everyone may read now. Raises Http404."""
        suggestion = showing.found(code)
        if suggestion is None or not suggestion.is_public:
            raise Http404
        return suggestion

    def title(self, suggestion: Suggestion) -> str:
        """Number and first words."""
        return f"{suggestion.code} · {suggestion.title}"

    def link(self, suggestion: Suggestion) -> str:
        """Its page."""
        return suggestion.get_absolute_url()

    def feed_guid(self, suggestion: Suggestion) -> str:
        """The same as its message's, for ever: one number for life."""
        return tag(suggestion.code)

    def items(self, suggestion: Suggestion) -> list[Item]:
        """Newest first."""
        steps = way.steps_of(suggestion)
        lines = way.lines_of_steps(suggestion, steps)
        return [
            Item(
                title=line.what,
                words="\n\n".join(part for part in (line.more, line.words) if part),
                link=suggestion.get_absolute_url(),
                name=f"{suggestion.code}/idea/{step.seq}",
                at=step.at,
            )
            for step, line in zip(steps, lines, strict=True)
        ][::-1][:SHOWN]


class SuggestionsFeed(Entries):
    """The newest suggestions; of one choice of filters, where the address has some."""

    def get_object(self, request: HttpRequest) -> Wanted:
        """The filters of the list. Raises Http404 for wrong ones."""
        form = ListForm(request.GET)
        if not form.is_valid():
            raise Http404
        return form.wanted

    def title(self, wanted: Wanted) -> str:
        """In the language of its address."""
        return _("Suggestions of citizens to Seoul")

    def link(self, wanted: Wanted) -> str:
        """The list."""
        return (
            f"{reverse('suggestions')}?{wanted.query}" if wanted.query else reverse("suggestions")
        )

    def feed_guid(self, wanted: Wanted) -> str:
        """The same for ever."""
        return tag(f"suggestions?{wanted.query}" if wanted.query else "suggestions")

    def items(self, wanted: Wanted) -> list[Item]:
        """In the order of the list."""
        return [
            Item(
                row.title,
                row.masked_text,
                row.get_absolute_url(),
                f"{row.code}/idea",
                row.opened_at or row.submitted_at,
            )
            for row in wanted.page("", size=SHOWN).rows
        ]


class ChangesFeed(Entries):
    """What is done: said, changed."""

    def get_object(self, request: HttpRequest) -> None:
        """There is one for the whole city."""

    def title(self, whole: Any) -> str:
        """In the language of its address."""
        return _("What changed in Seoul by what citizens said")

    def link(self, whole: Any) -> str:
        """Its page."""
        return reverse("changed")

    def feed_guid(self, whole: Any) -> str:
        """The same for ever."""
        return tag("changed")

    def items(self, whole: Any) -> list[Item]:
        """The last one done first."""
        return [
            Item(
                change.suggestion.title,
                change.words,
                change.suggestion.get_absolute_url(),
                f"{change.suggestion.code}/done",
                change.at or change.suggestion.submitted_at,
            )
            for change in newest_changes(SHOWN)
        ]


of_suggestion = shown(SuggestionFeed())
of_all = shown(SuggestionsFeed())
of_changes = shown(ChangesFeed())
