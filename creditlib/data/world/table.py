"""A frame as the bytes of a CSV file: UTF-8 with BOM for Excel, LF, the same on every machine."""

import csv
import io

import pandas as pd

from creditlib.data.world.columns import Column, File


def render(frame: pd.DataFrame, file: File) -> bytes:
    """Return `frame` as CSV, columns in the order of `file` and written as it says."""
    names = [column.name for column in file.columns]
    if list(frame.columns) != names:
        raise ValueError(f"{file.name}: columns {list(frame.columns)} are not {names}")
    cells = [_cells(frame[column.name], column) for column in file.columns]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _cells(values: pd.Series, column: Column) -> list[str]:
    blank = (values.isna() | (values == "")).to_numpy()
    if blank.any() and not column.blank:
        raise ValueError(f"{column.name} may not be blank")
    return [
        "" if missing else _cell(value, column)
        for value, missing in zip(values.tolist(), blank.tolist(), strict=True)
    ]


def _cell(value: object, column: Column) -> str:
    if column.type == "integer":
        return str(int(value))
    if column.type == "number":
        return f"{value + 0.0:.{column.decimals}f}"  # + 0.0: no minus before a zero
    return value.isoformat()[:10] if column.type == "date" else str(value)
