"""Of a submission nothing but its answers reaches the notebook that is graded."""

import copy
import json
import random

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.classroom import course, notebooks
from creditlib.classroom.grading.rebuild import checksum, is_unanswered, master, rebuild
from creditlib.classroom.grading.submission import parse
from creditlib.i18n import text

ANSWER = "def dso(receivables, sales, days):\n    return receivables / sales * days"
MEMO = "Ask for the reason before the next order."
ORDER = [None, None, "dso", "test-dso", "discount", "test-discount", "memo"]


@pytest.fixture(scope="module")
def made(tiny, tmp_path_factory):
    """A class whose tiny assignment is released: what the instructor has and trainees get."""
    folder = tmp_path_factory.mktemp("rebuild") / "class"
    course.new(folder, "en", tiny / "solutions")
    course.release(folder, "tiny")
    source = notebooks.read_notebook(folder / "source/tiny/pages.ipynb")
    release = notebooks.read_notebook(folder / "release/tiny/pages.ipynb")
    return folder, source, release, master(source, release)


@pytest.fixture
def whole(made):
    return made[3]


@pytest.fixture
def blank(made):
    """The release, to be filled in."""
    return copy.deepcopy(made[2])


def cell(notebook, name):
    return next(one for one in notebook["cells"] if notebooks.grade_id(one) == name)


def rebuilt(whole, submitted):
    """What grading gets of a notebook that went through a file."""
    made = rebuild(whole, parse(json.dumps(submitted).encode()))
    nbformat.validate(nbformat.from_dict(made.notebook))
    for lang in ("zh", "en"):
        assert all(text(key, lang=lang, **values) for key, values in made.findings)
    return made


def said(made):
    return [(key.removeprefix("grading.intake."), values["cell"]) for key, values in made.findings]


def shown(made):
    return [one["source"] for one in made.notebook["cells"]]


def outline(notebook):
    return [
        (notebooks.grade_id(one), one["cell_type"], notebooks.source_of(one), one["metadata"])
        for one in notebook["cells"]
    ]


def code(source, **metadata):
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": []}


