"""The statements of many customers as a pandas frame: checked, and their ratios.

A frame has `customer_id`, `year` and the columns of `Statement`, one row per customer and year.
Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from collections.abc import Iterator
from dataclasses import MISSING

import numpy as np
import pandas as pd

from creditlib.assessment.accounts import DEFAULTS, Statement
from creditlib.assessment.measures import QUOTIENTS
from creditlib.assessment.quotient import options
from creditlib.assessment.soundness import amount, check, whole_year
from creditlib.errors import InputError

KEY = ["customer_id", "year"]
FIRST_ROW = 2


def read_statements(frame: pd.DataFrame, file: object = None) -> pd.DataFrame:
    """Return the frame with every amount as a number, on the same index.

    A blank is nil, or NaN where nil cannot be assumed (see `Statement`). Raises `InputError` for a
    missing column, text in place of a number, and a customer's year that is there twice.
    """
    for name in [*KEY, *(name for name, default in DEFAULTS.items() if default is MISSING)]:
        if name not in frame:
            present = ", ".join(map(str, frame.columns))
            raise InputError("errors.missing_column", file=file, name=name, present=present)
    columns = {
        "customer_id": frame["customer_id"],
        "year": _years(frame["year"], file),
    } | {name: _amounts(frame, name, file) for name in DEFAULTS}
    read = pd.DataFrame(columns, index=frame.index)
    repeated = read.duplicated(KEY).to_numpy()
    if repeated.any():
        place = int(repeated.argmax())
        customer, year = read[KEY].iloc[place]
        raise InputError(
            "statements.repeated", file=file, row=place + FIRST_ROW, customer=customer, year=year
        )
    return read


def check_table(frame: pd.DataFrame, file: object = None) -> pd.DataFrame:
    """Return the frame read, or raise an `InputError` for the first row that is not sound.

    On top of what `read_statements` refuses: a required amount left blank and every finding of
    `check`, among them a balance sheet that does not balance and negative totals.

    >>> from dataclasses import asdict
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> frame = pd.DataFrame([{"customer_id": "C001"} | asdict(EXAMPLE)])
    >>> check_table(frame).shape
    (1, 31)
    """
    read = read_statements(frame, file)
    for row, (_, statement) in enumerate(records(read), FIRST_ROW):
        for name, default in DEFAULTS.items():
            if default is MISSING:
                amount(getattr(statement, name), MISSING, file=file, row=row, column=name)
        for finding in check(statement, file, row):
            raise finding
    return read


def records(read: pd.DataFrame) -> Iterator[tuple[object, Statement]]:
    """Yield each row of a frame that was read as a customer and a `Statement`."""
    for record in read.to_dict("records"):
        yield record.pop("customer_id"), Statement(**record)


def ratio_table(frame: pd.DataFrame, vat_rate: float = 0.0, file: object = None) -> pd.DataFrame:
    """Return the ratios of every customer and year, on the frame's own index.

    Turnover and returns are on average balances where the frame has the customer's year before. A
    ratio without a value is NaN; `reason` holds the short codes why and `flags` those of
    `Ratios.flags`, each joined by ", ". The values are those of `ratios`, row by row.

    >>> from dataclasses import asdict
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> frame = pd.DataFrame([{"customer_id": "C001"} | asdict(EXAMPLE)])
    >>> ratio_table(frame)[["current_ratio", "flags"]].values.tolist()
    [[1.6, 'year_end']]
    """
    read = read_statements(frame, file)
    previous, first = _year_before(read)
    table, reasons = read[KEY].copy(), {}
    for measure in QUOTIENTS:
        given = options(measure, previous, vat_rate)
        table[measure.__name__] = _divided(measure, read, given, reasons)
    table["cash_conversion_cycle"] = (
        table["receivable_days"] + table["inventory_days"] - table["payable_days"]
    )
    owing = {"negative_equity": reasons["negative_equity"]} if "negative_equity" in reasons else {}
    table["flags"] = _joined(owing | {"year_end": first}, read.index)
    table["reason"] = _joined(dict(sorted(reasons.items())), read.index)
    return table


def _amounts(frame: pd.DataFrame, name: str, file: object) -> pd.Series | float:
    default = np.nan if DEFAULTS[name] is MISSING else DEFAULTS[name]
    if name not in frame:
        return default
    column = frame[name]
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(dtype=float, na_value=np.nan)
        if not np.isinf(numbers).any():
            return pd.Series(numbers, index=frame.index).fillna(default)
    return pd.Series(
        [
            amount(value, default, file=file, row=row, column=name)
            for row, value in enumerate(_cells(column), FIRST_ROW)
        ],
        index=frame.index,
        dtype=float,
    )


def _years(column: pd.Series, file: object) -> pd.Series:
    return pd.Series(
        [
            whole_year(value, file=file, row=row, column="year")
            for row, value in enumerate(_cells(column), FIRST_ROW)
        ],
        index=column.index,
        dtype=int,
    )


def _cells(column: pd.Series) -> list:
    return column.astype(object).where(column.notna(), None).tolist()


def _year_before(read: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return each row's year before, or the row itself where that is not known, and where."""
    wanted = pd.MultiIndex.from_arrays([read["customer_id"], read["year"] - 1])
    place = pd.MultiIndex.from_frame(read[KEY]).get_indexer(wanted)
    first = place < 0
    previous = read.iloc[np.where(first, np.arange(len(read)), place)]
    return previous.set_axis(read.index), first


def _divided(measure, read: pd.DataFrame, given: dict, reasons: dict) -> pd.Series:
    numerator, denominator = measure.parts(read, **given)
    unknown = (numerator.isna() | denominator.isna()).to_numpy()
    undefined = (denominator <= 0).to_numpy() & ~unknown
    for code, where in (
        ("not_given", unknown),
        (measure.undefined.partition(".")[2], undefined),
    ):
        if where.any():
            reasons[code] = reasons.get(code, False) | where
    return numerator / denominator.where(denominator > 0)


def _joined(codes: dict[str, np.ndarray], index: pd.Index) -> pd.Series:
    words = np.full(len(index), "", dtype=object)
    for code, where in codes.items():
        words[where] = [f"{before}, {code}" if before else code for before in words[where]]
    return pd.Series(words, index=index)
