def call_by_reason(state):
    moves = ["open", "verify_identity", "state_facts", "ask_payment"]
    if state["says"] == "problem":
        moves += ["listen", "ask_reason", "log_dispute", "split_undisputed"]
    elif state["says"] == "funds":
        moves += ["listen", "ask_reason", "ask_specifics", "offer_plan", "ask_security"]
    else:
        moves += ["ask_reason", "ask_specifics", "offer_documents"]
    for move in moves:
        if move not in state["said"]:
            return move
    if "amount" not in state["promise"]:
        return "ask_payment"
    if "date" not in state["promise"]:
        return "ask_date"
    if "method" not in state["promise"]:
        return "ask_method"
    if "name" not in state["promise"]:
        return "ask_name"
    if not state["confirmed"]:
        return "confirm"
    if "note_limitation" not in state["said"]:
        return "note_limitation"
    return "close"
