"""Small groups of people are never shown, nor found by taking one number from another.

One table at a time: how many of those who answered one question in one month said what. Below
five a number is hidden. What is hidden must not follow from the rest, even for somebody who knows
this rule: so at least two numbers are hidden together, together they are five at least, and they
are not all at the most that a hidden number can be. Where that is not so, the smallest shown ones
are hidden too, all of the same size at once, so that nobody can tell which it was. Tables are of
whole months, apart from each other, and never change; nothing is told of two questions at once,
or of a question and a borough.
"""

from collections.abc import Mapping

LEAST = 5


def protected(groups: Mapping[str, int]) -> tuple[int | None, dict[str, int | None]]:
    """How many answered, and how many said what; None for what is not shown."""
    everybody = sum(groups.values())
    if everybody < LEAST:
        return None, dict.fromkeys(groups)
    hidden = {group for group, people in groups.items() if people < LEAST}
    while hidden and len(hidden) < len(groups) and not _is_safe(groups, hidden):
        smallest = min(people for group, people in groups.items() if group not in hidden)
        hidden |= {group for group, people in groups.items() if people == smallest}
    return everybody, {group: None if group in hidden else groups[group] for group in groups}


def _is_safe(groups: Mapping[str, int], hidden: set[str]) -> bool:
    together = sum(groups[group] for group in hidden)
    all_at_most = all(groups[group] == LEAST - 1 for group in hidden)
    return len(hidden) > 1 and together >= LEAST and not all_at_most
