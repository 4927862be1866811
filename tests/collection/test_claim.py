"""The claim: days and invoices as people give them, and what is refused in one sentence."""

from datetime import date, datetime

import pandas as pd
import pytest

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.deadlines import deadline
from creditlib.collection.evidence import Contact
from creditlib.collection.guarantee import GuarantorAct, guarantee_period
from creditlib.collection.limitation import Event
from creditlib.collection.lpr import Rate
from creditlib.errors import InputError

DAY = date(2025, 6, 30)
TAKES_A_DAY = {
    "due": lambda day: Claim.of(100, due=day, as_of=DAY).oldest_due,
    "as_of": lambda day: Claim.of(100, due=DAY, as_of=day).as_of,
    "issued": lambda day: OwedInvoice("A", day, DAY, 100).issued,
    "received": lambda day: PartPayment(day, 100).received,
    "published": lambda day: Rate(day, "3.00").published,
    "day": lambda day: Event(day, "demand").day,
    "until": lambda day: Event(date(2025, 1, 1), "suit", until=day).until,
    "contact": lambda day: Contact(day, "ems").day,
    "guarantor": lambda day: GuarantorAct(day).day,
    "main_due": lambda day: guarantee_period(day).steps[1].values["due"],
    "agreed": lambda day: guarantee_period(date(2025, 1, 1), agreed=pd.Timestamp(day)).last_day,
    "start": lambda day: deadline("enforcement", day).steps[0].values["start"],
}


@pytest.mark.parametrize("name", TAKES_A_DAY)
@pytest.mark.parametrize("given", [DAY, "2025-06-30", datetime(2025, 6, 30, 9), pd.Timestamp(DAY)])
def test_a_day_is_a_day_however_it_is_given(name, given):
    read = TAKES_A_DAY[name](given)
    assert type(read) is date
    assert read == DAY


@pytest.mark.parametrize("name", [name for name in TAKES_A_DAY if name not in ("agreed", "until")])
@pytest.mark.parametrize("given", ["", "30/06/2025", "2025-02-30", None, 20250630, pd.NaT])
def test_what_is_no_day_is_refused_in_one_sentence(name, given, in_english):
    with pytest.raises(InputError, match=f"“{given}” is not a day. Write "):
        TAKES_A_DAY[name](given)


def test_an_invoice_stands_in_a_claim_once(in_english):
    twice = [OwedInvoice("A", DAY, DAY, 100), OwedInvoice("A", DAY, DAY, 50)]
    with pytest.raises(InputError, match="Invoice A is in this claim twice"):
        Claim(Party(""), Party(""), twice, DAY)
    unnumbered = [OwedInvoice("", DAY, DAY, 100), OwedInvoice("", DAY, DAY, 50)]
    assert Claim(Party(""), Party(""), unnumbered, DAY).principal == 150
