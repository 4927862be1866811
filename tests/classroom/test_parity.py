"""The course's engine gives the marks that plain `nbgrader autograde` gives honest trainees."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from creditlib import i18n
from creditlib.classroom import cohort, course, notebooks, steps
from creditlib.classroom.answers import BANK, compose, read_bank, read_samples
from creditlib.classroom.demo import simulated_answers, trainee_names, written_answers
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.rebuild import master

TRAINEES = 6
ASSIGNMENTS = {
    "zh": sorted(path.name for path in (course.SOLUTIONS / "zh").glob("*/")),
    "en": ["a1-overview"],  # the code is the same, the words are not
}


@dataclass(frozen=True)
class Parity:
    """A class graded by nbgrader itself and by `class grade`."""

    lang: str
    nbgrader: dict[str, Path]
    ours: Path


def hand_in(folder, assignment, names):
    """Simulated trainees hand in: one right, one blank, the others right here and wrong there."""
    made = cohort.cohort_at(folder, assignment)
    release = notebooks.read_notebook(made.release(assignment))
    source = notebooks.read_notebook(made.source(assignment))
    guides = cohort.marking_guides(folder, assignment)
    written = written_answers(read_samples(guides, notebooks.marked_by_hand(source)), names)
    for name, answers in simulated_answers(read_bank(BANK / assignment), names).items():
        given = {**answers, **written[name]}
        notebook = compose(release, {question: one.source for question, one in given.items()})
        path = folder.parent / "returned" / assignment / f"{name}.ipynb"
        cohort.write_whole(path, json.dumps(notebook, ensure_ascii=False).encode())
    course.collect(folder, assignment, folder.parent / "returned" / assignment)


def autograde(folder, assignment):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", assignment],
        cwd=folder,
        capture_output=True,
        text=True,
        # nbgrader takes all points from a test cell that prints a warning; honest code may warn.
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module", params=i18n.LANGUAGES)
def parity(request, tmp_path_factory):
    lang = request.param
    folder = tmp_path_factory.mktemp("parity") / "class"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", lang)
        course.new(folder, lang)
        for assignment in ASSIGNMENTS[lang]:
            course.release(folder, assignment)
            hand_in(folder, assignment, trainee_names(TRAINEES, lang))
        plain = {name: folder.with_name(name) for name in ASSIGNMENTS[lang]}
        for copied in plain.values():
            shutil.copytree(folder, copied)
        with ThreadPoolExecutor(2) as both:
            list(both.map(autograde, plain.values(), plain))
        for assignment in ASSIGNMENTS[lang]:
            assert course.grade(folder, assignment, unsandboxed=True) is True
    return Parity(lang, plain, folder)


def marks(folder, assignment):
    return steps.run_once(cohort.cohort_at(folder), "marks", assignment)["trainees"]


@pytest.mark.nbgrader
def test_every_trainee_has_the_same_points_in_every_cell(parity):
    for assignment, plain in parity.nbgrader.items():
        ours, theirs = marks(parity.ours, assignment), marks(plain, assignment)
        assert set(ours) == set(trainee_names(TRAINEES, parity.lang))
        assert ours == theirs, assignment
        points = {cell["points"] for cells in ours.values() for cell in cells.values()}
        assert len(points) > 1  # it is not that nobody has any


@pytest.mark.nbgrader
def test_five_times_over_a_class_gets_the_same_results(parity):
    assignment = ASSIGNMENTS[parity.lang][:2][-1]
    made = cohort.cohort_at(parity.ours)
    source = notebooks.read_notebook(made.source(assignment))
    whole = master(source, notebooks.read_notebook(made.release(assignment)))
    handed_in = {
        trainee: made.submitted(assignment, trainee).read_bytes()
        for trainee in made.trainees(assignment)
    }

    def once():
        return {
            trainee: (one.scores, one.messages, one.waiting, one.findings, one.notebook)
            for trainee, one in engine.grade_many(
                source=whole, submissions=handed_in, unsandboxed=True
            )
        }

    first = once()
    assert len(first) == TRAINEES
    for _ in range(4):
        assert once() == first
