"""The verbs of hearing and answering: one function, one transaction each."""

from channels_app.actions.answering import answer, publish, take_back
from channels_app.actions.clients import make_client, renew_token
from channels_app.actions.delivering import (
    deliver,
    give_up_claim,
    send_again,
    settle,
    try_paused_lanes,
)
from channels_app.actions.erasing import (
    erase_account,
    erase_again,
    erase_message,
    erase_person,
    expire_contact,
    expire_message,
    expiring,
    forget_readings,
    would_erase,
    would_erase_contact,
    would_erase_person,
)
from channels_app.actions.handing_out import export_own, export_readings, review_readings
from channels_app.actions.joining import join, un_join
from channels_app.actions.outlining import draw_boroughs
from channels_app.actions.parts import answer_part, ask_office
from channels_app.actions.picturing import (
    attach_photos,
    draw_photo,
    drop_photo,
    forget_drafts,
    hide_photo,
    keep_photo,
    move_photos,
    show_photo,
    word_photo,
    word_photos,
)
from channels_app.actions.reaching import confirm_contact, refuse_contact
from channels_app.actions.receiving import KeyReusedError, Said, receive
from channels_app.actions.routing import consider, consider_all, hand_back, route
from channels_app.actions.screening import flag, hide, report, restore, set_aside, show
from channels_app.actions.screening_many import Screened, Verdict, screen_all

__all__ = [
    "KeyReusedError",
    "Said",
    "Screened",
    "Verdict",
    "answer",
    "answer_part",
    "ask_office",
    "attach_photos",
    "confirm_contact",
    "consider",
    "consider_all",
    "deliver",
    "draw_boroughs",
    "draw_photo",
    "drop_photo",
    "erase_account",
    "erase_again",
    "erase_message",
    "erase_person",
    "expire_contact",
    "expire_message",
    "expiring",
    "export_own",
    "export_readings",
    "flag",
    "forget_drafts",
    "forget_readings",
    "give_up_claim",
    "hand_back",
    "hide",
    "hide_photo",
    "join",
    "keep_photo",
    "make_client",
    "move_photos",
    "publish",
    "receive",
    "refuse_contact",
    "renew_token",
    "report",
    "restore",
    "review_readings",
    "route",
    "screen_all",
    "send_again",
    "set_aside",
    "settle",
    "show",
    "show_photo",
    "take_back",
    "try_paused_lanes",
    "un_join",
    "word_photo",
    "word_photos",
    "would_erase",
    "would_erase_contact",
    "would_erase_person",
]
