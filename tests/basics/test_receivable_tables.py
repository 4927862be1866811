"""A whole ledger: open items, ageing, month ends, on time and measures, against slow loops."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.basics.receivables import (
    ageing,
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
    measures,
    month_ends,
    on_time_share,
    open_items,
)
from creditlib.errors import InputError, Undefined

AS_OF = date(2025, 12, 31)
BUCKETS = ["not_due", "1-30", "31-60", "61-90", "over_90", "total"]

# invoice, customer, invoice date, due date, cents
SOLD = [
    ("I1", "C2", date(2025, 8, 15), date(2025, 9, 30), 100_000_00),  # partly paid, 92 days late
    ("I2", "C1", date(2025, 10, 1), date(2025, 10, 31), 40_000_10),  # paid late, settled
    ("I3", "C1", date(2025, 11, 1), date(2025, 12, 1), 25_000_00),  # credit note, 30 days late
    ("I4", "C1", date(2025, 12, 1), date(2025, 12, 31), 30_000_00),  # due today
    ("I5", "C2", date(2025, 11, 30), date(2025, 11, 30), 10_000_00),  # paid twice
    ("I6", "C3", date(2025, 12, 20), date(2026, 2, 18), 55_555_55),  # not due
    ("I7", "C3", date(2026, 1, 5), date(2026, 3, 6), 70_000_00),  # dated after as_of
    ("I8", "C2", date(2025, 9, 20), date(2025, 10, 20), 60_000_00),  # written off
]
PAID = [
    ("I1", date(2025, 9, 30), 30_000_00),
    ("I1", date(2025, 12, 15), 20_000_00),
    ("I2", date(2025, 10, 31), 15_000_10),
    ("I2", date(2025, 11, 20), 25_000_00),
    ("I5", date(2025, 11, 30), 10_000_00),
    ("I5", date(2025, 12, 3), 10_000_00),
    ("I3", date(2026, 1, 10), 20_000_00),  # after as_of
]
CREDITED = [
    ("I3", date(2025, 12, 5), 5_000_00, "quality"),
    ("I8", date(2025, 12, 28), 60_000_00, "write_off"),
]


def frames(sold=SOLD, paid=PAID, credited=CREDITED):
    """The three frames of a ledger written down in cents."""

    def frame(rows, columns):
        made = pd.DataFrame(rows, columns=columns)
        for name in columns:
            if "date" in name:
                made[name] = pd.to_datetime(made[name])
        made["amount"] = made["amount"].astype(float) / 100
        return made

    return (
        frame(sold, ["invoice_id", "customer_id", "invoice_date", "due_date", "amount"]),
        frame(paid, ["invoice_id", "payment_date", "amount"]),
        frame(credited, ["invoice_id", "credit_date", "amount", "reason"]),
    )


def slow_open(sold, paid, credited, as_of):
    """Invoice → cents open at the end of a day, one at a time."""
    found = {}
    for invoice, _, dated, _, cents in sold:
        if dated > as_of:
            continue
        for number, posted, amount, *_ in [*paid, *credited]:
            if number == invoice and posted <= as_of:
                cents -= amount
        if cents != 0:
            found[invoice] = cents
    return found


def slow_ledger_balance(sold, paid, credited, as_of):
    """What the receivables account says: all that was posted up to a day."""
    return (
        sum(cents for _, _, dated, _, cents in sold if dated <= as_of)
        - sum(cents for _, posted, cents in paid if posted <= as_of)
        - sum(cents for _, posted, cents, _ in credited if posted <= as_of)
    )


def slow_past_due(sold, paid, credited, as_of):
    due = {invoice: due for invoice, _, _, due, _ in sold}
    left = slow_open(sold, paid, credited, as_of)
    return sum(cents for invoice, cents in left.items() if due[invoice] and due[invoice] < as_of)


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
cents = st.integers(1, 10**9)


@st.composite
def ledgers(draw, complete=True):
    """Invoices with part payments, overpayments, prepayments and credit notes, in cents.

    Unless `complete`, some due dates are missing and some payments name no invoice that is there.
    """
    sold = []
    for number in range(draw(st.integers(1, 12))):
        dated = draw(days)
        due = dated + timedelta(days=draw(st.integers(0, 120)))
        if not complete and draw(st.integers(0, 4)) == 0:
            due = None
        sold.append((f"I{number}", draw(st.sampled_from(["C1", "C2", "C3"])), dated, due))
    sold = [(*invoice, draw(cents)) for invoice in sold]
    ids = [invoice[0] for invoice in sold] + ([] if complete else ["I-unknown"])
    dated = {invoice[0]: invoice[2] for invoice in sold}

    def entries(kinds):
        rows = []
        for number in draw(st.lists(st.sampled_from(ids), max_size=12)):
            from_day = dated.get(number, date(2025, 1, 1)) if complete else date(2025, 1, 1)
            posted = from_day + timedelta(days=draw(st.integers(0, 200)))
            rows.append((number, posted, draw(cents), *(draw(st.sampled_from(k)) for k in kinds)))
        return rows

    return sold, entries([]), entries([["price", "return", "write_off"]])


class TestOpenItems:
    def test_what_is_open_is_the_invoice_less_what_was_posted_by_then(self):
        found = open_items(*frames(), AS_OF)
        expected = {
            "I1": 50_000.0,
            "I3": 20_000.0,
            "I4": 30_000.0,
            "I5": -10_000.0,
            "I6": 55_555.55,
        }
        assert dict(zip(found["invoice_id"], found["open_amount"], strict=True)) == expected
        late = dict(zip(found["invoice_id"], found["days_past_due"], strict=True))
        assert late == {"I1": 92, "I3": 30, "I4": 0, "I5": 31, "I6": -49}

    def test_the_rows_stay_those_of_the_invoices(self):
        invoices, payments, credit_notes = frames()
        invoices.index = range(100, 108)
        found = open_items(invoices, payments, credit_notes, AS_OF)
        assert found.index.tolist() == [100, 102, 103, 104, 105]
        assert found.columns.tolist() == [
            *invoices.columns,
            "open_amount",
            "days_past_due",
            "reason",
        ]
        assert "open_amount" not in invoices

    @settings(max_examples=60)
    @given(ledgers(complete=False), days)
    def test_it_agrees_with_a_slow_loop_on_any_day(self, ledger, as_of):
        found = open_items(*frames(*ledger), as_of)
        cents = (found["open_amount"] * 100).round().astype(int)
        assert dict(zip(found["invoice_id"], cents, strict=True)) == slow_open(*ledger, as_of)

    @pytest.mark.parametrize(("third", "settled"), [(33_333.332, True), (33_333.33, False)])
    def test_thirds_that_net_to_less_than_half_a_cent_are_settled(self, third, settled):
        invoices, _, none = frames(SOLD[:1], [], [])
        thirds = pd.DataFrame(
            {"invoice_id": ["I1"] * 3, "payment_date": ["2025-09-01"] * 3, "amount": [third] * 3}
        )
        found = open_items(invoices, thirds, none, AS_OF)
        assert found["open_amount"].tolist() == ([] if settled else [0.01])

    def test_a_missing_due_date_is_kept_and_named(self):
        sold = [(*SOLD[0][:3], None, SOLD[0][4]), SOLD[3]]
        found = open_items(*frames(sold, [], []), AS_OF)
        assert found["reason"].tolist() == ["no_due_date", ""]
        assert np.isnan(found["days_past_due"].iloc[0])
        assert found["open_amount"].tolist() == [100_000.0, 30_000.0]

    @pytest.mark.parametrize("as_of", ["2025-12-31", pd.Timestamp("2025-12-31 18:00"), AS_OF])
    def test_a_day_may_be_written_in_any_way(self, as_of):
        assert len(open_items(*frames(), as_of)) == 5

    def test_an_invoice_of_that_afternoon_counts(self):
        invoices, payments, credit_notes = frames()
        invoices["invoice_date"] += pd.Timedelta(hours=15)
        found = open_items(invoices, payments, credit_notes, "2025-12-20")
        assert "I6" in set(found["invoice_id"])

    def test_an_empty_ledger_has_nothing_open(self):
        found = open_items(*frames([], [], []), AS_OF)
        assert found.empty
        assert "open_amount" in found


class TestWhatIsRefused:
    def test_a_day_that_is_none(self, lang):
        for wrong in ("soon", None, True):
            with pytest.raises(InputError, match="as_of"):
                open_items(*frames(), wrong)

    def test_an_invoice_there_twice(self, in_english):
        with pytest.raises(InputError, match=r"file invoices, row 10, .*I1 stands there twice"):
            open_items(*frames([*SOLD, SOLD[0]]), AS_OF)

    @pytest.mark.parametrize(
        ("column", "value", "reason"),
        [
            ("invoice_date", None, "no_date"),
            ("invoice_date", "31/12/2025", "not_a_day"),
            ("due_date", 45_000, "not_a_day"),
            ("amount", "1,000", "not_a_number"),
            ("amount", float("inf"), "not_a_number"),
            ("amount", None, "not_a_number"),
            ("invoice_id", None, "no_name"),
        ],
    )
    def test_a_cell_that_cannot_be_used_is_named(self, column, value, reason, lang):
        invoices, payments, credit_notes = frames()
        cells = invoices[column].astype(object)
        cells.iloc[2] = value
        # A column of numbers is what a spreadsheet's serial days come as.
        invoices[column] = [value] * 8 if value == 45_000 else cells
        with pytest.raises(InputError) as raised:
            open_items(invoices, payments, credit_notes, AS_OF)
        assert raised.value.reason == reason
        assert raised.value.file == "invoices"
        assert raised.value.column == column
        assert raised.value.row == (2 if value == 45_000 else 4)

    def test_a_missing_column_is_named_with_those_found(self, in_english):
        invoices, payments, credit_notes = frames()
        with pytest.raises(InputError, match=r"payments.*“payment_date” is missing.*invoice_id"):
            open_items(invoices, payments.drop(columns="payment_date"), credit_notes, AS_OF)

    def test_a_payment_without_a_date(self, in_english):
        invoices, payments, credit_notes = frames()
        payments.loc[1, "payment_date"] = pd.NaT
        with pytest.raises(InputError, match="file payments, row 3"):
            month_ends(invoices, payments, credit_notes)

    @pytest.mark.parametrize("buckets", [(), (30, 60), (0, 60, 30), (0, 30, 30), (0, 30.5)])
    def test_buckets_that_leave_a_gap(self, buckets, lang):
        with pytest.raises(InputError, match="buckets"):
            ageing(frames()[0], AS_OF, buckets)


class TestAgeing:
    def test_each_amount_stands_in_the_bucket_of_its_age(self):
        found = ageing(open_items(*frames(), AS_OF), AS_OF)
        assert found.columns.tolist() == BUCKETS
        assert found.loc["C1"].tolist() == [30_000, 20_000, 0, 0, 0, 50_000]
        assert found.loc["C2"].tolist() == [0, 0, -10_000, 0, 50_000, 40_000]
        assert found.loc["C3"].tolist() == [55_555.55, 0, 0, 0, 0, 55_555.55]

    @pytest.mark.parametrize(
        ("late", "bucket"),
        [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (400, 4)],
    )
    def test_the_last_day_of_a_bucket_belongs_to_it(self, late, bucket):
        due = AS_OF - timedelta(days=late)
        item = pd.DataFrame({"customer_id": ["C1"], "due_date": [due], "amount": [7.0]})
        item["due_date"] = pd.to_datetime(item["due_date"])
        assert ageing(item, AS_OF)[BUCKETS[bucket]].tolist() == [7.0]

    @settings(max_examples=60)
    @given(ledgers(complete=False), days)
    def test_it_sums_to_what_is_open_in_the_ledger_on_any_day(self, ledger, as_of):
        items = open_items(*frames(*ledger), as_of)
        found = ageing(items, as_of)
        left = slow_open(*ledger, as_of)
        assert round(found["total"].sum() * 100) == sum(left.values())
        parts = found.drop(columns=["total", "reason"], errors="ignore")
        assert (parts.sum(axis=1) * 100).round().tolist() == (found["total"] * 100).round().tolist()

    @settings(max_examples=60)
    @given(ledgers(), days)
    def test_on_a_complete_ledger_that_is_the_account_s_balance(self, ledger, as_of):
        found = ageing(open_items(*frames(*ledger), as_of), as_of)
        assert round(found["total"].sum() * 100) == slow_ledger_balance(*ledger, as_of)

    def test_other_buckets_have_other_names(self):
        found = ageing(open_items(*frames(), AS_OF), AS_OF, (0, 90, 180))
        assert found.columns.tolist() == ["not_due", "1-90", "91-180", "over_180", "total"]
        assert found.loc["C2", "91-180"] == 50_000

    def test_invoices_dated_later_are_left_out_and_plain_invoices_are_wholly_open(self):
        found = ageing(frames()[0], AS_OF)
        expected = {"C1": 95_000.10, "C2": 170_000.0, "C3": 55_555.55}
        assert found["total"].to_dict() == pytest.approx(expected)

    def test_a_missing_due_date_has_a_column_of_its_own(self):
        sold = [(*SOLD[0][:3], None, SOLD[0][4]), SOLD[3]]
        found = ageing(open_items(*frames(sold, [], []), AS_OF), AS_OF)
        assert found.columns.tolist() == [*BUCKETS[:-1], "no_due_date", "total", "reason"]
        assert found["no_due_date"].to_dict() == {"C1": 0.0, "C2": 100_000.0}
        assert found["total"].to_dict() == {"C1": 30_000.0, "C2": 100_000.0}
        assert found["reason"].to_dict() == {"C1": "", "C2": "no_due_date"}

    def test_an_empty_ledger_has_the_columns_and_no_customer(self):
        found = ageing(open_items(*frames([], [], []), AS_OF), AS_OF)
        assert found.columns.tolist() == BUCKETS
        assert found.empty


class TestMonthEnds:
    def test_each_month_by_hand(self):
        found = month_ends(*frames())
        assert found.index.strftime("%Y-%m-%d").tolist() == [
            "2025-08-31",
            "2025-09-30",
            "2025-10-31",
            "2025-11-30",
            "2025-12-31",
            "2026-01-31",
        ]
        october = found.loc["2025-10-31"]
        assert october["beginning"] == 130_000
        assert october["credit_sales"] == 40_000.10
        assert october["payments"] == 15_000.10
        assert october["receivables"] == 155_000
        # I2 is due on the month end itself: not late that evening. I1 and I8 are.
        assert october["current"] == 25_000
        assert october["past_due"] == 130_000
        assert (found["reason"] == "").all()

    @settings(max_examples=60)
    @given(ledgers(complete=False))
    def test_every_month_end_reconciles_and_agrees_with_slow_loops(self, ledger):
        sold, *_ = ledger
        undated = {invoice for invoice, _, _, due, _ in sold if due is None}
        before = 0.0
        for end, row in month_ends(*frames(*ledger)).iterrows():
            day = end.date()
            left = slow_open(*ledger, day)
            balance = slow_ledger_balance(*ledger, day)
            assert row["beginning"] == pytest.approx(before, abs=0.001)
            assert row["receivables"] == pytest.approx(balance / 100, abs=0.001)
            movement = row["credit_sales"] - row["payments"] - row["credit_notes"]
            assert before + movement == pytest.approx(row["receivables"], abs=0.001)
            assert row["past_due"] == pytest.approx(slow_past_due(*ledger, day) / 100, abs=0.001)
            without = sum(cents for invoice, cents in left.items() if invoice in undated)
            assert row["undated"] == pytest.approx(without / 100, abs=0.001)
            waiting = sum(left.values()) - balance
            assert row["unapplied"] == pytest.approx(waiting / 100, abs=0.001)
            parts = row["current"] + row["past_due"] + row["undated"] - row["unapplied"]
            assert parts == pytest.approx(row["receivables"], abs=0.001)
            assert ("no_due_date" in row["reason"]) == (without != 0)
            assert ("unapplied_cash" in row["reason"]) == (waiting != 0)
            before = row["receivables"]

    def test_a_month_without_an_entry_has_its_row(self):
        found = month_ends(*frames([SOLD[0], SOLD[6]], [], []))
        assert len(found) == 6
        assert found["credit_sales"].tolist() == [100_000, 0, 0, 0, 0, 70_000]
        assert found["receivables"].tolist() == [100_000] * 5 + [170_000]

    def test_an_empty_ledger_has_no_month(self):
        found = month_ends(*frames([], [], []))
        assert found.empty
        assert "receivables" in found


class TestOnTimeShare:
    def test_it_is_weighted_by_amount_and_counts_part_payments(self):
        """Due by 31 December: I1, I2, I3 less its credit note, I4, I5, I8 (written off, unpaid)."""
        to_pay = 100_000 + 40_000.10 + 20_000 + 30_000 + 10_000 + 60_000
        in_time = 30_000 + 15_000.10 + 0 + 0 + 10_000 + 0
        assert on_time_share(*frames(), AS_OF) == pytest.approx(in_time / to_pay)

    def test_of_the_last_days_only_what_fell_due_in_them_counts(self):
        found = on_time_share(*frames(), AS_OF, days=31)
        assert found == 0  # I3 and I4; I5 fell due on 30 November
        assert on_time_share(*frames(), AS_OF, days=32) == pytest.approx(10_000 / 60_000)

    @settings(max_examples=60)
    @given(ledgers(), days)
    def test_it_agrees_with_a_slow_loop(self, ledger, as_of):
        sold, paid, credited = ledger
        to_pay = in_time = 0
        for invoice, _, dated, due, amount in sold:
            for number, posted, cents, reason in credited:
                if number == invoice and posted <= as_of and reason != "write_off":
                    amount -= cents
            if dated > as_of or due > as_of or amount <= 0:
                continue
            to_pay += amount
            early = sum(cents for n, posted, cents in paid if n == invoice and posted <= due)
            in_time += min(early, amount)
        if to_pay:
            assert on_time_share(*frames(*ledger), as_of) == pytest.approx(in_time / to_pay)
        else:
            with pytest.raises(Undefined, match=r"."):
                on_time_share(*frames(*ledger), as_of)

    def test_an_invoice_dated_later_does_not_count_though_its_due_date_is_wrong(self):
        sold = [*SOLD[:6], (*SOLD[6][:3], date(2025, 3, 6), SOLD[6][4]), SOLD[7]]
        assert on_time_share(*frames(sold), AS_OF) == on_time_share(*frames(), AS_OF)

    def test_nothing_due_is_undefined(self, lang):
        with pytest.raises(Undefined) as raised:
            on_time_share(*frames(), date(2025, 9, 1))
        assert raised.value.reason == "nothing_due"

    def test_a_missing_due_date_leaves_it_undefined(self, in_english):
        sold = [(*SOLD[0][:3], None, SOLD[0][4]), SOLD[3]]
        with pytest.raises(Undefined, match=r"^1 invoice\(s\) have no due date"):
            on_time_share(*frames(sold, [], []), AS_OF)


class TestMeasures:
    def test_each_is_the_record_level_measure_of_the_ledger_s_figures(self):
        found = measures(*frames(), AS_OF, days=92)  # October to December
        receivables = 50_000 + 20_000 + 30_000 - 10_000 + 55_555.55
        past_due = 50_000 + 20_000 - 10_000
        current = 30_000 + 55_555.55
        sales = 40_000.10 + 25_000 + 30_000 + 10_000 + 55_555.55
        beginning = 70_000 + 60_000  # I1 and I8 on 30 September
        december, november = 30_000 + 55_555.55, 25_000 + 10_000
        assert found == pytest.approx(
            {
                "receivables": receivables,
                "past_due": past_due,
                "undated": 0,
                "unapplied_cash": 0,
                "beginning": beginning,
                "credit_sales": sales,
                "dso": dso(receivables, sales, 92),
                "best_possible_dso": best_possible_dso(current, sales, 92),
                "average_days_delinquent": average_days_delinquent(receivables, current, sales, 92),
                "countback_dso": countback_dso(
                    receivables,
                    [(december, 31), (november, 30), (40_000.10, 31), (60_000, 30)],
                ),
                "collection_effectiveness": collection_effectiveness(
                    beginning, sales, receivables, current
                ),
                "on_time_share": (15_000.10 + 10_000) / (40_000.10 + 20_000 + 30_000 + 70_000),
                "past_due_share": past_due / receivables,
                "bad_debt_ratio": 60_000 / sales,
            }
        )

    def test_cash_without_an_invoice_is_shown_apart(self):
        paid = [*PAID, ("I-unknown", date(2025, 12, 30), 7_000_00), ("I7", AS_OF, 1_000_00)]
        found = measures(*frames(paid=paid), AS_OF)
        assert found["unapplied_cash"] == 8_000
        assert found["dso"] == measures(*frames(), AS_OF)["dso"]

    def test_what_is_undefined_says_why_in_its_place(self, in_english):
        nothing_sold = measures(*frames(SOLD[:1], [], []), AS_OF)
        assert nothing_sold["receivables"] == 100_000
        assert "without credit sales" in nothing_sold["dso"]
        assert nothing_sold["countback_dso"] == pytest.approx(31 + 30 + 31 + 30 + 31)
        assert nothing_sold["past_due_share"] == 1

    def test_a_missing_due_date_leaves_undefined_what_hangs_on_it(self, in_english):
        sold = [(*SOLD[0][:3], None, SOLD[0][4]), *SOLD[1:]]
        found = measures(*frames(sold), AS_OF)
        undefined = {name for name, value in found.items() if isinstance(value, str)}
        assert undefined == {
            "best_possible_dso",
            "average_days_delinquent",
            "collection_effectiveness",
            "on_time_share",
            "past_due_share",
        }
        assert all("no due date" in found[name] for name in undefined)
        assert found["undated"] == 50_000

    def test_older_than_the_ledger_is_more_than_its_days(self, in_english):
        sold = [("I1", "C1", date(2025, 11, 1), date(2025, 12, 1), 100_00)]
        bounced = [("I1", date(2025, 12, 2), -50_00)]  # a payment taken back, with its charge
        found = measures(*frames(sold, bounced, []), AS_OF)
        assert "more than 61 days" in found["countback_dso"]

    def test_a_month_that_is_still_running_counts_its_days_so_far(self):
        found = measures(*frames(), date(2025, 12, 20))
        months = [(30_000 + 55_555.55, 20), (35_000, 30), (40_000.10, 31), (60_000, 30)]
        assert found["receivables"] == 205_555.55  # I8 is written off on the 28th
        assert found["countback_dso"] == pytest.approx(countback_dso(205_555.55, months))

    def test_a_credit_balance_is_not_measured(self, in_english):
        found = measures(*frames([SOLD[4]], PAID, []), AS_OF)
        assert found["receivables"] == -10_000
        for name in ("dso", "countback_dso", "past_due_share"):
            assert "unapplied cash" in found[name]

    def test_without_a_reason_column_only_the_bad_debts_are_unknown(self, in_english):
        invoices, payments, credit_notes = frames()
        found = measures(invoices, payments, credit_notes.drop(columns="reason"), AS_OF)
        whole = measures(invoices, payments, credit_notes, AS_OF)
        assert "“reason” is missing" in found["bad_debt_ratio"]
        assert found["dso"] == whole["dso"]

    def test_an_empty_ledger_has_amounts_of_zero_and_no_measure(self, lang):
        found = measures(*frames([], [], []), AS_OF)
        assert found["receivables"] == 0
        assert found["countback_dso"] == 0
        for name in ("dso", "collection_effectiveness", "on_time_share", "past_due_share"):
            assert isinstance(found[name], str)

    def test_a_period_has_days(self, lang):
        for days in (0, -30):
            with pytest.raises(InputError, match="days"):
                measures(*frames(), AS_OF, days=days)
