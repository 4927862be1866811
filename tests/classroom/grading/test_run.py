"""The trainee's cells run as in a notebook, and what one of them does is that cell's matter."""

import os
import sys
import time

import pytest

from creditlib.classroom.grading import names, outputs
from creditlib.classroom.grading.clock import OutOfTime, limited

TEST = "assert x == 3"


def ran(write, *cells, **how):
    """The cells that a trainee added, with their outputs, and the result."""
    source = write.notebook(write.answer("a", "x = 3"), write.check("a", TEST))
    result = write.graded(source, added=cells, **how)
    return [one["outputs"] for one in result.notebook["cells"]][: len(cells)], result


def test_a_cell_shows_what_it_shows_in_a_notebook(write):
    figure = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('DSO')"
    shown, _ = ran(
        write,
        "print('a')\nprint('b')\n1 + 1",
        "import pandas as pd\npd.DataFrame({'days': [30]})",
        "display('here')\n7;",
        figure,
        "import sys\nprint('odd', file=sys.stderr)",
        "!echo from the shell",
        "_",
    )
    assert shown[0][0] == {"output_type": "stream", "name": "stdout", "text": "a\nb\n"}
    assert shown[0][1]["data"] == {"text/plain": "2"}
    assert shown[0][1]["execution_count"] == 1
    assert "<td>30</td>" in shown[1][0]["data"]["text/html"]
    assert [one["output_type"] for one in shown[2]] == ["display_data"]
    assert any("image/png" in one.get("data", {}) for one in shown[3])
    assert shown[4][0]["name"] == "stderr"
    assert shown[5][0]["text"] == "from the shell\n"
    assert "Text(0.5, 1.0, 'DSO')" in shown[6][0]["data"]["text/plain"]


def test_a_cell_that_fails_stops_no_other(write):
    cells = ["1 / 0", "raise SystemExit", "input()", "3 +", "exit()", "9"]
    shown, result = ran(write, *cells)
    names = ["ZeroDivisionError", "SystemExit", "EOFError", "SyntaxError"]
    assert [one[0]["ename"] for one in shown[:4]] == names
    assert shown[5][0]["data"] == {"text/plain": "9"}
    assert result.scores == {"test-a": 1}


@pytest.mark.parametrize(
    ("work", "finding"),
    [
        ("import os\nos._exit(0)", "cell_died"),
        ("import os\nos.closerange(3, 200)", "cell_died"),
        ("import ctypes\nctypes.string_at(0)", "cell_died"),
        (
            "import signal\nsignal.signal(signal.SIGALRM, lambda *a: 0)\nwhile True: pass",
            "cell_hung",
        ),
    ],
)
def test_a_cell_that_ends_the_process_is_left_out_and_the_rest_runs(write, work, finding):
    shown, result = ran(write, "before = 1", work, "before + 1")
    assert shown[1][0]["output_type"] == "error"
    assert shown[2][0]["data"] == {"text/plain": "2"}
    assert result.findings == [(f"grading.run.finding_{finding}", {"count": 2})]
    assert result.scores == {"test-a": 1}


def test_a_cell_without_end_is_interrupted_at_its_time_limit(write):
    shown, result = ran(write, "while True:\n    pass", "5")
    assert shown[0][-1]["ename"] == "OutOfTime"
    assert shown[1][0]["data"] == {"text/plain": "5"}
    assert result.findings == []


def test_a_notebook_has_a_time_limit_as_a_whole(write):
    times = type(write.times)(cell=1, call=1, test=1, notebook=1.5)
    _, result = ran(write, *["while True: pass"] * 4, times=times)
    assert result.problem is None
    assert result.scores == {"test-a": 0}
    assert ("grading.run.finding_no_time", {"count": 4}) in result.findings


def test_output_without_end_is_cut(write):
    shown, result = ran(
        write, "while True:\n    print('x' * 1000)", "for i in range(10**4): display(i)"
    )
    assert sum(map(outputs.size, shown[0])) < outputs.MOST_TEXT + 1000
    assert len(shown[1]) == outputs.MOST_OUTPUTS + 1
    assert result.scores == {"test-a": 1}


