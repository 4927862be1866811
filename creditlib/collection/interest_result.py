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
from creditlib.collection.interest_screen import Screen
from creditlib.collection.interest_terms import Question, lpr_warnings
from creditlib.collection.steps import Step, cents, percent, step
from creditlib.i18n import text


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
    for each in ledger.payments:
        dated += [(each.received, 1, said) for said in _payment_steps(each, question, several)]
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
    parts = {
        "principal": account.principal_left,
        "interest": account.interest_left,
        "costs": ledger.costs_left,
        "fixed": Fraction(fixed),
    }
    balance = cents(sum(parts.values()))
    if ledger.payments or ledger.costs_left:
        values = {name: cents(part) for name, part in parts.items()}
        key = "interest.step.balance_fixed" if fixed else "interest.step.balance"
        steps.append(step(key, day=claim.as_of, balance=balance, **values))
    return LateInterest(
        regime=question.regime,
        amount=account.interest,
        disputed_amount=ledger.disputed.interest,
        fixed_sum=fixed,
        balance=balance,
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


def _payment_steps(each: Payment, question: Question, several: bool) -> list[Step]:
    first = question.regime == "enforcement"
    home = question.regime not in ("eu", "uk")  # whose law of allocation the course does not know
    law = "enforcement_interest" if first else "civil_561" if home else ""
    whole = step(
        "interest.step.payment_principal_first" if first else "interest.step.payment",
        law,
        received=each.received,
        amount=each.amount,
        costs=cents(each.costs),
        interest=cents(each.interest),
        principal=cents(each.principal),
    )
    if not several:
        return [whole]
    key = "payment_named" if each.designated else "payment_unnamed"
    order = step(f"interest.step.{key}", "civil_560" if home else "", number=each.designated)
    parts = [
        step(
            "interest.step.share",
            number=share.number,
            interest=cents(share.interest),
            principal=cents(share.principal),
        )
        for share in each.shares
    ]
    return [whole, order, *parts]


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
    if screen:
        starts = [each.due for each in claim.invoices if each.due < claim.as_of]
        found += lpr_warnings(
            [first_overdue_day(due, question.regime) for due in starts], question.rates
        )
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
