"""What counts as evidence in a letter: signs that must meet, sums and days that must be its own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.letter_dates import days
from creditlib.collection.letter_text import read
from creditlib.collection.letters import draft, review


def a_claim(lang: str) -> Claim:
    english = lang == "en"
    return Claim(
        Party("Chengpu Tuoran Pumps Co., Ltd." if english else "澄浦恒砺泵业有限公司"),
        Party(
            "Yunling Yunxiu Electromechanical Co., Ltd." if english else "云陵云岫机电有限公司",
            address="1 Yunxiu Road, Yunling" if english else "云陵市云岫路1号",
            contact="000-8800 0168",
        ),
        (
            OwedInvoice("25110461", date(2025, 10, 20), date(2025, 11, 19), "126800.00"),
            OwedInvoice("25110478", date(2025, 10, 21), date(2025, 11, 20), "19775.50"),
        ),
        date(2025, 12, 8),
        "HT2024-C0318",
        daily_penalty="0.0003",
        account="0000 1688 2016 0001",
    )


def kinds(letter: str, claim: Claim, stage: str = "formal_demand") -> set[str]:
    return {one.kind for one in review(letter, claim, stage=stage)}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Your storeman locked the gate as our lorry left, so the receipt was signed there."),
        ("en", "How is the new puppy, still eating the children's homework?"),
        ("en", "The police closed Canal Street for two days, so the mail was late."),
        ("en", "In the spring our court-side office moves next to the tennis courts."),
        ("zh", "贵司仓管锁门时我们的车刚好出来，回单是在驾驶室里签的。"),
        ("zh", "贵司门口那条大黄狗追了我半条街。"),
        ("zh", "工业一路因警方封路，邮件晚到了两天。"),
        ("zh", "小女出嫁时贵司送了花篮，全家都记着。"),
    ],
)
def test_a_word_that_harmless_letters_use_too_is_no_offence_alone(lang, sentence):
    claim = a_claim(lang)
    letter = draft(claim, "formal_demand", lang) + sentence
    assert kinds(letter, claim) == set()


@pytest.mark.parametrize(
    ("lang", "kind", "sentence"),
    [
        ("en", "threat", "Otherwise our people will come and sit in your office day and night."),
        ("zh", "threat", "不然就叫人上门，坐到您给钱为止。"),
        ("zh", "unlawful_consequence", "不付款，贵司送修的主轴就留在我们这儿，钱到再说。"),
    ],
)
def test_a_sign_counts_where_the_sentence_says_what_will_follow(lang, kind, sentence):
    claim = a_claim(lang)
    assert kinds(draft(claim, "formal_demand", lang) + sentence, claim) == {kind}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "We asked you then for payment by 5 December 2025."),
        ("zh", "此前我们曾请贵司在2025年12月5日前付款。"),
    ],
)
def test_a_day_that_an_earlier_letter_set_is_no_wrong_date(lang, sentence):
    claim = a_claim(lang)
    assert kinds(draft(claim, "formal_demand", lang) + sentence, claim) == set()


def test_a_total_without_the_part_payment_is_a_wrong_amount():
    claim = a_claim("en")
    paid = replace(claim, payments=(PartPayment(date(2025, 12, 1), "6575.50"),))
    letter = draft(claim, "formal_demand", "en")
    assert "wrong_amount" in kinds(letter, paid)
    assert "wrong_amount" not in kinds(letter, claim)


@pytest.mark.parametrize("word", ["为", "共", "合计"])
def test_a_sum_of_interest_that_is_too_high_is_found_behind_every_sum_word(word):
    claim = a_claim("zh")
    letter = draft(claim, "formal_demand", "zh") + f"违约金{word}2,600.00元。"
    assert kinds(letter, claim) == {"wrong_amount"}


def test_interest_named_without_a_sum_is_not_worked_out():
    claim = a_claim("en")
    lines = draft(claim, "formal_demand", "en").splitlines()
    place = next(n for n, line in enumerate(lines) if "penalty" in line)
    lines[place] = "The contract provides a penalty of 0.03% a day for late payment."
    assert kinds("\n".join(lines), claim) == {"no_interest"}


def test_a_number_in_a_circle_is_none_of_the_number_behind_it():
    assert read("\u246025110461").flat == "(1)25110461"


@pytest.mark.parametrize("written", ["letter no. 88 of December 16", "for 28/24/17 days"])
def test_what_cannot_be_a_day_of_a_month_is_none(written):
    near = date(2025, 12, 20)
    assert all(one.means for one in days(written, near))


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("The finance team", True),
        ("Lei Zhenshan, for the seller", True),
        ("This reminder was made by machine.", False),
        ("Chengpu Commercial Bank, Yunling Branch", False),
    ],
)
def test_a_short_last_line_that_is_no_sentence_signs_a_letter(ending, signed):
    claim = a_claim("en")
    letter = draft(claim, "formal_demand", "en")
    body = letter[: letter.index("For and on behalf of")]
    assert kinds(body + ending, claim) == (set() if signed else {"no_signature"})


def test_objections_sent_to_the_creditors_address_are_a_contact():
    claim = a_claim("en")
    lines = draft(claim, "formal_demand", "en").splitlines()
    rest = [line for line in lines if "000-8800 0168" not in line]
    assert kinds("\n".join(rest), claim) == {"no_contact"}
    told = [*rest[:-4], "If you disagree, write to 1 Yunxiu Road, Yunling.", *rest[-4:]]
    assert kinds("\n".join(told), claim) == set()


def test_the_sums_of_a_claim_are_known_in_every_combination():
    from creditlib.collection.letter_matter import Matter

    matter = Matter(read("", "en"), a_claim("en"), "reminder")
    assert {Decimal("126800.00"), Decimal("146575.50")} <= matter.known_sums
