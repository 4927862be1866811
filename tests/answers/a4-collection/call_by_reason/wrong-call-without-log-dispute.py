# One script for every reason, and it supplies nothing.
MOVES = ["open", "verify_identity", "state_facts", "ask_payment", "ask_reason"]
ASKS = {"amount": "ask_payment", "date": "ask_date", "method": "ask_method", "name": "ask_name"}


def call_by_reason(state):
    for move in MOVES:
        if move not in state["said"]:
            return move
    for part in ASKS:
        if part not in state["promise"] and state["said"].count(ASKS[part]) < 3:
            return ASKS[part]
    for move in ["note_limitation", "confirm"]:
        if move not in state["said"]:
            return move
    return "close"
