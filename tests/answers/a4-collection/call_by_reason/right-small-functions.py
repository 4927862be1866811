def first_missing(moves, done):
    for move in moves:
        if move not in done:
            return move
    return ""


def way_out(says):
    if says == "problem":
        return ["listen", "ask_reason", "ask_specifics", "log_dispute", "split_undisputed"]
    if says == "funds":
        return ["listen", "ask_reason", "ask_specifics", "offer_plan", "ask_security"]
    return ["stay_silent", "ask_reason", "ask_specifics", "offer_documents"]


def ask_for_parts(promise):
    if "amount" not in promise:
        return "ask_payment"
    part = first_missing(["date", "method", "name"], promise)
    return f"ask_{part}" if part else ""


def call_by_reason(state):
    said = state["said"]
    return (
        first_missing(["open", "verify_identity", "state_facts", "ask_payment"], said)
        or first_missing(way_out(state["says"]), said)
        or ask_for_parts(state["promise"])
        or first_missing(["confirm", "note_limitation"], said)
        or "close"
    )
