"""The numbers of discussions, versions, co-authors and clusters, as the Rulebook's defaults."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OFF, ON, OURS, on_or_off
from lifecycle import rules

CHARACTERS = _("characters")

LENGTH = rules.declare(
    "talk.length",
    1000,
    unit=CHARACTERS,
    words=_("How long one comment may be"),
    source=OURS,
)
MAILS = rules.declare(
    "talk.mails",
    10,
    unit=_("mails a day"),
    words=_("How often an address is asked at most to confirm a comment or an invitation"),
    source=OURS,
)
FORGET_DAYS = rules.declare(
    "talk.forget",
    7,
    unit=_("days"),
    words=_("When a comment is deleted whose author never confirmed the address"),
    source=OURS,
)
VERSIONS = rules.declare(
    "talk.versions",
    5,
    unit=_("versions a day"),
    words=_("How many new versions of a text are shown without a moderator's look"),
    source=OURS,
)
COAUTHORS = rules.declare(
    "talk.coauthors",
    5,
    unit=_("people"),
    words=_("How many people may write a suggestion along with its author"),
    source=OURS,
)
CLUSTERS = rules.declare(
    "cluster.propose",
    ON,
    unit=_("on or off"),
    words=_("Whether the system proposes suggestions that ask for the same"),
    source=OURS,
    check=on_or_off,
)
CLUSTER_ALIKE = rules.declare(
    "cluster.alike",
    0.5,
    unit=_("of 1"),
    words=_("How alike two texts must be to be proposed as the same matter"),
    source=OURS,
)
CLUSTER_DAYS = rules.declare(
    "cluster.decide",
    7,
    unit=_("days"),
    words=_("Time for a moderator to decide whether two suggestions ask for the same"),
    source=OURS,
)


def proposes_clusters() -> bool:
    """Whether the system looks for suggestions that ask for the same."""
    return CLUSTERS.value() != OFF
