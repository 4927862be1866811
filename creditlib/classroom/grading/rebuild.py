"""The notebook that is graded: the instructor's, with nothing of a submission but its answers.

Of a submission only texts are read: that of each answer cell, found by its `grade_id`, and those
of the cells that the trainee added. So tags, points, kinds, an order that was changed, tests that
were changed or deleted cannot matter; what had to be put right is listed.
"""

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from creditlib.classroom.notebooks import grade_id, is_grade, is_solution, source_of

HIDDEN = re.compile(
    r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?END \1[^\n]*(\n|\Z)", re.DOTALL | re.MULTILINE
)
PICTURE = "](attachment:"
KEPT = ("cell_type", "source")  # of a cell that the trainee added


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to run, and what was put right in it.

    `findings` are message keys with their values; `unanswered` the ids of the answer cells that
    are as the release has them, empty or deleted.
    """

    notebook: dict
    findings: list[tuple[str, dict]]
    unanswered: list[str]


def master(source: Mapping, release: Mapping) -> dict:
    """Return the instructor's notebook as the gradebook keeps it.

    The release, with the whole test cells of `source`, hidden tests too, and nbgrader's checksum
    of each marked cell: that of an answer cell is the checksum of what a trainee finds in it.
    """
    texts = {grade_id(cell): source_of(cell) for cell in source["cells"] if grade_id(cell)}
    whole = copy.deepcopy(dict(release))
    for cell in whole["cells"]:
        if grade_id(cell):
            if not is_solution(cell):
                cell["source"] = texts[grade_id(cell)]
            cell["metadata"]["nbgrader"]["checksum"] = checksum(cell)
    return whole


def checksum(cell: Mapping) -> str:
    """Return nbgrader's checksum of a marked cell: of its text, its kind and its marks."""
    mark = cell["metadata"]["nbgrader"]
    graded, solution = bool(mark.get("grade")), bool(mark.get("solution"))
    locked = not solution and (graded or bool(mark.get("locked")))
    parts = [source_of(cell), cell["cell_type"], str(graded), str(solution), str(locked)]
    parts += [mark["grade_id"], *([str(float(mark["points"]))] if graded else [])]
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def is_unanswered(cell: Mapping) -> bool:
    """Say whether an answer cell is empty, or as the release has it (by its checksum)."""
    text = source_of(cell)
    return not text.strip() or cell["metadata"]["nbgrader"].get("checksum") == checksum(cell)


