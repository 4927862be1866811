"""Which way an amount goes that is written without a sign: by its side, or by its document type."""

from dataclasses import replace

import numpy as np
import pandas as pd

from creditlib.data.ledger.cells import Values
from creditlib.data.ledger.columns import Columns
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import DATA, OPENING, Body
from creditlib.data.ledger.rules import labels, plain

CENT = 0.005
REDUCING = ("payment", "credit_note", "write_off")


def directions(words: pd.Series) -> np.ndarray:
    """+1 for a debit, −1 for a credit, 0 for neither.

    >>> directions(pd.Series(["Dr", "H", ""])).tolist()
    [1, -1, 0]
    """
    codes, distinct = pd.factorize(words)
    known = (plain(str(word)) or str(word) for word in distinct)
    sign = [
        (word in labels("sign", "debit")) - (word in labels("sign", "credit")) for word in known
    ]
    return np.array([*sign, 0])[codes]


def with_sides(
    body: Body,
    columns: Columns,
    values: Values,
    types: np.ndarray,
    sure: np.ndarray,
    findings: Findings,
) -> tuple[Values, np.ndarray]:
    """Return the values with the signs of what is owed, and the rows whose side is not known.

    A column of directions counts for every column of amounts that is not signed itself: one in
    which all credits stand below zero is. Beside debits and credits in columns of their own, and
    beside a running balance, it is the balance's side and changes nothing. Without directions,
    receipts and credit notes that stand above zero on the whole reduce what is owed by their type;
    `sure` marks the types that a column of types names (not only a description).
    """
    nowhere = np.zeros(len(body.kind), dtype=bool)
    if {"debit", "credit"} & set(columns.place):
        return values, nowhere
    if "direction" in columns:
        words = body.cells[columns.place["direction"]]
        posting = np.isin(body.kind, (DATA, OPENING)) & ~values.left_out
        if (words[posting] != "").any():
            return _by_direction(body, columns, values, directions(words), findings)
    return _by_type(body, columns, values, types, sure, findings), nowhere


def _by_direction(
    body: Body, columns: Columns, values: Values, sign: np.ndarray, findings: Findings
) -> tuple[Values, np.ndarray]:
    money = dict(values.money)
    data = (body.kind == DATA) & ~values.left_out
    factor = np.where(sign < 0, -1.0, 1.0)
    names = list(money)
    if {"amount", "balance"} <= set(names) and runs(
        body, money["amount"] * factor, money["balance"], data, either_side=True
    ):
        names.remove("balance")
    stated = np.any([np.abs(money[name]) >= CENT for name in names], axis=0)
    posting = np.isin(body.kind, (DATA, OPENING)) & ~values.left_out
    for name in names:
        value, heading = money[name], columns.heading_of(name)
        credit, debit = posting & (sign < 0), posting & (sign > 0) & (np.abs(value) >= CENT)
        below, above = credit & (value <= -CENT), credit & (value >= CENT)
        if below.any() and not above.any():
            findings.add("warning", "sides_and_signs", None, heading, int(below.sum()))
            continue
        findings.add_rows("warning", "credit_below_zero", body.rows[below], heading, value[below])
        if debit.any() and (value[debit] < 0).all():
            findings.add("warning", "debits_below_zero", None, heading, int(debit.sum()))
        money[name] = value * factor + 0.0
    return replace(values, money=money), data & (sign == 0) & stated


def _by_type(
    body: Body,
    columns: Columns,
    values: Values,
    types: np.ndarray,
    sure: np.ndarray,
    findings: Findings,
) -> Values:
    data = (body.kind == DATA) & ~values.left_out
    reducing = data & np.isin(types, REDUCING)
    main = next((name for name in ("balance", "amount") if name in values.money), None)
    if main is None or not reducing.any():
        return values
    money, names = dict(values.money), list(values.money)
    flipped = np.where(reducing, -1.0, 1.0)
    a_row_an_item = bool({"balance", "paid", "payment_date"} & set(columns.place))
    if {"amount", "balance"} <= set(money):
        a_row_an_item = not any(
            runs(body, amount, money["balance"], data)
            for amount in (money["amount"], money["amount"] * flipped)
        )
    if not a_row_an_item:
        main, names = "amount", ["amount"]
    else:
        # What a description says of an invoice ("paid in part") makes no receipt of it.
        reducing &= sure
    if not _above_zero(money[main], reducing):
        return values
    for name in names:
        if _above_zero(money[name], reducing):
            below = reducing & (money[name] < 0)
            findings.add_rows(
                "warning", "sign_against_type", body.rows[below], None, money[name][below]
            )
            money[name] = np.where(reducing, -money[name], money[name]) + 0.0
    findings.add("note", "signs_by_type", None, None, int(reducing.sum()))
    return replace(values, money=money)


def _above_zero(value: np.ndarray, held: np.ndarray) -> bool:
    """Whether the amounts of some rows stand above zero on the whole: the file writes no signs."""
    return bool(value[held].sum() > 0)


def runs(
    body: Body,
    amount: np.ndarray,
    balance: np.ndarray,
    data: np.ndarray,
    either_side: bool = False,
) -> bool:
    """Whether the balance is a running one, of each customer's amounts so far.

    With `either_side` the balance stands without a sign, its side in another column.
    """
    amount, balance = amount[data], balance[data]
    key = (body.customer_id + "\t" + body.customer_name)[data]
    running = pd.Series(amount).groupby(pd.factorize(key)[0], sort=False).cumsum().to_numpy()
    if either_side:
        amount, balance, running = np.abs(amount), np.abs(balance), np.abs(running)
    differs = np.abs(amount - balance) >= CENT
    step = np.abs(running - balance) < CENT
    return bool(differs.any() and step[differs].mean() > 0.6 and step.mean() > 0.8)
