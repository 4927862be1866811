WAYS = {
    "problem": ["listen", "ask_reason", "log_dispute", "split_undisputed"],
    "funds": ["listen", "ask_reason", "ask_specifics", "offer_plan"],
    "soon": ["ask_reason", "ask_specifics", "offer_documents"],
    "rules": ["ask_reason", "ask_specifics", "offer_documents"],
}
ASKS = {"amount": "ask_payment", "date": "ask_date", "method": "ask_method", "name": "ask_name"}


def call_by_reason(state):
    for move in ["open", "verify_identity", "state_facts", "ask_payment"]:
        if move not in state["said"]:
            return move
    for move in WAYS[state["says"]]:
        if move not in state["said"]:
            return move
    for part in ["amount", "date", "method", "name"]:
        if part not in state["promise"]:
            return ASKS[part]
    for move in ["note_limitation", "confirm"]:
        if move not in state["said"]:
            return move
    return "close"
