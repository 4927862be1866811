"""What the rows above the heading say: the day of the ledger, its currency, its unit."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.data.ledger.columns import WHOLE
from creditlib.data.ledger.dates import read_days
from creditlib.data.ledger.rules import currency_of, plain, rules
from creditlib.data.ledger.units import may_be_unit, unit_of

DATE = re.compile(
    r"\d{4}\s*\D{1,2}?\s*\d{1,2}\s*\D\s*\d{1,2}|\d{8}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{4}|[A-Za-z]{3,9} \d{1,2}, \d{4}"
)
PIECES = re.compile(r"[:,;()\[\]|、。\t]+|\s{2,}")


@dataclass(frozen=True)
class Titles:
    """What titles say of the amounts: `currency` ("" if none), `unit` (None if none).

    `doubtful` are texts that may name a unit and could not be understood.
    """

    currency: str
    unit: float | None
    doubtful: tuple[str, ...] = ()


def lines_of(rows: pd.DataFrame) -> list[list[str]]:
    """The cells of some rows that are not blank, in half width."""
    lines = (
        [unicodedata.normalize("NFKC", str(cell)).strip() for cell in row]
        for row in rows.itertuples(index=False)
    )
    return [[cell for cell in line if cell] for line in lines]


def day_of(top: pd.DataFrame) -> np.datetime64 | None:
    """The day for which the title rows say that the ledger stands; the end, of a period.

    A day beside "as of" counts before others; when it was printed does not count.
    """
    cues, others = rules()["as_of"]["cues"], rules()["as_of"]["others"]
    cued, plain_days = [], []
    for cells in lines_of(top):
        line = "  ".join(cells).lower()
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


def read_titles(top: pd.DataFrame, below: pd.DataFrame, names: Iterable[str | None]) -> Titles:
    """Read the rows above the heading, the remarks `below` it, and names of the file and sheet.

    A word beside its cue ("currency: USD", in one cell or two) counts before others.
    """
    currencies, named, units, doubtful = [], set(), [], []
    for cells in [*lines_of(top), *lines_of(below)]:
        cued = False
        for cell in cells:
            whole = _pieces(cell)
            inside = set(re.findall(r"\(([^()]*)\)", cell))
            for piece in whole:
                cued = cued or _has_cue(piece)
                bare = _without_cue(piece)
                code = currency_of(bare) or next(
                    (currency_of(word) for word in re.split(r"[\s/']+", bare) if currency_of(word)),
                    "",
                )
                unit = unit_of(bare)
                beside = cued or piece in inside or unit not in (None, 1)
                if code and (beside or re.fullmatch("[A-Z]{3}", bare)):
                    # 元 is the yuan, and of an amount in another currency its whole unit.
                    currencies.append((not cued or bare in WHOLE, code))
                if unit is not None and (unit != 1 or cued):
                    units.append(unit)
                elif unit is None and may_be_unit(piece):
                    doubtful.append(piece)
                cued = _has_cue(piece) and not code and unit is None
            named |= _currencies_in(cell)
    for name in names:
        for piece in re.split(r"[\s_\-()]+", unicodedata.normalize("NFKC", name or "")):
            unit = unit_of(piece)
            units += [unit] if unit not in (None, 1) and may_be_unit(piece) else []
    currency = min(currencies, default=(True, ""), key=lambda found: found[0])[1]
    if not currency and len(named) == 1:
        currency = named.pop()
    return Titles(currency, units[0] if units else None, () if units else tuple(doubtful))


def _pieces(cell: str) -> list[str]:
    parts = (part.strip() for part in PIECES.split(cell))
    words = []
    for part in filter(None, parts):
        # Chinese titles part their words by single blanks.
        words += part.split() if re.search(r"[\u4e00-\u9fff]", part) else [part]
    return words


def _cues() -> list[str]:
    return sorted(rules()["currency"]["cues"] + rules()["unit"]["cues"], key=len, reverse=True)


def _has_cue(piece: str) -> bool:
    return any(plain(cue) in plain(piece) for cue in _cues())


def _without_cue(piece: str) -> str:
    """The piece without a cue before it: "万元" of "金额单位万元"."""
    for cue in _cues():
        if piece.lower().startswith(cue) and piece.lower() != cue:
            return piece[len(cue) :].strip(" =为是-")
    return piece


def _currencies_in(cell: str) -> set[str]:
    """Currencies that a title names in Chinese, as 美元 in 美元应收账款明细表."""
    return {
        code
        for code, words in rules()["currency"].items()
        for word in words
        if code != "cues" and len(word) > 1 and not word.isascii() and word in cell
    }
