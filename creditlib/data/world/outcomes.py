"""outcomes.csv: each customer at each credit review: what was known, and what came of it."""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.behaviour import NEVER, Behaviour, books_at
from creditlib.data.world.dates import REVIEWS, month_of, year_later
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import stream

STAGES = ("none", "reminder", "call", "formal_demand", "lawyer_letter", "court")


def under_review(hidden: Hidden, as_of: date) -> list[int]:
    """Return the rows of the customers reviewed on `as_of`: customers by then, not in default."""
    doubles = {planted.position(account) for account in planted.DUPLICATES}
    return [
        row
        for row, (since, default) in enumerate(zip(hidden.since, hidden.default, strict=True))
        if since < as_of and (default is None or default > as_of) and row not in doubles
    ]


def outcomes(
    seed: int, hidden: Hidden, behaviour: Behaviour, statements: pd.DataFrame
) -> pd.DataFrame:
    """Return the reviews, one row per customer and review date."""
    return pd.concat(
        [_review(seed, hidden, behaviour, statements, as_of) for as_of in REVIEWS],
        ignore_index=True,
    )


def _review(seed: int, hidden: Hidden, behaviour: Behaviour, statements, as_of) -> pd.DataFrame:
    random = stream(seed, f"outcomes {as_of}")
    month = month_of(as_of)
    books = books_at(behaviour, hidden, month)
    promises = _broken_promises(random, hidden, behaviour, month)
    stages = _stages(random, hidden, behaviour, as_of)
    rows = under_review(hidden, as_of)
    defaults = [_within(hidden.default[row], as_of) for row in rows]
    limit = behaviour.credit_limit[rows, month // 12]
    receivable = books.receivable[rows]
    owing = receivable > 0
    past_due = np.full(len(rows), np.nan)
    past_due[owing] = books.past_due[rows][owing] / receivable[owing]
    identifiers = [f"C{row + 1:04d}" for row in rows]
    return pd.DataFrame(
        {
            "customer_id": identifiers,
            "as_of": as_of,
            "statement_year": _latest_public(statements, identifiers, as_of),
            "months_on_book": [_months_between(hidden.since[row], as_of) for row in rows],
            "credit_limit": limit,
            "receivable": np.round(receivable, 2),
            "utilisation": np.round(receivable / limit, 3),
            "share_past_due": np.round(past_due, 3),
            "average_days_late_6m": np.round(books.average_days_late[rows], 1),
            "broken_promises_6m": promises[rows],
            "purchases_change_6m": np.round(books.purchases_change[rows], 3),
            "default_12m": [int(day is not None) for day in defaults],
            "default_date": defaults,
            "collection_stage_12m": [stages[row] for row in rows],
        }
    )


def _within(default: date | None, as_of: date) -> date | None:
    return default if default is not None and default <= year_later(as_of) else None


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _latest_public(statements: pd.DataFrame, identifiers: list[str], as_of: date) -> pd.Series:
    public = statements[statements["year"] < as_of.year]
    newest = public.groupby("customer_id")["year"].max()
    return newest.reindex(identifiers).astype("Int64").array


def _broken_promises(random, hidden: Hidden, behaviour: Behaviour, month: int) -> np.ndarray:
    """A promise is given for what is late; the weaker the customer, the more of them break."""
    recent = slice(month - 5, month + 1)
    late = behaviour.share_late[:, recent].mean(axis=1)
    felt = hidden.felt[:, recent].mean(axis=1)
    expected = np.clip(1.6 * late * np.exp(-0.35 * felt), 0, 8)
    return random.poisson(expected)


def _stages(random, hidden: Hidden, behaviour: Behaviour, as_of: date) -> list[str]:
    """How far collection went in the 12 months AFTER the review: never known at the review."""
    window = slice(month_of(as_of) + 1, month_of(as_of) + 13)
    days = np.where(behaviour.days_late >= NEVER, 90, behaviour.days_late)[:, window]
    worst = (behaviour.share_late[:, window] * days).max(axis=1)
    worst = worst * np.exp(0.3 * random.standard_normal(worst.size))
    last_resort = random.random(worst.size)
    return [
        STAGES[3 + int(draw > 0.2) + int(draw > 0.6)]
        if _within(default, as_of)
        else STAGES[int(np.searchsorted([6, 16, 48], amount))]
        for amount, default, draw in zip(worst, hidden.default, last_resort, strict=True)
    ]
