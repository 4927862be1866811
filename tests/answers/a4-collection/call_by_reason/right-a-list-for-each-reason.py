PAPERS = ["ask_reason", "ask_specifics", "offer_documents"]
WAYS = {
    "problem": ["listen", "ask_reason", "ask_specifics", "log_dispute", "split_undisputed"],
    "funds": ["listen", "ask_reason", "ask_specifics", "offer_plan", "ask_security"],
}
PARTS = {"amount": "ask_payment", "date": "ask_date", "method": "ask_method", "name": "ask_name"}


def call_by_reason(state):
    for move in ["open", "verify_identity", "state_facts", "ask_payment"]:
        if move not in state["said"]:
            return move
    for move in WAYS.get(state["says"], PAPERS):
        if move not in state["said"]:
            return move
    for part in PARTS:
        if part not in state["promise"]:
            return PARTS[part]
    for move in ["note_limitation", "confirm"]:
        if move not in state["said"]:
            return move
    return "close"
