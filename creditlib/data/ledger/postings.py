"""The rows of a ledger as signed amounts: what each adds to, or takes off, what is owed."""

import re

import numpy as np
import pandas as pd

from creditlib.data.ledger.cells import Values
from creditlib.data.ledger.columns import Columns
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import DATA, Body
from creditlib.data.ledger.types import KINDS

NAT = np.datetime64("NaT", "us")
CENT = 0.005
SOURCES = ("amount", "debit", "credit", "paid", "credited", "opening", "bucket")
TYPES = ("", *KINDS)


class Postings:
    """Collects the postings of one table.

    `frame()` has a row per posting: row, account (customer and currency as a number), customer_id,
    customer_name, currency, id, number, reference, date, due, type, method, amount (with the sign
    of what is owed) and column, which of `SOURCES` it comes from; its index is the position.
    `posting` marks the rows that are still in, `left_out` those that gave nothing; `conserved` is
    what the cells of each row came to.
    """

    def __init__(
        self, body: Body, columns: Columns, values: Values, types: np.ndarray, findings: Findings
    ):
        self.body, self.columns, self.values = body, columns, values
        self.types, self.findings = types, findings
        self.size = len(body.kind)
        self.left_out = values.left_out.copy()
        self.posting = (body.kind == DATA) & ~values.left_out
        self.conserved = np.zeros(self.size)
        self.date = self.due = np.full(self.size, NAT)
        self._parts: list[pd.DataFrame] = []
        self._index = pd.RangeIndex(self.size)
        self.customer_name = body.customer_name.set_axis(self._index)
        identity = body.customer_id.set_axis(self._index)
        self.customer = identity.mask(identity == "", self.customer_name)
        codes, currencies = pd.factorize(values.currency)
        self.currency = pd.Categorical.from_codes(codes, currencies)
        self.account = pd.factorize(self.customer)[0] * max(len(currencies), 1) + codes
        self.named = (self.customer != "").to_numpy()
        self.leave(self.posting & ~self.named, "row_without_customer")

    def leave(self, held: np.ndarray, reason: str, column: str | None = None) -> None:
        """Leave rows out of the frames, each with an error that says why."""
        positions = np.flatnonzero(held)
        if not len(positions):
            return
        texts = [self._amounts_of(position) for position in positions[:300]]
        texts += [""] * (len(positions) - len(texts))
        self.findings.add_rows("error", reason, self.body.rows[positions], column, texts)
        self.left_out |= held
        self.posting &= ~held

    def _amounts_of(self, position: int) -> str:
        places = [self.columns.place[n] for n in self.values.money if n in self.columns]
        cells = [self.body.cells[p].iat[position] for p in [*places, *self.columns.buckets]]
        return " / ".join(cell for cell in cells if cell) or "-"

    def warn(self, held: np.ndarray, key: str, column: str | None = None, cells=None) -> None:
        """Add a warning for each of some rows; `cells` are values of all rows."""
        if held.any():
            shown = None if cells is None else np.asarray(cells)[held]
            self.findings.add_rows("warning", key, self.body.rows[held], column, shown)

    def text(self, name: str) -> pd.Series:
        """The texts of a column, "" if the file has none of this meaning."""
        if name not in self.columns:
            return pd.Series("", index=self._index, dtype="str")
        return self.body.cells[self.columns.place[name]].set_axis(self._index)

    def heading(self, name: str) -> str | None:
        """The file's own name of a column, if it has it."""
        return self.columns.heading(name) if name in self.columns else None

    def add(self, held: np.ndarray, amount: np.ndarray, column: str, **other: object) -> None:
        """Add a posting for each of some rows; amounts of 0 are none."""
        held = held & (np.abs(amount) >= CENT)
        if not held.any():
            return
        self.conserved[held] += amount[held]
        number, document = self.text("invoice_id"), self.text("document_id")
        values = {
            "row": self.body.rows,
            "account": self.account,
            "customer_id": self.customer,
            "customer_name": self.customer_name,
            "currency": self.currency,
            "id": document if (number == "").all() else document.mask(document == "", number),
            "number": number if (document == "").all() else number.mask(number == "", document),
            "reference": self._reference(number),
            "date": self.date,
            "due": self.due,
            "type": pd.Categorical(self.types, TYPES),
            "method": self.text("method"),
            "amount": amount,
        } | other
        part = pd.DataFrame(
            {name: value[held] for name, value in values.items()}, index=np.flatnonzero(held)
        )
        source = np.full(len(part), SOURCES.index(column))
        self._parts.append(part.assign(column=pd.Categorical.from_codes(source, SOURCES)))

    def _reference(self, number: pd.Series) -> pd.Series:
        """The invoice that a credit names; a document's own number names none, even if alike."""
        reference = self.text("reference")
        return (
            reference.mask(reference == "", number) if "invoice_id" in self.columns else reference
        )

    def frame(self) -> pd.DataFrame:
        """Return all postings so far."""
        if not self._parts:  # every row was left out or comes to nothing
            self.add(np.ones(self.size, dtype=bool), np.ones(self.size), "amount")
            self.conserved[:] = 0
            return self._parts.pop()[:0]
        return pd.concat(self._parts)

    def find_dates(self) -> None:
        """Find the date of each row: its own, else the due date less the terms."""
        given = self.values.day
        date = given.get("invoice_date", self.date).copy()
        due = given.get("due_date", self.due).copy()
        terms = self._terms()
        days = np.where(np.isnan(terms), 0, terms).astype("timedelta64[D]")
        from_due = np.isnat(date) & ~np.isnat(due)
        date[from_due] = due[from_due] - days[from_due]
        self.warn(from_due & self.posting, "date_from_due")
        by_terms = np.isnat(due) & ~np.isnan(terms)
        due[by_terms] = date[by_terms] + days[by_terms]
        if (by_terms & self.posting).any():
            count = int((by_terms & self.posting).sum())
            self.findings.add("note", "due_from_terms", None, self.heading("terms_days"), count)
        self.date, self.due = date, due
        self.leave(self.posting & np.isnat(date), "row_without_date")

    def _terms(self) -> np.ndarray:
        if "terms_days" not in self.columns:
            return np.full(self.size, np.nan)
        words = self.text("terms_days")
        codes, distinct = pd.factorize(words)
        read = np.array([terms_in_days(str(word)) for word in distinct] + [np.nan])
        strange = np.isnan(read[codes]) & (words != "").to_numpy() & self.posting
        self.warn(strange, "bad_terms", self.heading("terms_days"), words)
        return read[codes]


def terms_in_days(words: str) -> float:
    """The days of payment terms, NaN if the words say none.

    >>> terms_in_days("30"), terms_in_days("2/10 net 30"), terms_in_days("Net 45 days")
    (30.0, 30.0, 45.0)
    """
    words = words.strip().lower()
    if re.fullmatch(r"\d{1,3}(?:\.0+)?", words):
        return float(words)
    found = re.search(r"net\s*(\d{1,3})\b", words) or re.search(
        "(?<![\\d/])(\\d{1,3})\\s*(?:\u5929|\u65e5|days?|d\\b)", words
    )
    return float(found[1]) if found else float("nan")
