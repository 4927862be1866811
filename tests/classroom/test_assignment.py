"""Every assignment of the course: its graders know right from wrong, in both languages.

The bank `tests/answers/<assignment>/<question>/` holds answers as trainees write them. Each is
run here in the instructor's notebook, without nbgrader; some also go the whole road with it.
"""

import json
from types import SimpleNamespace

import pytest

from creditlib import i18n
from creditlib.classroom import cohort, course, notebooks
from creditlib.classroom.answers import BANK, Answer, Sample, compose, read_bank, read_samples
from creditlib.classroom.demo import demo, simulated_answers, trainee_names, written_answers
from creditlib.classroom.marks import read_marks
from creditlib.errors import InputError

ASSIGNMENTS = sorted(path.name for path in BANK.glob("*/"))
ANSWERS = [
    pytest.param(assignment, answer, id=f"{assignment}-{answer.question}-{answer.name}")
    for assignment in ASSIGNMENTS
    for answers in read_bank(BANK / assignment).values()
    for answer in answers
]
TRAINEES = 4


@pytest.fixture(scope="session")
def source():
    """`source(assignment, lang)` is the instructor's notebook."""
    known = {}

    def read(assignment, lang):
        if (assignment, lang) not in known:
            (page,) = (course.SOLUTIONS / lang / assignment).glob("*.md")
            known[assignment, lang] = json.loads(notebooks.from_markdown(page))
        return known[assignment, lang]

    return read


def what_tests_say(notebook):
    """Run a notebook's cells in one namespace; per question, what its test said (None: passed)."""
    namespace, said = {"__name__": "__main__"}, {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            code = compile(notebooks.source_of(cell), str(notebooks.grade_id(cell)), "exec")
            exec(code, namespace)
            message = None
        except Exception as error:
            if not (notebooks.is_grade(cell) or notebooks.is_solution(cell)):
                raise
            message = f"{type(error).__name__}: {error}"
        if notebooks.is_grade(cell):
            said[notebooks.question_of(notebooks.grade_id(cell))] = message
    return said


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_both_editions_ask_the_same_questions_and_the_bank_answers_each(source, assignment):
    points = {lang: notebooks.points(source(assignment, lang)) for lang in i18n.LANGUAGES}
    assert points["zh"] == points["en"]
    solutions = {
        notebooks.grade_id(cell)
        for cell in source(assignment, "zh")["cells"]
        if notebooks.is_solution(cell) and not notebooks.is_grade(cell)
    }
    bank = read_bank(BANK / assignment)
    assert (
        set(bank)
        == solutions
        == {notebooks.question_of(cell) for cell in points["zh"] if cell.startswith("test-")}
    )
    for question, answers in bank.items():
        assert sum(answer.right for answer in answers) >= 3, question
        assert sum(not answer.right for answer in answers) >= 4, question


@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
def test_an_answer_of_the_bank_gets_what_it_deserves(source, assignment, answer, lang):
    said = what_tests_say(compose(source(assignment, lang), {answer.question: answer.source}))
    lost = {question: message for question, message in said.items() if message}
    if answer.right:
        assert lost == {}
    else:
        assert set(lost) == {answer.question}
        assert answer.name in lost[answer.question]


@pytest.fixture(scope="module", params=[(a, lang) for a in ASSIGNMENTS for lang in i18n.LANGUAGES])
def graded(request, tmp_path_factory):
    """The demonstration class of an assignment, with the reference handed in too."""
    assignment, lang = request.param
    folder = tmp_path_factory.mktemp("demo") / "class"
    returned = folder.parent / "Reference.ipynb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", lang)
        demo(folder, lang, TRAINEES, assignment=assignment)
        made = cohort.cohort_at(folder, assignment)
        cohort.write_whole(returned, made.source(assignment).read_bytes())
        course.collect(folder, assignment, returned)
        course.grade(folder, assignment)
        marks = read_marks(made, assignment)
    return SimpleNamespace(cohort=made, assignment=assignment, marks=marks)


def machine_graded(graded, trainee):
    bank = read_bank(BANK / graded.assignment)
    return {question: graded.marks.trainees[trainee][question] for question in bank}


@pytest.mark.nbgrader
def test_the_reference_scores_everything_and_the_blank_release_nothing(graded):
    blank = trainee_names(TRAINEES, graded.cohort.lang)[-1]
    everything = {
        question: graded.marks.questions[question] for question in machine_graded(graded, blank)
    }
    assert machine_graded(graded, "Reference") == everything
    assert set(machine_graded(graded, blank).values()) == {0}


@pytest.mark.nbgrader
def test_the_demonstration_gives_the_marks_that_the_bank_says(graded):
    bank = read_bank(BANK / graded.assignment)
    names = trainee_names(TRAINEES, graded.cohort.lang)
    for trainee, answers in simulated_answers(bank, names).items():
        right = {question for question, answer in answers.items() if answer.right}
        assert machine_graded(graded, trainee) == {
            question: graded.marks.questions[question] if question in right else 0
            for question in bank
        }


