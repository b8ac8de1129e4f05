"""What a survey says: numbers of groups large enough that nobody stands out, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from channels_app.models import Felt
from suggestions import rules_answering
from suggestions.models import Evaluation


@dataclass(frozen=True)
class Group:
    """So many said this; None where the number would point at somebody."""

    name: str
    people: int | None


@dataclass(frozen=True)
class Findings:
    """`answered` is None while too few have answered; then nothing else is known either."""

    invited: int
    least: int
    answered: int | None = None
    there: tuple[Group, ...] = ()
    helps: float | None = None


def findings(evaluation: Evaluation) -> Findings:
    """One query."""
    counted = {felt.value: Count("pk", filter=Q(there=felt)) for felt in Felt}
    found = evaluation.said.aggregate(all=Count("pk"), mean=Avg("helps"), **counted)
    least = rules_answering.LEAST_PEOPLE.value()
    if found["all"] < max(least, 1):
        return Findings(evaluation.invited, least)
    people = shown({felt.value: found[felt.value] for felt in Felt}, least)
    return Findings(
        evaluation.invited,
        least,
        answered=found["all"],
        there=tuple(Group(str(felt.label), people[felt.value]) for felt in Felt),
        helps=round(found["mean"], 1),
    )


def shown(groups: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Small groups are hidden, and so many others that the total does not tell them either.

    Nobody at all is hidden too: it would tell what everybody said.
    """
    from_small_to_large = sorted(groups, key=lambda name: groups[name])
    hidden = {name for name in groups if groups[name] < least}
    for name in from_small_to_large:
        if hidden and (len(hidden) == 1 or sum(groups[one] for one in hidden) < least):
            hidden.add(name)
    return {name: None if name in hidden else people for name, people in groups.items()}
