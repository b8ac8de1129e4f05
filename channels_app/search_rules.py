"""Numbers of policy of the search."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import ON, OURS, on_or_off
from lifecycle import rules

SEARCH = rules.declare(
    "switch.search",
    ON,
    unit=_("on or off"),
    words=_("Search by words; off when the portal is crowded, receipt numbers are still found"),
    source=OURS,
    check=on_or_off,
)
SEARCH_NEWEST = rules.declare(
    "search.newest",
    5000,
    unit=_("texts"),
    words=_("How many of the newest texts are looked through before the index of all is asked"),
    source=OURS,
)
SEARCH_COUNTED = rules.declare(
    "search.counted",
    1000,
    unit=_("texts"),
    words=_("How far search results are counted; beyond it the page says “more than”"),
    source=OURS,
)
SEARCH_PATIENCE = rules.declare(
    "search.patience",
    2000,
    unit=_("milliseconds"),
    words=_("How long a search may take before it is given up"),
    source=OURS,
)
SEARCH_WORD_SEEN = rules.declare(
    "search.word_seen",
    5,
    unit=_("public texts"),
    words=_("In how many public texts a word stands before it is offered for a mistyped one"),
    source=OURS,
)
SEARCH_WORDS_FROM = rules.declare(
    "search.words_from",
    50000,
    unit=_("texts"),
    words=_("How many of the newest public texts those words are taken from"),
    source=OURS,
)
