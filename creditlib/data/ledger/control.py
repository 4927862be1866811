"""The file's own totals, and every cell's way into the frames, as a check of what was read."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.data.ledger.cells import Values
from creditlib.data.ledger.columns import Columns
from creditlib.data.ledger.postings import Postings
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import BALANCE, DATA, OPENING, TOTAL, Body
from creditlib.data.ledger.rules import labels, plain

CENT = 0.005


@dataclass(frozen=True)
class Check:
    """A total that the file states (`stated`), and what the rows that were read come to (`read`).

    `label` is the word in the file's row `row`, `column` the heading over the amount. `currency`
    is "" where the file adds up several.
    """

    label: str
    row: int | None
    column: str
    currency: str
    stated: float
    read: float

    @property
    def difference(self) -> float:
        """Stated less read; 0 if they agree."""
        return round(self.stated - self.read, 2)

    @property
    def agrees(self) -> bool:
        """Whether the two are the same to the cent."""
        return abs(self.difference) < CENT


def check_totals(
    body: Body, columns: Columns, values: Values, kind: str, findings: Findings
) -> tuple[Check, ...]:
    """Compare each totals row with the rows above it; a difference is a warning.

    A totals row may stand for everything, for its customer, for its year, or for what came since
    the totals row before it: it agrees if one of these does. The last totals row of the file, and
    one that is called a grand total, must stand for everything, unless others bear its name.
    """
    totals = np.flatnonzero(body.kind == TOTAL)
    if not len(totals):
        return ()
    checks = []
    running = kind == "journal" and "balance" in values.money
    for name, money in values.money.items():
        if name == "balance" and running:
            continue
        place = columns.place[name] if name in columns else int(name.split()[1])
        heading, cells = columns.mapped[place].heading, body.cells[place].to_numpy()
        stated = totals[~values.blank[name][totals] & (cells[totals] != "")]
        _name_unread(body, heading, cells, stated[values.unread[name][stated]], findings)
        stated = stated[~values.unread[name][stated]]
        if len(stated):
            checks += _column_checks(body, columns, values, money, heading, totals, stated)
    for check in checks:
        _warn(check, findings)
    return tuple(sorted(checks, key=lambda check: check.row))


def _name_unread(
    body: Body, heading: str, cells: np.ndarray, positions: np.ndarray, findings: Findings
) -> None:
    for position in positions.tolist():
        findings.add("warning", "total_unreadable", body.rows[position], heading, cells[position],
                     label=body.label.get(position, ""))  # fmt: skip


def _column_checks(body, columns, values, money, heading, totals, stated) -> list[Check]:
    kept = (body.kind == DATA) & ~values.left_out
    used = sorted(set(values.currency[kept]))
    own = _own_currency(body, columns, values)
    sums = {code: _Sums(body, values, np.where(kept & (values.currency == code), money, 0), totals)
            for code in used if len(used) > 1}  # fmt: skip
    sums[""] = _Sums(body, values, np.where(kept, money, 0), totals)
    names = Counter(plain(body.label[int(p)]) for p in stated)
    checks = []
    for position in stated:
        label = body.label[int(position)]
        code = own[position] if own[position] in sums else ""
        grand = plain(label) in labels("total", "grand") or (
            position == stated[-1]
            and names[plain(label)] == 1
            and plain(label) in labels("total", "words")
        )
        candidates = sums[code].candidates(int(position), grand)
        said = float(money[position])
        read = min(candidates, key=lambda value: abs(value - said))
        if grand and abs(read - said) >= CENT:
            read = candidates[0]
        currency = code or (used[0] if len(used) == 1 else "")
        checks.append(
            Check(label, int(body.rows[position]), heading, currency, said, round(float(read), 2))
        )
    return checks


def _own_currency(body: Body, columns: Columns, values: Values) -> np.ndarray:
    if "currency" not in columns:
        return np.full(len(body.kind), "", dtype=object)
    blank = (body.cells[columns.place["currency"]] == "").to_numpy()
    return np.where(blank, "", values.currency)


class _Sums:
    """Sums of a column over the stretches of rows for which a totals row may stand."""

    def __init__(self, body: Body, values: Values, money: np.ndarray, totals: np.ndarray):
        self.sum = np.concatenate([[0.0], np.cumsum(money)])  # before each position
        self.totals = totals
        self.place = np.searchsorted(totals, np.arange(len(money)))
        postings = np.isin(body.kind, (DATA, OPENING))
        key = (body.customer_id + "\t" + body.customer_name).to_numpy(dtype=object)
        positions = np.flatnonzero(postings)
        codes = pd.factorize(key[positions])[0]
        changes = np.flatnonzero(np.diff(codes, prepend=-1))
        self.blocks = positions[changes]
        self.years = np.array([], dtype=int)
        if "invoice_date" in values.day:
            year = values.day["invoice_date"][positions].astype("datetime64[Y]").astype(int)
            turns = np.diff(year, prepend=year[:1]) != 0
            self.years = positions[turns]

    def candidates(self, position: int, grand: bool) -> list[float]:
        """The sums that a totals row at `position` may state; all above it first."""
        here = self.sum[position]
        everything = [here, self.sum[-1]]
        if grand:
            return everything
        starts = {0}
        for marks in (self.blocks, self.years):
            before = np.searchsorted(marks, position)
            if before:
                starts.add(int(marks[before - 1]))
        before = np.searchsorted(self.totals, position)
        if before:
            starts.add(int(self.totals[before - 1]))
            # Totals of a month stand in two rows: of the month and of the year so far.
            run = before - 1
            while run > 0 and self.totals[run] - self.totals[run - 1] == 1:
                run -= 1
            if run > 0 or self.totals[0] < position:
                starts.add(int(self.totals[run]))
                if run > 0:
                    starts.add(int(self.totals[run - 1]))
        return everything + [here - self.sum[start] for start in starts]


def check_balances(postings: Postings, kind: str) -> tuple[Check, ...]:
    """Compare balances that the file carries along with the customer's postings so far.

    Rows of a closing balance, opening balances said again, and in a journal the balance column of
    the postings themselves: where it goes along with the postings at all, a row at which it jumps
    is a warning, because a row before it is missing, doubled or changed.
    """
    body, values, columns = postings.body, postings.values, postings.columns
    column = next((n for n in ("balance", "amount", "debit") if n in values.money), None)
    if column is None:
        return ()
    so_far = pd.Series(postings.conserved).groupby(postings.account, sort=False).cumsum().to_numpy()
    again = np.isin(body.kind, (BALANCE, OPENING)) & (postings.conserved == 0) & postings.named
    checks = []
    cells = body.cells[columns.place[column]].to_numpy()
    unread = again & values.unread[column] & ~values.left_out
    _name_unread(body, columns.heading(column), cells, np.flatnonzero(unread), postings.findings)
    given = again & ~values.blank[column] & ~values.left_out & ~unread
    for position in np.flatnonzero(given):
        said = float(values.money[column][position])
        read = float(so_far[position])
        if abs(abs(said) - abs(read)) < CENT:  # the side may stand in another column
            read = said
        check = Check(body.label.get(int(position), ""), int(body.rows[position]),
                      columns.heading(column), str(values.currency[position]), said,
                      round(read, 2))  # fmt: skip
        checks.append(check)
        _warn(check, postings.findings)
    if kind == "journal" and "balance" in values.money:
        _check_steps(postings, so_far)
    return tuple(checks)


def _check_steps(postings: Postings, so_far: np.ndarray) -> None:
    """Name the rows at which the running balance does not go along with the postings."""
    values, body = postings.values, postings.body
    held = np.isin(body.kind, (DATA, OPENING)) & ~values.blank["balance"] & ~values.left_out
    gap = pd.Series(np.round(values.money["balance"] - so_far, 2)[held])
    if "direction" in postings.columns:  # balances stand without a sign
        gap = pd.Series(np.round(np.abs(values.money["balance"]) - np.abs(so_far), 2)[held])
    account = postings.account[held]
    before = gap.groupby(account, sort=False).shift(fill_value=0.0)
    jumps = ((gap - before).abs() >= CENT).to_numpy()
    if not jumps.any():
        return
    heading = postings.heading("balance")
    if jumps.mean() > 0.2:
        postings.findings.add("warning", "balance_not_running", None, heading)
        return
    places = np.flatnonzero(held)[jumps]
    cells = postings.text("balance").to_numpy()[places]
    postings.findings.add_rows("warning", "balance_jumps", body.rows[places], heading, cells)


def _warn(check: Check, findings: Findings) -> None:
    if not check.agrees:
        findings.add("warning", "total_differs", check.row, check.column, check.stated,
                     label=check.label, read=check.read, difference=check.difference)  # fmt: skip


def check_conservation(
    conserved: np.ndarray,
    currency: np.ndarray,
    frames: tuple[pd.DataFrame, ...],
    findings: Findings,
) -> tuple[Check, ...]:
    """What the cells of the rows come to, against invoices − payments − credit notes."""
    invoices, payments, notes = (f.groupby("currency")["amount"].sum() for f in frames)
    cells = pd.Series(conserved).groupby(currency).sum()
    checks = []
    codes = sorted(set(currency[np.abs(conserved) > 0]) | set(invoices.index) | set(payments.index))
    for code in codes:
        read = invoices.get(code, 0.0) - payments.get(code, 0.0) - notes.get(code, 0.0)
        check = Check(
            "", None, "", code, round(float(cells.get(code, 0.0)), 2), round(float(read), 2)
        )
        checks.append(check)
        if not check.agrees:
            findings.add("error", "not_conserved", None, None, check.stated, read=check.read,
                         currency=code)  # fmt: skip
    return tuple(checks)
