"""Who may do what with a suggestion that stands where: the acts of its first life, in every state.

Every pair of state and act that is not here is nobody's. "listener" is of the listening team,
"head" heads the department that would answer, "jun" is its officer.
"""

MODERATORS = {"centre", "listener"}
LISTENER, HEAD, CENTRE = {"listener"}, {"head"}, {"centre"}
AUTHOR, SYSTEM, CITIZEN = {"author"}, {"system"}, {"supporter"}
ABOVE = {"mayor"}  # the roads have no bureau above them
IN_CHARGE = {"jun", "head"}
Who = set[str]
Row = dict[str, Who]

COUNTED: Row = {"enter_paper": MODERATORS}
SUBMITTED: Row = {
    "publish": MODERATORS,
    "refuse": MODERATORS,
    "send_back": MODERATORS,
    "redirect": CENTRE,
    "withdraw": AUTHOR,
}
GATHERING: Row = {
    **COUNTED,
    "pick": LISTENER | HEAD,
    "rescue": MODERATORS,
    "assign": LISTENER,
    "withdraw": AUTHOR,
    "support": CITIZEN,
}
LATER = (
    "passed_on",
    "long_term",
    "candidate",
    "on_agenda",
    "discussed",
    "deliberating",
    "in_committee",
    "adopted",
    "implementing",
    "claimed_done",
    "implemented",
)
PERMITTED: dict[str, Row] = {
    "submitted": SUBMITTED,
    "returned": {"correct": AUTHOR, "give_up": SYSTEM, "withdraw": AUTHOR},
    "refused": {"appeal": AUTHOR},
    # The centre's officer refused it: somebody else decides.
    "refused_appealed": {"uphold": LISTENER, "reject": LISTENER},
    "redirected": {},
    "open": {**GATHERING, "redirect": CENTRE},
    # Its time for support is over, and the sweep has not been there yet.
    "closing": {**GATHERING, "redirect": CENTRE, "fall_asleep": SYSTEM},
    "dormant": {**GATHERING, "look_again": SYSTEM},
    "withdrawn": {},
    "under_review": {**COUNTED, "assign": LISTENER | IN_CHARGE, "withdraw": AUTHOR},
    # Others support it already: it is theirs too.
    "supported": {
        **{act: who for act, who in GATHERING.items() if act != "withdraw"},
        "redirect": CENTRE,
        "invalidate": MODERATORS,
    },
    # Enough support, of which so much was false that too little is left.
    "falsely_reached": {
        **COUNTED,
        "assign": LISTENER | IN_CHARGE,
        "unlatch": MODERATORS,
        "revalidate": MODERATORS,
        "invalidate": MODERATORS,
    },
    # A hundred people: the listening team owes a decision about a forum.
    "owed": {
        **COUNTED,
        "assign": LISTENER | IN_CHARGE,
        "settle": LISTENER,
        "take_paper_back": MODERATORS,
    },
    # From here on others decide; signatures on paper say something until the end.
    **dict.fromkeys(LATER, COUNTED),
    "in_place": {"appeal": AUTHOR},
    "declined": {"appeal": AUTHOR},
    "in_place_appealed": {"uphold": ABOVE, "reject": ABOVE},
    "declined_appealed": {"uphold": ABOVE, "reject": ABOVE},
    "evaluated": {},
}
LEADS_TO = {
    "publish": "open",
    "refuse": "refused",
    "send_back": "returned",
    "redirect": "redirected",
    "withdraw": "withdrawn",
    "give_up": "withdrawn",
    "correct": "submitted",
    "uphold": "submitted",
    "pick": "under_review",
    "rescue": "open",
    "fall_asleep": "dormant",
    "look_again": "dormant",
    "unlatch": "open",
}
# What the city said no to is looked at again, not screened again.
UPHELD = {"declined": "under_review", "in_place": "under_review"}
# A Step that leaves the status; what leaves no Step of the suggestion.
STEPS_ASIDE = {"assign"}
NO_STEP = {
    "support",
    "appeal",
    "reject",
    "enter_paper",
    "take_paper_back",
    "invalidate",
    "revalidate",
    "settle",
}
ACTS = (*LEADS_TO, *sorted(STEPS_ASIDE), *sorted(NO_STEP))
