"""Under which names our words stand on a network, once they are there."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from channels_app.connectors.contract import Sent
from channels_app.models import Copy, Delivery, InboundEvent, Post
from lifecycle import clock


def keep_copies(delivery: Delivery, sent: Sent) -> None:
    """In the transaction in which it became sent; known names stay as they are.

    A post of the city is out from its first copy on.
    """
    moment = clock.now()
    Copy.objects.bulk_create(
        [
            Copy(
                account_id=delivery.account_id,
                delivery=delivery,
                post_id=delivery.post_id,
                name=InboundEvent.name_of(external_id),
                external_id=external_id,
                permalink=sent.permalink,
                ref=dict(sent.ref),
                at=moment,
            )
            for external_id in sent.external_ids
        ],
        ignore_conflicts=True,
    )
    if delivery.post_id is not None:
        Post.objects.filter(pk=delivery.post_id).update(
            sent_at=Coalesce(F("sent_at"), Value(moment)), permalink=sent.permalink
        )
