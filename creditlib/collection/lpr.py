"""The loan prime rate (贷款市场报价利率) as published, and the one in force on a day."""

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from creditlib.collection.claim import calendar_day, money
from creditlib.errors import InputError

FIRST_DAY = date(2019, 8, 20)
# The shortest time between two publications: from 20 February to 20 March.
_NEXT_EXPECTED = timedelta(days=28)


@dataclass(frozen=True)
class Rate:
    """One publication: percent a year for one year and for over five; `source` A is the surest."""

    published: date
    one_year: Decimal
    five_year: Decimal | None = None
    source: str = "user"

    def __post_init__(self):
        object.__setattr__(self, "published", calendar_day(self.published, "published"))
        object.__setattr__(self, "one_year", money(self.one_year, "one_year"))
        # Below 0.1 % somebody wrote 0.03 for 3.00 %.
        if not Decimal("0.1") <= self.one_year < 100:
            raise InputError("interest.not_a_percentage", column="one_year", value=self.one_year)


@cache
def published() -> tuple[Rate, ...]:
    """Return the publications that the course knows, oldest first.

    Add the later ones yourself: `(*published(), Rate(date(2026, 5, 20), "3.00"))`.

    >>> published()[0].one_year, published()[-1].published
    (Decimal('4.25'), datetime.date(2026, 4, 20))
    """
    source = Path(__file__).with_name("lpr.toml").read_text(encoding="utf-8")
    rates = (
        Rate(day, Decimal(each["one_year"]), Decimal(each["five_year"]), each["source"])
        for each in tomllib.loads(source)["rate"]
        for day in each["published"]
    )
    return tuple(sorted(rates, key=lambda rate: rate.published))


def in_force(day: date, rates: Sequence[Rate] | None = None) -> Rate:
    """Return the rate in force on a day: the last published on or before it.

    Raises `InputError` before 2019-08-20, when the central bank's benchmark rate was the measure.

    >>> in_force(date(2024, 7, 1)).one_year
    Decimal('3.45')
    """
    series = _series(rates)
    place = bisect_right(series, day, key=lambda rate: rate.published)
    if day < FIRST_DAY or place == 0:
        raise InputError("interest.before_lpr", day=day, first=max(FIRST_DAY, series[0].published))
    return series[place - 1]


def is_carried_forward(day: date, rates: Sequence[Rate] | None = None) -> bool:
    """Tell whether a newer rate than the last known must have been published by that day.

    >>> is_carried_forward(date(2026, 5, 1)), is_carried_forward(date(2026, 6, 1))
    (False, True)
    """
    return day >= _series(rates)[-1].published + _NEXT_EXPECTED


def changes(first: date, last: date, rates: Sequence[Rate] | None = None) -> list[Rate]:
    """Return the rate in force on `first` and each that replaced it with another by `last`.

    >>> [str(rate.one_year) for rate in changes(date(2024, 7, 1), date(2024, 12, 30))]
    ['3.45', '3.35', '3.10']
    """
    found = [in_force(first, rates)]
    for rate in _series(rates):
        if first < rate.published <= last and rate.one_year != found[-1].one_year:
            found.append(rate)
    return found


def _series(rates: Sequence[Rate] | None) -> list[Rate]:
    if rates is None:
        return list(published())
    if not rates:
        raise InputError("interest.no_rates")
    return sorted(rates, key=lambda rate: rate.published)
