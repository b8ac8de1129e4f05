"""The numbers of the knowledge base, as the Rulebook's defaults."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from channels_app import rules
from lifecycle.rules import declare

REVIEW_DAYS = declare(
    "article.review",
    180,
    unit=_("days"),
    words=_("How long an article of Online Dasan holds before its office looks at it again"),
    source=rules.OURS,
)
ARTICLE_SHOWN = declare(
    "article.shown",
    0.3,
    unit=_("of 1"),
    words=_("How well an article must fit to be shown to who writes a message"),
    source=rules.OURS,
)
LIMIT_HELPED = declare(
    "limits.helped",
    30,
    unit=_("times an hour"),
    words=_("How often one reader may say whether an article helped before it is not counted"),
    source=rules.OURS,
)
LIMIT_HELPED_OF_NETWORK = declare(
    "limits.helped_of_network",
    300,
    unit=_("times an hour"),
    words=_("How often readers at one network address may say whether an article helped"),
    source=rules.OURS,
)


def review_by(moment: datetime) -> datetime:
    """Until when an article that was looked at now holds."""
    return moment + timedelta(days=REVIEW_DAYS.value())
