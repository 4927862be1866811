"""numpy's and pandas' values as plain JSON and back; part of `codec`.

Neither library is imported before one of its values comes by.
"""

import base64
import re
import sys
from collections.abc import Callable
from math import prod

from creditlib.classroom.grading.wire import TooLarge, WireError

NUMBERS = re.compile(r"[<>|=]?[?biufcUSmM]\d*(\[\d*[a-zA-Zμ]+\])?")
NULLABLE = re.compile(r"U?Int(8|16|32|64)|Float(32|64)|boolean|string|str|object")
LARGEST_ARRAY = 64 * 2**20  # bytes; a message is smaller, but zeros could be claimed by a shape


def encode_table(value: object, deeper: Callable[[object], object]) -> dict | None:
    """Return an array, scalar, frame, series, index or timestamp in JSON's terms; None if not one.

    `deeper` encodes what stands inside it.
    """
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas is not None:
        found = _encode_pandas(value, deeper, pandas)
        if found is not None:
            return found
    if numpy is not None and isinstance(value, numpy.generic | numpy.ndarray):
        return _encode_array(value, deeper, numpy)
    return None


def decode_table(kind: object, data: dict, deeper: Callable[[object], object]) -> object:
    """Return what `encode_table` wrote; raises `WireError` for a kind that there is not."""
    if kind in ("array", "scalar", "objects"):
        return _decode_array(kind, data, deeper)
    if kind in DECODE:
        import pandas

        return DECODE[kind](data, deeper, pandas)
    raise WireError(f"no kind {str(kind)[:40]}")


def _encode_array(value, deeper, numpy) -> dict | None:
    if isinstance(value, numpy.ma.MaskedArray) or value.dtype.kind not in "biufcUSmMO":
        return None
    if value.dtype.kind == "O":
        return {"t": "objects", "shape": list(value.shape), "v": [deeper(x) for x in value.flat]}
    if value.nbytes > LARGEST_ARRAY:
        raise TooLarge(f"{value.nbytes} bytes")
    return {
        "t": "scalar" if isinstance(value, numpy.generic) else "array",
        "dtype": value.dtype.str,
        "shape": list(value.shape),
        # numpy gives an empty text bytes that it does not count.
        "v": base64.b64encode(value.tobytes()[: value.nbytes]).decode("ascii"),
    }


def _decode_array(kind, data, deeper):
    import numpy

    shape = tuple(data["shape"])
    if any(type(length) is not int or length < 0 for length in shape):
        raise WireError("no shape")
    if kind == "objects":
        values = numpy.empty(len(data["v"]), dtype=object)
        for place, one in enumerate(data["v"]):
            values[place] = deeper(one)
        return values.reshape(shape)
    if not NUMBERS.fullmatch(data["dtype"]):
        raise WireError("no type of numbers")
    dtype = numpy.dtype(data["dtype"])
    raw = base64.b64decode(data["v"], validate=True)
    if prod(shape) * dtype.itemsize != len(raw):
        raise WireError("shape and content differ")
    if raw:
        values = numpy.frombuffer(raw, dtype).reshape(shape).copy()
    else:
        values = numpy.empty(shape, dtype)
    return values[()] if kind == "scalar" else values


def _encode_pandas(value, deeper, pandas) -> dict | None:
    if value is pandas.NaT or value is pandas.NA:
        return {"t": "missing", "v": "NaT" if value is pandas.NaT else "NA"}
    if isinstance(value, pandas.Timestamp):
        return {"t": "timestamp", "v": value.isoformat()}
    if isinstance(value, pandas.Period):
        return {"t": "period", "v": value.ordinal, "freq": value.freqstr}
    if isinstance(value, pandas.Timedelta):
        return {"t": "duration", "v": value.value, "unit": value.unit}
    if isinstance(value, pandas.Index):
        return _encode_index(value, deeper, pandas)
    if isinstance(value, pandas.Series):
        return {
            "t": "series",
            "v": _encode_column(value, deeper),
            "index": _encode_index(value.index, deeper, pandas),
            "name": deeper(value.name),
        }
    if isinstance(value, pandas.api.extensions.ExtensionArray):  # `unique` gives one
        return {"t": "items", "v": _encode_column(value, deeper)}
    if isinstance(value, pandas.DataFrame):
        columns = [value.iloc[:, place] for place in range(value.shape[1])]
        return {
            "t": "frame",
            "v": [_encode_column(column, deeper) for column in columns],
            "columns": _encode_index(value.columns, deeper, pandas),
            "index": _encode_index(value.index, deeper, pandas),
        }
    return None


