"""Small groups of people are never shown, nor found by taking one number from another.

One table at a time: how many of those who answered one question in one month said what. Below
five a number is hidden. What is hidden must not follow from the rest: so at least two numbers are
hidden together, and together they are five at least; where that is not so, the smallest shown
one is hidden too. Tables are of whole months, apart from each other, and never change; nothing is
told of two questions at once, or of a question and a borough.
"""

from collections.abc import Mapping

LEAST = 5


def protected(groups: Mapping[str, int]) -> tuple[int | None, dict[str, int | None]]:
    """How many answered, and how many said what; None for what is not shown."""
    everybody = sum(groups.values())
    if everybody < LEAST:
        return None, dict.fromkeys(groups)
    hidden = {group for group, people in groups.items() if people < LEAST}
    left = sorted(groups.keys() - hidden, key=lambda group: (groups[group], group))
    while hidden and left and not _is_safe(groups, hidden):
        hidden.add(left.pop(0))
    return everybody, {group: None if group in hidden else groups[group] for group in groups}


def _is_safe(groups: Mapping[str, int], hidden: set[str]) -> bool:
    return len(hidden) > 1 and sum(groups[group] for group in hidden) >= LEAST
