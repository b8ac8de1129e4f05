"""What an erasure takes of a suggestion: the words of its author, and what was noted about them."""

from channels_app.blanking import Part
from channels_app.models import Message
from suggestions.models import Suggestion, SuggestionStepNote


def notes_of(message: Message) -> Part:
    """What officers wrote at its steps; the steps keep a hash that leads to nothing."""
    notes = SuggestionStepNote.objects.filter(step__root__message=message).exclude(text="")
    return Part("suggestion_note", notes, {"text": "", "salt": ""})


def words_of(message: Message) -> Part:
    """The copy that everyone reads, where that goes as well."""
    found = Suggestion.objects.filter(message=message).exclude(title="", masked_text="")
    return Part("suggestion", found, {"title": "", "masked_text": ""})
