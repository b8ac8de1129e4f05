"""What lies on an officer's desk."""

from desk.models.writing import CLOSING, CannedText, Draft, DraftQuerySet, Writing, drafts_of

__all__ = ["CLOSING", "CannedText", "Draft", "DraftQuerySet", "Writing", "drafts_of"]
