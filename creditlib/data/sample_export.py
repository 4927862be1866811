"""A small company's receivables as its system exports them, to practise on (chapter 1).

The customers and invoices are those of the course's world; the files are untidy as real ones are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from creditlib.basics.receivables import open_items
from creditlib.data.loaders import load
from creditlib.data.sample_workbook import write_workbook
from creditlib.i18n import language, text

CLOSE, YEAR_AGO = pd.Timestamp("2025-12-31"), pd.Timestamp("2024-12-31")
INDUSTRY, PROVINCE = "textile machinery", "Zhongzhou"
# Heading cells over two columns, over two rows, and titles over all of them.
MERGED = ("A1:J1", "A2:J2", "B5:C5", "D5:E5", "H5:I5", "A5:A6", "F5:F6", "G5:G6", "J5:J6")
BALANCE = 8  # the column of what is open
# Which customer (in the order of their codes), and which of its invoices, each fault stands in.
WAITING, TWICE, SLIP = (4, -2), (10, -3), (8, -6)
SLIPPED = 214_797.29  # 241,797.29 with two digits the wrong way round


@dataclass(frozen=True)
class SampleExport:
    """The files that `write_sample_export` wrote, and what is true of them.

    `found`: open items with two faults, the balance of `waiting` typed over with words and the row
    of `twice` there twice. `mended`: without faults. `slip`: the balance of `swapped` mistyped.
    `journal`: the postings of 2025, opened with the invoices then open. The three names are
    invoice numbers as they stand in the files. `invoices`, `payments`, `credit_notes`: the same
    customers in the course's data, the measure of what the files must give.
    """

    found: Path
    mended: Path
    slip: Path
    journal: Path
    waiting: str
    twice: str
    swapped: str
    invoices: pd.DataFrame
    payments: pd.DataFrame
    credit_notes: pd.DataFrame


def write_sample_export(folder: str | Path) -> SampleExport:
    """Write the files into `folder` in the language in use; return where, and what they hold.

    >>> from tempfile import TemporaryDirectory
    >>> from creditlib.data.ledger import read
    >>> with TemporaryDirectory() as folder:
    ...     sample = write_sample_export(folder)
    ...     ledger = read(sample.mended)
    >>> ledger.kind, ledger.rows_read, all(check.agrees for check in ledger.control)
    ('open_items', 162, True)
    """
    places = {
        name: Path(folder) / text(f"sample.file.{name}")
        for name in ("found", "mended", "slip", "journal")
    }
    customers = _customers()
    held = [load(name) for name in ("invoices", "payments", "credit_notes")]
    held = [frame[frame["customer_id"].isin(customers.index)] for frame in held]
    still = open_items(*held, CLOSE).sort_values(["customer_id", "invoice_date", "invoice_id"])
    by_customer = dict(list(still.groupby("customer_id")))
    waiting, twice, swapped = (
        _number(by_customer[customers.index[place]]["invoice_id"].iloc[nth])
        for place, nth in (WAITING, TWICE, SLIP)
    )
    clean = list(_export(customers, by_customer))
    found, slip = [list(row) for row in clean], [list(row) for row in clean]
    found[_row_of(found, waiting)][BALANCE] = text("sample.items.waiting")
    place = _row_of(found, twice)
    found.insert(place + 1, found[place])
    slip[_row_of(slip, swapped)][BALANCE] = SLIPPED
    for name, rows in (("found", found), ("mended", clean), ("slip", slip)):
        write_workbook(places[name], text("sample.items.sheet"), rows, MERGED)
    columns = text("sample.postings.columns").split("|")
    journal = pd.DataFrame(sorted(_postings(customers, *held)), columns=columns)
    journal.to_csv(places["journal"], index=False, encoding="gb18030")
    return SampleExport(**places, waiting=waiting, twice=twice, swapped=swapped, **_named(held))


def _customers() -> pd.DataFrame:
    all_of_them = load("customers")
    chosen = all_of_them[
        (all_of_them["industry_en"] == INDUSTRY) & (all_of_them["province_en"] == PROVINCE)
    ].set_index("customer_id")
    codes = [f"J{place:02}" for place in range(1, len(chosen) + 1)]
    return chosen.assign(code=codes, customer_name=chosen[f"name_{language()}"])


def _named(held: list[pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return dict(zip(("invoices", "payments", "credit_notes"), held, strict=True))


def _number(invoice: str) -> str:
    """Return an invoice's number as the company writes it."""
    return "FP" + invoice[1:]


