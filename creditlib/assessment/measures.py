"""The ratios of financial analysis: what each divides by what, and where it has no value.

Each takes a `Statement` and gives a number, or raises `Undefined` with the reason. Balances are
those of the year end; only turnover and returns take the average with `previous`, the year before.
"""

from creditlib.assessment.accounts import Statement, ebit, trade_receivables
from creditlib.assessment.quotient import Parts, measure
from creditlib.errors import InputError

DAYS = 365


@measure("statements.no_current_liabilities")
def current_ratio(statement: Statement) -> Parts:
    """Current assets over current liabilities; undefined, not endless, if there are none.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> current_ratio(EXAMPLE)
    1.6
    """
    return statement.current_assets, statement.current_liabilities


@measure("statements.no_current_liabilities")
def quick_ratio(statement: Statement) -> Parts:
    """Current assets less inventory and prepayments, over current liabilities.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(quick_ratio(EXAMPLE), 4)
    0.9667
    """
    liquid = statement.current_assets - statement.inventory - statement.prepayments
    return liquid, statement.current_liabilities


@measure("statements.no_current_liabilities")
def cash_ratio(statement: Statement) -> Parts:
    """Cash and bank over current liabilities.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> cash_ratio(EXAMPLE)
    0.2
    """
    return statement.cash, statement.current_liabilities


@measure("statements.no_current_liabilities")
def operating_cash_flow_ratio(statement: Statement) -> Parts:
    """Net cash flow from operating activities over current liabilities.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(operating_cash_flow_ratio(EXAMPLE), 4)
    0.1667
    """
    return statement.operating_cash_flow, statement.current_liabilities


@measure("statements.no_assets")
def debt_to_assets(statement: Statement) -> Parts:
    """Total liabilities over total assets, as a decimal.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> debt_to_assets(EXAMPLE)
    0.6
    """
    return statement.total_liabilities, statement.total_assets


@measure("statements.negative_equity")
def debt_to_equity(statement: Statement) -> Parts:
    """Total liabilities over total equity; undefined, and a red flag, if equity is not positive.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> debt_to_equity(EXAMPLE)
    1.5
    """
    return statement.total_liabilities, statement.total_equity


@measure("statements.no_interest")
def interest_cover(statement: Statement) -> Parts:
    """EBIT over interest expense: how many times earnings pay the interest.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> interest_cover(EXAMPLE)
    4.75
    """
    return ebit(statement), statement.interest_expense


@measure("statements.no_revenue")
def gross_margin(statement: Statement) -> Parts:
    """Revenue less cost of sales, over revenue, as a decimal.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(gross_margin(EXAMPLE), 4)
    0.2522
    """
    return statement.revenue - statement.cost_of_sales, statement.revenue


@measure("statements.no_revenue")
def net_margin(statement: Statement) -> Parts:
    """Net profit over revenue, as a decimal.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(net_margin(EXAMPLE), 4)
    0.0522
    """
    return statement.net_profit, statement.revenue


@measure("statements.no_assets")
def asset_turnover(statement: Statement, previous: Statement | None = None) -> Parts:
    """Revenue over average total assets (over those at the year end without `previous`).

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> asset_turnover(EXAMPLE)
    1.15
    """
    return statement.revenue, _average("total_assets", statement, previous)


@measure("statements.no_assets")
def return_on_assets(statement: Statement, previous: Statement | None = None) -> Parts:
    """Net profit over average total assets (over those at the year end without `previous`).

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> return_on_assets(EXAMPLE)
    0.06
    """
    return statement.net_profit, _average("total_assets", statement, previous)


@measure("statements.negative_equity")
def return_on_equity(statement: Statement, previous: Statement | None = None) -> Parts:
    """Net profit over average total equity (over that at the year end without `previous`).

    Undefined, and a red flag, if equity is not positive at both ends: a loss divided by negative
    equity would look like a profit.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> return_on_equity(EXAMPLE)
    0.15
    """
    return statement.net_profit, _average("total_equity", statement, previous)


@measure("statements.negative_equity")
def equity_multiplier(statement: Statement, previous: Statement | None = None) -> Parts:
    """Average total assets over average total equity: the leverage of the DuPont identity.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> equity_multiplier(EXAMPLE)
    2.5
    """
    assets = _average("total_assets", statement, previous)
    return assets, _average("total_equity", statement, previous)


@measure("statements.no_revenue")
def receivable_days(statement: Statement, *, vat_rate: float = 0.0) -> Parts:
    """Days of revenue that stand in trade receivables, paper included, at the year end.

    Receivables carry VAT and revenue does not: at 13 % VAT the days come out 1.13 times too long.
    `vat_rate=0.13` takes it out.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(receivable_days(EXAMPLE), 2), round(receivable_days(EXAMPLE, vat_rate=0.13), 2)
    (60.3, 53.37)
    """
    return DAYS * _before_vat(trade_receivables(statement), vat_rate), statement.revenue


@measure("statements.no_cost_of_sales")
def inventory_days(statement: Statement) -> Parts:
    """Days of cost of sales that stand in inventory at the year end.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(inventory_days(EXAMPLE), 2)
    72.15
    """
    return DAYS * statement.inventory, statement.cost_of_sales


@measure("statements.no_cost_of_sales")
def payable_days(statement: Statement, *, vat_rate: float = 0.0) -> Parts:
    """Days of cost of sales that stand in accounts and notes payable at the year end.

    Notes payable belong here as notes receivable belong to the receivables; they carry VAT too.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(payable_days(EXAMPLE), 2)
    46.69
    """
    payables = statement.accounts_payable + statement.notes_payable
    return DAYS * _before_vat(payables, vat_rate), statement.cost_of_sales


def cash_conversion_cycle(statement: Statement, *, vat_rate: float = 0.0) -> float:
    """Receivable days plus inventory days less payable days; undefined if one of them is.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> round(cash_conversion_cycle(EXAMPLE), 2)
    85.77
    """
    return (
        receivable_days(statement, vat_rate=vat_rate)
        + inventory_days(statement)
        - payable_days(statement, vat_rate=vat_rate)
    )


def _average(name: str, statement: Statement, previous: Statement | None) -> float:
    now = getattr(statement, name)
    before = now if previous is None else getattr(previous, name)
    # 0, hence undefined, unless positive at both ends: 110 after -100 is no capital of 5.
    return (now + before) / 2 * ((now > 0) & (before > 0))


def _before_vat(balance: float, vat_rate: float) -> float:
    if not 0 <= vat_rate < 1:
        raise InputError("statements.vat_rate", value=vat_rate)
    return balance / (1 + vat_rate)


QUOTIENTS = (
    current_ratio,
    quick_ratio,
    cash_ratio,
    operating_cash_flow_ratio,
    debt_to_assets,
    debt_to_equity,
    interest_cover,
    gross_margin,
    net_margin,
    asset_turnover,
    return_on_assets,
    return_on_equity,
    equity_multiplier,
    receivable_days,
    inventory_days,
    payable_days,
)
