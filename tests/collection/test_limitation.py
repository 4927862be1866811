"""Limitation, guarantee periods, deadlines: golden cases, what is ignored and why, properties."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.collection.calendar import add_months, next_working_day, working_days
from creditlib.collection.claim import Claim, OwedInvoice, Party
from creditlib.collection.deadlines import PERIODS, deadline
from creditlib.collection.guarantee import GuarantorAct
from creditlib.collection.limitation import Event, guarantee_period, limitation
from creditlib.collection.limitation_events import (
    AGREEMENTS,
    INTERRUPTIONS,
    KINDS,
    LASTING,
    NEVER,
)
from creditlib.errors import InputError

GOLDEN = json.loads((Path(__file__).parent.parent / "law-golden.json").read_text())
CASES = {case["id"]: case for case in GOLDEN["limitation"]}
CHECKED = set()


def day(written):
    return date.fromisoformat(written)


def golden_case(name):
    CHECKED.add(name)
    return CASES[name]


def claim_due(due, amount="100000"):
    return Claim.of(amount, due=due, as_of=date(2025, 12, 31))


def reasons(found):
    return [each.reason.name for each in found.ignored]


PLAIN = [golden_case(name) for name in ("L1", "L2", "L3", "L4", "L5", "L6")]


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["id"])
def test_the_golden_limitations(case):
    events = [Event(day(each), "demand") for each in case.get("interruptions", ())]
    if "obstacle" in case:
        first, last = map(day, case["obstacle"])
        events.append(Event(first, "obstacle", until=last))
    base = case.get("base") or "2023-03-31"
    if "last_instalment" in case:
        events.append(Event(day(case["last_instalment"]), "last_instalment"))
    found = limitation(claim_due(day(base)), events)
    assert found.last_day == day(case["expect"])
    if "expect_rolled" in case:
        assert found.rolled == day(case["expect_rolled"])
    assert not found.expired(found.last_day)
    assert found.expired(found.last_day + timedelta(days=1))


L7 = [golden_case(name) for name in ("L7a", "L7b")]


@pytest.mark.parametrize("case", L7, ids=lambda case: case["id"])
def test_a_silent_guarantee_lasts_six_months_and_nothing_interrupts_it(case):
    due = day(case["guarantee_main_due"])
    demand = Event(due + timedelta(days=30), "demand")
    for events in ((), (demand,)):
        found = guarantee_period(due, events=events)
        assert found.kind == "general"
        assert found.last_day == day(case["expect"])
    assert reasons(found) == ["no_interruption"]
    assert found.kept_by is None
    assert found.released(found.last_day + timedelta(days=1))


L9 = golden_case("L9")


def test_twenty_years_end_what_interruptions_kept_alive():
    infringed = day(L9["infringed"])
    demands = [Event(add_months(infringed, 20 * n), "demand") for n in range(1, 12)]
    claim = claim_due(infringed - timedelta(days=1))
    found = limitation(claim, [Event(infringed, "infringement"), *demands])
    assert found.last_day == found.cap == day(L9["expect"])
    assert "cap" in [said.name for said in found.steps]
    late = limitation(claim, [Event(day("2026-02-01"), "plan"), *demands])
    assert "after_cap" in reasons(late)


DATED = {
    "L8": ("enforcement", "judgment_performance_last_day", "expect"),
    "L11": ("suit_after_preservation", "preservation_measure", "expect"),
    "L12": ("price_security", "pmsi_delivery", "expect"),
}
for _name in (*DATED, "L10", "L13"):
    golden_case(_name)


@pytest.mark.parametrize("name", DATED)
def test_the_golden_deadlines(name):
    kind, start, expected = DATED[name]
    assert deadline(kind, day(CASES[name][start])).last_day == day(CASES[name][expected])


def test_a_bill_has_three_clocks():
    case = CASES["L10"]
    due = day(case["bill_due"])
    assert deadline("bill_presentment", due).last_day == day(case["present_by"])
    assert deadline("bill_acceptor", due).last_day == day(case["against_acceptor"])
    recourse = deadline("bill_recourse", day(case["dishonoured"]))
    assert recourse.last_day == day(case["recourse_by"])


def test_revocation_ends_a_year_after_knowledge_or_five_after_the_act():
    case = CASES["L13"]
    known, act = day(case["revocation_known"]), day(case["act"])
    assert deadline("revocation", known).last_day == day(case["expect_1y"])
    both = deadline("revocation", known, act=act)
    assert both.last_day == day(case["expect_deadline"])
    assert both.steps[1].values["stop"] == day(case["expect_5y"])
    assert deadline("revocation", date(2025, 9, 1), act=act).last_day == day(case["expect_5y"])


def test_every_golden_case_of_the_copy_is_used():
    assert set(CASES) == CHECKED
    assert set(GOLDEN) == {"convention", "interest", "limitation", "fees"}


def test_the_sixtieth_day_may_be_a_saturday():
    found = deadline("sme_large_enterprise", date(2025, 7, 1))
    assert found.last_day == date(2025, 8, 30)
    assert found.rolled == date(2025, 9, 1)


def test_holidays_are_the_callers():
    claim = claim_due(date(2022, 10, 1))  # ends in the National Day week
    week = {date(2025, 10, 1) + timedelta(days=n) for n in range(8)}
    assert limitation(claim).rolled == date(2025, 10, 1)
    assert limitation(claim, holidays=week).rolled == date(2025, 10, 9)
    assert limitation(claim, holidays=week).last_day == date(2025, 10, 1)


# What is ignored, and why


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (Event(date(2024, 1, 5), "letter"), "no_proof_of_arrival"),
        (Event(date(2024, 1, 5), "visit_note"), "own_note"),
        (Event(date(2024, 1, 5), "statement"), "no_demand_in_statement"),
        (Event(date(2024, 1, 5), "waiver"), "waiver_void"),
        (Event(date(2022, 3, 1), "demand"), "before_start"),
        (Event(date(2025, 4, 1), "demand"), "after_expiry"),
        (Event(date(2025, 4, 1), "part_payment"), "after_expiry"),
        (Event(date(2025, 4, 1), "extension_request"), "after_expiry"),
        (Event(date(2023, 1, 1), "obstacle", until=date(2023, 3, 31)), "obstacle_outside"),
        (Event(date(2025, 4, 1), "obstacle", until=date(2025, 9, 1)), "obstacle_outside"),
    ],
)
def test_what_changes_nothing_is_told_with_its_reason(event, reason, lang):
    found = limitation(claim_due(date(2022, 3, 31)), [event])
    assert found.last_day == date(2025, 3, 31)
    assert reasons(found) == [reason]
    assert event.day.isoformat() in str(found.ignored[0].reason)


@pytest.mark.parametrize("kind", AGREEMENTS)
def test_after_expiry_an_agreement_to_perform_takes_the_plea_away(kind):
    found = limitation(claim_due(date(2022, 3, 31)), [Event(date(2025, 6, 1), kind)])
    assert found.last_day == date(2028, 6, 1)
    assert "revived" in [said.name for said in found.steps]
    assert found.ignored == ()


def test_a_suit_counts_from_its_end_and_warns_while_that_is_unknown():
    claim = claim_due(date(2022, 3, 31))
    filed = Event(date(2024, 5, 6), "suit")
    assert limitation(claim, [filed]).last_day == date(2027, 5, 6)
    assert "open_suit" in [said.name for said in limitation(claim, [filed]).warnings]
    ended = Event(date(2024, 5, 6), "suit", until=date(2025, 3, 3))
    assert limitation(claim, [ended]).last_day == date(2028, 3, 3)


def test_without_a_due_date_a_refusal_or_the_grace_starts_the_period():
    claim = claim_due(date(2022, 1, 1))
    assert limitation(claim, [Event(date(2023, 5, 8), "refusal")]).start == date(2023, 5, 8)
    assert limitation(claim, [Event(date(2023, 6, 8), "grace_end")]).start == date(2023, 6, 8)


@pytest.mark.parametrize(
    ("due", "demands", "last_day"),
    [
        ("2015-09-30", (), "2017-09-30"),
        ("2015-10-01", (), "2018-10-01"),
        ("2015-03-31", ("2017-11-01", "2020-10-30"), "2017-03-31"),
        ("2014-06-30", ("2015-12-01",), "2018-12-01"),
        ("2013-06-30", ("2015-01-31",), "2017-01-31"),
    ],
)
def test_two_years_that_ended_before_the_three_came_stay_ended(due, demands, last_day, lang):
    """Fa Shi [2018] No. 12, 2 and 3: the three years came on 2017-10-01."""
    found = limitation(claim_due(day(due)), [Event(day(each), "demand") for each in demands])
    assert found.last_day == day(last_day)
    assert {"after_expiry"} >= set(reasons(found))
    assert "older_law" in [said.name for said in found.warnings]
    old = day(last_day) < date(2017, 10, 1)
    years = [said.values["years"] for said in found.steps if "years" in said.values]
    assert years[-1] == (2 if old else 3)


def test_a_second_act_on_the_same_day_is_not_said_to_come_before_the_period(in_english):
    acts = [Event(date(2023, 9, 15), kind) for kind in ("demand", "statement_with_demand")]
    found = limitation(claim_due(date(2022, 3, 31)), [*acts, Event(date(2022, 3, 31), "demand")])
    assert reasons(found) == ["before_start", "no_later"]
    assert "begins on the day after 2022-03-31" in str(found.ignored[0].reason)
    assert "already runs anew from 2023-09-15" in str(found.ignored[1].reason)


def test_an_obstacle_that_came_after_an_interruption_did_not_move_the_period_before():
    demand = Event(date(2024, 12, 1), "demand")
    obstacle = Event(date(2025, 1, 1), "obstacle", until=date(2025, 6, 1))
    found = limitation(claim_due(date(2022, 3, 31)), [demand, obstacle])
    assert [said.name for said in found.steps] == ["due", "three_years", "demanded", "safe"]
    assert reasons(found) == ["obstacle_outside"]
    before = limitation(claim_due(date(2022, 3, 31)), [Event(date(2025, 2, 1), "demand"), obstacle])
    assert [said.name for said in before.steps][1:4] == ["three_years", "suspended", "demanded"]


def test_the_day_by_which_a_letter_asks_for_payment_is_not_the_end_of_anything(in_english):
    with pytest.raises(InputError, match="“demand” of 2024-05-06 happens on one day"):
        Event(date(2024, 5, 6), "demand", until=date(2024, 6, 6))


# Several invoices

A, B = date(2022, 8, 31), date(2023, 5, 31)


def both(*dues):
    invoices = [
        OwedInvoice(name, due, due, Decimal(10)) for name, due in zip("ABCD", dues, strict=False)
    ]
    return Claim(Party(""), Party(""), tuple(invoices), date(2025, 12, 31))


def per_invoice(found):
    return {each.invoice: each.last_day for each in (found, *found.others)}


def test_every_invoice_has_a_period_of_its_own_and_the_first_to_end_leads(lang):
    found = limitation(both(B, A))
    assert per_invoice(found) == {"B": date(2025, 8, 31), "A": date(2026, 5, 31)}
    assert found.invoice == "B"
    assert [said.name for said in found.warnings] == ["several_invoices"]
    assert "2025-08-31" in str(found.warnings[0])
    assert found.others[0].warnings == ()


def test_an_event_counts_for_the_invoices_that_it_names():
    demand = date(2025, 3, 1)
    listed = limitation(both(A, B), [Event(demand, "demand", invoices=("A", "B"))])
    assert per_invoice(listed) == per_invoice(limitation(both(A, B), [Event(demand, "demand")]))
    assert set(per_invoice(listed).values()) == {date(2028, 3, 1)}
    one = limitation(both(A, B), [Event(demand, "demand", invoices="A")])
    assert per_invoice(one) == {"B": date(2026, 5, 31), "A": date(2028, 3, 1)}
    assert one.invoice == "B"


def test_a_part_payment_that_names_no_invoice_counts_for_the_oldest_due_only(lang):
    """Civil Code 560: it surely reached that one, and a safe day rests on what is sure."""
    paid = Event(date(2024, 1, 5), "part_payment")
    found = limitation(both(B, A), [paid])
    assert per_invoice(found) == {"A": date(2026, 5, 31), "B": date(2027, 1, 5)}
    assert [said.name for said in found.warnings] == ["several_invoices", "payment_without_invoice"]
    assert "B" in str(found.warnings[1])
    assert "560" in str(found.warnings[1])
    named = limitation(both(A, B), [Event(paid.day, paid.kind, invoices=("B",))])
    assert per_invoice(named) == {"A": date(2025, 8, 31), "B": date(2027, 1, 5)}
    assert [said.name for said in named.warnings] == ["several_invoices"]
    assert limitation(claim_due(A), [paid]).warnings == ()


def test_what_is_disputed_comes_after_what_is_not_and_equals_share_a_payment():
    contested = OwedInvoice("A", A, A, Decimal(10), disputed=Decimal(10))
    clear = [OwedInvoice(name, B, B, Decimal(10)) for name in "BC"]
    claim = Claim(Party(""), Party(""), (contested, *clear), date(2025, 12, 31))
    found = limitation(claim, [Event(date(2024, 1, 5), "part_payment")])
    assert per_invoice(found) == {
        "A": date(2025, 8, 31), "B": date(2027, 1, 5), "C": date(2027, 1, 5),
    }  # fmt: skip


def test_instalments_of_one_debt_have_one_period_from_the_last():
    """Civil Code 189."""
    found = limitation(both(A, B), [Event(date(2023, 12, 31), "last_instalment")])
    assert (found.last_day, found.invoice, found.others) == (date(2026, 12, 31), "", ())
    assert found.warnings == ()
    some = limitation(
        both(A, B, A), [Event(date(2023, 12, 31), "last_instalment", invoices=("A", "B"))]
    )
    assert per_invoice(some) == {
        "C": date(2025, 8, 31), "A": date(2026, 12, 31), "B": date(2026, 12, 31),
    }  # fmt: skip


def test_an_event_on_an_invoice_that_is_not_in_the_claim_is_refused(in_english):
    with pytest.raises(InputError, match=r"names invoice Z, .* its invoices are: A, B"):
        limitation(both(A, B), [Event(date(2024, 1, 5), "demand", invoices=("A", "Z"))])


def test_the_next_act_depends_on_what_is_left(lang):
    found = limitation(claim_due(date(2022, 3, 31)))
    said = {
        found.next_act(on).name: str(found.next_act(on))
        for on in (date(2023, 1, 1), date(2025, 2, 1), date(2025, 4, 1), date(2043, 1, 1))
    }
    assert list(said) == ["demand", "urgent", "expired", "capped"]
    assert "2025-03-31" in said["urgent"]


def test_an_obstacle_without_an_end_and_an_unknown_event_are_refused(in_english):
    with pytest.raises(InputError, match="give until"):
        limitation(claim_due(date(2022, 3, 31)), [Event(date(2025, 1, 1), "obstacle")])
    with pytest.raises(InputError, match="“phone”"):
        Event(date(2025, 1, 1), "phone")


# Guarantees


def test_a_general_guarantor_is_kept_by_suing_the_debtor_only():
    due = date(2025, 1, 31)
    letter = GuarantorAct(date(2025, 3, 1))
    assert reasons(guarantee_period(due, events=[letter])) == ["wrong_act_general"]
    suit = Event(date(2025, 7, 31), "suit")
    found = guarantee_period(due, events=[letter, suit])
    assert found.kept_by == suit
    assert not found.released(date(2025, 12, 31))
    late = guarantee_period(due, events=[Event(date(2025, 8, 1), "suit")])
    assert reasons(late) == ["too_late"]
    assert late.released(date(2025, 12, 31))


def test_a_joint_guarantor_is_kept_by_a_claim_on_itself():
    due = date(2025, 1, 31)
    suit, letter = Event(date(2025, 4, 1), "suit"), GuarantorAct(date(2025, 3, 1))
    found = guarantee_period(due, "joint", events=[suit, letter])
    assert found.kept_by == letter
    assert reasons(found) == ["wrong_act_joint"]


@pytest.mark.parametrize(
    ("kind", "act"),
    [("joint", GuarantorAct), ("general", lambda on: Event(on, "suit"))],
)
def test_an_act_before_the_debt_is_due_keeps_nobody(kind, act, lang):
    """Civil Code 692: the period begins only when the debt is due."""
    due = date(2025, 1, 31)
    early = guarantee_period(due, kind, events=[act(date(2024, 12, 1)), act(due)])
    assert reasons(early) == ["too_early", "too_early"]
    assert early.released(date(2025, 8, 1))
    assert not guarantee_period(due, kind, events=[act(date(2025, 2, 1))]).released(
        date(2025, 8, 1)
    )


def test_a_general_guarantor_kept_is_sued_later_and_the_step_says_when(in_english):
    suit = Event(date(2025, 3, 1), "suit")
    kept = guarantee_period(date(2025, 1, 31), "general", events=[suit]).steps[-1]
    assert "limitation runs only once the guarantor can no longer" in str(kept)
    assert "Art. 28" in str(kept)


@pytest.mark.parametrize("agreed", ["24", "2026-01-31", "24 months", 6.5])
def test_a_period_that_says_how_long_is_not_taken_for_unclear(agreed, in_english):
    with pytest.raises(InputError, match=f"“{agreed}”: write a length as whole months"):
        guarantee_period(date(2025, 1, 31), agreed=agreed)


def test_an_act_against_a_guarantor_that_the_course_does_not_know_is_refused(in_english):
    with pytest.raises(InputError, match=r"no act “letter” .* guarantor_demand, guarantor_suit"):
        GuarantorAct(date(2025, 3, 1), "letter")


def test_knowing_of_an_act_before_it_was_done_is_refused(in_english):
    with pytest.raises(InputError, match="known on 2024-01-01, before the debtor acted"):
        deadline("revocation", date(2024, 1, 1), act=date(2025, 1, 1))


def test_a_signature_after_the_period_does_not_bring_the_liability_back():
    signed = Event(date(2025, 9, 1), "guarantor_signature")
    found = guarantee_period(date(2025, 1, 31), "joint", events=[signed])
    assert reasons(found) == ["signature_too_late"]
    assert found.released(date(2025, 9, 2))


@pytest.mark.parametrize(
    ("agreed", "last_day", "why"),
    [
        (None, date(2025, 7, 31), "none"),
        ("until the debt is paid in full", date(2025, 7, 31), "unclear"),
        (date(2025, 1, 31), date(2025, 7, 31), "not_after_due"),
        (date(2024, 12, 1), date(2025, 7, 31), "not_after_due"),
        (24, date(2027, 1, 31), "agreed"),
        (date(2025, 10, 15), date(2025, 10, 15), "agreed"),
    ],
)
def test_what_was_agreed_on_the_period(agreed, last_day, why, lang):
    found = guarantee_period(date(2025, 1, 31), agreed=agreed)
    assert found.last_day == last_day
    assert found.steps[1].name == why
    assert all(map(str, found.steps))
    assert last_day.isoformat() in str(found.act)


def test_every_kind_reads_in_both_languages(lang):
    claim = claim_due(date(2022, 3, 31))
    for kind in KINDS:
        until = date(2024, 12, 1) if kind in LASTING else None
        event = Event(date(2024, 11, 1), kind, until=until)
        found = limitation(claim, [event])
        said = [*found.steps, *found.warnings, *(each.reason for each in found.ignored)]
        assert all(str(each) for each in said)
    for kind in PERIODS:
        for each in deadline(kind, date(2025, 5, 30)).steps:
            assert str(each)
    assert claim.days_overdue > 0


# What holds for every claim

DAYS = st.dates(date(2021, 1, 1), date(2045, 12, 31))
EVENTS = st.one_of(
    st.builds(Event, DAYS, st.sampled_from([*INTERRUPTIONS, *NEVER])),
    st.builds(
        lambda first, many: Event(first, "obstacle", until=first + timedelta(days=many)),
        DAYS,
        st.integers(0, 400),
    ),
)
STARTS = st.dates(date(2021, 1, 1), date(2025, 12, 31))


@given(STARTS, st.lists(EVENTS, max_size=6), EVENTS)
@settings(max_examples=300)
def test_nothing_that_happens_brings_the_last_day_forward(due, events, one_more):
    claim = claim_due(due)
    before, after = limitation(claim, events), limitation(claim, [*events, one_more])
    assert after.last_day >= before.last_day
    assert after.last_day <= after.cap == add_months(due, 240)


@given(STARTS, st.lists(EVENTS, max_size=6), st.randoms())
@settings(max_examples=100)
def test_the_order_in_which_events_are_given_does_not_matter(due, events, random):
    found = limitation(claim_due(due), events)
    shuffled = list(events)
    random.shuffle(shuffled)
    assert limitation(claim_due(due), shuffled) == found


@given(STARTS, st.lists(EVENTS, max_size=6))
@settings(max_examples=100)
def test_leaving_out_what_was_ignored_changes_nothing(due, events):
    found = limitation(claim_due(due), events)
    dropped = {each.event for each in found.ignored}
    used = limitation(claim_due(due), [event for event in events if event not in dropped])
    assert (used.last_day, used.steps, used.ignored) == (found.last_day, found.steps, ())


@given(st.lists(STARTS, min_size=2, max_size=4), st.data())
@settings(max_examples=100)
def test_the_result_of_an_invoice_is_that_of_a_claim_of_it_alone(dues, data):
    names = "ABCD"[: len(dues)]
    told = data.draw(st.lists(st.tuples(EVENTS, st.sets(st.sampled_from(names))), max_size=5))
    events = [
        # What a payment without names reaches hangs on the other invoices.
        replace(event, invoices=tuple(sorted(about or names[: event.kind == "part_payment"])))
        for event, about in told
    ]
    found = limitation(both(*dues), events)
    alone = {
        name: limitation(
            claim_due(due), [replace(event, invoices=()) for event in events if event.about(name)]
        ).last_day
        for name, due in zip(names, dues, strict=True)
    }
    assert per_invoice(found) == alone
    assert found.last_day == min(alone.values())


@given(DAYS, st.integers(0, 15), st.sets(DAYS, max_size=5))
def test_working_days_are_all_days_but_weekends_and_holidays(first, count, holidays):
    found = working_days(first, count, holidays)
    span = range((found[-1] - first).days + 1 if found else 0)
    through = [first + timedelta(days=n) for n in span]
    assert found == [day for day in through if day.weekday() < 5 and day not in holidays]
    assert len(found) == count


@given(DAYS, st.sets(DAYS, max_size=5))
def test_rolling_ends_on_the_first_working_day(start, holidays):
    rolled = next_working_day(start, holidays)
    assert rolled.weekday() < 5
    assert rolled not in holidays
    between = [start + timedelta(days=n) for n in range((rolled - start).days)]
    assert all(each.weekday() >= 5 or each in holidays for each in between)


@given(STARTS, st.sampled_from(["general", "joint"]), st.lists(EVENTS, max_size=4))
def test_no_event_moves_a_guarantee_period(due, kind, events):
    assert guarantee_period(due, kind, events=events).last_day == add_months(due, 6)