def _row_of(rows: list[list], number: str) -> int:
    return next(place for place, row in enumerate(rows) if number in row)


def _as_typed(date: pd.Timestamp, place: int) -> pd.Timestamp | str:
    """Return mostly the date itself; every few rows somebody has typed it in another way."""
    match place % 11:
        case 3:
            return f"{date:%Y/%m/%d}"
        case 5:
            return f"{date:%Y.%m.%d}"
        case 8:
            return text("sample.items.date", date=date)
        case 10:
            return f"{date:%Y%m%d}"
    return date


def _export(customers: pd.DataFrame, by_customer: dict[str, pd.DataFrame]) -> Iterator[list]:
    """Yield the rows of the list: titles, a heading in two rows, subtotals, a total, a footer."""
    for name in ("company", "title", "days"):
        yield text(f"sample.items.{name}").split("|")
    yield []
    for name in ("upper", "lower"):
        yield text(f"sample.items.{name}").split("|")
    start = 1
    for customer, mine in by_customer.items():
        yield from _items(customers.loc[customer], mine, start)
        yield _total("subtotal", mine)
        start += len(mine)
    yield _total("total", pd.concat(by_customer.values()))
    yield [text("sample.items.footer")]


def _items(who: pd.Series, mine: pd.DataFrame, start: int) -> Iterator[list]:
    """Yield a customer's rows: only the first names it, and some amounts are text."""
    for place, line in enumerate(mine.itertuples(), start):
        first = place == start
        yield [
            place,
            who["code"] if first else "",
            who["customer_name"] if first else "",
            _as_typed(line.invoice_date, place),
            _number(line.invoice_id),
            _as_typed(line.due_date, place + 4),
            text("sample.items.debit"),
            f"{line.amount:,.2f}" if place % 6 == 4 else line.amount,
            line.open_amount,
            who["sales_rep"],
        ]


def _total(name: str, items: pd.DataFrame) -> list:
    label = text(f"sample.items.{name}")
    return ["", "", label, *[""] * 5, round(float(items["open_amount"].sum()), 2)]


def _postings(
    customers: pd.DataFrame, sold: pd.DataFrame, paid: pd.DataFrame, given: pd.DataFrame
) -> Iterator[list]:
    """Yield the journal of the year: what was open at its start, then each debit and credit."""
    opening = open_items(sold, paid, given, YEAR_AGO)
    opening = opening.assign(amount=opening["open_amount"])
    for line in pd.concat([opening, sold[sold["invoice_date"] > YEAR_AGO]]).to_dict("records"):
        who, number = customers.loc[line["customer_id"]], _number(line["invoice_id"])
        day, due = (f"{line[name]:%Y-%m-%d}" for name in ("invoice_date", "due_date"))
        what = text("sample.postings.sale")
        yield [day, number, what, who["code"], who["customer_name"], "", due, line["amount"], ""]
    for name, column, frame in (
        ("receipt", "payment_date", paid),
        ("credit_note", "credit_date", given),
    ):
        what = text(f"sample.postings.{name}")
        for line in frame[frame[column] > YEAR_AGO].to_dict("records"):
            who, number = customers.loc[line["customer_id"]], _number(line["invoice_id"])
            day = f"{line[column]:%Y-%m-%d}"
            yield [day, "", what, who["code"], who["customer_name"], number, "", "", line["amount"]]
