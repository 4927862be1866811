def routine_call(state):
    def not_said(*moves):
        return [move for move in moves if move not in state["said"]]

    parts = {
        "amount": "ask_payment",
        "date": "ask_date",
        "method": "ask_method",
        "name": "ask_name",
    }
    missing = [move for part, move in parts.items() if part not in state["promise"]]
    steps = not_said("open", "verify_identity", "state_facts", "ask_payment", "listen")
    steps += not_said("ask_reason", "summarise", "ask_specifics", "offer_documents")
    steps += missing
    steps += not_said("confirm", "note_limitation", "close")
    return steps[0]
