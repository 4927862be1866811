"""What the interest desk shows: the amount, every step that led to it, and the other regimes."""

from datetime import date
from decimal import Decimal

from creditlib.collection.claim import Claim, PartPayment
from creditlib.collection.interest import LateInterest, late_interest
from creditlib.collection.interest_terms import CURRENCY, REGIMES
from creditlib.errors import CreditError, InputError
from creditlib.i18n import text
from creditlib.widgets.days import reckonable
from creditlib.widgets.look import bars, notice, table, words

KEY = "widgets.interest_desk."
HOME, SALE = "CNY", "sale_contract"


def interest_evidence(
    principal: float,
    regime: str,
    due: date | None,
    paid: date | None,
    multiple: str,
    mode: str,
    daily: float,
    contract: date | None,
    reference: float,
    base: int,
    ends: str,
    part: float,
    part_on: date | None,
) -> str:
    """Return the late interest on `principal` under a regime, as HTML.

    `daily` is the agreed rate, 0 if nothing was agreed; `part` a part payment on `part_on`, 0 if
    none came in.
    """
    came_in = _exact(part)
    needed = ["due", "paid", *(["part_on"] if came_in else [])]
    reckonable(KEY, needed, due=due, paid=paid, contract=contract, part_on=part_on)
    payments = (PartPayment(part_on, came_in),) if came_in else ()
    # A control gives a float: 0.0005 and not 0.0005000000000000001.
    agreed = Decimal(str(round(daily, 6))) or None

    def reckoned(name: str, times: str = multiple) -> LateInterest:
        if name == "agreed" and not agreed:
            raise InputError(f"{KEY}no_rate", field=text(f"{KEY}daily"))
        if name == "sme_regulation" and agreed:
            reckonable(KEY, ["contract"], contract=contract)
        claim = Claim.of(
            _exact(principal), due, paid, payments=payments, currency=CURRENCY.get(name, HOME)
        )
        rates = {
            "agreed": {"daily": agreed},
            "sme_regulation": {"daily": agreed, "contract_date": contract},
            "eu": {"reference": round(reference, 6)},
            "uk": {"reference": round(reference, 6)},
        }.get(name, {})
        return late_interest(
            claim, name, base=base, head_tail=ends, mode=mode, multiple=times, **rates
        )

    result = reckoned(regime)
    return (
        _verdict(result)
        + _figures(result)
        + _said("steps", result.steps)
        + _said("conventions", result.conventions)
        + "".join(notice(str(each), "quiet") for each in result.warnings)
        + _compared(reckoned, regime, multiple)
        + notice(result.notice, "quiet")
    )


def _exact(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))


def _money(amount: Decimal, regime: str) -> str:
    currency = text(f"{KEY}currency.{CURRENCY.get(regime, HOME)}")
    return text(f"{KEY}amount", currency=currency, amount=amount)


def _verdict(result: LateInterest) -> str:
    key = f"{KEY}total_fixed" if result.fixed_sum else f"{KEY}total"
    sentence = text(
        key,
        regime=text(f"{KEY}regime_is.{result.regime}"),
        days=result.days,
        amount=_money(result.amount, result.regime),
        fixed=_money(result.fixed_sum, result.regime),
        total=_money(result.total, result.regime),
    )
    return notice(sentence, "good")


def _figures(result: LateInterest) -> str:
    per = text(f"{KEY}per_{result.per}")
    rows = [
        (text(f"{KEY}days"), f"{result.days:,}"),
        (text(f"{KEY}rate"), f"{float(result.rate):.4%} {per}"),
        (text(f"{KEY}interest"), f"{result.amount:,.2f}"),
        (text(f"{KEY}balance"), f"{result.balance:,.2f}"),
    ]
    if result.fixed_sum:
        rows.insert(3, (text(f"{KEY}fixed_sum"), f"{result.fixed_sum:,.2f}"))
    return table([text(f"{KEY}regime_is.{result.regime}"), ""], rows)


def _said(name: str, steps) -> str:
    entries = "".join(f"<li>{words(each)}</li>" for each in steps)
    return f'<h5>{words(text(KEY + name))}</h5><ol class="reckoning">{entries}</ol>'


def _compared(reckoned, regime: str, chosen: str) -> str:
    """Return the same claim under each regime; those that do not apply say why."""
    cases = [(SALE, "1.3"), (SALE, "1.5")]
    cases += [(name, "1.5") for name in REGIMES if name != SALE]
    rows, reasons, marked = [], {}, []
    for name, times in cases:
        label = text(f"{KEY}regime_is.{name}")
        if name == SALE:
            label = text(f"{KEY}times", regime=label, multiple=times)
        try:
            total = reckoned(name, times).total
        except CreditError as reason:
            reasons[text(f"{KEY}regime_is.{name}")] = str(reason)
            continue
        rows.append((label, float(total), _money(total, name)))
        if name == regime and (name != SALE or times == chosen):
            marked.append(label)
    without = "".join(
        notice(text(f"{KEY}not_here", regime=label, reason=reason), "quiet")
        for label, reason in reasons.items()
    )
    drawing = bars(rows, marked=marked) if rows else ""
    heading = f"<h5>{words(text(KEY + 'compared'))}</h5>"
    return heading + drawing + notice(text(f"{KEY}compared_note"), "quiet") + without
