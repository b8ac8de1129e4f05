"""What leaves through an account of the city: composed at the moment it leaves, as long as fits."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from channels_app import letters, news
from channels_app.connectors.contract import Caps, Outbound, Ref
from channels_app.connectors.lengths import cut
from channels_app.connectors.texting import Text
from channels_app.models import ContactKind, Delivery, DeliveryEvent, InboundEvent, Message, Thread


def compose(delivery: Delivery, caps: Caps) -> Outbound:
    """A post of the city, an answer below what it answers, or a text to a telephone."""
    if delivery.post is not None:
        return Outbound(
            key=str(delivery.key),
            text=delivery.post.text,
            visibility="public",
            created_at=delivery.created_at,
            urgent=delivery.urgent,
            language=delivery.post.language,
        )
    language = news.language_of(delivery)
    with translation.override(language):
        if delivery.channel == ContactKind.PHONE:
            return _text(delivery, caps)
        return _below(delivery, caps, language)


def _text(delivery: Delivery, caps: Caps) -> Text:
    """Our number answers: the same words as a mail, without what only a mail can hold."""
    words, link = _words(delivery), _private_link(delivery)
    return Text(
        key=str(delivery.key),
        text=cut(words, most=caps.max_len, unit=caps.unit, tail=f"\n{link}" if link else ""),
        created_at=delivery.created_at,
        urgent=delivery.urgent,
        to=delivery.recipient.address,
    )


def _below(delivery: Delivery, caps: Caps, language: str) -> Outbound:
    """Where its author wrote: what everyone reads there is masked, and leads to the public page."""
    thread = _thread(delivery)
    is_public = thread is not None and thread.is_public
    link = _public_link(delivery.told_of) if is_public else _private_link(delivery)
    return Outbound(
        key=str(delivery.key),
        text=cut(
            _words(delivery, masked=is_public),
            most=caps.max_len,
            unit=caps.unit,
            tail=f"\n{link}" if link else "",
        ),
        reply_to=_ref(delivery),
        visibility="public" if is_public else "private",
        created_at=delivery.created_at,
        urgent=delivery.urgent,
        language=language,
    )


def _words(delivery: Delivery, *, masked: bool = False) -> str:
    """An answer is itself; everything else is the first line of our mail."""
    reply = delivery.reply
    if reply is not None and delivery.event == DeliveryEvent.ANSWER:
        own = reply.message_id == delivery.message_id and not masked
        needs = {"reply": reply, "answer": reply.text if own else reply.masked_text}
        return render_to_string("net/answer.txt", needs).strip()
    return letters.words_of(delivery).subject


def _thread(delivery: Delivery) -> Thread | None:
    return Thread.objects.filter(account=delivery.account, message=delivery.message).first()


def _ref(delivery: Delivery) -> Ref:
    """What its author wrote last is what is answered."""
    event = (
        InboundEvent.objects.filter(
            account=delivery.account, message=delivery.message, kind="message"
        )
        .order_by("-pk")
        .first()
    )
    return event.ref if event is not None else {}


def _public_link(message: Message) -> str:
    """Where everyone reads on; nothing where the page shows nothing."""
    return settings.SITE_URL + message.get_absolute_url() if message.is_public else ""


def _private_link(delivery: Delivery) -> str:
    """For its author alone; others of the same matter read the public page."""
    return settings.SITE_URL + delivery.told_of.private_url() if delivery.is_of_author else ""
