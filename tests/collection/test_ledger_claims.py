"""The claims of the course's company are what its ledger says is past due."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from creditlib.collection.claim import Party
from creditlib.collection.ledger_claims import past_due_claims
from creditlib.data import load
from creditlib.errors import InputError

TODAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def ledger():
    return {name: load(name) for name in ("invoices", "payments", "credit_notes", "disputes")}


@pytest.fixture(scope="module")
def claims(ledger):
    debtors = {row.customer_id: Party(row.name_zh) for row in load("customers").itertuples()}
    return past_due_claims(**ledger, debtors=debtors, creditor=Party("云岫机电"), as_of=TODAY)


def test_the_claims_add_up_to_what_is_past_due_counted_in_cents(ledger, claims):
    cents = {
        name: (ledger[name]["amount"] * 100).round().astype("int64")
        for name in ("invoices", "payments", "credit_notes")
    }
    settled = pd.concat(
        cents[name].groupby(ledger[name]["invoice_id"]).sum() for name in list(cents)[1:]
    )
    settled = settled.groupby(level=0).sum()
    invoices = ledger["invoices"].set_index("invoice_id")
    left = cents["invoices"].set_axis(invoices.index).sub(settled, fill_value=0)
    past_due = left[(invoices["due_date"] < pd.Timestamp(TODAY)) & (left > 0)]
    total = sum(claim.principal for claim in claims.values())
    assert total == Decimal(int(past_due.sum())) / 100
    assert set(claims) == set(invoices.loc[past_due.index, "customer_id"])


def test_each_claim_lists_its_oldest_invoice_first_and_only_what_is_late(claims):
    for claim in claims.values():
        due = [invoice.due for invoice in claim.invoices]
        assert due == sorted(due)
        assert due[-1] < TODAY == claim.as_of


def test_what_is_contested_today_is_told_apart_and_never_more_than_is_open(ledger, claims):
    standing = ledger["disputes"][ledger["disputes"]["closed"].isna()].groupby("invoice_id")
    contested = standing["amount"].sum()
    found = {
        invoice.number: invoice
        for claim in claims.values()
        for invoice in claim.invoices
        if invoice.disputed
    }
    assert len(found) > 20
    for number, invoice in found.items():
        assert float(invoice.disputed) == pytest.approx(
            min(contested[number], float(invoice.amount)), abs=0.005
        )


def test_a_customer_without_a_party_is_named(ledger):
    with pytest.raises(InputError, match="C0002"):
        past_due_claims(**ledger, debtors={}, creditor=Party("云岫机电"), as_of=TODAY)
