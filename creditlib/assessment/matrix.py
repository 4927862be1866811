"""Numbers typed by people, checked before anything is computed from them."""

import math
from collections.abc import Iterable, Mapping
from numbers import Real

from creditlib.errors import InputError


def number_rows(rows: Iterable[Iterable[float]], *, count: bool = False) -> list[list[float]]:
    """Return `rows` as lists of floats, every row of the same length.

    Raises `InputError` with the row and the column, both counted from 1, where a value is missing,
    is not a finite number or, for a `count`, is negative.

    >>> number_rows([(1, 2), (3, 4)])
    [[1.0, 2.0], [3.0, 4.0]]
    """
    rows = list(rows)
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Iterable):
            raise InputError("expert.not_a_table", row=number, value=row)
    table = [list(row) for row in rows]
    if not table or not table[0]:
        raise InputError("expert.empty_table")
    for number, row in enumerate(table, start=1):
        if len(row) != len(table[0]):
            raise InputError(
                "expert.ragged_table", row=number, length=len(row), expected=len(table[0])
            )
        for column, value in enumerate(row, start=1):
            if not is_number(value):
                raise InputError("errors.not_a_number", row=number, column=column, value=value)
            if count and value < 0:
                raise InputError("errors.negative", row=number, column=column, value=value)
    return [[float(value) for value in row] for row in table]


def is_number(value: object) -> bool:
    """Whether `value` is a finite number: not empty, not text, not True or False, not NaN.

    >>> [is_number(value) for value in (3, 0.5, "3", None, float("nan"), True)]
    [True, True, False, False, False, False]
    """
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def check_numbers(values: Mapping[str, object]) -> None:
    """Refuse the first of the named values that is not a number."""
    for name, value in values.items():
        if not is_number(value):
            raise InputError("errors.not_a_number", column=name, value=value)


def check_amounts(values: Mapping[str, object]) -> None:
    """Refuse the first of the named values that is not a number of zero or more."""
    check_numbers(values)
    for name, value in values.items():
        if value < 0:
            raise InputError("errors.negative", column=name, value=value)
