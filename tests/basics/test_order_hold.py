"""Order hold: the old debt before each order, and what a rule would have done."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from creditlib.basics.hold_gain import hold_gain
from creditlib.basics.order_hold import hold_test, past_due_before
from creditlib.basics.receivables import on_time_share, open_items
from creditlib.data import load
from creditlib.errors import InputError, Undefined

AS_OF = date(2025, 12, 31)

# invoice, customer, invoice date, due date, cents
SOLD = [
    ("I1", "C1", date(2025, 1, 10), date(2025, 3, 1), 100_000_00),  # paid in two parts, late
    ("I2", "C1", date(2025, 3, 31), date(2025, 5, 30), 40_000_00),  # I1 is 29 days late the eve
    ("I3", "C1", date(2025, 4, 2), date(2025, 6, 1), 30_000_00),  # I1 is 31 days late the eve
    ("I4", "C1", date(2025, 5, 11), date(2025, 7, 10), 20_000_00),  # I1 was settled the eve
    ("I5", "C2", date(2025, 4, 2), date(2025, 6, 1), 50_000_00),  # another customer; written off
    ("I6", "C2", date(2025, 12, 1), date(2026, 1, 30), 60_000_00),  # not due yet
]
PAID = [
    ("I1", date(2025, 3, 15), 70_000_00),
    ("I1", date(2025, 5, 10), 25_000_00),
    ("I2", date(2025, 5, 30), 40_000_00),
    ("I3", date(2025, 6, 2), 10_000_00),
    ("I3", date(2025, 12, 31), 5_000_00),
    ("I4", date(2025, 7, 1), 20_000_00),
]
CREDITED = [
    ("I1", date(2025, 4, 20), 5_000_00, "quality"),
    ("I5", date(2025, 11, 1), 50_000_00, "write_off"),
]
DISPUTED = [("I1", date(2025, 3, 20), date(2025, 4, 10), 20_000_00)]


def frames(sold=SOLD, paid=PAID, credited=CREDITED):
    """The three frames of a ledger written down in cents."""
    return (
        frame(sold, ["invoice_id", "customer_id", "invoice_date", "due_date", "amount"]),
        frame(paid, ["invoice_id", "payment_date", "amount"]),
        frame(credited, ["invoice_id", "credit_date", "amount", "reason"]),
    )


def disputes_of(rows=DISPUTED):
    return frame(rows, ["invoice_id", "opened", "closed", "amount"])


def frame(rows, columns):
    made = pd.DataFrame(rows, columns=columns)
    for name in columns:
        if "date" in name or name in ("opened", "closed"):
            made[name] = pd.to_datetime(made[name])
    made["amount"] = made["amount"].astype(float) / 100
    return made


def slow_past_due(sold, paid, credited, disputed, days, ahead, whole=False):
    """Per invoice: cents past due before it, and the days of the oldest; one at a time."""
    found = []
    for _, customer, ordered, _, _ in sold:
        looked, owed, oldest = ordered - timedelta(days=ahead), 0, None
        for number, other, dated, due, left in sold:
            if other != customer or dated > looked or due is None:
                continue
            late = (looked - due).days
            if late <= days:
                continue
            for invoice, posted, cents in paid:
                if invoice == number and posted <= looked:
                    left -= cents
            for invoice, posted, cents, reason in credited:
                if invoice == number and posted <= looked and reason != "write_off":
                    left -= cents
            for invoice, opened, closed, cents in disputed:
                open_then = opened <= looked and (closed is None or closed > looked)
                if invoice == number and open_then:
                    left = 0 if whole else left - cents
            owed += left
            if left > 0:
                oldest = late if oldest is None else max(oldest, late)
        found.append((owed, oldest))
    return found


def fast_past_due(sold, paid, credited, disputed, days, ahead, whole=False):
    disputes = disputes_of(disputed)
    if whole:
        disputes = disputes.drop(columns="amount")
    found = past_due_before(*frames(sold, paid, credited), days, disputes, ahead=ahead)
    cents = (found["past_due"] * 100).round().astype(int)
    oldest = [None if np.isnan(each) else int(each) for each in found["oldest_days"]]
    return list(zip(cents, oldest, strict=True))


days_of_2025 = st.dates(date(2025, 1, 1), date(2025, 12, 31))
cents = st.integers(1, 10**9)


@st.composite
def ledgers(draw, sound=False):
    """Invoices, payments, credit notes and disputes of three customers, in cents.

    Some due dates are missing or before the invoice, some entries come before their invoice or are
    more than it, some disputes never close, close before they open or are about an unknown invoice.
    If `sound`, none of that but the disputes.
    """
    sold = []
    for number in range(draw(st.integers(1, 10))):
        dated = draw(days_of_2025)
        due = dated + timedelta(days=draw(st.integers(0 if sound else -20, 90)))
        if not sound and draw(st.integers(0, 5)) == 0:
            due = None
        customer = draw(st.sampled_from(["C1", "C2", "C3"]))
        sold.append((f"I{number}", customer, dated, due, draw(cents)))
    left = {invoice: amount for invoice, *_, amount in sold}
    dated = {invoice: day for invoice, _, day, *_ in sold}

    def entries(*kinds):
        rows = []
        ids = list(left) if sound else [*left, "I-unknown"]
        for number in draw(st.lists(st.sampled_from(ids), max_size=10)):
            amount = draw(cents)
            if sound:
                amount = min(amount, left[number])
                left[number] -= amount
            start = dated.get(number, date(2025, 1, 1)) - timedelta(days=0 if sound else 5)
            posted = start + timedelta(days=draw(st.integers(0, 200)))
            rows.append((number, posted, amount, *(draw(kind) for kind in kinds)))
        return [row for row in rows if row[2]]

    paid, credited = entries(), entries(st.sampled_from(["price", "return", "write_off"]))
    disputed = []
    for number in draw(st.lists(st.sampled_from([*dated, "I-unknown"]), max_size=6)):
        opened = draw(days_of_2025)
        closed = draw(st.none() | st.integers(-30, 120).map(lambda n, o=opened: o + timedelta(n)))
        disputed.append((number, opened, closed, draw(cents)))
    return sold, paid, credited, disputed


def on_or_after(sold, entries):
    """Entries moved to their invoice's date where they are earlier, as the functions count them."""
    dated = {invoice: day for invoice, _, day, *_ in sold}
    return [(n, max(day, dated.get(n, day)), *rest) for n, day, *rest in entries]


