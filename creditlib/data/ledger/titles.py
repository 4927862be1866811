"""What the rows above the heading say: the day of the ledger, its currency, its unit."""

import re
import unicodedata

import numpy as np
import pandas as pd

from creditlib.data.ledger.dates import read_days
from creditlib.data.ledger.rules import currency_of, plain, rules

DATE = re.compile(
    r"\d{4}\s*\D{1,2}?\s*\d{1,2}\s*\D\s*\d{1,2}|\d{8}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{4}|[A-Za-z]{3,9} \d{1,2}, \d{4}"
)


def day_of(top: pd.DataFrame) -> np.datetime64 | None:
    """The day for which the title rows say that the ledger stands; the end, of a period.

    A day beside "as of" counts before others; when it was printed does not count.
    """
    cues, others = rules()["as_of"]["cues"], rules()["as_of"]["others"]
    cued, plain_days = [], []
    for row in top.itertuples(index=False):
        cells = [str(cell) for cell in row if str(cell).strip()]
        line = unicodedata.normalize("NFKC", "  ".join(cells)).lower()
        for match in DATE.finditer(line):
            day = read_days(pd.Series([match[0]], dtype="str"), None)
            if np.isnat(day.day[0]):
                continue
            before = line[: match.start()]
            near = before[-24:]
            if any(word in near for word in others):
                continue
            (cued if any(cue in near for cue in cues) else plain_days).append(day.day[0])
    found = cued or plain_days
    return max(found).astype("datetime64[D]") if found else None


def currency_and_unit(top: pd.DataFrame) -> tuple[str, float]:
    """The currency that the title rows name ("" if none) and what the amounts are counted in."""
    currency, unit = "", 1.0
    cues = [plain(cue) for cue in rules()["currency"]["cues"] + rules()["unit"]["cues"]]
    for row in top.itertuples(index=False):
        for cell in row:
            words = unicodedata.normalize("NFKC", str(cell)).lower()
            parts = [part for part in re.split(r"[\s:,;()]+", words) if part]
            cued = any(cue in plain(words) for cue in cues)
            for part in parts:
                if cued or (len(part) == 3 and part.isascii()):
                    currency = currency or currency_of(part)
                factor = rules()["unit"].get(part)
                if cued and isinstance(factor, int):
                    unit = float(factor)
            for name, factor in rules()["unit"].items():
                if isinstance(factor, int) and name in words and " " in name:
                    unit = float(factor)
    return currency, unit
