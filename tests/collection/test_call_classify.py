"""Own words are understood as moves: measured on sentences that the classifier never saw."""

import tomllib
from pathlib import Path

import pytest

from creditlib.collection.call_classify import classify, moves_in
from creditlib.collection.call_files import call_file
from creditlib.collection.dialogue import (
    BAD_MOVES,
    GOOD_MOVES,
    MOVES,
    PERSONAS,
    UNLAWFUL_MOVES,
    Call,
)
from creditlib.collection.moves import move_words
from creditlib.data import load
from creditlib.i18n import text
from tests.collection.talks import CLAIM

FOLDER = Path(__file__).parent
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def kept_out(language):
    told = tomllib.loads((FOLDER / f"kept_out_{language}.toml").read_text(encoding="utf-8"))
    return [(move, line) for move, lines in told.items() for line in lines]


def on_the_telephone(language):
    told = tomllib.loads((FOLDER / "kept_out_telephone.toml").read_text(encoding="utf-8"))
    return [
        (set() if moves == "unknown" else set(moves.split("+")), line)
        for moves, lines in told[language].items()
        for line in lines
    ]


def examples(language):
    told = call_file(f"examples_{language}")
    return [(move, line) for move, lines in told.items() for line in lines]


@LANGUAGES
def test_every_move_has_forty_examples_and_none_of_those_kept_out_is_one(language):
    told = call_file(f"examples_{language}")
    assert set(told) == {*MOVES, "off_topic"}
    assert min(map(len, told.values())) >= 40
    assert {move for move, _ in kept_out(language)} == {*MOVES, "unknown"}
    seen = {"".join(line.lower().split()) for _, line in examples(language)}
    measured = [line for _, line in (*kept_out(language), *on_the_telephone(language))]
    assert not seen & {"".join(line.lower().split()) for line in measured}


@LANGUAGES
def test_no_example_stands_under_two_moves(language):
    lines = [line for _, line in examples(language)]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(("language", "least"), [("zh", 0.95), ("en", 0.95)])
def test_most_of_what_was_kept_out_is_understood(language, least):
    pairs = [(move, line) for move, line in kept_out(language) if move in MOVES]
    right = sum(classify(line, language) == move for move, line in pairs)
    assert right / len(pairs) >= least


@pytest.mark.parametrize(("language", "least"), [("zh", 0.93), ("en", 0.9)])
def test_most_of_what_is_said_on_the_telephone_is_understood_whole(language, least):
    pairs = on_the_telephone(language)
    assert (
        sum(set(moves_in(line, language)) == moves for moves, line in pairs) / len(pairs) >= least
    )


@LANGUAGES
def test_an_example_is_understood_as_what_it_is_an_example_of(language):
    for move, line in examples(language):
        assert classify(line, language) == ("" if move == "off_topic" else move)


@LANGUAGES
def test_no_move_is_hard_to_say(language):
    pairs = kept_out(language)
    for move in MOVES:
        lines = [line for each, line in pairs if each == move]
        assert sum(classify(line, language) == move for line in lines) > len(lines) / 2, move


@LANGUAGES
def test_what_is_off_topic_is_hardly_ever_taken_for_a_move(language):
    lines = [line for move, line in kept_out(language) if move == "unknown"]
    assert sum(classify(line, language) == "" for line in lines) / len(lines) >= 0.8


@LANGUAGES
def test_of_what_breaks_the_law_hardly_anything_passes_as_harmless(language):
    lines = [line for move, line in kept_out(language) if move in UNLAWFUL_MOVES]
    harmless = [line for line in lines if classify(line, language) not in BAD_MOVES]
    assert len(harmless) / len(lines) <= 0.1, harmless


@LANGUAGES
def test_an_unlawful_sentence_is_heard_among_kind_ones(language):
    kind = move_words("listen", language, {})
    threat = move_words("threaten", language, {})
    assert moves_in(f"{kind} {kind} {threat} {kind}", language) == ("threaten",)


@LANGUAGES
def test_the_sentences_of_the_buttons_are_understood(language):
    hidden = Call("forgetful", CLAIM, lang=language)
    for move in MOVES:
        assert classify(move_words(move, language, hidden._values()), language) == move


@LANGUAGES
def test_a_decent_sentence_is_hardly_ever_heard_as_unlawful(language):
    decent = [line for move, line in kept_out(language) + examples(language) if move in GOOD_MOVES]
    wrong = [line for line in decent if classify(line, language) in UNLAWFUL_MOVES]
    assert len(wrong) <= 0.01 * len(decent), wrong


