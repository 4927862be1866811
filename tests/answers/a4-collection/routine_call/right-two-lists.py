FIRST = [
    "open",
    "verify_identity",
    "state_facts",
    "ask_payment",
    "ask_reason",
    "ask_specifics",
    "offer_documents",
]
LAST = ["note_limitation", "confirm", "close"]


def routine_call(state):
    for move in FIRST:
        if move not in state["said"]:
            return move
    for part in ["amount", "date", "method", "name"]:
        if part not in state["promise"]:
            return "ask_payment" if part == "amount" else "ask_" + part
    for move in LAST:
        if move not in state["said"]:
            return move