@pytest.mark.nbgrader
def test_a_written_answer_waits_until_it_is_marked_and_a_blank_one_does_not(graded):
    made, assignment, marks = graded.cohort, graded.assignment, graded.marks
    written = notebooks.marked_by_hand(notebooks.read_notebook(made.source(assignment)))
    samples = read_samples(cohort.marking_guides(made.folder, assignment), written)
    assert set(samples) == set(written)  # there is a guide, with marked samples
    names = trainee_names(TRAINEES, made.lang)
    handed_in = written_answers(samples, names)
    assert [marks.trainees["Reference"][question] for question in written] == [None] * len(written)
    assert marks.waiting.get("Reference", []) == written
    for question in written:
        assert marks.trainees[names[-1]][question] == 0
        for place, name in enumerate(names[:-1]):
            points = marks.trainees[name][question]
            assert points == (None if place % 2 else handed_in[name][question].points)
            assert (question in marks.waiting.get(name, ())) == bool(place % 2)


@pytest.mark.nbgrader
def test_the_release_holds_no_answer_and_no_hidden_test(graded):
    made, assignment = graded.cohort, graded.assignment
    source = notebooks.read_notebook(made.source(assignment))
    released = made.release(assignment).read_text(encoding="utf-8")
    assert notebooks.leaks(source, json.loads(released)) == []
    assert "BEGIN" not in released
    blank = [
        notebooks.source_of(cell)
        for cell in json.loads(released)["cells"]
        if notebooks.is_solution(cell) and not notebooks.is_grade(cell)
    ]
    assert len(blank) == len(read_bank(BANK / assignment))
    assert all("raise NotImplementedError" in one or ": None," in one for one in blank)


@pytest.mark.nbgrader
def test_a_second_demonstration_has_nothing_to_do(graded, capsys, in_english):
    before = (graded.cohort.folder / "gradebook.db").stat().st_mtime_ns
    demo(graded.cohort.folder, graded.cohort.lang, TRAINEES, assignment=graded.assignment)
    assert "up to date" in capsys.readouterr().out
    assert (graded.cohort.folder / "gradebook.db").stat().st_mtime_ns == before


def test_a_folder_that_the_demonstration_did_not_make_is_left_alone(tiny, tmp_path, in_english):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="will not be overwritten"):
        demo(tmp_path, "zh", 2, tiny / "solutions", tiny / "answers")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_sample_is_the_quotation_under_a_heading_that_says_its_points(tiny):
    guides = tiny / "solutions" / "en" / "tiny" / "marking"
    assert read_samples(guides, ["memo", "dso"]) == {
        "memo": [
            Sample("memo", 2, "The customer pays late.\n\nAsk why."),
            Sample("memo", 4.5, "The customer pays late; ask why before the next order."),
        ]
    }


def test_an_answer_may_be_another_with_a_few_words_changed(tmp_path):
    question = tmp_path / "memo"
    question.mkdir()
    (question / "right-short.py").write_text('memo = "Pay 100 by Friday."\n')
    changes = question / "right-short.changes.toml"
    changes.write_text('[wrong-sum]\n"100" = "10"\n\n[wrong-vague]\n" by Friday" = " soon"\n')
    assert read_bank(tmp_path)["memo"] == [
        Answer("memo", True, "short", 'memo = "Pay 100 by Friday."'),
        Answer("memo", False, "sum", 'memo = "Pay 10 by Friday."'),
        Answer("memo", False, "vague", 'memo = "Pay 100 soon."'),
    ]


@pytest.mark.parametrize("words", ["Monday", "0"])
def test_words_to_change_stand_exactly_once(tmp_path, words):
    question = tmp_path / "memo"
    question.mkdir()
    (question / "right-short.py").write_text('memo = "Pay 100 by Friday."\n')
    (question / "right-short.changes.toml").write_text(f'[wrong-sum]\n"{words}" = ""\n')
    with pytest.raises(InputError, match=rf'\[wrong-sum\].*"{words}" must stand exactly once'):
        read_bank(tmp_path)


def test_the_first_trainee_writes_the_best_sample_and_the_last_nothing():
    samples = {"memo": [Sample("memo", 2, "poor"), Sample("memo", 5, "good")]}
    written = written_answers(samples, ["A", "B", "C", "D"])
    assert {name: [one.source for one in given.values()] for name, given in written.items()} == {
        **{"A": ["good"], "B": ["poor"], "C": ["good"]},
        "D": [],
    }


def test_simulated_trainees_are_the_same_each_time_and_of_every_ability(tiny):
    bank = read_bank(tiny / "answers" / "tiny")
    names = trainee_names(40, "en")
    assert len(set(names)) == 40
    answers = simulated_answers(bank, names)
    assert answers == simulated_answers(bank, names)
    assert all(answer.right for answer in answers[names[0]].values())
    assert len(answers[names[0]]) == len(bank)
    assert answers[names[-1]] == {}
    assert {answer.right for one in answers.values() for answer in one.values()} == {True, False}
