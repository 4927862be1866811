def liquidity(statement):
    debts = statement["current_liabilities"]
    if debts <= 0:
        return {"current": None, "quick": None, "cash": None}
    assets = statement["current_assets"]
    return {
        "current": assets / debts,
        "quick": (assets - statement["inventory"] - statement["prepayments"]) / debts,
        "cash": statement["cash"] / debts,
    }