class TestPastDueBefore:
    def test_by_hand(self):
        found = past_due_before(*frames(), 30)
        assert found["past_due"].tolist() == [0, 0, 30_000, 0, 0, 50_000]
        assert found["oldest_days"].fillna(-1).tolist() == [-1, -1, 31, -1, -1, 182]

    @pytest.mark.parametrize(("days", "seen"), [(28, True), (29, False), (28.5, True)])
    def test_more_than_so_many_days_and_not_as_many(self, days, seen):
        assert past_due_before(*frames(), days)["past_due"].iloc[1] == (30_000 if seen else 0)

    def test_the_eve_or_the_day_itself(self):
        order = frames()[0].index[2]
        eve, same_day = (
            past_due_before(*frames(), 31, ahead=ahead).loc[order, "past_due"] for ahead in (1, 0)
        )
        assert (eve, same_day) == (0, 30_000)
        paid_today = [*PAID, ("I1", date(2025, 4, 2), 30_000_00)]
        found = past_due_before(*frames(SOLD, paid_today), 30, ahead=0)
        assert found.loc[order, "past_due"] == 0
        assert past_due_before(*frames(SOLD, paid_today), 30).loc[order, "past_due"] == 30_000

    @pytest.mark.parametrize(
        ("closed", "amount", "left", "oldest"),
        [
            (date(2025, 4, 10), 20_000_00, 10_000, 31),  # open: what is not disputed counts
            (None, 20_000_00, 10_000, 31),
            (date(2025, 4, 1), 20_000_00, 30_000, 31),  # closed on the eve
            (date(2025, 4, 2), 30_000_00, 0, None),
            (date(2025, 4, 10), 45_000_00, -15_000, None),  # more than is open on it
            (date(2025, 3, 1), 20_000_00, 30_000, 31),  # closed before it was opened
        ],
    )
    def test_what_is_in_dispute_does_not_count(self, closed, amount, left, oldest):
        disputes = disputes_of([("I1", date(2025, 3, 20), closed, amount)])
        found = past_due_before(*frames(), 30, disputes).iloc[2]
        assert found["past_due"] == left
        assert np.isnan(found["oldest_days"]) if oldest is None else found["oldest_days"] == oldest

    def test_without_an_amount_the_whole_invoice_is_in_dispute(self):
        disputes = disputes_of().drop(columns="amount")
        found = past_due_before(*frames(), 30, disputes).iloc[2]
        assert found["past_due"] == 0
        assert np.isnan(found["oldest_days"])

    def test_a_write_off_is_no_payment_and_a_ledger_without_reasons_has_none(self):
        assert past_due_before(*frames())["past_due"].iloc[5] == 50_000
        invoices, payments, credit_notes = frames()
        plain = credit_notes.drop(columns="reason")
        assert past_due_before(invoices, payments, plain)["past_due"].iloc[5] == 0

    def test_the_rows_stay_those_of_the_invoices(self):
        invoices, payments, credit_notes = frames()
        shuffled = invoices.sample(frac=1, random_state=1).set_index(pd.Index(range(50, 56)))
        found = past_due_before(shuffled, payments, credit_notes, 30)
        assert found.index.tolist() == shuffled.index.tolist()
        assert found.columns.tolist() == [*invoices.columns, "past_due", "oldest_days"]
        expected = past_due_before(invoices, payments, credit_notes, 30)
        assert dict(zip(found["invoice_id"], found["past_due"], strict=True)) == dict(
            zip(expected["invoice_id"], expected["past_due"], strict=True)
        )

    def test_thirds_that_net_to_less_than_half_a_cent_are_settled(self):
        third = pd.DataFrame(
            {"invoice_id": ["I1"] * 3, "payment_date": ["2025-03-02"] * 3, "amount": 33_333.332}
        )
        invoices, _, credit_notes = frames(credited=[])
        assert past_due_before(invoices, third, credit_notes)["past_due"].iloc[1] == 0

    def test_an_empty_ledger_has_the_columns_and_no_row(self):
        found = past_due_before(*frames([], PAID, CREDITED), 30, disputes_of())
        assert found.empty
        assert "oldest_days" in found

    @settings(max_examples=150)
    @given(ledgers(), st.integers(0, 60), st.integers(0, 2), st.booleans())
    def test_it_agrees_with_a_slow_loop_on_any_ledger(self, ledger, days, ahead, whole):
        sold, paid, credited, disputed = ledger
        moved = on_or_after(sold, paid), on_or_after(sold, credited)
        slow = slow_past_due(sold, *moved, disputed, days, ahead, whole)
        assert fast_past_due(*ledger, days, ahead, whole) == slow

    @given(ledgers(), st.integers(0, 60))
    def test_disputes_only_lower_the_old_debt(self, ledger, days):
        sold, paid, credited, disputed = ledger
        with_them = past_due_before(*frames(sold, paid, credited), days, disputes_of(disputed))
        without = past_due_before(*frames(sold, paid, credited), days)
        assert (with_them["past_due"] <= without["past_due"]).all()
        assert not (with_them["oldest_days"] > without["oldest_days"]).any()

    @pytest.mark.parametrize("days", [0, 30, 60])
    def test_on_the_world_s_ledger_it_is_what_open_items_shows_on_the_eve(self, days):
        invoices, payments, credit_notes = (
            load(name) for name in ("invoices", "payments", "credit_notes")
        )
        disputes, kept = load("disputes"), credit_notes[credit_notes["reason"] != "write_off"]
        found = past_due_before(invoices, payments, credit_notes, days, disputes)
        owing = found[found["past_due"] != 0].sample(25, random_state=days)
        for _, order in pd.concat([owing, found.sample(15, random_state=days)]).iterrows():
            eve = order["invoice_date"] - pd.Timedelta(days=1)
            own = invoices[invoices["customer_id"] == order["customer_id"]]
            left = open_items(own, payments, kept, eve)
            left = left[left["days_past_due"] > days].set_index("invoice_id")
            doubt = disputes[disputes["invoice_id"].isin(left.index)]
            doubt = doubt[(doubt["opened"] <= eve) & ~(doubt["closed"] <= eve)]
            net = left["open_amount"].sub(doubt.set_index("invoice_id")["amount"], fill_value=0)
            assert order["past_due"] == pytest.approx(net.sum(), abs=0.001)
            oldest = left.loc[net.round(2) > 0, "days_past_due"].max()
            assert order["oldest_days"] == pytest.approx(oldest, nan_ok=True)