def text_cell(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


@pytest.mark.nbgrader
def test_the_master_is_what_nbgrader_keeps_in_the_gradebook(made):
    import sqlite3

    folder, _, _, whole = made
    gradebook = sqlite3.connect(folder / "gradebook.db")
    kept = gradebook.execute("select name, cell_type, locked, source, checksum from source_cell")
    expected = {name: rest for name, *rest in kept.fetchall()}
    gradebook.close()
    assert {
        notebooks.grade_id(one): [
            one["cell_type"],
            one["metadata"]["nbgrader"]["locked"],
            notebooks.source_of(one),
            one["metadata"]["nbgrader"]["checksum"],
        ]
        for one in whole["cells"]
        if notebooks.grade_id(one)
    } == expected
    assert "REFERENCE MEMO" not in json.dumps(whole)


@pytest.mark.parametrize("kind", ["code", "markdown"])
@pytest.mark.parametrize(
    "mark",
    [
        {"grade": False, "solution": True, "locked": False},
        {"grade": True, "solution": False, "locked": False, "points": 2},
        {"grade": True, "solution": True, "locked": True, "points": 0.5},
        {"grade": False, "solution": False, "locked": True},
        {"grade": False, "solution": False, "locked": False},
    ],
)
def test_the_checksum_is_nbgraders(kind, mark):
    from nbgrader import utils

    one = nbformat.from_dict(
        {
            "cell_type": kind,
            "source": "信用期 30 天\nx = 1",
            "metadata": {"nbgrader": {"grade_id": "q-1", "schema_version": 3, **mark}},
        }
    )
    assert checksum(one) == utils.compute_checksum(one)


def test_the_release_handed_in_as_it_is_gives_the_master_with_nothing_answered(whole, blank):
    made = rebuilt(whole, blank)
    assert outline(made.notebook) == outline(whole)
    assert made.unanswered == ["dso", "discount", "memo"]
    assert made.findings == []


def test_only_the_texts_of_answers_are_taken(whole, blank):
    cell(blank, "dso")["source"] = ANSWER.splitlines(keepends=True)
    made = rebuilt(whole, blank)
    assert cell(made.notebook, "dso")["source"] == ANSWER
    for after, before in zip(made.notebook["cells"], whole["cells"], strict=True):
        assert after["metadata"] == before["metadata"]
        if notebooks.grade_id(after) != "dso":
            assert notebooks.source_of(after) == notebooks.source_of(before)
    assert made.unanswered == ["discount", "memo"]


def test_marks_kinds_tags_outputs_and_kernels_of_a_submission_are_never_read(whole, blank):
    cell(blank, "dso")["source"] = ANSWER
    honest = rebuilt(whole, blank)
    blank["metadata"] = {"kernelspec": {"name": "bash"}, "creditlib": {"stamp": "mine"}}
    for one in blank["cells"]:
        one["metadata"]["tags"] = ["skip-execution", "raises-exception"]
        one["outputs"] = [{"output_type": "error", "evalue": "x"}]
        if mark := one["metadata"].get("nbgrader"):
            mark |= {"points": 1_000, "grade": not mark["grade"], "solution": False, "locked": True}
            mark |= {"checksum": "0", "task": True}
            one["cell_type"] = "markdown" if one["cell_type"] == "code" else "raw"
    assert rebuilt(whole, blank) == honest


def test_a_deleted_answer_is_empty_and_never_the_instructors(made, whole, blank):
    _, source, _, _ = made
    blank["cells"] = [one for one in blank["cells"] if notebooks.grade_id(one) != "memo"]
    for instructors in (whole, source):
        found = rebuilt(instructors, blank)
        assert cell(found.notebook, "memo")["source"] == ""
        assert "memo" in found.unanswered
        assert said(found) == [("answer_deleted", "memo")]


def test_tests_that_were_changed_deleted_or_doubled_stand_as_the_instructor_wrote_them(
    whole, blank
):
    cell(blank, "test-dso")["source"] = "assert True"
    blank["cells"].remove(cell(blank, "test-discount"))
    blank["cells"].append(copy.deepcopy(cell(blank, "test-dso")))
    made = rebuilt(whole, blank)
    assert outline(made.notebook) == outline(whole)
    assert said(made) == [("test_changed", "test-dso"), ("test_deleted", "test-discount")]


def test_a_test_is_known_by_its_text_where_the_editor_lost_its_marks(whole, blank):
    for one in blank["cells"]:
        if str(notebooks.grade_id(one)).startswith("test-"):
            one["metadata"] = {}
            one["id"] = "new" + one["id"]
            one["source"] = notebooks.source_of(one) + "  \n"
    assert outline(rebuilt(whole, blank).notebook) == outline(whole)


def test_an_answer_is_known_by_its_cell_where_the_editor_lost_its_marks(whole, blank):
    cell(blank, "memo").update(source=MEMO, metadata={})
    made = rebuilt(whole, blank)
    assert cell(made.notebook, "memo")["source"] == MEMO
    assert said(made) == []


def test_the_order_in_which_cells_come_does_not_matter(whole, blank):
    cell(blank, "dso")["source"] = ANSWER
    cell(blank, "memo")["source"] = MEMO
    straight = rebuilt(whole, blank)
    for seed in range(5):
        random.Random(seed).shuffle(blank["cells"])
        assert rebuilt(whole, blank) == straight


def test_an_untouched_copy_loses_against_a_changed_one_wherever_it_stands(whole, blank):
    stub = copy.deepcopy(cell(blank, "dso"))
    empty = stub | {"source": "\n"}
    cell(blank, "dso")["source"] = ANSWER
    place = blank["cells"].index(cell(blank, "dso"))
    blank["cells"][place:place] = [stub, empty]
    blank["cells"] += [stub, empty]
    made = rebuilt(whole, blank)
    assert [notebooks.grade_id(one) for one in made.notebook["cells"]] == ORDER
    assert cell(made.notebook, "dso")["source"] == ANSWER
    assert said(made) == [("answer_twice", "dso")]


def test_an_answer_that_was_split_in_two_is_run_in_its_order(whole, blank):
    second = cell(blank, "dso")
    first = copy.deepcopy(second) | {"source": "def per_day(sales, days):\n    return sales / days"}
    second["source"] = ANSWER
    place = blank["cells"].index(second)
    blank["cells"][place:place] = [first, code("between = 1")]
    made = rebuilt(whole, blank)
    assert [notebooks.grade_id(one) for one in made.notebook["cells"]] == [
        *ORDER[:2],
        None,
        None,
        *ORDER[2:],
    ]
    assert shown(made)[2:5] == [first["source"], "between = 1", ANSWER]
    assert said(made) == [("answer_twice", "dso")]


def test_cells_that_the_trainee_added_stay_in_their_place_with_no_metadata(whole, blank):
    first = code("import math", tags=["parameters"], nbgrader={"grade_id": "mine", "grade": True})
    blank["cells"].insert(0, first)
    blank["cells"].insert(1 + ORDER.index("test-dso"), text_cell("My way."))
    blank["cells"] += [code("dso(1, 2, 3)"), code("   ")]
    made = rebuilt(whole, blank)
    assert [notebooks.grade_id(one) for one in made.notebook["cells"]] == [
        *(None, *ORDER[:3], None, *ORDER[3:], None)
    ]
    added = [made.notebook["cells"][place] for place in (0, 4, -1)]
    assert [one["source"] for one in added] == ["import math", "My way.", "dso(1, 2, 3)"]
    assert [one["metadata"] for one in added] == [{}, {}, {}]
    assert said(made) == []


def test_an_unmarked_cell_of_the_instructors_stays_and_the_trainees_version_follows(whole, blank):
    blank["cells"][1]["source"] = "import math"
    made = rebuilt(whole, blank)
    assert shown(made)[1:3] == [notebooks.source_of(whole["cells"][1]), "import math"]
    assert outline(rebuilt(whole, {**blank, "cells": blank["cells"][2:]}).notebook) == outline(
        whole
    )


def test_a_picture_in_an_answer_is_pointed_at(whole, blank):
    cell(blank, "memo")["source"] = "See ![plan](attachment:plan.png)"
    assert said(rebuilt(whole, blank)) == [("picture", "memo")]


def test_without_checksums_only_an_empty_answer_counts_as_none(made, blank):
    _, source, _, _ = made
    cell(blank, "memo")["source"] = " \n"
    assert rebuilt(source, blank).unanswered == ["memo"]


NAMES = [*filter(None, ORDER), "other"]
PIECES = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, None]),
        st.sampled_from(["code", "markdown", "raw"]),
        st.sampled_from(["", " ", "x = 1", "y = 2", "stub", "### BEGIN HIDDEN TESTS\n1"]),
        st.sampled_from(["same", "a", "b", None]),
    ),
    max_size=12,
)


