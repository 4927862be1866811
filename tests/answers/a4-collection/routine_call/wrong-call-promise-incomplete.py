# One list for everybody: enough for those who answer at once, not for somebody slow.
MOVES = [
    "open",
    "verify_identity",
    "state_facts",
    "ask_payment",
    "stay_silent",
    "ask_reason",
    "ask_specifics",
    "ask_specifics",
    "offer_documents",
    "ask_date",
    "ask_payment",
    "ask_date",
    "ask_method",
    "ask_name",
    "note_limitation",
    "confirm",
    "close",
]


def routine_call(state):
    number = min(len(state["said"]), len(MOVES) - 1)
    return MOVES[number]
