"""What comes in from outside, checked at the border: the frame, its columns, the target."""

import numpy as np
import pandas as pd

from creditlib.errors import InputError


def checked_frame(X) -> pd.DataFrame:
    """Return `X` as a frame with every column name once; an array's columns are x0, x1, ….

    >>> list(checked_frame(np.zeros((2, 3))))
    ['x0', 'x1', 'x2']
    """
    if not isinstance(X, pd.DataFrame):
        X = np.asarray(X)
        X = X.reshape(len(X), -1) if X.ndim < 2 else X
        X = pd.DataFrame(X, columns=[f"x{number}" for number in range(X.shape[1])])
    twice = X.columns[X.columns.duplicated()]
    if len(twice):
        raise InputError("scorecard.duplicate_column", name=twice[0])
    if X.empty:
        raise InputError("scorecard.no_rows")
    return X


def checked_target(y, count: int, of: str = "X") -> np.ndarray:
    """Return `y` as booleans, True for bad; 0 or 1 in each of the `count` rows of `of`."""
    y = y if isinstance(y, pd.Series) else pd.Series(np.asarray(y).ravel())
    if len(y) != count:
        raise InputError(
            "scorecard.different_lengths",
            first=of,
            first_count=count,
            second="y",
            second_count=len(y),
        )
    numbers = pd.to_numeric(y, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = numbers == 1
    wrong = np.flatnonzero(~bad & (numbers != 0))
    if len(wrong):
        raise InputError(
            "scorecard.not_binary", row=y.index[wrong[0]], column=y.name, value=y.iloc[wrong[0]]
        )
    return bad


def two_classes(bad: np.ndarray) -> None:
    """Refuse a target in which every customer is good, or every customer bad."""
    if bad.all() or not bad.any():
        raise InputError("scorecard.one_class_y", value=int(bad.all()))


def column_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return one column of `frame`; say which there are if it is missing."""
    if name not in frame.columns:
        raise InputError(
            "errors.missing_column", name=name, present=", ".join(map(str, frame.columns))
        )
    return frame[name]


def is_text(series: pd.Series) -> bool:
    """Say whether a column holds categories (texts) rather than numbers.

    A text column of which most distinct values are numbers is a number column that someone wrote
    a word into ("n/a", "12,5"): that is refused with the row. Codes that all look like numbers
    stay categories, and a pandas `category` column always is one.
    """
    if isinstance(series.dtype, pd.CategoricalDtype):
        return True
    if pd.api.types.is_numeric_dtype(series.dtype) or series.dtype.kind in "mM":
        return False
    distinct = pd.Series(series.dropna().unique(), dtype=object)
    if distinct.empty or not all(isinstance(value, str) for value in distinct):
        return False
    share_of_numbers = pd.to_numeric(distinct, errors="coerce").notna().mean()
    if 0.5 < share_of_numbers < 1:
        numbers_of(series)
    return True


def numbers_of(series: pd.Series) -> np.ndarray:
    """Return a column as floats, NaN where missing; refuse text, dates and infinities."""
    kind = getattr(series.dtype, "kind", "O")
    if kind in "mM":
        raise InputError("scorecard.date", column=series.name)
    if isinstance(series.dtype, np.dtype) and kind in "biuf":
        numbers = series.to_numpy().astype(float, copy=False)
    else:
        parsed = pd.to_numeric(series.astype(object), errors="coerce")
        numbers = parsed.to_numpy(dtype=float, na_value=np.nan)
        words = np.flatnonzero(np.isnan(numbers) & series.notna().to_numpy())
        if len(words):
            raise InputError(
                "errors.not_a_number",
                row=series.index[words[0]],
                column=series.name,
                value=series.iloc[words[0]],
            )
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        raise InputError("scorecard.infinite", row=series.index[infinite[0]], column=series.name)
    return numbers


def categories_of(series: pd.Series) -> pd.Categorical:
    """Return a text column as a categorical; refuse values that are not text."""
    categorical = pd.Categorical(series)
    for category in categorical.categories:
        if not isinstance(category, str):
            row = series.index[np.flatnonzero(series == category)[0]]
            raise InputError("scorecard.not_text", row=row, column=series.name, value=category)
    return categorical


def checked_scores(values, name: str) -> np.ndarray:
    """Return scores (or probabilities) as floats; none may be missing."""
    series = values if isinstance(values, pd.Series) else pd.Series(np.ravel(values))
    numbers = numbers_of(series.rename(name))
    missing = np.flatnonzero(np.isnan(numbers))
    if len(missing):
        raise InputError("scorecard.missing_score", row=series.index[missing[0]], column=name)
    if not len(numbers):
        raise InputError("scorecard.no_rows")
    return numbers


def checked_probabilities(values, count: int | None = None) -> np.ndarray:
    """Return probabilities of default, `count` of them if given, each within 0 and 1."""
    probabilities = checked_scores(values, "pd")
    if count not in (None, len(probabilities)):
        raise InputError(
            "scorecard.different_lengths",
            first="y",
            first_count=count,
            second="pd",
            second_count=len(probabilities),
        )
    outside = np.flatnonzero((probabilities < 0) | (probabilities > 1))
    if len(outside):
        raise InputError(
            "scorecard.not_a_share",
            row=outside[0],
            column="pd",
            name="PD",
            value=probabilities[outside[0]],
            low=0,
            high=1,
        )
    return probabilities
