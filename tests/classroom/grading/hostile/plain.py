"""Grading as `nbgrader autograde` does it: the tests run in the process of what they test.

To show that an attack is one: what gets marks here without an answer must get none on the engine.
`python -m` this module reads `{name: notebook}` and writes `{name: {test: points}}`. Each notebook
runs in a copy of this process, with no sandbox at all: only for attacks on the interpreter.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from creditlib.classroom.notebooks import grade_id
from tests.classroom.grading.hostile.assignment import POINTS, TESTS

SKIPS = "skip-execution"


def scores(submissions: Mapping[str, bytes]) -> dict[str, dict[str, float]]:
    """Return the points of each submission, from a process of its own."""
    notebooks = {name: json.loads(data) for name, data in submissions.items()}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", __name__],
        input=json.dumps(notebooks).encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def _in_a_copy(notebook: dict) -> dict[str, float]:
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                got = _grade(notebook)
            os.write(its, json.dumps(got).encode())
        finally:
            os._exit(0)
    os.close(its)
    with os.fdopen(ours, "rb") as read:
        data = read.read()
    os.waitpid(child, 0)
    return json.loads(data or b"{}")


def _grade(notebook: dict) -> dict[str, float]:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    for cell in notebook["cells"]:  # as nbgrader puts locked cells right
        name = str(grade_id(cell)).removeprefix("test-")
        if f"test-{name}" == grade_id(cell) and SKIPS not in cell["metadata"].get("tags", ()):
            cell["source"] = TESTS.get(name, cell["source"])
    Path("pages.ipynb").write_text(json.dumps(notebook))
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    got = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and SKIPS not in cell["metadata"].get("tags", ()):
            with capture_output():
                result = shell.run_cell(cell["source"], store_history=True)
            failed = result is not None and not result.success
        else:
            failed = False  # no output, no error
        if str(grade_id(cell)).startswith("test-"):
            name = grade_id(cell).removeprefix("test-")
            got[grade_id(cell)] = 0.0 if failed else float(POINTS[name])
    return got


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps({name: _in_a_copy(one) for name, one in json.load(sys.stdin).items()})
    )
