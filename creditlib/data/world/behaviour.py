"""How each customer orders and pays, month by month: the frame that a ledger fills with invoices.

For every customer and month: the amount invoiced, the share of what falls due that is paid late,
and how many days late that share is. Only a customer in default owes anything for more than 90
days, so nobody else's days go above `LONGEST_DELAY`.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from creditlib.data.world.dates import MONTHS, month_of
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import pick, stream

TERMS = (30, 45, 60, 90, 120)
TERMS_SHARES = (0.13, 0.10, 0.32, 0.33, 0.12)
LONGEST_DELAY = 85.0
NEVER = 9_999.0


@dataclass(frozen=True)
class Behaviour:
    """Customers × months unless said otherwise; money in yuan with VAT."""

    terms: np.ndarray  # days, per customer
    credit_limit: np.ndarray  # customers × years 2022…2025, set each January
    invoiced: np.ndarray
    share_late: np.ndarray  # of what falls due in the month
    days_late: np.ndarray  # of that late share


def make_behaviour(seed: int, hidden: Hidden, annual_purchases: np.ndarray) -> Behaviour:
    """Draw how everyone orders and pays; `annual_purchases` in yuan."""
    random = stream(seed, "behaviour")
    customers = hidden.size.size
    terms = np.array(TERMS)[pick(random.random(customers), TERMS_SHARES)]
    roominess = np.exp(0.15 * random.standard_normal(customers) + 0.25)
    invoiced = _invoiced(random, hidden, annual_purchases)
    needed = _purchases_expected(hidden, invoiced, annual_purchases)
    limit = needed / 365 * ((terms + 30) * roominess)[:, None]
    share_late, days_late = _lateness(random, hidden)
    return Behaviour(
        terms=terms,
        credit_limit=np.maximum(np.round(limit, -4), 10_000.0),
        invoiced=invoiced,
        share_late=share_late,
        days_late=days_late,
    )


def _invoiced(random: np.random.Generator, hidden: Hidden, annual_purchases) -> np.ndarray:
    monthly_growth = np.repeat(0.30 * hidden.growth / 12, 12, axis=1)
    grown = np.cumsum(monthly_growth, axis=1)
    joined = np.array([max(month_of(first), 0) for first in hidden.since])
    trend = np.exp(grown - np.take_along_axis(grown, joined[:, None], axis=1))
    season = np.tile([0.85, 0.6, 1.1, 1.05, 1.0, 1.05, 0.95, 0.95, 1.1, 0.95, 1.1, 1.3], 4)
    noise = np.exp(0.12 * random.standard_normal(trend.shape) - 0.007)
    amount = annual_purchases[:, None] / 12 * trend * season * noise
    for row, (first, default) in enumerate(zip(joined, hidden.default, strict=True)):
        amount[row, :first] = 0
        if default is not None:
            amount[row, month_of(default) :] = 0
    return np.round(amount, 2)


def _purchases_expected(hidden: Hidden, invoiced: np.ndarray, agreed: np.ndarray) -> np.ndarray:
    """Each January: last year's purchases; what was agreed, where that was not a full year."""
    expected = np.repeat(agreed[:, None], MONTHS // 12, axis=1)
    last_year = invoiced.reshape(len(agreed), -1, 12).sum(axis=2)
    joined = np.array([month_of(first) for first in hidden.since])
    for year in range(1, MONTHS // 12):
        whole = joined < 12 * (year - 1)
        expected[whole, year] = last_year[whole, year - 1]
    return expected


def _lateness(random: np.random.Generator, hidden: Hidden) -> tuple[np.ndarray, np.ndarray]:
    shape = hidden.quality.shape
    own_way = 0.75 * hidden.habit[:, None] + 0.35 * random.standard_normal(shape)
    log_odds = -0.65 - 0.85 * hidden.felt + 0.75 * own_way
    share = 1 / (1 + np.exp(-log_odds))
    days = np.exp(3.25 - 0.28 * hidden.felt + 0.22 * own_way + 0.2 * random.standard_normal(shape))
    days = np.clip(days, 3, LONGEST_DELAY)
    for row, default in enumerate(hidden.default):
        if default is not None:
            # Whatever fell due in the 91 days before default was never paid.
            stop = month_of(default - timedelta(days=91))
            share[row, stop + 1 :] = 1.0
            days[row, stop + 1 :] = NEVER
    return share, days


@dataclass(frozen=True)
class Books:
    """What the supplier's books say of every customer at the end of one month."""

    receivable: np.ndarray  # yuan owed, due or not
    past_due: np.ndarray  # yuan owed after its due date
    average_days_late: np.ndarray  # of what fell due in six months; NaN if nothing did
    purchases_change: np.ndarray  # six months against the six before; NaN if there were none


def books_at(behaviour: Behaviour, hidden: Hidden, month: int) -> Books:
    """Read every customer's account at the end of `month`, in months of 30 days."""
    due = _falling_due(behaviour)
    age = 30.0 * (month - np.arange(month + 1))
    unpaid = np.clip((behaviour.days_late[:, : month + 1] - age) / 30, 0, 1)
    late = due[:, : month + 1] * behaviour.share_late[:, : month + 1]
    past_due = (late * unpaid).sum(axis=1)
    # An open item is as late as it has become by now.
    so_far = np.minimum(behaviour.days_late[:, : month + 1], age + 15)
    recent = slice(month - 5, month + 1)
    weighted = (late * so_far)[:, recent].sum(axis=1)
    fallen_due = due[:, recent].sum(axis=1)
    now = behaviour.invoiced[:, recent].sum(axis=1)
    before = behaviour.invoiced[:, month - 11 : month - 5].sum(axis=1)
    year_old = np.array([month_of(first) <= month - 12 for first in hidden.since])
    return Books(
        receivable=_not_yet_due(behaviour, month) + past_due,
        past_due=past_due,
        average_days_late=_ratio(weighted, fallen_due, fallen_due > 0),
        purchases_change=_ratio(now, before, year_old & (before > 0)) - 1,
    )


def _falling_due(behaviour: Behaviour) -> np.ndarray:
    """Amounts by the month in which they fall due; terms of 45 days fall half in each month."""
    due = np.zeros_like(behaviour.invoiced)
    for row, terms in enumerate(behaviour.terms):
        whole, part = divmod(int(terms), 30)
        part /= 30
        invoiced = behaviour.invoiced[row]
        due[row, whole:] += (1 - part) * invoiced[: MONTHS - whole]
        if part:
            due[row, whole + 1 :] += part * invoiced[: MONTHS - whole - 1]
    return due


def _not_yet_due(behaviour: Behaviour, month: int) -> np.ndarray:
    months_ago = month - np.arange(MONTHS)
    running = np.clip(behaviour.terms[:, None] / 30 - months_ago[None, :], 0, 1)
    return (behaviour.invoiced * running * (months_ago >= 0)[None, :]).sum(axis=1)


def _ratio(above: np.ndarray, below: np.ndarray, defined: np.ndarray) -> np.ndarray:
    result = np.full(above.shape, np.nan)
    result[defined] = above[defined] / below[defined]
    return result