def rebuild(source: Mapping, submitted: Mapping) -> Rebuilt:
    """Return the instructor's notebook `source` with the answers of `submitted`.

    `source` is what `master` returns (without checksums, only an empty answer counts as none),
    `submitted` what `submission.parse` returns. An answer that is not in it is empty. Of an
    answer cell that is there more than once, the last one that was changed is the answer, and
    the other changed ones stay before it as cells that the trainee added. Cells that the trainee
    added follow the cell that they follow in the submission.

    >>> mark = {"grade_id": "memo", "solution": True, "grade": True, "points": 2}
    >>> memo = {"cell_type": "markdown", "metadata": {"nbgrader": mark}, "source": "Reference"}
    >>> handed_in = memo | {"id": "memo", "source": "Ask for the reason."}
    >>> rebuild({"cells": [memo]}, {"cells": [handed_in]}).notebook["cells"][0]["source"]
    'Ask for the reason.'
    >>> rebuild({"cells": [memo]}, {"cells": []}).findings
    [('grading.intake.answer_deleted', {'cell': 'memo'})]
    """
    places = _Places(source["cells"])
    found = [(cell, places.of(cell)) for cell in submitted["cells"]]
    answers = {place: _chosen(source["cells"][place], found, place) for place in places.answers}

    added: dict[int, list[dict]] = {}
    anchor = -1
    for cell, place in found:
        if place is None or _is_another_version(cell, place, source["cells"], answers):
            if place is not None and place not in answers:
                anchor = place
            if cell["source"].strip():
                added.setdefault(anchor, []).append(cell)
        elif place not in answers or answers[place] is cell:
            anchor = place
    notebook = {
        "cells": list(_in_order(source["cells"], answers, added)),
        "metadata": copy.deepcopy(source.get("metadata", {})),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    unanswered = [
        grade_id(cell) for cell in notebook["cells"] if is_solution(cell) and is_unanswered(cell)
    ]
    return Rebuilt(notebook, list(_findings(source["cells"], found)), unanswered)


class _Places:
    """Where in the instructor's notebook a cell of a submission belongs."""

    def __init__(self, cells: list[dict]):
        places = list(enumerate(cells))
        self.answers = [place for place, cell in places if is_solution(cell)]
        self._by_name = {grade_id(cell): place for place, cell in places if grade_id(cell)}
        self._by_id = {cell["id"]: place for place, cell in places if "id" in cell}
        # Editors that know no ids of cells give new ones; the text still says which it is.
        self._by_text = {
            text: place
            for place, cell in places
            if not is_solution(cell) and (text := _visible(cell))
        }

    def of(self, cell: dict) -> int | None:
        """Return the place, or None if the trainee added the cell."""
        for key, known in (
            (grade_id(cell), self._by_name),
            (cell.get("id"), self._by_id),
            (_plain(cell["source"]), self._by_text),
        ):
            if key in known:
                return known[key]
        return None


def _chosen(answer: Mapping, found: list, place: int) -> dict | None:
    copies = [cell for cell, where in found if where == place]
    changed = [cell for cell in copies if not is_unanswered(_answered(answer, cell))]
    return (changed or copies or [None])[-1]


def _answered(answer: Mapping, cell: Mapping | None) -> dict:
    return {**answer, "source": cell["source"] if cell else ""}


def _is_another_version(cell: dict, place: int, cells: list[dict], answers: Mapping) -> bool:
    """Say whether a cell is a second answer, or an unmarked cell that the trainee changed."""
    if place in answers:
        chosen = answers[place]
        answer = _answered(cells[place], cell)
        return cell["source"] != chosen["source"] and not is_unanswered(answer)
    return grade_id(cells[place]) is None and _plain(cell["source"]) != _visible(cells[place])


def _in_order(cells: list[dict], answers: Mapping, added: Mapping) -> Iterator[dict]:
    used = {cell.get("id") for cell in cells}
    fresh = (name for name in map("added-{}".format, count(1)) if name not in used)

    def as_added(cell: dict) -> dict:
        name = cell["id"] if cell["id"] not in used else next(fresh)
        used.add(name)
        return _clean({key: cell[key] for key in KEPT} | {"id": name, "metadata": {}})

    yield from map(as_added, added.get(-1, ()))
    for place, cell in enumerate(cells):
        if place in answers:
            cell = _answered(cell, answers[place])
        name = cell["id"] if "id" in cell else next(fresh)
        yield _clean(copy.deepcopy({**cell, "id": name, "source": source_of(cell)}))
        yield from map(as_added, added.get(place, ()))


def _clean(cell: dict) -> dict:
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def _findings(cells: list[dict], found: list) -> Iterator[tuple[str, dict]]:
    for place, cell in enumerate(cells):
        if name := grade_id(cell):
            texts = [one["source"] for one, where in found if where == place]
            for finding in _faults(cell, texts):
                yield f"grading.intake.{finding}", {"cell": name}


def _faults(cell: dict, texts: list[str]) -> Iterator[str]:
    if is_solution(cell):
        if not texts:
            yield "answer_deleted"
        if len(set(texts)) > 1:
            yield "answer_twice"
        if any(PICTURE in text for text in texts):
            yield "picture"
    elif is_grade(cell) or cell["cell_type"] == "code":
        if not texts:
            yield "test_deleted"
        elif {_plain(text) for text in texts} - {_visible(cell), _plain(source_of(cell))}:
            yield "test_changed"


def _visible(cell: Mapping) -> str:
    """Return the text of a cell as trainees see it, without its hidden tests."""
    return _plain(HIDDEN.sub("", source_of(cell)))


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
