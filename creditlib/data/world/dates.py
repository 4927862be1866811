"""The calendar: 48 months from January 2022, four credit reviews, three years of accounts."""

from datetime import date, timedelta

START = date(2022, 1, 1)
MONTHS = 48
LEDGER_START = date(2023, 1, 1)
TODAY = date(2025, 12, 31)
REVIEWS = (date(2023, 4, 30), date(2023, 10, 31), date(2024, 4, 30), date(2024, 10, 31))
YEARS = (2022, 2023, 2024)


def month_of(day: date) -> int:
    """Return the number of a day's month, January 2022 being 0.

    >>> month_of(date(2023, 4, 30))
    15
    """
    return (day.year - START.year) * 12 + day.month - START.month


def first_day(month: int) -> date:
    """Return the first day of a numbered month.

    >>> first_day(15)
    datetime.date(2023, 4, 1)
    """
    return date(START.year + month // 12, month % 12 + 1, 1)


def day_in(month: int, share: float) -> date:
    """Return the day that lies `share` (0 to 1) of the way through a numbered month.

    >>> day_in(15, 0.5)
    datetime.date(2023, 4, 16)
    """
    length = (first_day(month + 1) - first_day(month)).days
    return first_day(month) + timedelta(days=int(share * length))


def public_from(year: int) -> date:
    """Return the day on which the accounts of `year` become public: 30 April of the next year."""
    return date(year + 1, 4, 30)


def year_later(day: date) -> date:
    """Return the last day of the 12 months after a review.

    >>> year_later(date(2023, 4, 30))
    datetime.date(2024, 4, 30)
    """
    return day.replace(year=day.year + 1)
