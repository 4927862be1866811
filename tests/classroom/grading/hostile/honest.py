"""Odd but honest, in the file or in the code: what loses a trainee nothing."""

import copy
import json

from tests.classroom.grading.hostile import honest_code
from tests.classroom.grading.hostile.assignment import (
    ALL,
    RELEASE,
    RIGHT,
    Submission,
    cell,
    handed_in,
    named,
    tests_of,
)


def in_file(name, does, change, finding=""):
    def data(victim):
        notebook = handed_in(RIGHT | {"memo": "Ask."})
        changed = change(notebook)
        changed = notebook if changed is None else changed
        return changed if isinstance(changed, bytes) else json.dumps(changed).encode()

    return Submission(f"honest: {name}", does, data, scores=ALL, finding=finding)


def vs_code(notebook):
    """VS Code: no ids of cells, its own metadata, lines as a list."""
    for one in notebook["cells"]:
        del one["id"]
        one["metadata"] |= {"vscode": {"languageId": "python"}}
        one["source"] = one["source"].splitlines(keepends=True)
    notebook["metadata"] = {
        "language_info": {"name": "python", "version": "3.12.1"},
        "orig_nbformat": 4,
    }
    return notebook | {"nbformat_minor": 2}


def colab(notebook):
    """Colab: ids in the metadata, its own keys, minor version 0."""
    for number, one in enumerate(notebook["cells"]):
        one["metadata"] |= {"id": f"Xy{number}Zz", "colab": {"base_uri": "https://localhost:8080/"}}
        del one["id"]
    notebook["metadata"] = {"colab": {"provenance": [], "name": "x.ipynb"}, "accelerator": "GPU"}
    return notebook | {"nbformat_minor": 0}


def version_3(notebook):
    cells = []
    for one in notebook["cells"]:
        old = {"cell_type": one["cell_type"], "metadata": one["metadata"]}
        is_code = one["cell_type"] == "code"
        cells.append(
            old
            | (
                {"input": one["source"], "language": "python", "outputs": []}
                if is_code
                else {"source": one["source"]}
            )
        )
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def minor(number):
    def change(notebook):
        for one in notebook["cells"] if number < 5 else ():
            del one["id"]
        return notebook | {"nbformat_minor": number}

    return change


def from_windows(notebook):
    for one in notebook["cells"]:
        one["source"] = one["source"].replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + json.dumps(notebook, indent=1).replace("\n", "\r\n").encode()


def tests_deleted(notebook):
    notebook["cells"] = [one for one in notebook["cells"] if one not in tests_of(notebook)]


def tests_edited(notebook):
    for one in tests_of(notebook):
        one["source"] = "print('my own check')\n" + one["source"]


def split(notebook):
    """The answer's first half in a cell of the trainee's own."""
    place = notebook["cells"].index(named(notebook, "limit"))
    notebook["cells"].insert(place, cell('SHARES = {"A": 0.1, "B": 0.05, "C": 0.02}', "half"))
    notebook["cells"][place + 1]["source"] = (
        "def limit(equity, rating):\n    return equity * SHARES[rating]"
    )


def merged(notebook):
    """Two answers in one cell, and the last answer moved to the end."""
    first, second = named(notebook, "dso"), named(notebook, "buckets")
    first["source"] += "\n\n" + second["source"]
    notebook["cells"].remove(second)
    moved = named(notebook, "limit")
    notebook["cells"].remove(moved)
    notebook["cells"].append(moved)


def changed_later(notebook):
    """After the tests of an answer, the name of its rate is used for something else."""
    named(notebook, "dso")["source"] = "rate = 1\nfiles = !ls\nrate?\n" + RIGHT["dso"].replace(
        "* days", "* days * rate"
    )
    place = notebook["cells"].index(named(notebook, "test-dso"))
    notebook["cells"].insert(place + 1, cell("rate = 7", "later"))


def cells_between(notebook):
    cells = []
    for number, one in enumerate(notebook["cells"]):
        cells += [
            one,
            cell(f"# tried {number}\n1 + {number}", f"try-{number}"),
            cell("Note: *look here*", f"note-{number}", "markdown"),
        ]
    notebook["cells"] = cells


def executed(notebook):
    for number, one in enumerate(notebook["cells"]):
        if one["cell_type"] == "code":
            one["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "42\n"}]
            one["execution_count"] = number + 17


HONEST = [
    *honest_code.HONEST,
    in_file("cells between", "adds cells after every cell", cells_between),
    in_file("tests deleted", "deleted the tests", tests_deleted, "test_deleted"),
    in_file("tests edited", "wrote into the tests", tests_edited, "test_changed"),
    in_file("with outputs", "executed, out of order", executed),
    in_file("VS Code", "saved by VS Code", vs_code),
    in_file("Colab", "saved by Colab", colab),
    in_file("nbformat 3", "saved by an old IPython", version_3),
    *(
        in_file(f"nbformat 4.{number}", "saved by another version", minor(number))
        for number in range(6)
    ),
    in_file("CRLF and BOM", "saved by a Windows editor", from_windows),
    in_file("answer in two cells", "half of the answer in a cell before", split),
    in_file("two answers in one cell", "merged two answers, moved one", merged, "answer_deleted"),
    in_file("a name used again", "a global of an answer is another value later", changed_later),
]
NEIGHBOUR = honest_code.in_code(
    "neighbour", "plain honest work", before="print(invoices)\nimport numpy"
)
BLANK = json.dumps(copy.deepcopy(RELEASE)).encode()
