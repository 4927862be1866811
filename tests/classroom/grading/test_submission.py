"""Whatever bytes come in, a valid notebook or a sentence that says what to do comes out."""

import json

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditlib.classroom.grading import submission
from creditlib.classroom.grading.submission import Problem, parse
from creditlib.i18n import text

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),  # surrogates too
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)
SOURCE = st.text(st.characters(exclude_categories=())) | st.lists(st.text() | PLAIN, max_size=4)
MARK = st.fixed_dictionaries({}, optional={"grade_id": PLAIN, "points": PLAIN, "solution": PLAIN})
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", "html"]) | PLAIN,
        "source": SOURCE | PLAIN,
        "input": SOURCE,
        "level": PLAIN,
        "id": st.sampled_from(["a", "a-1", "cell-1", "cell-2"]) | PLAIN,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": MARK | PLAIN}) | PLAIN,
        "outputs": PLAIN,
        "attachments": PLAIN,
    },
)
CELLS = st.lists(CELL | PLAIN, max_size=6) | PLAIN
NOTEBOOK = st.fixed_dictionaries(
    {},
    optional={
        "nbformat": st.sampled_from([4, 4.0, 3, 2, 5]) | PLAIN,
        "nbformat_minor": PLAIN,
        "cells": CELLS,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": CELLS}) | PLAIN, max_size=2) | PLAIN,
        "metadata": PLAIN,
    },
)


def holds(data):
    """Check that what `parse` returns is valid, and return it."""
    found = parse(data)
    if isinstance(found, Problem):
        assert {text(found.key, lang=lang, **found.values) for lang in ("zh", "en")}
    else:
        nbformat.validate(nbformat.from_dict(found))
        json.dumps(found, ensure_ascii=False).encode()  # it can be written
    return found


@given(st.binary())
def test_any_bytes_are_a_notebook_or_a_problem(data):
    assert isinstance(holds(data), Problem)


@given(PLAIN)
def test_any_json_is_a_notebook_or_a_problem(value):
    holds(json.dumps(value).encode())


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(NOTEBOOK)
def test_anything_that_looks_like_a_notebook_is_one_or_a_problem(value):
    holds(json.dumps(value).encode())


@given(NOTEBOOK, st.data())
def test_a_damaged_notebook_is_a_notebook_or_a_problem(value, data):
    whole = json.dumps(value).encode()
    cut = data.draw(st.integers(0, len(whole)))
    holds(whole[:cut] + data.draw(st.binary(max_size=3)) + whole[cut + 1 :])


def notebook(*cells, **keys):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells, **keys}).encode()


def sources(data):
    return [(cell["cell_type"], cell["source"]) for cell in holds(data)["cells"]]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not_json"),
        (b"PK\x03\x04 a zip", "not_json"),
        ('{"cells": "\u4f60"}'.encode("gbk"), "not_json"),
        (b"null", "not_a_notebook"),
        (b'{"cells": []}', "not_a_notebook"),
        (b'{"nbformat": 4}', "not_a_notebook"),
        (b'{"nbformat": true, "cells": []}', "not_a_notebook"),
        (b'{"nbformat": "4", "cells": []}', "not_a_notebook"),
        (b'{"nbformat": 2, "worksheets": []}', "version"),
        (b'{"nbformat": 5, "cells": []}', "version"),
        (b'{"nbformat": NaN, "cells": []}', "version"),
        (b'{"nbformat": 1' + b"0" * 9000 + b', "cells": []}', "version"),
        (b"[" * 50_000, "too_deep"),
        (b'{"a":' * 50_000, "too_deep"),
        (b"[" * 1_000_001, "too_many_parts"),
        (b"[" + b"0," * 5_000_001 + b"0]", "too_many_parts"),
        (b" " * 20_000_001, "too_large"),
        (notebook(*[{}] * 2_001), "too_many_cells"),
        (notebook({"source": "x" * 2_000_001}), "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:16]!r}",
)
def test_what_is_no_notebook_of_ours_is_named(data, problem):
    assert holds(data).key == f"grading.intake.{problem}"


