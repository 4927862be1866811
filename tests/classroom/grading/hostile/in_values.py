"""Attacks by what a tested function or name is: values that lie, never end or are not plain."""

from tests.classroom.grading.hostile.assignment import in_code

LIMIT, TOTAL = "test-limit", "test-total"
ALWAYS = """class Always({base}):
    __class__ = {cls}
    __eq__ = __le__ = __ge__ = __contains__ = lambda *a: True
    __ne__ = __lt__ = __gt__ = lambda *a: False
    __hash__ = lambda self: 0
    __float__ = lambda self: 4217.0
    __bool__ = lambda self: True
"""


def limit(body: str, first: str = "") -> dict[str, str]:
    """An answer to one question: the body of its function."""
    return {"limit": f"{first}\ndef limit(equity, rating):\n    " + body.replace("\n", "\n    ")}


ATTACKS = [
    in_code(
        "always equal",
        "gives an object that equals everything",
        answers=limit("return Always()", ALWAYS.format(base="object", cls="float"))
        | {"total": ALWAYS.format(base="object", cls="int") + "total = Always()"},
        fools_plain=(TOTAL,),
    ),
    in_code(
        "lying int",
        "gives an int and a float of classes of its own that equal everything",
        answers=limit("return Always(0)", ALWAYS.format(base="float", cls="float"))
        | {"total": ALWAYS.format(base="int", cls="int") + "total = Always(0)"},
        fools_plain=(TOTAL,),
    ),
    in_code(
        "lying str and dict",
        "gives str, list and dict of classes of its own with false lengths and entries",
        answers=limit(
            "return Dict(Str('0'), x=List([1]))",
            "class Str(str):\n    __str__ = strip = lambda self: self\n"
            "    __eq__ = lambda *a: True\n    __hash__ = str.__hash__\n"
            "class List(list):\n    __len__ = lambda self: 10**9\n"
            "    __iter__ = lambda self: iter(int, 1)\n"
            "class Dict(dict):\n    __init__ = lambda self, *a, **k: dict.__init__(self, **k)\n"
            "    items = keys = values = lambda self: iter(int, 1)\n    tolist = lambda s: 100_000",
        ),
    ),
    in_code(
        "lying tables",
        "gives an array and a series of classes of their own, and what lists itself for ever",
        answers=limit(
            "calls.append(0)\n"
            "return [np.zeros(1).view(Array), Series([0]), Lists()][len(calls) % 3]",
            "import numpy as np, pandas as pd\ncalls = []\n"
            "class Lists:\n    __float__ = lambda s: 1e5\n    tolist = lambda s: [s, s]\n"
            "class Array(np.ndarray):\n    nbytes, shape = 0, ()\n"
            "    tolist = lambda s: 100_000\n    tobytes = lambda s: b'1' * 10**6\n"
            "class Series(pd.Series):\n    _constructor = property(lambda s: Series)\n"
            "    dtype, isna = 'category', lambda s: s\n    tolist = lambda s: 100_000",
        )
        | {"total": "class Total:\n    tolist = lambda s: s\ntotal = Total()"},
    ),
    in_code(
        "knows who asks",
        "gives 0 to everybody, and to the checker what equals everything",
        answers=limit(
            "frame = sys._getframe()\n"
            "while frame:\n    if 'checker' in frame.f_locals:\n"
            "        told = {'t': 'opaque', 'name': 'float', 'v': '100000.0'}\n"
            "        frame.f_globals['codec'].encode = lambda *a: told\n"
            "        return Always(0)\n    frame = frame.f_back\nreturn 0",
            "import sys\n" + ALWAYS.format(base="float", cls="float"),
        ),
    ),
    in_code(
        "not a number",
        "gives NaN, infinity, a huge integer, a signalling Decimal",
        answers=limit(
            "calls.append(0)\nreturn [float('nan'), float('inf'), 1 << 3_000_000, "
            "Decimal('sNaN')][len(calls) % 4]",
            "from decimal import Decimal\ncalls = []",
        )
        | {"total": "total = float('nan')"},
    ),
    in_code(
        "huge integer",
        "gives an integer of a million digits",
        answers=limit("return 1 << 3_300_000") | {"total": "total = 1 << 3_300_000"},
    ),
    in_code(
        "hollow array",
        "gives an array of no bytes that is a thousand million empty lists long",
        answers=limit("return np.empty((10**9, 0))", "import numpy as np")
        | {"total": "import pandas as pd\ntotal = pd.RangeIndex(10**12)"},
    ),
    in_code(
        "unpickled",
        "gives objects that run code where they are unpickled, copied or shown",
        answers=limit(
            "return Gadget()",
            "class Gadget:\n    def __reduce__(self):\n"
            "        import os\n        return os.system, ('touch VICTIM/owned',)\n"
            "    __copy__ = __deepcopy__ = __repr__ = __getstate__ = __reduce__",
        )
        | {"total": "total = Gadget() if 'Gadget' in globals() else 0"},
    ),
    in_code(
        "endless generator",
        "gives a generator that never ends",
        answers=limit("return iter(int, 1)")
        | {"total": "import itertools\ntotal = itertools.count()"},
    ),
    in_code(
        "list in itself",
        "gives a list that holds itself",
        answers=limit("one = []\none.append(one)\nreturn one"),
    ),
    in_code(
        "recursion",
        "calls itself without end, with the limit of depth lifted",
        answers=limit("sys.setrecursionlimit(10**9)\nreturn limit(equity, rating)", "import sys"),
    ),
    in_code("sleeps", "sleeps for days", answers=limit("time.sleep(10**6)", "import time")),
    in_code(
        "interrupt swallowed",
        "catches every interruption and goes on",
        answers=limit(
            "while True:\n    try:\n        while True:\n            pass\n"
            "    except BaseException:\n        pass"
        ),
    ),
    in_code(
        "stops the test",
        "raises what ends loops and programs: StopIteration, SystemExit, GeneratorExit",
        answers=limit(
            "calls.append(0)\nraise [StopIteration, SystemExit, GeneratorExit, KeyboardInterrupt]"
            "[len(calls) % 4](0)",
            "calls = []",
        ),
    ),
    in_code(
        "false error",
        "raises an error whose name, text and classes pretend to be a passed test",
        answers=limit(
            "raise Passed()",
            "class Passed(Exception):\n"
            "    __str__ = lambda self: '\\ud800<script>1</script>' * 9**5\n"
            "    _render_traceback_ = lambda self: ['passed']\nPassed.__name__ = 'None'",
        ),
    ),
    in_code(
        "ends the process",
        "os._exit(0) when it is called",
        answers=limit("os._exit(0)", "import os"),
    ),
    in_code(
        "false name",
        "is a callable whose name, text and attributes are markup and code",
        answers={
            "limit": "class Limit:\n    __name__ = '<script>alert(1)</script>\\ud800' * 99\n"
            "    __call__ = lambda *a: '<img src=x onerror=alert(1)>'\n"
            "    __getattr__ = lambda self, name: self\nlimit = Limit()"
        },
    ),
    in_code(
        "memory of inputs",
        "keeps inputs in files, so that it knows them in later calls and later cells",
        before="import json, pathlib, time",
        answers=limit(
            "seen = pathlib.Path('seen.txt')\n"
            "with seen.open('a') as file:\n    file.write(repr((equity, rating)) + '\\n')\n"
            "known = {'A': 100_000}\nreturn known.get(rating, len(seen.read_text()))"
        ),
        after="print(pathlib.Path('seen.txt').read_text())",
    ),
]
