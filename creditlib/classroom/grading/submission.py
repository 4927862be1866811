"""A notebook as it was handed in: bytes that nobody trusts, made into a small valid notebook.

Only what grading reads comes through: each cell's text, its kind, its id and the question that it
says it answers. Outputs, tags, points, kernels and every other key stay behind.
"""

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from creditlib.classroom.intake import LARGEST

MOST_CELLS = 2_000
MOST_LETTERS = 2_000_000  # of all cells together; a course's notebook has some fifty thousand
# Counted before anything is read: an empty list takes 2 bytes in the file and 64 in memory.
MOST_BRACKETS = 1_000_000
MOST_COMMAS = 5_000_000
LONGEST_NUMBER = 300
LONGEST_ID = 200
KINDS = {"code": "code", "markdown": "markdown", "heading": "markdown", "html": "markdown"}
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class Problem(NamedTuple):
    """Why a file could not be read as a notebook: the key of the message and its values."""

    key: str
    values: dict[str, object]


def parse(data: bytes) -> dict | Problem:
    """Return the notebook (format 4.5) in `data`, or the problem; never raises.

    Takes format 4 with any minor version, as JupyterLab, VS Code and Colab write it, and format
    3. A cell without text has an empty one, a cell of an unknown kind is `raw`; lone surrogates
    become U+FFFD, line ends `\\n`. The only metadata left is the cell's `grade_id`.

    >>> parse(b"{")
    Problem(key='grading.intake.not_json', values={})
    >>> parse(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["x"]}]}')["cells"]
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'cell_type': 'code', 'id': 'cell-1', 'metadata': {}, 'source': 'x',
      'execution_count': None, 'outputs': []}]
    """
    read = _read_json(data)
    if isinstance(read, Problem):
        return read
    found = _cells_in(read)
    if isinstance(found, Problem):
        return found
    if len(found) > MOST_CELLS:
        return _problem("too_many_cells", cells=len(found), most=MOST_CELLS)
    cells = list(_cells(found))
    letters = sum(len(cell["source"]) for cell in cells)
    if letters > MOST_LETTERS:
        return _problem("too_long", letters=letters, most=MOST_LETTERS)
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def _read_json(data: bytes) -> object:
    if len(data) > LARGEST:
        return _problem("too_large", size=len(data) // 1_000_000, most=LARGEST // 1_000_000)
    brackets = data.count(b"[") + data.count(b"{")
    if brackets > MOST_BRACKETS or data.count(b",") > MOST_COMMAS:
        return _problem("too_many_parts")
    try:
        return json.loads(data, parse_int=_integer)
    except RecursionError:
        return _problem("too_deep")
    except ValueError:
        return _problem("not_json")


def _integer(digits: str) -> int | float:
    # Python refuses numbers of thousands of digits; none of these is ever used.
    return int(digits) if len(digits) < LONGEST_NUMBER else float(digits)


def _cells_in(read: object) -> list | Problem:
    """Return the cells of a notebook, whatever they are."""
    version = read.get("nbformat") if isinstance(read, dict) else None
    if not isinstance(version, int | float) or isinstance(version, bool):
        return _problem("not_a_notebook")
    if version == 4:
        cells = read.get("cells")
    elif version == 3:
        sheets = read.get("worksheets")
        sheets = [one for one in sheets if isinstance(one, dict)] if _is_list(sheets) else []
        cells = [cell for one in sheets if _is_list(one.get("cells")) for cell in one["cells"]]
    else:
        return _problem("version", version=f"{version:g}")
    return cells if _is_list(cells) else _problem("not_a_notebook")


def _cells(found: list) -> Iterator[dict]:
    used: set[str] = set()
    numbers = count(1)
    for given in found:
        if not isinstance(given, dict):
            continue
        metadata = given["metadata"] if isinstance(given.get("metadata"), dict) else {}
        own = given.get("id") or metadata.get("id")  # Colab keeps it in the metadata
        if not isinstance(own, str) or not CELL_ID.fullmatch(own) or own in used:
            own = next(name for name in map("cell-{}".format, numbers) if name not in used)
        used.add(own)
        kind = given.get("cell_type")
        cell = {
            "cell_type": KINDS.get(kind, "raw") if isinstance(kind, str) else "raw",
            "id": own,
            "metadata": _metadata(metadata),
            "source": _source(given),
        }
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
        yield cell


def _metadata(metadata: dict) -> dict:
    mark = metadata.get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    if isinstance(name, str) and 0 < len(name) <= LONGEST_ID:
        return {"nbgrader": {"grade_id": _readable(name)}}
    return {}


def _source(given: dict) -> str:
    source = given.get("source", given.get("input"))  # format 3 has a code cell's text in `input`
    if _is_list(source):
        source = "".join(line for line in source if isinstance(line, str))
    text = _readable(source) if isinstance(source, str) else ""
    level = given.get("level")
    if given.get("cell_type") == "heading" and isinstance(level, int) and 1 <= level <= 6:
        text = f"{'#' * level} {text}"
    return text


def _readable(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _problem(name: str, **values: object) -> Problem:
    return Problem(f"grading.intake.{name}", values)
