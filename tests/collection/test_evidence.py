"""The file before a suit: the ladder, what is missing, which way is open, what it costs."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.evidence import (
    CHANNELS,
    DOCUMENTS,
    FACTS,
    PROOFS,
    Contact,
    assess,
    weigh,
)
from creditlib.collection.evidence_documents import elements
from creditlib.collection.evidence_log import events, rules
from creditlib.collection.fees import court_fees
from creditlib.collection.limitation import Event, limitation
from creditlib.errors import InputError

TODAY = date(2025, 12, 31)
DUE = date(2025, 6, 30)
POSTED = Contact(date(2025, 9, 1), "ems", proof={"content", "stub", "tracking"})
WHOLE = ("contract", "delivery_signed", "invoice", "statement_sealed", "registry_extract")


def owed(amount="80000", due=DUE, **others):
    return Claim.of(amount, due=due, as_of=TODAY, **others)


def way(found, name):
    return next(each for each in found.ways if each.name == name)


def names(steps):
    return [said.name for said in steps]


# The ladder


@pytest.mark.parametrize(
    ("contact", "rung", "interrupts"),
    [
        (Contact(TODAY, "court"), "court", True),
        (Contact(TODAY, "acknowledgment", proof={"sealed_by_debtor"}), "acknowledgment", True),
        (Contact(TODAY, "statement", proof={"sealed_by_debtor"}), "statement_with_demand", True),
        (Contact(TODAY, "letter", proof={"signed_by_debtor", "content"}), "signed_letter", True),
        (POSTED, "ems", True),
        (
            Contact(TODAY, "email", agreed_address=True, proof={"delivery_log"}),
            "agreed_message",
            True,
        ),
        (Contact(TODAY, "call", proof={"recording", "identity"}), "recorded_call", True),
        (
            Contact(TODAY, "statement", asks_payment=False, proof={"sealed_by_debtor"}),
            "statement_without_demand",
            False,
        ),
        (Contact(TODAY, "email", proof={"delivery_log"}), "message_elsewhere", False),
        (Contact(TODAY, "message", agreed_address=True), "message_elsewhere", False),
        (Contact(TODAY, "call", proof={"recording"}), "unproved_call", False),
        (Contact(TODAY, "courier", proof={"tracking"}), "unproved_letter", False),
        (Contact(TODAY, "ems", proof={"stub", "tracking"}), "unproved_letter", False),
        (Contact(TODAY, "visit"), "own_paper", False),
    ],
)
def test_a_contact_stands_on_its_rung(contact, rung, interrupts):
    found = weigh(contact)
    assert (found.name, found.interrupts) == (rung, interrupts)
    after = limitation(owed(), events([contact]))
    assert after.start == (contact.day if interrupts else DUE)


@given(st.sampled_from(CHANNELS), st.sets(st.sampled_from(PROOFS)), st.booleans(), st.booleans())
def test_more_proof_never_makes_a_contact_weaker(channel, proof, agreed, asks):
    full = weigh(Contact(TODAY, channel, "", agreed, asks, proof))
    for fewer in combinations(sorted(proof), max(len(proof) - 1, 0)):
        less = weigh(Contact(TODAY, channel, "", agreed, asks, frozenset(fewer)))
        assert full.rung <= less.rung
        assert full.interrupts >= less.interrupts


def test_every_rung_can_be_reached_and_reads_in_both_languages(lang):
    reached = {
        weigh(Contact(TODAY, channel, "", agreed, asks, frozenset(proof))).name
        for channel in CHANNELS
        for agreed in (True, False)
        for asks in (True, False)
        for many in range(4)
        for proof in combinations(PROOFS, many)
    }
    assert reached == {rung["name"] for rung in rules()["rung"]}
    assert str(weigh(POSTED).reason)
    assert str(weigh(POSTED).better)


# What is missing


def test_an_invoice_alone_does_not_show_delivery(lang):
    found = {each.name: each for each in elements(["contract", "invoice"])}
    assert found["performance"].standing == "missing"
    assert str(found["performance"].how_to_get)
    assert assess(owed(), ["contract", "invoice"], [], TODAY).standing == "not_provable"


def test_a_sealed_statement_carries_sale_delivery_and_amount():
    found = {each.name: each.standing for each in elements(["statement_sealed"])}
    assert found["relation"] == found["performance"] == found["amount"] == "proved"
    assert found["due_date"] == "supported"


@given(st.sets(st.sampled_from(DOCUMENTS)), st.sampled_from(DOCUMENTS))
def test_one_more_paper_never_weakens_the_file(documents, one_more):
    order = ["missing", "supported", "proved"]
    before, after = elements(documents), elements(documents | {one_more})
    for old, new in zip(before, after, strict=True):
        assert order.index(new.standing) >= order.index(old.standing)


def test_what_is_missing_comes_before_what_is_weak():
    found = assess(owed(), ["invoice"], [], TODAY).missing
    assert [each.standing for each in found] == sorted(each.standing for each in found)
    assert found[0].name == "performance"


# The next step


def test_first_a_demand_then_a_payment_order():
    assert assess(owed(), WHOLE, [], TODAY).next_way == "demand"
    assert assess(owed(), WHOLE, [POSTED], TODAY).next_way == "payment_order"


def test_an_unproved_letter_leaves_the_demand_to_be_made():
    found = assess(owed(), WHOLE, [Contact(date(2025, 9, 1), "courier")], TODAY)
    assert found.next_way == "demand"
    assert found.limitation.last_day == date(2028, 6, 30)


def test_a_demand_before_the_due_date_is_not_yet_one():
    early = Contact(DUE - timedelta(days=5), "ems", proof=POSTED.proof)
    assert assess(owed(), WHOLE, [early], TODAY).next_way == "demand"


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("counter_claim", "payment_order_counter_claim"),
        ("debtor_missing", "payment_order_not_deliverable"),
        ("preservation_filed", "payment_order_preservation_filed"),
    ],
)
def test_a_barrier_closes_the_payment_order_and_leaves_the_suit(fact, reason):
    found = assess(owed(), WHOLE, [POSTED], TODAY, facts={fact})
    assert not way(found, "payment_order").open
    assert names(way(found, "payment_order").reasons) == [reason]
    assert found.next_way == "suit"


def test_a_disputed_amount_is_not_certain():
    invoice = OwedInvoice("A", DUE, DUE, Decimal(100), disputed=Decimal(30))
    claim = Claim(Party(""), Party(""), (invoice,), TODAY)
    found = assess(claim, WHOLE, [POSTED], TODAY)
    assert names(way(found, "payment_order").reasons) == ["payment_order_not_certain"]
    assert "disputed" in names(found.lawyer)


def test_moving_assets_make_preservation_urgent_if_they_are_known():
    unknown = assess(owed(), WHOLE, [POSTED], TODAY, facts={"assets_moving"})
    assert unknown.next_way == "payment_order"
    assert "preservation_no_clue" in names(way(unknown, "preservation_before_suit").reasons)
    known = assess(owed(), WHOLE, [POSTED], TODAY, facts={"assets_moving", "assets_known"})
    assert known.next_way == "preservation_before_suit"
    calm = assess(owed(), WHOLE, [POSTED], TODAY, facts={"assets_known"})
    assert not way(calm, "preservation_before_suit").open
    assert way(calm, "preservation_in_suit").open


def test_papers_come_first_when_the_debt_cannot_be_proved():
    assert assess(owed(), ["invoice"], [POSTED], TODAY).next_way == "evidence"


def test_near_the_end_a_letter_is_not_enough():
    claim = owed(due=date(2023, 2, 28))
    found = assess(claim, WHOLE, [], TODAY)
    assert found.next_way == "payment_order"
    assert "limitation_near" in names(found.lawyer)
    kept = assess(claim, WHOLE, [], TODAY, events=[Event(date(2025, 5, 1), "part_payment")])
    assert kept.next_way == "demand"


def test_an_expired_debt_goes_to_a_lawyer():
    found = assess(owed(due=date(2022, 2, 28)), WHOLE, [], TODAY)
    assert found.next_way == "lawyer"
    assert "limitation_expired" in names(found.lawyer)


def test_bankruptcy_closes_everything_but_the_proof_of_claim():
    found = assess(owed(), WHOLE, [POSTED], TODAY, facts={"bankruptcy", "assets_known"})
    assert [each.name for each in found.ways if each.open] == ["bankruptcy"]
    assert found.next_way == "bankruptcy"


def test_an_arbitration_clause_replaces_the_suit():
    found = assess(owed(), WHOLE, [POSTED], TODAY, facts={"arbitration_clause"})
    assert found.next_way == "arbitration"
    assert "suit" not in [each.name for each in found.ways]


# Costs, log, lawyer


def test_each_way_shows_its_cost_beside_what_is_left():
    claim = owed("600000", payments=(PartPayment(date(2025, 10, 1), "100000"),))
    found = assess(claim, WHOLE, [POSTED], TODAY)
    fees = court_fees("500000")
    assert way(found, "payment_order").cost == fees.payment_order == Decimal("2933.33")
    assert way(found, "suit").cost == fees.acceptance
    assert way(found, "suit").cost_share == fees.acceptance / 500_000
    assert way(found, "preservation_in_suit").cost == fees.preservation
    assert "large_amount" in names(found.lawyer)


def test_a_paid_debt_leaves_nothing_to_sue_for():
    claim = owed("100", payments=(PartPayment(date(2025, 10, 1), "100"),))
    found = assess(claim, WHOLE, [POSTED], TODAY)
    assert not way(found, "suit").open
    assert way(found, "suit").cost is None


def test_contacts_after_the_day_are_not_seen():
    found = assess(owed(), WHOLE, [POSTED], date(2025, 8, 31))
    assert found.contacts == ()
    assert found.next_way == "demand"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Contact(TODAY, "telepathy"),
        lambda: Contact(TODAY, "ems", proof={"hope"}),
        lambda: assess(owed(), ["rumour"], [], TODAY),
        lambda: assess(owed(), WHOLE, [], TODAY, facts={"angry"}),
    ],
)
def test_an_unknown_word_names_the_known_ones(wrong, in_english):
    with pytest.raises(InputError, match="not one of the choices"):
        wrong()


@given(
    st.sets(st.sampled_from(DOCUMENTS)),
    st.sets(st.sampled_from(FACTS)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["zh", "en"]),
    st.integers(-30, 1300),
)
@settings(max_examples=150)
def test_every_file_gets_an_open_way_in_words(documents, facts, posted, disputed, spoken, late):
    """Whatever the file, the next way is open (or says papers, or a lawyer) and can be read."""
    from creditlib.i18n import language, use_language

    due = TODAY - timedelta(days=late)
    invoice = OwedInvoice("A", due, due, Decimal(900), disputed=Decimal(90 * disputed))
    claim = Claim(Party(""), Party(""), (invoice,), TODAY)
    before = language()
    use_language(spoken)
    try:
        found = assess(claim, documents, [POSTED] if posted else [], TODAY, facts=facts)
        open_ways = {each.name for each in found.ways if each.open}
        assert found.next_way in open_ways | {"evidence", "lawyer"}
        said = [found.next_step, *found.lawyer]
        said += [reason for each in found.ways for reason in each.reasons]
        said += [part for each in found.elements for part in (each.reason, each.how_to_get)]
        said += [each.ask for each in found.elements]
        assert all(str(each) for each in said)
        assert found.notice
    finally:
        use_language(before)


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (Contact(TODAY, "call"), "What the demand of"),
        (Contact(TODAY, "email"), "What the demand of"),
        (Contact(TODAY, "statement"), "bears no signature or seal of the debtor"),
        (Contact(TODAY, "acknowledgment"), "bears no signature or seal of the debtor"),
        (Contact(TODAY, "visit"), "bears no signature or seal of the debtor"),
    ],
)
def test_what_does_not_count_is_called_what_it_is(contact, said, in_english):
    """A call is no letter and an unsealed statement no visit note."""
    (dropped,) = assess(owed(), WHOLE, [contact], TODAY).limitation.ignored
    assert said in str(dropped.reason)
    assert not any(word in str(dropped.reason) for word in ("The letter", "visit note"))


def test_a_single_word_stands_for_itself():
    assert Contact(TODAY, "ems", proof="content").proof == {"content"}
    assert assess(owed(), "contract", [], TODAY, facts="guarantor").elements[0].shown_by == (
        "contract",
    )
