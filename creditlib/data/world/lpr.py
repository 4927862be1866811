"""lpr.csv: the loan prime rate of the People's Republic of China: real, unlike the rest.

One row per publication; a rate holds until the next. The series and what its sources are worth
stand in `collection/lpr.toml`.
"""

import pandas as pd

from creditlib.collection.lpr import published


def lpr() -> pd.DataFrame:
    """Return the rates, one row per publication: percent a year for one year and for five.

    >>> lpr().tail(1)[["date_published", "lpr_1y", "lpr_5y"]].astype(str).values.tolist()
    [['2026-04-20', '3.0', '3.5']]
    """
    rows = [
        (rate.published.isoformat(), float(rate.one_year), float(rate.five_year), rate.source)
        for rate in published()
    ]
    frame = pd.DataFrame(rows, columns=["date_published", "lpr_1y", "lpr_5y", "source"])
    return frame.assign(date_published=pd.to_datetime(frame["date_published"]).astype("M8[s]"))
