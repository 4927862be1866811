"""Claims on a ledger's health: its figures, what is kept apart, and whom it says to chase."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib import i18n
from creditlib.basics.chase import chase_list, collectable_share, lost_by_waiting
from creditlib.basics.concentration import concentration
from creditlib.basics.health import MEASURES, NEED_HISTORY, health, health_by_currency
from creditlib.basics.health_findings import money
from creditlib.errors import InputError, Undefined

AS_OF = "2025-12-31"
CCAA_2004 = {0: 0.949, 30: 0.899, 60: 0.813, 90: 0.696, 180: 0.521, 365: 0.228, 730: 0.093}


@pytest.fixture(autouse=True)
def _english(in_english):
    """Findings and reasons are read in English where a test does not choose."""


def invoices(*rows, **more):
    """Frames of `(invoice, customer, invoiced, due, amount)`."""
    columns = ["invoice_id", "customer_id", "invoice_date", "due_date", "amount"]
    frame = pd.DataFrame(list(rows), columns=columns).assign(**more)
    for name in ("invoice_date", "due_date"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def payments(*rows):
    frame = pd.DataFrame(list(rows), columns=["invoice_id", "payment_date", "amount"])
    return frame.assign(payment_date=pd.to_datetime(frame["payment_date"]))


def credit_notes(*rows):
    frame = pd.DataFrame(list(rows), columns=["invoice_id", "credit_date", "amount"])
    return frame.assign(credit_date=pd.to_datetime(frame["credit_date"]))


def snapshot(*rows, as_of=AS_OF, **options):
    """The health of invoices that nobody has paid anything on."""
    return health(invoices(*rows), payments(), credit_notes(), as_of, **options)


def said(found):
    return " ".join(finding.words for finding in found.findings)


# Whom to chase first


@pytest.mark.parametrize(("days", "share"), CCAA_2004.items())
def test_the_share_collectable_is_the_surveys_at_its_own_ages(days, share):
    assert collectable_share(days) == pytest.approx(share, abs=1e-12)


def test_between_two_ages_the_share_lies_on_the_straight_line():
    assert collectable_share(45) == pytest.approx((0.899 + 0.813) / 2)
    assert collectable_share(2_000) == 0.093


@given(st.floats(0, 3_000), st.floats(0, 3_000))
def test_an_older_debt_is_never_more_collectable(one, other):
    younger, older = sorted((one, other))
    assert 0.093 <= collectable_share(older) <= collectable_share(younger) <= 0.949


@pytest.mark.parametrize("days", [-1, math.nan])
def test_before_the_due_date_there_is_no_share(days):
    with pytest.raises(Undefined) as refused:
        collectable_share(days)
    assert refused.value.reason == "not_due"


def test_waiting_costs_most_when_a_debt_turns_ninety_days_late():
    costs = {days: lost_by_waiting(100_000, days) for days in (1, 30, 60, 90, 365, 730)}
    assert costs[60] == pytest.approx(100_000 * (0.813 - 0.696))
    assert max(costs, key=costs.get) == 60
    assert costs[730] == 0


def items(*rows):
    return pd.DataFrame(list(rows), columns=["customer_id", "open_amount", "days_past_due"])


def test_the_list_is_ranked_by_the_cost_of_waiting_not_by_amount_or_age():
    found = chase_list(
        items(("large", 200_000.0, 3), ("turning", 120_000.0, 70), ("ancient", 150_000.0, 900))
    )
    assert found["customer_id"].tolist() == ["turning", "large", "ancient"]
    by_hand = 120_000 * ((0.813 - 0.117 * 10 / 30) - (0.696 - 0.175 * 10 / 90))
    assert found["cost_of_waiting"].tolist()[0] == pytest.approx(by_hand, abs=0.01)
    assert "90 days" in found["reason"][0]
    assert "write off" in found["reason"][2]


def test_only_what_is_past_due_and_owed_is_chased():
    found = chase_list(
        items(
            ("A", 100.0, 0), ("B", 100.0, -5), ("C", -100.0, 40), ("D", 100.0, None), ("E", 1.0, 1)
        )
    )
    assert found["customer_id"].tolist() == ["E"]
    assert chase_list(items()).empty


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"), st.integers(-500, 5_000).map(float), st.integers(-60, 1_000)
    ),
    max_size=30,
)


@given(ROWS)
@settings(max_examples=40)
def test_the_list_holds_every_cent_past_due_and_falls_in_cost(rows):
    found = chase_list(items(*rows))
    late = [amount for _, amount, days in rows if days > 0 and amount > 0]
    assert found["past_due"].sum() == pytest.approx(sum(late))
    assert found["cost_of_waiting"].is_monotonic_decreasing
    assert (found["cost_of_waiting"] <= found["past_due"]).all()
    again = chase_list(items(*reversed(rows)))
    assert again.drop(columns="reason").equals(found.drop(columns="reason"))


# The figures


def test_the_dso_family_is_that_of_the_golden_case(golden):
    case = golden("dso_set")
    given, expected = case["inputs"], case["expected"]
    ledger = invoices(
        ("I0", "C1", "2025-06-01", "2025-07-01", 1_000.0),
        ("I1", "C1", "2025-11-01", "2025-12-01", float(given["AR"] - given["current"])),
        ("I2", "C1", "2025-12-01", "2026-01-31", float(given["current"])),
        ("I3", "C2", "2025-11-01", "2025-12-01", float(given["sales"] - given["AR"])),
    )
    paid = payments(
        ("I0", "2025-07-01", 1_000.0), ("I3", "2025-11-30", float(given["sales"] - given["AR"]))
    )
    found = health(ledger, paid, credit_notes(), AS_OF, days=given["days"])
    measured = {name: found.measures[name].value for name in MEASURES}
    assert measured["dso"] == pytest.approx(expected["DSO"])
    assert measured["best_possible_dso"] == pytest.approx(expected["BPDSO"])
    assert measured["average_days_delinquent"] == pytest.approx(expected["ADD"])
    assert measured["past_due_share"] == pytest.approx(0.3)
    assert (found.receivable, found.past_due) == (given["AR"], given["AR"] - given["current"])
    assert found.month_ends["receivables"].iloc[-1] == given["AR"]
    assert found.month_ends["dso"].iloc[-1] == pytest.approx(given["AR"] / given["sales"] * 92)


@pytest.mark.parametrize("case", range(3))
def test_the_cei_is_that_of_the_golden_case(golden, case):
    inputs = golden("cei")["inputs"]["cases"][case]
    beginning, sales, ending, current = map(float, inputs)
    ledger = invoices(
        ("old", "C1", "2025-08-01", "2025-09-30", beginning),
        ("late", "C1", "2025-10-15", "2025-11-15", ending - current),
        ("new", "C1", "2025-12-01", "2026-01-31", current),
        ("paid", "C1", "2025-10-15", "2025-11-15", sales - ending),
    )
    paid = payments(("old", "2025-11-01", beginning), ("paid", "2025-11-01", sales - ending))
    found = health(ledger, paid, credit_notes(), AS_OF)
    expected = golden("cei")["expected"]["cei"][case]
    assert found.measures["collection_effectiveness"].value == pytest.approx(expected, abs=1e-12)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 500), st.integers(0, 120)), max_size=25
    ),
    st.lists(st.integers(1, 99), max_size=25),
)
@settings(max_examples=40)
def test_every_table_adds_up_to_the_receivables(sold, part_paid):
    start = pd.Timestamp("2024-10-01")
    rows = [
        (f"I{number}", who, start + pd.Timedelta(days=day), start + pd.Timedelta(days=day + term),
         100.0 + number)
        for number, (who, day, term) in enumerate(sold)
    ]  # fmt: skip
    paid = [(row[0], row[3], float(amount)) for row, amount in zip(rows, part_paid, strict=False)]
    found = health(invoices(*rows), payments(*paid), credit_notes(), AS_OF)
    as_of = pd.Timestamp(AS_OF)
    owed = sum(row[4] for row in rows if row[2] <= as_of)
    owed -= sum(amount for name, day, amount in paid if day <= as_of)
    assert found.receivable == pytest.approx(owed, abs=0.005)
    assert found.ageing["amount"].sum() == pytest.approx(owed, abs=0.005)
    assert found.customers["receivable"].sum() == pytest.approx(owed, abs=0.005)
    assert found.customers["past_due"].sum() == pytest.approx(found.past_due, abs=0.005)
    assert found.chase["past_due"].sum() == pytest.approx(found.past_due, abs=0.005)
    if owed:
        assert found.ageing["share"].sum() == pytest.approx(1)


def test_concentration_is_that_of_the_golden_case(golden):
    case = golden("hhi")
    found = concentration(case["inputs"]["w"])
    assert found.hhi == pytest.approx(case["expected"]["hhi"])
    assert found.effective_number == pytest.approx(case["expected"]["effN"])
    assert found.largest_1 == pytest.approx(0.3)
    assert found.largest_5 == pytest.approx(0.85)
    assert found.largest_10 == pytest.approx(1)
    assert concentration([0, -5]) is None


# What a ledger does not say


def test_open_items_define_no_measure_that_needs_sales_or_payments():
    found = snapshot(
        ("I1", "C1", "2025-06-01", "2025-07-01", 60.0),
        ("I2", "C2", "2025-12-01", "2026-01-31", 40.0),
    )
    for name in NEED_HISTORY:
        assert found.measures[name].value is None
        assert "Export" in found.measures[name].reason
    assert found.measures["past_due_share"].value == pytest.approx(0.6)
    assert found.month_ends.empty
    assert found.oldest["days_past_due"].tolist() == [183]


def test_a_ledger_that_begins_within_its_period_has_no_dso():
    ledger = invoices(("I1", "C1", "2025-11-20", "2025-12-20", 60.0))
    paid = payments(("I1", "2025-12-24", 10.0))
    found = health(ledger, paid, credit_notes(), AS_OF)
    assert found.measures["dso"].value is None
    assert "2025-11-20" in found.measures["dso"].reason
    assert health(ledger, paid, credit_notes(), AS_OF, days=50).measures["dso"].value is not None


def test_payments_without_their_days_leave_dso_but_no_history():
    ledger = invoices(
        ("I1", "C1", "2025-06-01", "2025-07-01", 60.0),
        ("I2", "C1", "2025-12-01", "2026-01-31", 40.0),
    )
    paid = payments(("I1", AS_OF, 60.0)).assign(method="undated")
    found = health(ledger, paid, credit_notes(), AS_OF)
    assert found.measures["dso"].value == pytest.approx(90)
    for name in ("on_time_share", "collection_effectiveness"):
        assert "not when" in found.measures[name].reason
    assert found.month_ends.empty


def test_invoices_without_due_date_are_owed_and_named_but_not_past_due():
    found = snapshot(
        ("I1", "C1", "2025-06-01", None, 60.0), ("I2", "C2", "2025-06-01", "2025-07-01", 40.0)
    )
    assert (found.receivable, found.past_due) == (100.0, 40.0)
    assert found.ageing["amount"]["no_due_date"] == 60.0
    assert found.measures["past_due_share"].value is None
    assert "60 has no due date (items: 1)" in said(found)


def test_without_any_due_date_nothing_is_called_in_order():
    found = snapshot(("I1", "C1", "2025-06-01", None, 60.0))
    assert said(found).startswith("60 has no due date")
    assert "nothing is past due" not in said(found)


# An aged balance


def aged(columns, amounts):
    """The health of one customer's balance by age, each column due on its newest day."""
    due = [pd.Timestamp(AS_OF) - pd.Timedelta(days=first) for first, _ in columns]
    rows = [
        (f"C1 {place}", "C1", day, day, amount)
        for place, (day, amount) in enumerate(zip(due, amounts, strict=True))
    ]
    return snapshot(*rows, age_columns=columns)


