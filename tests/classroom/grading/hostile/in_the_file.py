"""Attacks by the notebook file: marks, tags, ids, outputs, sizes, and what is no notebook."""

import copy
import io
import zipfile

from creditlib.classroom.grading import submission
from tests.classroom.grading.hostile.assignment import (
    KEPT,
    NOTHING,
    RIGHT,
    cell,
    in_code,
    in_file,
    named,
    tests_of,
)

HTML = (
    '<script>alert(1)</script><a href="javascript:alert(2)">x</a><svg onload="alert(3)">'
    '<img src=x onerror="alert(4)"><iframe src="//example.org"></iframe><b>shown</b>'
)
BOTH = ("test-limit", "test-total")


def marks(**values):
    """A change of the nbgrader marks of every test cell."""

    def change(notebook):
        for one in tests_of(notebook):
            one["metadata"]["nbgrader"].update(values)

    return change


def skipped(notebook):
    for one in tests_of(notebook):
        one["metadata"]["tags"] = ["skip-execution", "remove-cell", "raises-exception"]


def gone(notebook):
    notebook["cells"] = [one for one in notebook["cells"] if one not in tests_of(notebook)]


def emptied(notebook):
    for one in tests_of(notebook):
        one["source"] = "pass"


def missing(notebook):
    notebook["cells"] = notebook["cells"][-1:]


def twice(notebook):
    wrong = copy.deepcopy(named(notebook, "dso")) | {"id": "again", "source": "dso = None"}
    notebook["cells"].append(wrong)


def twice_right_last(notebook):
    place = notebook["cells"].index(named(notebook, "limit"))
    right = copy.deepcopy(notebook["cells"][place]) | {"id": "again", "source": RIGHT["limit"]}
    notebook["cells"].insert(place + 1, right)


def own_tests(notebook):
    mark = {"grade": True, "locked": True, "points": 1000, "schema_version": 3, "solution": False}
    notebook["cells"] += [
        cell("pass", f"free-{number}", grade_id=name, **mark)
        for number, name in enumerate(("test-limit", "test-limit", "bonus", "memo", "test-dso"))
    ]


def solved_tests(notebook):
    for one in tests_of(notebook):
        one["metadata"]["nbgrader"] |= {"solution": True, "locked": False}
        one["source"] = "pass"


def as_text(notebook):
    for one in tests_of(notebook):
        one["cell_type"] = "markdown"
        del one["outputs"], one["execution_count"]


def forged_outputs(notebook):
    shown = {"output_type": "execute_result", "data": {"text/plain": "3.0"}, "metadata": {}}
    for one in tests_of(notebook):
        one["outputs"] = [shown | {"execution_count": 1}]
        one["metadata"] |= {"score": 3, "trusted": True, "execution": {"status": "ok"}}
    notebook["metadata"] |= {"nbgrader": {"score": 100}, "signature": "x", "trusted": True}


def kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "evil", "argv": ["touch", "VICTIM/owned"]}
    notebook["metadata"]["language_info"] = {"name": "bash"}


def invisible(notebook):
    for one in tests_of(notebook):
        name = one["metadata"]["nbgrader"]["grade_id"]
        one["metadata"]["nbgrader"]["grade_id"] = name + "\u200b"
        one["id"] = "x" + one["id"]
        one["source"] = "pass  # \u202e\u2066"


def odd_types(notebook):
    notebook["metadata"] = [1, None]
    for number, one in enumerate(tests_of(notebook)):
        one["metadata"]["nbgrader"] = [{"grade_id": []}, 7, {"grade_id": {}}, {"points": "x"}][
            number
        ]
        one["source"] = [None, {"a": 1}, 7]
    notebook["cells"] += [None, 7, "text", [], {}, {"cell_type": []}, {"source": {}, "id": 3}]


def surrogates(notebook):
    notebook["cells"].append(cell("print('\ud800', '\x00')\n'\udfff'", "odd"))
    named(notebook, "memo")["source"] = "why \ud800\x00\x1b[31m"


def zipped(notebook):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pages.ipynb", b"0" * 50_000_000)
    return packed.getvalue()


def nested(notebook):
    return b'{"nbformat": 4, "cells": ' + b"[" * 1_100_000 + b"]" * 1_100_000 + b"}"


def many_cells(notebook):
    one = b'{"cell_type":"raw","source":"","metadata":{}}'
    return b'{"nbformat":4,"cells":[' + b",".join([one] * 400_000) + b"]}"


def many_keys(notebook):
    return (
        b'{"nbformat":4,"cells":[],"x":{'
        + b",".join(b'"%d":0' % n for n in range(1_200_000))
        + b"}}"
    )


def memo_of(text):
    def change(notebook):
        named(notebook, "memo")["source"] = text

    return change


SHOWN = f"""from IPython.display import *
display(HTML({HTML!r}))
display(Markdown({HTML!r}))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)'
            '</script></svg>'))
display(Javascript("alert(5)"))
display({{"text/html": {HTML!r}, "application/javascript": "alert(6)"}}, raw=True)
display(Latex(r"$\\href{{javascript:alert(7)}}{{x}}$<script>alert(8)</script>"))
display({{"image/png": '"><script>alert(9)</script>', "text/plain": "x"}}, raw=True)
raise ValueError({HTML!r})"""

