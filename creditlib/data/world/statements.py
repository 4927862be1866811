"""statements.csv: three years of accounts under CAS headings, in yuan rounded to the thousand."""

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.dates import YEARS, public_from
from creditlib.data.world.disguise import hide_behind_cash, inflate_sales
from creditlib.data.world.finances import SMALL, firms, years
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import stream

LEAVES = (
    "cash", "notes_receivable", "accounts_receivable", "receivables_financing", "prepayments",
    "inventory", "short_term_borrowings", "notes_payable", "accounts_payable",
)  # fmt: skip
FIELDS = (
    *LEAVES[:6], "current_assets", "fixed_assets", "total_assets", *LEAVES[6:],
    "current_liabilities", "long_term_borrowings", "total_liabilities", "paid_in_capital",
    "surplus_reserve", "retained_profit", "total_equity", "revenue", "cost_of_sales",
    "selling_expenses", "administrative_expenses", "research_expenses", "interest_expense",
    "total_profit", "net_profit", "depreciation", "operating_cash_flow",
)  # fmt: skip


def statements(seed: int, hidden: Hidden, scale: pd.DataFrame) -> pd.DataFrame:
    """Return the statements on file, one row per customer and year."""
    firm = firms(seed, hidden, scale)
    frames = [_rounded(lines) for lines in years(seed, hidden, firm)]
    for year, frame in zip(YEARS, frames, strict=True):
        frame.insert(0, "year", year)
        frame.insert(0, "customer_id", [f"C{row + 1:04d}" for row in range(len(frame))])
    together = pd.concat(frames).sort_values(["customer_id", "year"], ignore_index=True)
    together = _disguise(together)
    return _on_file(seed, hidden, _blanks(seed, hidden, together))


def _rounded(year: dict[str, np.ndarray]) -> pd.DataFrame:
    """Round every line to the thousand, then make the totals of the rounded parts."""
    lines = {name: np.round(year[name], -3) for name in year}
    lines["total_equity"] = lines["total_assets"] - lines["total_liabilities"]
    lines["retained_profit"] = (
        lines["total_equity"] - lines["paid_in_capital"] - lines["surplus_reserve"]
    )
    # A total may fall short of its rounded parts by a few thousand: take that off the last part.
    lines["accounts_payable"] -= _excess(
        lines, "current_liabilities", "short_term_borrowings", "notes_payable", "accounts_payable"
    )
    lines["prepayments"] -= _excess(lines, "current_assets", *LEAVES[:6])
    lines["fixed_assets"] -= _excess(lines, "total_assets", "current_assets", "fixed_assets")
    lines["long_term_borrowings"] -= _excess(
        lines, "total_liabilities", "current_liabilities", "long_term_borrowings"
    )
    return pd.DataFrame({name: lines[name] for name in FIELDS})


def _excess(lines: dict[str, np.ndarray], whole: str, *parts: str) -> np.ndarray:
    return np.maximum(sum(lines[part] for part in parts) - lines[whole], 0)


def _disguise(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.set_index(["customer_id", "year"])
    for customer in planted.SHAM_SALES:
        dressed = inflate_sales(frame.loc[(customer, 2023)], frame.loc[(customer, 2022)])
        frame.loc[(customer, 2023)] = dressed
    for year in YEARS:
        frame.loc[(planted.SHAM_CASH, year)] = hide_behind_cash(
            frame.loc[(planted.SHAM_CASH, year)]
        )
    return frame.reset_index()


def _blanks(seed: int, hidden: Hidden, frame: pd.DataFrame) -> pd.DataFrame:
    """Small firms leave lines out, the weak ones rather more often."""
    random = stream(seed, "statements blanks")
    rows = frame["customer_id"].map(planted.position).to_numpy()
    year = frame["year"].to_numpy() - YEARS[0]
    quality = hidden.quality.reshape(len(hidden.size), -1, 12).mean(axis=2)[rows, year]
    chance = np.clip(0.10 * np.exp(-0.5 * quality), 0, 0.5) * (frame["revenue"] < SMALL)
    for name in ("depreciation", "operating_cash_flow"):
        frame[name] = frame[name].mask(random.random(len(frame)) < chance)
    return frame


def _on_file(seed: int, hidden: Hidden, frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out what the supplier never received."""
    draws = stream(seed, "statements missing").random((hidden.size.size, 2))
    lost = {
        f"C{row + 1:04d}": YEARS[int(which * len(YEARS))]
        for row, (chance, which) in enumerate(draws)
        if chance < 0.03
    }
    told = {planted.FAILING, planted.SHAM_CASH, *planted.SHAM_SALES, *planted.GROUP}
    kept = [
        customer not in planted.DUPLICATES
        and (customer in told or lost.get(customer) != year)
        and not _silent(hidden.default[planted.position(customer)], year)
        for customer, year in zip(frame["customer_id"], frame["year"], strict=True)
    ]
    return frame[kept].reset_index(drop=True)


def _silent(default, year: int) -> bool:
    # A firm in default no longer hands in accounts.
    return default is not None and default <= public_from(year)
