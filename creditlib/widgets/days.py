"""Days that a trainee fills in: the ones that are needed are there, and all are of our time."""

from collections.abc import Collection
from datetime import date

from creditlib.errors import InputError
from creditlib.i18n import text

# A browser gives the year 0002 while 2026 is being typed; the calendar ends in 9999.
FIRST, LAST = 1980, 2099


def reckonable(key: str, needed: Collection[str], **days: date | None) -> None:
    """Raise `InputError` where a day that is needed is missing, or one that is given is far off.

    `days` are by control, whose labels stand under `key`.

    >>> reckonable("widgets.interest_desk.", ["due"], due=date(2025, 12, 31), part_on=None)
    """
    for name, day in days.items():
        field = text(f"{key}{name}")
        if day is None and name in needed:
            raise InputError("widgets.no_day", field=field)
        if day and not FIRST <= day.year <= LAST:
            raise InputError("widgets.far_day", field=field, day=day, first=FIRST, last=LAST)
