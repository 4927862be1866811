def routine_call(state):
    said = state["said"]
    promise = state["promise"]
    if "open" not in said:
        return "open"
    if not state["verified"]:
        return "verify_identity"
    if "state_facts" not in said:
        return "state_facts"
    if "ask_payment" not in said:
        return "ask_payment"
    if "stay_silent" not in said:
        return "stay_silent"
    if "ask_specifics" not in said:
        return "ask_specifics"
    if said.count("ask_specifics") < 2:
        return "ask_specifics"
    if "offer_documents" not in said:
        return "offer_documents"
    if "date" not in promise:
        return "ask_date"
    if "amount" not in promise:
        return "ask_payment"
    if "method" not in promise:
        return "ask_method"
    if "name" not in promise:
        return "ask_name"
    if not state["confirmed"]:
        return "confirm"
    return "close"
