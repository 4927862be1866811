"""The ledger reconciles to the cent, agrees with the reviews, and tells the hidden story."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from creditlib.data import load
from creditlib.data.world.assemble import assemble
from creditlib.data.world.behaviour import NEVER
from creditlib.data.world.seed import SEED

MONTH_ENDS = pd.date_range("2022-12-31", "2025-12-31", freq="ME")
REVIEWS = pd.to_datetime(["2023-04-30", "2023-10-31", "2024-04-30", "2024-10-31"])


@pytest.fixture(scope="module")
def world():
    return assemble(SEED)


@pytest.fixture(scope="module")
def invoices():
    return load("invoices").assign(cents=lambda frame: cents(frame["amount"]))


@pytest.fixture(scope="module")
def payments():
    return load("payments").assign(cents=lambda frame: cents(frame["amount"]))


@pytest.fixture(scope="module")
def credit_notes():
    return load("credit_notes").assign(cents=lambda frame: cents(frame["amount"]))


@pytest.fixture(scope="module")
def postings(payments, credit_notes):
    """Everything that settles an invoice, one row each."""
    columns = ["invoice_id", "customer_id", "dated", "cents"]
    return pd.concat(
        [
            payments.rename(columns={"payment_date": "dated"})[columns],
            credit_notes.rename(columns={"credit_date": "dated"})[columns],
        ]
    )


def cents(amounts):
    return (amounts * 100).round().astype("int64")


def owed_at(invoices, postings, day):
    """Cents owed on each invoice at the end of `day`, by invoice number."""
    billed = invoices[invoices["invoice_date"] <= day].set_index("invoice_id")
    settled = postings[postings["dated"] <= day].groupby("invoice_id")["cents"].sum()
    owed = billed["cents"].sub(settled, fill_value=0)
    return billed.assign(owed=owed.astype("int64"))


def test_every_posting_settles_an_invoice_of_its_own_customer(invoices, postings):
    customer = invoices.set_index("invoice_id")["customer_id"]
    assert (postings["invoice_id"].map(customer) == postings["customer_id"]).all()
    dated = invoices.set_index("invoice_id")["invoice_date"]
    assert (postings["dated"] > postings["invoice_id"].map(dated)).all()
    assert (postings["cents"] > 0).all()
    assert (invoices["cents"] > 0).all()


def test_receivables_roll_forward_to_the_cent_for_every_customer_and_month(invoices, postings):
    before = owed_at(invoices, postings, MONTH_ENDS[0]).groupby("customer_id")["owed"].sum()
    customers = invoices["customer_id"].unique()
    for start, end in pairwise(MONTH_ENDS):
        owed = owed_at(invoices, postings, end)
        assert (owed["owed"] >= 0).all()
        billed = invoices[invoices["invoice_date"].between(start + timedelta(1), end)]
        settled = postings[postings["dated"].between(start + timedelta(1), end)]
        now = owed.groupby("customer_id")["owed"].sum()
        parts = [
            frame.reindex(customers, fill_value=0)
            for frame in (
                before,
                billed.groupby("customer_id")["cents"].sum(),
                settled.groupby("customer_id")["cents"].sum(),
                now,
            )
        ]
        assert (parts[0] + parts[1] - parts[2] == parts[3]).all()
        before = now


@pytest.mark.parametrize("as_of", REVIEWS)
def test_what_a_review_saw_can_be_counted_from_the_invoices(invoices, postings, as_of):
    seen = load("outcomes").query("as_of == @as_of").set_index("customer_id")
    owed = owed_at(invoices, postings, as_of)
    receivable = owed.groupby("customer_id")["owed"].sum().reindex(seen.index, fill_value=0)
    difference = (receivable - cents(seen["receivable"])).abs()
    assert difference.max() <= 1  # a cent lost where half a month's purchases is half a cent
    assert (difference > 0).sum() <= 3
    late = owed[owed["due_date"] < as_of].groupby("customer_id")["owed"].sum()
    share = late.reindex(seen.index, fill_value=0) / receivable
    known = receivable > 0
    assert np.allclose(share[known], seen["share_past_due"][known].astype(float), atol=0.00051)
    assert seen["share_past_due"][~known].isna().all()


def test_purchases_changed_as_the_reviews_say(invoices):
    month = invoices["invoice_date"].dt.to_period("M")
    sales = invoices.groupby(["customer_id", month])["cents"].sum().unstack(fill_value=0)
    seen = load("outcomes").query("as_of >= '2024-01-01'")
    seen = seen.dropna(subset="purchases_change_6m")
    for _, row in seen.sample(200, random_state=1).iterrows():
        months = pd.period_range(end=row["as_of"].to_period("M"), periods=12, freq="M")
        year = sales.loc[row["customer_id"], months]
        change = year.iloc[6:].sum() / year.iloc[:6].sum() - 1
        assert change == pytest.approx(row["purchases_change_6m"], abs=0.0006)


def test_days_late_counted_from_payments_rank_as_the_reviews_have_them(invoices, postings):
    as_of = REVIEWS[-1]
    seen = load("outcomes").query("as_of == @as_of").set_index("customer_id")
    due = invoices[invoices["due_date"].between("2024-05-01", as_of)].set_index("invoice_id")
    settled = postings[postings["invoice_id"].isin(due.index)]
    paid = settled["dated"].where(settled["dated"] <= as_of, as_of)
    days = (paid - settled["invoice_id"].map(due["due_date"])).dt.days.clip(lower=0)
    weighted = (days * settled["cents"]).groupby(settled["customer_id"]).sum()
    average = weighted / settled.groupby("customer_id")["cents"].sum()
    pair = pd.concat([average, seen["average_days_late_6m"].astype(float)], axis=1).dropna()
    assert pair.corr("spearman").iloc[0, 1] > 0.95


def test_due_dates_follow_the_terms_except_for_a_new_customers_first(invoices):
    customers = load("customers").set_index("customer_id")
    of = invoices["customer_id"]
    days = (invoices["due_date"] - invoices["invoice_date"]).dt.days
    shorter = days != of.map(customers["payment_terms_days"])
    assert shorter.mean() < 0.001
    first_weeks = invoices["invoice_date"] - of.map(customers["customer_since"]) < timedelta(31)
    assert first_weeks[shorter].all()
    assert (invoices["invoice_date"] >= of.map(customers["customer_since"])).all()


def test_invoices_from_before_2023_were_still_owed_when_2023_began(invoices, postings):
    assert (invoices["invoice_date"] >= "2023-01-01").sum() > 60_000
    old = owed_at(invoices, postings, MONTH_ENDS[0])
    assert len(old) > 4_000
    assert (old["owed"] > 0).all()


def test_only_a_customer_in_default_owes_anything_for_more_than_90_days(world, invoices, postings):
    defaulted = {
        f"C{row + 1:04d}" for row, day in enumerate(world.hidden.default) if day is not None
    }
    for day in MONTH_ENDS[1:]:
        owed = owed_at(invoices, postings, day)
        old = owed[(owed["owed"] > 0) & (owed["due_date"] < day - timedelta(90))]
        assert set(old["customer_id"]) <= defaulted


def test_nothing_is_sold_on_credit_after_a_default(world, invoices):
    for row, day in enumerate(world.hidden.default):
        if day is not None:
            billed = invoices.loc[invoices["customer_id"] == f"C{row + 1:04d}", "invoice_date"]
            assert (billed < pd.Timestamp(day)).all()


def test_bad_debt_is_written_off_where_the_customer_master_says_so(credit_notes, world):
    lost = credit_notes[credit_notes["reason"] == "write_off"]
    status = load("customers").set_index("customer_id")["status"]
    written_off = set(status.index[status == "written_off"])
    assert set(lost["customer_id"]) == written_off
    owed = set(load("invoices")["customer_id"]) - set(lost["customer_id"])
    assert not owed & written_off
    defaults = lost["customer_id"].map(lambda name: world.hidden.default[int(name[1:]) - 1])
    assert (lost["credit_date"] > pd.to_datetime(defaults)).all()


def test_the_later_a_customer_pays_the_weaker_it_is(world, invoices, postings):
    paid = postings.groupby("invoice_id")["dated"].max()
    days = (invoices["invoice_id"].map(paid) - invoices["due_date"]).dt.days
    late = (days > 0).groupby(invoices["customer_id"]).mean()
    quality = pd.Series(world.hidden.felt.mean(axis=1))
    quality.index = [f"C{row + 1:04d}" for row in quality.index]
    assert late.corr(quality, method="spearman") < -0.5


def test_a_granted_dispute_has_a_credit_note_and_a_rejected_one_has_none(credit_notes):
    disputes = load("disputes")
    credited = set(
        credit_notes.loc[credit_notes["reason"].isin(["return", "price", "quality"]), "invoice_id"]
    )
    material = disputes[disputes["reason"] != "paperwork"]
    granted = material[material["outcome"].isin(["upheld", "partly"])]
    assert set(granted["invoice_id"]) <= credited
    rejected = material[material["outcome"] == "rejected"]
    # The same invoice may be credited for another cause, but that is rare.
    assert len(set(rejected["invoice_id"]) & credited) < 0.05 * len(rejected)
    assert disputes["invoice_id"].is_unique
    amounts = load("invoices").set_index("invoice_id")["amount"]
    assert (disputes["amount"] <= disputes["invoice_id"].map(amounts) + 1e-6).all()
    closed = disputes.dropna(subset="closed")
    assert (closed["closed"] > closed["opened"]).all()
    assert disputes.loc[disputes["closed"].isna(), "outcome"].eq("open").all()


def test_many_invoices_are_paid_in_one_piece_and_some_in_parts(payments):
    parts = payments.groupby("invoice_id").size()
    assert 0.15 < (parts > 1).mean() < 0.40
    assert parts.max() <= 4


def test_payments_are_booked_on_weekdays_but_for_a_few(payments):
    assert (payments["payment_date"].dt.day_of_week >= 5).mean() < 0.03


def test_what_is_never_paid_belongs_to_customers_in_default(world):
    never = (world.behaviour.days_late >= NEVER).any(axis=1)
    assert all(world.hidden.default[row] is not None for row in np.flatnonzero(never))


def test_the_bytes_do_not_depend_on_the_machines_vector_units():
    """numpy has other kernels for other processors; their last bits may differ.

    Without them the generator makes the committed files, which `test_world` makes with them.
    """
    code = "from creditlib.data.world import build; raise SystemExit(not build.check())"
    plain = {"NPY_DISABLE_CPU_FEATURES": dispatched(), "OPENBLAS_CORETYPE": "Prescott"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | plain
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def dispatched():
    """The vector extensions that numpy uses on this machine beyond what every machine has."""
    from numpy.lib._utils_impl import _opt_info

    info = _opt_info()
    return " ".join(word.rstrip("*") for word in info.split() if word.endswith("*"))
