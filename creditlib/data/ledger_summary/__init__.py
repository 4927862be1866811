"""`creditlib ledger FILE`: the health of the user's own ledger, as one HTML page."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from creditlib.basics.health import health_by_currency
from creditlib.basics.health_findings import currency_name
from creditlib.data.ledger import read
from creditlib.data.ledger_summary.page import SHOWN, page, source
from creditlib.errors import InputError
from creditlib.i18n import text

SAID = 4  # findings that the command prints; all of them stand on the page


def summary(
    file: str | Path,
    out: str | Path | None = None,
    as_of: object = None,
    sheet: str | None = None,
    mapping: Iterable[str] = (),
) -> None:
    """Read a ledger, write its health as a page and print what matters most.

    `out` is the page, by default `<name>-health.html` in the folder where the command is run;
    more than 50 problems are written beside it as `<name>-problems.csv`. `mapping` gives columns
    as "heading=meaning". The ledger's file is never written to. Raises `InputError` for a file
    that cannot be read, a mapping without "=", and a page that would replace the ledger.
    """
    file = Path(file).expanduser()
    out = Path(out).expanduser() if out else Path(f"{file.stem}-health.html")
    problems_file = out.with_name(f"{file.stem}-problems.csv")
    for place in (out, problems_file):
        if file.exists() and place.exists() and place.samefile(file):
            raise InputError("health.would_replace", path=place)
    ledger = read(file, mapping=_columns(mapping), sheet=sheet, as_of=as_of)
    frames = ledger.invoices, ledger.payments, ledger.credit_notes
    healths = health_by_currency(
        *frames,
        ledger.as_of,
        open_items_only=ledger.is_snapshot,
        age_columns=ledger.age_columns,
    )
    written = [out]
    content = page(ledger, healths, problems_file.name)
    _write(out, content.encode())
    if len(ledger.problems) > SHOWN:
        _write(problems_file, _problems_table(ledger.problems_frame()))
        written.append(problems_file)
    print(source(ledger))
    for currency, health in healths.items():
        prefix = f"[{currency_name(currency)}] " if len(healths) > 1 else ""
        for finding in health.findings[:SAID]:
            print(prefix + finding.words)
    if ledger.problems:
        print(text("health.command.problems", count=len(ledger.problems)))
    for path in written:
        print(text("health.command.written", path=path))


def _columns(mapping: Iterable[str]) -> dict[str, str] | None:
    columns = {}
    for given in mapping or ():
        heading, sign, meaning = given.rpartition("=")
        if not sign or not heading.strip() or not meaning.strip():
            raise InputError("health.not_a_mapping", value=given)
        columns[heading.strip()] = meaning.strip()
    return columns or None


def _problems_table(problems: pd.DataFrame) -> bytes:
    """Return all problems as CSV that opens in Excel: UTF-8 with BOM."""
    severities = [text(f"health.page.severity.{name}") for name in problems["severity"]]
    table = problems.assign(severity=severities).map(_inert)
    headings = [text(f"health.page.heading.{name}") for name in table]
    return table.to_csv(index=False, header=headings, lineterminator="\r\n").encode("utf-8-sig")


def _inert(cell: object) -> str:
    """Return a cell that Excel does not run: what the ledger holds could begin a formula."""
    shown = "" if cell is None else str(cell)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t", "\r")) else shown


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError("data.cannot_write", path=path, error=error.strerror) from None
