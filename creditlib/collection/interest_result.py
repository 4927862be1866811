"""A reckoning of late interest as it is handed over: numbers, convention, steps, warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditlib.collection.claim import Claim
from creditlib.collection.interest_account import (
    Account,
    Ledger,
    Payment,
    Segment,
    first_overdue_day,
)
from creditlib.collection.interest_terms import HIGH, LOW, Question
from creditlib.collection.lpr import FIRST_DAY, in_force
from creditlib.collection.steps import Step, cents, percent, step
from creditlib.i18n import text


@dataclass(frozen=True)
class Screen:
    """Whether an agreed penalty is likely to be cut, if the debtor asks for it.

    `proxy` stands for the creditor's loss (LPR at breach × 1.5) and `ceiling` is 30 % above it. A
    teaching device: a court starts from the actual loss.
    """

    claimed: Decimal
    proxy: Decimal
    ceiling: Decimal
    excessive: bool


@dataclass(frozen=True)
class LateInterest:
    """Late interest with all that led to it; `rate` a decimal for each `per` ("year" or "day").

    `amount` is the interest that ran on what is not disputed, `disputed_amount` what the disputed
    part would add; `total` adds a fixed sum (EU, UK). `balance` is what is owed on the day without
    the disputed part: principal and interest after payments, costs, the fixed sum.
    """

    regime: str
    amount: Decimal
    disputed_amount: Decimal
    fixed_sum: Decimal
    balance: Decimal
    days: int
    rate: Decimal
    per: str
    segments: tuple[Segment, ...]
    payments: tuple[Payment, ...]
    account: Account
    disputed: Account
    surplus: Decimal
    screen: Screen | None
    steps: tuple[Step, ...]
    warnings: tuple[Step, ...]
    conventions: tuple[Step, ...]

    @property
    def total(self) -> Decimal:
        """Interest and fixed sum."""
        return self.amount + self.fixed_sum

    @property
    def convention(self) -> str:
        """How days were counted and what was rounded, in words."""
        return text("interest.convention.joint").join(map(str, self.conventions))

    @property
    def notice(self) -> str:
        """What this reckoning is not."""
        return text("law.notice")


def excess_screen(
    claim: Claim, question: Question, ledger: Ledger, base: int, head_tail: str
) -> Screen | None:
    """Compare the claimed penalty with 130 % of a loss of LPR × 1.5 on the same balances.

    None where there is no LPR to compare with: another currency, or a breach before 2019-08-20.
    """
    starts = {
        invoice.number or f"#{place}": first_overdue_day(invoice.due, question.regime)
        for place, invoice in enumerate(claim.invoices, start=1)
    }
    if claim.currency != "CNY" or min(starts.values()) < FIRST_DAY:
        return None
    claimed = ledger.account.accrued + ledger.disputed.accrued
    proxy = Fraction(0)
    for each in ledger.segments:
        lpr = in_force(starts[each.invoice], question.rates).one_year
        proxy += each.balance * Fraction(lpr / 100 * HIGH) * each.days / base
    ceiling = proxy * Fraction(LOW)
    return Screen(cents(claimed), cents(proxy), cents(ceiling), claimed > ceiling)


def told(
    claim: Claim,
    question: Question,
    ledger: Ledger,
    base: int,
    head_tail: str,
    fixed: Decimal,
    why_fixed: Step | None,
    screen: Screen | None,
) -> LateInterest:
    """Return the reckoning with its steps in the order in which a reader would do them."""
    line = ledger.terms[0].lines[0]
    account = ledger.account
    surplus = sum((payment.surplus for payment in ledger.payments), Fraction(0))
    steps = _distinct(said for terms in ledger.terms for said in terms.steps)
    dated = [(each.last, 0, _segment_step(each, base)) for each in ledger.segments]
    several = len(claim.invoices) > 1
    dated += [
        (each.received, 1, _payment_step(each, question, several)) for each in ledger.payments
    ]
    steps += [said for _, _, said in sorted(dated, key=lambda row: row[:2])]
    if not ledger.segments:
        steps.append(step("interest.step.no_days", due=claim.oldest_due, as_of=claim.as_of))
    steps.append(step("interest.step.sum", amount=account.interest))
    if question.regime == "uk" and len(ledger.segments) == 1:
        steps.append(_uk_daily(ledger.segments[0], base))
    if fixed and why_fixed:
        steps.append(why_fixed)
    if screen:
        values = {"claimed": screen.claimed, "proxy": screen.proxy, "ceiling": screen.ceiling}
        steps.append(step("interest.step.screen", "civil_585_2", **values))
    left = account.principal_left + account.interest_left + ledger.costs_left
    return LateInterest(
        regime=question.regime,
        amount=account.interest,
        disputed_amount=ledger.disputed.interest,
        fixed_sum=fixed,
        balance=cents(left + Fraction(fixed)),
        days=ledger.days,
        rate=line.rate,
        per=line.per,
        segments=ledger.segments,
        payments=ledger.payments,
        account=account,
        disputed=ledger.disputed,
        surplus=cents(surplus),
        screen=screen,
        steps=tuple(steps),
        warnings=tuple(_warnings(claim, question, ledger, screen, surplus, fixed)),
        conventions=_convention(question, base, head_tail, line.per),
    )


def _segment_step(each: Segment, base: int) -> Step:
    key = f"interest.step.segment_{each.per}" + ("_disputed" if each.disputed else "")
    values = {
        "number": each.invoice,
        "first": each.first,
        "last": each.last,
        "days": each.days,
        "principal": each.principal,
        "rate": percent(each.rate),
        "amount": each.amount,
    }
    return step(key, "", **(values | ({"base": base} if each.per == "year" else {})))


def _payment_step(each: Payment, question: Question, several: bool) -> Step:
    first = question.regime == "enforcement"
    law = "civil_560" if several else "civil_561"
    return step(
        "interest.step.payment_principal_first" if first else "interest.step.payment",
        "enforcement_interest" if first else law,
        received=each.received,
        amount=each.amount,
        costs=cents(each.costs),
        interest=cents(each.interest),
        principal=cents(each.principal),
    )


def _uk_daily(each: Segment, base: int) -> Step:
    day = cents(each.balance * Fraction(each.rate) / base)
    return step("interest.step.uk_daily", "uk_1998", daily=day, amount=day * each.days)


def _warnings(
    claim: Claim,
    question: Question,
    ledger: Ledger,
    screen: Screen | None,
    surplus: Fraction,
    fixed: Decimal,
) -> list[Step]:
    found = _distinct(said for terms in ledger.terms for said in terms.warnings)
    if screen and screen.excessive:
        found.append(step("interest.warning.likely_cut", "civil_585_2", ceiling=screen.ceiling))
    if question.regime == "agreed" and screen is None:
        found.append(step("interest.warning.no_screen"))
    if claim.disputed:
        found.append(
            step(
                "interest.warning.disputed",
                disputed=claim.disputed,
                amount=ledger.disputed.interest,
            )
        )
    waiting = [each for each in claim.invoices if each.due > claim.as_of]
    if waiting:
        found.append(step("interest.warning.not_due_yet", count=len(waiting)))
    later = [each.received for each in claim.payments if each.received > claim.as_of]
    if later:
        found.append(step("interest.warning.later_payment", day=min(later), as_of=claim.as_of))
    if surplus:
        found.append(step("interest.warning.surplus", surplus=cents(surplus)))
    if fixed and len(claim.invoices) > 1:
        found.append(step("interest.warning.one_fixed_sum"))
    return found


def _convention(question: Question, base: int, head_tail: str, per: str) -> tuple[Step, ...]:
    start = "own_day" if question.regime == "enforcement" else "next_day"
    parts = [
        step(f"interest.convention.{start}"),
        step(f"interest.convention.{head_tail}"),
        step(
            "interest.convention.daily" if per == "day" else "interest.convention.base", base=base
        ),
        step("interest.convention.rounding"),
    ]
    if question.regime == "sale_contract":
        parts.insert(3, step(f"interest.convention.{question.mode}"))
    return tuple(parts)


def _distinct(steps: Iterable[Step]) -> list[Step]:
    found: list[Step] = []
    for said in steps:
        if said not in found:
            found.append(said)
    return found
