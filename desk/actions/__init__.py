"""The verbs of the desk."""

from desk.actions.deeds import hand_back, join, route, set_aside, undo
from desk.actions.drafts import drop_draft, keep_draft, send
from desk.actions.ideas import (
    answer_all_in_place,
    assign_all,
    decline_all,
    pick_all,
    put_all_off,
    refuse_all,
    send_all_back,
    undo_ideas,
)
from desk.actions.notes import may_note, write_note
from desk.actions.saving import drop_view, save_view
from desk.actions.turns import let_go, snooze, take, wake

__all__ = [
    "answer_all_in_place",
    "assign_all",
    "decline_all",
    "drop_draft",
    "drop_view",
    "hand_back",
    "join",
    "keep_draft",
    "let_go",
    "may_note",
    "pick_all",
    "put_all_off",
    "refuse_all",
    "route",
    "save_view",
    "send",
    "send_all_back",
    "set_aside",
    "snooze",
    "take",
    "undo",
    "undo_ideas",
    "wake",
    "write_note",
]
