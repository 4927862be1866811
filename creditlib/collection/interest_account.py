"""The running account of a claim: interest by segment, part payments, what is left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from creditlib.collection.allocation import INTEREST_FIRST, PRINCIPAL_FIRST, Debt, Share, allocate
from creditlib.collection.claim import Claim, PartPayment
from creditlib.collection.interest_terms import Question, RateLine, RateTerms, day_after, rate_terms
from creditlib.collection.steps import cents


@dataclass(frozen=True)
class Segment:
    """A run of days, both ends counted, on one balance at one rate; `balance`, `exact` unrounded.

    `rate` is a decimal for each `per` ("year" or "day"); `lpr` in percent, None if none is used.
    """

    invoice: str
    disputed: bool
    first: date
    last: date
    days: int
    balance: Fraction
    rate: Decimal
    per: str
    lpr: Decimal | None
    exact: Fraction

    @property
    def principal(self) -> Decimal:
        """The balance on which interest ran, to the cent."""
        return cents(self.balance)

    @property
    def amount(self) -> Decimal:
        """The interest of the segment, to the cent: for show, the sum is of the exact ones."""
        return cents(self.exact)


@dataclass(frozen=True)
class Payment:
    """A part payment taken apart; exact fractions. `designated`: the invoice the debtor named."""

    received: date
    amount: Decimal
    costs: Fraction
    shares: tuple[Share, ...]
    surplus: Fraction
    designated: str | None = None

    @property
    def interest(self) -> Fraction:
        """What of it went to interest."""
        return sum((share.interest for share in self.shares), Fraction(0))

    @property
    def principal(self) -> Fraction:
        """What of it went to principal."""
        return sum((share.principal for share in self.shares), Fraction(0))


@dataclass(frozen=True)
class Account:
    """Principal and interest of one part of a claim, exact: principal + accrued = paid + left."""

    principal: Decimal
    accrued: Fraction
    paid_interest: Fraction
    paid_principal: Fraction

    @property
    def interest(self) -> Decimal:
        """All the interest that ran, to the cent."""
        return cents(self.accrued)

    @property
    def principal_left(self) -> Fraction:
        """The principal that is still owed."""
        return Fraction(self.principal) - self.paid_principal

    @property
    def interest_left(self) -> Fraction:
        """The interest that is still owed."""
        return self.accrued - self.paid_interest


@dataclass(frozen=True)
class Ledger:
    """All that happened on the claim up to its day."""

    segments: tuple[Segment, ...]
    payments: tuple[Payment, ...]
    account: Account
    disputed: Account
    costs_left: Fraction
    terms: tuple[RateTerms, ...]
    days: int


@dataclass
class _Item:
    """The undisputed or the disputed part of one invoice, while the account runs."""

    number: str
    due: date
    disputed: bool
    principal: Fraction
    cursor: date
    lines: tuple[RateLine, ...] = ()
    interest: Fraction = Fraction(0)
    segments: list[Segment] = field(default_factory=list)

    def accrue(self, until: date, base: int) -> None:
        """Let interest run up to a day, which no longer counts."""
        ends = [*(line.start for line in self.lines[1:]), date.max]
        for line, end in zip(self.lines, ends, strict=False):
            stop = min(until, end)
            days = (stop - self.cursor).days
            if days <= 0:
                continue
            year = base if line.per == "year" else 1
            exact = self.principal * Fraction(line.rate) * days / year
            if self.principal:
                last = stop - timedelta(days=1)
                self.segments.append(
                    Segment(
                        self.number, self.disputed, self.cursor, last, days, self.principal,
                        line.rate, line.per, line.lpr, exact,
                    )
                )  # fmt: skip
            self.interest += exact
            self.cursor = stop


def first_overdue_day(due: date, regime: str) -> date:
    """Return the day from which lateness counts: the next; double interest from the day itself."""
    # The 2014 interpretation counts from the day on which the period for performance ends.
    return due if regime == "enforcement" else day_after(due)


def run(
    claim: Claim,
    question: Question,
    base: int,
    head_tail: str,
    costs: Decimal,
    designated: Mapping[date, str],
) -> Ledger:
    """Run the account of a claim to its day: accrue, set off each payment, accrue."""
    tail = head_tail != "head"  # then the day of a payment still counts on the old balance
    # Nobody is late on the due date, whichever end of the period counts.
    end = day_after(claim.as_of) if tail else claim.as_of
    items, terms = [], []
    for place, invoice in enumerate(claim.invoices, start=1):
        start = first_overdue_day(invoice.due, question.regime)
        cursor = day_after(start) if head_tail == "tail" else start
        lines: tuple[RateLine, ...] = ()
        if invoice.due < claim.as_of or invoice.due == claim.oldest_due:
            found = rate_terms(claim, question, start, end - timedelta(days=1))
            terms.append(found)
            lines = found.lines if invoice.due < claim.as_of else ()
        for disputed, amount in (
            (False, invoice.amount - invoice.disputed),
            (True, invoice.disputed),
        ):
            number = invoice.number or f"#{place}"
            if amount:
                items.append(_Item(number, invoice.due, disputed, Fraction(amount), cursor, lines))

    costs_left, payments = Fraction(costs), []
    received = [each for each in claim.payments if each.received <= claim.as_of]
    for payment in sorted(received, key=lambda each: each.received):
        reached = day_after(payment.received) if tail else payment.received
        for item in items:
            item.accrue(reached, base)
        taken = _set_off(payment, items, question, costs_left, designated)
        costs_left -= taken.costs
        payments.append(taken)
    for item in items:
        item.accrue(end, base)

    segments = [segment for item in items for segment in item.segments]
    counted = [
        (end - (item.cursor if not item.segments else item.segments[0].first)).days
        for item in items
        if item.lines
    ]
    return Ledger(
        segments=tuple(segments),
        payments=tuple(payments),
        account=_account(claim.principal - claim.disputed, segments, payments, disputed=False),
        disputed=_account(claim.disputed, segments, payments, disputed=True),
        costs_left=costs_left,
        terms=tuple(terms),
        days=max([0, *counted]),
    )


def _set_off(
    payment: PartPayment,
    items: list[_Item],
    question: Question,
    costs: Fraction,
    designated: Mapping[date, str],
) -> Payment:
    debts = [
        Debt(item.number, item.due, item.principal, item.interest, disputed=item.disputed)
        for item in items
    ]
    order = PRINCIPAL_FIRST if question.regime == "enforcement" else INTEREST_FIRST
    named = designated.get(payment.received)
    taken = allocate(
        payment.amount, debts, payment.received, costs=costs, designated=named, order=order
    )
    by_item = {(share.number, share.disputed): share for share in taken.shares}
    for item in items:
        share = by_item.get((item.number, item.disputed))
        if share:
            item.interest -= share.interest
            item.principal -= share.principal
    return Payment(
        payment.received, payment.amount, taken.costs, taken.shares, taken.surplus, named
    )


def _account(
    principal: Decimal, segments: list[Segment], payments: list[Payment], *, disputed: bool
) -> Account:
    shares = [each for payment in payments for each in payment.shares if each.disputed == disputed]
    zero = Fraction(0)
    return Account(
        principal=principal,
        accrued=sum((each.exact for each in segments if each.disputed == disputed), zero),
        paid_interest=sum((share.interest for share in shares), zero),
        paid_principal=sum((share.principal for share in shares), zero),
    )
