"""Print what each submission of the bank does and what the engine gives it."""

import tempfile
import time
from pathlib import Path

from tests.classroom.grading.hostile import HOSTILE
from tests.classroom.grading.hostile.honest import HONEST
from tests.classroom.grading.hostile.table import grade_bank, lines, make_victim

if __name__ == "__main__":
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = grade_bank([*HOSTILE, *HONEST], make_victim(Path(folder, "class")))
    print("| name | what it does | in its process | of 2 2 3 2 points | findings |")
    print("|---|---|---|---|---|")
    print("\n".join(lines(HOSTILE, results)))
    print("\n".join(lines(HONEST, results)))
    print(f"\n{len(HOSTILE)} hostile, {len(HONEST)} honest: {time.monotonic() - started:.0f} s")
