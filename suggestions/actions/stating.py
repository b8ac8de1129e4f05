"""A step that the city takes in public words: the words are kept, the step keeps their digest."""

from typing import Any

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from people.models import User
from suggestions.models import Statement, Suggestion, SuggestionStep


def move_stating(
    suggestion: Suggestion, to: str, *, words: str, by: User | None, **move: Any
) -> SuggestionStep:
    """Move the locked row and say why, in words for everyone.

    Raises ValueError without words, and what `move()` raises.
    """
    if not (words := mask(tidy(words))):
        raise ValueError("this step needs words for everyone")
    step = suggestion.move(to, by=by, public_text=words, **move)
    step.statement = Statement.objects.create(step_id=step.pk, text=words)  # type: ignore[attr-defined]
    return step  # type: ignore[return-value]  # the root's own Step
