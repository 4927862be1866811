"""The distress and manipulation screens over the statements of many customers.

Frames are those of `statement_tables`: `customer_id`, `year` and the columns of `Statement`.
"""

import numpy as np
import pandas as pd

from creditlib.assessment.distress import altman_z
from creditlib.assessment.manipulation import beneish_m
from creditlib.assessment.statement_tables import KEY, read_statements, records
from creditlib.errors import InputError, Undefined


def distress_table(
    frame: pd.DataFrame, variant: str = "private", file: object = None
) -> pd.DataFrame:
    """Return the Altman score of every customer and year, on the frame's own index.

    Columns: the key, `score`, `zone` and `reason`. Where the score has no value it is NaN, as is
    the zone, and `reason` has the short code why; elsewhere `reason` is empty. `public` reads the
    market value of the shares from a column `market_equity`.

    >>> from dataclasses import asdict
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> frame = pd.DataFrame([{"customer_id": "C001"} | asdict(EXAMPLE)])
    >>> distress_table(frame, "emerging")["zone"].tolist()
    ['safe']
    """
    read = read_statements(frame, file)
    if variant == "public" and "market_equity" not in frame:
        present = ", ".join(map(str, frame.columns))
        raise InputError("errors.missing_column", file=file, name="market_equity", present=present)
    listed = frame["market_equity"] if variant == "public" else [None] * len(read)
    rows = []
    for (_, statement), market_equity in zip(records(read), listed, strict=True):
        try:
            found = altman_z(statement, variant, market_equity)
            rows.append((found.score, found.zone, ""))
        except Undefined as undefined:
            rows.append((np.nan, None, undefined.reason))
    return _beside(read, rows, {"score": float, "zone": "str", "reason": "str"})


def manipulation_table(frame: pd.DataFrame, file: object = None) -> pd.DataFrame:
    """Return the Beneish score of every customer and year, on the frame's own index.

    Columns: the key, `score`, `probability`, `flagged` and `reason`. Without the customer's year
    before, or where the score has no value, all three are missing and `reason` has the short code
    why. Beside a score, `reason` names the indices that stand at their neutral value.

    >>> from dataclasses import asdict, replace
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> years = [asdict(EXAMPLE), asdict(replace(EXAMPLE, year=2025))]
    >>> frame = pd.DataFrame([{"customer_id": "C001"} | year for year in years])
    >>> manipulation_table(frame)["reason"].tolist()
    ['first_year', '']
    """
    read = read_statements(frame, file)
    known = {(customer, statement.year): statement for customer, statement in records(read)}
    rows = []
    for (customer, year), statement in known.items():
        previous = known.get((customer, year - 1))
        if previous is None:
            rows.append((np.nan, np.nan, None, "first_year"))
            continue
        try:
            found = beneish_m(statement, previous)
        except Undefined as undefined:
            rows.append((np.nan, np.nan, None, undefined.reason))
            continue
        neutral = ", ".join(f"{name}: {code}" for name, code in found.reasons.items())
        rows.append((found.score, found.probability, found.flagged, neutral))
    types = {"score": float, "probability": float, "flagged": "boolean", "reason": "str"}
    return _beside(read, rows, types)


def _beside(read: pd.DataFrame, rows: list[tuple], types: dict[str, object]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=list(types), index=read.index).astype(types)
    return pd.concat([read[KEY], found], axis=1)
