"""Working days, and counting legal periods: months, years, a last day that is a day off.

Saturdays, Sundays and the holidays that a caller gives are days off. The official calendar decides:
it moves holidays and makes some weekends working days, so it is not built in.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """Return the corresponding day so many months later, or the end of that month.

    The day itself does not count. Source: Civil Code 201, 202.

    >>> add_months(date(2025, 8, 31), 6), add_months(date(2024, 2, 29), 36)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date, holidays: Collection[date] = ()) -> date:
    """Return the day if it is neither Saturday, Sunday nor a holiday given, else the next such.

    Where a period ends, the day before rolling is the safe one. Source: Civil Code 203.

    >>> next_working_day(date(2025, 8, 30))
    datetime.date(2025, 9, 1)
    """
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def working_days(first: date, count: int, holidays: Collection[date] = ()) -> list[date]:
    """Return so many working days from a day on, the day itself if it is one.

    >>> [day.isoformat() for day in working_days(date(2025, 12, 31), 2, {date(2026, 1, 1)})]
    ['2025-12-31', '2026-01-02']
    """
    found: list[date] = []
    day = first
    while len(found) < count:
        found.append(next_working_day(day, holidays))
        day = found[-1] + timedelta(days=1)
    return found