def test_a_copy_of_the_process_that_a_cell_makes_answers_nobody(write):
    shown, result = ran(write, "import os\nchild = os.fork()", "print('once')")
    assert shown[1] == [{"output_type": "stream", "name": "stdout", "text": "once\n"}]
    assert result.scores == {"test-a": 1}


@pytest.mark.parametrize(
    "sabotage",
    [
        "get_ipython().run_cell = None",
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['x = 4'])",
        "import json\njson.dumps = lambda *a, **k: '{}'",
        "import sys\nsys.stdout = None",
        "import creditlib.classroom.grading.codec as c\nc.encode = lambda *a: 3",
    ],
)
def test_who_breaks_the_own_process_breaks_only_that(write, sabotage):
    _, result = ran(write, sabotage)
    assert result.problem is None
    assert result.scores["test-a"] in (0, 1)
    untouched = write.graded(write.notebook(write.answer("a", "x = 3"), write.check("a", TEST)))
    assert untouched.scores == {"test-a": 1}


def test_the_trainees_process_holds_no_test(write):
    look = (  # for hidden_41, without itself holding it
        "import gc, sys\ngc.unfreeze()\n"
        "def holds(one):\n    return '14_neddih' in repr(one)[:10**6][::-1]\n"
        "def frames():\n    frame = sys._getframe()\n"
        "    while frame:\n        yield frame.f_locals\n        frame = frame.f_back\n"
        "small = [one for one in gc.get_objects() if type(one) in (list, tuple, dict, set)\n"
        "         and len(one) < 30]\n"
        "print(len(small) > 1000, any(map(holds, small)), any(map(holds, frames())))"
    )
    source = write.notebook(
        write.answer("a", "x = 3"), write.check("a", "hidden_41 = 3\nassert x == hidden_41")
    )
    result = write.graded(source, added=[look], at=2, times=write.patient)
    assert result.scores == {"test-a": 1}
    assert result.notebook["cells"][2]["outputs"][0]["text"] == "True False False\n"


def test_the_same_random_numbers_come_each_time(write):
    draw = "import random\nimport numpy as np\n(random.random(), np.random.rand(), {'a', 'b', 'c'})"
    assert ran(write, draw)[0] == ran(write, draw)[0]


def swallow_once():
    try:
        while True:
            time.sleep(0.01)
    except OutOfTime:
        time.sleep(60)


def test_code_that_swallows_the_interruption_is_interrupted_again():
    started = time.monotonic()
    with pytest.raises(OutOfTime), limited(0.05):
        swallow_once()
    assert time.monotonic() - started < 30


def test_a_function_goes_on_with_the_random_numbers_of_its_notebook(write):
    draw = "import random\nimport numpy as np\nrandom.seed(7)\nnp.random.seed(7)\n"
    source = write.notebook(
        write.answer("a", draw + "\ndef f():\n    return [random.random(), np.random.rand()]"),
        write.check("a", draw + "assert f() == [random.random(), np.random.rand()]"),
    )
    assert write.graded(source).scores == {"test-a": 1}


@pytest.mark.parametrize(
    "claimed",
    [
        None,
        "text",
        [None, 3, [], {}],
        [{"output_type": "stream", "name": "stdout", "text": 3}],
        [{"output_type": "stream", "name": "stdin", "text": "x"}],
        [{"output_type": "display_data", "data": {"application/javascript": "alert(1)"}}],
        [{"output_type": "display_data", "data": {"image/png": '"><script>'}}],
        [{"output_type": "update", "data": {"text/plain": "x"}}],
    ],
)
def test_outputs_that_are_none_are_dropped(claimed):
    assert outputs.checked(claimed) == []


def test_outputs_are_bounded_together_and_can_be_written():
    many = [{"output_type": "stream", "name": "stdout", "text": "x" * 1000}] * 10
    assert len(outputs.checked(many, 3500)) == 3
    (odd,) = outputs.checked([{"output_type": "stream", "name": "stdout", "text": "a\ud800"}])
    assert odd["text"].encode()


