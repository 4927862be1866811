def liquidity(statement):
    debts = statement["current_liabilities"]
    if debts <= 0:
        return {"current": None, "quick": None, "cash": None}
    quick = statement["current_assets"] - statement["inventory"] - statement["prepayments"]
    return {
        "current": statement["current_assets"] / debts,
        "quick": quick / debts,
        "cash": statement["cash"] / statement["current_assets"],
    }