class TestHoldTest:
    def test_by_hand(self):
        test = hold_test(*frames(), 30, as_of=AS_OF)
        assert test.held["invoice_id"].tolist() == ["I3", "I6"]
        assert test.orders["payable"].tolist()[:5] == [95_000, 40_000, 30_000, 20_000, 50_000]
        assert test.orders["on_time"].tolist()[:5] == [0, 40_000, 0, 20_000, 0]
        assert test.orders["late"].tolist()[:5] == [95_000, 0, 15_000, 0, 0]
        assert test.orders["unpaid"].tolist()[:5] == [0, 0, 15_000, 0, 50_000]
        assert test.orders[["payable", "unpaid"]].iloc[5].isna().all()
        assert test.orders["reason"].tolist() == ["", "", "", "", "", "not_yet_judged"]
        summary = test.summary
        assert summary.loc["held"].tolist() == [2, 2, 90_000, 30_000, 0, 15_000, 15_000]
        assert summary.loc["passed"].tolist() == [4, 2, 210_000, 205_000, 60_000, 95_000, 50_000]
        assert summary.loc["all"].tolist() == [6, 2, 300_000, 235_000, 60_000, 110_000, 65_000]

    @pytest.mark.parametrize(("minimum", "held"), [(29_999.99, True), (30_000, False)])
    def test_more_than_the_minimum(self, minimum, held):
        test = hold_test(*frames(), 30, minimum, as_of=AS_OF)
        assert ("I3" in set(test.held["invoice_id"])) == held

    def test_old_debts_from_before_the_tested_time_count(self):
        test = hold_test(*frames(), 30, as_of=AS_OF, since="2025-04-02", until="2025-04-02")
        assert test.orders["invoice_id"].tolist() == ["I3", "I5"]
        assert test.held["invoice_id"].tolist() == ["I3"]

    def test_orders_after_the_day_are_not_tested_nor_is_what_was_paid_after_it_known(self):
        test = hold_test(*frames(), 30, as_of="2025-06-01")
        assert len(test.orders) == 5
        assert test.orders["unpaid"].iloc[2] == 30_000
        assert test.orders["reason"].iloc[3] == "not_yet_judged"

    def test_judged_so_many_days_past_due(self):
        orders = hold_test(*frames(), 30, as_of=AS_OF, within=30).orders
        # I1 was due on 1 March: 70,000 by the 31st; the credit note of April is no debt of then.
        assert orders[["late", "unpaid"]].iloc[0].tolist() == [70_000, 25_000]
        early = hold_test(*frames(), 30, as_of="2025-06-28", within=30).orders
        assert early["reason"].tolist() == ["", "not_yet_judged", *["not_yet_judged"] * 3]
        due_30_days_ago = hold_test(*frames(), 30, as_of="2025-06-29", within=30).orders
        assert due_30_days_ago["reason"].tolist()[:3] == ["", "", "not_yet_judged"]

    def test_an_order_without_a_due_date_cannot_be_judged(self):
        sold = [*SOLD[:2], (*SOLD[2][:3], None, SOLD[2][4])]
        orders = hold_test(*frames(sold), 30, as_of=AS_OF).orders
        assert orders["reason"].tolist() == ["", "", "no_due_date"]
        assert orders["held"].tolist() == [False, False, True]
        assert np.isnan(orders["on_time"].iloc[2])

    def test_what_is_paid_twice_is_paid_once(self):
        orders = hold_test(*frames(paid=PAID + PAID), 30, as_of=AS_OF).orders
        assert orders["late"].iloc[0] == 95_000
        assert orders["unpaid"].iloc[0] == 0

    def test_a_test_that_holds_nothing_has_sums_of_zero(self):
        summary = hold_test(*frames(), 365, as_of=AS_OF).summary
        assert summary.loc["held"].tolist() == [0] * 7
        assert summary.loc["passed"].tolist() == summary.loc["all"].tolist()

    @settings(max_examples=60)
    @given(ledgers(), st.integers(0, 60), days_of_2025, st.none() | st.integers(0, 60))
    def test_the_parts_are_the_whole_and_held_is_no_more_than_sold(
        self, ledger, days, as_of, within
    ):
        sold, paid, credited, disputed = ledger
        books = *frames(sold, paid, credited), days, 0, disputes_of(disputed)
        test = hold_test(*books, as_of=as_of, within=within)
        rows = test.summary
        judged = test.orders.dropna(subset="payable")
        parts = judged[["on_time", "late", "unpaid"]]
        assert (parts >= 0).all(axis=None)
        assert np.allclose(parts.sum(axis=1), judged["payable"], rtol=0, atol=0.001)
        both = rows.loc["held"].drop("customers") + rows.loc["passed"].drop("customers")
        assert np.allclose(both, rows.loc["all"].drop("customers"), rtol=0, atol=0.02)
        assert rows.loc["held", "amount"] <= sum(row[4] for row in sold) / 100 + 0.001
        in_time = [row for row in sold if row[2] <= as_of]
        assert rows.loc["all", "orders"] == len(in_time)

    @given(ledgers(sound=True), st.integers(0, 60), st.integers(0, 30), st.integers(0, 10**7))
    def test_a_longer_grace_or_a_larger_minimum_never_holds_more(self, ledger, days, more, extra):
        sold, paid, credited, disputed = ledger
        whole = disputes_of(disputed).drop(columns="amount")

        def held(days, minimum):
            books = frames(sold, paid, credited)
            test = hold_test(*books, days, minimum, whole, as_of=AS_OF)
            return set(test.held["invoice_id"])

        assert held(days + more, 0) <= held(days, 0)
        assert held(days, extra) <= held(days, 0)

    @settings(max_examples=60)
    @given(ledgers(sound=True))
    def test_what_was_paid_on_time_is_what_the_on_time_share_says(self, ledger):
        books = frames(*ledger[:3])
        rows = hold_test(*books, 30, as_of=AS_OF).summary.loc["all"]
        assume(rows["payable"] > 0)
        share = on_time_share(*books, AS_OF)
        assert rows["on_time"] / rows["payable"] == pytest.approx(share, abs=1e-9)

    def test_on_the_world_s_ledger_unpaid_is_what_is_open_before_write_offs(self):
        books = invoices, payments, credit_notes = [
            load(name) for name in ("invoices", "payments", "credit_notes")
        ]
        years = {"since": "2023-01-01", "until": "2024-12-31"}
        rows = hold_test(*books, 60, 10_000, as_of=AS_OF, **years).summary
        kept = credit_notes[credit_notes["reason"] != "write_off"]
        left = open_items(invoices, payments, kept, AS_OF)
        left = left[left["invoice_date"].dt.year.isin([2023, 2024])]
        assert rows.loc["all", "unpaid"] == pytest.approx(left["open_amount"].sum(), abs=0.01)


