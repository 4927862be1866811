"""Odd but honest: what loses a trainee nothing."""

import copy
import json

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


def in_code(name, does, *, before=(), after="", answers=None, finding=""):
    text = json.dumps(handed_in(RIGHT | {"memo": "Ask."} | (answers or {}), before, after))
    return Submission(
        f"honest: {name}", does, lambda victim: text.encode(), scores=ALL, finding=finding
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
    in_code(
        "warnings and prints",
        "prints and warns, in cells and in functions",
        before="import warnings\nwarnings.warn('old')\nprint('here')",
        answers={
            "dso": "import warnings\ndef dso(receivables, sales, days):\n"
            "    warnings.warn('careful')\n    print(receivables)\n"
            "    return receivables / sales * days"
        },
    ),
    in_code(
        "standard error",
        "writes to the standard error and logs",
        before="import logging, sys\nlogging.basicConfig(level=10)\nlogging.error('lost')\n"
        "print('odd', file=sys.stderr)",
        answers={
            "limit": "import logging\n"
            + RIGHT["limit"].replace(
                "\n    return", "\n    logging.warning('rating %s', rating)\n    return"
            )
        },
    ),
    in_code(
        "tqdm",
        "a progress bar",
        before="from tqdm import tqdm\nfor one in tqdm(range(3)):\n    pass",
    ),
    in_code(
        "figures",
        "draws",
        before="import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('DSO')\nplt.show()",
    ),
    in_code("slow", "takes three seconds", before="import time\ntime.sleep(3)"),
    in_file("cells between", "adds cells after every cell", cells_between),
    in_file("tests deleted", "deleted the tests", tests_deleted, "test_deleted"),
    in_file("tests edited", "wrote into the tests", tests_edited, "test_changed"),
    in_file("with outputs", "executed, out of order", executed),
    in_code(
        "a cell that fails", "an error in a free cell", before=("1 / 0", "raise SystemExit", "x =")
    ),
    in_code(
        "a cell that dies",
        "a free cell ends the process",
        before=("mine = 3", "import os\nos._exit(1)", "mine + 1"),
        finding="finding_cell_died",
    ),
    in_file("VS Code", "saved by VS Code", vs_code),
    in_file("Colab", "saved by Colab", colab),
    in_file("nbformat 3", "saved by an old IPython", version_3),
    *(
        in_file(f"nbformat 4.{number}", "saved by another version", minor(number))
        for number in range(6)
    ),
    in_file("CRLF and BOM", "saved by a Windows editor", from_windows),
    in_code(
        "helpers in free cells",
        "functions, a class and constants in cells of its own",
        before="SHARES = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\n"
        "def share(rating):\n    return SHARES[rating]",
        answers={"limit": "def limit(equity, rating):\n    return equity * share(rating)"},
    ),
    in_code(
        "numpy",
        "numpy's numbers and arrays as results",
        answers={
            "limit": "import numpy as np\ndef limit(equity, rating):\n"
            "    return np.float64(equity) * {'A': 0.1, 'B': 0.05, 'C': 0.02}[rating]",
            "buckets": "import numpy as np\ndef buckets(days):\n"
            "    return np.histogram(days, [0, 0.5, 30.5, 60.5, 9999])[0]",
        },
    ),
    in_code(
        "Decimal",
        "Decimal as a result",
        answers={
            "limit": "from decimal import Decimal\ndef limit(equity, rating):\n"
            "    return Decimal(equity) * {'A': Decimal('0.1'), 'B': Decimal('0.05'), "
            "'C': Decimal('0.02')}[rating]"
        },
    ),
    in_code(
        "pandas",
        "a Series and pandas' numbers as results",
        answers={
            "buckets": "import pandas as pd\ndef buckets(days):\n"
            "    edges = [-1, 0, 30, 60, 9999]\n"
            "    return pd.cut(pd.Series(days, dtype=float), edges).value_counts(sort=False)",
            "dso": "import pandas as pd\ndef dso(receivables, sales, days):\n"
            "    return (pd.Series([receivables]) / sales * days).sum()",
        },
    ),
    in_code(
        "tuple",
        "a tuple for a list",
        answers={
            "buckets": RIGHT["buckets"].replace("return [", "return tuple([").rstrip("]") + "])"
        },
    ),
    in_code(
        "mutation",
        "changes the list that it is given",
        answers={
            "buckets": "def buckets(days):\n    counts = [0, 0, 0, 0]\n    while days:\n"
            "        one = days.pop()\n"
            "        counts[0 if one == 0 else min((one - 1) // 30 + 1, 3)] += 1\n    return counts"
        },
    ),
    in_code(
        "recursion",
        "calls itself",
        answers={
            "buckets": "def buckets(days):\n    if not days:\n        return [0, 0, 0, 0]\n"
            "    counts = buckets(days[1:])\n    one = days[0]\n"
            "    counts[0 if one == 0 else min((one - 1) // 30 + 1, 3)] += 1\n    return counts"
        },
    ),
    in_code(
        "a class",
        "a method of a class, bound to the name",
        answers={
            "limit": "class Policy:\n    shares = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\n"
            "    def limit(self, equity, rating):\n        return equity * self.shares[rating]\n\n"
            "limit = Policy().limit"
        },
    ),
    in_code(
        "local imports",
        "imports within a function",
        answers={
            "limit": "def limit(equity, rating):\n    from fractions import Fraction\n"
            "    return float(equity * Fraction({'A': '0.1', 'B': '0.05', 'C': '0.02'}[rating]))"
        },
    ),
    in_code(
        "lambda and decorator",
        "a cached lambda",
        answers={
            "limit": "from functools import lru_cache\n"
            "share = {'A': 0.1, 'B': 0.05, 'C': 0.02}.get\n"
            "limit = lru_cache(lambda equity, rating: equity * share(rating))"
        },
    ),
    in_code(
        "Chinese names",
        "names and comments in Chinese",
        answers={
            "limit": "比例 = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\ndef 额度(净资产, 等级):\n"
            '    """净资产乘以比例。"""\n    return 净资产 * 比例[等级]\n\nlimit = 额度'
        },
    ),
    in_file("answer in two cells", "half of the answer in a cell before", split),
    in_code(
        "magics of IPython",
        "magics, some of which find no network and no program",
        answers={"limit": "def limit(equity, rating):\n    return equity * SHARES[rating]"},
        before=(
            "%matplotlib inline\n%timeit -n1 -r1 1 + 1\nSHARES = {'A': 0.1, 'B': 0.05, 'C': 0.02}",
            "!pip list --no-index",
            "%%time\nx = 3",
            "!nosuchprogram",
            "%pip --version",
            "files = !ls\nprint?",
        ),
    ),
    in_code(
        "sorted out of order",
        "works that depend on an earlier answer",
        answers={"total": "parts = buckets([0, 1, 2])\ntotal = sum(invoices) + 0 * parts[0]"},
    ),
]
NEIGHBOUR = in_code("neighbour", "plain honest work", before="print(invoices)\nimport numpy")
BLANK = json.dumps(copy.deepcopy(RELEASE)).encode()