QUARTER = [(0, 0), (1, 30), (31, 60), (61, 90), (91, 10_000)]


def test_an_aged_balance_keeps_the_columns_of_the_file():
    found = aged(QUARTER, [5.0, 4.0, 3.0, 2.0, 1.0])
    assert found.ageing["amount"].to_dict() == {
        "not_due": 5.0, "1-30": 4.0, "31-60": 3.0, "61-90": 2.0, "over_90": 1.0,
    }  # fmt: skip
    assert "At least 1 is more than 90 days late (10% of what is past due)" in said(found)


def test_an_aged_balance_names_no_oldest_debt_and_no_age_that_it_does_not_state():
    found = aged([(0, 0), (1, 365), (366, 10_000)], [5.0, 4.0, 1.0])
    assert found.oldest.empty
    assert found.chase["reason"].tolist() == [
        "the ageing columns are too wide to tell how late it is: look at the customer's invoices "
        "before you decide how to chase."
    ]
    assert "items" not in said(found)
    assert "At least 1 is more than a year late" in said(found)


def test_columns_of_a_month_bear_out_the_reasons():
    assert "three months late" in aged(QUARTER, [0.0, 0.0, 0.0, 0.0, 7.0]).chase["reason"][0]
    assert "turns 90 days late" in aged(QUARTER, [0.0, 0.0, 0.0, 7.0, 0.0]).chase["reason"][0]