@settings(max_examples=200)
@given(pieces=PIECES, instructors=st.booleans())
def test_whatever_is_handed_in_every_cell_of_the_instructors_stands_once_in_its_order(
    made, pieces, instructors
):
    _, source, release, whole = made
    start = source if instructors else whole
    stubs = {
        notebooks.grade_id(one): notebooks.source_of(one)
        for one in release["cells"]
        if notebooks.grade_id(one)
    }
    cells = [
        {
            "cell_type": kind,
            "id": known,
            "source": stubs.get(name, words) if words == "stub" else words,
            "metadata": {"nbgrader": {"grade_id": name}} if name else {},
        }
        for name, kind, words, known in pieces
    ]
    found = rebuilt(start, {"nbformat": 4, "cells": cells})
    marked = [one for one in found.notebook["cells"] if notebooks.grade_id(one)]
    assert [notebooks.grade_id(one) for one in marked] == ORDER[2:]
    handed_in = {
        (one["metadata"]["nbgrader"]["grade_id"], one["source"]) for one in cells if one["metadata"]
    }
    for one in marked:
        original = cell(start, notebooks.grade_id(one))
        assert (one["metadata"], one["cell_type"]) == (original["metadata"], original["cell_type"])
        if notebooks.is_solution(one):
            assert not one["source"] or (notebooks.grade_id(one), one["source"]) in handed_in
            assert is_unanswered(one) == (notebooks.grade_id(one) in found.unanswered)
        else:
            assert one["source"] == notebooks.source_of(original)
    assert "REFERENCE MEMO" not in shown(found)
