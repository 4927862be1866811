"""The engine gives each submission what it deserves, whatever is in it, and the same each time."""

import copy
import json

import pytest

from creditlib.classroom import course, notebooks
from creditlib.classroom.answers import BANK, compose, read_bank
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.rebuild import checksum
from creditlib.classroom.grading.result import Result
from creditlib.classroom.grading.template import Template
from creditlib.errors import CreditError

ASSIGNMENTS = sorted(path.name for path in BANK.glob("*/"))
TINY = "def dso(receivables, sales, days):\n    return days * receivables / sales"
WRONG = "def dso(receivables, sales, days):\n    return receivables / sales"
TEST = """
from creditlib.checks import expect
expect(dso, (10, 100, 365), 36.5)
### BEGIN HIDDEN TESTS
expect(dso, {"receivables": 51, "sales": 1020, "days": 360}, 18)
### END HIDDEN TESTS
"""


@pytest.fixture(scope="module")
def source():
    """`source(assignment, lang)` is the instructor's notebook."""

    def read(assignment, lang):
        (page,) = (course.SOLUTIONS / lang / assignment).glob("*.md")
        return json.loads(notebooks.from_markdown(page))

    return read


@pytest.fixture
def small(write):
    """An assignment with a function and a text, as the gradebook keeps it."""
    made = write.notebook(
        'from creditlib import use_language\nuse_language("en")',
        write.answer("dso", "raise NotImplementedError()"),
        write.check("dso", TEST, 2),
        write.written("memo", "Write here"),
    )
    memo = made["cells"][-1]
    memo["metadata"]["nbgrader"]["checksum"] = checksum(memo)
    return made


def recorded(notebook, test):
    """What the graded notebook keeps of a failed test: its message and the misconception."""
    [cell] = [one for one in notebook["cells"] if notebooks.grade_id(one) == test]
    return "".join(output.get("evalue", "") for output in cell["outputs"])


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_answer_of_the_bank_gets_what_its_file_says(source, assignment, lang):
    whole = source(assignment, lang)
    answers = [one for many in read_bank(BANK / assignment).values() for one in many]
    handed_in = {
        number: json.dumps(compose(whole, {answer.question: answer.source})).encode()
        for number, answer in enumerate(answers)
    }
    seen = set()
    for number, result in engine.grade_many(whole, handed_in, unsandboxed=True):
        answer = answers[number]
        lost = {
            notebooks.question_of(test): recorded(result.notebook, test)
            for test, score in result.scores.items()
            if score < result.maximum[test]
        }
        assert result.problem is None
        assert set(lost) == (set() if answer.right else {answer.question}), answer
        assert answer.right or answer.name in lost[answer.question], (answer.name, lost)
        seen.add(number)
    assert seen == set(handed_in)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_gets_everything_and_a_blank_notebook_nothing(source, assignment, lang):
    whole = source(assignment, lang)
    by_hand = set(notebooks.marked_by_hand(whole))
    reference = engine.grade_one(whole, json.dumps(whole).encode(), unsandboxed=True)
    assert reference.scores == {
        test: most for test, most in reference.maximum.items() if test not in by_hand
    }
    assert set(reference.waiting) == by_hand
    nothing = compose(whole, {notebooks.grade_id(one): "" for one in whole["cells"]})
    blank = engine.grade_one(whole, json.dumps(nothing).encode(), unsandboxed=True)
    assert blank.scores == dict.fromkeys(blank.maximum, 0)
    assert blank.waiting == []


def test_right_wrong_and_untouched_answers(write, small):
    right = write.graded(small, {"dso": TINY, "memo": "Ask why."})
    assert (right.scores, right.messages, right.waiting) == (
        {"test-dso": 2},
        {"test-dso": ""},
        ["memo"],
    )
    wrong = write.graded(small, {"dso": WRONG})
    assert wrong.scores == {"test-dso": 0, "memo": 0}
    assert wrong.messages["test-dso"] == "dso(10, 100, 365) should give 36.5, but gave 0.1."
    untouched = write.graded(small)
    assert untouched.scores == {"test-dso": 0, "memo": 0}
    assert untouched.messages["test-dso"] == "NameError: name 'dso' is not defined"
    assert untouched.maximum == {"test-dso": 2, "memo": 5}


def test_the_marks_are_the_same_each_time(write, small):
    def once():
        result = write.graded(small, {"dso": WRONG}, added=["import random", "random.random()"])
        return result.scores, result.messages, result.notebook["cells"][3]["outputs"]

    assert [once() for _ in range(5)] == [once()] * 5


def test_the_notebook_is_as_a_kernel_leaves_it(write, small):
    import nbformat

    result = write.graded(small, {"dso": WRONG}, added=["print(1)\n2"], at=1)
    notebook = nbformat.from_dict(result.notebook)
    nbformat.validate(notebook)
    assert [one["execution_count"] for one in notebook["cells"][:4]] == [1, 2, 3, 4]
    assert notebook["cells"][3]["outputs"][0]["output_type"] == "error"
    assert "hidden" not in str(notebook["cells"][3]["outputs"]).lower()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 10**6, b'{"cells": 3}'])
def test_what_is_no_notebook_is_a_problem_of_that_file(small, data):
    result = engine.grade_one(small, data, unsandboxed=True)
    assert result.problem[0].startswith("grading.intake.")
    assert (result.scores, result.waiting) == ({}, [])


