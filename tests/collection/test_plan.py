"""What to want from a debt, which step is due, and a week that fits the people there are."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from creditlib.basics.chase import lost_by_waiting
from creditlib.collection.cadence import LADDER, rung
from creditlib.collection.calendar import working_days
from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.goals import RIGHTS, Deadline, Debt, goal
from creditlib.collection.plan import Person, plan, stops_supply, tasks_for
from creditlib.collection.ranking import RANKS
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
                    st.sampled_from(RIGHTS),
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


def test_every_invoice_has_its_own_age_as_in_chapter_1():
    late = [(400, 50_000), (60, 90_000), (10, 30_000)]
    due = {days: TODAY - timedelta(days) for days, _ in late}
    invoices = tuple(OwedInvoice(str(days), due[days], due[days], owed) for days, owed in late)
    paid = (PartPayment(TODAY, 60_000),)  # all of the oldest and 10,000 of the next
    debt = Debt(Claim(Party("debtor"), Party("creditor"), invoices, TODAY, payments=paid))
    cost = lost_by_waiting(80_000, 60) + lost_by_waiting(30_000, 10)
    assert debt.cost_of_waiting(TODAY) == pytest.approx(cost)


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


def two_invoices(contested, other, **known):
    """A debt of two invoices, `(days past due, amount)` each; the first is wholly contested."""
    due = [TODAY - timedelta(days) for days, _ in (contested, other)]
    invoices = (
        OwedInvoice("I1", due[0], due[0], contested[1], contested[1]),
        OwedInvoice("I2", due[1], due[1], other[1]),
    )
    return Debt(Claim(Party("debtor"), Party("creditor"), invoices, TODAY), **known)


def test_an_old_contested_invoice_does_not_make_the_rest_older():
    debt = two_invoices((90, 50_000), (9, 30_000))
    dunned = tasks_for(debt, TODAY)[0]
    assert (dunned.step.step, dunned.amount) == ("call", Decimal(30_000))
    assert "9 " in dunned.why
    assert "90" not in dunned.why
    assert dunned.cost_of_waiting == pytest.approx(owed("30000", 9).cost_of_waiting(TODAY))
    assert not stops_supply(debt, TODAY)
    assert goal(two_invoices((500, 1_000), (40, 90_000)), TODAY).kind == "collect"


def test_a_ticket_costs_what_waiting_takes_from_the_contested_part_also_where_it_is_all():
    whole = 100_000 * (0.813 - 0.696)
    [ticket] = tasks_for(owed(days=60, disputed="100000"), TODAY)
    assert ticket.cost_of_waiting == pytest.approx(whole)
    costs = [task.cost_of_waiting for task in tasks_for(owed(days=60, disputed="99999"), TODAY)]
    assert sum(costs) == pytest.approx(whole)
    first = plan([owed("3000", 60), owed("90000", 60, "90000")], [LIANG], TODAY).tasks[0]
    assert first.step.step == "dispute_ticket"


def test_part_payments_leave_at_most_what_is_open_to_contest():
    claim = owed(disputed="60000").claim
    paid = Debt(
        Claim(
            claim.debtor, claim.creditor, claim.invoices, TODAY,
            payments=(PartPayment(TODAY, Decimal(70_000)),),
        )
    )  # fmt: skip
    [ticket] = tasks_for(paid, TODAY)
    assert ticket.amount == paid.contested == Decimal(30_000)
    assert "30,000" in ticket.why


def test_a_promise_is_left_alone_until_its_day_and_checked_the_morning_after():
    assert steps(owed(promised=TODAY + timedelta(1))) == []
    assert steps(owed(promised=TODAY)) == []
    assert steps(owed(promised=TODAY - timedelta(1))) == ["check_promise"]


def test_a_promise_for_a_day_of_the_week_is_checked_on_the_next_working_morning():
    """From Wednesday 31 December to Tuesday 6 January: Friday's promise is checked on Monday."""
    promises = [TODAY + timedelta(days) for days in (-3, 0, 2, 5, 6)]
    week = plan([owed(days=60, promised=day) for day in promises], [LIANG], TODAY)
    assert {task.step.step for task in week.tasks} == {"check_promise"}
    found = {task.debt.promised: task.day for task in week.tasks}
    assert found == {
        promises[0]: TODAY, promises[1]: date(2026, 1, 1), promises[2]: date(2026, 1, 5),
        promises[3]: date(2026, 1, 6),
    }  # fmt: skip


