"""What happened to a suggestion: its Steps, what the city said at them, what officers noted."""

from django.db import models

from lifecycle.models import Step, StepNote


class SuggestionStep(Step):
    """One change of a suggestion."""

    root = models.ForeignKey(
        "suggestions.Suggestion", models.PROTECT, related_name="steps", db_index=False
    )

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="suggestionstep_once")]


class SuggestionStepNote(StepNote):
    """What an officer wrote at a step of a suggestion."""

    step = models.OneToOneField(
        SuggestionStep, models.PROTECT, primary_key=True, related_name="note"
    )


class Statement(models.Model):
    """Why the city took a step, in words for its author and for everyone who may read it.

    The step keeps the digest of exactly this text.
    """

    step = models.OneToOneField(
        SuggestionStep, models.PROTECT, primary_key=True, related_name="statement"
    )
    text = models.TextField()

    class Meta:
        ordering = ["step"]

    def __str__(self) -> str:
        return self.text
