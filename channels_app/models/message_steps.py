"""What happened to a message: its Steps, and what officers wrote at them."""

from django.db import models

from lifecycle.models import Step, StepNote


class MessageStep(Step):
    """One change of a message."""

    root = models.ForeignKey(
        "channels_app.Message", models.PROTECT, related_name="steps", db_index=False
    )

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="messagestep_once")]


class MessageStepNote(StepNote):
    """What an officer wrote at a step of a message."""

    step = models.OneToOneField(MessageStep, models.PROTECT, primary_key=True, related_name="note")
