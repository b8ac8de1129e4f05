"""The verbs of hearing and answering: one function, one transaction each."""

from channels_app.actions.answering import answer, publish, take_back
from channels_app.actions.delivering import (
    deliver,
    give_up_claim,
    send_again,
    settle,
    try_paused_lanes,
)
from channels_app.actions.reaching import confirm_contact, refuse_contact
from channels_app.actions.receiving import KeyReusedError, Said, receive
from channels_app.actions.routing import consider, hand_back, route
from channels_app.actions.screening import hide, report, restore, set_aside, show

__all__ = [
    "KeyReusedError",
    "Said",
    "answer",
    "confirm_contact",
    "consider",
    "deliver",
    "give_up_claim",
    "hand_back",
    "hide",
    "publish",
    "receive",
    "refuse_contact",
    "report",
    "restore",
    "route",
    "send_again",
    "set_aside",
    "settle",
    "show",
    "take_back",
    "try_paused_lanes",
]