def test_a_second_broken_promise_goes_up_the_ladder():
    assert steps(owed(days=5, broken_promises=1)) == ["reminder"]
    assert steps(owed(days=5, broken_promises=2)) == ["final_demand"]
    assert steps(owed(days=100, broken_promises=2)) == ["external"]


def test_a_step_once_reached_is_not_fallen_below_and_the_reason_says_so(lang):
    [task] = tasks_for(owed(days=5, last_step="external", broken_promises=2), TODAY)
    assert task.step.step == "external"
    [task] = tasks_for(owed(days=5, last_step="formal_notice"), TODAY)
    assert task.step.step == "formal_notice"
    assert ("不往回退" if lang == "zh" else "does not go back") in task.why


@pytest.mark.parametrize(
    "known",
    [{}, {"broken_promises": 2}, {"last_step": "final_demand"}, {"default_probability": 0.9}],
)
@pytest.mark.parametrize("days", [0, -3])
def test_before_the_due_date_there_is_at_most_a_check_and_no_talk_of_lateness(days, known, lang):
    debt = owed("2000", days, secured=Decimal(2000), annual_margin=Decimal(90_000), **known)
    [task] = tasks_for(debt, TODAY)
    due = str(debt.claim.oldest_due)
    assert (task.step.step, task.goal.kind) == ("courtesy_check", "collect")
    assert due in task.why
    assert due in task.goal.why
    assert tasks_for(owed(days=-8, **known | {"default_probability": 0}), TODAY) == []


def test_goods_stop_from_the_formal_notice_on_or_when_the_debtor_fails():
    assert not stops_supply(owed(days=19), TODAY)
    assert stops_supply(owed(days=20), TODAY)
    assert stops_supply(owed(days=1, failing=True), TODAY)
    assert not stops_supply(owed(days=20, buying=False), TODAY)
    assert not stops_supply(owed(days=40, disputed="100000"), TODAY)
    assert stops_supply(owed(days=1, disputed="100000", failing=True), TODAY)


def test_the_week_skips_the_weekend():
    many = [owed(days=60) for _ in range(60)]
    week = plan(many, [LIANG], TODAY)
    assert {task.day for task in week.tasks} == {
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 5), date(2026, 1, 6),
    }  # fmt: skip


def test_the_week_skips_the_holidays_given():
    many = [owed(days=60) for _ in range(60)]
    week = plan(many, [LIANG], TODAY, holidays={date(2026, 1, 1), date(2026, 1, 2)})
    assert sorted({task.day for task in week.tasks}) == [
        date(2025, 12, 31), date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 8),
    ]  # fmt: skip
    first = plan(many, [LIANG], datetime(2026, 1, 3), 1, holidays=["2026-01-05"])
    assert {task.day for task in first.tasks} == {date(2026, 1, 6)}


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


# The three rankings


def test_each_ranking_puts_another_debt_first():
    large, old, dear = owed("900000", days=70), owed("90000", days=700), owed("300000", days=10)
    first = {
        rank: plan([large, old, dear], [Person("one", 120)], TODAY, 1, rank=rank).tasks[0].debt
        for rank in RANKS
    }
    # a minute saves 840 for the large one (120 of them), 11 for the old and 1,000 for the third
    assert first == {"waiting": dear, "amount": large, "age": old}


def test_what_does_not_fit_is_passed_over_and_what_is_left_stands_dearest_first():
    suit, call, reminder = owed("900000", days=70), owed("50000", days=10), owed("40000", days=3)
    week = plan([reminder, suit, call], [Person("one", 30)], TODAY, 1, rank="amount")
    assert [task.debt for task in week.tasks] == [call, reminder]
    dear, large_and_old = owed("200000", days=70), owed("800000", days=700)
    for rank in RANKS:
        left = plan([large_and_old, dear], [Person("one", 30)], TODAY, rank=rank).left
        assert [task.debt for task in left] == [dear, large_and_old]


@pytest.mark.parametrize("rank", RANKS)
@given(st.lists(debts(), max_size=30), st.integers(0, 200), st.integers(1, 5))
def test_nobody_is_overbooked_and_nothing_is_lost(rank, several, minutes, days):
    week = plan(several, [Person("one", minutes)], TODAY, days, rank=rank)
    assert all(0 <= used <= minutes for used in week.used.values())
    assert sum(week.used.values()) == sum(task.minutes for task in week.tasks)
    work = [task for debt in several for task in tasks_for(debt, TODAY)]
    assert len(week.tasks) + len(week.left) == len(work)
    assert week.saved + week.missed == pytest.approx(sum(task.cost_of_waiting for task in work))
    assert all(task.due is None or task.day <= task.due for task in week.tasks)


