"""Chapter 1: the health of a receivables ledger in one record: figures, ageing, whom to chase.

The frames are those of `receivable_tables`; `customer_name` and `currency` are used where given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from creditlib.basics.aged_balance import chase_by_column, edges_of
from creditlib.basics.chase import chase_list
from creditlib.basics.concentration import Concentration, concentration
from creditlib.basics.health_findings import Finding, findings
from creditlib.basics.health_tables import (
    BUCKETS,
    ageing_totals,
    customer_balances,
    disputed_amounts,
    month_end_series,
)
from creditlib.basics.ledger_frames import day, days_of
from creditlib.basics.receivable_measures import measures
from creditlib.basics.receivable_tables import open_items
from creditlib.errors import InputError
from creditlib.i18n import text

# What an export of open items says nothing about: it holds neither the sales nor the payments.
NEED_HISTORY = (
    "dso",
    "best_possible_dso",
    "average_days_delinquent",
    "countback_dso",
    "collection_effectiveness",
    "on_time_share",
)
# What a file cannot say that gives what was paid, but not when.
NEED_PAYMENT_DATES = ("collection_effectiveness", "on_time_share")
UNDATED = "undated"  # the method of a payment whose day the file does not give
MEASURES = ("past_due_share", *NEED_HISTORY)
# How many days a ledger may begin after its period does: a week of holidays at the start.
LATE_START, OLDEST = 14, 10


@dataclass(frozen=True)
class Measure:
    """A figure, or (`value` is None) in `reason` why this ledger does not define it."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True)
