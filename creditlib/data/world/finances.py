"""A firm's money, year by year: sales and costs, the assets they need, and who pays for those.

Profit, turnover and days follow the hidden quality of the year. Equity rolls forward: last year's,
plus profit, less dividends, plus capital paid in; liabilities are what is left to finance.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.data.world.dates import YEARS
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.industries import INDUSTRIES
from creditlib.data.world.seed import stream

SMALL = 2e7  # yuan of revenue
TRAITS = ("margin", "expenses", "turnover", "receivables", "inventory", "payables", "cash", "fixed")


@dataclass(frozen=True)
class Firm:
    """What stays with a firm over the years; arrays with an entry per customer."""

    usual: dict[str, np.ndarray]  # the industry's figures
    traits: dict[str, np.ndarray]  # the firm's own deviation, standard deviations
    revenue: np.ndarray  # of 2021, yuan
    capital: np.ndarray  # registered, yuan


def firms(seed: int, hidden: Hidden, scale: pd.DataFrame) -> Firm:
    """Draw what stays with the firms."""
    draws = stream(seed, "statements traits").standard_normal((len(TRAITS), hidden.size.size))
    columns = ("margin", "turnover", "debt", "expenses", "days", "growth")
    usual = {
        name: np.array([getattr(item, name) for item in INDUSTRIES])[hidden.industry]
        for name in columns
    }
    return Firm(
        usual=usual,
        traits=dict(zip(TRAITS, draws, strict=True)),
        revenue=scale["revenue"].to_numpy(),
        capital=scale["registered_capital"].to_numpy(),
    )


def years(seed: int, hidden: Hidden, firm: Firm) -> Iterator[dict[str, np.ndarray]]:
    """Yield every year's lines, unrounded: line → an array with an entry per customer."""
    random = stream(seed, "statements")
    previous: dict[str, np.ndarray] = {}
    revenue = firm.revenue
    for number in range(len(YEARS)):
        quality = hidden.felt[:, 12 * number : 12 * number + 12].mean(axis=1)
        growth = firm.usual["growth"][:, number] + 0.02 * quality + 0.17 * hidden.growth[:, number]
        revenue = revenue * np.exp(growth)
        noise = {name: random.standard_normal(quality.size) for name in (*TRAITS, "profit", "debt")}
        operations = _operations(firm, quality, revenue, noise)
        financing = _financing(firm, hidden, quality, operations, noise, previous)
        previous = operations | financing
        previous["operating_cash_flow"] = _cash_flow(previous, growth, noise)
        yield previous


def _operations(firm: Firm, quality, revenue, noise) -> dict[str, np.ndarray]:
    """Sales, costs, and the assets that they need."""

    def level(trait: str, pull: float, firm_noise: float, year_noise: float) -> np.ndarray:
        own = firm_noise * firm.traits[trait] + year_noise * noise[trait]
        return np.exp(pull * quality + own)

    margin = (
        firm.usual["margin"]
        + 0.024 * quality
        + 0.022 * firm.traits["margin"]
        + 0.008 * noise["margin"]
    )
    cost = revenue * (1 - np.clip(margin, 0.025, 0.6))
    selling, administrative, research = firm.usual["expenses"].T * level("expenses", 0, 0.14, 0.05)
    receivable_days, inventory_days, payable_days = firm.usual["days"].T
    trade = revenue * receivable_days / 365 * level("receivables", -0.14, 0.22, 0.07)
    inventory = cost * inventory_days / 365 * level("inventory", -0.12, 0.22, 0.07)
    assets = revenue / firm.usual["turnover"] * level("turnover", 0.04, 0.16, 0.03)
    cash = assets * np.clip(0.085 * level("cash", 0.32, 0.40, 0.15), 0.004, 0.35)
    paper = np.clip(0.16 + 0.06 * firm.traits["fixed"], 0.02, 0.4)
    prepayments = 0.025 * assets * level("fixed", 0, 0.3, 0.1)
    named = cash + trade + prepayments + inventory
    current = named * 1.03
    assets = np.maximum(assets, current / 0.93)
    fixed = (assets - current) * np.clip(0.75 + 0.08 * firm.traits["fixed"], 0.4, 0.96)
    return {
        "revenue": revenue,
        "cost_of_sales": cost,
        "selling_expenses": selling * revenue,
        "administrative_expenses": administrative * revenue,
        "research_expenses": research * revenue,
        "cash": cash,
        "notes_receivable": trade * paper * 0.65,
        "accounts_receivable": trade * (1 - paper),
        "receivables_financing": trade * paper * 0.35,
        "prepayments": prepayments,
        "inventory": inventory,
        "current_assets": current,
        "fixed_assets": fixed,
        "total_assets": assets,
        "payables": cost * payable_days / 365 * level("payables", -0.08, 0.22, 0.06),
        "depreciation": fixed * 0.085 * level("fixed", 0, 0.12, 0.03),
    }


