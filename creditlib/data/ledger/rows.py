"""Which rows under the heading are postings, and which are totals, page heads, names, remarks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from creditlib.data.ledger.columns import MONEY, Columns
from creditlib.data.ledger.headings import repeated
from creditlib.data.ledger.opening import RawTable
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rules import labels, plain, rules
from creditlib.data.ledger.texts import any_of, contains

BLANK, DATA, HEADING, TOTAL, OPENING, BALANCE, GROUP, REMARK = range(8)


@dataclass(frozen=True)
class Body:
    """The rows under the heading: stripped `cells`, what each row is, and whose it is.

    `kind` holds the constants of this module; `customer_id` and `customer_name` are filled down
    where the file gives them once for a block; `label` is the word that marks a totals row.
    """

    cells: pd.DataFrame
    numbers: Mapping[int, np.ndarray]
    kind: np.ndarray
    customer_id: pd.Series
    customer_name: pd.Series
    label: Mapping[int, str]  # position of the row → its label

    @property
    def rows(self) -> np.ndarray:
        """Row numbers as Excel counts."""
        return self.cells.index.to_numpy()


def split_rows(table: RawTable, columns: Columns, findings: Findings) -> Body:
    """Tell the rows apart and say whose they are."""
    start = columns.last + 1
    cells = table.cells.iloc[start:]
    cells = pd.DataFrame({place: cells[place].str.strip() for place in cells})
    numbers = {place: values[start:] for place, values in table.numbers.items()}
    money = [columns.place[name] for name in MONEY if name in columns] + list(columns.buckets)
    filled = {place: (cells[place] != "").to_numpy() for place in cells}
    count = np.sum(list(filled.values()), axis=0)
    has_money = np.any([filled[place] for place in money], axis=0)

    kind = np.where(count == 0, BLANK, np.where(has_money, DATA, REMARK)).astype(np.int8)
    lines = table.cells.iloc[columns.first : start]
    kind[repeated(cells, lines).to_numpy() & (kind != BLANK)] = HEADING
    title = _title_words(table.cells.iloc[: columns.first])
    for place in list(cells)[:4] if title else []:
        kind[cells[place].isin(title).to_numpy() & (count <= 3)] = REMARK
    label = _mark_totals(cells, columns, money, kind, filled)
    named = [columns.place[name] for name in ("customer_id", "customer_name") if name in columns]
    elsewhere = count - np.sum([filled[place] for place in named], axis=0) if named else count
    remark = kind == REMARK
    if named:
        kind[remark & (elsewhere == 0) & ~_are_remarks(cells, named, remark)] = GROUP
    # A row with a number, a date and no amount was meant to be a posting.
    keys = [
        filled[columns.place[name]]
        for name in ("invoice_id", "document_id", "invoice_date", "due_date")
        if name in columns
    ]
    if keys:
        kind[(kind == REMARK) & (np.sum(keys, axis=0) >= 1) & (count >= 3)] = DATA
    customer_id, customer_name = _customers(table, columns, cells, kind, findings)
    for position in np.flatnonzero(kind == REMARK)[:50]:
        row = [cell for cell in cells.iloc[position] if cell]
        findings.add("note", "remark", cells.index[position], None, " ".join(row)[:60])
    return Body(cells, numbers, kind, customer_id, customer_name, label)


def _title_words(top: pd.DataFrame) -> set[str]:
    """The first words of the rows above the heading, which a printed report repeats per page."""
    rows = ([str(cell).strip() for cell in row if str(cell).strip()] for row in top.to_numpy())
    return {row[0] for row in rows if row}


@cache
def _total_pattern() -> str:
    """One regular expression that finds every cell that may be a label; blanks inside allowed."""
    entries = ("words", "starts", "ends", "grand", "opening", "balances")
    return any_of({word.strip() for entry in entries for word in rules()["total"][entry]})


def _mark_totals(
    cells: pd.DataFrame, columns: Columns, money: list[int], kind: np.ndarray, filled: dict
) -> dict[int, str]:
    keyed = np.zeros(len(cells), dtype=bool)
    for name in ("invoice_id", "document_id", "invoice_date", "due_date"):
        if name in columns:
            keyed |= filled[columns.place[name]]
    has_money = np.any([filled[place] for place in money], axis=0)
    named = [columns.place[name] for name in ("customer_id", "customer_name") if name in columns]
    label: dict[int, str] = {}
    customers: set[str] | None = None
    for place in cells:
        if place in money:
            continue
        maybe = contains(cells[place], _total_pattern())
        for position in np.flatnonzero(maybe & (kind != BLANK) & (kind != HEADING)).tolist():
            word = cells[place].iat[position]
            what = _label(word)
            if what is None and has_money[position] and not keyed[position]:
                if customers is None:
                    customers = {plain(name) for p in named for name in pd.unique(cells[p])}
                what = _part_label(word, customers if place in named else None)
            if what is not None and position not in label:
                kind[position], label[position] = what, word
    return label


def _label(word: str) -> int | None:
    """Which kind of row a cell makes that is nothing but a label."""
    known = plain(word)
    if known in labels("total", "opening"):
        return OPENING
    if known in labels("total", "balances"):
        return BALANCE
    return TOTAL if known in labels("total", "words") else None


def _part_label(word: str, customers: set[str] | None) -> int | None:
    """A label at the beginning or the end of a cell, in a row with neither number nor date.

    In a column of customers (`customers`: their names) the rest must be one of them: Total Energies
    is a company, and "Total Erhai Pumps" the total of one.
    """
    low = word.lower().strip(" :")
    total = rules()["total"]
    rests = [low.removeprefix(s) for s in total["starts"] if low.startswith(s)]
    rests += [low.removesuffix(e) for e in total["ends"] if low.endswith(e)]
    if not rests:
        return None
    sure = low.startswith("total for ")
    if customers is None or sure or any(plain(rest) in customers for rest in rests):
        return TOTAL
    return None


def _are_remarks(cells: pd.DataFrame, named: list[int], remark: np.ndarray) -> np.ndarray:
    """Lines such as "Printed on …" that stand in the column of the customers."""
    starts = tuple(rules()["note"]["starts"])
    held = np.zeros(len(cells), dtype=bool)
    for place in named:
        words = cells[place][remark].str.lower().str.replace("\uff1a", ":", regex=False)
        held[remark] |= words.str.startswith(starts).to_numpy(bool)
    return held


def _customers(
    table: RawTable, columns: Columns, cells: pd.DataFrame, kind: np.ndarray, findings: Findings
) -> tuple[pd.Series, pd.Series]:
    blank = pd.Series("", index=cells.index, dtype="str")
    own = {
        name: cells[columns.place[name]] if name in columns else blank
        for name in ("customer_id", "customer_name")
    }
    names_it = (own["customer_id"] != "").to_numpy() | (own["customer_name"] != "").to_numpy()
    source = names_it & np.isin(kind, (DATA, GROUP, OPENING))
    for position in list(np.flatnonzero(np.isin(kind, (OPENING,)) & source)):
        # The label itself may stand where the customer would.
        if plain(own["customer_name"].iat[position] or own["customer_id"].iat[position]) in labels(
            "total", "opening"
        ):
            source[position] = False
    titles = _titled(cells, kind)
    above = customer_of_title(table.cells.iloc[: columns.first])
    missing = ~source & (kind == DATA)
    if not missing.any() and not titles:
        return own["customer_id"], own["customer_name"]
    if titles or above:
        own = {name: column.copy() for name, column in own.items()}
        for position, name in titles.items():
            own["customer_name"].iat[position], source[position] = name, True
            kind[position] = GROUP
    blocks = titles or above or (kind == GROUP).any() or _once_a_block(own, source, kind)
    if not blocks:
        return own["customer_id"], own["customer_name"]
    fill = np.isin(kind, (DATA, OPENING, BALANCE, TOTAL)) & ~source
    last = np.maximum.accumulate(np.where(source, np.arange(len(cells)), -1))
    result = []
    for name in ("customer_id", "customer_name"):
        values = own[name].to_numpy(dtype=object).copy()
        first = above if name == "customer_name" else ""
        values[fill] = np.where(last[fill] >= 0, values[last[fill]], first)
        result.append(pd.Series(values, index=cells.index, dtype="str"))
    filled = int((fill & (kind == DATA)).sum())
    if filled:
        findings.add("note", "filled_down", value=filled)
    return result[0], result[1]


def _once_a_block(own: dict, source: np.ndarray, kind: np.ndarray) -> bool:
    """Whether a customer is named in the first row of its block only.

    Then no two rows that follow each other name the same one, and a good part name none: a single
    blank cell in a column that is otherwise filled is a slip, not a block.
    """
    data = kind == DATA
    key = (own["customer_id"] + "\t" + own["customer_name"]).to_numpy(dtype=object)[data]
    given = source[data]
    repeats = (key[1:] == key[:-1]) & given[1:] & given[:-1]
    return bool(given.size and given[0] and not repeats.any() and (~given).mean() >= 0.2)


def _titled(cells: pd.DataFrame, kind: np.ndarray) -> dict[int, str]:
    """Rows between the pages that say "Customer: X"."""
    found = {}
    for position in np.flatnonzero(np.isin(kind, (REMARK, GROUP))):
        name = _customer_named([str(cell) for cell in cells.iloc[position] if cell])
        if name:
            found[int(position)] = name
    return found


def customer_of_title(top: pd.DataFrame) -> str:
    """The customer that the rows above the heading name, or ""."""
    for row in reversed(list(top.itertuples(index=False))):
        name = _customer_named([str(cell).strip() for cell in row if str(cell).strip()])
        if name:
            return name
    return ""


def _customer_named(cells: list[str]) -> str:
    starts = rules()["customer_line"]["starts"]
    for place, cell in enumerate(cells):
        for start in starts:
            match = re.match(rf"{re.escape(start)}\s*[:：]\s*(.*)$", cell, flags=re.IGNORECASE)
            if match:
                return match[1].strip() or (cells[place + 1] if place + 1 < len(cells) else "")
    return ""
