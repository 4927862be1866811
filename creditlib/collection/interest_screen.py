"""Is an agreed penalty too high? Compared with a stand-in for the loss, as a court may cut it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditlib.collection.claim import Claim
from creditlib.collection.interest_account import Ledger, first_overdue_day
from creditlib.collection.interest_terms import HIGH, LOW, Question
from creditlib.collection.lpr import FIRST_DAY, in_force
from creditlib.collection.steps import cents


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


def excess_screen(claim: Claim, question: Question, ledger: Ledger, base: int) -> Screen | None:
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
