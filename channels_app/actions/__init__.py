"""The verbs of hearing and answering: one function, one transaction each."""

from channels_app.actions.answering import (
    Refusal,
    answer,
    ask_back,
    promise,
    publish,
    put_off,
    report_progress,
    take_back,
)
from channels_app.actions.asking_who import tell_background
from channels_app.actions.clients import make_client, renew_token
from channels_app.actions.coming_back import (
    add_words,
    appeal,
    confirm_fixed,
    read_words,
    reopen,
    stop_waiting,
)
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
from channels_app.actions.following import (
    confirm_follow,
    end_follow,
    follow,
    follow_again,
    make_calendar_link,
    mute,
    open_topics,
    refuse_follow,
    topic_of,
    unmute,
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
from channels_app.actions.rating import rate
from channels_app.actions.reaching import confirm_contact, refuse_contact
from channels_app.actions.receiving import KeyReusedError, Said, receive
from channels_app.actions.recounting import recount
from channels_app.actions.reminding import remind, tell_offices
from channels_app.actions.restoring import hold_restored, send_restored, settle_restored
from channels_app.actions.routing import consider, consider_all, hand_back, route
from channels_app.actions.screening import flag, hide, report, restore, set_aside, show
from channels_app.actions.screening_many import Screened, Verdict, screen_all
from channels_app.actions.splitting import put_together, split
from channels_app.actions.telling import tell_late, tell_news

__all__ = [
    "KeyReusedError",
    "Refusal",
    "Said",
    "Screened",
    "Verdict",
    "add_words",
    "answer",
    "answer_part",
    "appeal",
    "ask_back",
    "ask_office",
    "attach_photos",
    "confirm_contact",
    "confirm_fixed",
    "confirm_follow",
    "consider",
    "consider_all",
    "deliver",
    "draw_boroughs",
    "draw_photo",
    "drop_photo",
    "end_follow",
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
    "follow",
    "follow_again",
    "forget_drafts",
    "forget_readings",
    "give_up_claim",
    "hand_back",
    "hide",
    "hide_photo",
    "hold_restored",
    "join",
    "keep_photo",
    "make_calendar_link",
    "make_client",
    "move_photos",
    "mute",
    "open_topics",
    "promise",
    "publish",
    "put_off",
    "put_together",
    "rate",
    "read_words",
    "receive",
    "recount",
    "refuse_contact",
    "refuse_follow",
    "remind",
    "renew_token",
    "reopen",
    "report",
    "report_progress",
    "restore",
    "review_readings",
    "route",
    "screen_all",
    "send_again",
    "send_restored",
    "set_aside",
    "settle",
    "settle_restored",
    "show",
    "show_photo",
    "split",
    "stop_waiting",
    "take_back",
    "tell_background",
    "tell_late",
    "tell_news",
    "tell_offices",
    "topic_of",
    "try_paused_lanes",
    "un_join",
    "unmute",
    "word_photo",
    "word_photos",
    "would_erase",
    "would_erase_contact",
    "would_erase_person",
]
