"""A quiz teaches with every wrong answer, looks the same on every run, and asks no other host."""

import json
import random

import pytest

from creditlib.errors import InputError
from creditlib.widgets import quizzes

CHOICE = {
    "question": "DSO 从 60 天降到 50 天，说明什么？",
    "type": "multiple_choice",
    "answers": [
        {"answer": "回款变快了", "correct": True},
        {"answer": "销售下降了", "correct": False, "feedback": "只看 DSO 看不出销售额。"},
    ],
}
NUMERIC = {
    "question": "100 + 20?",
    "type": "numeric",
    "answers": [
        {"value": 120, "correct": True},
        {"type": "default", "feedback": "把两笔加起来。"},
    ],
}


@pytest.fixture
def quiz_file(tmp_path, monkeypatch):
    """Write questions to a page's folder; gives the path relative to it."""
    monkeypatch.chdir(tmp_path)

    def write(questions, name="dso.json"):
        (tmp_path / name).write_text(json.dumps(questions), encoding="utf-8")
        return name

    return write


def test_a_quiz_is_the_same_on_every_run_and_draws_no_random_number(quiz_file, lang):
    path = quiz_file([CHOICE, NUMERIC])
    random.seed(7)
    state = random.getstate()
    assert quizzes.quiz_page(path) == quizzes.quiz_page(path)
    assert random.getstate() == state


def test_two_quizzes_on_a_page_do_not_share_a_name(quiz_file):
    first = quizzes.quiz_page(quiz_file([CHOICE], "a.json"))
    second = quizzes.quiz_page(quiz_file([CHOICE], "b.json"))
    assert first.split('"')[1] != second.split('"')[1]


def test_no_other_host_is_asked_for_mathjax(quiz_file):
    page = quizzes.quiz_page(quiz_file([CHOICE]))
    assert "cdn" not in page
    assert "document.head.appendChild" not in page


def test_everything_that_jupyterquiz_says_is_said_in_the_language_in_use(quiz_file, lang):
    from jupyterquiz.dynamic.renderer import build_script

    own_words = build_script("if (true) {", True, "", "x", True)
    assert [english for english in quizzes.SPOKEN if english not in own_words] == []
    page = quizzes.quiz_page(quiz_file([CHOICE]))
    for english in ("try again", "answer here:", "(Fuzzy)"):
        assert english not in page
    assert ("再想一想" in page) == (lang == "zh")


def test_a_question_cannot_end_the_script_that_carries_it(quiz_file):
    sly = CHOICE | {"question": "</script><b>?"}
    assert quizzes.quiz_page(quiz_file([sly])).count("</script>") == 1


def test_the_html_is_closed(quiz_file):
    before_script, _, _ = quizzes.quiz_page(quiz_file([CHOICE])).partition("<script>")
    assert before_script.count("<div") == before_script.count("</div") == 1


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        ({}, "list of questions"),
        ([], "list of questions"),
        ([CHOICE, "DSO?"], "question 2 lacks question"),
        ([CHOICE | {"answers": []}], "question 1 lacks answers"),
        ([CHOICE | {"type": "true_false"}], "“true_false”.*multiple_choice"),
        ([CHOICE, CHOICE | {"answers": CHOICE["answers"][1:]}], "question 2 has no right answer"),
        (
            [CHOICE | {"answers": [*CHOICE["answers"], {"answer": "?", "correct": False}]}],
            "answer 3 of question 1 has no feedback",
        ),
        ([NUMERIC | {"answers": NUMERIC["answers"][:1]}], "question 1 says nothing to any other"),
        (
            [NUMERIC | {"answers": [{"range": [1, 2], "correct": True}, NUMERIC["answers"][1]]}],
            "answer 1 of question 1 has no feedback",
        ),
    ],
)
def test_a_quiz_that_would_not_teach_is_refused(quiz_file, in_english, questions, says):
    with pytest.raises(InputError, match=f"file dso.json: .*{says}"):
        quizzes.quiz_page(quiz_file(questions))


def test_a_slip_in_the_file_is_named_with_its_line(tmp_path, in_english):
    (tmp_path / "q.json").write_text('[\n{"question" "DSO?"}]', encoding="utf-8")
    with pytest.raises(InputError, match="row 2: not valid JSON"):
        quizzes.read_questions(tmp_path / "q.json")


def test_a_missing_file_is_named(in_english):
    with pytest.raises(InputError, match=r"nowhere\.json does not exist"):
        quizzes.read_questions("nowhere.json")
