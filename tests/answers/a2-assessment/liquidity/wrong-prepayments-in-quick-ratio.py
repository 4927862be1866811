def liquidity(statement):
    debts = statement["current_liabilities"]
    if debts <= 0:
        return {"current": None, "quick": None, "cash": None}
    return {
        "current": statement["current_assets"] / debts,
        "quick": (statement["current_assets"] - statement["inventory"]) / debts,
        "cash": statement["cash"] / debts,
    }
