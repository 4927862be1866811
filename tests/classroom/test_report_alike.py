"""Planted copies are named, answers written alone are not; how often is measured and printed."""

import ast

import pytest

from creditlib.classroom.answers import BANK, read_bank
from creditlib.classroom.report_alike import alike
from creditlib.classroom.report_prints import prints_of_code, prints_of_prose
from tests.classroom.varied import chance_of, copied, simulated, with_copies

WORLDS = [(12, 16, 1), (40, 4, 4), (120, 1, 8)]  # size, classes, planted pairs in each
BY_CHANCE = 0.002  # share of independent pairs that may be named
MISSED = {1.0: 0, 0.6: 0.5}  # share of copies that may be missed, by how much was copied


@pytest.mark.parametrize("assignment", ["a1-overview", "a2-assessment"])
@pytest.mark.parametrize(("size", "classes", "planted"), WORLDS)
def test_copies_are_named_and_independent_answers_are_not(
    assignment, size, classes, planted, capsys
):
    bank = read_bank(BANK / assignment)
    for share, most_missed in MISSED.items():
        false, lost, pairs = 0, 0, 0
        for number in range(classes):
            chance = chance_of(1000 * size + number)
            answers, faults = simulated(bank, size, chance)
            copies = set(with_copies(answers, faults, planted, share, chance))
            named = {tuple(sorted(one.pair)) for one in alike(answers, faults=faults)}
            false += len(named - copies)
            lost += len(copies - named)
            pairs += size * (size - 1) // 2 - planted
        with capsys.disabled():
            print(
                f"\n  {assignment}, {classes} classes of {size}, {share:.0%} copied:"
                f" {false} of {pairs} independent pairs named,"
                f" {lost} of {classes * planted} copies missed"
            )
        assert false <= BY_CHANCE * pairs
        assert lost <= most_missed * classes * planted


def test_names_strings_comments_and_the_order_of_lines_hide_nothing():
    bank = read_bank(BANK / "a1-overview")
    for number, answers in enumerate(bank.values()):
        source = answers[0].source
        disguised = copied(source, chance_of(number), often=0)
        assert disguised != source
        assert prints_of_code(disguised) == prints_of_code(ast.unparse(ast.parse(source)))


@pytest.mark.parametrize("source", ["def f(:\n  x = (1", "a = '''", "\x00", "if 1:\n  a\n b", ""])
def test_code_that_python_cannot_read_is_compared_all_the_same(source):
    assert prints_of_code(source) == prints_of_code(source)
    assert prints_of_code(f"{source}\nx = round(1)") or not source


def test_prose_is_compared_by_words_and_by_hanzi():
    memo = "客户三个月没有对账，先停货再谈付款计划。"
    assert prints_of_prose(memo) == prints_of_prose(memo.replace("，", "； "))
    assert not prints_of_prose(memo) & prints_of_prose("我们建议下个季度把账期缩短到三十天以内。")


def class_with(answer, same, size=12):
    """A class in which `same` trainees wrote the same three answers, the others nothing alike."""
    plain = {
        f"t{place}": {
            name: f"def f(x):\n    return x{'+ 1' * (place + 1)} - round(x, {place}) * {number}"
            for number, name in enumerate("abc")
        }
        for place in range(size)
    }
    return plain | {f"t{place}": dict.fromkeys("abc", answer) for place in range(same)}


OWN = "def f(x):\n    return [max(one, 7) for one in sorted(x) if one % 5 != 3 and one > 11]"


def test_what_much_of_the_class_has_or_was_given_does_not_count():
    assert [one.pair for one in alike(class_with(OWN, 2))] == [("t0", "t1")]
    assert alike(class_with(OWN, 4)) == []  # a third of the class: a standard answer
    assert alike(class_with(OWN, 2), given=[OWN]) == []


def test_a_short_answer_does_not_count():
    answers = {f"t{place}": dict.fromkeys("abc", "def f(x):\n    return x") for place in range(12)}
    assert alike(answers) == []


def test_the_same_rare_mistake_counts_twice():
    answers = class_with(OWN, 2)
    answers["t1"] = answers["t1"] | {"c": "def f(x):\n    return x[0] and x[1:2] or {}"}
    answers["t0"] |= {"d": OWN}
    answers["t1"] |= {"d": OWN}
    [without] = alike(answers)
    faults = {name: {"a": "percent-vs-fraction"} for name in ("t0", "t1")}
    [having] = alike(answers, faults=faults)
    assert having.mistakes == ["a"]
    assert having.mean > without.mean
    common = {name: {"a": "percent-vs-fraction"} for name in answers}
    assert alike(answers, faults=common)[0].mistakes == []


def test_in_a_class_of_five_nothing_is_compared():
    assert alike(class_with(OWN, 2, size=5)) == []


def test_the_answer_to_who_is_alike_does_not_hang_on_the_order():
    answers = class_with(OWN, 3)
    turned = dict(reversed(answers.items()))
    assert {frozenset(one.pair) for one in alike(answers)} == {
        frozenset(one.pair) for one in alike(turned)
    }
