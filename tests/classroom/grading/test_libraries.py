"""What a warm process has ready for its copies, and that no trainee decides more of it."""

import subprocess
import sys

import pytest

from creditlib.classroom.grading import libraries
from creditlib.classroom.grading.session import TraineeRun

READY = "import sys\n{asked} = '{module}' in sys.modules\nimport {module}"


def test_the_instructors_cells_are_looked_through_for_what_is_slow_to_import(write):
    source = write.notebook(
        "import csv\nfrom creditlib.collection import letters as rules",
        write.answer("mine", "from sklearn.metrics import roc_auc_score"),
        write.check("mine", "import matplotlib.pyplot as plt"),
    )
    found = libraries.of_the_instructor(source)
    assert {"creditlib.collection.letters", "sklearn.metrics", "matplotlib.pyplot"} <= set(found)
    assert "csv" not in found


@pytest.mark.parametrize(
    ("written", "imported"),
    [
        ("import sklearn.metrics", ["sklearn.metrics"]),
        ("from scipy import stats\nimport os", ["scipy", "scipy.stats"]),
        ("import sklearn.datasets, scipy.spatial.tests, antigravity", []),
        ("from creditlib.classroom.grading import warm", []),
        ("import sklearn.metrics (", []),
    ],
)
def test_a_trainee_chooses_only_among_what_is_common(write, written, imported):
    assert libraries.of_the_answers(write.notebook(write.answer("mine", written))) == imported


def test_what_is_common_is_there_before_the_notebook_begins_and_nothing_else(write):
    source = write.notebook(
        write.answer("common"),
        write.answer("own"),
        write.check("both", "assert common and not own, (common, own)"),
    )
    answers = {
        "common": READY.format(asked="common", module="matplotlib.pyplot"),
        "own": READY.format(asked="own", module="scipy.fft"),
    }
    assert write.graded(source, answers, times=write.patient).scores == {"test-both": 1}


@pytest.mark.parametrize(
    ("between", "copies"),
    [("import re\nPLACE = re.compile('a')", 1), ("SEEN = first(1)", 2), ("first = abs", 2)],
)
def test_one_copy_serves_tests_with_an_instructors_cell_between_that_reads_no_answer(
    write, monkeypatch, between, copies
):
    made = []
    copy = TraineeRun.copy
    monkeypatch.setattr(TraineeRun, "copy", lambda self: made.append(1) or copy(self))
    source = write.notebook(
        write.answer("first"),
        write.check("first", "assert first(1) == 2"),
        write.cell(between, grade_id="between", locked=True),
        write.answer("second"),
        write.check("second", "assert second(1) == 3"),
    )
    answers = {"first": "def first(x): return x + 1", "second": "def second(x): return x + 2"}
    assert write.graded(source, answers).scores == {"test-first": 1, "test-second": 1}
    assert len(made) == copies


def test_nbgrader_starts_without_the_grammar_of_web_addresses_and_its_server():
    code = (
        "import creditlib.classroom.light_start, sys, nbgrader.api, jsonschema\n"
        "assert not sys.modules['rfc3987_syntax']\n"
        "assert 'jupyter_server' not in sys.modules\n"
        "jsonschema.validate('x', {'type': 'string', 'format': 'iri'})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
