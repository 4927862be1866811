"""Dunning letters: a draft has no findings, a review finds what it says it finds."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.interest import late_interest
from creditlib.collection.letter_rules import rules
from creditlib.collection.letters import REQUIRED, STAGES, draft, review, score, summary
from creditlib.errors import CreditError, InputError

OURS = {"zh": "云陵云岫机电有限公司", "en": "Yunling Yunxiu Electromechanical Co., Ltd."}
THEIRS = {"zh": "澄浦恒砺泵业有限公司", "en": "Chengpu Tuoran Pumps Co., Ltd."}


def a_claim(lang="zh", **others) -> Claim:
    facts = {
        "debtor": Party(THEIRS[lang], "91000000OV0000318Z", "澄浦市工业一路6号"),
        "creditor": Party(OURS[lang], "91000000OV0000001Z", contact="000-8800 0168"),
        "invoices": (
            OwedInvoice("25110461", date(2025, 10, 20), date(2025, 11, 19), "126800"),
            OwedInvoice("25110478", date(2025, 10, 21), date(2025, 11, 20), "19775.50"),
        ),
        "as_of": date(2025, 12, 8),
        "contract": "HT2024-C0318",
        "daily_penalty": "0.0003",
        "account": "0000 1688 2016 0001",
    }
    return Claim(**(facts | others))


def kinds(letter, claim, stage="formal_demand", **options):
    return {finding.kind for finding in review(letter, claim, stage=stage, **options)}


@st.composite
def claims(draws, lang):
    as_of = draws(st.dates(date(2024, 1, 1), date(2025, 12, 31)))
    invoices = []
    for place in range(draws(st.integers(1, 5))):
        due = as_of - timedelta(days=draws(st.integers(1, 300)))
        cents = draws(st.integers(100_00, 5_000_000_00))
        amount = Decimal(cents) / 100
        disputed = draws(st.sampled_from([Decimal(0), (amount / 4).quantize(Decimal("0.01"))]))
        issued = due - timedelta(days=draws(st.integers(20, 120)))
        number = f"{draws(st.sampled_from(['', 'YX-', 'I']))}{25_000_000 + 137 * place}"
        invoices.append(OwedInvoice(number, issued, due, amount, disputed))
    least = min(one.amount for one in invoices)
    paid = [PartPayment(as_of - timedelta(days=1), (least / 3).quantize(Decimal("0.01")))]
    return a_claim(
        lang,
        invoices=invoices,
        as_of=as_of,
        payments=draws(st.sampled_from([(), paid])),
        contract=draws(st.sampled_from(["HT2024-C0318", "EXP-2025-019", ""])),
        daily_penalty=draws(st.sampled_from([None, "0.0003", "0.0005"])),
    )


@settings(max_examples=60)
@given(
    data=st.data(),
    stage=st.sampled_from(STAGES),
    lang=st.sampled_from(["zh", "en"]),
    sent=st.sets(st.sampled_from(STAGES)),
)
def test_a_draft_of_any_claim_at_any_stage_has_no_findings(data, stage, lang, sent):
    claim = data.draw(claims(lang))
    earlier = dict.fromkeys(sent, claim.as_of - timedelta(days=7))
    assert review(draft(claim, stage, lang, earlier=earlier), claim, stage=stage) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_large_sum_of_interest_that_was_not_agreed_is_no_wrong_amount(lang):
    invoices = (OwedInvoice("7", date(2022, 9, 1), date(2022, 10, 1), "250000"),)
    claim = a_claim(lang, invoices=invoices, daily_penalty=None)
    assert review(draft(claim, "formal_demand", lang), claim, stage="formal_demand") == []


FORMERLY = {
    "zh": ("提醒后", "提醒之后", "催款函后", "继续"),
    "en": ("our reminder", "Our formal demand", "remain suspended"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_draft_speaks_of_no_earlier_notice_that_it_does_not_know_of(stage, lang):
    letter = draft(a_claim(lang), stage, lang)
    later = {"zh": "继续计算", "en": ""}[lang]  # of interest
    assert not any(words in letter.replace(later, "") for words in FORMERLY[lang])


@pytest.mark.parametrize(
    ("stage", "earlier", "says"),
    [
        ("second_reminder", {"reminder": 24}, "Since our reminder of 24 November 2025"),
        (
            "formal_demand",
            {"reminder": 24, "second_reminder": 28},
            "remain unpaid after our reminder of 28 November 2025",
        ),
        ("final_notice", {"formal_demand": 25}, "Our formal demand of 25 November 2025"),
    ],
)
def test_a_draft_refers_to_the_last_notice_before_it(stage, earlier, says):
    sent = {one: date(2025, 11, day) for one, day in earlier.items()}
    assert says in draft(a_claim("en"), stage, "en", earlier=sent)
    zh = draft(a_claim(), stage, "zh", earlier=sent)
    assert f"2025年11月{max(earlier.values())}日" in zh


def test_an_earlier_notice_is_not_later_than_the_letter(in_english):
    with pytest.raises(InputError, match=r"2025-12-09.*2025-12-08"):
        draft(a_claim(), "final_notice", "zh", earlier={"formal_demand": date(2025, 12, 9)})


def test_a_lawyers_letter_speaks_of_its_client_in_the_third_person():
    assert "我司" not in draft(a_claim(), "lawyer_letter", "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("stage", STAGES[2:])
def test_a_formal_draft_claims_the_interest_that_the_law_room_reckons(stage, lang):
    claim = a_claim(lang)
    amount = late_interest(claim, "agreed", head_tail="both").amount
    assert amount == Decimal("829.55")  # 126,800 x 19 d + 19,775.50 x 18 d, 0.03 % a day
    assert f"{amount:,.2f}" in draft(claim, stage, lang)
    assert "1,234.56" in draft(claim, stage, lang, interest="1234.56")


def test_a_draft_asks_for_what_is_open_and_not_contested():
    invoices = (OwedInvoice("7", date(2025, 9, 1), date(2025, 10, 1), "1000", disputed="300"),)
    claim = a_claim("en", invoices=invoices, payments=[PartPayment(date(2025, 11, 3), "100")])
    assert "The total now payable is RMB 600.00." in draft(claim, "final_notice", "en")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"account": ""}, "account"),
        ({"debtor": Party("")}, "name of the debtor"),
        ({"creditor": Party("云岫")}, "contact"),
        ({"as_of": date(2025, 11, 1)}, "Nothing is overdue"),
        ({"payments": [PartPayment(date(2025, 12, 1), "999999")]}, "Nothing is left"),
    ],
)
def test_a_claim_that_cannot_be_demanded_is_not_written(change, says, in_english):
    with pytest.raises(InputError, match=says):
        draft(a_claim(**change), "formal_demand", "zh")


def test_unknown_stages_and_languages_say_which_there_are(in_english):
    with pytest.raises(InputError, match=r"“soon”.*reminder"):
        draft(a_claim(), "soon", "zh")
    with pytest.raises(InputError, match=r"“soon”.*reminder"):
        review("", a_claim(), stage="soon")
    with pytest.raises(CreditError, match="zh, en"):
        draft(a_claim(), "reminder", "fr")


def test_an_empty_letter_lacks_every_element():
    for stage in STAGES:
        lacking = {f"no_{element}" for element in REQUIRED[stage]}
        assert kinds("", a_claim(), stage) == lacking


def test_taking_a_paragraph_out_of_a_draft_is_found():
    claim = a_claim()
    letter = draft(claim, "formal_demand", "zh")
    for beginning, kind in {
        "函号": "no_reference",
        "附件": "no_attachments",
        "送达方式": "no_delivery",
        "期限届满": "no_next_steps",
        "对账或有疑问": "no_contact",
        "我方保留": "no_reservation",
        "请贵司于": "vague",  # “本次请付款项合计……” still asks
    }.items():
        without = "\n".join(line for line in letter.splitlines() if not line.startswith(beginning))
        assert without != letter
        assert kinds(without, claim) == {kind}


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("146,575.50元", "164,575.50元", "wrong_amount"),
        ("126,800.00元", "128,600.00元", "wrong_amount"),
        ("2025年11月19日到期", "2025年10月19日到期", "wrong_date"),
        ("澄浦恒砺泵业有限公司", "澄浦恒砾泵业有限公司", "wrong_debtor"),
    ],
)
def test_a_changed_fact_is_found_where_it_stands(right, wrong, kind):
    claim = a_claim()
    letter = draft(claim, "formal_demand", "zh").replace(right, wrong, 1)
    (finding,) = review(letter, claim, stage="formal_demand")
    assert finding.kind == kind
    assert letter[finding.start : finding.end] == finding.words != ""
    assert finding.words in wrong


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        ("zh", "本次请付款项合计146,575.50元", "余款为146,875.50元"),
        ("zh", "本次请付款项合计146,575.50元", "这一次是146,875.50元"),
        ("en", "The total now payable is RMB 146,575.50", "This leaves RMB 148,275.50"),
        ("en", "The total now payable is RMB 146,575.50", "It is RMB 146,875.50"),
    ],
)
def test_a_wrong_balance_is_found_however_it_is_called(lang, right, wrong):
    claim = a_claim(lang)
    letter = draft(claim, "formal_demand", lang)
    assert right in letter
    assert "wrong_amount" in kinds(letter.replace(right, wrong), claim)


@pytest.mark.parametrize("gap", ["，", " ", "　", "\t", " | "])
def test_days_may_stand_side_by_side_in_any_way(gap):
    claim = a_claim()
    letter = draft(claim, "formal_demand", "zh")
    told = "2025年10月20日开票，2025年11月19日到期，未付"
    assert told in letter
    assert kinds(letter.replace(told, told.replace("，", gap)), claim) == set()
    moved = told.replace("，", gap).replace("11月19日", "10月19日")
    assert kinds(letter.replace(told, moved), claim) == {"wrong_date"}


@pytest.mark.parametrize(
    "written", ["14.65755万元", "人民币壹拾肆万陆仟伍佰柒拾伍元伍角整", "￥１４６，５７５．５０"]
)
def test_a_right_total_is_right_in_every_writing(written):
    claim = a_claim()
    letter = draft(claim, "formal_demand", "zh").replace("146,575.50元", written)
    assert kinds(letter, claim) == set()


OFFENCES = [
    ("zh", "threat", "再不付，就让公安来抓人，你们老板等着坐牢。"),
    ("zh", "disclosure", "我们会把欠款通知贵司的主要客户。"),
    ("zh", "insult", "贵司就是一群骗子。"),
    ("zh", "unlawful_consequence", "到期我们派人拉走设备抵账。"),
    ("zh", "false_authority", "本函受云陵市人民法院委托发出。"),
    ("zh", "personal_account", "也可以打到出纳孙女士的个人账户。"),
    ("en", "threat", "Pay, or the police will arrest your director."),
    ("en", "disclosure", "We will inform your customers that you owe us money."),
    ("en", "insult", "You are nothing but swindlers."),
    ("en", "unlawful_consequence", "Our people will then block your gate."),
    ("en", "false_authority", "This letter has the force of a court order."),
    ("en", "personal_account", "Please transfer it to my personal account."),
]


@pytest.mark.parametrize(("lang", "kind", "sentence"), OFFENCES)
def test_a_sentence_that_must_not_stand_there_is_found(lang, kind, sentence):
    claim = a_claim(lang)
    letter = draft(claim, "formal_demand", lang) + sentence
    (finding,) = review(letter, claim, stage="formal_demand")
    assert finding.kind == kind
    assert finding.words in sentence
    assert finding.why
    assert finding.better


@pytest.mark.parametrize(
    ("lang", "step", "noise"),
    [
        ("zh", "期限届满", "否则我们将动用一切手段，后果自负。"),
        ("en", "If ", "Otherwise we will use all means and you will regret it."),
    ],
)
def test_noise_is_an_empty_consequence_where_no_named_step_stands_beside_it(lang, step, noise):
    claim = a_claim(lang)
    lines = draft(claim, "formal_demand", lang).splitlines()
    assert kinds("\n".join([*lines, noise]), claim) == set()
    rest = [line for line in lines if not line.startswith(step)]
    assert len(rest) == len(lines) - 1
    assert kinds("\n".join([*rest, noise]), claim) == {"empty_consequence"}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "我们不会联系贵司的客户，也不会在微信群里公布此事。"),
        ("zh", "贵司来函称我方的催款是“诈骗”，要“报警”。"),
        ("zh", "我司从不要求把货款付到个人账户。"),
        ("zh", "是否列入失信名单，只有法院才能决定。"),
        ("en", "We will not contact your customers or anyone else."),
        ("en", "Your letter of last week called our reminder “blackmail by crooks”."),
        ("en", "We never ask for payment to a personal account."),
        ("en", "This is no matter for the police."),
    ],
)
def test_what_is_ruled_out_or_quoted_is_no_offence(lang, sentence):
    claim = a_claim(lang)
    assert kinds(draft(claim, "formal_demand", lang) + sentence, claim) == set()


def test_the_gravest_finding_comes_first():
    claim = a_claim("en")
    letter = draft(claim, "formal_demand", "en").replace("RMB 146,575.50", "RMB 164,575.50")
    letter += "You are swindlers. We are so sorry to bother you; there is no hurry."
    found = review(letter, claim, stage="formal_demand")
    assert [one.kind for one in found] == ["insult", "wrong_amount", "too_soft"]
    assert [one.severity for one in found] == ["unlawful", "serious", "advice"]
    assert score(found) == 100 - 40 - 15 - 8


def test_what_a_formal_demand_needs_is_too_hard_for_a_reminder():
    claim = a_claim("en")
    letter = draft(claim, "reminder", "en") + "Otherwise we sue you in court."
    assert kinds(letter, claim, "reminder") == {"too_hard"}


def test_the_stage_follows_from_the_days_overdue_if_none_is_given():
    claim = a_claim("en").on(date(2025, 11, 22))
    letter = draft(claim, "reminder", "en")
    assert review(letter, claim) == []
    assert review(letter, claim.on(date(2025, 12, 31))) != []


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace("\n", "\r\n")])
def test_case_and_line_ends_change_nothing(change):
    claim = a_claim("en")
    assert kinds(change(draft(claim, "final_notice", "en")), claim, "final_notice") == set()


def test_the_summary_counts_by_severity(in_english):
    claim = a_claim("en")
    letter = draft(claim, "formal_demand", "en") + "You are swindlers."
    found = review(letter, claim, stage="formal_demand")
    assert summary(found) == "1 unlawful, 0 serious, 0 to improve."


def test_the_debtor_may_be_written_with_other_spaces_and_stops():
    claim = a_claim("en")
    letter = draft(claim, "formal_demand", "en").replace("Co., Ltd.", "CO.,LTD")
    assert kinds(letter, replace(claim)) == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("our men take the truck", True),
        ("the truck is what our men take", True),  # in any order
        ("our men come. the truck is here", False),  # in two sentences
        ("our men ask the court for the truck", False),  # with what rules it out
        ("our men come, and " + "so on, " * 30 + "the truck", False),  # too far apart
    ],
)
def test_the_parts_of_a_rule_must_stand_near_each_other_in_one_sentence(words, found):
    rule = rules("en").rule("our men & truck !! court")
    assert bool(list(rule.finditer(words))) == found


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "2025年12月8日 函〔7〕"),
        ("zh", "催字一一八，写于2025年12月8日"),
        ("en", "8 December 2025, reminder 7"),
        ("en", "8 December 2025 | 2025/12/8-3"),
    ],
)
def test_a_number_of_its_own_may_be_written_in_many_ways(lang, sentence):
    claim = a_claim(lang)
    heads = ("函号", "Our ref", "8 December")
    lines = draft(claim, "formal_demand", lang).splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith(heads))
    rest = [line for line in lines if not line.startswith(heads)]
    assert kinds("\n".join(rest), claim) == {"no_reference"}
    assert kinds("\n".join([*rest[:place], sentence, *rest[place:]]), claim) == set()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "敬请贵司认真对待此事。"),
        ("zh", "款项何时能付，请贵司给个说法。"),
        ("en", "We ask you to do what is right and pay."),
        ("en", "Payment should be made promptly."),
    ],
)
def test_a_demand_without_a_day_is_vague(lang, sentence):
    claim = a_claim(lang)
    letter = draft(claim, "formal_demand", lang)
    demand = "请贵司于" if lang == "zh" else "We require"
    lines = [sentence if line.startswith(demand) else line for line in letter.splitlines()]
    (finding,) = review("\n".join(lines), claim, stage="formal_demand")
    assert finding.kind == "vague"
    assert finding.words.strip()  # the words that ask


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "请于2025年12月18日前将盖好章的回执寄回我司。"),
        ("zh", "请在2025年12月18日前书面说明贵司对上述数字有无异议。"),
        ("en", "Please sign the confirmation and return it to us by 18 December 2025."),
        ("en", "We invite you to state by 18 December 2025 whether you acknowledge the above."),
    ],
)
def test_to_ask_for_an_answer_by_a_day_is_no_demand(lang, sentence):
    claim = a_claim(lang)
    drop = ("本次请付", "请贵司于") if lang == "zh" else ("The total", "We require", "If payment")
    lines = draft(claim, "formal_demand", lang).splitlines()
    rest = [line for line in lines if not line.startswith(drop)]
    assert "no_demand" in kinds("\n".join([*rest, sentence]), claim)


@pytest.mark.parametrize(("lang", "says"), [("zh", "每日0.03%"), ("en", "0.03% a day")])
def test_a_second_reminder_is_told_to_name_the_right_to_interest_and_no_sum(lang, says):
    claim = a_claim(lang)
    letter = draft(claim, "second_reminder", lang)
    lines = [line for line in letter.splitlines() if "0.03%" not in line]
    (finding,) = review("\n".join(lines), claim, stage="second_reminder")
    assert finding.kind == "no_interest"
    assert says in finding.better
    assert "829.55" not in finding.better


@pytest.mark.parametrize(("stage", "says"), [("second_reminder", True), ("final_notice", False)])
def test_what_is_said_of_missing_interest_is_said_of_the_stage(stage, says, in_english):
    letter = "\n".join(
        line
        for line in draft(a_claim("en"), stage, "en").splitlines()
        if not re.search("0.03%|penalty", line)
    )
    why = {one.kind: one.why for one in review(letter, a_claim("en"), stage=stage)}
    assert ("second reminder" in why["no_interest"]) == says


@pytest.mark.parametrize(
    ("lang", "piece"),
    [("en", " "), ("en", "a"), ("en", "1"), ("zh", "一"), ("zh", "骗子"), ("en", "my account, ")],
)
def test_the_time_that_a_review_takes_grows_as_the_letter_does(lang, piece):
    claim = a_claim(lang)

    def took(signs: int) -> float:
        letter = draft(claim, "formal_demand", lang) + (piece * signs)[:signs]
        start = process_time()
        review(letter, claim, stage="formal_demand", lang=lang)
        return process_time() - start

    took(100)  # compiles the rules
    assert min(took(12_000) for _ in range(2)) < 12 * min(took(2_000) for _ in range(2))
