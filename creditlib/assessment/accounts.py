"""One customer's accounts for one year, and the sums that several measures take from them."""

from dataclasses import dataclass, fields
from math import nan

from creditlib.errors import InputError
from creditlib.i18n import text


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One year's accounts under the headings of the Chinese standards (CAS), in RMB.

    The totals must be given. Another line left out is nil, as a blank is on a printed statement;
    but cost of sales, depreciation and operating cash flow may simply be unknown, and are then NaN.

    >>> EXAMPLE.total_assets - EXAMPLE.total_liabilities
    400.0
    """

    year: int
    cash: float = 0.0
    notes_receivable: float = 0.0
    accounts_receivable: float = 0.0
    receivables_financing: float = 0.0
    prepayments: float = 0.0
    inventory: float = 0.0
    current_assets: float
    fixed_assets: float = 0.0
    total_assets: float
    short_term_borrowings: float = 0.0
    notes_payable: float = 0.0
    accounts_payable: float = 0.0
    current_liabilities: float
    long_term_borrowings: float = 0.0
    total_liabilities: float
    paid_in_capital: float = 0.0
    surplus_reserve: float = 0.0
    retained_profit: float = 0.0
    total_equity: float
    revenue: float
    cost_of_sales: float = nan
    selling_expenses: float = 0.0
    administrative_expenses: float = 0.0
    research_expenses: float = 0.0
    interest_expense: float = 0.0
    total_profit: float
    net_profit: float
    depreciation: float = nan
    operating_cash_flow: float = nan


DEFAULTS = {field.name: field.default for field in fields(Statement) if field.name != "year"}
"""Every line that holds an amount, with what a blank means (`MISSING`: it must be given)."""

BALANCE_SHEET = tuple(DEFAULTS)[: tuple(DEFAULTS).index("revenue")]

EXAMPLE = Statement(
    year=2024,
    cash=60.0,
    notes_receivable=30.0,
    accounts_receivable=150.0,
    receivables_financing=10.0,
    prepayments=20.0,
    inventory=170.0,
    current_assets=480.0,
    fixed_assets=420.0,
    total_assets=1000.0,
    short_term_borrowings=150.0,
    notes_payable=20.0,
    accounts_payable=90.0,
    current_liabilities=300.0,
    long_term_borrowings=200.0,
    total_liabilities=600.0,
    paid_in_capital=180.0,
    surplus_reserve=40.0,
    retained_profit=180.0,
    total_equity=400.0,
    revenue=1150.0,
    cost_of_sales=860.0,
    selling_expenses=90.0,
    administrative_expenses=60.0,
    research_expenses=25.0,
    interest_expense=20.0,
    total_profit=75.0,
    net_profit=60.0,
    depreciation=35.0,
    operating_cash_flow=50.0,
)
"""An invented manufacturer, for worked examples."""


def label(name: str) -> str:
    """Return what a line, a ratio or a reason is called in the language in use.

    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> label("receivables_financing")
    'Receivables financing'
    >>> use_language(before)
    """
    return text(f"statements.label.{name}")


def consecutive(previous: Statement, statement: Statement) -> None:
    """Refuse two statements that are not of one year and the next."""
    if previous.year != statement.year - 1:
        raise InputError("statements.not_consecutive", year=statement.year, previous=previous.year)


def ebit(statement: Statement) -> float:
    """Earnings before interest and tax: total profit plus interest expense.

    Not total profit plus the whole of financial expenses, from which interest income and exchange
    gains have been taken off.

    >>> ebit(EXAMPLE)
    95.0
    """
    return statement.total_profit + statement.interest_expense


def trade_receivables(statement: Statement) -> float:
    """Accounts receivable with notes receivable and receivables financing.

    Without the two kinds of paper, customers who pay by bill would look like cash payers.

    >>> trade_receivables(EXAMPLE)
    190.0
    """
    return (
        statement.accounts_receivable + statement.notes_receivable + statement.receivables_financing
    )
