"""Days as people write them: 2025年12月31日, 2025-12-31, 31 December 2025, Dec. 31, 12月31日."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from creditlib.collection.letter_amounts import hanzi_number, writing


@dataclass(frozen=True)
class Day:
    """A day found in a text: the days it can mean (none if there is no such day)."""

    means: tuple[date, ...]
    start: int
    end: int
    sure: bool = True  # the month was written


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def _forms() -> list[re.Pattern]:
    dates = writing()["dates"]
    return [re.compile(form.replace("MONTH", dates["month"]), re.ASCII) for form in dates["forms"]]


def days(flat: str, near: date) -> list[Day]:
    """Return the days in a text, in order; a day without a year is the one nearest to `near`.

    >>> [str(one.means[0]) for one in days("dec. 31, 2025 to 15 january", date(2025, 12, 20))]
    ['2025-12-31', '2026-01-15']
    """
    found: list[Day] = []
    for form in _forms():
        for match in form.finditer(flat):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                means = _means(match.groupdict(), near)
                if means or match.groupdict().get("year"):
                    sure = not match.groupdict().get("only")
                    found.append(Day(means, match.start(), match.end(), sure))
    return sorted(found, key=lambda one: one.start)


def _means(parts: dict[str, str | None], near: date) -> tuple[date, ...]:
    if parts.get("hanzi"):
        return _in_hanzi(parts["hanzi"])
    if parts.get("hanzimonth"):
        month, day = re.split(r"[\u6708\u65e5\u53f7]", parts["hanzimonth"])[:2]
        parts = {"month": str(hanzi_number(month) or 0), "day": str(hanzi_number(day) or 0)}
    if parts.get("only"):
        made = _date(near.year, near.month, int(parts["only"]))
        return (made,) if made else ()
    pairs = [(parts.get("month"), parts.get("day"))]
    if parts.get("name"):
        pairs = [(_MONTHS.index(parts["name"][:3]) + 1, parts["day"])]
    elif parts.get("one"):  # day first or month first: both are written
        pairs = [(parts["one"], parts["other"]), (parts["other"], parts["one"])]
    year = parts.get("year")
    if year:
        years = [int(year.strip("'")) + (2000 if len(year.strip("'")) == 2 else 0)]
    else:
        years = [near.year - 1, near.year, near.year + 1]
    means = {
        day
        for month, number in pairs
        for one in years
        if (day := _date(one, int(month), int(number))) is not None
    }
    if not year and means:
        means = {min(means, key=lambda day: abs(day - near))} if len(pairs) == 1 else means
    return tuple(sorted(means, key=lambda day: abs(day - near)))


def _in_hanzi(written: str) -> tuple[date, ...]:
    year, month, day = re.split(r"[\u5e74\u6708\u65e5\u53f7]", written)[:3]
    digits = "".join(str(hanzi_number(sign) or 0) for sign in year)
    made = _date(int(digits), int(hanzi_number(month) or 0), int(hanzi_number(day) or 0))
    return (made,) if made else ()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
