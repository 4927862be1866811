"""From the bytes of a file to a table of texts that knows its row numbers."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from creditlib.data.ledger import delimited, webpage, workbook
from creditlib.errors import InputError

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first bytes of what is often renamed to .xlsx or .csv: pictures, PDF, archives, programs.
FOREIGN = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
}

SUFFIXES = {"JPEG": "jpg", "gzip": "gz"}  # where it is not the kind itself


@dataclass(frozen=True)
class RawTable:
    """A sheet as texts: `cells` has a row per row of the file, indexed by its number in Excel.

    `numbers` gives, per column position, the values of the cells that the workbook itself holds
    as numbers (NaN elsewhere): their text needs no reading. `findings` are (severity, key, row,
    value) of what opening met. A blank cell is "".
    """

    file: str
    sheet: str | None
    cells: pd.DataFrame
    numbers: dict[int, np.ndarray]
    findings: tuple[tuple[str, str, int | None, object], ...] = ()


def open_tables(path: object, sheet: str | int | None = None) -> list[RawTable]:
    """Return the tables of a file: one of a text file, one per sheet that is not empty of a book.

    `sheet` names one sheet, or counts from 1. Raises `InputError` for what is not a table.
    """
    path = Path(str(path)).expanduser()
    content = _content(path)
    head = content[:8]
    if head.startswith((ZIP, COMPOUND)):
        sheets = workbook.sheets(content, path, sheet)
    elif webpage.is_webpage(content):
        sheets = webpage.sheets(content, path)
    else:
        for signature, kind in FOREIGN.items():
            if head.startswith(signature):
                named = path.suffix.lower().lstrip(".") in (kind.lower(), SUFFIXES.get(kind))
                key = "foreign_named" if named else "foreign"
                raise InputError(f"ledger.{key}", file=path.name, kind=kind)
        sheets = delimited.sheets(content, path)
    tables = [
        RawTable(path.name, name, cells, numbers, findings)
        for name, cells, numbers, findings in sheets
        if len(cells) and cells.shape[1]
    ]
    if not tables:
        raise InputError("ledger.empty", file=path.name)
    return tables


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("ledger.directory", file=path.name or path)
        if not path.exists():
            raise InputError("errors.not_found", path=path)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("ledger.unreadable", file=path.name, reason=error) from None
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise InputError("ledger.empty", file=path.name)
    return content
