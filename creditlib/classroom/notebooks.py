"""Notebooks as plain data: from Markdown text, and what their graded cells hold."""

import json
from collections.abc import Iterator
from pathlib import Path

BEGINS = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS")
ENDS = ("END SOLUTION", "END HIDDEN TESTS")


def from_markdown(page: Path) -> bytes:
    """Return the Jupyter notebook that a MyST Markdown page describes, nbgrader's marks kept."""
    import jupytext

    notebook = jupytext.read(page)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    return jupytext.writes(notebook, fmt="ipynb").encode()


def read_notebook(path: Path) -> dict:
    """Return a notebook file as nested dictionaries and lists."""
    return json.loads(path.read_text(encoding="utf-8"))


def source_of(cell: dict) -> str:
    """Return the text of a cell, which the file may hold as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def grade_id(cell: dict) -> str | None:
    """Return the id by which nbgrader knows a cell, or None."""
    return _mark(cell).get("grade_id")


def is_solution(cell: dict) -> bool:
    """Say whether trainees write in this cell."""
    return bool(_mark(cell).get("solution"))


def is_grade(cell: dict) -> bool:
    """Say whether this cell carries points."""
    return bool(_mark(cell).get("grade"))


def answers_and_tests(notebook: dict) -> list[str]:
    """Return the ids of the cells that hold an answer or points: no other assignment has them."""
    return [grade_id(cell) for cell in notebook["cells"] if is_solution(cell) or is_grade(cell)]


def points(notebook: dict) -> dict[str, float]:
    """Return the points of every graded cell, by its id, in the order of the notebook."""
    return {
        grade_id(cell): float(_mark(cell)["points"]) for cell in notebook["cells"] if is_grade(cell)
    }


def marked_by_hand(notebook: dict) -> list[str]:
    """Return the ids of the graded cells that an instructor marks: trainees write in them."""
    return [grade_id(cell) for cell in notebook["cells"] if is_grade(cell) and is_solution(cell)]


def question_of(cell_id: str) -> str:
    """Return the question that a graded cell belongs to.

    >>> question_of("test-dupont")
    'dupont'
    """
    return cell_id.removeprefix("test-")


def leaks(source: dict, release: dict) -> list[str]:
    """Return the ids of cells whose answer or hidden test the release still shows.

    Catches what nbgrader's own clearing lets through: a marker that it did not recognise, a
    secret line that also stands in another cell, an answer that was not cleared at all.
    """
    secret, public = {}, set()
    for cell in source["cells"]:
        for line, hidden in _marked_lines(source_of(cell)):
            if hidden:
                secret[line] = grade_id(cell)
            else:
                public.add(line)
    answers = {grade_id(cell): source_of(cell) for cell in source["cells"] if is_solution(cell)}
    found = []
    for cell in release["cells"]:
        lines = [line.strip() for line in source_of(cell).splitlines()]
        found += [secret[line] for line in lines if line in secret and line not in public]
        if any(mark in line for line in lines for mark in (*BEGINS, *ENDS)):
            found.append(grade_id(cell))
        if is_solution(cell) and source_of(cell) == answers.get(grade_id(cell)):
            found.append(grade_id(cell))
    return sorted({str(cell) for cell in found})


def _marked_lines(text: str) -> Iterator[tuple[str, bool]]:
    inside = False
    for line in filter(None, map(str.strip, text.splitlines())):
        if any(mark in line for mark in (*BEGINS, *ENDS)):
            inside = any(mark in line for mark in BEGINS)
        else:
            yield line, inside


def _mark(cell: dict) -> dict:
    return cell.get("metadata", {}).get("nbgrader", {})
