"""Who may do what with a message that stands where: the written table of states, acts and roles.

Every pair of state and act that is not here is nobody's.
"""

CENTRE, IN_CHARGE, HEAD = {"centre"}, {"jun", "head"}, {"head"}
SYSTEM, AUTHOR = {"system"}, {"author"}
BOTH = CENTRE | IN_CHARGE
Who = set[str]
Row = dict[str, Who]

# Before it is routed the centre is in charge, so Jun is just an officer of another office then.
RECEIVED: Row = {
    "consider": SYSTEM,
    "route": CENTRE,
    "set_aside": CENTRE,
    "hide": CENTRE,
    "show": CENTRE,
    "join": CENTRE,  # the lead lies with the roads: who joins acts for both
    "add_words": AUTHOR,
    "split": CENTRE,
}
SCREENED: Row = {"hide": BOTH, "show": BOTH}
WRITTEN_ON: Row = {
    "answer": IN_CHARGE,
    "put_off": IN_CHARGE,
    "ask_back": IN_CHARGE,
    "ask_office": IN_CHARGE,
    "add_words": AUTHOR,
    "split": BOTH,
}
ROUTED: Row = {
    **SCREENED,
    **WRITTEN_ON,
    "promise": IN_CHARGE,
    "route": BOTH,
    "hand_back": IN_CHARGE,
    "set_aside": BOTH,
    "join": BOTH,
}
ANSWERED: Row = {**SCREENED, "take_back": IN_CHARGE, "publish": SYSTEM}
REPLIED: Row = {**SCREENED, "confirm_fixed": AUTHOR, "rate": AUTHOR}


def without(row: Row, *acts: str, **others: Who) -> Row:
    """The same without these acts, and with others."""
    return {act: who for act, who in row.items() if act not in acts} | others


PERMITTED: dict[str, Row] = {
    "received": RECEIVED,
    "routed": ROUTED,
    # Given away three times: the centre has decided.
    "bound": without(ROUTED, "hand_back", route=CENTRE),
    # Sora's office owes a part.
    "asked": without(ROUTED, "ask_office", answer_part={"sora"}),
    # Its date was named two times already: from now on only its head may.
    "put_off_twice": without(ROUTED, put_off=HEAD),
    # Its author was asked back: the date is nobody's until the answer.
    "waiting": without(ROUTED, "put_off", "ask_back", stop_waiting=SYSTEM),
    "at_work": {**SCREENED, **WRITTEN_ON, "report_progress": IN_CHARGE},
    "answered": ANSWERED,
    "work_answered": ANSWERED,
    "replied": {**REPLIED, "reopen": AUTHOR},
    "set_aside": {**SCREENED, "restore": BOTH, "reopen": AUTHOR},
    "joined": {**SCREENED, "un_join": BOTH},
    # The answer to its lead came, and is no answer to it.
    "joined_replied": {**SCREENED, "un_join": BOTH, "reopen": AUTHOR, "rate": AUTHOR},
    # Its author has come back with it: it is answered alone.
    "reopened": without(ROUTED, "join", rate=AUTHOR),
    "replied_again": {**REPLIED, "appeal": AUTHOR},
    # An appeal: nobody passes it on, hands it back or sets it aside; its head answers.
    "appealed": {
        **SCREENED,
        **dict.fromkeys(("answer", "put_off", "ask_back", "promise"), HEAD),
        "ask_office": IN_CHARGE,
        "add_words": AUTHOR,
        "split": BOTH,
        "rate": AUTHOR,  # the answer before the appeal
    },
    "replied_for_good": REPLIED,
}
LEADS_TO = {
    "consider": "routed",
    "route": "routed",
    "hand_back": "received",
    "answer": "answered",
    "promise": "at_work",
    "take_back": "routed",
    "publish": "replied",
    "set_aside": "set_aside",
    "restore": "received",
    "join": "joined",
    "un_join": "received",
    "reopen": "routed",
    "appeal": "routed",
}
LEADS_ELSEWHERE = {("set_aside", "reopen"): "received", ("work_answered", "take_back"): "at_work"}
# A Step that leaves the status; only where nobody was asked do words leave no Step.
STEPS_ASIDE = {"put_off", "report_progress", "ask_back", "stop_waiting", "split"}
NO_STEP = {"show", "hide", "ask_office", "answer_part", "confirm_fixed", "add_words", "rate"}
MOVES_DATE = {"promise", "put_off", "ask_back", "stop_waiting", "reopen", "appeal"}
COUNTS_AS_MOVED = {"put_off", "ask_back"}
ACTS = (*LEADS_TO, *sorted(STEPS_ASIDE), *sorted(NO_STEP))
