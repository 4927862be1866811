"""Court fees: the golden cases, the bands, and what holds for every amount."""

import json
from decimal import Decimal
from fractions import Fraction
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.collection.fees import court_fees
from creditlib.collection.steps import cents
from creditlib.errors import InputError

GOLDEN = json.loads((Path(__file__).parent.parent / "law-golden.json").read_text())
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)


@pytest.mark.parametrize("case", GOLDEN["fees"], ids=lambda case: case["id"])
def test_the_golden_fees(case):
    fees = court_fees(case["claim"])
    assert fees.acceptance == Decimal(case["acceptance_fee"])
    assert fees.simplified == Decimal(case["simplified_half"])
    assert fees.payment_order == Decimal(case["payment_order_third"])
    assert fees.preservation == Decimal(case["preservation_fee"])


@pytest.mark.parametrize(
    ("claim", "fee"),
    # The factors of the quick table that courts print: amount × share + constant.
    [
        ("10000", "50.00"),
        ("150000", "3300.00"),  # × 2 % + 300
        ("1500000", "18300.00"),  # × 0.9 % + 4,800
        ("3000000", "30800.00"),  # × 0.8 % + 6,800
        ("8000000", "67800.00"),  # × 0.7 % + 11,800
        ("15000000", "111800.00"),  # × 0.6 % + 21,800
        ("30000000", "191800.00"),  # × 0.5 % + 41,800
    ],
)
def test_each_band_meets_the_quick_table(claim, fee):
    assert court_fees(claim).acceptance == Decimal(fee)


@given(AMOUNTS, AMOUNTS)
def test_a_larger_claim_never_costs_less(one, other):
    less, more = (court_fees(amount) for amount in sorted((one, other)))
    assert less.acceptance <= more.acceptance
    assert less.preservation <= more.preservation <= 5000
    assert less.payment_order < less.simplified < less.acceptance


def test_only_what_is_frozen_counts_for_preservation():
    assert court_fees("1000000", preserved="100000").preservation == Decimal("1020.00")
    assert court_fees("1000000", preserved="800").preservation == Decimal("30.00")


@given(AMOUNTS)
def test_the_sum_that_is_shown_makes_the_fee(amount):
    fees = court_fees(amount)
    for name, most in (("acceptance", None), ("preservation", 5000)):
        said = next(each for each in fees.steps if each.name == name)
        total = sum(
            prod(Fraction(part.rstrip("%")) / (100 if "%" in part else 1) for part in term)
            for term in (
                each.replace(",", "").split(" × ") for each in said.values["bands"].split(" + ")
            )
        )
        assert cents(min(total, most or total)) == getattr(fees, name)
        assert said.values["bands"] in str(said)


def test_a_claim_of_nothing_is_refused(in_english):
    with pytest.raises(InputError, match="above 0"):
        court_fees(0)