# Rights that would be lost


def expiring(amount, day, days=1000, **known):
    return owed(amount, days, deadlines=(Deadline(day, "limitation"),), **known)


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 2), True),
        (date(2026, 1, 4), True),  # a Sunday: on Monday it is too late
        (date(2026, 1, 5), False),  # on Monday it still helps
    ],
)
def test_a_right_that_is_gone_when_work_goes_on_comes_first_however_small(rank, day, first):
    """Three days to Friday, and suits that fill them: larger, older, worth far more per minute."""
    small = expiring("100", day)
    suits = [owed("5000000", 2000 - place, default_probability=0.19) for place in range(9)]
    week = plan([*suits, small], [LIANG], TODAY, 3, rank=rank)
    assert (week.tasks[0].debt is small) == first
    assert (small in [task.debt for task in week.left]) != first
    assert week.lost == ()


def test_a_holiday_after_the_week_makes_more_rights_urgent():
    monday = date(2026, 1, 5)
    week = plan(
        [*([owed("5000000", days=60)] * 60), expiring("100", monday)], [LIANG], TODAY, 3,
        holidays={monday},
    )  # fmt: skip
    assert week.tasks[0].step.step == "protect_right"


def test_a_right_for_which_there_is_no_time_is_lost_and_heads_what_is_left():
    small, other = expiring("100", date(2026, 1, 4)), owed("900000", days=70)
    week = plan([small, other], [Person("one", 30)], TODAY, 3)
    assert [task.debt for task in week.left] == [small, other]
    assert [task.debt for task in week.lost] == [small]
    yesterday = TODAY - timedelta(1)
    assert plan([expiring("100000", yesterday)], [LIANG], TODAY).lost == ()  # gone already


def test_with_time_for_some_rights_the_earliest_do_not_push_out_the_dearest():
    """One letter a day: the one of Wednesday would cost one of the two large ones of Thursday."""
    wednesday, thursday = TODAY, TODAY + timedelta(1)
    small = expiring("100", wednesday)
    large = [expiring("900000", thursday), expiring("800000", thursday)]
    week = plan([small, *large], [Person("one", 45)], TODAY, 2)
    assert [task.debt for task in week.tasks] == large
    assert [task.debt for task in week.lost] == [small]
    roomy = plan([*large, small], [Person("one", 90)], TODAY, 2)
    assert [(task.debt, task.day) for task in roomy.tasks] == [
        (small, wednesday), (large[0], wednesday), (large[1], thursday),
    ]  # fmt: skip


@pytest.mark.parametrize("rank", RANKS)
def test_rights_too_many_for_their_last_day_are_begun_before_however_busy_the_week(rank):
    """Seven end on Monday, which has time for five; the suits would fill the three days before."""
    monday = date(2026, 1, 5)
    several = [expiring(str(100 + place), monday) for place in range(7)]
    suits = [owed("5000000", 2000 - place, default_probability=0.19) for place in range(9)]
    week = plan([*suits, *several], [LIANG], TODAY, 3, rank=rank)
    kept = [task.debt for task in week.tasks if task.due]
    assert len(kept) == 2
    rest = [debt for debt in [*suits, *several] if debt not in kept]
    assert plan(rest, [LIANG], monday, rank=rank).lost == ()


@settings(max_examples=60)
@given(st.lists(st.integers(0, 16), min_size=1, max_size=14), st.sampled_from([50, 100, 200]))
def test_plan_after_plan_no_right_is_lost_for_which_there_was_time(ends, minutes):
    """Letters of 45 minutes, beside suits that would fill every day; a plan covers two days."""
    working = [day for day in range(17) if (TODAY + timedelta(day)).weekday() < 5]
    letters = minutes // 45
    assume(
        all(
            sum(end <= last for end in ends) <= letters * sum(day <= last for day in working)
            for last in range(17)
        )
    )
    suits = [owed("5000000", 70) for _ in range(12)]
    to_do = [expiring(str(100 + place), TODAY + timedelta(end)) for place, end in enumerate(ends)]
    day = TODAY
    while to_do:
        week = plan([*suits, *to_do], [Person("one", minutes)], day, 2)
        assert week.lost == ()
        to_do = [debt for debt in to_do if debt not in [task.debt for task in week.tasks]]
        day = working_days(day, 3)[-1]


