"""A company's own receivables ledger, as it was read."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from creditlib.data.ledger.columns import MappedColumn
from creditlib.data.ledger.control import Check
from creditlib.data.ledger.problems import Problem
from creditlib.i18n import text

SNAPSHOTS = frozenset({"open_items", "aged"})  # kinds that hold no settled invoices


@dataclass(frozen=True)
class Ledger:
    """What a ledger file holds, in the frames of the course.

    `invoices`, `payments`, `credit_notes` have the columns of `creditlib.data.load`, and
    `customer_name` and `currency`; amounts are positive and to the cent, never of two currencies
    in one sum. A payment with invoice_id "" is unapplied cash; one whose day the file does not
    give has the method "undated" and stands on `as_of`.

    `kind`: "open_items" (a row per open invoice, with its balance), "invoices" (a row per invoice,
    with what was paid), "journal" (a row per posting) or "aged" (a balance per customer and age).
    `as_of_from`: "argument", "title" (above the heading) or "latest" (the latest date of the file).
    `control`: the file's own totals beside what was read, and per currency all amount cells beside
    invoices − payments − credit notes. `left_out`: the rows that are in no frame, with their cells.
    `age_columns`: of an "aged" one, the first and last day past due of each column ((0, 0): what is
    not due); its due dates are the newest that the column allows, and none is the file's own.
    """

    invoices: pd.DataFrame
    payments: pd.DataFrame
    credit_notes: pd.DataFrame
    kind: str
    as_of: date
    as_of_from: str
    currencies: tuple[str, ...]
    mapping: tuple[MappedColumn, ...]
    problems: tuple[Problem, ...]
    control: tuple[Check, ...]
    left_out: pd.DataFrame
    file: str
    sheet: str | None
    rows_read: int
    age_columns: tuple[tuple[int, int], ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """Whether the file holds only what is open: no settled invoice, no sales, no payments."""
        return self.kind in SNAPSHOTS

    @property
    def unapplied(self) -> pd.DataFrame:
        """Payments and credit notes that settle no invoice: overpaid, paid ahead, or no match."""
        found = [
            frame[frame["invoice_id"] == ""].rename(columns={key: "id", day: "date"})
            for frame, key, day in (
                (self.payments, "payment_id", "payment_date"),
                (self.credit_notes, "credit_note_id", "credit_date"),
            )
        ]
        columns = ["id", "customer_id", "customer_name", "currency", "date", "amount"]
        return pd.concat([frame[columns] for frame in found], ignore_index=True)

    @property
    def balance(self) -> dict[str, float]:
        """What is owed on the whole per currency: invoices − payments − credit notes."""
        frames = ((1, self.invoices), (-1, self.payments), (-1, self.credit_notes))
        return {
            code: round(
                float(sum(s * f.loc[f["currency"] == code, "amount"].sum() for s, f in frames)), 2
            )
            for code in self.currencies
        }

    def open_items(self, as_of: object = None) -> pd.DataFrame:
        """Return the invoices open at `as_of` (else the ledger's), all currencies, row by row."""
        from creditlib.basics.receivables import open_items

        return open_items(self.invoices, self.payments, self.credit_notes, as_of or self.as_of)

    def describe(self) -> pd.DataFrame:
        """Return one row per column of the file: its heading, what it was taken for, and how."""
        labels = {
            "heading": [column.heading for column in self.mapping],
            "meaning": [
                text(f"ledger.meaning.{column.meaning or 'unknown'}") for column in self.mapping
            ],
            "how": [text(f"ledger.how.{column.how or 'none'}") for column in self.mapping],
        }
        return pd.DataFrame({text(f"ledger.describe.{n}"): values for n, values in labels.items()})

    def problems_frame(self) -> pd.DataFrame:
        """Return one row per problem: severity, sheet, row, column, value, message.

        The message is in the language in use; what does not apply is None.
        """
        names = ("severity", "sheet", "row", "column", "value", "message")
        rows = [[getattr(problem, name) for name in names] for problem in self.problems]
        return pd.DataFrame(rows, columns=list(names), dtype=object)
