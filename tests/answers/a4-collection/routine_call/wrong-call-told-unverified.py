MOVES = [
    "open",
    "state_facts",
    "verify_identity",
    "ask_payment",
    "ask_reason",
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
