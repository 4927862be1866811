"""Dates as people and programs write them, read by whole columns."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
YEARS = (1990, 2099)  # a receivable of another year is a slip
SHORT_YEARS = (10, 49)  # of a year in two digits: 2010 to 2049
SERIALS = (32_874, 73_050)  # Excel's day numbers of those years
SERIAL_EPOCH = np.datetime64("1899-12-30", "D")
YEAR_FIRST = re.compile(r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$")
YEAR_LAST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
NAMED = re.compile(r"^(\d{1,2})[-/. ]*([a-z]{3})[a-z]*[-/., ]*(\d{4}|\d{2})$")
NAMED_FIRST = re.compile(r"^([a-z]{3})[a-z]*[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[,/. -]+(\d{4}|\d{2})$")
CLOCK = re.compile(r"[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|z|[+-]\d{2}:?\d{2})?$")
BLANK_DATES = {"", "-", "--", "0", "00000000", "00.00.0000", "0000-00-00", "null", "none"}


@dataclass(frozen=True)
class Days:
    """A column of days: `day` (NaT where there is none), `bad` where the text is no date.

    `ambiguous` are cells such as 3/1/2025 of which nothing says whether day or month is first.
    """

    day: np.ndarray
    bad: np.ndarray
    ambiguous: np.ndarray


def orders(distinct: list[str]) -> set[str] | None:
    """Which of "dmy", "mdy" and "ymd" fit every date of a column that has the year in two digits,
    or last; None if it has no such date.

    >>> sorted(orders(["3/1/2025", "4/1/2025"])), sorted(orders(["3/1/2025", "25/1/2025"]))
    (['dmy', 'mdy'], ['dmy'])
    """
    fitting = None
    for value in distinct:
        match = YEAR_LAST.match(_bare(value))
        found = set(_fitting(match)) if match else set()
        if found:
            fitting = found if fitting is None else fitting & found
    return fitting


def read_days(cells: pd.Series, order: str | None) -> Days:
    """Read a column of texts; `order` says how dates with the year last, or short, are written.

    With None a date that can be two days is ambiguous. Each distinct text is read once.

    >>> column = pd.Series(["2025/3/1", "20250301", "45717", "01-Mar-2025", "1/3/2025"])
    >>> sorted(set(read_days(column, "dmy").day.astype("datetime64[D]").astype(str)))
    [np.str_('2025-03-01')]
    """
    codes, distinct = pd.factorize(cells)
    day = np.full(len(distinct) + 1, np.datetime64("NaT"), dtype="datetime64[D]")
    bad = np.zeros(len(distinct) + 1, dtype=bool)
    ambiguous = np.zeros(len(distinct) + 1, dtype=bool)
    for place, value in enumerate(distinct):
        try:
            found = _day(_bare(str(value)), order)
        except ValueError:
            bad[place] = True
            continue
        if found == "ambiguous":
            ambiguous[place] = True
        elif found is not None:
            day[place] = found
    return Days(day[codes].astype("datetime64[us]"), bad[codes], ambiguous[codes])


def _bare(value: str) -> str:
    """Lower case, half width, without the time of day."""
    value = unicodedata.normalize("NFKC", value).strip().lower()
    return CLOCK.sub("", value).strip()


def _day(value: str, order: str | None) -> np.datetime64 | str | None:
    if value in BLANK_DATES:
        return None
    if re.fullmatch(r"\d{8}(?:\.0+)?", value):
        return _checked(int(value[:4]), int(value[4:6]), int(value[6:8]))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", value):
        serial = int(float(value))
        if SERIALS[0] <= serial < SERIALS[1]:
            return SERIAL_EPOCH + serial
        raise ValueError(value)
    if match := YEAR_FIRST.match(value):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := NAMED.match(value):
        return _checked(_year(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    if match := NAMED_FIRST.match(value):
        return _checked(_year(match[3]), MONTHS.get(match[1], 0), int(match[2]))
    if match := YEAR_LAST.match(value):
        found = _fitting(match)
        if order is not None and order in found:
            return found[order]
        if found and order is None:
            return found.popitem()[1] if len(set(found.values())) == 1 else "ambiguous"
    raise ValueError(value)


def _fitting(match: re.Match) -> dict[str, np.datetime64]:
    """The days that a date such as 3/1/2025 or 25-03-01 can be, by the order of its parts."""
    first, second, last = match.groups()
    written = {"dmy": (last, second, first), "mdy": (last, first, second)}
    if len(last) == 2:
        written["ymd"] = (first, second, last)
    found = {}
    for order, (year, month, day) in written.items():
        if len(year) == 2 and not SHORT_YEARS[0] <= int(year) <= SHORT_YEARS[1]:
            continue
        try:
            found[order] = _checked(_year(year), int(month), int(day))
        except ValueError:
            continue
    return found


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _checked(year: int, month: int, day: int) -> np.datetime64:
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(year)
    return np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D")