def _financing(firm: Firm, hidden: Hidden, quality, now, noise, previous) -> dict[str, np.ndarray]:
    """Who pays for the assets: suppliers, banks, owners."""
    assets, revenue = now["total_assets"], now["revenue"]
    first = not previous
    if first:
        debt = np.clip(
            firm.usual["debt"]
            + 0.065 * hidden.gearing
            - 0.075 * quality
            + 0.07 * np.maximum(-1 - quality, 0)
            + 0.05 * noise["debt"],
            0.15,
            1.12,
        )
    else:
        debt = previous["total_liabilities"] / previous["total_assets"]
    owed = np.maximum(debt * assets - now["payables"], 0.05 * assets)
    interest = 0.55 * owed * np.clip(0.046 - 0.006 * quality, 0.030, 0.085)
    profit = (
        revenue * (0.994 + 0.012 * noise["profit"])
        - now["cost_of_sales"]
        - now["selling_expenses"]
        - now["administrative_expenses"]
        - now["research_expenses"]
        - interest
    )
    tax_rate = np.where(revenue < SMALL, 0.05, 0.22)
    net = profit * np.where(profit > 0, 1 - tax_rate, 1)
    if first:
        equity, capital = (1 - debt) * assets, firm.capital
        surplus = np.minimum(0.5 * capital, np.maximum(0.1 * (equity - capital), 0))
    else:
        payout = np.where(quality > 0.3, 0.35, 0.1) * np.maximum(net, 0)
        equity = previous["total_equity"] + net - payout
        surplus = np.minimum(
            np.maximum(0.5 * firm.capital, previous["surplus_reserve"]),
            previous["surplus_reserve"] + 0.1 * np.maximum(net, 0),
        )
        # Owners pay in before equity falls below −18 % of assets; above 82 % they take out.
        floor = -0.18 * assets
        injected = np.round(np.maximum(floor - equity, 0), -5)
        capital = previous["paid_in_capital"] + injected
        equity = np.minimum(equity + injected, 0.82 * assets)
    liabilities = assets - equity
    payables = np.minimum(now["payables"], 0.78 * liabilities)
    other = 0.12 * liabilities
    borrowings = liabilities - payables - other
    short = borrowings * np.clip(0.72 - 0.07 * quality + 0.06 * noise["debt"], 0.3, 1.0)
    return {
        "short_term_borrowings": short,
        "notes_payable": 0.14 * payables,
        "accounts_payable": 0.86 * payables,
        "current_liabilities": payables + other + short,
        "long_term_borrowings": borrowings - short,
        "total_liabilities": liabilities,
        "paid_in_capital": capital,
        "surplus_reserve": surplus,
        "total_equity": equity,
        "interest_expense": interest,
        "total_profit": profit,
        "net_profit": net,
        "working_capital": now["current_assets"] - now["cash"] - payables,
        "working_capital_before": (
            previous["working_capital"] if previous else np.full(assets.size, np.nan)
        ),
    }


def _cash_flow(year: dict[str, np.ndarray], growth, noise) -> np.ndarray:
    tied = year["working_capital"]
    grown_from = tied * np.exp(-growth)  # the first year's opening balance is not on file
    before = np.where(
        np.isnan(year["working_capital_before"]), grown_from, year["working_capital_before"]
    )
    earned = year["net_profit"] + year["depreciation"] + year["interest_expense"]
    return earned - (tied - before) + 0.012 * noise["profit"] * year["revenue"]
