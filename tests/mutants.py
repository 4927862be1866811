"""Do the checks of an assignment catch what is wrong? Mutants of its reference solutions say so.

    python tests/mutants.py a1-overview
    python tests/mutants.py a2-assessment --lang zh

Every answer is changed in one place at a time (an operator, a constant, a comparison, a condition,
a statement left out) and graded by the engine. A mutant is caught where its question loses its
points. Those that mean the same as the reference stand, with the reason, in
`tests/answers/<assignment>/equivalent-mutants.yml`. Fails below 95 % of the others, and where that
list is out of date.
"""

import argparse
import ast
import copy
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

import yaml

from creditlib import i18n
from creditlib.classroom import course, notebooks
from creditlib.classroom.answers import BANK, compose
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.session import Times

ENOUGH = 0.95
TIMES = Times(cell=5.0, call=2.0, test=10.0, notebook=600.0)  # a mutant may never end
COMPARED = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}


@dataclass(frozen=True)
class Mutant:
    """An answer with one change; `was` and `becomes` are the first lines that differ."""

    question: str
    was: str
    becomes: str
    source: str

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is listed by."""
        return self.question, self.was, self.becomes


def mutants(question: str, source: str) -> Iterator[Mutant]:
    """Yield the mutants of an answer, each text once."""
    tree = _without_docstrings(ast.parse(source))
    reference = ast.unparse(tree)
    known = {reference}
    for place, node in enumerate(ast.walk(tree)):
        for number in range(len([*changes(node)])):
            mutant = copy.deepcopy(tree)
            changed = [*ast.walk(mutant)][place]
            [*changes(changed)][number]()
            text = ast.unparse(mutant)
            if text not in known:
                known.add(text)
                yield Mutant(question, *_first_difference(reference, text), text)


def changes(node: ast.AST) -> Iterator:
    """Yield what can be done to a node, as functions that do it."""

    def put(field: str, value: object, within: object = node):
        return lambda: setattr(within, field, value)

    def put_at(items: list, place: int, value: object):
        return lambda: items.__setitem__(place, value)

    if isinstance(node, ast.BinOp | ast.AugAssign):
        yield from (put("op", other()) for other in COMPUTED.get(type(node.op), ()))
    if isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            yield from (put_at(node.ops, place, other()) for other in COMPARED[type(sign)])
    if isinstance(node, ast.BoolOp):
        yield put("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        places = range(len(node.values))
        yield from ((lambda place=place: node.values.pop(place)) for place in places)
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield put("test", ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        for place, condition in enumerate(node.ifs):
            yield put_at(node.ifs, place, ast.UnaryOp(ast.Not(), condition))
            yield put_at(node.ifs, place, ast.Constant(True))
    for field, value in ast.iter_fields(node):
        inner = value if isinstance(value, list) else [value]
        for place, one in enumerate(inner):
            found = [ast.Constant(other) for other in _other_constants(one)]
            if isinstance(one, ast.Constant) and _is_key(node, field):
                found = []
            if isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.Not | ast.USub):
                found.append(one.operand)
            if isinstance(one, ast.stmt) and not isinstance(one, ast.FunctionDef | ast.Pass):
                found.append(ast.Pass())
            for other in found:
                yield put_at(value, place, other) if isinstance(value, list) else put(field, other)


def _other_constants(node: object) -> list:
    if not isinstance(node, ast.Constant):
        return []
    value = node.value
    if value is None:
        return [0]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, float):
        return [value * 1.1, value * 0.9]
    return [value + "x"] if isinstance(value, str) else []


def _is_key(node: ast.AST, field: str) -> bool:
    """Say whether a constant there is a name only: with another one, nothing is found at all."""
    return isinstance(node, ast.Subscript | ast.Dict) and field in ("slice", "keys") and (
        isinstance(node, ast.Dict) or isinstance(getattr(node.slice, "value", None), str)
    )  # fmt: skip


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return tree


def _first_difference(reference: str, text: str) -> tuple[str, str]:
    pairs = zip_longest(reference.splitlines(), text.splitlines(), fillvalue="")
    return next((one.strip(), other.strip()) for one, other in pairs if one != other)


def answers(notebook: dict) -> dict[str, str]:
    """Return the reference of each question that a machine grades."""
    graded = {notebooks.question_of(name) for name in notebooks.points(notebook)}
    return {
        notebooks.grade_id(cell): notebooks.source_of(cell)
        for cell in notebook["cells"]
        if notebooks.is_solution(cell)
        and not notebooks.is_grade(cell)
        and notebooks.grade_id(cell) in graded
    }


def survivors(notebook: dict, made: Iterable[Mutant]) -> list[Mutant]:
    """Return the mutants whose question keeps its points.

    The questions do not depend on each other, so a submission holds one mutant of each.
    """
    queues: dict[str, list[Mutant]] = {}
    for mutant in made:
        queues.setdefault(mutant.question, []).append(mutant)
    rounds = [[one for one in some if one] for some in zip_longest(*queues.values())]
    handed_in = {
        str(number): json.dumps(
            compose(notebook, {mutant.question: mutant.source for mutant in some})
        ).encode()
        for number, some in enumerate(rounds)
    }
    left = []
    settings = {"times": TIMES, "unsandboxed": True}  # the answers are the course's own
    reference = engine.grade_one(notebook, json.dumps(notebook).encode(), **settings)
    if reference.scores != {name: reference.maximum[name] for name in reference.scores}:
        raise SystemExit(f"the model answers do not get full marks: {reference.scores}")
    for done, (number, result) in enumerate(engine.grade_many(notebook, handed_in, **settings), 1):
        if result.problem:
            raise SystemExit(i18n.text(result.problem[0], **result.problem[1]))
        for mutant in rounds[int(number)]:
            test = f"test-{mutant.question}"
            if result.scores[test] >= result.maximum[test]:  # a lost part of the points is enough
                left.append(mutant)
        print(f"\r{done} of {len(rounds)} submissions", end="", file=sys.stderr)
    print(file=sys.stderr)
    return left


def main() -> int:
    """Print what was caught and what was not; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignment")
    parser.add_argument("--lang", choices=i18n.LANGUAGES, default="en")
    options = parser.parse_args()
    (page,) = (course.SOLUTIONS / options.lang / options.assignment).glob("*.md")
    notebook = json.loads(notebooks.from_markdown(page))
    made = [
        mutant
        for question, source in answers(notebook).items()
        for mutant in mutants(question, source)
    ]
    listed = BANK / options.assignment / "equivalent-mutants.yml"
    known = yaml.safe_load(listed.read_text(encoding="utf-8")) if listed.exists() else {}
    equivalent = {
        (question, one["was"], one["becomes"]) for question, some in known.items() for one in some
    }
    left = survivors(notebook, made)
    stale = equivalent - {mutant.name for mutant in left}
    gaps = [mutant for mutant in left if mutant.name not in equivalent]
    for mutant in gaps:
        print(f"{mutant.question}: {mutant.was}  →  {mutant.becomes}")
    for question, was, becomes in sorted(stale):
        print(f"listed as equivalent but caught, or no mutant: {question}: {was}  →  {becomes}")
    same = len(left) - len(gaps)
    counted = len(made) - same
    share = 1 - len(gaps) / counted
    print(
        f"{options.assignment} ({options.lang}): {len(made)} mutants, {same} of them equivalent; "
        f"caught {counted - len(gaps)} of {counted} ({share:.1%}), survivors {len(gaps)}"
    )
    return 0 if share >= ENOUGH and not stale else 1


if __name__ == "__main__":
    sys.exit(main())