def test_nesting_of_any_depth_under_the_limit_ends_in_a_notebook_or_a_problem():
    for depth in (10, 100, 900, 1_000, 5_000, 400_000):
        nested = b"[" * depth + b"]" * depth
        holds(b'{"nbformat": 4, "cells": [], "metadata": ' + nested + b"}")


def test_a_source_is_a_text_or_lines_and_a_cell_without_one_is_empty():
    data = notebook(
        {"cell_type": "code", "source": "a\nb"},
        {"cell_type": "code", "source": ["a\n", "b"]},
        {"cell_type": "code", "source": ["a\r\n", 7, None, "b\r"]},
        {"cell_type": "markdown"},
        {"cell_type": "code", "source": {"a": 1}},
        "no cell",
        {"cell_type": "widget", "source": "%%bash"},
    )
    assert sources(data) == [
        ("code", "a\nb"),
        ("code", "a\nb"),
        ("code", "a\nb\n"),
        ("markdown", ""),
        ("code", ""),
        ("raw", "%%bash"),
    ]


def test_of_a_key_that_stands_twice_the_last_counts():
    data = b'{"nbformat": 3, "nbformat": 4, "cells": 7, "cells": [{"source": "1", "source": "2"}]}'
    assert sources(data) == [("raw", "2")]


def test_lone_surrogates_are_replaced_and_pairs_are_joined():
    data = b'{"nbformat": 4, "cells": [{"source": ["\\ud83d", "\\ude00 \\udfff", "\xe4\xbd\xa0"]}]}'
    assert sources(data) == [("raw", "\U0001f600 \ufffd\u4f60")]


def test_a_byte_order_mark_and_utf_16_are_read():
    data = notebook({"cell_type": "code", "source": "x = 1"})
    assert parse(b"\xef\xbb\xbf" + data) == parse(data)
    assert parse(data.decode().encode("utf-16")) == parse(data)


def test_nothing_but_kind_id_text_and_grade_id_comes_through():
    mark = {"grade_id": "dso", "points": 99, "grade": False, "solution": True}
    given = {
        "cell_type": "code",
        "id": "abc",
        "source": "x",
        "execution_count": 3,
        "metadata": {"nbgrader": mark, "tags": ["skip-execution"], "trusted": True},
        "outputs": [{"output_type": "display_data", "data": {"text/html": "<script>"}}],
        "attachments": {"a.png": {}},
    }
    assert parse(notebook(given, metadata={"kernelspec": {"name": "bash"}})) == {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {
                "cell_type": "code",
                "id": "abc",
                "metadata": {"nbgrader": {"grade_id": "dso"}},
                "source": "x",
                "execution_count": None,
                "outputs": [],
            }
        ],
    }


def test_format_3_is_read_as_nbformat_itself_upgrades_it():
    old = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(
                cells=[
                    nbformat.v3.new_heading_cell("Title", level=2),
                    nbformat.v3.new_code_cell("x = 1\nx", metadata={"nbgrader": {"grade_id": "q"}}),
                    nbformat.v3.new_text_cell("markdown", "text"),
                ]
            )
        ]
    )
    upgraded = nbformat.v4.upgrade(nbformat.from_dict(json.loads(json.dumps(old))))
    found = parse(json.dumps(old).encode())
    assert sources(json.dumps(old).encode()) == [
        (cell.cell_type, cell.source) for cell in upgraded.cells
    ]
    assert [cell["metadata"].get("nbgrader") for cell in found["cells"]] == [
        cell.metadata.get("nbgrader") for cell in upgraded.cells
    ]


def test_colab_keeps_the_id_in_the_metadata_and_no_id_is_given_twice():
    data = notebook(
        {"metadata": {"id": "colab_1"}},
        {"id": "same"},
        {"id": "same"},
        {"id": "not an id"},
        {"id": "cell-1"},
        {"id": 7},
        nbformat_minor=0,
    )
    ids = [cell["id"] for cell in holds(data)["cells"]]
    assert ids[:2] == ["colab_1", "same"]
    assert len(set(ids)) == 6


def test_the_limits_leave_room_for_every_notebook_of_the_course(root):
    for page in root.glob("solutions/*/*/*.md"):
        assert len(page.read_text(encoding="utf-8")) * 10 < submission.MOST_LETTERS
