"""Chapter 2: how much open credit a customer may have, with every cap shown."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from creditlib.assessment.grades import MASTER_SCALE, check_probability, grade
from creditlib.assessment.matrix import check_amounts, check_numbers
from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

YEAR = 365
_APPETITE = (1.0, 1.0, 1.0, 0.9, 0.8, 0.6, 0.4, 0.2, 0.0, 0.0)


@dataclass(frozen=True)
class LimitPolicy:
    """The course company's policy for limits; make your own to see what changes.

    Shares are decimals: of the customer's tangible net worth, of its working capital, and of *our*
    annual sales that one customer may account for. `appetite` is the part of `policy_maximum` that
    each grade may use. Limits are rounded down to `step`.
    """

    net_worth_share: float = 0.10
    working_capital_share: float = 0.10
    sales_share: float = 0.10
    appetite: Mapping[str, float] = field(
        default_factory=lambda: {
            each.name: part for each, part in zip(MASTER_SCALE, _APPETITE, strict=True)
        }
    )
    step: float = 1000


@dataclass(frozen=True)
class Cap:
    """One ceiling: its code, its amount, and in words how it was worked out."""

    name: str
    amount: float
    formula: str


@dataclass(frozen=True)
class CreditLimit:
    """The limit with everything that led to it.

    `unsecured` is the smallest cap, `binding` the cap (or caps) that set it, `guarantee` what was
    added on top, `limit` the sum rounded down to the policy's step. With `secured_only` the
    customer buys against security or prepayment.
    """

    limit: float
    unsecured: float
    guarantee: float
    caps: tuple[Cap, ...]
    binding: tuple[str, ...]
    secured_only: bool


def credit_limit(
    *,
    annual_purchases: float | None = None,
    terms_days: float | None = None,
    delay_days: float = 0,
    tangible_net_worth: float | None = None,
    working_capital: float | None = None,
    supplier_sales: float | None = None,
    risk_budget: float | None = None,
    pd: float | None = None,
    lgd: float | None = None,
    trade_references: Sequence[float] = (),
    policy_maximum: float | None = None,
    guarantee: float = 0,
    policy: LimitPolicy | None = None,
) -> CreditLimit:
    """Return the credit limit: the smallest of the caps that the inputs allow, plus the guarantee.

    Money in one currency, days, decimals. Each cap needs its own inputs and is left out without
    them: need (`annual_purchases` × (`terms_days` + expected `delay_days`) / 365), net worth and
    working capital (10 %), concentration (10 % of `supplier_sales`, our own), risk (`risk_budget` ÷
    (`pd` × `lgd`); no cap where that product is 0), references (median of what other suppliers
    grant), appetite (`policy_maximum` × the part for the grade of `pd`). `guarantee` is its value
    after haircut.

    Net worth or working capital of zero or less, or a default (`pd` 1), caps open credit at 0:
    secured or prepaid only.
    Raises `Undefined` ("no_cap") if nothing given makes a cap: no information is not no limit.

    >>> result = credit_limit(annual_purchases=12_000_000, terms_days=60, delay_days=15,
    ...                       tangible_net_worth=18_000_000)
    >>> result.limit, result.binding
    (1800000, ('net_worth',))
    """
    policy = policy or LimitPolicy()
    for name, value in {"pd": pd, "lgd": lgd}.items():
        if value is not None:
            check_probability(value, name)
    _check_partners("annual_purchases", annual_purchases, terms_days=terms_days)
    _check_partners("risk_budget", risk_budget, pd=pd, lgd=lgd)
    _check_partners("policy_maximum", policy_maximum, pd=pd)
    amounts = {
        "annual_purchases": annual_purchases,
        "terms_days": terms_days,
        "supplier_sales": supplier_sales,
        "risk_budget": risk_budget,
        "policy_maximum": policy_maximum,
    }
    check_amounts({name: value for name, value in amounts.items() if value is not None})
    check_amounts({"delay_days": delay_days, "guarantee": guarantee})
    for amount in trade_references:
        check_amounts({"trade_references": amount})

    caps = [
        _need(annual_purchases, terms_days, delay_days),
        _share("net_worth", tangible_net_worth, policy.net_worth_share),
        _share("working_capital", working_capital, policy.working_capital_share),
        _references(trade_references),
        _share("concentration", supplier_sales, policy.sales_share),
        _risk(risk_budget, pd, lgd),
        _appetite(policy_maximum, pd, policy),
        _default(pd),
    ]
    caps = [cap for cap in caps if cap is not None]
    if not caps:
        raise Undefined("rating.no_cap")

    unsecured = min(cap.amount for cap in caps)
    # To the fen first, so that 0.1 × 30,000 is not rounded down for its last binary digit.
    steps = math.floor(round(unsecured + guarantee, 2) / policy.step)
    return CreditLimit(
        limit=steps * policy.step,
        unsecured=unsecured,
        guarantee=guarantee,
        caps=tuple(caps),
        binding=tuple(cap.name for cap in caps if cap.amount == unsecured),
        secured_only=unsecured == 0,
    )


@dataclass(frozen=True)
class WorkingAssets:
    """The working-assets model: `limit` is None unless the caller brought a step table."""

    index: float
    base: float
    share: float | None
    limit: float | None


def working_assets(
    *,
    current_assets: float,
    inventory: float,
    current_liabilities: float,
    total_liabilities: float,
    net_worth: float,
    steps: Mapping[float, float] | None = None,
) -> WorkingAssets:
    """Return index and base of the working-assets model (营运资产分析) for one set of accounts.

    Index = current ratio + quick ratio − current liabilities / net worth − total liabilities / net
    worth; base = (working capital + net worth) / 2. How much of the base to grant is your policy:
    `steps` maps an index to the share granted above it, 0 at or below the lowest.

    Raises `Undefined` without current liabilities, or with a net worth of zero or less.

    >>> result = working_assets(current_assets=480, inventory=180, current_liabilities=300,
    ...                         total_liabilities=600, net_worth=400)
    >>> round(result.index, 2), result.base, result.limit
    (0.35, 290.0, None)
    """
    check_amounts(
        {
            "current_assets": current_assets,
            "inventory": inventory,
            "current_liabilities": current_liabilities,
            "total_liabilities": total_liabilities,
        }
    )
    check_numbers({"net_worth": net_worth})
    if current_liabilities == 0:
        raise Undefined("rating.no_current_liabilities")
    if net_worth <= 0:
        raise Undefined("rating.no_net_worth", value=net_worth)
    current_ratio = current_assets / current_liabilities
    quick_ratio = (current_assets - inventory) / current_liabilities
    gearing = current_liabilities / net_worth + total_liabilities / net_worth
    index = current_ratio + quick_ratio - gearing
    base = (current_assets - current_liabilities + net_worth) / 2
    if steps is None:
        return WorkingAssets(index, base, None, None)
    reached = [above for above in steps if index > above]
    share = steps[max(reached)] if reached else 0.0
    return WorkingAssets(index, base, share, max(base, 0) * share)


def _need(annual_purchases, terms_days, delay_days) -> Cap | None:
    if annual_purchases is None:
        return None
    amount = annual_purchases * (terms_days + delay_days) / YEAR
    return _cap("need", amount, purchases=annual_purchases, terms=terms_days, delay=delay_days)


def _share(name: str, base: float | None, share: float) -> Cap | None:
    if base is None:
        return None
    check_numbers({name: base})
    kind = name if base > 0 else f"{name}_none"
    return _cap(name, max(base, 0) * share, kind, base=base, share=share)


def _references(granted: Sequence[float]) -> Cap | None:
    if len(granted) == 0:
        return None
    return _cap("references", float(median(granted)), count=len(granted))


def _risk(budget, pd, lgd) -> Cap | None:
    if budget is None or pd * lgd == 0:
        return None
    return _cap("risk", budget / (pd * lgd), budget=budget, pd=pd, lgd=lgd)


def _appetite(maximum, pd, policy: LimitPolicy) -> Cap | None:
    if maximum is None:
        return None
    name = grade(pd).name
    share = policy.appetite[name]
    return _cap("appetite", maximum * share, maximum=maximum, grade=name, share=share)


def _default(pd) -> Cap | None:
    if pd is None or not grade(pd).defaulted:
        return None
    return Cap("default", 0.0, text("rating.in_default"))


def _cap(name: str, amount: float, kind: str | None = None, **values: object) -> Cap:
    return Cap(name, amount, text(f"rating.cap.{kind or name}", amount=amount, **values))


def _check_partners(name: str, value: object, **partners: object) -> None:
    for partner, given in partners.items():
        if value is not None and given is None:
            raise InputError("rating.missing_partner", name=name, partner=partner)
