"""Chapter 1: whom to chase first, from what waiting another month is expected to cost."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from creditlib.errors import Undefined
from creditlib.i18n import text

if TYPE_CHECKING:
    import pandas as pd

# Days past due → share of debts that agencies expect to collect. Commercial Collection Agency
# Association, 2004: what its members think, on the cases that they are given, not a measurement.
RECOVERABILITY = {
    0: 0.949,
    30: 0.899,
    60: 0.813,
    90: 0.696,
    180: 0.521,
    270: 0.391,
    365: 0.228,
    730: 0.093,
}
WAIT = 30
LAST_AGE = max(RECOVERABILITY)
# The oldest age, in days past due, of each reason.
AGES = {"fresh": 30, "growing": 60, "turning": 90, "old": 365, "ancient": LAST_AGE}


def collectable_share(days_past_due: float) -> float:
    """Return the share of a debt that is expected to be still collectable, by its age.

    Straight lines between the ages of the survey (`RECOVERABILITY`: 94.9 % on the due date, 69.6 %
    three months later, 22.8 % after a year). Beyond two years the survey is silent and the share
    stays at its last value, 9.3 %. Source: Commercial Collection Agency Association, survey of
    its members, 2004: an opinion, and of people who are given the harder cases.

    Raises `Undefined` before the due date: the survey starts there.

    >>> collectable_share(90), round(collectable_share(75), 4)
    (0.696, 0.7545)
    """
    if not days_past_due >= 0:
        raise Undefined("health.not_due", days=days_past_due)
    ages = list(RECOVERABILITY)
    for younger, older in pairwise(ages):
        if days_past_due <= older:
            fall = RECOVERABILITY[younger] - RECOVERABILITY[older]
            return RECOVERABILITY[younger] - fall * (days_past_due - younger) / (older - younger)
    return RECOVERABILITY[LAST_AGE]


def lost_by_waiting(amount: float, days_past_due: float, wait: int = WAIT) -> float:
    """Return how much of `amount` is expected to be no longer collectable after `wait` days more.

    In the currency of `amount`; see `collectable_share` for the ages and for what is undefined.

    >>> round(lost_by_waiting(100_000, 60))
    11700
    """
    later = collectable_share(days_past_due + wait)
    return amount * (collectable_share(days_past_due) - later)


def chase_list(items: "pd.DataFrame", wait: int = WAIT) -> "pd.DataFrame":
    """Return the customers with something past due, the one to chase first on top.

    `items` are open invoices: `customer_id`, `open_amount`, `days_past_due`, and if it is there
    `customer_name`; leave out what is disputed. One row per customer: `customer_id`,
    `customer_name` (where given), `past_due`, `oldest_days`, `cost_of_waiting`, and `reason`, a
    sentence in the language in use. Amounts not past due, credits and items without a due date
    are not counted.

    The rule: rank by `lost_by_waiting`, summed over the customer's invoices. By amount alone the
    list is led by large invoices a few days late, which mostly pay without a call; by age alone
    by old, small ones, on which a call changes little. What a month's delay costs weighs both, and
    anyone can check it by hand. Ties: the larger amount past due. Debts beyond two years cost
    nothing more by this rule and come last: they need a decision (sue, settle, write off), not a
    reminder. Source of the shares: see `collectable_share`.

    >>> import pandas as pd
    >>> columns = ["customer_id", "open_amount", "days_past_due"]
    >>> rows = [("C0001", 100_000, 5), ("C0002", 60_000, 60), ("C0003", 90_000, 800)]
    >>> ranked = chase_list(pd.DataFrame(rows, columns=columns))
    >>> ranked[["customer_id", "cost_of_waiting"]].to_records(index=False).tolist()
    [('C0002', 7020.0), ('C0001', 5600.0), ('C0003', 0.0)]
    """
    import pandas as pd

    due = items[(items["days_past_due"] > 0) & (items["open_amount"] > 0)]
    amounts, days = due["open_amount"].astype(float), due["days_past_due"].astype(int)
    names = ["customer_name"] if "customer_name" in due else []
    due = due.assign(
        past_due=amounts,
        oldest_days=days,
        cost_of_waiting=[lost_by_waiting(*item, wait) for item in zip(amounts, days, strict=True)],
        age=pd.cut(days, [0, *AGES.values(), math.inf], labels=[*AGES, "beyond"]).astype(str),
    )
    ranked = due.groupby("customer_id").agg(
        dict.fromkeys(names, "first")
        | {"past_due": "sum", "oldest_days": "max", "cost_of_waiting": "sum"}
    )
    ranked["past_due"] = ranked["past_due"].round(2)
    ranked["cost_of_waiting"] = ranked["cost_of_waiting"].round(2)
    ranked["reason"] = ranked.index.map(_reasons(due)).astype(str)
    order = ["cost_of_waiting", "past_due", "customer_id"]
    return ranked.reset_index().sort_values(
        order, ascending=[False, False, True], ignore_index=True
    )


def _reasons(due: "pd.DataFrame") -> dict[object, str]:
    """Return a sentence per customer: the age that most of the cost, else the amount, is of."""
    sums = due.groupby(["customer_id", "age"])[["cost_of_waiting", "past_due"]].sum()
    sums["share"] = sums["past_due"] / sums.groupby("customer_id")["past_due"].transform("sum")
    order = ["cost_of_waiting", "past_due", "age"]
    heaviest = sums.reset_index().sort_values(order, ascending=[False, False, True])
    heaviest = heaviest.drop_duplicates("customer_id")
    return {
        customer: text(f"health.chase.{age}", share=share)
        for customer, age, share in heaviest[["customer_id", "age", "share"]].itertuples(
            index=False
        )
    }
