import pandas as pd


def liquidity(statement):
    row = pd.Series(statement, dtype=float)
    amounts = pd.Series(
        {
            "current": row["current_assets"],
            "quick": row["current_assets"] - row[["inventory", "prepayments"]].sum(),
            "cash": row["cash"],
        }
    )
    if row["current_liabilities"] > 0:
        ratios = amounts / row["current_liabilities"]
    else:
        ratios = amounts * float("nan")
    return {name: float(value) for name, value in ratios.items()}
