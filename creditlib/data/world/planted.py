"""Which customers carry a story that the generator plants; the instructor's key tells the stories.

Everything else in the world is drawn; these customers' hidden quality and default dates are set.
"""

from datetime import date

import numpy as np

from creditlib.data.world.dates import MONTHS, month_of

# Statements of 2023 dressed up: sham sales on credit, margins up, no cash behind them.
SHAM_SALES = ("C0118", "C0264", "C0507")
# 存贷双高: much cash in the balance sheet and much expensive debt beside it.
SHAM_CASH = "C0494"
# Five companies behind one legal representative, one address and one telephone.
GROUP = ("C0076", "C0203", "C0345", "C0468", "C0612")
# A healthy firm in 2022 that slides, month by month, into default.
FAILING = "C0219"
# A second account of the same firm under another spelling → the first account.
DUPLICATES = {"C0436": "C0089", "C0581": "C0230", "C0739": "C0312"}
# annual_purchases entered with the decimal point one place to the right.
DECIMAL_SLIP = "C0285"

DEFAULTS = {
    FAILING: date(2025, 3, 11),
    "C0118": date(2025, 1, 20),
    "C0264": date(2025, 6, 16),
    "C0345": date(2024, 12, 9),
    "C0076": date(2025, 2, 24),
    "C0612": date(2025, 8, 18),
}
SOUND = ("C0507", SHAM_CASH, "C0203", "C0468", DECIMAL_SLIP, *DUPLICATES, *DUPLICATES.values())
OLD_CUSTOMERS = 640  # planted customers with a history were all customers before 2022


def position(customer_id: str) -> int:
    """Return a customer's place in the hidden arrays.

    >>> position("C0001")
    0
    """
    return int(customer_id[1:]) - 1


def shape_quality(quality: np.ndarray) -> np.ndarray:
    """Return the monthly quality paths with the planted customers' own put in."""
    shaped = quality.copy()
    for customer in (*SHAM_SALES, SHAM_CASH):
        path = shaped[position(customer)]
        shaped[position(customer)] = path - path.mean() - 0.9
    group = [position(customer) for customer in GROUP]
    shared = shaped[group].mean(axis=0)
    shared = shared - shared.mean() - np.linspace(0.1, 1.6, MONTHS)
    shaped[group] = 0.25 * (shaped[group] - shaped[group].mean(axis=1, keepdims=True)) + shared
    for account, original in DUPLICATES.items():
        shaped[position(account)] = shaped[position(original)]
    until = month_of(DEFAULTS[FAILING])
    slide = np.interp(np.arange(MONTHS), [0, 12, 24, until, MONTHS], [1.1, 0.7, -0.9, -2.6, -3.0])
    shaped[position(FAILING)] = slide
    return shaped


def set_defaults(default_dates: list[date | None]) -> list[date | None]:
    """Return the default dates with the planted customers' own put in."""
    fixed = list(default_dates)
    for customer in SOUND:
        fixed[position(customer)] = None
    for customer, day in DEFAULTS.items():
        fixed[position(customer)] = day
    return fixed
