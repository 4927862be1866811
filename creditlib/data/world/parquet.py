"""A world of many blocks, written as Parquet files one block at a time."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pyarrow
from pyarrow import parquet

from creditlib.data.world.columns import File
from creditlib.data.world.schema import FILES

_TYPES = {
    "string": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "date": pyarrow.date32(),
}


def write(folder: Path, blocks: Iterable[dict[str, pd.DataFrame]]) -> dict[str, int]:
    """Write every block's tables into `folder`/<name>.parquet; return each file's rows.

    Each file is whole or not there at all: it has another name until the last block is in it.
    """
    rows = {file.name: 0 for file in FILES}
    unfinished = {file.name: folder / f".{file.name}.parquet.part" for file in FILES}
    try:
        with ExitStack() as stack:
            writers = {
                file.name: stack.enter_context(
                    parquet.ParquetWriter(unfinished[file.name], schema(file), compression="zstd")
                )
                for file in FILES
            }
            for tables in blocks:
                for file in FILES:
                    if file.name in tables:
                        table = to_arrow(tables[file.name], file)
                        writers[file.name].write_table(table)
                        rows[file.name] += table.num_rows
        for name, path in unfinished.items():
            path.replace(folder / f"{name}.parquet")
    finally:
        for path in unfinished.values():
            path.unlink(missing_ok=True)
    return rows


def schema(file: File) -> pyarrow.Schema:
    """Return the Parquet schema of a file."""
    return pyarrow.schema(
        [pyarrow.field(column.name, _TYPES[column.type], column.blank) for column in file.columns]
    )


def to_arrow(table: pd.DataFrame, file: File) -> pyarrow.Table:
    """Return a frame as an Arrow table of the file's schema; what is blank in CSV is null."""
    columns = []
    for column in file.columns:
        values = table[column.name]
        if column.type == "string":
            values = values.astype("str").where(lambda texts: texts.notna() & (texts != ""), None)
        if column.type == "number":
            values = values.astype(float).round(column.decimals)
        if column.type == "date":
            values = pd.to_datetime(values)
        columns.append(pyarrow.array(values, type=_TYPES[column.type], from_pandas=True))
    return pyarrow.Table.from_arrays(columns, schema=schema(file))
