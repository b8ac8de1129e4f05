"""What our mails say: composed from the row at the moment they leave."""

from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app import duties, news
from channels_app.connectors.mail import Letter
from channels_app.connectors.reading_mail import ABOVE
from channels_app.models import Account, Delivery, InboundEvent
from channels_app.states import DeliveryState


def compose(delivery: Delivery) -> Letter:
    """The mail of this row, in the language the person wrote from.

    To an address nobody has confirmed it holds no word of the sender and no answer, only the
    number and a link that asks "is this yours?".
    """
    if delivery.office is not None:
        return _to_office(delivery)
    message, contact = delivery.message, delivery.recipient
    with translation.override(news.language_of(delivery)):
        ask_url = reverse("mail_link", args=[message.code, contact.token_for(message.code)])
        needs = {
            "message": message,
            "reply": delivery.reply,
            "answer": _answer_in(delivery),
            "whole": _is_own(delivery),
            "confirmed": contact.is_confirmed,
            "link": settings.SITE_URL
            + (message.private_url() if contact.is_confirmed else ask_url),
            "refuse_link": settings.SITE_URL + ask_url,
            "rate_link": settings.SITE_URL + message.private_url("case_rate"),
            "banner": settings.OPERATOR_BANNER,
            **news.needs_of(delivery),
        }
        words = render_to_string(f"mail/{news.template_of(delivery)}.txt", needs)
        subject, _newline, body = words.strip().partition("\n")
        mails, reply_to = _mails_of(delivery), _reply_to(delivery)
        if reply_to and contact.is_confirmed:  # nobody else is asked to go on
            line = _("To answer, write above this line. Your words go to the office.")
            body = f"{ABOVE} {line}\n\n{body.strip()}"
    if mails.subject and contact.is_confirmed:  # or its program would show another conversation
        subject = f"Re: {mails.subject}"
    return Letter(
        to=contact.address,
        subject=subject,
        body=body.strip() + "\n",
        message_id=message_id(delivery),
        references=mails.ids,
        reply_to=reply_to,
        unsubscribe=needs.get("stop_link", ""),
    )


def _to_office(delivery: Delivery) -> Letter:
    """What an office owes, to whoever holds it now, in Korean; no word of a citizen."""
    with translation.override("ko"):
        needs = {"duties": duties.owed(delivery), "office": delivery.office}
        words = render_to_string("mail/duty.txt", needs)
    subject, _newline, body = words.strip().partition("\n")
    to, *others = duties.holders(delivery)
    return Letter(
        to=to,
        others=tuple(others),
        subject=subject,
        body=body.strip() + "\n",
        message_id=message_id(delivery),
    )


def _answer_in(delivery: Delivery) -> str:
    """Whole to who asked; to others of the same matter as everyone may read it."""
    reply = delivery.reply
    if reply is None:
        return ""
    return reply.text if _is_own(delivery) else reply.masked_text


def _is_own(delivery: Delivery) -> bool:
    """Whether it answers the reader's own message."""
    reply = delivery.reply
    own = reply is not None and reply.message_id == delivery.message_id
    return own and delivery.follow_id is None


def message_id(delivery: Delivery) -> str:
    """The same for ever, so that a repeat is recognised."""
    return f"<{delivery.message.code}.{delivery.key}@{settings.MAIL_DOMAIN}>"


class Mails(NamedTuple):
    """What this person has of the conversation: ids, the newest last, and what they called it."""

    ids: tuple[str, ...] = ()
    subject: str = ""


def _mails_of(delivery: Delivery) -> Mails:
    """Their own mails about the message, and ours that they have, or may have."""
    earlier = Delivery.objects.filter(
        message=delivery.message,
        contact=delivery.contact,
        state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN),
        pk__lt=delivery.pk,
    ).select_related("message")
    found = [(row.created_at, message_id(row)) for row in earlier]
    subject = ""
    if delivery.is_of_author:
        for event in InboundEvent.objects.of_mail().filter(message=delivery.message):
            ref = event.ref
            subject = subject or ref.get("subject", "")
            if ref.get("id"):
                found.append((event.received_at, f"<{ref['id']}>"))
    return Mails(tuple(name for _moment, name in sorted(found)), subject)


def _reply_to(delivery: Delivery) -> str:
    """The mailbox whose mails we read: the one it came by, else the first; "" where none is."""
    if not delivery.is_of_author:
        return ""
    boxes = Account.objects.of_mail().open()
    own = boxes.filter(events__message=delivery.message).values_list("handle", flat=True)
    first: str | None = own.first() or boxes.values_list("handle", flat=True).first()
    return first or ""
