"""Text files: which encoding, which delimiter, and their cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from creditlib.errors import InputError

DELIMITERS = ",;\t|"
SAMPLE = 400  # records looked at for the delimiter and the width
WIDEST = 2_000  # a record with more cells than this is no row of a ledger


def sheets(content: bytes, path: Path) -> Iterator[tuple]:
    """Yield the one table of a text file: (None, cells, numbers, findings)."""
    content, findings = _utf8(content, path)
    sample = _sample(content)
    delimiter = _delimiter(sample)
    try:
        widths = [len(record) for record in csv.reader(sample, delimiter=delimiter)]
        if max(widths, default=0) > WIDEST:
            raise InputError("ledger.not_a_table", file=path.name)
        cells = _cells(content, delimiter, max(widths, default=1))
    except (csv.Error, pa.ArrowInvalid, MemoryError) as error:
        raise InputError("ledger.unreadable", file=path.name, reason=error) from None
    findings += _swallowed(cells, content, delimiter)
    if not content.endswith((b"\n", b"\r")) and content.count(b"\n"):
        findings.append(("warning", "no_last_line_break", int(cells.index[-1]), None))
    yield None, cells, {}, tuple(findings)


def _utf8(content: bytes, path: Path) -> tuple[bytes, list]:
    """Return the content as UTF-8, and what was lost on the way."""
    if content.startswith(codecs.BOM_UTF8):
        content = content[3:]
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _transcoded(content[2:], name)
    if b"\x00" in content[:4000]:
        even, odd = content[:4000:2].count(0), content[1:4000:2].count(0)
        if (
            max(even, odd) < 0.2 * min(len(content), 4000) / 2
            or min(even, odd) > max(even, odd) / 4
        ):
            raise InputError("ledger.not_a_table", file=path.name)
        return _transcoded(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _transcoded(content, _encoding(content))
    return content, []


def _encoding(content: bytes) -> str:
    """Of bytes that are not clean UTF-8: damaged UTF-8, Chinese, or Western European."""
    words = content.decode("utf-8", errors="replace")
    damaged = words.count("\ufffd")
    if sum(sign > "\x7f" for sign in words) > 4 * damaged:
        return "utf-8"
    signs = [
        sign for sign in content[: 1 << 18].decode("gb18030", errors="replace") if sign > "\x7f"
    ]
    common = len("".join(signs).encode("gb2312", errors="ignore")) / 2
    return "gb18030" if common > 0.5 * len(signs) else "cp1252"


def _transcoded(content: bytes, encoding: str) -> tuple[bytes, list]:
    """Bytes that the encoding does not know become U+FFFD; the rows that hold one are named."""
    words = content.decode(encoding, errors="replace")
    findings = []
    if "\ufffd" in words:
        lines = words.splitlines()
        broken = [number for number, line in enumerate(lines, 1) if "\ufffd" in line]
        findings = [("warning", "undecodable", row, lines[row - 1][:40]) for row in broken]
    return words.encode("utf-8"), findings


def _sample(content: bytes) -> list[str]:
    """The first lines of the file, whole ones."""
    start = content[: 1 << 18].decode("utf-8", errors="ignore")
    return io.StringIO(start, newline="").readlines()[:SAMPLE]


def _delimiter(sample: list[str]) -> str:
    """The sign that cuts the most lines into the same number of cells, more than one."""

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(record) for record in csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        widths = {width: count for width, count in widths.items() if width > 1}
        width = max(widths, key=lambda width: width * widths[width], default=0)
        return widths.get(width, 0) * width, -len(widths)

    return max(DELIMITERS, key=merit)


def _cells(content: bytes, delimiter: str, width: int) -> pd.DataFrame:
    """All cells as texts; rows of another width than the table's are put in their places."""
    names = [str(number) for number in range(width)]
    irregular: list[tuple[int, str]] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        irregular.append((row.number, row.text))
        return "skip"

    try:
        table = arrow_csv.read_csv(
            io.BytesIO(content),
            # Threads would hide the numbers of the irregular rows.
            read_options=arrow_csv.ReadOptions(
                column_names=names, use_threads=False, block_size=1 << 24
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                ignore_empty_lines=False,
                newlines_in_values=b'"' in content,
                invalid_row_handler=keep,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return _plainly(content.decode("utf-8"), delimiter)
    cells = table.to_pandas(types_mapper={pa.string(): pd.StringDtype(na_value=np.nan)}.get)
    del table
    cells.columns = range(width)
    if not irregular:
        cells.index = pd.RangeIndex(1, len(cells) + 1)
        return cells
    places = np.array([number for number, _ in irregular])
    extra = _frame([_record(line, delimiter) for _, line in irregular])
    extra.index = places
    regular = np.ones(len(cells) + len(places) + 1, dtype=bool)
    regular[0] = False
    regular[places] = False
    cells.index = np.flatnonzero(regular)
    return pd.concat([cells, extra]).fillna("").sort_index()


def _record(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _plainly(words: str, delimiter: str) -> pd.DataFrame:
    """Row by row, for the rare file that the fast reader refuses."""
    records = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    if max(map(len, records), default=0) > WIDEST:
        raise csv.Error(f"> {WIDEST}")
    cells = _frame(records)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def _frame(records: list[list[str]]) -> pd.DataFrame:
    width = max(map(len, records), default=0)
    columns = {
        number: [record[number] if number < len(record) else "" for record in records]
        for number in range(width)
    }
    return pd.DataFrame(columns, dtype="str")


def _swallowed(cells: pd.DataFrame, content: bytes, delimiter: str) -> list:
    """Cells in which a stray quotation mark has swallowed whole rows."""
    if b'"' not in content:
        return []
    findings = []
    for column in cells:
        held = cells[column].str.contains("\n", regex=False) & cells[column].str.contains(
            delimiter, regex=False
        )
        for row in cells.index[held]:
            findings.append(("error", "swallowed", int(row), cells[column][row][:40]))
    return findings
