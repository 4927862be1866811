"""Chapter 1: what a balance by age (no invoices, no due dates) lets one say, and no more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from creditlib.basics.chase import AGES
from creditlib.i18n import text

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 5_000  # days: a column that ends later has no end


def edges_of(age_columns: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the last days of an aged balance's columns, as `ageing` takes its buckets.

    `age_columns` are first and last day past due of each, (0, 0) what is not due.

    >>> edges_of([(0, 0), (1, 30), (31, 60), (61, 10_000)])
    (0, 30, 60)
    """
    return (0, *sorted({last for first, last in age_columns if first > 0 and last < LONGEST}))


def too_wide(age_columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a column reaches over several of the ages of which `chase_list` gives reasons.

    More than three months late stays true of all that is older; a column of a year, in which a debt
    may be a week or eleven months late, has no reason that is true of all of it.

    >>> too_wide([(0, 0), (1, 30), (31, 60), (61, 90), (91, 10_000)]), too_wide([(1, 365)])
    (False, True)
    """
    ends = [last for name, last in AGES.items() if name in ("fresh", "growing", "turning")]
    return any(first <= end < last for first, last in age_columns if first > 0 for end in ends)


def chase_by_column(
    chase: "pd.DataFrame", age_columns: Sequence[tuple[int, int]]
) -> "pd.DataFrame":
    """Return the list of `chase_list` with no reason that the columns do not bear out.

    Its days and costs are those of the newest day of each column: at least so old.

    >>> import pandas as pd
    >>> chase = pd.DataFrame({"customer_id": ["C1"], "reason": ["100% is up to a month late"]})
    >>> chase_by_column(chase, [(1, 30), (31, 10_000)])["reason"][0] == chase["reason"][0]
    False
    """
    if not too_wide(age_columns):
        return chase
    return chase.assign(reason=text("health.chase.by_column"))