# What is kept apart


def disputes(*rows):
    return pd.DataFrame(list(rows), columns=["invoice_id", "opened", "closed", "amount"])


def test_only_disputes_open_on_the_day_are_kept_apart_from_the_chase():
    rows = [(f"I{number}", f"C{number}", "2025-06-01", "2025-07-01", 100.0) for number in range(4)]
    found = snapshot(
        *rows,
        disputes=disputes(
            ("I0", "2025-11-01", None, 30.0),
            ("I1", "2025-11-01", None, 900.0),
            ("I2", "2025-11-01", "2025-12-31", 100.0),
            ("I3", "2026-01-02", None, 100.0),
        ),
    )
    assert found.disputed == 130.0
    assert found.past_due == 400.0
    assert dict(zip(found.chase["customer_id"], found.chase["past_due"], strict=True)) == {
        "C0": 70.0, "C2": 100.0, "C3": 100.0,
    }  # fmt: skip
    assert "130 is disputed" in said(found)
    assert snapshot(*rows).disputed is None


def test_what_was_paid_beyond_or_without_an_invoice_is_shown():
    ledger = invoices(
        ("I1", "C1", "2025-06-01", "2025-07-01", 100.0),
        ("I2", "C2", "2025-06-01", "2025-07-01", 80.0),
    )
    paid = payments(("I1", "2025-07-01", 130.0), ("", "2025-12-01", 25.0))
    found = health(ledger, paid, credit_notes(), AS_OF)
    assert (found.overpaid, found.unapplied) == (30.0, 25.0)
    assert found.receivable == 50.0
    assert found.chase["customer_id"].tolist() == ["C2"]
    assert "55 was paid beyond an invoice or without one" in said(found)


