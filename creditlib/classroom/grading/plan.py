"""What the checker does for an assignment: the instructor's cells, and where each name is from."""

import builtins
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

from creditlib.classroom.grading.names import Names, names_of, without_magics
from creditlib.classroom.notebooks import grade_id, is_solution, points, source_of


@dataclass(frozen=True)
class Step:
    """A cell of the instructor's that the checker runs; a test if it has points.

    `fetched` are the names that come from the trainee's process; `imports` statements that stand
    in answer cells of the instructor's: what they bring in is the checker's own, never the
    trainee's.
    """

    name: str | None
    source: str
    points: float | None
    fetched: tuple[str, ...]
    imports: tuple[str, ...]

    def as_message(self) -> dict:
        """Return the step in JSON's terms."""
        return asdict(self)


def steps_of(source: Mapping) -> list[Step]:
    """Return the steps of an assignment, in the order of its notebook.

    A name that an answer cell makes last before a step comes from the trainee, and so does one
    that nobody is seen to make; one that a cell of the instructor's makes does not, nor one that
    an `import *` may have made.
    """
    cells = [cell for cell in source["cells"] if cell["cell_type"] == "code"]
    worth = points(source)
    return _steps(
        tuple(
            (source_of(cell), is_solution(cell), grade_id(cell), worth.get(grade_id(cell)))
            for cell in cells
        )
    )


@lru_cache(maxsize=8)  # it is the same for every submission of an assignment
def _steps(cells: tuple[tuple[str, bool, str | None, float | None], ...]) -> list[Step]:
    owner: dict[str, str | None] = {}  # of the answers' names an import, or None; "" of the others
    steps = []
    for source, is_answer, name, worth in cells:
        names = names_of(source)
        if is_answer:
            owner |= dict.fromkeys(names.makes) | names.imports
            continue
        wanted = {
            one: owner.get(one, owner.get("*"))
            for one in sorted(names.reads)
            if _is_foreign(one, names, owner)
        }
        step = Step(
            name,
            without_magics(source),
            worth,
            tuple(one for one, brought in wanted.items() if not brought),
            tuple(filter(None, wanted.values())),
        )
        steps.append(step)
        owner |= dict.fromkeys([*names.makes, *names.imports], "")
    return steps


def _is_foreign(name: str, names: Names, owner: Mapping[str, str | None]) -> bool:
    if name in owner:
        return owner[name] != ""
    if name in names.makes or hasattr(builtins, name) or name.startswith("__"):
        return False
    return owner.get("*") != "" and "*" not in names.imports
