"""Reads a ledger file from one end to the other."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from creditlib.data.ledger.cells import Reader, Values
from creditlib.data.ledger.columns import Columns
from creditlib.data.ledger.control import check_balances, check_conservation, check_totals
from creditlib.data.ledger.dates import read_days
from creditlib.data.ledger.frames import frames_of
from creditlib.data.ledger.headings import find_columns, looks_like_a_ledger, require
from creditlib.data.ledger.ledger import Ledger
from creditlib.data.ledger.opening import RawTable, open_tables
from creditlib.data.ledger.overlooked import leave_unused, name_overlooked
from creditlib.data.ledger.postings import Postings
from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.rows import DATA, REMARK, Body, split_rows
from creditlib.data.ledger.shapes import kind_of, post
from creditlib.data.ledger.sides import with_sides
from creditlib.data.ledger.titles import Titles, day_of, read_titles
from creditlib.data.ledger.types import types_of
from creditlib.data.ledger.units import may_be_unit
from creditlib.errors import InputError


def read(
    path: str | Path,
    mapping: Mapping[str, str] | None = None,
    sheet: str | int | None = None,
    as_of: object = None,
) -> Ledger:
    """Read a receivables ledger from a file as a company's own system exports it.

    CSV (any usual delimiter and encoding), Excel, or a web page under the name of one. Columns are
    recognised by their headings, Chinese or English; `mapping` corrects what was recognised:
    {"heading in the file": "meaning"}, with the meaning "ignore" for a column to leave out, and
    "invoice_date:dmy" (or mdy, ymd), "amount:comma" (or point) where the file can be read in two
    ways. `sheet` is the name or the number (from 1) of a sheet; without it the first that looks
    like a ledger. `as_of` is the day for which the ledger stands, if the file does not say.

    A row that cannot be understood is left out and named in `Ledger.problems`; a file that cannot
    be read raises `InputError`. Amounts of different currencies are never added together.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "open.csv"
    ...     _ = file.write_text("Customer,Invoice,Date,Balance\\nA,1,2025-10-01,80\\n")
    ...     ledger = read(file, as_of="2025-12-31")
    >>> ledger.kind, ledger.invoices["amount"].sum()
    ('open_items', np.float64(80.0))
    """
    tables = open_tables(path, sheet)
    table, columns, others = _chosen(tables, mapping)
    findings = Findings(table.sheet)
    for severity, key, row, value in table.findings:
        findings.add(severity, key, row, None, value)
    for name in others:
        findings.add("warning", "other_sheet", None, None, name)
    top = table.cells.iloc[: columns.first]
    body = split_rows(table, columns, findings)
    if not (body.kind == DATA).any():
        raise InputError(
            "ledger.no_rows", file=table.file, row=int(table.cells.index[columns.last])
        )
    values = _values(table, top, body, columns, findings)
    name_overlooked(body, columns, values, findings)
    types, sure, unknown = _types(body, columns)
    for word in unknown[:20]:
        findings.add("warning", "unknown_type", None, columns.heading("document_type"), word)
    values, nowhere = with_sides(body, columns, values, types, sure, findings)
    kind = kind_of(body, columns, values, types)
    day, source = _as_of(as_of, top, values, body, table.file)
    if day is None:
        key = "aged_without_day" if kind == "aged" else "no_dates"
        raise InputError(f"ledger.{key}", file=table.file, seen=_seen(columns))
    postings = Postings(body, columns, values, types, findings)
    postings.leave(nowhere & postings.posting, "bad_direction", postings.heading("direction"))
    posted = post(postings, kind, day)
    numbers = postings.heading("invoice_id") or postings.heading("document_id")
    frames = frames_of(posted, day, findings, numbers)
    control = (
        *check_totals(body, columns, values, kind, findings),
        *check_balances(postings, kind),
        *check_conservation(postings.conserved, values.currency, frames, findings),
    )
    leave_unused(postings, kind, {check.row for check in control})
    left_out = _left_out(body, columns, values, postings, findings)
    _look_ahead(frames, day, findings)
    return Ledger(
        *frames,
        kind=kind,
        as_of=pd.Timestamp(day).date(),
        as_of_from=source,
        currencies=tuple(sorted(posted["currency"].unique())),
        mapping=columns.mapped,
        problems=findings.listed(),
        control=control,
        left_out=left_out,
        file=table.file,
        sheet=table.sheet,
        rows_read=int((body.kind == DATA).sum()) - len(left_out),
        age_columns=tuple(sorted(columns.buckets.values())) if kind == "aged" else (),
    )


def _chosen(
    tables: list[RawTable], mapping: Mapping[str, str] | None
) -> tuple[RawTable, Columns, list[str]]:
    """The first sheet that is a ledger, and the names of other sheets that look like one."""
    failure = None
    for place, table in enumerate(tables):
        try:
            columns = find_columns(table, mapping)
            require(columns, table)
        except InputError as error:
            failure = failure or error
            continue
        rest = [other.sheet for other in tables[place + 1 :] if looks_like_a_ledger(other)]
        return table, columns, rest
    raise failure


def _values(table, top, body: Body, columns: Columns, findings: Findings) -> Values:
    remarks = body.cells[body.kind == REMARK]
    below = remarks if len(remarks) <= 100 else remarks.iloc[[*range(50), *range(-50, 0)]]
    titles = read_titles(top, below, (table.sheet, Path(table.file).stem))
    named = titles.currency or next(iter(columns.currencies.values()), "")
    chinese = any(
        "\u4e00" <= sign <= "\u9fff" for column in columns.mapped for sign in column.heading
    )
    default = named or ("CNY" if chinese else "")
    values = Reader(body, columns, findings, table.file).values(titles.unit or 1.0, default)
    data = (body.kind == DATA) & ~values.left_out
    if "currency" not in columns and not named and (values.currency[data] == default).any():
        key = "currency_not_named" if default else "currency_unknown"
        findings.add("note", key, None, None, default or None)
    _name_units(columns, values, titles, findings)
    return values


def _name_units(columns: Columns, values: Values, titles: Titles, findings: Findings) -> None:
    """Say what amounts are counted in, and where that is not clear."""
    units = {name: columns.units.get(name, titles.unit or 1.0) for name in values.money}
    used = sorted(set(units.values()))
    if used[-1] != 1:
        findings.add("note", "unit", None, None, " / ".join(f"{unit:,.0f}" for unit in used))
    if titles.unit not in (None, *used):
        findings.add("warning", "unit_of_headings", None, None, f"{titles.unit:,.0f}",
                     taken=" / ".join(f"{unit:,.0f}" for unit in used))  # fmt: skip
    doubtful = [*titles.doubtful]
    for name in units:
        heading = columns.heading_of(name)
        if name not in columns.units and may_be_unit(heading):
            doubtful.append(heading)
    for words in doubtful[:5]:
        findings.add("warning", "unit_doubtful", None, None, words)


def _types(body: Body, columns: Columns) -> tuple[np.ndarray, np.ndarray, list[str]]:
    held = {
        name: body.cells[columns.place[name]] if name in columns else None
        for name in ("document_type", "description")
    }
    data = body.kind == DATA
    types, sure = np.full(len(data), "", dtype=object), np.zeros(len(data), dtype=bool)
    if held["document_type"] is None and held["description"] is None:
        return types, sure, []
    found = types_of(*(None if h is None else h[data] for h in held.values()))
    types[data], sure[data], unknown = found
    return types, sure, unknown


def _as_of(
    wanted: object, top: pd.DataFrame, values: Values, body: Body, file: str
) -> tuple[np.datetime64 | None, str]:
    if wanted is not None:
        text = wanted.isoformat() if isinstance(wanted, date) else str(wanted)
        found = read_days(pd.Series([text], dtype="str"), None).day[0]
        if np.isnat(found):
            raise InputError("ledger.bad_as_of", value=wanted)
        return found.astype("datetime64[D]"), "argument"
    found = day_of(top)
    if found is not None:
        return found, "title"
    days = [values.day[n][body.kind == DATA] for n in ("invoice_date", "payment_date") if n in
            values.day]  # fmt: skip
    known = np.concatenate(days) if days else np.array([], "datetime64[us]")
    known = known[~np.isnat(known)]
    if len(known):
        return known.max().astype("datetime64[D]"), "latest"
    due = values.day.get("due_date", np.array([], "datetime64[us]"))
    due = due[~np.isnat(due)]
    return (due.max().astype("datetime64[D]"), "latest") if len(due) else (None, "")


def _left_out(
    body: Body, columns: Columns, values: Values, postings: Postings, findings: Findings
) -> pd.DataFrame:
    """The rows that are in no frame, with their cells, and what their amounts come to."""
    positions = np.flatnonzero(postings.left_out)
    named = {p: c.heading or f"#{p + 1}" for p, c in enumerate(columns.mapped)}
    frame = body.cells.iloc[positions].rename(columns=named)
    frame.insert(0, "row", body.rows[positions], allow_duplicates=True)
    if len(positions):
        name = next((n for n in ("balance", "amount", "debit") if n in values.money), None)
        amount = 0.0 if name is None else float(np.abs(values.money[name][positions]).sum())
        findings.add("warning", "left_out", None, None, len(positions), amount=f"{amount:,.2f}")
    return frame.reset_index(drop=True)


def _look_ahead(frames: tuple[pd.DataFrame, ...], day: np.datetime64, findings: Findings) -> None:
    later = int((frames[0]["invoice_date"] > pd.Timestamp(day)).sum())
    if later:
        findings.add("warning", "later_than_as_of", None, None, later, as_of=str(day))
    undated = int(frames[0]["due_date"].isna().sum())
    if undated:
        findings.add("warning", "no_due_dates", None, None, undated)


def _seen(columns: Columns) -> str:
    return ", ".join(column.heading for column in columns.mapped if column.heading)[:400]
