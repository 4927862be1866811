"""A fitted scorecard as one SQL expression, for the system where the customers are."""

from creditlib.assessment.scorecard.binning import Binning
from creditlib.errors import InputError

# The sign that quotes an identifier; doubled, it stands for itself.
QUOTES = {"sqlite": '"', "postgresql": '"', "mysql": "`"}


def to_sql(card, dialect: str = "sqlite") -> str:
    """Return the score of a fitted `Scorecard` as an SQL expression over its columns.

    `dialect`: "sqlite", "postgresql" or "mysql". NULL is missing; text that the card does not
    know is "other". SQLite gives exactly what `card.score` gives; the other two add decimals and
    may differ in the tenth place. Text is compared as the database does it, so a MySQL column
    needs a case-sensitive collation. A PostgreSQL `NaN` is a number: store NULL instead.

    >>> import numpy as np, pandas as pd
    >>> from creditlib.assessment.scorecard.model import Scorecard
    >>> days = pd.DataFrame({"days late": np.arange(100)})
    >>> late = np.arange(100) % np.where(np.arange(100) >= 50, 2, 5) == 0
    >>> print(Scorecard(decimals=0).fit(days, late).to_sql())
    CASE WHEN "days late" IS NULL THEN 505 WHEN "days late" <= 49 THEN 525 ELSE 489 END
    """
    if dialect not in QUOTES:
        raise InputError(
            "scorecard.unknown_choice", name="dialect", value=dialect, known=", ".join(QUOTES)
        )
    return "\n+ ".join(
        _case(binning, card.points_[name], _quoted(str(name), QUOTES[dialect]), dialect)
        for name, binning in card.binnings_.items()
    )


def _case(binning: Binning, points, column: str, dialect: str) -> str:
    missing, *in_order, last = map(_number, points)
    if binning.groups is None:
        tests = [f"{column} <= {_number(cut)}" for cut in binning.cuts]
    else:
        tests = [
            f"{column} IN ({', '.join(_text(name, dialect) for name in group)})"
            for group in binning.groups
        ]
    whens = "".join(
        f" WHEN {test} THEN {worth}" for test, worth in zip(tests, in_order, strict=True)
    )
    return f"CASE WHEN {column} IS NULL THEN {missing}{whens} ELSE {last} END"


def _quoted(name: str, quote: str) -> str:
    return quote + name.replace(quote, 2 * quote) + quote


def _number(value: float) -> str:
    # Seventeen digits: some SQLite versions round a shorter number to the neighbouring double.
    return f"{value:.17g}"


def _text(value: str, dialect: str) -> str:
    quoted = value.replace("'", "''")
    if dialect == "mysql":
        quoted = quoted.replace("\\", "\\\\")
    return f"'{quoted}'"
