"""Suggestions, as Django knows them."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    """Rows are moved by actions, sweeps are found by Celery; lower floors ask what is up here."""

    name = "suggestions"
    verbose_name = _("Suggestions")

    def ready(self) -> None:
        """What lower floors have to know of this one: each asks its own list."""
        from channels_app import blanking, duties, keeping, news, offered, own_data
        from channels_app.models import DeliveryEvent
        from suggestions import duties as late
        from suggestions import erased, erasing, letters, personal, similar
        from suggestions import personal_of_answers as answers
        from suggestions.actions import supporting
        from suggestions.models.suggestions import ON_THEIR_WAY

        news.from_above[DeliveryEvent.DECIDED] = letters.decided
        news.from_above[DeliveryEvent.WAITS] = letters.of_seat
        _enter(keeping.goes_on_above, ON_THEIR_WAY)
        _enter(blanking.masked_from_above, erased.words_of)
        _enter(
            blanking.from_above,
            erased.notes_of,
            answers.appeals_of,
            answers.disputes_of,
            answers.ratings_of,
            personal.versions_of,
            personal.comments_of_author,
        )
        _enter(own_data.from_above, answers.own_words, personal.own_words, personal.petition_of)
        _enter(
            blanking.from_above_of_contact,
            erasing.opinions_of,  # before its seat, which is how it is found
            erasing.seats_of,
            personal.comments_from,
            personal.versions_along_by,
            personal.written_along_by,
        )
        _enter(blanking.before_contact_ends, supporting.take_supports_back)
        _enter(keeping.needed_above, erasing.need_contacts)
        _enter(duties.kinds, late.OF_SUGGESTIONS, late.OF_REPORTS, late.OF_BESIDE)
        _enter(offered.before_sending, similar.offered)


def _enter(registry: list[Any], *new: Any) -> None:
    """Once, however often the app is made ready."""
    registry += [one for one in new if one not in registry]