def test_currencies_are_never_added_up():
    ledger = invoices(
        ("I1", "C1", "2025-11-01", "2025-12-01", 100.0),
        ("I2", "C1", "2025-11-01", "2025-12-01", 70.0),
        ("I3", "C2", "2025-11-01", "2025-12-01", 9.0),
        currency=["CNY", "CNY", "USD"],
    )
    paid = payments(("I2", "2025-12-05", 20.0), ("I3", "2025-12-05", 1.0))
    with pytest.raises(InputError, match="CNY, USD"):
        health(ledger, paid, credit_notes(), AS_OF)
    found = health_by_currency(ledger, paid, credit_notes(), AS_OF)
    assert {name: each.receivable for name, each in found.items()} == {"CNY": 150.0, "USD": 8.0}
    assert list(found) == ["CNY", "USD"]
    own = paid.assign(currency=["CNY", "USD"])
    again = health_by_currency(ledger, own, credit_notes(), AS_OF)
    assert again["USD"].receivable == 8.0


# What is said


def test_it_says_that_few_customers_owe_most_of_what_is_late():
    rows = [
        (f"I{n}", f"C{n}", "2025-06-01", "2025-07-01", 600.0 if n < 2 else 100.0) for n in range(10)
    ]
    assert "2 of the 10 customers that are late owe 60% of what is past due" in said(
        snapshot(*rows)
    )
    even = [(f"I{n}", f"C{n}", "2025-06-01", "2025-07-01", 100.0) for n in range(10)]
    assert "customers that are late" not in said(snapshot(*even))


