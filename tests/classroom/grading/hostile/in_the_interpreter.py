"""Attacks on the interpreter: hooks, patches and a look at what it holds."""

from tests.classroom.grading.hostile.assignment import WRONG, in_code

LIMIT, TOTAL = "test-limit", "test-total"

# In a file or a list of sources: the value that a test expects of these inputs.
LOOK_UP = """
import ast, re

def learnt(texts, inputs):
    for text in texts:
        for found in re.finditer(r"expect\\(limit, (\\(.*?\\)), ([\\d_]+)\\)", text):
            if ast.literal_eval(found[1]) == inputs:
                return int(found[2])
"""


def knowing(where: str) -> str:
    """An answer that looks for the test's own text."""
    return f"{LOOK_UP}\ndef limit(*inputs):\n    return learnt({where}, inputs)"


ATTACKS = [
    in_code(
        "input_transformers",
        "removes the tests' lines before they are compiled",
        before=(
            "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n' if "
            "line.lstrip().startswith(('expect', 'assert')) else line for line in lines])"
        ),
        fools_plain=(LIMIT, TOTAL),
    ),
    in_code(
        "ast_transformer",
        "drops assert and expect from the syntax tree",
        before="""import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
    visit_Expr = visit_Assert
get_ipython().ast_transformers.append(Drop())""",
        fools_plain=(LIMIT, TOTAL),
    ),
    in_code(
        "run_cell",
        "replaces run_cell by one that only reports success",
        before="""shell, run = get_ipython(), get_ipython().run_cell
def kind(source, *more, **named):
    return run("pass" if "expect" in source or "assert" in source else source, *more, **named)
shell.run_cell = kind""",
        answers={"limit": "def limit(*a):\n    return 0"},
        fools_plain=(LIMIT, TOTAL),
    ),
    in_code(
        "showtraceback",
        "replaces what shows an error by what shows nothing",
        before="""shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *a, **k: None""",
    ),
    in_code(
        "pre_run_cell",
        "a hook puts its own expect in place before each cell",
        before="""def kind():
    get_ipython().user_ns["expect"] = lambda *a, **k: None
get_ipython().events.register("pre_run_cell", kind)
get_ipython().events.register("pre_execute", kind)""",
        fools_plain=(LIMIT,),
    ),
    in_code(
        "own expect",
        "defines a function of the name expect",
        answers={"limit": "def expect(*a, **k):\n    pass\n\n" + WRONG["limit"]},
        fools_plain=(LIMIT,),
    ),
    in_code(
        "display hooks and atexit",
        "prints a mark from display hooks, at the end, and when it is collected",
        before="""import atexit, sys
atexit.register(print, "Score: 100")
sys.displayhook = lambda value: print('{"score": 3}')
class Late:
    def __del__(self):
        print('{"score": 3.0, "message": "", "outputs": [], "trouble": false}')
late = Late()""",
    ),
    in_code(
        "In",
        "the tested function reads the history of cells",
        answers={"limit": knowing("get_ipython().user_ns['In']")},
        fools_plain=(LIMIT,),
    ),
    in_code(
        "notebook in the folder",
        "the tested function reads the notebook beside it",
        answers={
            "limit": "import pathlib\n"
            + knowing(
                "[path.read_text().replace('\\\\\"', '\"') "
                "for path in pathlib.Path('.').rglob('*.ipynb')]"
            )
        },
        fools_plain=(LIMIT,),
    ),
    in_code(
        "frames",
        "takes the expected value from the frame that calls",
        answers={
            "limit": """import sys
def limit(*inputs):
    frame = sys._getframe()
    while frame:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back"""
        },
        fools_plain=(LIMIT,),
    ),
    in_code(
        "settrace",
        "traces and profiles every call for the expected value",
        answers={
            "limit": """import sys, threading
seen = [0]
def watch(frame, event, value):
    if "expected" in frame.f_locals:
        seen.append(frame.f_locals["expected"])
for begin in (sys.settrace, sys.setprofile, threading.settrace, threading.setprofile):
    begin(watch)
def limit(*inputs):
    return seen[-1]"""
        },
        fools_plain=(LIMIT,),
    ),
    in_code(
        "gc",
        "searches every object in memory for the text of a test",
        answers={
            "limit": "import gc\n"
            + knowing(
                "[one for many in gc.get_objects() if type(many) in (list, tuple) and "
                "len(many) < 100 for one in many if type(one) is str and 'expect(' in one]"
            )
        },
        fools_plain=(LIMIT,),
    ),
    in_code(
        "core dump of itself",
        "searches the memory of its own process for the text of a test",
        answers={
            "limit": LOOK_UP
            + """
def memory():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as content:
        for line in maps:
            if " rw" in line and ("[heap]" in line or " 0 " in line):
                low, high = (int(one, 16) for one in line.split()[0].split("-"))
                if high - low < 64 << 20:
                    content.seek(low)
                    yield content.read(high - low).decode("latin-1")
def limit(*inputs):
    return learnt(memory(), inputs)"""
        },
    ),
    in_code(
        "isclose",
        "replaces math.isclose: every number is near every other",
        before="import math\nmath.isclose = lambda *a, **k: True",
        fools_plain=(LIMIT,),
    ),
    in_code(
        "builtins",
        "replaces isinstance, abs, all, any, set, type and len",
        before="""import builtins
for name in ("all", "any", "abs"):
    setattr(builtins, name, lambda *a, **k: True)
import creditlib.checks.values as values
values.math = type("Kind", (), {"isclose": lambda *a, **k: True, "isnan": lambda x: False})""",
        answers={
            "total": "class Total:\n    __class__ = int\n    __eq__ = lambda *a: True\n"
            "total = Total()"
        },
        fools_plain=(LIMIT, TOTAL),
    ),
    in_code(
        "pandas and numpy",
        "replaces the methods that compare tables",
        before="""import numpy, pandas
pandas.DataFrame.equals = pandas.Series.equals = lambda *a: True
numpy.allclose = numpy.array_equal = numpy.isclose = lambda *a, **k: True
pandas.testing.assert_frame_equal = lambda *a, **k: None""",
    ),
    in_code(
        "checks",
        "replaces creditlib.checks' own comparison",
        before="""import creditlib.checks, sys
creditlib.checks.difference = creditlib.checks.values.difference = lambda *a, **k: None
creditlib.checks.expect = lambda *a, **k: None""",
        fools_plain=(LIMIT,),
    ),
    in_code(
        "sys.modules",
        "puts modules of its own in place of creditlib.checks and math",
        before="""import sys, types
fake = types.ModuleType("creditlib.checks")
fake.expect = lambda *a, **k: None
sys.modules["creditlib.checks"] = fake
from creditlib.checks import expect
sys.modules["json"] = sys.modules["math"] = fake
sys.meta_path.insert(0, fake)""",
        fools_plain=(LIMIT,),
    ),
    in_code(
        "own pandas.py",
        "leaves pandas.py, math.py and a creditlib folder where Python looks first",
        before="""import os, pathlib, sys
kind = "def expect(*a, **k): pass\\ndef use_language(*a): pass\\nDataFrame = isclose = expect\\n"
for name in ("pandas.py", "math.py", "json.py", "sitecustomize.py", "creditlib/__init__.py",
             "creditlib/checks.py"):
    pathlib.Path(name).parent.mkdir(exist_ok=True)
    pathlib.Path(name).write_text(kind)
sys.path.insert(0, os.getcwd())
os.environ["PYTHONPATH"] = os.getcwd()
for name in [name for name in sys.modules if name.startswith("creditlib.checks")]:
    del sys.modules[name]
del sys.modules["creditlib"]
from creditlib.checks import expect""",
        fools_plain=(LIMIT,),
    ),
    in_code(
        "engine's codec",
        "replaces the engine's own functions in its process by ones that lie",
        before="""import creditlib.classroom.grading.codec as codec
import creditlib.classroom.grading.run as run
plain = codec.encode
codec.encode = lambda value, *a: {"t": "dict", "v": [[{"t": "float", "v": "nan"}, 1]]} \\
    if value == 0 else plain(value, *a)""",
    ),
    in_code(
        "copies that are none",
        "os.fork makes no copy, and no copy ends",
        before="import os\nos.fork = lambda: 0\n"
        "os._exit = os.kill = os.waitpid = lambda *a: (0, 0)",
    ),
    in_code(
        "SystemExit in a hook",
        "ends the interpreter after each cell",
        before="""def leave(*a):
    raise SystemExit(0)
get_ipython().events.register("post_run_cell", leave)
get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)""",
    ),
    in_code(
        "magics",
        "%%bash, !, %run, %load_ext, %%script, %cd, %env and %store",
        before=(
            "%%bash\ncat VICTIM/*/* VICTIM/*; echo '{\"score\": 3}' >&3",
            "!ls / VICTIM; cat VICTIM/gradebook.db; kill -9 -1",
            "%run VICTIM/secret.py\n%load_ext VICTIM/secret\n%cd VICTIM\n%store -r",
            "%%script python3 -c 'import os; os.kill(os.getppid(), 9)'\npass",
            "%env\n%system cat VICTIM/secret.py\n%%writefile VICTIM/gradebook.db",
        ),
    ),
]
