def liquidity(statement):
    current = statement["current_assets"]
    slow = sum(statement[name] for name in ("prepayments", "inventory"))
    numerators = {"cash": statement["cash"], "quick": current - slow, "current": current}
    answer = {}
    for name, amount in numerators.items():
        if statement["current_liabilities"] > 0:
            answer[name] = amount / statement["current_liabilities"]
        else:
            answer[name] = None
    return answer
