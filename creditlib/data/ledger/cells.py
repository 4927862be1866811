"""The amounts, days and currencies of the rows, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.data.ledger import amounts, dates
from creditlib.data.ledger.columns import DATES, MONEY, Columns
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import DATA, OPENING, Body
from creditlib.data.ledger.rules import currency_of, labels, plain
from creditlib.errors import InputError


@dataclass(frozen=True)
class Values:
    """What the cells say: `money` and `blank` by meaning, `day` by meaning, `currency` per row.

    `unread` marks, by meaning, cells that are no amount; `left_out` the rows of postings with a
    cell that cannot be read, which are in no frame.
    """

    money: Mapping[str, np.ndarray]
    blank: Mapping[str, np.ndarray]
    unread: Mapping[str, np.ndarray]
    day: Mapping[str, np.ndarray]
    currency: np.ndarray
    left_out: np.ndarray


@dataclass
class Reader:
    """Reads the cells of one table; what it cannot read it adds to `findings`."""

    body: Body
    columns: Columns
    findings: Findings
    file: str

    def __post_init__(self):
        self.posting = np.isin(self.body.kind, (DATA, OPENING))
        self.left_out = np.zeros(len(self.posting), dtype=bool)

    def values(self, unit: float, default_currency: str) -> Values:
        """Read every amount, date and currency; `unit` is what the title rows multiply by."""
        money, blank, unread, signs = self._money(unit)
        day = self._days()
        return Values(
            money, blank, unread, day, self._currencies(signs, default_currency), self.left_out
        )

    def _refuse(
        self, held: np.ndarray, place: int, key: str, severity: str = "error", **values: object
    ) -> None:
        held = held & self.posting
        if not held.any():
            return
        texts = self.body.cells[place][held]
        heading = self.columns.mapped[place].heading
        self.findings.add_rows(severity, key, self.body.rows[held], heading, texts, **values)
        if severity == "error":
            self.left_out |= held

    def _money(self, unit: float) -> tuple[dict, dict, dict, list]:
        columns, body = self.columns, self.body
        places = {name: columns.place[name] for name in MONEY if name in columns}
        places |= {f"bucket {place}": place for place in columns.buckets}
        proven = set()
        for place in places.values():
            numbers = body.numbers.get(place)
            numbers = None if numbers is None else numbers[self.posting]
            proven |= amounts.evidence(body.cells[place][self.posting], numbers)
        if len(proven) > 1:
            self.findings.add("warning", "two_decimal_signs")
        money, blank, unread, signs = {}, {}, {}, []
        for name, place in places.items():
            style = columns.formats.get(name) or (next(iter(proven)) if len(proven) == 1 else None)
            read = amounts.read_amounts(body.cells[place], body.numbers.get(place), style)
            doubtful = read.ambiguous & self.posting
            if doubtful.any() and not proven:
                first = int(np.flatnonzero(doubtful)[0])
                raise InputError(
                    "ledger.ambiguous_amounts",
                    file=self.file,
                    row=int(body.rows[first]),
                    column=columns.mapped[place].heading,
                    value=body.cells[place].iat[first],
                    meaning=name,
                )
            self._refuse(doubtful, place, "ambiguous_amount")
            self._refuse(read.bad, place, "bad_amount")
            money[name] = self._in_cents(read.value * columns.units.get(name, unit), place)
            blank[name], unread[name] = read.blank, read.bad | read.ambiguous
            if read.currency is not None:
                signs.append(read.currency)
        return money, blank, unread, signs

    def _in_cents(self, value: np.ndarray, place: int) -> np.ndarray:
        rounded = np.round(value, 2) + 0.0
        off = float(np.abs(value - rounded)[self.posting].sum())
        if off >= 0.005:
            heading = self.columns.mapped[place].heading
            self.findings.add("warning", "rounded", None, heading, round(off, 4))
        return rounded

    def _days(self) -> dict[str, np.ndarray]:
        columns, cells = self.columns, self.body.cells
        places = {name: columns.place[name] for name in DATES if name in columns}
        distinct = {
            name: pd.unique(cells[place][self.posting]).tolist() for name, place in places.items()
        }
        fitting = {name: dates.orders(values) for name, values in distinct.items()}
        # What the user says of one column serves the others too.
        fitting |= {name: {columns.formats[name]} for name in places if name in columns.formats}
        day = {}
        for name, place in places.items():
            heading = columns.mapped[place].heading
            own = fitting[name]
            order = columns.formats.get(name)
            if order is None and own:
                others = (found for other, found in fitting.items() if found and other != name)
                narrowed = own.intersection(*others)
                order = next(iter(narrowed)) if len(narrowed) == 1 else None
                if order and len(own) > 1:
                    self.findings.add("note", "date_order_of_others", None, heading, order=order)
            read = dates.read_days(cells[place], order)
            doubtful = read.ambiguous & self.posting
            if doubtful.any() and own:
                first = int(np.flatnonzero(doubtful)[0])
                raise InputError(
                    "ledger.ambiguous_dates",
                    file=self.file,
                    row=int(self.body.rows[first]),
                    column=heading,
                    value=cells[place].iat[first],
                    meaning=name,
                )
            # The amount of an invoice stands without its due date; without its date it does not.
            severity = "error" if name == "invoice_date" else "warning"
            self._refuse(doubtful, place, "ambiguous_date", severity, meaning=name)
            self._refuse(read.bad, place, f"bad_{name}", severity)
            day[name] = read.day
        return day

    def _currencies(self, signs: list, default: str) -> np.ndarray:
        """The currency of each row: its own column, else the sign at the amount, heading, title."""
        columns, body = self.columns, self.body
        named = next(iter(columns.currencies.values()), "") or default
        marked = np.full(len(self.posting), "", dtype=object)
        for sign in signs:
            marked = np.where(marked == "", sign, marked)
        if "currency" not in columns or self._amount_is_local():
            if "currency" in columns:
                self.findings.add("note", "local_amounts", None, columns.heading("currency"))
            currency = np.where(marked == "", named, marked)
            kinds = set(marked[self.posting]) - {""}
            if kinds and (marked[self.posting] == "").any() and kinds != {named}:
                # Some amounts carry a sign and others none: the bare ones are not known.
                only = next(iter(kinds)) if len(kinds) == 1 else ""
                currency = np.where(marked == "", only or named, marked)
                bare = (marked == "") & self.posting
                self.findings.add("warning", "bare_amounts", None, None, int(bare.sum()),
                                  currency=only or named)  # fmt: skip
            return currency.astype(object)
        place = columns.place["currency"]
        codes, texts = pd.factorize(body.cells[place])
        known = np.array([currency_of(str(word)) or str(word).upper() for word in texts] + [""],
                         dtype=object)  # fmt: skip
        currency = known[codes]
        strange = sorted(
            {str(word) for word in texts if word and not currency_of(str(word)) and not _code(word)}
        )
        used = set(currency[self.posting]) - {""}
        if strange:
            self._refuse(body.cells[place].isin(strange).to_numpy(), place, "strange_currency")
        blank = (currency == "") & self.posting
        currency = np.where(currency == "", marked, currency)
        blank &= currency == ""
        if blank.any():
            if len(used) > 1:
                self._refuse(blank, place, "no_currency")
            else:
                only = next(iter(used), named)
                currency = np.where(currency == "", only, currency)
                if used:
                    self._refuse(blank, place, "currency_assumed", "warning", currency=only)
        return currency.astype(object)

    def _amount_is_local(self) -> bool:
        """Whether the amounts are in the company's own currency beside a column of another."""
        taken = next((n for n in ("amount", "debit", "balance") if n in self.columns), None)
        if taken is None:
            return False
        return plain(self.columns.heading(taken)) in labels("meaning", "local_amount")


def _code(word: object) -> bool:
    word = str(word)
    return len(word) == 3 and word.isascii() and word.isalpha()