class TestWhatIsRefused:
    @pytest.mark.parametrize("wrong", [{"days": -1}, {"ahead": -1}, {"days": float("nan")}])
    def test_days_that_are_none(self, wrong, lang):
        with pytest.raises(InputError):
            past_due_before(*frames(), **wrong)

    def test_a_minimum_below_zero(self, lang):
        with pytest.raises(InputError, match="minimum"):
            hold_test(*frames(), 30, -1, as_of=AS_OF)

    def test_a_dispute_without_the_day_on_which_it_was_opened(self, in_english):
        disputes = disputes_of([*DISPUTED, ("I2", None, None, 1)])
        with pytest.raises(InputError, match="file disputes, row 3"):
            past_due_before(*frames(), 30, disputes)

    def test_a_missing_column_of_the_disputes(self, in_english):
        with pytest.raises(InputError, match=r"disputes.*“closed” is missing"):
            past_due_before(*frames(), 30, disputes_of().drop(columns="closed"))


class TestHoldGain:
    def test_by_hand(self):
        gain = hold_gain(100, 900, 0.2, lost=0.5)
        assert (gain.saved, gain.given_up, gain.margin_at_stake) == (80, 90, 180)
        assert gain.may_lose == pytest.approx(80 / 180)

    @given(st.floats(0, 1), st.floats(0.01, 0.99))
    def test_at_the_share_that_may_be_lost_both_sides_are_equal(self, unpaid, margin):
        assume(unpaid < 0.999)
        even = hold_gain(unpaid, 1 - unpaid, margin).may_lose
        assume(even <= 1)
        gain = hold_gain(unpaid, 1 - unpaid, margin, lost=even)
        assert gain.given_up == pytest.approx(gain.saved, abs=1e-12)

    @pytest.mark.parametrize(("paid", "margin"), [(0, 0.2), (900, 0), (900, -0.1)])
    def test_with_no_margin_at_stake_there_is_no_share_to_lose(self, paid, margin, lang):
        with pytest.raises(Undefined) as raised:
            _ = hold_gain(100, paid, margin).may_lose
        assert raised.value.reason == "nothing_at_stake"
        assert "{" not in str(raised.value)

    @pytest.mark.parametrize("lost", [-0.1, 1.1, 30])
    def test_a_share_is_a_decimal(self, lost, in_english):
        with pytest.raises(InputError, match="lost"):
            hold_gain(100, 900, 0.2, lost=lost)