@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(0, 4)), min_size=1, max_size=7),
    st.lists(st.integers(0, 140), min_size=1, max_size=2),
    st.sampled_from(list(RANKS)),
)
def test_no_choice_of_rights_that_can_be_kept_is_worth_more(rights, minutes, rank):
    """Letters take 45 minutes each: days can hold a choice if no day has too many due by it."""
    team = [Person(str(place), each) for place, each in enumerate(minutes)]
    several = [expiring(str(1000 * worth), TODAY + timedelta(day)) for worth, day in rights]
    week = plan(several, team, TODAY, 3, rank=rank)
    letters = sum(each // 45 for each in minutes)
    working = [0, 1, 2]  # Wednesday to Friday; Saturday and Sunday add none

    def fits(chosen):
        return all(
            sum(day <= last for _, day in chosen) <= letters * sum(day <= last for day in working)
            for last in range(5)
        )

    best = max(
        sum(worth for worth, _ in chosen)
        for count in range(len(rights) + 1)
        for chosen in combinations(rights, count)
        if fits(chosen)
    )
    assert sum(int(task.amount) for task in week.tasks) == 1000 * best
    assert len(week.lost) == len(week.left)


def test_a_dispute_does_not_stop_the_period():
    contested = owed("100000", 60, "100000", deadlines=(Deadline(TODAY, "guarantee"),))
    [right, ticket] = tasks_for(contested, TODAY)
    assert (right.step.step, right.amount) == ("protect_right", Decimal(100000))
    assert right.cost_of_waiting == pytest.approx(81_300)
    assert ticket.step.step == "dispute_ticket"


def test_the_right_is_counted_once_and_the_ticket_costs_a_month():
    known = {"deadlines": (Deadline(TODAY + timedelta(9), "limitation"),)}
    [right, ticket] = tasks_for(owed("100000", 60, "40000", **known), TODAY)
    assert right.cost_of_waiting == pytest.approx(81_300)
    assert ticket.cost_of_waiting == pytest.approx(40_000 * (0.813 - 0.696))


def test_two_rights_of_one_debt_are_both_protected_and_the_debt_is_counted_once():
    """The letter to the debtor by Thursday does not hold the guarantor on Friday."""
    rights = [
        Deadline(date(2026, 1, 1), "limitation"),
        Deadline(date(2026, 1, 8), "limitation"),  # the same letter keeps both
        Deadline(date(2026, 1, 2), "guarantee"),
    ]
    debt = owed(days=60, deadlines=tuple(rights))
    week = plan([debt], [Person("one", 45)], TODAY, 3)
    assert [(task.due.day, task.day.day) for task in week.tasks] == [(1, 31), (2, 1)]
    assert week.saved == pytest.approx(debt.lost_with_right(TODAY))
    short = plan([debt], [Person("one", 45)], TODAY, 1, holidays={date(2026, 1, 1)})
    assert [task.due.day for task in short.tasks] == [1]
    assert short.lost == ()


def test_a_plan_longer_than_a_month_sees_the_rights_of_all_its_days():
    late = expiring("100000", TODAY + timedelta(50), days=60)
    assert [task.step.step for task in plan([late], [LIANG], TODAY, 5).tasks] == ["external"]
    [task] = plan([late], [LIANG], TODAY, 40).tasks
    assert (task.step.step, task.cost_of_waiting) == ("protect_right", pytest.approx(81_300))


def test_every_kind_of_right_is_named_in_both_languages(lang):
    for kind in RIGHTS:
        [task] = tasks_for(owed(deadlines=(Deadline(TODAY, kind),)), TODAY)
        assert TODAY.isoformat() in task.why


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
    with pytest.raises(InputError, match=r"“calls”.*protect_right"):
        Person("Liang", 240, frozenset({"calls"}))
    with pytest.raises(InputError, match="CNY, EUR"):
        plan(
            [Claim.of("1", TODAY, TODAY), Claim.of("1", TODAY, TODAY, currency="EUR")],
            [LIANG],
            TODAY,
        )
    with pytest.raises(InputError, match="1 January"):
        plan([owed()], [LIANG], TODAY, holidays=["1 January"])
    with pytest.raises(InputError, match=r"“size”.*waiting, amount, age"):
        plan([], [LIANG], TODAY, rank="size")
    with pytest.raises(InputError, match=r"“offer”.*limitation"):
        Deadline(TODAY, "offer")
    with pytest.raises(InputError, match=r"1\.2"):
        owed(default_probability=1.2)
    with pytest.raises(InputError, match="12,5"):
        Claim.of("12,5", TODAY, TODAY)
