"""How the planted statements are manipulated; what comes out still balances."""

import pandas as pd


def inflate_sales(year: pd.Series, before: pd.Series) -> pd.Series:
    """Book sham sales on credit: revenue, receivables and profit rise, cash does not.

    The sham sales carry little cost, so the margin rises; what cost there is comes out of stock,
    the rest is owed to sham suppliers.
    """
    sham = round(0.40 * year["revenue"], -3)
    cost = round(0.66 * sham * year["cost_of_sales"] / year["revenue"], -3)
    expenses = round(0.20 * year["administrative_expenses"], -3)
    profit = sham - cost + expenses
    net = profit - round(0.22 * profit, -3)
    receivables = round(0.85 * sham, -3)
    stock = min(cost, round(0.25 * year["inventory"], -3))
    owed = receivables - stock - net
    return _changed(
        year,
        revenue=sham,
        cost_of_sales=cost,
        administrative_expenses=-expenses,
        total_profit=profit,
        net_profit=net,
        accounts_receivable=receivables,
        inventory=-stock,
        current_assets=receivables - stock,
        total_assets=receivables - stock,
        accounts_payable=owed,
        current_liabilities=owed,
        total_liabilities=owed,
        retained_profit=net,
        total_equity=net,
        operating_cash_flow=-round(0.03 * before["revenue"], -3) - year["operating_cash_flow"],
    )


def hide_behind_cash(year: pd.Series) -> pd.Series:
    """Show much cash beside much expensive debt (存贷双高): the cash is not there.

    The interest on the debt is real; it is hidden by showing that much less cost of sales.
    """
    sham = round(0.38 * year["total_assets"], -3)
    short = round(0.75 * sham, -3)
    interest = round(0.055 * sham, -3)
    return _changed(
        year,
        cash=sham,
        current_assets=sham,
        total_assets=sham,
        short_term_borrowings=short,
        current_liabilities=short,
        long_term_borrowings=sham - short,
        total_liabilities=sham,
        interest_expense=interest,
        cost_of_sales=-interest,
    )


def _changed(year: pd.Series, **by: float) -> pd.Series:
    return year.add(pd.Series(by), fill_value=0)[year.index]
