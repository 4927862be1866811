"""trade_references.csv: what other suppliers report about a customer before each review."""

from datetime import timedelta

import numpy as np
import pandas as pd

from creditlib.data.world.dates import REVIEWS, month_of
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.outcomes import under_review
from creditlib.data.world.seed import pick, stream

HOW_MANY = (0.25, 0.35, 0.27, 0.13)  # one to four references
TRADES = ("bearings", "castings", "electrical", "logistics", "packaging", "steel", "tooling")


def trade_references(seed: int, hidden: Hidden, scale: pd.DataFrame) -> pd.DataFrame:
    """Return the references, one row per report; amounts in yuan."""
    return pd.concat(
        [
            _references(stream(seed, f"references {as_of}"), hidden, scale, as_of)
            for as_of in REVIEWS
        ],
        ignore_index=True,
    )


def _references(random, hidden: Hidden, scale: pd.DataFrame, as_of) -> pd.DataFrame:
    customers = np.arange(hidden.size.size)
    count = 1 + pick(random.random(customers.size), HOW_MANY)
    reviewed = np.zeros(customers.size, dtype=bool)
    reviewed[under_review(hidden, as_of)] = True
    rows = np.repeat(customers, np.where(reviewed, count, 0))
    age, trade, opened = random.random((3, rows.size))
    dealings, used, lateness, debt = random.standard_normal((4, rows.size))
    reported = [as_of - timedelta(days=int(110 * share)) for share in age]
    months = np.array([month_of(day) for day in reported])
    quality = hidden.felt[rows, months]
    high = np.round(
        scale["annual_purchases"].to_numpy()[rows] * 0.22 * np.exp(0.6 * dealings - 0.1), -3
    )
    high = np.maximum(high, 5_000.0)
    balance = np.round(high / (1 + np.exp(-(0.1 - 0.25 * quality + 0.8 * used))), -2)
    days = np.exp(2.1 - 0.42 * quality + 0.3 * hidden.habit[rows] + 0.6 * lateness) - 4
    days = np.clip(np.round(days), 0, 240)
    overdue = 1 / (1 + np.exp(-(-2.1 - 0.45 * quality + 0.03 * days + 0.6 * debt)))
    past_due = np.where(days > 0, np.round(balance * overdue, -2), 0.0)
    known = np.maximum(np.round(0.5 + 12 * opened**1.6, 1), 0.5)
    return pd.DataFrame(
        {
            "customer_id": [f"C{row + 1:04d}" for row in rows],
            "as_of": as_of,
            "reported_on": reported,
            "supplier_trade": [TRADES[int(share * len(TRADES))] for share in trade],
            "high_credit": high,
            "balance": balance,
            "past_due": past_due,
            "days_beyond_terms": days.astype(int),
            "years_known": known,
        }
    )
