"""The verbs of the desk."""

from desk.actions.drafts import drop_draft, keep_draft, send

__all__ = ["drop_draft", "keep_draft", "send"]
