"""Figure 1 of the paper as a table: at which stage of a policy which channel listens.

The paper's text gives the early stages to the forum, Suk-Ui, the Mobile Mayoral Office and social
media, and all seven to social media; its Table 2 says that Suk-Ui formulates and approves. All
else is read from what Tables 1 and 2 say a channel is for, and marked as ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from seoul_portal.channels import BY_SLUG, Channel, Group


class Stage(Enum):
    """The seven of the paper, in its order."""

    IDENTIFICATION = "identification"
    AGENDA = "agenda"
    FORMULATION = "formulation"
    SELECTION = "selection"
    APPROVAL = "approval"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"


STAGES: dict[Stage, str | Promise] = {
    Stage.IDENTIFICATION: _("Finding the problem"),
    Stage.AGENDA: _("Setting the agenda"),
    Stage.FORMULATION: _("Working it out"),
    Stage.SELECTION: _("Choosing"),
    Stage.APPROVAL: _("Deciding"),
    Stage.IMPLEMENTATION: _("Carrying it out"),
    Stage.EVALUATION: _("Looking back"),
}


class Mark(Enum):
    """Where the mark in a cell comes from."""

    PAPER = "paper"
    OURS = "ours"


MARKS: dict[Mark, str | Promise] = {
    Mark.PAPER: pgettext_lazy("figure", "paper"),
    Mark.OURS: pgettext_lazy("figure", "ours"),
}
EARLY = (Stage.IDENTIFICATION, Stage.AGENDA)
# What the paper's text and the words of its tables say themselves.
BY_PAPER: dict[str, tuple[Stage, ...]] = {
    "cheong-chek-forum": EARLY,
    "suk-ui": (*EARLY, Stage.FORMULATION, Stage.APPROVAL),
    "mobile-mayoral-office": EARLY,
    "social-media-centre": tuple(Stage),
}
# What follows from the descriptions in Tables 1 and 2.
BY_US: dict[str, tuple[Stage, ...]] = {
    "hope-seoul": (Stage.IDENTIFICATION, Stage.SELECTION, Stage.EVALUATION),
    "wow-seoul": (Stage.IDENTIFICATION,),
    "live-seoul": (Stage.AGENDA, Stage.APPROVAL, Stage.IMPLEMENTATION),
    "seoul-talk-talk": (Stage.IDENTIFICATION, Stage.IMPLEMENTATION),
    "online-dasan": (Stage.IDENTIFICATION, Stage.IMPLEMENTATION),
    "online-mayor-office": (Stage.AGENDA, Stage.IMPLEMENTATION),
    "imagination-oasis": (*EARLY, Stage.FORMULATION, Stage.SELECTION, Stage.APPROVAL),
    "smart-complaint": (Stage.IDENTIFICATION, Stage.IMPLEMENTATION),
    "safety-keeper": (Stage.IDENTIFICATION,),
    "cheong-chek-forum": (Stage.FORMULATION,),
    "suk-ui": (Stage.SELECTION,),
    "honorary-deputy-mayor": (*EARLY, Stage.FORMULATION),
    "speakers-corner": (Stage.IDENTIFICATION,),
    "one-day-mayor": (Stage.AGENDA,),
    "mobile-mayoral-office": (Stage.FORMULATION,),
    "policy-expo": (Stage.AGENDA, Stage.FORMULATION),
    "citizen-hall": (Stage.IDENTIFICATION,),
}


@dataclass(frozen=True)
class Cell:
    """Whether a channel listens at a stage, and by whose word."""

    mark: Mark | None

    @property
    def words(self) -> str | Promise:
        """What stands in the cell."""
        return MARKS[self.mark] if self.mark else ""


@dataclass(frozen=True)
class Row:
    """One channel through all stages."""

    channel: Channel
    cells: list[Cell]


def rows() -> list[Row]:
    """Ten online tools, then eight programmes."""
    figured = (one for one in BY_SLUG.values() if one.group in (Group.ONLINE, Group.OFFLINE))
    return [Row(channel, list(_cells(channel.slug))) for channel in figured]


def _cells(slug: str) -> Iterator[Cell]:
    for stage in Stage:
        if stage in BY_PAPER.get(slug, ()):
            yield Cell(Mark.PAPER)
        else:
            yield Cell(Mark.OURS if stage in BY_US.get(slug, ()) else None)
