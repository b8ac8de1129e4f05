"""Messages and what belongs to them; contacts and the outbox; routing."""

from channels_app.models.contacts import Contact, ContactKind
from channels_app.models.deliveries import Delivery, DeliveryEvent
from channels_app.models.lanes import Lane
from channels_app.models.messages import (
    Channel,
    HiddenReason,
    Kind,
    Message,
    MessageStep,
    MessageStepNote,
    Publication,
    SetAsideReason,
)
from channels_app.models.publication import PublicationChange
from channels_app.models.readings import Reading
from channels_app.models.replies import Reply
from channels_app.models.routing import RoutingDecision, RoutingRule

__all__ = [
    "Channel",
    "Contact",
    "ContactKind",
    "Delivery",
    "DeliveryEvent",
    "HiddenReason",
    "Kind",
    "Lane",
    "Message",
    "MessageStep",
    "MessageStepNote",
    "Publication",
    "PublicationChange",
    "Reading",
    "Reply",
    "RoutingDecision",
    "RoutingRule",
    "SetAsideReason",
]
