"""Late interest: the golden cases, what is refused, and what must hold for every claim."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.collection.allocation import Debt, allocate
from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.deadlines import deadline
from creditlib.collection.interest import late_interest
from creditlib.collection.lpr import Rate, in_force, published
from creditlib.collection.steps import cents
from creditlib.data import load
from creditlib.errors import InputError

GOLDEN = json.loads((Path(__file__).parent.parent / "law-golden.json").read_text())
CASES = {case["id"]: case for case in GOLDEN["interest"]}
CHECKED = {}


def day(written):
    return date.fromisoformat(written)


def checks(*ids):
    """Mark a test as the one that holds these golden cases."""

    def mark(test):
        CHECKED.update(dict.fromkeys(ids, test.__name__))
        return test

    return mark


def claim_of(case, **others):
    return Claim.of(case["principal"], due=day(case["due"]), as_of=day(case["paid"]), **others)


@checks("G1a", "G1b", "G1c", "G1d")
@pytest.mark.parametrize("name", ["G1a", "G1b", "G1c", "G1d"])
def test_a_sale_without_an_agreed_penalty_costs_lpr_times_the_multiple(name):
    case = CASES[name]
    result = late_interest(
        claim_of(case),
        "sale_contract",
        multiple=case["mult"],
        base=case["base"],
        mode=case["mode"],
    )
    assert result.amount == Decimal(case["expect"])
    assert result.days == case.get("expect_days", result.days) == 183
    if "expect_rate" in case:
        assert result.rate * 100 == Decimal(case["expect_rate"])
        assert result.segments[0].lpr == Decimal(case["expect_lpr"])
    if "expect_segments" in case:
        found = [[each.days, str(each.lpr), str(each.amount)] for each in result.segments]
        assert found == case["expect_segments"]


@checks("G2")
def test_an_sme_without_an_agreed_rate_gets_the_daily_default_from_the_sixtieth_day():
    case = CASES["G2"]
    assert deadline("sme_large_enterprise", day(case["delivered"])).last_day == day(case["due"])
    result = late_interest(claim_of(case), "sme_regulation")
    assert (result.amount, result.days) == (Decimal(case["expect"]), case["expect_days"])
    assert result.rate == Decimal(case["daily"])


@checks("G3")
def test_an_agreed_rate_below_the_lpr_is_lifted_to_it():
    case = CASES["G3"]
    agreed = Decimal(case["agreed_annual_pct"]) / 100
    lifted = late_interest(
        claim_of(case), "sme_regulation", annual=agreed, contract_date=day(case["contract_date"])
    )
    assert lifted.amount == Decimal(case["at_floor"])
    assert lifted.rate * 100 == Decimal(case["floor_pct"])
    assert lifted.days == case["expect_days"]
    as_agreed = late_interest(claim_of(case), "agreed", annual=agreed)
    assert as_agreed.amount == Decimal(case["at_agreed"])


@checks("G4")
def test_a_high_agreed_penalty_is_claimed_and_flagged():
    case = CASES["G4"]
    result = late_interest(claim_of(case, daily_penalty=case["daily"]), "agreed")
    assert (result.amount, result.days) == (Decimal(case["expect"]), case["expect_days"])
    assert result.rate * 365 * 100 == Decimal(case["annual_pct"])
    assert result.screen.proxy == Decimal(case["loss_proxy_lpr_x1.5"])
    assert result.screen.ceiling == Decimal(case["loss_proxy_x1.3"])
    assert result.screen.excessive
    assert "likely_cut" in names(result.warnings)


@checks("G5")
def test_a_part_payment_goes_to_interest_first():
    case = CASES["G5"]
    paid_on, amount = case["payment"]
    claim = Claim.of(
        case["principal"],
        due=day(case["start"]) - timedelta(days=1),
        as_of=day(case["end"]),
        payments=(PartPayment(day(paid_on), amount),),
    )
    result = late_interest(claim, "sale_contract", base=case["base"])
    assert result.rate * 100 == Decimal(case["rate_pct"])
    assert [each.amount for each in result.segments] == [
        Decimal(case["interest_1"]),
        Decimal(case["interest_2"]),
    ]
    assert cents(result.payments[0].interest) == Decimal(case["interest_1"])
    assert cents(result.account.principal_left) == Decimal(case["principal_after"])
    assert result.balance == Decimal(case["total_due"])


@checks("G6")
def test_double_interest_counts_from_the_day_on_which_the_period_ends():
    case = CASES["G6"]
    claim = Claim.of(case["principal"], due=day(case["period_end"]), as_of=day(case["paid"]))
    result = late_interest(claim, "enforcement")
    assert (result.amount, result.days) == (Decimal(case["expect"]), case["expect_days"])
    assert result.rate == Decimal(case["daily"])


@checks("G7")
def test_the_eu_adds_eight_points_and_forty_euro():
    case = CASES["G7"]
    claim = Claim.of(
        case["principal"],
        due=day(case["start"]) - timedelta(days=1),
        as_of=day(case["paid"]),
        currency=case["ccy"],
    )
    result = late_interest(claim, "eu", reference="0.0425", base=case["base"])
    assert result.rate * 100 == Decimal(case["rate_pct"])
    assert (result.amount, result.days) == (Decimal(case["expect"]), case["expect_days"])
    assert result.fixed_sum == Decimal(case["plus_fixed"])
    assert result.total == Decimal(case["expect_total"])


def uk(case):
    first = date(2024, 8, 1)
    claim = Claim.of(
        case["principal"],
        due=first - timedelta(days=1),
        as_of=first + timedelta(days=case["days"]),
        currency="GBP",
    )
    reference = Decimal(case["rate_pct"]) / 100 - Decimal("0.08")
    return late_interest(claim, "uk", reference=reference, base=case["base"])


@checks("G8a")
def test_the_uk_page_rounds_the_day_and_the_step_shows_it(in_english):
    case = CASES["G8a"]
    result = uk(case)
    assert result.amount == Decimal(case["expect_exact"])
    said = next(each for each in result.steps if each.name == "uk_daily")
    assert said.values["daily"] == Decimal(case["daily_rounded"])
    assert said.values["amount"] == Decimal(case["expect_rounded_daily"])
    assert cents(Fraction(result.rate) * 1000) == Decimal(case["annual"])
    assert case["expect_rounded_daily"] in str(said)


@checks("G8b")
def test_the_uk_adds_the_fixed_sum_by_the_size_of_the_debt():
    case = CASES["G8b"]
    result = uk(case)
    assert result.amount == Decimal(case["expect"])
    assert result.fixed_sum == Decimal(case["plus_fixed"])
    assert result.balance == Decimal(case["expect_total_due_with_principal"])


def test_every_golden_case_of_interest_is_used():
    assert set(CHECKED) == set(CASES)


# What is refused


def test_paid_on_the_due_date_is_no_day_late():
    for ends in ("head", "tail", "both"):
        claim = Claim.of("1000", due=date(2025, 3, 31), as_of=date(2025, 3, 31))
        for regime in ("sale_contract", "enforcement"):
            result = late_interest(claim, regime, head_tail=ends)
            assert (result.days, result.amount, result.segments) == (0, Decimal("0.00"), ())


def test_a_day_before_the_due_date_is_refused(in_english):
    claim = Claim.of("1000", due=date(2025, 3, 31), as_of=date(2025, 3, 30))
    with pytest.raises(InputError, match="2025-03-30 nothing is due yet"):
        late_interest(claim, "sale_contract")


def test_a_rate_both_a_day_and_a_year_is_refused(in_english):
    claim = Claim.of("1000", due=date(2025, 3, 31), as_of=date(2025, 5, 1))
    with pytest.raises(InputError, match="only the one that the contract states"):
        late_interest(claim, "agreed", daily="0.0005", annual="0.12")
    with pytest.raises(InputError, match="only the one"):
        late_interest(claim.__class__.of(
            "1000", due=date(2025, 3, 31), as_of=date(2025, 5, 1), daily_penalty="0.0005"
        ), "agreed", annual="0.12")  # fmt: skip


def test_a_breach_before_the_lpr_is_refused_with_the_reason(in_english):
    early = Claim.of("1000", due=date(2019, 8, 18), as_of=date(2019, 12, 1))
    with pytest.raises(InputError, match=r"2019-08-19 is before 2019-08-20.*benchmark rate"):
        late_interest(early, "sale_contract")
    first = Claim.of("1000", due=date(2019, 8, 19), as_of=date(2019, 12, 1))
    assert late_interest(first, "sale_contract").segments[0].lpr == Decimal("4.25")


@pytest.mark.parametrize(
    ("regime", "switch", "said"),
    [
        ("sale", {}, "not one of the choices"),
        ("sale_contract", {"base": 366}, "365, 360"),
        ("sale_contract", {"multiple": "4"}, "between 1.3 and 1.5"),
        ("agreed", {}, "No penalty for late payment is agreed"),
        ("sme_regulation", {"annual": "0.01"}, "give contract_date"),
        ("uk", {}, "GBP only"),
        ("agreed", {"annual": "12"}, "12 % a year is 0.12"),
        ("agreed", {"daily": "0.001", "designated": {date(2025, 4, 2): ""}}, "nothing came in"),
        (
            "sme_regulation",
            {"annual": "0.05", "contract_date": date(2025, 4, 2)},
            "dated 2025-04-02, after the first overdue day 2025-04-01",
        ),
    ],
)
def test_a_wrong_choice_says_the_way_out(in_english, regime, switch, said):
    claim = Claim.of("1000", due=date(2025, 3, 31), as_of=date(2025, 5, 1))
    with pytest.raises(InputError, match=said):
        late_interest(claim, regime, **switch)


def test_an_empty_table_of_reference_rates_asks_for_one(in_english):
    claim = Claim.of("1000", due=date(2025, 3, 31), as_of=date(2025, 5, 1), currency="EUR")
    with pytest.raises(InputError, match="Give the ECB reference rate"):
        late_interest(claim, "eu", reference={})


def test_double_interest_of_the_time_before_its_interpretation_is_refused(in_english):
    claim = Claim.of("1000", due=date(2014, 7, 31), as_of=date(2015, 5, 1))
    with pytest.raises(InputError, match="2014-07-31 is before 2014-08-01"):
        late_interest(claim, "enforcement")
    first = Claim.of("1000", due=date(2014, 8, 1), as_of=date(2014, 8, 11))
    assert late_interest(first, "enforcement").days == 10


def test_a_rate_written_as_a_decimal_is_no_percentage(in_english):
    with pytest.raises(InputError, match="write the percentage as published"):
        Rate(date(2026, 5, 20), "0.03")


# What is doubtful


def names(steps):
    return [said.name for said in steps]


def test_beyond_the_last_known_lpr_it_warns_until_the_user_adds_rates():
    claim = Claim.of("100000", due=date(2026, 6, 30), as_of=date(2026, 9, 30))
    assert "carried" in names(late_interest(claim, "sale_contract").warnings)
    rates = (*published(), Rate(date(2026, 6, 22), "2.90"), Rate(date(2026, 9, 21), "2.80"))
    result = late_interest(claim, "sale_contract", rates=rates, mode="segmented")
    assert "carried" not in names(result.warnings)
    assert [str(each.lpr) for each in result.segments] == ["2.90", "2.80"]


def test_the_stand_in_for_the_loss_is_warned_of_when_its_lpr_is_carried_forward():
    claim = Claim.of("1000", due=date(2026, 8, 31), as_of=date(2026, 12, 31), daily_penalty="0.001")
    assert "carried" in names(late_interest(claim, "agreed").warnings)
    rates = (*published(), Rate(date(2026, 8, 20), "2.90"))
    assert "carried" not in names(late_interest(claim, "agreed", rates=rates).warnings)


def test_a_disputed_part_runs_apart():
    due, as_of = date(2025, 1, 31), date(2025, 7, 1)
    invoice = OwedInvoice("A1", due, due, Decimal(100_000), disputed=Decimal(30_000))
    claim = Claim(Party(""), Party(""), (invoice,), as_of)
    result = late_interest(claim, "sale_contract")
    alone = late_interest(Claim.of(70_000, due=due, as_of=as_of), "sale_contract")
    assert result.amount == alone.amount
    rest = late_interest(Claim.of(30_000, due=due, as_of=as_of), "sale_contract")
    assert result.disputed_amount == rest.amount
    assert "disputed" in names(result.warnings)


def test_double_interest_is_paid_after_the_principal():
    claim = Claim.of(
        "500000",
        due=date(2025, 3, 31),
        as_of=date(2025, 6, 30),
        payments=(PartPayment(date(2025, 5, 30), "400000"),),
    )
    result = late_interest(claim, "enforcement")
    # 60 days on 500,000 and 31 days on 100,000
    assert result.amount == Decimal("5792.50")
    assert result.account.interest_left == Fraction("5792.50")


def test_the_debtor_may_name_the_invoice_that_it_pays():
    invoices = tuple(
        OwedInvoice(number, due, due, Decimal(1000))
        for number, due in (("A", date(2025, 1, 31)), ("B", date(2025, 3, 31)))
    )
    payment = PartPayment(date(2025, 4, 30), Decimal(500))
    claim = Claim(Party(""), Party(""), invoices, date(2025, 6, 30), payments=(payment,))
    plain = late_interest(claim, "sale_contract").payments[0].shares
    named = late_interest(
        claim, "sale_contract", designated={payment.received: "B"}
    ).payments[0].shares  # fmt: skip
    assert [share.number for share in plain] == ["A"]
    assert [share.number for share in named] == ["B"]


def test_the_steps_say_which_invoice_a_payment_went_to_and_what_is_left(lang):
    due = date(2025, 1, 31)
    invoices = (
        OwedInvoice("A", due, due, Decimal(1000)),
        OwedInvoice("B", due, date(2025, 3, 31), Decimal(1000)),
    )
    paid = PartPayment(date(2025, 4, 30), Decimal(1500))
    claim = Claim(Party(""), Party(""), invoices, date(2025, 6, 30), payments=(paid,))
    result = late_interest(claim, "agreed", daily="0.001", costs=50)
    said = {each.name: str(each) for each in result.steps}
    # 88 days on A; then 50 costs, 88 interest and 1,000 on A; 29 interest and 333 on B.
    shares = [each.values for each in result.steps if each.name == "share"]
    assert [(each["number"], each["interest"], each["principal"]) for each in shares] == [
        ("A", 88, 1000), ("B", 29, 333),
    ]  # fmt: skip
    assert "560" in said["payment_unnamed"]
    assert "561" in said["payment"]
    assert result.balance == Decimal("707.69")  # 667 and 61 days on it
    assert all(part in said["balance"] for part in ("667.00", "40.69", "707.69"))
    named = late_interest(claim, "agreed", daily="0.001", designated={paid.received: "B"})
    assert "B" in next(str(each) for each in named.steps if each.name == "payment_named")


def test_chinese_law_is_not_said_to_rule_a_payment_abroad(lang):
    claim = Claim.of(
        "1000", due=date(2025, 1, 31), as_of=date(2025, 5, 1), currency="EUR",
        payments=(PartPayment(date(2025, 3, 1), 500),),
    )  # fmt: skip
    result = late_interest(claim, "eu", reference="0.03")
    assert not any("56" in each.law for each in result.steps)
    assert str(result.balance) in next(str(s) for s in result.steps if s.name == "balance_fixed")


def test_equal_debts_share_a_payment_in_proportion():
    debts = [Debt("A", date(2025, 1, 1), Decimal(100)), Debt("B", date(2025, 1, 1), Decimal(300))]
    shares = allocate(Decimal(200), debts, date(2025, 2, 1)).shares
    assert [share.principal for share in shares] == [50, 150]


def test_the_least_secured_debt_comes_before_the_older_one():
    debts = [
        Debt("old", date(2025, 1, 1), Decimal(100), secured=Decimal(1)),
        Debt("bare", date(2025, 2, 1), Decimal(100)),
        Debt("not due", date(2025, 9, 1), Decimal(100)),
    ]
    found = allocate(Decimal(250), debts, date(2025, 3, 1), costs=Decimal(20))
    assert found.costs == 20
    assert [(share.number, share.principal) for share in found.shares] == [
        ("bare", 100),
        ("old", 100),
        ("not due", 30),
    ]


def test_the_day_of_a_part_payment_counts_where_the_tail_counts():
    paid = date(2025, 5, 30)
    claim = Claim.of(
        "1000", due=date(2025, 2, 28), as_of=date(2025, 8, 28), payments=(PartPayment(paid, 900),)
    )
    last = {
        ends: late_interest(claim, "sale_contract", head_tail=ends).segments[0].last
        for ends in ("head", "tail", "both")
    }
    assert last == {"head": paid - timedelta(days=1), "tail": paid, "both": paid}


def test_a_disputed_debt_waits_unless_the_debtor_names_it():
    debts = [
        Debt("contested", date(2025, 1, 1), Decimal(100), disputed=True),
        Debt("clear", date(2025, 2, 1), Decimal(100)),
    ]
    day_paid = date(2025, 3, 1)
    plain = allocate(Decimal(50), debts, day_paid).shares
    named = allocate(Decimal(50), debts, day_paid, designated="contested").shares
    assert [share.number for share in (*plain, *named)] == ["clear", "contested"]


def test_the_series_is_the_courses_own_data():
    frame = load("lpr")
    assert [rate.published for rate in published()] == list(frame["date_published"].dt.date)
    assert [float(rate.one_year) for rate in published()] == list(frame["lpr_1y"])
    assert in_force(date(2025, 12, 31)).one_year == Decimal("3.00")


def test_every_step_reads_in_both_languages(lang):
    claim = Claim.of(
        "300000",
        due=date(2025, 3, 31),
        as_of=date(2025, 7, 10),
        daily_penalty="0.001",
        payments=(PartPayment(date(2025, 5, 1), 1000),),
    )
    result = late_interest(claim, "agreed")
    said = [*map(str, result.steps), *map(str, result.warnings), result.convention, result.notice]
    assert all(said)
    chinese = [any("\u4e00" <= sign <= "\u9fff" for sign in line) for line in said]
    assert all(chinese) if lang == "zh" else not any(chinese)
    assert any("585" in line for line in said)


# What holds for every claim

DUES = st.dates(date(2019, 9, 1), date(2025, 6, 30))
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2)
GAPS = st.integers(1, 900)


@given(AMOUNTS, DUES, GAPS, GAPS, st.sampled_from(["head", "tail"]))
@settings(max_examples=50)
def test_segmented_interest_adds_up_over_days(amount, due, first, second, ends):
    """Interest to a day and interest of the days after it make the interest of both."""

    def exact(last):
        claim = Claim.of(amount, due=due, as_of=last)
        return late_interest(
            claim, "sale_contract", mode="segmented", head_tail=ends
        ).account.accrued  # fmt: skip

    middle, last = due + timedelta(days=first), due + timedelta(days=first + second)
    shift = 1 if ends == "tail" else 0
    between = sum(
        Fraction(amount)
        * Fraction(in_force(middle + timedelta(days=n + shift)).one_year)
        * Fraction(3, 200)
        / 365
        for n in range(second)
    )
    assert exact(last) - exact(middle) == between


@given(AMOUNTS, AMOUNTS, DUES, GAPS, st.decimals(Decimal("1.3"), Decimal("1.5"), places=2))
@settings(max_examples=50)
def test_interest_rises_with_amount_multiple_and_days(amount, other, due, gap, multiple):
    small, large = sorted((amount, other))
    as_of = due + timedelta(days=gap)

    def interest(owed, times, until=as_of, **switches):
        claim = Claim.of(owed, due=due, as_of=until)
        return late_interest(claim, "sale_contract", multiple=times, **switches).account.accrued

    assert interest(small, multiple) <= interest(large, multiple)
    assert interest(amount, "1.3") <= interest(amount, multiple) <= interest(amount, "1.5")
    assert interest(amount, multiple) < interest(amount, multiple, as_of + timedelta(days=1))
    assert interest(amount, multiple) < interest(amount, multiple, head_tail="both")
    assert interest(amount, multiple) == interest(amount, multiple, head_tail="tail")
    longer = interest(amount, multiple, base=360)
    assert longer * 360 == interest(amount, multiple) * 365


@given(
    st.lists(st.tuples(AMOUNTS, st.integers(-40, 400), st.booleans()), min_size=1, max_size=3),
    st.lists(st.tuples(AMOUNTS, st.integers(-60, 500)), max_size=3),
    st.sampled_from(["sale_contract", "sme_regulation", "enforcement"]),
    st.sampled_from(["head", "tail", "both"]),
    st.randoms(),
)
@settings(max_examples=80)
def test_what_came_in_and_what_is_left_make_principal_and_interest(
    owed, paid, regime, ends, random
):
    """No cent is lost, whatever the number, the days and the order of the payments."""
    base_day = date(2024, 6, 1)
    invoices = tuple(
        OwedInvoice(f"I{n}", base_day, base_day + timedelta(days=gap), amount,
                    disputed=amount if contested and n else Decimal(0))
        for n, (amount, gap, contested) in enumerate(owed)
    )  # fmt: skip
    payments = [PartPayment(base_day + timedelta(days=gap), amount) for amount, gap in paid]
    claim = Claim(
        Party(""), Party(""), invoices, base_day + timedelta(days=500), payments=tuple(payments)
    )
    result = late_interest(claim, regime, head_tail=ends, costs="12.34")
    left = sum(
        (side.principal_left + side.interest_left for side in (result.account, result.disputed)),
        Fraction(0),
    )
    costs_left = Fraction("12.34") - sum((each.costs for each in result.payments), Fraction(0))
    surplus = sum((each.surplus for each in result.payments), Fraction(0))
    accrued = result.account.accrued + result.disputed.accrued
    received = sum((Fraction(each.amount) for each in payments), Fraction(0))
    assert received + left + costs_left == (
        Fraction(claim.principal) + accrued + Fraction("12.34") + surplus
    )
    assert left >= 0
    assert costs_left >= 0
    random.shuffle(payments)
    again = Claim(Party(""), Party(""), invoices, claim.as_of, payments=tuple(payments))
    assert late_interest(again, regime, head_tail=ends, costs="12.34").balance == result.balance