@pytest.mark.parametrize(
    ("language", "speaker"), [("zh", "催收员："), ("en", "Collector: ")], ids=["zh", "en"]
)
def test_unlawful_words_in_the_transcripts_of_the_world_are_heard(language, speaker):
    calls = load("calls").dropna(subset=[f"transcript_{language}"])
    agree = 0
    for call in calls.itertuples():
        lines = getattr(call, f"transcript_{language}").splitlines()
        said = [line.removeprefix(speaker) for line in lines if line.startswith(speaker)]
        heard = {move for line in said for move in moves_in(line, language)}
        agree += bool(heard & set(UNLAWFUL_MOVES)) == (call.conduct != "ok")
    assert agree / len(calls) > 0.95


# A lawful question or notice in words that a threat might use as well.
DECENT = {
    "zh": [
        "审批缺什么东西？", "经办的是什么人啊？", "你们是滚动付款吗？", "我派人把发票送过去",
        "明天我带人过来对账", "我们坐下来在您办公室谈谈吧", "我下周上门收承兑，方便吗？",
        "到时候我们只能起诉，申请强制执行", "协商不成我们就去法院立案", "您的账户查到这笔了吗？",
        "您跟银行说好续贷了吗？", "您给客户打个电话催一下回款？", "您这边账户冻了几个？",
        "是法院冻结的吗？", "您有没有被列入失信名单？", "您每天几点能接电话？",
        "您出差路上注意安全", "您别误会，我没有说您赖账的意思", "等一下，我记一下",
        "好，我发邮件抄送你们领导",
    ],
    "en": [
        "I'll email it, cc your boss", "What does our contract say about payment terms?",
        "Did you tell your bank about the extension?", "Is your account frozen?",
        "Have you called your customer to chase the money?", "I didn't say you lied",
        "I'll send someone round with the papers",
        "Are you on the list of dishonest debtors?", "We would have to freeze your credit line",
        "My people will visit for the reconciliation", "I'm not blaming you",
        "Hold on, let me write that down", "Wait, let me look at the contract",
        "I'll ring you again every Monday until then, is that ok?",
        "Did you get the goods or not?", "What are your grounds?",
    ],
}  # fmt: skip


@LANGUAGES
def test_a_lawful_line_in_dangerous_words_is_not_held_against_the_caller(language):
    heard = {line: set(moves_in(line, language)) & set(BAD_MOVES) for line in DECENT[language]}
    assert {line: moves for line, moves in heard.items() if moves} == {}


@LANGUAGES
@pytest.mark.parametrize("persona", PERSONAS)
def test_the_better_line_of_a_debrief_can_be_typed_as_it_stands(persona, language):
    """What the trainer puts between quotation marks makes decent moves, two at the least."""
    line = text(f"dialogue.persona.{persona}.better", lang=language).split("”")[0].strip("“")
    moves = moves_in(line, language)
    assert len(moves) >= 2
    assert not set(moves) & set(BAD_MOVES)


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        ("您好，云岫机电小梁，请问是刘会计吗？", ("open", "verify_identity")),
        ("这笔30万逾期七十天了，麻烦您安排付款", ("state_facts", "ask_payment")),
        ("Hello, Jane from Yunxiu, is that Mr Chen?", ("open", "verify_identity")),
        ("You owe us 480,000 since October, could you please pay?", ("state_facts", "ask_payment")),
        ("RMB 480,000 is unpaid.", ("state_facts",)),
    ],
)
def test_what_is_told_and_then_asked_in_one_sentence_is_both(words, moves):
    assert moves_in(words) == moves


@pytest.mark.parametrize("words", ["", "   ", "qwertz", "红烧肉挺香", "Lovely weather."])
def test_what_is_no_move_is_none(words):
    assert classify(words) == ""
    assert moves_in(words) == ()


@pytest.mark.parametrize(
    "words", ["……", "...", "嗯……", "Um...", "（等对方开口）", "(waits)", "[silence]"]
)
def test_dots_and_a_stage_direction_are_silence(words):
    assert classify(words) == "stay_silent"


def test_a_bad_word_is_what_is_heard():
    line = "I understand. But pay, or I'll send some people round. Which day suits you?"
    assert moves_in(line, "en") == ("threaten",)
