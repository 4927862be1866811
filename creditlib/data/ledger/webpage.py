"""HTML tables that a program has saved under the name of an Excel or text file."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from creditlib.errors import InputError

PAGE = re.compile(r"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
XML_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
WIDEST = 2_000


def is_webpage(content: bytes) -> bool:
    """Whether the file begins as a web page or as XML, whatever its name."""
    start = content[:4000].replace(b"\x00", b"").decode("latin-1")
    return start.lstrip("\xef\xbb\xbf\xff\xfe \r\n\t").startswith("<") and bool(
        PAGE.search(start) or XML_WORKBOOK in start or "<?xml" in start
    )


def sheets(content: bytes, path: Path) -> Iterator[tuple]:
    """Yield (None, cells, numbers, findings) of the largest table of the page."""
    start = content[:4000].decode("latin-1")
    if not PAGE.search(start.replace("\x00", "")) or XML_WORKBOOK in start:
        raise InputError("ledger.xml_workbook", file=path.name)
    parser = _Tables()
    parser.feed(_decoded(content, start))
    parser.close()
    if not any(parser.tables):
        raise InputError("ledger.page_without_table", file=path.name)
    rows = max(parser.tables, key=lambda table: sum(map(len, table)))
    width = max(map(len, rows))
    if width > WIDEST:
        raise InputError("ledger.not_a_table", file=path.name)
    cells = pd.DataFrame(
        {place: [row[place] if place < len(row) else "" for row in rows] for place in range(width)},
        dtype="str",
    )
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    findings = [
        ("warning", "undecodable", number, " ".join(row)[:40])
        for number, row in enumerate(rows, 1)
        if any("\ufffd" in cell for cell in row)
    ]
    others = [table for table in parser.tables if table is not rows and len(table) > 2]
    if others:
        findings.append(("warning", "other_tables", None, len(others)))
    yield None, cells, {}, tuple(findings)


def _decoded(content: bytes, start: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    named = re.search(r"charset\s*=\s*[\"']?\s*(gb\w+|utf-?8|big5)", start, re.IGNORECASE)
    encodings = [named[1]] if named else []
    for encoding in [*encodings, "utf-8-sig", "gb18030"]:
        try:
            return content.decode("gb18030" if encoding.lower().startswith("gb") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode(named[1] if named else "gb18030", errors="replace")


class _Tables(HTMLParser):
    """Rows of every table; a cell that spans columns or rows fills the first place of them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._below: dict[int, int] = {}  # place → rows further down that a cell above spans
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._end_cell() if tag in ("table", "tr", "td", "th") else None
        if tag == "table":
            self.tables.append([])
            self._below = {}
        elif tag == "tr" and self.tables:
            self._end_row()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._span = tuple(_count(dict(attrs).get(name)) for name in ("colspan", "rowspan"))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_row(self) -> None:
        """Count down the cells from above that stand right of this row's last cell."""
        width = len(self.tables[-1][-1]) if self.tables[-1] else 0
        for place in self._below:
            self._below[place] -= place >= width

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        row = self.tables[-1][-1]
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append("")
        wide, high = self._span
        wide = min(wide, 200)
        for place in range(len(row), len(row) + wide):
            self._below[place] = high - 1
        row += [" ".join("".join(self._cell).split())] + [""] * (wide - 1)
        self._cell = None


def _count(span: str | None) -> int:
    return min(int(span), 10_000) if span and span.isdigit() and int(span) > 0 else 1
