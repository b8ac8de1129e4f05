"""`./portal demo`: accounts and invented voices, dated from today; safe to run again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from people import demo as accounts
from seoul_portal.demo import (
    abuse,
    answers,
    api,
    committees,
    conversation,
    dashboards,
    desk,
    finished,
    following,
    idea_answers,
    ideas,
    knowledge,
    mail,
    masking,
    open_data,
    phone,
    photos,
    places,
    privacy,
    promise,
    record,
    routing,
    search,
    talking,
)
from seoul_portal.demo.play import Stage
from seoul_portal.demo.voices import VOICES

SCENES = (
    masking.play,
    places.play,
    routing.play,
    photos.play,
    abuse.play,
    api.play,
    privacy.play,
    promise.play,
    answers.play,
    desk.play,
    phone.play,
    mail.play,
    ideas.play,
    idea_answers.play,
    knowledge.play,
    following.play,  # after the others: it tells what they have done
    search.play,
    conversation.play,
    committees.play,
    finished.play,
    talking.play,
    following.play,  # it tells what the others have done
    dashboards.play,  # it counts them all
    open_data.play,  # it writes all of it down
    record.play,  # last: it seals every step
)


class Command(BaseCommand):
    """Play the invented voices through the real actions."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError on a portal that is no demonstration."""
        if not settings.PORTAL_DEMO:
            raise CommandError("This portal is no demonstration: set PORTAL_DEMO=1 to load one.")
        accounts.make_accounts()
        stage = Stage()
        quiet = options["verbosity"] < 1
        for voice in tqdm(VOICES, desc="voices", unit="voice", disable=quiet):
            stage.play(voice)
        for scene in tqdm(SCENES, desc="scenes", unit="scene", disable=quiet):
            scene(stage.now)
