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


@pytest.mark.parametrize(
    ("lang", "reference", "name"),
    [("zh", "TX-2025-1212", "梁归帆"), ("en", "TX-2025-1212", "Liang Guifan")],
)
def test_a_reference_and_a_bare_name_are_no_contact(lang, reference, name):
    claim = a_claim(lang)
    lines = draft(claim, "reminder", lang, reference=reference).splitlines()
    rest = [line for line in lines if "000-8800 0168" not in line]
    assert len(rest) == len(lines) - 1
    assert kinds("\n".join([*rest, name]), claim, "reminder") == {"no_contact"}


GOES_ON = [
    ("zh", "合同约定违约金为每日万分之三；截至今日为{sum}元。"),
    ("zh", "合同约定违约金为每日万分之三。算到今天共{sum}元，此后继续计算至实际付清之日。"),
    ("en", "The penalty under the contract is 0.03% a day; to date it is RMB {sum}."),
    ("en", "The contract gives us damages of 0.03% a day. To date they come to RMB {sum}."),
    ("en", "The penalty is 0.03% a day. It amounts to RMB {sum} as of today."),
]


@pytest.mark.parametrize(("lang", "told"), GOES_ON)
def test_a_sum_of_interest_is_checked_where_the_next_sentence_goes_on_to_tell_it(lang, told):
    claim = a_claim(lang)
    lines = draft(claim, "formal_demand", lang).splitlines()
    place = next(n for n, line in enumerate(lines) if "829.55" in line)
    for written, wrong in (("829.55", set()), ("5,000.00", {"wrong_amount"})):
        lines[place] = told.format(sum=written)
        if lang == "zh":  # there it stands in one line with the contract and the delivery
            lines[place] = f"合同号HT2024-C0318，货物均已交付，由贵司签收。{lines[place]}"
        assert kinds("\n".join(lines), claim) == wrong


def test_a_sentence_that_speaks_of_something_else_does_not_go_on_about_interest():
    claim = a_claim("en")
    letter = draft(claim, "formal_demand", "en")
    letter += "The penalty is 0.03% a day. The credit limit is RMB 300,000.00."
    assert kinds(letter, claim) == set()


@pytest.mark.parametrize(
    ("lang", "kind", "sentence"),
    [
        ("zh", "insult", "货款已严重逾期，性质恶劣。"),
        ("zh", "threat", "下班回家路上，你们自己小心点。"),
        ("en", "insult", "This is seriously overdue and your behaviour is shameful."),
        ("en", "threat", "Watch your back on the way home."),
    ],
)
def test_a_short_sentence_that_hurts_is_marked(lang, kind, sentence):
    claim = a_claim(lang)
    assert kinds(draft(claim, "formal_demand", lang) + sentence, claim) == {kind}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "因天气恶劣，货晚到了一天。"),
        ("zh", "工况恶劣的车间，我们建议换密封型轴承。"),
        ("en", "Watch your back when you lift the crates: each weighs 40 kg."),
        ("en", "Our own delay in answering you was shameful, and we apologise."),
    ],
)
def test_the_same_words_said_of_other_things_are_harmless(lang, sentence):
    claim = a_claim(lang)
    assert kinds(draft(claim, "formal_demand", lang) + sentence, claim) == set()


@pytest.mark.parametrize(
    ("lang", "step", "sentence", "found"),
    [
        ("zh", "期限届满", "逾期不付的，我们将采取法律手段。", {"empty_consequence"}),
        ("zh", "期限届满", "逾期不付的，我们将采取法律手段，向法院起诉。", set()),
        ("en", "If ", "We will take legal steps.", {"empty_consequence"}),
        ("en", "If ", "Failing this we will take legal measures.", {"empty_consequence"}),
        ("en", "If ", "We will take legal steps and sue you in the competent court.", set()),
    ],
)
def test_legal_steps_that_are_not_named_are_an_empty_consequence(lang, step, sentence, found):
    claim = a_claim(lang)
    lines = draft(claim, "formal_demand", lang).splitlines()
    told = [sentence if line.startswith(step) else line for line in lines]
    assert told != lines
    assert kinds("\n".join(told), claim) == found


@pytest.mark.parametrize(
    ("lang", "title", "demand", "sentence"),
    [
        ("zh", "请付款的函", "请贵司于", "请贵司尽快将上述货款付入我司账户：0000 1688 2016 0001。"),
        ("en", "Please pay", "We require", "Please pay promptly to account 0000 1688 2016 0001."),
    ],
)
def test_a_vague_demand_is_shown_where_it_asks_and_not_in_the_title(lang, title, demand, sentence):
    claim = a_claim(lang)
    _, *lines = draft(claim, "formal_demand", lang).splitlines()
    told = [sentence if line.startswith(demand) else line for line in lines]
    (finding,) = review("\n".join([title, *told]), claim, stage="formal_demand")
    assert finding.kind == "vague"
    assert finding.words == finding.words.strip() != ""  # its number stands in the same line
    assert finding.words in sentence
