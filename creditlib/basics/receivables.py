"""How fast receivables turn into cash: the DSO family, the CEI and the bad-debt ratio.

These take the figures of one company and one period. What is computed from a whole ledger
(`open_items`, `ageing`, `month_ends`, `on_time_share`, `measures`) needs pandas, stands in
`receivable_tables`, `receivable_history` and `receivable_measures`, and can be imported from here.

Receivables and sales must be alike: credit sales only, both with VAT or both without (receivables
carry VAT; against sales without it, 13 % VAT makes every DSO 1.13 times too long), in one currency.
A balance below zero is the customers' money, not their debt: no measure is made of it.
"""

import importlib
from collections.abc import Sequence

from creditlib.basics.amounts import check_amounts, check_numbers, check_positive
from creditlib.errors import InputError, Undefined

# What binary fractions may leave of two equal amounts (0.1 + 0.2 - 0.3), as a part of them.
BINARY_REST = 1e-12

_HOMES = {
    "open_items": "receivable_tables",
    "ageing": "receivable_tables",
    "month_ends": "receivable_history",
    "on_time_share": "receivable_measures",
    "measures": "receivable_measures",
}


def __getattr__(name: str):
    if name in _HOMES:  # these need pandas; the rest does without
        return getattr(importlib.import_module(f"creditlib.basics.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def dso(receivables: float, credit_sales: float, days: float) -> float:
    """Return days sales outstanding: receivables ÷ credit sales × days of the period.

    How many days of sales stand unpaid at the end of a period of `days`. Raises `Undefined` without
    credit sales, and for receivables below zero: show unapplied cash apart.

    >>> dso(500_000, 1_500_000, 90)
    30.0
    """
    _check_balances(receivables=receivables)
    return receivables / _credit_sales(credit_sales) * _days(days)


def best_possible_dso(current_receivables: float, credit_sales: float, days: float) -> float:
    """Return the DSO if nothing were late: receivables not yet due ÷ credit sales × days.

    What the terms alone cost: collection cannot bring DSO below it. Raises `Undefined` like `dso`.

    >>> best_possible_dso(350_000, 1_500_000, 90)
    21.0
    """
    _check_balances(current_receivables=current_receivables)
    return current_receivables / _credit_sales(credit_sales) * _days(days)


def average_days_delinquent(
    receivables: float, current_receivables: float, credit_sales: float, days: float
) -> float:
    """Return the days of DSO that are due to late payment: DSO − best possible DSO.

    Raises `Undefined` like `dso`, and if more is current than there is in all: the overdue part is
    then a credit balance.

    >>> average_days_delinquent(500_000, 350_000, 1_500_000, 90)
    9.0
    """
    _check_parts(receivables, current_receivables)
    longest = dso(receivables, credit_sales, days)
    return longest - best_possible_dso(current_receivables, credit_sales, days)


def countback_dso(receivables: float, months: Sequence[tuple[float, float]]) -> float:
    """Return days sales outstanding by the countback (exhaustion) method.

    `months` holds (credit sales, days of the month), the newest first. Walks back from the newest,
    taking its sales off the receivables and adding its days; the last month counts pro rata. A
    month without sales adds its days and takes nothing off. Unlike `dso` it is not moved by sales
    that rise or fall with the season.

    Raises `Undefined` if the receivables are older than all the months given: the answer is then
    "more than N days".
    Source: published 212,000 against 100,000, 80,000 and 70,000 in months of 30 days: 73.7 days.

    >>> round(countback_dso(212_000, [(100_000, 30), (80_000, 30), (70_000, 30)]), 2)
    73.71
    """
    _check_balances(receivables=receivables)
    remaining, counted = receivables, 0.0
    settled = receivables * BINARY_REST
    for row, (sales, days) in enumerate(months, start=1):
        if remaining <= settled:
            break
        try:
            check_amounts(credit_sales=sales)
            check_positive(days=days)
        except InputError as wrong:
            raise InputError(wrong.key, row=row, column=wrong.column, **wrong.values) from None
        if remaining <= sales:
            return counted + remaining / sales * days
        remaining -= sales
        counted += days
    if remaining > settled:
        raise Undefined("basics.history_exhausted", days=counted)
    return counted


def collection_effectiveness(
    beginning: float, credit_sales: float, ending_total: float, ending_current: float
) -> float:
    """Return the collection effectiveness index (CEI) as a decimal: 1 if nothing due is unpaid.

    (beginning + credit sales − ending total) ÷ (beginning + credit sales − ending current): what
    was collected, of what could have been. All four belong to the same period: a month's sales
    against balances a quarter apart give a wrong and plausible number.

    Raises `Undefined` if nothing could have been collected, if a balance is below zero, or if more
    is current than there is in all; `InputError` if the ending total is more than the beginning and
    the sales together, which no single period can show.
    Source: published 400,000, 1,200,000, 350,000 and 280,000: 94.7 %.

    >>> round(collection_effectiveness(400_000, 1_200_000, 350_000, 280_000), 5)
    0.94697
    """
    check_amounts(credit_sales=credit_sales)
    _check_balances(beginning=beginning)
    _check_parts(ending_total, ending_current)
    owed = beginning + credit_sales
    if owed - ending_current <= owed * BINARY_REST:
        raise Undefined("basics.nothing_to_collect", owed=owed, current=ending_current)
    if ending_total - owed > owed * BINARY_REST:
        raise InputError("basics.periods_differ", ending=ending_total, owed=owed)
    return (owed - ending_total) / (owed - ending_current)


def bad_debt_ratio(write_offs: float, credit_sales: float, recoveries: float = 0.0) -> float:
    """Return bad debts written off, net of what was recovered, over credit sales, as a decimal.

    Below zero in a period that recovers more than it writes off. Raises `Undefined` without sales.

    >>> bad_debt_ratio(90_000, 12_000_000, recoveries=18_000)
    0.006
    """
    check_amounts(write_offs=write_offs, recoveries=recoveries)
    return (write_offs - recoveries) / _credit_sales(credit_sales)


def _credit_sales(credit_sales: float) -> float:
    check_numbers(credit_sales=credit_sales)
    if credit_sales <= 0:
        raise Undefined("basics.no_credit_sales", sales=credit_sales)
    return credit_sales


def _days(days: float) -> float:
    check_positive(days=days)
    return days


def _check_balances(**balances: float) -> None:
    check_numbers(**balances)
    for value in balances.values():
        if value < 0:
            raise Undefined("basics.credit_balance", value=value)


def _check_parts(total: float, current: float) -> None:
    _check_balances(total=total, current=current)
    if current > total:
        raise Undefined("basics.current_above_total", current=current, total=total)