def test_a_result_and_a_job_are_bytes_and_the_same_afterwards(small):
    handed_in = json.dumps(compose(small, {"dso": "x = '\ud800'"})).encode()
    result = Result.from_bytes(engine.grade(engine.job(small, handed_in), unsandboxed=True))
    assert Result.from_bytes(result.to_bytes()) == result
    assert result.scores == {"test-dso": 0, "memo": 0}


def test_many_are_graded_as_they_come_and_no_more_are_taken_than_are_at_work(small):
    taken = []

    class Submissions(dict):
        def items(self):
            for trainee, data in super().items():
                taken.append(trainee)
                yield trainee, data

    handed_in = Submissions(
        (f"T{number}", json.dumps(compose(small, {"dso": TINY})).encode()) for number in range(12)
    )
    graded = engine.grade_many(small, handed_in, workers=2, unsandboxed=True)
    first, result = next(graded)
    assert len(taken) <= 2 * engine.WAITING
    assert result.scores["test-dso"] == 2
    rest = dict(graded)
    assert {first, *rest} == set(handed_in)
    assert all(one.scores["test-dso"] == 2 for one in rest.values())


def test_one_that_hangs_or_dies_harms_no_other(write, small):
    works = {
        "hangs": "def dso(receivables, sales, days):\n    while True:\n        pass",
        "swallows": "def dso(*a):\n    while True:\n        try:\n            while True:\n"
        "                pass\n        except BaseException:\n            pass",
        "dies": "import os\n\ndef dso(*a, **k):\n    os._exit(0)",
        "fills": "def dso(*a, **k):\n    return 'x' * 20_000_000",
        "right": TINY,
    }
    handed_in = {
        name: json.dumps(compose(small, {"dso": work})).encode() for name, work in works.items()
    }
    results = dict(engine.grade_many(small, handed_in, times=write.times, unsandboxed=True))
    assert {name: result.scores["test-dso"] for name, result in results.items()} == {
        **{"hangs": 0, "swallows": 0, "dies": 0, "fills": 0},
        "right": 2,
    }
    said = {name: result.messages["test-dso"] for name, result in results.items()}
    assert "took more than 1 seconds" in said["hangs"]
    assert "took more than 1 seconds" in said["swallows"]
    assert "ended while it ran" in said["dies"]
    assert "too large" in said["fills"]


def test_a_function_that_hangs_costs_its_own_question_only(write):
    work = "def f():\n    import os\n    os._exit(0)"
    source = write.notebook(
        write.answer("a", work),
        write.check("a", "f()"),
        write.answer("b", "def g():\n    return 3"),
        write.check("b", "assert g() == 3"),
    )
    assert write.graded(source).scores == {"test-a": 0, "test-b": 1}


@pytest.mark.parametrize(("chosen", "word"), [("zh", "进程"), ("en", "process")])
def test_messages_are_in_the_language_that_the_assignment_chooses(write, chosen, word):
    source = write.notebook(
        f'from creditlib import use_language\nuse_language("{chosen}")',
        write.answer("a", "import os\nos._exit(0)"),
        write.check("a", "f()"),
        write.answer("b", "import os\n\ndef g():\n    os._exit(0)"),
        write.check("b", "g()"),
    )
    result = write.graded(source)
    assert word in result.notebook["cells"][1]["outputs"][0]["evalue"]
    assert word in result.messages["test-b"]


def test_a_notebook_may_read_the_courses_data_and_draw(write, small):
    cells = [
        "from creditlib.data import load\nlen(load('invoices')) > 1000",
        "import matplotlib.pyplot as plt\nfrom creditlib import plots\nplt.title('DSO')",
    ]
    result = write.graded(small, {"dso": TINY}, added=cells, at=1, times=write.patient)
    read, drawn = (one["outputs"] for one in result.notebook["cells"][1:3])
    assert read[0]["data"] == {"text/plain": "True"}
    assert any("image/png" in one.get("data", {}) for one in drawn)


def test_a_warm_process_that_was_killed_is_started_again(write, small):
    template = engine._warm("")[0]
    write.graded(small)
    template._process.kill()
    template._process.wait()
    assert write.graded(small, {"dso": TINY}).scores["test-dso"] == 2


def test_where_no_sandbox_holds_nothing_is_run(monkeypatch, small):
    monkeypatch.setattr(Template, "level", "none")
    with pytest.raises(CreditError, match="--unsandboxed"):
        engine.grade_one(small, b"{}")
    assert engine.grade_one(small, b"{}", unsandboxed=True).level == "none"


def test_without_a_sandbox_the_marks_are_the_same(write, small):
    for answers in ({"dso": TINY}, {"dso": WRONG}, {}):
        inside, outside = (write.graded(small, answers, level=level) for level in ("", "none"))
        assert outside.level == "none"
        assert (inside.scores, inside.messages) == (outside.scores, outside.messages)


def test_the_instructors_notebook_is_left_as_it_is(write, small):
    before = copy.deepcopy(small)
    write.graded(small, {"dso": TINY})
    assert small == before


def test_a_worker_that_begins_after_the_end_starts_no_process(small):
    warm = engine._warm("")
    engine.close()
    with pytest.raises(CreditError):
        engine._graded(small, json.dumps(small).encode(), warm, unsandboxed=True)
    assert not engine._templates
    assert not any(one._process for one in warm)
