"""What our mails say: composed from the row at the moment they leave."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app import duties, news, notices
from channels_app.connectors.mail import Letter
from channels_app.connectors.reading_mail import ABOVE
from channels_app.models import Account, Delivery, DeliveryEvent, InboundEvent, Message
from channels_app.states import DeliveryState


class Words(NamedTuple):
    """What one mail says, and what its template was given."""

    subject: str
    body: str
    needs: dict[str, Any]


def compose(delivery: Delivery) -> Letter:
    """The mail of this row, in the language the person wrote from.

    To an address nobody has confirmed it holds no word of the sender and no answer, only the
    number and a link that asks "is this yours?".
    """
    if delivery.office is not None:
        return _to_office(delivery)
    contact = delivery.recipient
    with translation.override(news.language_of(delivery)):
        subject, body, needs = words_of(delivery)
        mails, mailbox = _mails_of(delivery), _mailbox(delivery)
        if mailbox and contact.is_confirmed:  # nobody else is asked to go on
            line = _("To answer, write above this line. Your words go to the office.")
            body = f"{ABOVE} {line}\n\n{body}"
    if mails.subject and contact.is_confirmed:  # or its program would show another conversation
        subject = f"Re: {mails.subject}"
    return Letter(
        key=message_id(delivery),
        text=body + "\n",
        reply_to={"ids": " ".join(mails.ids)},
        created_at=delivery.created_at,
        to=contact.address,
        subject=subject,
        mailbox=mailbox,
        unsubscribe=needs.get("stop_link", ""),
    )


def words_of(delivery: Delivery) -> Words:
    """Its words in the language that is active."""
    needs = {"banner": settings.OPERATOR_BANNER, "code": delivery.code}
    if delivery.message is not None:
        needs |= _of_message(delivery, delivery.message)
    needs |= notices.needs_of(delivery) if _tells_of_topics(delivery) else news.needs_of(delivery)
    words = render_to_string(f"mail/{news.template_of(delivery)}.txt", needs)
    subject, _newline, body = words.strip().partition("\n")
    return Words(subject, body.strip(), needs)


def _tells_of_topics(delivery: Delivery) -> bool:
    """Nothing in it is about a message of its reader."""
    return delivery.message is None or delivery.notice_id is not None


def _of_message(delivery: Delivery, message: Message) -> dict[str, Any]:
    contact = delivery.recipient
    ask_url = reverse("mail_link", args=[message.code, contact.token_for(message.code)])
    private = message.private_url() if contact.is_confirmed else ask_url
    return {
        "message": message,
        "reply": delivery.reply,
        "answer": _answer_in(delivery),
        "whole": _is_own(delivery),
        "confirmed": contact.is_confirmed,
        "link": settings.SITE_URL + private,
        "refuse_link": settings.SITE_URL + ask_url,
        "rate_link": settings.SITE_URL + message.private_url("case_rate"),
    }


def _to_office(delivery: Delivery) -> Letter:
    """What an office owes, to whoever holds it now, in Korean; no word of a citizen."""
    with translation.override("ko"):
        needs = {"duties": duties.owed(delivery), "office": delivery.office}
        words = render_to_string("mail/duty.txt", needs)
    subject, _newline, body = words.strip().partition("\n")
    to, *others = duties.holders(delivery)
    return Letter(
        key=message_id(delivery),
        text=body.strip() + "\n",
        created_at=delivery.created_at,
        to=to,
        others=tuple(others),
        subject=subject,
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
    return f"<{delivery.code}.{delivery.key}@{settings.MAIL_DOMAIN}>"


class Mails(NamedTuple):
    """What this person has of the conversation: ids, the newest last, and what they called it."""

    ids: tuple[str, ...] = ()
    subject: str = ""


def _mails_of(delivery: Delivery) -> Mails:
    """Their own mails about the message, and ours that they have, or may have."""
    if delivery.event == DeliveryEvent.DIGEST:  # each day is a conversation of its own
        return Mails()
    same = Q(message=delivery.message) if delivery.message else Q(follow=delivery.follow)
    earlier = Delivery.objects.filter(
        same,
        contact=delivery.contact,
        channel=delivery.channel,
        state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN),
        pk__lt=delivery.pk,
    ).select_related("message", "notice__topic", "follow__topic")
    found = [(row.created_at, message_id(row)) for row in earlier]
    subject = ""
    if delivery.is_of_author:
        for event in InboundEvent.objects.of_mail().filter(message=delivery.message):
            ref = event.ref
            subject = subject or ref.get("subject", "")
            if ref.get("id"):
                found.append((event.received_at, f"<{ref['id']}>"))
    return Mails(tuple(name for _moment, name in sorted(found)), subject)


def _mailbox(delivery: Delivery) -> str:
    """The mailbox whose mails we read: the one it came by, else the first; "" where none is."""
    if not delivery.is_of_author:
        return ""
    boxes = Account.objects.of_mail().open()
    own = boxes.filter(events__message=delivery.message).values_list("handle", flat=True)
    first: str | None = own.first() or boxes.values_list("handle", flat=True).first()
    return first or ""