@pytest.mark.parametrize(
    ("source", "harmless"),
    [
        ("import math\n\ndef root(x, digits=2):\n    return math.sqrt(x)", True),
        ("RATE = 0.03", True),
        ("'a note'", True),
        ("def dso():\n    return 1", False),  # another of the same name
        ("helper = 1", False),  # a name that was read before it was there
        ("import numpy as np", True),  # as before
        ("import pandas as np", False),
        ("from math import *", False),
        ("print(1)", False),
        ("def f(x=print(1)):\n    return x", False),
        ("@cache\ndef f(x):\n    return x", False),
        ("table['a'] = 1", False),
        ("%matplotlib inline", False),
        ("def f():\n    global dso\n    dso = 1", False),
    ],
)
def test_only_a_cell_that_adds_and_changes_nothing_may_run_before_a_test_that_is_due(
    source, harmless
):
    known = {"dso": "", "helper": "", "np": "import numpy as np"}
    assert names.only_adds(source, known) is harmless


def test_the_tests_see_the_work_as_it_was_at_their_place(write):
    source = write.notebook(
        write.answer("a", "def f():\n    return 1"),
        write.check("a", "assert f() == 1"),
        write.answer("b", "def g():\n    return 2"),
        write.check("b", "assert g() == 2"),
    )
    again = write.graded(source, added=["def f():\n    return 3", "g = g()"], at=4)
    assert again.scores == {"test-a": 1, "test-b": 1}
    unmade = write.graded(
        source, {"a": "def f():\n    return late()"}, added=["def late():\n    return 1"], at=4
    )
    assert unmade.scores == {"test-a": 0, "test-b": 1}


@pytest.mark.parametrize("odd", ["files = !ls", "rate?", "x = %pwd", "exec('rate = 1')"])
def test_a_name_that_an_odd_cell_uses_may_mean_something_else_later(write, odd):
    work = f"rate = 1\n{odd}\nglobals()\ndef f(x):\n    return x * rate"
    source = write.notebook(write.answer("a", ""), write.check("a", "assert f(2) == 2"))
    result = write.graded(source, {"a": work}, added=["rate = 7"], at=2)
    assert result.messages == {"test-a": ""}


def test_a_notebook_finds_the_module_that_it_wrote_in_the_folder_that_it_went_to(write):
    cells = (
        "%mkdir inner\n%cd -q inner",
        "%%writefile rates.py\nrate = 0.03",
        "import rates\n%cd -q -\nimport os\n(rates.rate, os.listdir())",
    )
    shown, _ = ran(write, *cells)
    assert shown[2][0]["data"] == {"text/plain": "(0.03, ['inner'])"}


@pytest.mark.parametrize("window", ["%matplotlib qt", "import matplotlib\nmatplotlib.use('TkAgg')"])
def test_who_asks_for_a_window_finds_the_figure_in_the_notebook(write, window):
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show(block=True)"
    (shown,), _ = ran(write, f"{window}\n{draw}")
    assert [one["output_type"] for one in shown] == ["display_data"]
    assert "image/png" in shown[0]["data"]


def test_a_process_is_copied_while_it_has_one_thread(write):
    count = "import os\nlen(os.listdir('/proc/self/task'))"
    shown, _ = ran(write, count)
    assert shown[0][0]["data"] == {"text/plain": "1"}


def test_a_session_leaves_no_process_behind(write):
    if not sys.platform.startswith("linux"):
        pytest.skip("looks into /proc")
    mark = f"left-{os.getpid()}-{time.monotonic_ns()}"
    ran(
        write,
        f"import subprocess\nsubprocess.Popen(['sleep', '600', '{mark}'])",
        "import os\nos.fork()",
    )
    commands = []
    for process in os.listdir("/proc"):
        if process.isdigit():
            try:
                with open(f"/proc/{process}/cmdline") as command:
                    commands.append(command.read())
            except OSError:
                continue
    assert not [one for one in commands if mark in one]
