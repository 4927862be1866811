"""Chapter 1: what a credit manager would say about a ledger, in short sentences."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from creditlib.i18n import catalogue, text

if TYPE_CHECKING:
    import pandas as pd

    from creditlib.basics.health import Health

# Ours, not a standard: when one customer is large (and among how many that is worth a word), how
# much is "most", how many months are a run.
LARGE_CUSTOMER, AMONG, MOST, RUN = 0.20, 5, 0.50, 3


@dataclass(frozen=True)
class Finding:
    """One sentence about a ledger; `kind` is "bad", "good" or "quiet" (to know, not to judge)."""

    kind: str
    words: str

    def __str__(self) -> str:
        return self.words


def findings(health: "Health") -> list[Finding]:
    """Return what there is to say about a ledger, the most important first.

    Each is said only where it holds (`LARGE_CUSTOMER`, `AMONG`, `MOST`, `RUN`), in the language in
    use. `creditlib.basics.health.health` has an example.
    """
    said = [_past_due(health)]
    if health.past_due > 0:
        said += [_concentrated(health), _older_than(health, 90), _older_than(health, 365)]
    said += [_trend(health), _delinquent(health), _largest(health)]
    said += [_disputed(health), _undated(health), _credits(health)]
    return [finding for finding in said if finding is not None]


def money(amount: float, currency: str | None = None) -> str:
    """Return an amount as people say it: in whole units, large ones in 万 and 亿 or in millions.

    >>> from creditlib.i18n import language, use_language
    >>> before = language()
    >>> use_language("en")
    >>> money(1_234_567, "CNY"), money(56_789.4)
    ('CNY 1.23 million', '56,789')
    >>> use_language(before)
    """
    size = money_size(amount)
    figure = f"{amount:,.0f}"
    if size != "small":
        decimals = int(text(f"health.money.{size}.decimals"))
        figure = f"{amount / float(text(f'health.money.{size}.scale')):,.{decimals}f}"
    unit = currency_name(currency)
    return text(f"health.money.{size}.said", figure=figure, unit=unit).strip()


def money_size(amount: float) -> str:
    """Return in which unit an amount is said: "small" (whole), "large" (万, m) or "huge" (亿, bn).

    >>> money_size(-12.5)
    'small'
    """
    for size in ("huge", "large"):
        if abs(amount) >= float(text(f"health.money.{size}.from")):
            return size
    return "small"


def currency_name(currency: str | None) -> str:
    """Return a currency as it stands beside an amount; a code without a name stays as it is."""
    if currency in catalogue("health")["unit"]:
        return text(f"health.unit.{currency}")
    return currency or ""


def name_of(row: "pd.Series") -> str:
    """Return what a customer is called in a row: its name where there is one, else its number."""
    name = row.get("customer_name")
    return str(name) if isinstance(name, str) and name.strip() else str(row["customer_id"])


def _say(kind: str, name: str, **values: object) -> Finding:
    return Finding(kind, text(f"health.finding.{name}", **values))


def _past_due(health: "Health") -> Finding | None:
    if health.items.empty:
        return _say("quiet", "nothing_owed")
    owed, past_due = (
        money(amount, health.currency) for amount in (health.receivable, health.past_due)
    )
    undated = health.items.loc[health.items["days_past_due"].isna(), "open_amount"]
    if health.past_due <= 0:
        return _say("good", "nothing_past_due", owed=owed) if undated.empty else None
    share = health.measures["past_due_share"].value
    if share is None and undated.empty:
        return _say("bad", "past_due_credits", owed=owed, past_due=past_due)
    if share is None:
        unknown = money(undated.sum(), health.currency)
        return _say("bad", "past_due_only", owed=owed, past_due=past_due, undated=unknown)
    return _say("bad", "past_due", share=share, past_due=past_due, owed=owed)


def _concentrated(health: "Health") -> Finding | None:
    """Say how few customers owe most of what is past due; nothing if it takes half of them."""
    debtors = health.customers[health.customers["past_due"] > 0]
    debtors = debtors.sort_values("past_due", ascending=False)
    shares = debtors["past_due"].cumsum() / debtors["past_due"].sum()
    few = int((shares < MOST).sum()) + 1
    if len(debtors) <= 2 * few:
        return None
    share = shares.iloc[few - 1]
    if few == 1:
        return _say("bad", "one_owes", customer=name_of(debtors.iloc[0]), share=share)
    return _say("bad", "few_owe", few=few, all=len(debtors), share=share)


def _older_than(health: "Health", days: int) -> Finding | None:
    old = health.items[health.items["days_past_due"] > days]
    amount = old["open_amount"].sum()
    if amount <= 0:
        return None
    shown, share = money(amount, health.currency), amount / health.past_due
    if health.age_columns:  # balances by age: there are no items to count
        return _say("bad", f"aged_over_{days}", amount=shown, share=share)
    return _say("bad", f"older_than_{days}", amount=shown, share=share, count=len(old))


def _trend(health: "Health") -> Finding | None:
    past_due = health.month_ends["past_due"].tolist()
    for name, kind, sign in (("grew", "bad", 1), ("fell", "good", -1)):
        months = 0
        for earlier, later in zip(past_due[-2::-1], past_due[:0:-1], strict=True):
            if sign * (later - earlier) <= 0:
                break
            months += 1
        if months >= RUN:
            start = money(past_due[-1 - months], health.currency)
            end = money(past_due[-1], health.currency)
            return _say(kind, name, months=months, start=start, end=end)
    return None


def _delinquent(health: "Health") -> Finding | None:
    late = health.measures["average_days_delinquent"].value
    days = health.measures["dso"].value
    if late is None or days is None or health.past_due <= 0:
        return None
    return _say("quiet", "delinquent", days=days, late=late)


def _largest(health: "Health") -> Finding | None:
    found = health.concentration
    if found is None or len(health.customers) < AMONG or found.largest_1 < LARGE_CUSTOMER:
        return None
    largest, share = name_of(health.customers.iloc[0]), found.largest_1
    return _say("bad", "large_customer", customer=largest, share=share)


def _disputed(health: "Health") -> Finding | None:
    if not health.disputed:
        return None
    return _say("quiet", "disputed", amount=money(health.disputed, health.currency))


def _undated(health: "Health") -> Finding | None:
    undated = health.items[health.items["days_past_due"].isna()]
    if undated.empty:
        return None
    amount = money(undated["open_amount"].sum(), health.currency)
    return _say("quiet", "undated", count=len(undated), amount=amount)


def _credits(health: "Health") -> Finding | None:
    amount = health.unapplied + health.overpaid
    if amount <= 0:
        return None
    return _say("quiet", "unapplied", amount=money(amount, health.currency))
