"""Messages and what belongs to them; contacts and the outbox; routing."""

from channels_app.models.attachments import Attachment, PhotoChange, PhotoState, PhotoTrouble
from channels_app.models.choices import Channel, Kind, SetAsideReason
from channels_app.models.clients import ApiClient
from channels_app.models.contacts import Contact, ContactKind
from channels_app.models.deliveries import Delivery, DeliveryEvent
from channels_app.models.erasures import AccessReview, Erasure, ErasureCause, Export
from channels_app.models.lanes import Lane
from channels_app.models.messages import Message, MessageStep, MessageStepNote
from channels_app.models.parts import Asked
from channels_app.models.places import BoroughDuty, Boundary
from channels_app.models.publication import PublicationChange
from channels_app.models.readership import HeldReason, HiddenReason, Publication
from channels_app.models.readings import Reading
from channels_app.models.replies import Reply
from channels_app.models.routing import RoutingDecision, RoutingRule

__all__ = [
    "AccessReview",
    "ApiClient",
    "Asked",
    "Attachment",
    "BoroughDuty",
    "Boundary",
    "Channel",
    "Contact",
    "ContactKind",
    "Delivery",
    "DeliveryEvent",
    "Erasure",
    "ErasureCause",
    "Export",
    "HeldReason",
    "HiddenReason",
    "Kind",
    "Lane",
    "Message",
    "MessageStep",
    "MessageStepNote",
    "PhotoChange",
    "PhotoState",
    "PhotoTrouble",
    "Publication",
    "PublicationChange",
    "Reading",
    "Reply",
    "RoutingDecision",
    "RoutingRule",
    "SetAsideReason",
]
