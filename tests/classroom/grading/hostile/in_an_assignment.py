"""The attacks on the tests' process, made in a real assignment that the attacker cannot solve."""

import json
from collections.abc import Iterator, Mapping

from creditlib.classroom.answers import compose
from creditlib.classroom.grading.names import names_of
from creditlib.classroom.notebooks import grade_id, is_grade, is_solution, source_of
from tests.classroom.grading.hostile.assignment import cell
from tests.classroom.grading.hostile.in_the_interpreter import ATTACKS
from tests.classroom.grading.hostile.in_values import ALWAYS

BY_CELLS = (
    "input_transformers",
    "ast_transformer",
    "run_cell",
    "pre_run_cell",
    "isclose",
    "checks",
)
FUNCTIONS = {
    "frames": """import sys
def {name}(*a, **k):
    frame = sys._getframe()
    while frame:
        if "expected" in frame.f_locals:
            return frame.f_locals["expected"]
        frame = frame.f_back""",
    "always equal": ALWAYS.format(base="float", cls="float") + "def {name}(*a, **k):\n"
    "    return Always(1)",
    "nothing": "def {name}(*a, **k):\n    return None",
    "a function": "def {name}(*a, **k):\n    return {name}",
    "its inputs": "def {name}(*a, **k):\n    return a or k",
    "an error": "def {name}(*a, **k):\n    from creditlib.errors import Undefined\n"
    "    raise Undefined('errors.not_found', path='x')",
}


def attacks(source: Mapping, solved: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each attack; the questions in `solved` are answered."""
    unsolved = {
        grade_id(one): "".join(
            f"def {name}(*a, **k):\n    return 0\n\n" for name in sorted(_functions(one))
        )
        for one in source["cells"]
        if is_solution(one)
    }
    for attack in ATTACKS:
        if attack.name in BY_CELLS:
            first = json.loads(attack.data("/nowhere"))["cells"][1]["source"]
            notebook = compose(source, unsolved | solved)
            notebook["cells"].insert(0, cell(first, "mine"))
            yield attack.name, json.dumps(notebook).encode()
    for name, work in FUNCTIONS.items():
        answers = {
            grade_id(one): "\n\n".join(work.format(name=made) for made in sorted(_functions(one)))
            for one in source["cells"]
            if is_solution(one) and not is_grade(one)
        }
        yield name, json.dumps(compose(source, unsolved | answers | solved)).encode()


def _functions(answer: Mapping) -> frozenset[str]:
    return names_of(source_of(answer)).makes if answer["cell_type"] == "code" else frozenset()
