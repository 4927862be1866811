"""What a file says that was not used: columns that may matter are named, none left in silence."""

import numpy as np
import pandas as pd

from creditlib.data.ledger.amounts import read_amounts
from creditlib.data.ledger.cells import Values
from creditlib.data.ledger.columns import MONEY, Columns
from creditlib.data.ledger.postings import CENT, Postings
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import DATA, TOTAL, Body
from creditlib.data.ledger.rules import labels, plain
from creditlib.data.ledger.texts import contains

MONEY_LIKE = r"^\D{0,3}\d[\d,.]*\d[.,]\d{1,2}\D{0,3}$"
NUMBER = r"^[-+(]?\D{0,3}\d[\d,.]*\D{0,3}$"
SIDES = {"d", "c", "s", "h", "+", "-", "正", "负", "增", "减", "增加", "减少", "收", "付"}
CREDITS = {"c", "h", "负", "减", "减少", "付"}
DISTINCT = 40  # states or sides; a column of more different texts is something else


def name_overlooked(body: Body, columns: Columns, values: Values, findings: Findings) -> None:
    """Name unused columns that look like amounts, sides or states, and totals not compared."""
    data = body.kind == DATA
    for place, column in enumerate(columns.mapped):
        if column.meaning not in ("", "ignore") or not column.heading:
            continue
        cells = body.cells[place][data]
        cells = cells[cells != ""]
        if not len(cells):
            continue
        # In an ageing report every column of numbers may be an age.
        pattern = NUMBER if columns.buckets else MONEY_LIKE
        if not column.meaning and contains(cells, pattern).mean() > 0.5:
            findings.add("warning", "unknown_amounts", None, column.heading, cells.iat[0])
        if column.how == "user":
            _ignored_totals(body, columns, place, findings)
        else:
            _sides_and_states(cells, column.heading, column.meaning, findings)
    for heading, meaning, taken in columns.doubled:
        _second(body, columns, values, heading, meaning, taken, findings)


def _sides_and_states(cells: pd.Series, heading: str, meaning: str, findings: Findings) -> None:
    distinct = pd.unique(cells.head(5_000))
    if len(distinct) > DISTINCT:
        return
    counts = cells.value_counts()
    words = {str(word): plain(str(word)) or str(word) for word in counts.index}
    void = [word for word, known in words.items() if known in labels("void", "words")]
    if void:
        findings.add("warning", "void_rows", None, heading, void[0], count=int(counts[void].sum()))
    known = set(words.values())
    if known <= SIDES and (known & CREDITS or {"+", "-"} <= known) and not meaning:
        findings.add("warning", "may_be_direction", None, heading, next(iter(words)))


def _ignored_totals(body: Body, columns: Columns, place: int, findings: Findings) -> None:
    """Say that the totals in a column that the user has left out are compared with nothing."""
    totals = body.cells[place][body.kind == TOTAL]
    totals = totals[totals != ""]
    read = read_amounts(totals, None, None)
    if (~read.blank & ~read.bad).any():
        heading = columns.mapped[place].heading
        findings.add("note", "totals_not_compared", None, heading, int((~read.blank).sum()))


def _second(
    body: Body,
    columns: Columns,
    values: Values,
    heading: str,
    meaning: str,
    taken: str,
    findings: Findings,
) -> None:
    """Name a second column of a meaning; a warning where it holds amounts that the first lacks."""
    findings.add("note", "second_column", None, heading, None, meant=meaning, taken=taken)
    place = next(p for p, c in enumerate(columns.mapped) if c.heading == heading
                 and p != columns.place[meaning])  # fmt: skip
    if meaning in MONEY:
        alone = (body.kind == DATA) & values.blank[meaning] & (body.cells[place] != "").to_numpy()
        if alone.any():
            cells = body.cells[place][alone]
            findings.add("warning", "amounts_in_second", None, heading, cells.iat[0], taken=taken,
                         count=int(alone.sum()))  # fmt: skip


def leave_unused(postings: Postings, kind: str, checked: set[int | None]) -> None:
    """Leave no amount out in silence: name the rows and the columns that went nowhere."""
    body, values = postings.body, postings.values
    stated = np.any([np.abs(money) >= CENT for money in values.money.values()], axis=0)
    known = np.isin(body.kind, (DATA, TOTAL)) | (postings.conserved != 0)
    postings.leave(stated & ~known & ~np.isin(body.rows, list(checked)), "unaccounted")
    taken = {
        "journal": {"debit", "credit", "balance"} if {"debit", "credit"} & set(values.money)
        else {"amount", "balance"},
        "invoices": {"amount", "paid", "balance", "credited"},
        "open_items": {"amount", "balance"} | (set() if "balance" in values.money else
                                               {n for n in values.money if "bucket" in n}),
        "aged": {"balance", "amount"} | {n for n in values.money if "bucket" in n},
    }[kind]  # fmt: skip
    for name, money in values.money.items():
        if name not in taken and not name.startswith("bucket") and money[body.kind == DATA].any():
            postings.findings.add("warning", "unused_amounts", None, postings.heading(name))
    if kind == "journal" and contains(postings.text("opening"), r"[1-9]").any():
        postings.findings.add("warning", "unused_amounts", None, postings.heading("opening"))
