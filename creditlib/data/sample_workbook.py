"""Writes a plain .xlsx with the standard library: one sheet, true dates, merged cells."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

_SCHEMAS, _KIND = "http://schemas.openxmlformats.org", "application/vnd.openxmlformats"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_SHEET_KIND = f"{_KIND}-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_KIND}-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/sheet.xml" ContentType="{_SHEET_KIND}.worksheet+xml"/></Types>'
)
# Excel shows a date as a number unless its cell has the format of a date: 14, the second style.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write_workbook(
    path: str | Path, sheet: str, rows: Iterable[Sequence[object]], merged: Sequence[str] = ()
) -> None:
    """Write `rows` into the one sheet of a workbook; `merged` are ranges such as "A1:C1".

    A date becomes a true date, a number a number, everything else text, and "" an empty cell.
    At most 26 columns. Source of the format: ECMA-376, part 1, §18 (SpreadsheetML).

    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> with TemporaryDirectory() as folder:
    ...     write_workbook(f"{folder}/a.xlsx", "S", [["Day", "Sum"], [date(2025, 12, 31), 7.5]])
    ...     pd.read_excel(f"{folder}/a.xlsx", engine="calamine").to_dict("records")
    [{'Day': Timestamp('2025-12-31 00:00:00'), 'Sum': 7.5}]
    """
    lines = "".join(_row(row, number) for number, row in enumerate(rows, 1))
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    merging = f'<mergeCells count="{len(merged)}">{spans}</mergeCells>' if merged else ""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet '
        f'name={quoteattr(sheet)} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {"worksheet": "sheet.xml", "styles": "styles.xml"}
        ),
        "xl/styles.xml": _STYLES,
        "xl/sheet.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{merging}'
        "</worksheet>",
    }
    with ZipFile(path, "w") as book:
        for part, content in parts.items():
            book.writestr(part, f'<?xml version="1.0" encoding="UTF-8"?>{content}')


def _relations(targets: dict[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _row(values: Sequence[object], number: int) -> str:
    cells = "".join(_cell(value, column, number) for column, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def _cell(value: object, column: int, row: int) -> str:
    at = f"{chr(65 + column)}{row}"
    if isinstance(value, date):
        days = (datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days
        return f'<c r="{at}" s="1"><v>{days}</v></c>'
    if isinstance(value, str):
        words = f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return words if value else ""
    return f'<c r="{at}"><v>{float(value)}</v></c>'
