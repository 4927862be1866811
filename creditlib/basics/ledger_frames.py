"""The three frames of a ledger, read strictly: columns that are there, days, amounts, one id each.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.errors import InputError

FIRST_ROW = 2


def day(as_of: object) -> pd.Timestamp:
    """Return `as_of` (a date, a Timestamp or text such as "2025-12-31") as a day without a time.

    >>> day("2025-12-31")
    Timestamp('2025-12-31 00:00:00')
    """
    found = pd.to_datetime(as_of, errors="coerce") if not isinstance(as_of, bool) else pd.NaT
    if not isinstance(found, pd.Timestamp):
        raise InputError("basics.not_a_day", column="as_of", value=as_of)
    return found.normalize()


def days_of(frame: pd.DataFrame, name: str, file: str, *, required: bool = True) -> pd.Series:
    """Return a column of dates as days; a blank is refused if `required`, else stays NaT."""
    column = _column(frame, name, file)
    dates = column
    if not pd.api.types.is_datetime64_any_dtype(column):
        # A number is no date: pandas would count it as nanoseconds since 1970.
        if pd.api.types.is_numeric_dtype(column):
            _refuse(column.notna(), "basics.not_a_day", column, file)
        dates = pd.to_datetime(column, errors="coerce", format="ISO8601")
        _refuse(dates.isna() & column.notna(), "basics.not_a_day", column, file)
    if required:
        _refuse(dates.isna(), "basics.no_date", column, file)
    return dates.dt.normalize()


def amounts_of(frame: pd.DataFrame, name: str, file: str) -> np.ndarray:
    """Return a column of amounts as floats; a blank, text or an infinite number is refused."""
    column = _column(frame, name, file)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    _refuse(~np.isfinite(numbers), "errors.not_a_number", column, file)
    return numbers


def names_of(frame: pd.DataFrame, name: str, file: str) -> pd.Series:
    """Return a column of names or ids, every one of them given."""
    column = _column(frame, name, file)
    _refuse(column.isna(), "basics.no_name", column, file)
    return column


@dataclass(frozen=True)
class Credits:
    """Payments or credit notes: what each takes off which invoice, and when.

    `invoice` is the row of the invoice in its frame, counted from 0, or −1 if it is not there.
    """

    amount: np.ndarray
    date: np.ndarray
    invoice: np.ndarray


@dataclass(frozen=True)
class Ledger:
    """The three frames as arrays: `invoiced` and `due` are days, `due` NaT where none is given."""

    amount: np.ndarray
    invoiced: np.ndarray
    due: np.ndarray
    payments: Credits
    credit_notes: Credits

    def open_amounts(self, as_of: pd.Timestamp) -> np.ndarray:
        """Return what is open on every invoice at the end of a day, to the cent.

        An invoice dated later has nothing open yet. What a customer paid too much is below zero.
        """
        rest = self.amount - sum(
            applied(each, each.date <= as_of.to_datetime64(), len(self.amount))
            for each in (self.payments, self.credit_notes)
        )
        # + 0.0 turns a settled invoice's −0.0 into 0.0
        return np.where(self.invoiced <= as_of.to_datetime64(), np.round(rest, 2) + 0.0, 0.0)

    def unapplied(self, as_of: pd.Timestamp) -> float:
        """Return payments and credit notes up to a day whose invoice is unknown or dated later."""
        total = 0.0
        for each in (self.payments, self.credit_notes):
            waiting = each.date <= as_of.to_datetime64()
            known = each.invoice >= 0
            waiting[known] &= self.invoiced[each.invoice[known]] > as_of.to_datetime64()
            total += each.amount[waiting].sum()
        return round(float(total), 2)


def ledger(invoices: pd.DataFrame, payments: pd.DataFrame, credit_notes: pd.DataFrame) -> Ledger:
    """Return the three frames checked, with payments and credit notes led to their invoices.

    Raises `InputError` with the row and the column of the first missing column, date, amount or id
    and of an invoice that stands there twice: its payments would count against both.
    """
    invoice_ids = names_of(invoices, "invoice_id", "invoices")
    repeated = invoice_ids.duplicated()
    _refuse(repeated, "basics.repeated_invoice", invoice_ids, "invoices")
    index = pd.Index(invoice_ids)
    return Ledger(
        amount=amounts_of(invoices, "amount", "invoices"),
        invoiced=days_of(invoices, "invoice_date", "invoices").to_numpy(),
        due=days_of(invoices, "due_date", "invoices", required=False).to_numpy(),
        payments=_credits(payments, "payment_date", "payments", index),
        credit_notes=_credits(credit_notes, "credit_date", "credit_notes", index),
    )


def applied(credits: Credits, counted: np.ndarray, size: int) -> np.ndarray:
    """Return what the counted ones took off each of `size` invoices."""
    counted = counted & (credits.invoice >= 0)
    return np.bincount(credits.invoice[counted], weights=credits.amount[counted], minlength=size)


def _credits(frame: pd.DataFrame, date: str, file: str, index: pd.Index) -> Credits:
    return Credits(
        amount=amounts_of(frame, "amount", file),
        date=days_of(frame, date, file).to_numpy(),
        invoice=index.get_indexer(_column(frame, "invoice_id", file)),
    )


def _column(frame: pd.DataFrame, name: str, file: str) -> pd.Series:
    if name not in frame:
        present = ", ".join(map(str, frame.columns))
        raise InputError("errors.missing_column", file=file, name=name, present=present)
    return frame[name]


def _refuse(wrong, key: str, column: pd.Series, file: str) -> None:
    wrong = np.asarray(wrong, dtype=bool)
    if wrong.any():
        place = int(wrong.argmax())
        raise InputError(
            key, file=file, row=place + FIRST_ROW, column=column.name, value=column.iloc[place]
        )