ATTACKS = [
    in_file("skip-execution", "tags on the tests: they never run", skipped, fools_plain=BOTH),
    in_file("grade: false", "tests are no tests", marks(grade=False)),
    in_file("points and scores", "a thousand points a test", marks(points=1000, score=1000)),
    in_file(
        "other schema",
        "marks of a version that there is not",
        marks(schema_version=99, cell_type="markdown", checksum="0", task=True),
    ),
    in_file("tests deleted", "no test cell", gone, finding="test_deleted"),
    in_file("tests emptied", "tests say pass", emptied, finding="test_changed"),
    in_file("tests as answers", "marks tests as answers", solved_tests, finding="test_changed"),
    in_file("tests as text", "tests are Markdown cells", as_text),
    in_file("own tests", "adds tests worth a thousand points", own_tests, finding="test_changed"),
    in_file(
        "answers deleted",
        "only the memo is left",
        missing,
        scores=NOTHING,
        finding="answer_deleted",
    ),
    in_file(
        "two answers, wrong last",
        "the right answer and a wrong one under one id",
        twice,
        scores=KEPT | {"test-dso": 0.0},
        finding="answer_twice",
    ),
    in_file(
        "two answers, right last",
        "a wrong answer and the right one under one id",
        twice_right_last,
        scores=KEPT | {"test-limit": 3.0},
        finding="answer_twice",
    ),
    in_file("forged outputs", "brings outputs that say 3.0, and marks as trusted", forged_outputs),
    in_file("kernel", "a kernel that is a command", kernel),
    in_file(
        "invisible names", "ids and tests with invisible letters", invisible, finding="test_deleted"
    ),
    in_file("odd types", "lists for texts, numbers for cells", odd_types, finding="test_changed"),
    in_file("surrogates", "letters that are none, NUL and escapes", surrogates),
    in_file(
        "invalid JSON", "half a file", lambda notebook: b'{"nbformat": 4, "cel', problem="not_json"
    ),
    in_file(
        "wrong version",
        "nbformat 9000",
        lambda notebook: notebook | {"nbformat": 9000},
        problem="version",
    ),
    in_file("zip bomb", "a zip of fifty million zeros", zipped, problem="not_json"),
    in_file("deep nesting", "1.1 million brackets", nested, problem="too_many_parts"),
    in_file(
        "deep enough",
        "brackets that pass the count and exhaust the stack",
        lambda notebook: b'{"nbformat": 4, "cells": ' + b"[" * 400_000,
        problem="too_deep",
    ),
    in_file(
        "20 MB",
        "larger than may be",
        lambda notebook: b" " * (submission.LARGEST + 1),
        problem="too_large",
    ),
    in_file(
        "hundreds of thousands of cells",
        "400,000 empty cells",
        many_cells,
        problem="too_many_cells",
    ),
    in_file(
        "a million keys",
        "an object of 1.2 million keys",
        many_keys,
        scores=NOTHING,
        waits=False,
        finding="answer_deleted",
    ),
    in_code(
        "scripts in outputs",
        "HTML, SVG, Markdown, LaTeX, JavaScript and errors that run",
        before=SHOWN,
    ),
    in_file(
        "scripts in the memo",
        "HTML and links that run in an answer",
        memo_of(HTML + "\n\n[x](javascript:alert(1))"),
    ),
    in_code(
        "nested tags",
        "20,000 tags within each other, for whoever cleans them",
        before="from IPython.display import HTML, display\nfor _ in range(20):\n"
        "    display(HTML('<div>' * 20_000))",
    ),
    in_code(
        "huge picture",
        "a picture of 30 MB and one of a thousand million points",
        before="""import os, struct, zlib
from IPython.display import Image, display
def part(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
head = b"\\x89PNG\\r\\n\\x1a\\n"
head += part(b"IHDR", struct.pack(">IIBBBBB", 2**15, 2**15, 8, 0, 0, 0, 0))
display(Image(head + part(b"IDAT", os.urandom(30_000_000)), format="png"))
display(Image(head + part(b"IDAT", b"x") + part(b"IEND", b""), format="png"))""",
    ),
    in_code(
        "slow to read",
        "a cell of a million empty lines that is no Python: for what searches its text",
        before="\n" * 1_000_000 + "(",
    ),
    in_code(
        "slow to parse",
        "cells of long comparisons, chains and brackets: for what parses them",
        before=("1" + "<1" * 600_000, "a;" * 300_000, "(" * 100_000, "-" * 90_000 + "1"),
    ),
    in_file(
        "one line of everything",
        "a notebook that is as many added cells as may be, each of which ends the process",
        lambda notebook: (
            notebook
            | {
                "cells": notebook["cells"]
                + [cell("import os; os._exit(0)", f"m{n}") for n in range(150)]
            }
        ),
        finding="finding_cell_died",
    ),
]
