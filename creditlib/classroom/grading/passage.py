"""The way of one submission: the trainee's cells and the tests, in the order of the notebook."""

from collections.abc import Iterator, Mapping
from itertools import takewhile

from creditlib.classroom.grading.limits import Limits
from creditlib.classroom.grading.names import names_of, only_adds
from creditlib.classroom.grading.outputs import error_output
from creditlib.classroom.grading.plan import Step, steps_of
from creditlib.classroom.grading.rebuild import Rebuilt
from creditlib.classroom.grading.session import Checker, Dead, Times, TraineeRun
from creditlib.classroom.grading.template import Template
from creditlib.classroom.notebooks import grade_id, is_grade, is_solution, source_of


class Passage:
    """One submission on its way through both processes, copies of the two warm ones."""

    def __init__(
        self,
        source: Mapping,
        rebuilt: Rebuilt,
        warm: tuple[Template, Template],
        limits: Limits,
        times: Times,
    ):
        self.cells = [cell for cell in rebuilt.notebook["cells"] if cell["cell_type"] == "code"]
        numbered = enumerate(self.cells, 1)
        own = [(count, source_of(cell)) for count, cell in numbered if not _is_test(cell)]
        self.run = TraineeRun(warm[0], own, limits, times)
        self.checker = Checker(warm[1], limits, times)
        steps = steps_of(source)
        self.first = list(takewhile(_needs_nothing, steps))
        self.alone = {step.name for step in steps if _needs_nothing(step)} - {None}
        self.steps = iter(steps[len(self.first) :])
        self.scores: dict[str, float] = {}
        self.messages: dict[str, str] = {}
        self.findings: list[tuple[str, dict]] = []
        self.waiting: list[str] = []
        for cell in rebuilt.notebook["cells"]:
            if is_grade(cell) and is_solution(cell):
                if grade_id(cell) in rebuilt.unanswered:
                    self.scores[grade_id(cell)] = 0.0
                else:
                    self.waiting.append(grade_id(cell))

    def __enter__(self) -> "Passage":
        return self

    def __exit__(self, *_) -> None:
        self.run.end()
        self.checker.end()

    def go(self) -> None:
        """Run the cells in order; each test sees the work as it is at the test's place.

        Tests are put off as long as the cells that follow only add to the work, so that one copy
        of the trainee's process mostly serves them all; what the instructor's own cells call
        that read no answer changes none.
        """
        if self.first:  # one of them chooses the language of every message
            self.checker.check(self.first, None)
        ran, due, known, all_known = 0, [], {}, True
        for count, cell in enumerate(self.cells, 1):
            cell["execution_count"] = count
            if _is_test(cell):
                due += self._steps_up_to(cell)
                continue
            alone = grade_id(cell) in self.alone
            if due and not (all_known and only_adds(source_of(cell), known, may_call=alone)):
                due = self._check(due)
            cell["outputs"] = self._run(ran, count)
            ran += 1
            names = names_of(source_of(cell))
            known = dict.fromkeys(names.reads, "") | known
            known |= dict.fromkeys(names.makes, "") | names.imports
            all_known = all_known and names.all
        self._check(due)

    def _run(self, number: int, count: int) -> list[dict]:
        try:
            outputs = self.run.run(number)
        except Dead as dead:
            said = self.checker.say(dead.key)
            self.findings.append((f"grading.run.finding_{dead.key}", {"count": count}))
            return [error_output(dead.key, said)]
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
        return outputs

    def _steps_up_to(self, test: dict) -> Iterator[tuple[Step, dict]]:
        """Yield the steps that lead to a test, and the test, with the cell of each."""
        for step in self.steps:
            yield step, test
            if step.name == grade_id(test):
                break

    def _check(self, due: list[tuple[Step, dict]]) -> list:
        """Run the steps that are due, and return those that still are: none."""
        while due:
            for (step, cell), outcome in zip(due, self._outcomes(due), strict=False):
                due = due[1:]
                if step.points is not None:
                    self.scores[step.name] = outcome["score"]
                    self.messages[step.name] = outcome["message"]
                    cell["outputs"] = outcome["outputs"]
        return due

    def _outcomes(self, due: list[tuple[Step, dict]]) -> list[dict]:
        steps = [step for step, _ in due]
        if not any(step.fetched for step in steps):
            return self.checker.check(steps, None)
        try:
            with self.run.copy() as trainee:
                outcomes = self.checker.check(steps, trainee)
            self.run.release()
        except Dead as dead:
            said = self.checker.say(dead.key)
            outputs = [error_output(dead.key, said)]
            return [{"score": 0.0, "message": said, "outputs": outputs}] * len(due)
        return outcomes


def _needs_nothing(step: Step) -> bool:
    return step.points is None and not step.fetched


def _is_test(cell: Mapping) -> bool:
    return is_grade(cell) and not is_solution(cell)
