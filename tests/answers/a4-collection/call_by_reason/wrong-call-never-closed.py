def call_by_reason(state):
    moves = ["open", "verify_identity", "state_facts", "ask_payment", "listen", "ask_reason"]
    moves += ["log_dispute", "split_undisputed", "offer_plan", "ask_security", "offer_documents"]
    for move in moves:
        if move not in state["said"]:
            return move
    return "ask_specifics"
