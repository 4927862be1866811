"""A bank of hostile submissions, and of odd but honest ones, to one small assignment.

Each says what it tries and what it must get; `python -m` this package prints what each got.
"""

from tests.classroom.grading.hostile import (
    in_the_file,
    in_the_interpreter,
    in_the_machine,
    in_values,
    on_the_line,
)
from tests.classroom.grading.hostile.assignment import Submission

HOSTILE: list[Submission] = [
    *in_the_interpreter.ATTACKS,
    *in_values.ATTACKS,
    *in_the_machine.ATTACKS,
    *on_the_line.ATTACKS,
    *in_the_file.ATTACKS,
]
