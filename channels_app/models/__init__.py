"""Messages and what belongs to them; contacts and the outbox; routing."""

from channels_app.models.accounts import Account, AccountState, Checkpoint, Network
from channels_app.models.additions import Addition, AdditionKind
from channels_app.models.articles import ArticleTally, KnowledgeArticle
from channels_app.models.attachments import Attachment, PhotoChange, PhotoState, PhotoTrouble
from channels_app.models.background import AgeGroup, Background, Gender, YesNo
from channels_app.models.calendars import CalendarLink
from channels_app.models.choices import Channel, Kind, SetAsideReason
from channels_app.models.clients import ApiClient, Scope
from channels_app.models.clocks import Round
from channels_app.models.confirmations import Confirmation
from channels_app.models.contacts import Contact, ContactKind, Person
from channels_app.models.counts import CountChange, CountedBy, DayCount, MiddleTime, Span
from channels_app.models.deliveries import Delivery
from channels_app.models.delivery_events import DeliveryEvent
from channels_app.models.erasures import AccessReview, Erasure, ErasureCause, Export
from channels_app.models.inbound import Enclosure, InboundEvent, KeptBecause, Thread
from channels_app.models.lanes import Lane
from channels_app.models.message_steps import MessageStep, MessageStepNote
from channels_app.models.messages import Message
from channels_app.models.notices import Notice
from channels_app.models.on_behalf import SpokenFor
from channels_app.models.parts import Asked
from channels_app.models.passages import KnownWord, Passage, PassageDue, PassageKind
from channels_app.models.places import BoroughDuty, Boundary
from channels_app.models.posts import Copy, Post
from channels_app.models.publication import PublicationChange
from channels_app.models.ratings import Felt, Rating
from channels_app.models.readership import HeldReason, HiddenReason, Publication
from channels_app.models.readings import Reading
from channels_app.models.reminders import Level, Reminder
from channels_app.models.replies import Ground, Outcome, Reply, ReplyKind
from channels_app.models.routing import RoutingDecision, RoutingRule
from channels_app.models.sheets import Sheet
from channels_app.models.topics import Follow, Topic, TopicKind

__all__ = [
    "AccessReview",
    "Account",
    "AccountState",
    "Addition",
    "AdditionKind",
    "AgeGroup",
    "ApiClient",
    "ArticleTally",
    "Asked",
    "Attachment",
    "Background",
    "BoroughDuty",
    "Boundary",
    "CalendarLink",
    "Channel",
    "Checkpoint",
    "Confirmation",
    "Contact",
    "ContactKind",
    "Copy",
    "CountChange",
    "CountedBy",
    "DayCount",
    "Delivery",
    "DeliveryEvent",
    "Enclosure",
    "Erasure",
    "ErasureCause",
    "Export",
    "Felt",
    "Follow",
    "Gender",
    "Ground",
    "HeldReason",
    "HiddenReason",
    "InboundEvent",
    "KeptBecause",
    "Kind",
    "KnowledgeArticle",
    "KnownWord",
    "Lane",
    "Level",
    "Message",
    "MessageStep",
    "MessageStepNote",
    "MiddleTime",
    "Network",
    "Notice",
    "Outcome",
    "Passage",
    "PassageDue",
    "PassageKind",
    "Person",
    "PhotoChange",
    "PhotoState",
    "PhotoTrouble",
    "Post",
    "Publication",
    "PublicationChange",
    "Rating",
    "Reading",
    "Reminder",
    "Reply",
    "ReplyKind",
    "Round",
    "RoutingDecision",
    "RoutingRule",
    "Scope",
    "SetAsideReason",
    "Sheet",
    "Span",
    "SpokenFor",
    "Thread",
    "Topic",
    "TopicKind",
    "YesNo",
]
