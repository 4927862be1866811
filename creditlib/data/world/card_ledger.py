"""The data card's figures of the ledger: terms, lateness, days outstanding, bad debt."""

from collections.abc import Mapping

import pandas as pd

from creditlib.basics.receivables import bad_debt_ratio, countback_dso, dso, open_items

_YEARS = (2023, 2024, 2025)
_ULTRA_LONG = 180  # days past due


def ledger_figures(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the figures, written out, for the ledger in a world's `tables`."""
    invoices, payments, credit_notes = (
        tables[name] for name in ("invoices", "payments", "credit_notes")
    )
    as_of = pd.Timestamp(_YEARS[-1], 12, 31)
    items = open_items(invoices, payments, credit_notes, as_of)
    owed, past_due = items["open_amount"], items["days_past_due"]
    sales = invoices.groupby(invoices["invoice_date"].dt.year)["amount"].sum()
    days = 366 if as_of.is_leap_year else 365
    return {
        "terms": f"{tables['customers']['payment_terms_days'].mean():.0f}",
        **_lateness(invoices, payments, credit_notes),
        "dso": f"{dso(owed.sum(), sales[_YEARS[-1]], days):.0f}",
        "dso_countback": f"{countback_dso(owed.sum(), _months(invoices, as_of)):.0f}",
        "dso_current": f"{dso(owed[past_due <= 90].sum(), sales[_YEARS[-1]], days):.0f}",
        "over_90": f"{owed[past_due > 90].sum() / owed.sum():.1%}",
        "ultra_long": f"{owed[past_due > _ULTRA_LONG].sum() / sales[_YEARS[-1]]:.1%}",
        "bad_debt": ", ".join(
            f"{bad_debt_ratio(_written_off(credit_notes, year), sales[year]):.2%} ({year})"
            for year in _YEARS
        ),
        "disputed": f"{len(tables['disputes']) / len(invoices):.1%}",
        "month_ends": f"{_reconciled(invoices, payments, credit_notes)}",
    }


def _lateness(invoices, payments, credit_notes) -> dict[str, str]:
    """Of what fell due in the ledger's years and was settled: how much of it late, and how late."""
    settled = pd.concat(
        [
            payments.rename(columns={"payment_date": "dated"}),
            credit_notes[credit_notes["reason"] != "write_off"].rename(
                columns={"credit_date": "dated"}
            ),
        ]
    )[["invoice_id", "dated", "amount"]]
    due = invoices.set_index("invoice_id")["due_date"]
    days = (settled["dated"] - settled["invoice_id"].map(due)).dt.days
    in_years = settled["invoice_id"].map(due) >= pd.Timestamp(_YEARS[0], 1, 1)
    amount, late = settled["amount"][in_years], days[in_years] > 0
    last = days[in_years].groupby(settled["invoice_id"][in_years]).max()
    late_amount = amount[late]
    return {
        "share_late": f"{late_amount.sum() / amount.sum():.0%}",
        "invoices_late": f"{(last > 0).mean():.0%}",
        "days_late": f"{(late_amount * days[in_years][late]).sum() / late_amount.sum():.0f}",
    }


def _months(invoices: pd.DataFrame, as_of: pd.Timestamp) -> list[tuple[float, int]]:
    """Sales and days of the months up to `as_of`, newest first."""
    month = invoices["invoice_date"].dt.to_period("M")
    sales = invoices["amount"].groupby(month).sum().sort_index(ascending=False)
    return [(amount, period.days_in_month) for period, amount in sales.items()]


def _written_off(credit_notes: pd.DataFrame, year: int) -> float:
    lost = credit_notes["reason"] == "write_off"
    return credit_notes.loc[lost & (credit_notes["credit_date"].dt.year == year), "amount"].sum()


def _reconciled(invoices, payments, credit_notes) -> int:
    """Month ends at which invoices less payments and credit notes are the open items, to the cent.

    Counted in whole cents, two ways: from each day's postings, and from the items left open.
    """
    ends = pd.date_range(f"{_YEARS[0] - 1}-12-31", f"{_YEARS[-1]}-12-31", freq="ME")
    flows = [
        (invoices["invoice_date"], 1, invoices["amount"]),
        (payments["payment_date"], -1, payments["amount"]),
        (credit_notes["credit_date"], -1, credit_notes["amount"]),
    ]
    agree = 0
    for end in ends:
        posted = sum(
            sign * (amount[dated <= end] * 100).round().astype("int64").sum()
            for dated, sign, amount in flows
        )
        items = open_items(invoices, payments, credit_notes, end)["open_amount"]
        agree += int((items * 100).round().astype("int64").sum() == posted)
    if agree != len(ends):
        raise ValueError(f"the ledger reconciles at {agree} of {len(ends)} month ends")
    return agree