class Health:
    """A ledger's health on a day, in one currency; made by `health`.

    Amounts: `receivable` (all open invoices, overpaid ones below zero), `past_due` of it,
    `disputed` of it (None: nothing is known of disputes), `unapplied` (payments and credit notes
    without their invoice, not taken off) and `overpaid` (paid beyond the invoice, taken off).
    `measures` has a `Measure` for each of `MEASURES`, over the last `days` days.

    Frames: `items`, the open invoices (`open_amount`, `days_past_due`, `disputed`); `ageing`, by
    bucket (`amount`, `share`, NaN if nothing is owed); `month_ends` (without history no row; `dso`
    is over three months); `customers`, the largest first (`receivable`, `past_due`, `share`);
    `oldest`, the items longest past due; `chase`, see `chase_list`, without what is disputed.
    `concentration` is None if nothing is owed. With `age_columns` (an aged balance: what each
    customer owes by age) `days_past_due` is the fewest that the column allows, `ageing` has the
    file's own columns, and `oldest` is empty: the file names no debt and no due date.
    """

    as_of: pd.Timestamp
    days: int
    currency: str | None
    receivable: float
    past_due: float
    disputed: float | None
    unapplied: float
    overpaid: float
    measures: Mapping[str, Measure]
    concentration: Concentration | None
    items: pd.DataFrame
    ageing: pd.DataFrame
    month_ends: pd.DataFrame
    customers: pd.DataFrame
    oldest: pd.DataFrame
    chase: pd.DataFrame
    age_columns: tuple[tuple[int, int], ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """What there is to say, the most important first, in the language in use."""
        return findings(self)


def health(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    as_of: object,
    disputes: pd.DataFrame | None = None,
    days: int = 90,
    open_items_only: bool | None = None,
    age_columns: Sequence[tuple[int, int]] = (),
) -> Health:
    """Return the health of a ledger at the end of `as_of`; amounts are in one currency.

    `disputes` (`invoice_id`, `opened`, `closed`, `amount`) are kept apart while they are open.
    `open_items_only` says that settled invoices are not in the file, so that nothing is known of
    sales and payments; left out, that is assumed of a ledger with neither payments nor credit
    notes. The measures that need history are then undefined, and so they are where the ledger
    begins later than its period of `days` days: each says so in its `reason`. Payments with the
    `method` "undated" (paid, the file does not say when) leave CEI, the on-time share and the
    month ends undefined. `age_columns` are the first and last day past due of each column of an
    aged balance, `Ledger.age_columns`: no more is then said about age than the columns state.

    Raises `InputError` for several currencies (see `health_by_currency`) and for frames that
    cannot be read (see `open_items`).

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C2"],
    ...     "invoice_date": ["2025-09-01", "2025-12-01"], "due_date": ["2025-10-31", "2026-01-31"],
    ...     "amount": [1000.0, 3000.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> found = health(invoices, payments, none, "2025-12-31")
    >>> found.receivable, found.past_due, found.measures["dso"].value
    (3600.0, 600.0, 108.0)
    >>> found.ageing["share"].round(3).to_dict()["61-90"], found.findings[0].kind
    (0.167, 'bad')
    """
    as_of = day(as_of)
    currency = _one_currency(invoices)
    items = open_items(invoices, payments, credit_notes, as_of)
    items["disputed"] = 0.0 if disputes is None else disputed_amounts(items, disputes, as_of)
    if open_items_only is None:
        open_items_only = payments.empty and credit_notes.empty
    found = measures(invoices, payments, credit_notes, as_of, days)
    undisputed = items.assign(open_amount=(items["open_amount"] - items["disputed"]).round(2))
    customers = customer_balances(items)
    late = items[(items["days_past_due"] > 0) & (items["open_amount"] > 0)]
    frames = (invoices, payments, credit_notes)
    undated = "method" in payments and bool((payments["method"] == UNDATED).any())
    age_columns = tuple(age_columns)
    chase, buckets = chase_list(undisputed), BUCKETS
    if age_columns:
        late, buckets = late[:0], edges_of(age_columns)
        chase = chase_by_column(chase, age_columns)
    history = [frame[:0] for frame in frames] if open_items_only or undated else frames
    return Health(
        as_of=as_of,
        days=days,
        currency=currency,
        receivable=found["receivables"],
        past_due=found["past_due"],
        disputed=None if disputes is None else round(float(items["disputed"].sum()), 2),
        unapplied=found["unapplied_cash"],
        overpaid=round(float(-items["open_amount"].clip(upper=0).sum()), 2) + 0.0,
        measures=_measures(found, _gaps(invoices, as_of, days, open_items_only, undated)),
        concentration=concentration(customers["receivable"].tolist()),
        items=items,
        ageing=ageing_totals(items, as_of, buckets),
        month_ends=month_end_series(*history, as_of),
        customers=customers,
        oldest=late.nlargest(OLDEST, ["days_past_due", "open_amount"]).reset_index(drop=True),
        chase=chase,
        age_columns=age_columns,
    )


def health_by_currency(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    as_of: object,
    **options,
) -> dict[str | None, Health]:
    """Return a `Health` per currency, that of the most invoices first: they are never added up.

    Payments and credit notes belong to the currency of their `currency` column, else to that of
    their invoice. Without a `currency` column in `invoices` there is one, None. `options` as in
    `health`.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C1"],
    ...     "invoice_date": ["2025-12-01"] * 2, "due_date": ["2025-12-31"] * 2,
    ...     "amount": [700.0, 100.0], "currency": ["CNY", "USD"]})
    >>> payments = pd.DataFrame({"invoice_id": [], "payment_date": [], "amount": []})
    >>> credit_notes = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> found = health_by_currency(invoices, payments, credit_notes, "2025-12-31")
    >>> {currency: each.receivable for currency, each in found.items()}
    {'CNY': 700.0, 'USD': 100.0}
    """
    frames = (invoices, payments, credit_notes)
    if "currency" not in invoices or invoices.empty:
        return {None: health(*frames, as_of, **options)}
    found = {}
    for currency in invoices["currency"].value_counts(dropna=False).index:
        ids = invoices.loc[_same(invoices["currency"], currency), "invoice_id"]
        parts = [frame[_of_currency(frame, currency, ids)] for frame in frames]
        found[currency if isinstance(currency, str) else None] = health(*parts, as_of, **options)
    return found


def _gaps(
    invoices: pd.DataFrame, as_of: pd.Timestamp, days: int, open_items_only: bool, undated: bool
) -> dict[str, str]:
    """Return, by measure, what the ledger lacks that the measure needs."""
    if open_items_only:
        return dict.fromkeys(NEED_HISTORY, text("health.no_history"))
    gaps = dict.fromkeys(NEED_PAYMENT_DATES, text("health.undated_payments")) if undated else {}
    if not invoices.empty:
        first = days_of(invoices, "invoice_date", "invoices").min()
        if first > as_of - pd.Timedelta(days=days - LATE_START):
            words = text("health.short_history", first=f"{first:%Y-%m-%d}", days=days)
            gaps |= dict.fromkeys(NEED_HISTORY, words)
    return gaps


def _measures(found: Mapping[str, float | str], gaps: Mapping[str, str]) -> dict[str, Measure]:
    measured = {}
    for name in MEASURES:
        reason = gaps.get(name, found[name])
        if isinstance(reason, str):
            measured[name] = Measure(None, reason)
        else:
            measured[name] = Measure(float(reason))
    return measured


def _one_currency(invoices: pd.DataFrame) -> str | None:
    if "currency" not in invoices:
        return None
    currencies = [name for name in invoices["currency"].unique() if isinstance(name, str)]
    if len(currencies) > 1:
        raise InputError("health.several_currencies", currencies=", ".join(currencies))
    return currencies[0] if currencies else None


def _of_currency(frame: pd.DataFrame, currency: object, ids: pd.Series) -> pd.Series:
    if "currency" in frame:
        return _same(frame["currency"], currency)
    return frame["invoice_id"].isin(ids)


def _same(currencies: pd.Series, currency: object) -> pd.Series:
    return currencies == currency if isinstance(currency, str) else currencies.isna()
