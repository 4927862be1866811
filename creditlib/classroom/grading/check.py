"""The checker's process: runs the instructor's cells, tests and hidden tests, and nobody else's.

What the trainee made is data here, or a function that is called in the trainee's process. So a
test decides on values alone, and nothing that a trainee changes can change how it decides.
"""

import ast
import io
import math
import socket
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import lru_cache
from types import CodeType

from creditlib.classroom.grading import wire
from creditlib.classroom.grading.codec_errors import ADDRESS
from creditlib.classroom.grading.outputs import MOST_TEXT, Outputs, Stream, error_output, readable
from creditlib.classroom.grading.standin import Trainee
from creditlib.i18n import catalogue, text

LONGEST_MESSAGE = 4_000
KEPT = 500  # compiled cells


def prepare() -> None:
    """Load, before the process is copied, what every copy says."""
    for subject in ("checks", "grading", "misconceptions"):
        catalogue(subject)


def know(cells: Sequence[str]) -> None:
    """Compile the steps that copies of this process will run."""
    for cell in cells:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            _compiled(cell)


def main(engine: socket.socket, _: None) -> None:
    """Run the steps that the engine sends and say what came of each, until it hangs up."""
    namespace = {"__name__": "__main__"}
    while True:
        try:
            asked, sockets = wire.receive_with_sockets(engine)
        except EOFError:
            return
        if "say" in asked:
            wire.send(engine, {"said": text(asked["say"])})
            continue
        for step in asked["steps"]:
            trainee = None
            if sockets:
                trainee = Trainee(sockets[0], asked["call_seconds"], asked["test_seconds"])
            outcome = run_step(step, namespace, trainee)
            wire.send(engine, outcome)
            if outcome["trouble"]:
                break
        for one in sockets:
            one.close()


def run_step(step: dict, namespace: dict, trainee: Trainee | None = None) -> dict:
    """Run a cell of the instructor's in `namespace` and return its score, message and outputs.

    The score is None for a cell without points. A test passes, fails, or gives the points that
    its last line is worth, as in nbgrader: a number from 0 to the cell's points.
    """
    outputs = Outputs()
    points = step["points"]
    failed = shown = None
    # What a test prints to the standard error costs nothing, as a warning says nothing of it.
    with redirect_stdout(Stream(outputs, "stdout")), redirect_stderr(io.StringIO()):
        try:
            for statement in step["imports"]:
                exec(statement, namespace)
            for name in step["fetched"]:
                if trainee is None:
                    namespace.pop(name, None)
                else:
                    trainee.bind(name, namespace)
            shown = _execute(step["source"], namespace)
        except BaseException as error:  # a test may end in anything
            failed = error
        if failed is None and trainee is not None:
            failed = trainee.trouble
    trouble = trainee is not None and trainee.trouble is not None
    if failed is not None:
        message = _message(failed)
        recorded = message + readable(_fault(failed))
        output = error_output(type(failed).__name__, recorded)
        outputs.add(output | {"traceback": [message]})
        score = None if points is None else 0.0
        return {"score": score, "message": message, "outputs": outputs.items, "trouble": trouble}
    if shown is not None:
        data = {"text/plain": readable(_shown(shown))}
        output = {"output_type": "execute_result", "data": data, "metadata": {}}
        outputs.add(output | {"execution_count": None})
    score = None if points is None else _partial(shown, points)
    return {"score": score, "message": "", "outputs": outputs.items, "trouble": trouble}


def _execute(source: str, namespace: dict) -> object:
    """Run a cell; return the value of its last line, if that is an expression that shows itself."""
    statements, last = _compiled(source)
    exec(statements, namespace)
    return None if last is None else eval(last, namespace)


@lru_cache(KEPT)
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    tree = ast.parse(source)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        last = compile(ast.Expression(tree.body.pop().value), "<test>", "eval")
    return compile(tree, "<test>", "exec"), last


def _partial(shown: object, points: float) -> float:
    """Return the score of a cell that ran to its end, given the value of its last line."""
    if shown is None:
        return points
    try:
        worth = float(_shown(shown))
    except ValueError:
        return points
    # nbgrader gives full points for a negative number and for NaN; no trainee earns those.
    if math.isnan(worth) or worth < 0:
        return 0.0
    return min(worth, points)


def _shown(value: object) -> str:
    return repr(value)[:MOST_TEXT]


def _message(error: BaseException) -> str:
    """Return what the trainee reads: a check's own sentence, or the kind of error and its text.

    No line of the test is in it, as a hidden test stays hidden.
    """
    try:
        if hasattr(error, "_render_traceback_"):
            said = str(getattr(error, "message", error))
        elif isinstance(error, AssertionError) and not str(error):
            said = text("grading.run.assertion")
        else:
            said = f"{type(error).__name__}: {error}"
    except Exception:
        said = type(error).__name__
    return readable(ADDRESS.sub("", said[:LONGEST_MESSAGE]))


def _fault(error: BaseException) -> str:
    """Return what a check's error says beyond its message: the misconception, for the report."""
    if not hasattr(error, "_render_traceback_") or not hasattr(error, "message"):
        return ""
    return str(error).removeprefix(error.message)
