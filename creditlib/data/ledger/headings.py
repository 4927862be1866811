"""Where the heading of a table stands, and what each of its columns means."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd

from creditlib.data.ledger.columns import Columns, MappedColumn, by_name, map_columns
from creditlib.data.ledger.opening import RawTable
from creditlib.data.ledger.rules import bucket_of, labels, plain, rules
from creditlib.data.ledger.texts import contains, escaped
from creditlib.errors import InputError

SEARCHED = 80  # rows in which the heading is looked for
OWED = (
    "amount",
    "balance",
    "debit",
    "credit",
)  # what was paid, alone, says nothing of what is owed
MOSTLY = 0.8  # of the cells of a column


def find_columns(table: RawTable, mapping: Mapping[str, str] | None) -> Columns:
    """Find the heading row or rows of `table` and the meaning of each column.

    Raises `InputError` if there is no column of customers or of amounts, or if `mapping` names a
    heading or a meaning that there is not.
    """
    wanted = {plain(str(heading)): str(meaning) for heading, meaning in (mapping or {}).items()}
    top = table.cells.iloc[:SEARCHED]
    rows = [[" ".join(str(cell).split()) for cell in row] for row in top.itertuples(index=False)]
    first = max(range(len(rows)), key=lambda row: _merit(rows[row], wanted), default=0)
    headings, last = _joined(rows, first)
    columns = map_columns(headings, wanted, mapping or {}, first, last, table.file)
    return _with_directions(_with_block_column(columns, table), table)


def looks_like_a_ledger(table: RawTable) -> bool:
    """Whether a sheet has a heading with customers and amounts."""
    try:
        require(find_columns(table, None), table)
    except InputError:
        return False
    return True


def require(columns: Columns, table: RawTable) -> None:
    """Raise `InputError` unless there are customers and amounts."""
    file = table.file
    seen = ", ".join(column.heading for column in columns.mapped if column.heading)[:400]
    example = next((column.heading for column in columns.mapped if column.heading), "?")
    if not columns.buckets and not any(name in columns for name in OWED):
        raise InputError("ledger.no_amount", file=file, seen=seen, example=example)
    named = "customer_id" in columns or "customer_name" in columns
    if not named and not names_customers(table):
        raise InputError("ledger.no_customer", file=file, seen=seen, example=example)


def _merit(row: list[str], wanted: dict[str, str]) -> float:
    """How much a row looks like a heading: known names count, numbers and dates count against."""
    known, numeric = set(), 0
    for cell in row:
        if not cell:
            continue
        if plain(cell) in wanted:
            known.add(plain(cell))
        elif (meaning := by_name(cell)[0]) or bucket_of(cell):
            known.add(meaning or cell)
        elif re.fullmatch(r"[\d.,/\-￥¥$()\s]+", cell):
            numeric += 1
    return len(known - {"ignore"}) + 0.1 * ("ignore" in known) - 0.5 * numeric


def _joined(rows: list[list[str]], first: int) -> tuple[list[str], int]:
    """The headings of row `first`, joined with the row below or above it if the two are one."""
    for upper, lower in ((first, first + 1), (first - 1, first)):
        if upper < 0 or lower >= len(rows):
            continue
        above, below = rows[upper], rows[lower]
        if _is_second_row(above, below):
            group, headings = "", []
            for over, under in zip(above, below, strict=True):
                group = over or (group if under else "")
                headings.append(f"{group}/{under}" if group and under else over or under)
            return headings, lower
    return rows[first], first


def _is_second_row(above: list[str], below: list[str]) -> bool:
    """Under merged cells: short names only, several in the blank cells right of a group's name."""
    filled = [place for place, cell in enumerate(below) if cell]
    if len(filled) < 2 or any(
        re.search(r"\d{2}", below[place]) for place in filled if not bucket_of(below[place])
    ):
        return False
    known = [bool(by_name(below[place])[0] or bucket_of(below[place])) for place in filled]
    if not all(known) or sum(map(bool, above)) < 2:
        return False
    return any(not above[place] for place in filled) and any(
        above[place] and not below[place] for place in range(len(above))
    )


def _with_block_column(columns: Columns, table: RawTable) -> Columns:
    """Take a first column without a known name for the customers, if their names head blocks.

    Reports that group by customer (QuickBooks) write the name alone in a row of its own.
    """
    if "customer_id" in columns or "customer_name" in columns:
        return columns
    for position, column in enumerate(columns.mapped[:2]):
        if column.heading or column.meaning:
            continue
        body = table.cells.iloc[columns.last + 1 :]
        filled = body[position].str.strip() != ""
        others = body.drop(columns=position)
        alone = filled & (others == "").all(axis=1)
        under = ~filled & (others != "").any(axis=1)
        if alone.any() and under.any():
            mapped = list(columns.mapped)
            mapped[position] = MappedColumn("", "customer_name", "values")
            return replace(
                columns,
                mapped=tuple(mapped),
                place={**columns.place, "customer_name": position},
            )
    return columns


def _with_directions(columns: Columns, table: RawTable) -> Columns:
    """Take a column of 借 and 贷, or Dr and Cr, for the directions, whatever its name."""
    if "direction" in columns:
        return columns
    body = table.cells.iloc[columns.last + 1 :]
    for position, column in enumerate(columns.mapped):
        said_otherwise = column.meaning in ("document_type", "description")
        if column.how == "user" or not (said_otherwise or column.meaning in ("", "ignore")):
            continue
        share = 1.0 if said_otherwise else MOSTLY
        if _sure(body[position].head(200)) < share or _sure(body[position]) < share:
            continue
        mapped = list(columns.mapped)
        mapped[position] = MappedColumn(column.heading, "direction", "values")
        place = {name: at for name, at in columns.place.items() if at != position}
        return replace(columns, mapped=tuple(mapped), place=place | {"direction": position})
    return columns


def _sure(cells: pd.Series) -> float:
    """The share of cells that say debit or credit, of those that are not blank."""
    counts = cells.str.strip().value_counts()
    counts = counts[counts.index != ""]
    known = [plain(str(word)) in labels("sign", "sure") for word in counts.index]
    return float(counts[known].sum() / counts.sum()) if len(counts) else 0.0


def repeated(cells: pd.DataFrame, heading: pd.DataFrame) -> pd.Series:
    """Rows that repeat a row of the heading, as reports printed page by page have them."""
    same = pd.Series(False, index=cells.index)
    for _, line in heading.iterrows():
        named = {place: str(cell).strip() for place, cell in line.items() if str(cell).strip()}
        if len(named) < 2:
            continue
        place, word = next(iter(named.items()))
        found = cells[cells[place] == word]
        alike = sum((found[place] == word).astype(int) for place, word in named.items())
        same[found.index[alike >= max(2, 0.6 * len(named))]] = True
    return same


def names_customers(table: RawTable) -> bool:
    """Whether rows above or between the postings name their customer ("Customer: X")."""
    return any(
        contains(column, _customer_line()).any()
        for column in (table.cells[place] for place in list(table.cells)[:6])
    )


@cache
def _customer_line() -> str:
    words = "|".join(map(escaped, rules()["customer_line"]["starts"]))
    return rf"^\s*(?:{words})\s*[:：]\s*\S"