def test_one_large_customer_is_named_where_there_are_others_to_compare():
    rows = [(f"I{n}", f"C{n}", "2025-12-01", "2026-01-31", 100.0 + 50 * (n == 3)) for n in range(5)]
    assert "C3 alone is 27% of all that is owed" in said(snapshot(*rows))
    assert "alone" not in said(snapshot(*rows[2:]))
    even = [(f"I{n}", f"C{n}", "2025-12-01", "2026-01-31", 100.0) for n in range(6)]
    assert "alone" not in said(snapshot(*even))


def growing(monthly):
    """A ledger in which past due at the end of the months of 2025 is as given."""
    rows, paid, before = (
        [("I", "C", "2024-06-01", "2024-07-01", 1.0)],
        [("I", "2024-07-01", 1.0)],
        0,
    )
    for month, amount in enumerate(monthly, start=1):
        day = pd.Timestamp(2025, month, 10)
        if amount > before:
            rows.append((f"I{month}", "C", day, day, float(amount - before)))
        elif amount < before:
            rows.append((f"I{month}", "C", day, day, 1.0))
            paid.append((f"I{month}", day, 1.0 + before - amount))
        before = amount
    return health(
        invoices(*rows), payments(*paid), credit_notes(), pd.Timestamp(2025, len(monthly), 28)
    )


@pytest.mark.parametrize(
    ("monthly", "sentence"),
    [
        ([10, 8, 9, 12, 15], "Past due grew for 3 months in a row, from 8 to 15."),
        ([10, 20, 19, 17, 16], "Past due fell for 3 months in a row, from 20 to 16."),
        ([10, 8, 9, 12, 12], ""),
        ([10, 12, 11, 12, 13], ""),
    ],
)
def test_a_run_of_three_months_is_said_and_no_shorter_one(monthly, sentence):
    found = growing(monthly)
    assert found.month_ends["past_due"].tolist()[-5:] == monthly
    runs = [words for words in map(str, found.findings) if "in a row" in words]
    assert runs == ([sentence] if sentence else [])


def test_nothing_late_and_nothing_owed_are_said_as_such():
    found = snapshot(
        ("I1", "C1", "2025-12-01", AS_OF, 60.0), ("I2", "C2", "2025-12-01", AS_OF, 290.0)
    )
    assert found.findings[0].kind == "good"
    assert "350 is owed and nothing is past due" in said(found)
    empty = snapshot()
    assert said(empty) == "No invoice is open."
    assert (empty.receivable, empty.concentration) == (0.0, None)
    assert empty.chase.empty


def test_every_finding_reads_in_both_languages(lang):
    rows = [
        ("I1", "C1", "2024-06-01", "2024-07-01", 900_000.0),
        *((f"J{n}", f"C{n}", "2025-06-01", "2025-11-01", 100.0) for n in range(2, 8)),
        ("K", "C9", "2025-06-01", None, 5.0),
    ]
    found = snapshot(*rows, disputes=disputes(("J2", "2025-11-01", None, 100.0)))
    words = said(found)
    assert "{" not in words
    assert ("逾期" in words) == (lang == "zh")
    assert ("万" in money(900_000, "CNY")) == (lang == "zh")
    assert i18n.language() == lang
