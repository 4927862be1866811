def liquidity(statement):
    debts = statement["current_liabilities"]
    if debts <= 0:
        return {"current": float("inf"), "quick": float("inf"), "cash": float("inf")}
    quick = statement["current_assets"] - statement["inventory"] - statement["prepayments"]
    return {
        "current": statement["current_assets"] / debts,
        "quick": quick / debts,
        "cash": statement["cash"] / debts,
    }
