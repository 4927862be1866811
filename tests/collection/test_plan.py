"""What to want from a debt, which step is due, and a week that fits the people there are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.collection.cadence import LADDER, rung
from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.goals import Deadline, Debt, goal
from creditlib.collection.plan import Person, plan, stops_supply, tasks_for
from creditlib.errors import InputError

TODAY = date(2025, 12, 31)  # a Wednesday
LIANG = Person("Liang", 240)


def owed(amount="100000", days=30, disputed="0", **known):
    due = TODAY - timedelta(days)
    invoice = OwedInvoice("I1", due, due, Decimal(amount), Decimal(disputed))
    claim = Claim(Party("debtor"), Party("creditor"), (invoice,), TODAY)
    return Debt(claim, **known)


def steps(*debts):
    return [task.step.step for debt in debts for task in tasks_for(debt, TODAY)]


@st.composite
def debts(draw):
    known = {
        "default_probability": draw(st.floats(0, 1)),
        "failing": draw(st.booleans()),
        "broken_promises": draw(st.integers(0, 3)),
        "deadlines": draw(
            st.lists(
                st.builds(
                    Deadline,
                    st.dates(date(2025, 12, 1), date(2026, 3, 1)),
                    st.sampled_from(["limitation", "guarantee"]),
                ),
                max_size=2,
            ).map(tuple)
        ),
    }
    amount = draw(st.integers(1, 5_000_000))
    disputed = draw(st.integers(0, amount))
    return owed(str(amount), draw(st.integers(-20, 900)), str(disputed), **known)


def test_the_ladder_goes_up_with_every_day_and_twice_as_fast_for_the_risky():
    days = range(-10, 400)
    reached = [rung(day) for day in days]
    places = [-1 if one is None else LADDER.index(one) for one in reached]
    assert places == sorted(places)
    assert places[0] == -1
    assert reached[-1] is LADDER[-1]
    assert rung(10).step == "call"
    assert rung(10, risky=True).step == "formal_notice"
    assert rung(-3, risky=True).step == "courtesy_check"


@pytest.mark.parametrize(
    ("debt", "kind"),
    [
        (owed(), "collect"),
        (owed(failing=True), "secure"),
        (owed(failing=True, secured=Decimal(100000)), "collect"),
        (owed(default_probability=0.25), "secure"),
        (owed(disputed="60000"), "settle"),
        (owed(days=500), "settle"),
        (owed(days=10, annual_margin=Decimal(300000)), "preserve"),
        (owed(days=10, annual_margin=Decimal(300000), broken_promises=1), "collect"),
        (owed("2000"), "write_off"),
        (owed("30000", days=800), "write_off"),
    ],
)
def test_each_situation_has_its_goal(debt, kind):
    assert goal(debt, TODAY).kind == kind


def test_a_settlement_is_worth_no_less_than_what_age_leaves():
    # 500 days: .228 at 365 and .093 at 730, in between by a straight line
    share = 0.228 - (0.228 - 0.093) * (500 - 365) / 365
    found = goal(owed(days=500), TODAY)
    assert float(found.amount) == pytest.approx(100_000 * share, abs=0.01)


def test_waiting_costs_what_age_and_default_take_away():
    plain = owed(days=60).cost_of_waiting(TODAY)
    assert plain == pytest.approx(100_000 * (0.813 - 0.696))
    certain = owed(days=60, default_probability=1.0).cost_of_waiting(TODAY)
    assert certain == pytest.approx(100_000 * 0.813)
    half = owed(days=60, default_probability=0.5).cost_of_waiting(TODAY)
    assert half == pytest.approx(100_000 * (0.813 - 0.696 * 0.5 ** (30 / 365)))


def test_a_right_that_ends_within_the_month_makes_all_of_it_urgent():
    ending = owed(days=60, deadlines=(Deadline(TODAY + timedelta(5), "limitation"),))
    assert ending.cost_of_waiting(TODAY) == pytest.approx(81_300)
    assert steps(ending) == ["protect_right"]
    later = owed(days=60, deadlines=(Deadline(TODAY + timedelta(60), "limitation"),))
    assert later.cost_of_waiting(TODAY) == owed(days=60).cost_of_waiting(TODAY)


def test_what_is_disputed_goes_its_own_way_and_only_the_rest_is_dunned():
    [dunned, ticket] = tasks_for(owed(disputed="40000"), TODAY)
    assert (dunned.step.step, dunned.amount) == ("final_demand", Decimal(60000))
    assert (ticket.step.step, ticket.amount) == ("dispute_ticket", Decimal(40000))
    assert steps(owed(disputed="100000")) == ["dispute_ticket"]


def test_a_promise_is_left_alone_until_its_day_and_checked_the_morning_after():
    assert steps(owed(promised=TODAY + timedelta(1))) == []
    assert steps(owed(promised=TODAY)) == []
    assert steps(owed(promised=TODAY - timedelta(1))) == ["check_promise"]


def test_a_second_broken_promise_goes_up_the_ladder():
    assert steps(owed(days=5, broken_promises=1)) == ["reminder"]
    assert steps(owed(days=5, broken_promises=2)) == ["final_demand"]
    assert steps(owed(days=100, broken_promises=2)) == ["external"]


def test_goods_stop_from_the_formal_notice_on_or_when_the_debtor_fails():
    assert not stops_supply(owed(days=19), TODAY)
    assert stops_supply(owed(days=20), TODAY)
    assert stops_supply(owed(days=1, failing=True), TODAY)
    assert not stops_supply(owed(days=20, buying=False), TODAY)
    assert not stops_supply(owed(days=40, disputed="100000"), TODAY)


def test_the_week_skips_the_weekend_and_keeps_a_date():
    many = [owed(days=60) for _ in range(60)]
    week = plan(many, [LIANG], TODAY)
    assert {task.day for task in week.tasks} == {
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 5), date(2026, 1, 6),
    }  # fmt: skip
    friday = date(2026, 1, 2)
    due = owed("100", deadlines=(Deadline(friday, "limitation"),), secured=Decimal(0))
    [task] = [task for task in plan([*many, due], [LIANG], TODAY).left if task.debt is due]
    assert task.due == friday  # too small to displace the others, and not put after its day


def test_only_those_who_may_take_a_step_get_it():
    lawyer = Person("counsel", 480, frozenset({"external", "protect_right"}))
    clerk = Person("clerk", 480, frozenset({"reminder", "call"}))
    week = plan([owed(days=3), owed(days=10), owed(days=90)], [clerk, lawyer], TODAY)
    assert {task.step.step: task.person for task in week.tasks} == {
        "reminder": "clerk", "call": "clerk", "external": "counsel",
    }  # fmt: skip
    assert [task.step.step for task in plan([owed(days=25)], [clerk], TODAY).left] == [
        "formal_notice"
    ]


@given(st.lists(debts(), max_size=30), st.integers(0, 200), st.integers(1, 5))
def test_nobody_is_overbooked_nothing_is_lost_and_little_value_is_left(several, minutes, days):
    week = plan(several, [Person("one", minutes)], TODAY, days)
    assert all(0 <= used <= minutes for used in week.used.values())
    assert sum(week.used.values()) == sum(task.minutes for task in week.tasks)
    work = [task for debt in several for task in tasks_for(debt, TODAY)]
    assert len(week.tasks) + len(week.left) == len(work)
    assert week.saved + week.missed == pytest.approx(sum(task.cost_of_waiting for task in work))
    assert all(task.due is None or task.day <= task.due for task in week.tasks)


@given(st.lists(debts(), max_size=30), st.integers(1, 400))
def test_on_one_day_no_choice_is_better_by_more_than_one_task(several, minutes):
    # The greedy bound for knapsacks (Dantzig 1957): the fractional optimum is above every choice.
    undated = [task for debt in several for task in tasks_for(debt, TODAY)]
    undated = [task for task in undated if task.due is None]
    kept = list({id(task.debt): task.debt for task in undated}.values())
    work = [task for debt in kept for task in tasks_for(debt, TODAY)]
    if any(task.due for task in work):
        return
    week = plan(kept, [Person("one", minutes)], TODAY, 1)
    left, bound = minutes, 0.0
    for task in sorted(work, key=lambda task: -task.per_minute):
        share = min(1.0, left / task.minutes)
        bound += share * task.cost_of_waiting
        left -= share * task.minutes
    largest = max((task.cost_of_waiting for task in work), default=0.0)
    assert week.saved >= bound - largest - 1e-6


def test_part_payments_lower_what_is_dunned():
    claim = owed().claim
    paid = Claim(
        claim.debtor, claim.creditor, claim.invoices, TODAY,
        payments=(PartPayment(TODAY, Decimal(30000)),),
    )  # fmt: skip
    assert Debt(paid).undisputed == Decimal(70000)


def test_a_plan_that_cannot_be_made_says_why():
    with pytest.raises(InputError, match=r"人|nobody"):
        plan([owed()], [], TODAY)
    with pytest.raises(InputError, match=r"重名|same name"):
        plan([owed()], [LIANG, LIANG], TODAY)
    with pytest.raises(InputError, match="0"):
        plan([owed()], [LIANG], TODAY, 0)
    with pytest.raises(InputError, match=r"1\.2"):
        owed(default_probability=1.2)
    with pytest.raises(InputError, match="12,5"):
        Claim.of("12,5", TODAY, TODAY)
