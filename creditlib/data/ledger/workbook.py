"""Excel workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) by python-calamine."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import python_calamine as calamine

from creditlib.errors import InputError

# Encrypted workbooks are compound files that hold these streams, named in UTF-16; in those of
# Excel 97 the record FILEPASS follows the first one ([MS-XLS] 2.4.117).
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_97 = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
UNREADABLE = "#ERROR"
NOT_CALCULATED = "#NOT-CALCULATED"


def sheets(content: bytes, path: Path, wanted: str | int | None) -> Iterator[tuple]:
    """Yield (name, cells, numbers, findings) of each sheet that is not empty."""
    try:
        if ENCRYPTED in content or ENCRYPTED_97.search(content):
            raise InputError("ledger.encrypted", file=path.name)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = _chosen(book, path, wanted)
        faults = _faults(content)
        for name in names:
            sheet = book.get_sheet_by_name(name)
            yield name, *_cells(sheet, faults.get(name, {})), ()
    except calamine.PasswordError:
        raise InputError("ledger.encrypted", file=path.name) from None
    except InputError:
        raise
    # The reader is compiled: a damaged book can make it panic, which is no Exception.
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise InputError("ledger.damaged_workbook", file=path.name) from error


def _chosen(book: calamine.CalamineWorkbook, path: Path, wanted: str | int | None) -> list[str]:
    sheet_kind = calamine.SheetTypeEnum.WorkSheet
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == sheet_kind]
    if wanted is None:
        hidden = calamine.SheetVisibleEnum.Visible
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == hidden]
        return [name for name in names if name in shown] or names
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return [names[wanted - 1]]
    if wanted not in names:
        raise InputError(
            "ledger.no_such_sheet", file=path.name, sheet=wanted, known=", ".join(names)
        )
    return [wanted]


def _cells(sheet: calamine.CalamineSheet, faults: dict) -> tuple[pd.DataFrame, dict]:
    """Texts of all cells, and the values of those that the workbook holds as numbers."""
    rows = list(sheet.iter_rows())
    left = sheet.start[1] if sheet.start else 0
    texts, numbers = {}, {}
    for position, column in enumerate(zip(*rows, strict=True)):
        texts[position], number = _column(column)
        if number is not None:
            numbers[position] = number
    cells = pd.DataFrame(texts, dtype="str")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    for (row, column), fault in faults.items():
        if row in cells.index and column - left in cells.columns:
            cells.loc[row, column - left] = fault
            if column - left in numbers:
                numbers[column - left][row - 1] = np.nan
    return cells, numbers


def _column(values: tuple) -> tuple[list[str], np.ndarray | None]:
    kinds = set(map(type, values))
    if kinds <= {str}:
        return list(values), None
    number = None
    if float in kinds or int in kinds:
        counts = (float, int)
        number = np.array([value if type(value) in counts else np.nan for value in values], float)
    return [_text(value) for value in values], number


def _text(value: object) -> str:
    kind = type(value)
    if kind is str:
        return value
    if kind is float:
        # A document number such as 1003 is held as 1003.0.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if kind is datetime:
        return value.isoformat(sep=" ")
    if kind in (date, time):
        return value.isoformat()
    if kind is timedelta:  # a serial number shown as a duration
        return repr(value.total_seconds() / 86_400)
    return str(value)


def _faults(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Per sheet, the cells of an .xlsx that hold an error or a formula that was never calculated.

    The reader gives both as blank, and an amount would be lost without a word.
    """
    if not content.startswith(b"PK"):
        return {}
    found: dict[str, dict] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = set(book.namelist())
        if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
            return {}
        relations = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
        targets = {}
        for relation in re.findall(r"<Relationship\b[^>]*>", relations):
            target = re.search(r'Target="([^"]+)"', relation)
            key = re.search(r'\bId="([^"]+)"', relation)
            if target and key:
                targets[key[1]] = target[1].lstrip("/").removeprefix("xl/")
        main = book.read("xl/workbook.xml").decode("utf-8", errors="replace")
        for tag in re.findall(r"<sheet\b[^>]*>", main):
            name = re.search(r'\bname="([^"]*)"', tag)
            key = re.search(r'\br:id="([^"]+)"', tag)
            part = f"xl/{targets.get(key[1])}" if key else ""
            if name and part in parts:
                found[_unescaped(name[1])] = _faults_of(book.read(part))
    return found


def _faults_of(sheet: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in sheet and b"<f" not in sheet:
        return {}
    faults = {}
    for letters, row, attributes, inner in CELL.findall(sheet):
        if b't="e"' in attributes:
            value = re.search(rb"<v>([^<]*)</v>", inner)
            fault = value[1].decode("ascii", "replace") if value else UNREADABLE
        elif b"<f" in inner and not re.search(rb"<v>[^<]|<is>", inner):
            fault = NOT_CALCULATED
        else:
            continue
        position = 0
        for letter in letters:
            position = position * 26 + letter - 64
        faults[int(row), position - 1] = fault
    return faults


def _unescaped(name: str) -> str:
    from html import unescape

    return unescape(name)
