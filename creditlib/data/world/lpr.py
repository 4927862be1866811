"""lpr.csv: the loan prime rate of the People's Republic of China: real, unlike the rest.

One row per publication; a rate holds until the next. Source A: a series published by Bank of China
that agrees, wherever the rate changes, with two other published tables. Source B: checked less
thoroughly. Source C: seen in news reports. A publication that nobody could verify is left out, and
the rate before it goes on.
"""

import pandas as pd

_YEARS = (  # year, source, then the days of publication, each change of rate before its first day
    (2019, "A", "4.25/4.85 08-20 4.20/4.85 09-20 10-21 4.15/4.80 11-20 12-20"),
    (2020, "A", "4.15/4.80 01-20 4.05/4.75 02-20 03-20 3.85/4.65 04-20 05-20 06-22 07-20 08-20 "
                "09-21 10-20 11-20 12-21"),
    (2021, "A", "3.85/4.65 01-20 02-22 03-22 04-20 05-20 06-21 07-20 08-20 09-22 10-20 11-22 "
                "3.80/4.65 12-20"),
    (2022, "A", "3.70/4.60 01-20 02-21 03-21 04-20 3.70/4.45 05-20 06-20 07-20 3.65/4.30 08-22 "
                "09-20 10-20 11-21 12-20"),
    (2023, "A", "3.65/4.30 01-20 02-20 03-20 04-20 05-22 3.55/4.20 06-20 07-20 3.45/4.20 08-21 "
                "09-20 10-20 11-20 12-20"),
    (2024, "A", "3.45/4.20 01-22 3.45/3.95 02-20 03-20 04-22 05-20 06-20 3.35/3.85 07-22 08-20 "
                "09-20 3.10/3.60 10-21 11-20 12-20"),
    (2025, "A", "3.10/3.60 01-20 02-20 03-20 04-21 3.00/3.50 05-20"),
    (2025, "B", "3.00/3.50 06-20 07-21"),
    (2026, "C", "3.00/3.50 02-24 04-20"),
)  # fmt: skip


def lpr() -> pd.DataFrame:
    """Return the rates, one row per publication: percent a year for one year and for five.

    >>> lpr().tail(1)[["date_published", "lpr_1y", "lpr_5y"]].astype(str).values.tolist()
    [['2026-04-20', '3.0', '3.5']]
    """
    rows = []
    for year, source, line in _YEARS:
        for word in line.split():
            if "/" in word:
                one, five = map(float, word.split("/"))
            else:
                rows.append((f"{year}-{word}", one, five, source))
    frame = pd.DataFrame(rows, columns=["date_published", "lpr_1y", "lpr_5y", "source"])
    return frame.assign(date_published=pd.to_datetime(frame["date_published"]).astype("M8[s]"))
