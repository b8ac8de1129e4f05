"""What the notice on a screen says: the first line of our mail, what it is about, the next date."""

import json

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app import letters, news
from channels_app.connectors.push import Device, Notice
from channels_app.models import Delivery

LONGEST = 240  # of the second line; a notice may hold 4 KB in all


def compose(delivery: Delivery) -> Notice:
    """For which browser, and what it is told: only what everyone may read, and how to stop."""
    with translation.override(news.language_of(delivery)):
        words = letters.words_of(delivery)
        told = render_to_string("push/notice.txt", words.needs).strip()
        notice = {
            "title": words.subject,
            "body": told[:LONGEST],
            "lang": translation.get_language(),
            "link": words.needs["link"].removeprefix(settings.SITE_URL),
            "stop": words.needs["stop_link"].removeprefix(settings.SITE_URL),
            "stop_words": _("Stop"),
            "tag": str(delivery.key),
        }
    device = Device.of_text(delivery.recipient.address)
    return Notice(
        key=str(delivery.key),
        text=json.dumps(notice),
        created_at=delivery.created_at,
        device=device,
    )
