"""What lies on an officer's desk."""

from desk.models.deeds import Deed, Verb
from desk.models.idea_deeds import IdeaDeed, IdeaVerb
from desk.models.notes import Note, notes_on
from desk.models.saved import SavedView
from desk.models.turns import Snooze, Taken, asleep, awake, latest_for, of_its_office, taken_by
from desk.models.writing import CLOSING, CannedText, Draft, DraftQuerySet, Writing, drafts_of

__all__ = [
    "CLOSING",
    "CannedText",
    "Deed",
    "Draft",
    "DraftQuerySet",
    "IdeaDeed",
    "IdeaVerb",
    "Note",
    "SavedView",
    "Snooze",
    "Taken",
    "Verb",
    "Writing",
    "asleep",
    "awake",
    "drafts_of",
    "latest_for",
    "notes_on",
    "of_its_office",
    "taken_by",
]
