"""On which occasions something leaves the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryEvent(models.TextChoices):
    """What it says."""

    RECEIPT = "receipt", _("we received it")
    ANSWER = "answer", _("the answer")
    SHOWN = "shown", _("everyone may read it now")
    HIDDEN = "hidden", _("it is not shown, and why")
    NEWS = "news", _("what changed, and the next date")
    LATE = "late", _("its date has passed")
    FOLLOW = "follow", _("do you want to follow it?")
    SPLIT = "split", _("a second matter has a number of its own")
    DUTY = "duty", _("what an office owes")
    NOTICE = "notice", _("what happened, and what comes next")
    DIGEST = "digest", _("all that changed in a day")
    CONFIRM = "confirm", _("was that you?")
    DECIDED = "decided", _("what was decided about your words")
    WAITS = "waits", _("what waits for you in a committee")
    POST = "post", _("what the city says")
    TAKE_BACK = "take_back", _("what the city takes back")