def _encode_column(values, deeper) -> dict:
    """Return the values of a series, an index or pandas' own kind of array.

    Numbers cross as an array, others one by one.
    """
    dtype = values.dtype
    if str(dtype) == "category":
        codes = deeper(getattr(values, "array", values).codes)
        groups = _encode_column(dtype.categories, deeper)
        return {"t": "grouped", "v": codes, "groups": groups, "ordered": dtype.ordered}
    if str(dtype).startswith("period["):
        ordinals = deeper(getattr(values, "array", values).asi8)
        return {"t": "periods", "v": ordinals, "freq": str(dtype)[len("period[") : -1]}
    zone = getattr(dtype, "tz", None)
    if zone is not None:
        utc = (values.dt if hasattr(values, "dt") else values).tz_convert("UTC")
        array = (utc.dt if hasattr(utc, "dt") else utc).tz_localize(None).to_numpy()
        return {"t": "zoned", "v": deeper(array), "zone": str(zone)}
    if isinstance(dtype, sys.modules["numpy"].dtype) and dtype.kind in "biufcmM":
        return {"t": "column", "v": deeper(values.to_numpy()), "dtype": None}
    name = str(dtype) if NULLABLE.fullmatch(str(dtype)) else "object"
    gaps = values.isna()
    if name == "object":
        return {"t": "column", "v": [deeper(one) for one in values.tolist()], "dtype": name}
    items = [None if gap else deeper(one) for one, gap in zip(values.tolist(), gaps, strict=True)]
    return {"t": "column", "v": items, "dtype": name}


def _encode_index(index, deeper, pandas) -> dict:
    if isinstance(index, pandas.RangeIndex):
        limits = [index.start, index.stop, index.step]
        return {"t": "steps", "v": limits, "name": deeper(index.name)}
    if isinstance(index, pandas.MultiIndex):
        names = [deeper(name) for name in index.names]
        return {"t": "levels", "v": [deeper(one) for one in index.tolist()], "names": names}
    return {"t": "index", "v": _encode_column(index, deeper), "name": deeper(index.name)}


def _column(data, deeper, pandas):
    values = data["v"]
    if data["t"] == "zoned":
        return pandas.Series(deeper(values)).dt.tz_localize("UTC").dt.tz_convert(str(data["zone"]))
    if data["t"] == "grouped":
        groups = pandas.Index(_column(data["groups"], deeper, pandas))
        ordered = data["ordered"] is True
        return pandas.Series(pandas.Categorical.from_codes(deeper(values), groups, ordered))
    if data["t"] == "periods":
        return pandas.Series(pandas.PeriodIndex.from_ordinals(deeper(values), freq=data["freq"]))
    if data["dtype"] is None:
        return pandas.Series(deeper(values))
    if not NULLABLE.fullmatch(data["dtype"]):
        raise WireError("no type of column")
    return pandas.Series([deeper(one) for one in values], dtype=data["dtype"])


def _index(data, deeper, pandas):
    if data["t"] == "steps":
        start, stop, step = data["v"]
        return pandas.RangeIndex(start, stop, step, name=deeper(data["name"]))
    if data["t"] == "levels":
        names = [deeper(name) for name in data["names"]]
        return pandas.MultiIndex.from_tuples([deeper(one) for one in data["v"]], names=names)
    return pandas.Index(_column(data["v"], deeper, pandas), name=deeper(data["name"]))


def _series(data, deeper, pandas):
    values = _column(data["v"], deeper, pandas)
    values.index = _index(data["index"], deeper, pandas)
    return values.rename(deeper(data["name"]))


def _frame(data, deeper, pandas):
    index = _index(data["index"], deeper, pandas)
    columns = [_column(one, deeper, pandas) for one in data["v"]]
    frame = pandas.DataFrame(dict(enumerate(columns)), index=range(len(index)))
    if any(len(one) != len(index) for one in columns):
        raise WireError("columns of different length")
    frame.index = index
    frame.columns = _index(data["columns"], deeper, pandas)
    return frame


DECODE = {
    "missing": lambda data, deeper, pandas: {"NaT": pandas.NaT, "NA": pandas.NA}[data["v"]],
    "timestamp": lambda data, deeper, pandas: pandas.Timestamp(data["v"]),
    "period": lambda data, deeper, pandas: pandas.Period(ordinal=data["v"], freq=data["freq"]),
    "duration": lambda data, deeper, pandas: pandas.Timedelta(data["v"], "ns").as_unit(
        str(data["unit"])
    ),
    "items": lambda data, deeper, pandas: _column(data["v"], deeper, pandas).array,
    "index": _index,
    "steps": _index,
    "levels": _index,
    "series": _series,
    "frame": _frame,
}
