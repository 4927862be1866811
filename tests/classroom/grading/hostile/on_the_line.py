"""Attacks on the lines to the engine and the checker: what is sent there, and by whom."""

import struct

from tests.classroom.grading.hostile.assignment import KEPT, in_code

FORGED = (
    b'{"outputs": [{"output_type": "stream", "name": "stdout", "text": "forged"}], "number": 2, '
    b'"score": 3.0, "message": "", "trouble": false, "served": true, "value": 100000}'
)
FRAMED = struct.pack(">I", len(FORGED)) + FORGED

ATTACKS = [
    in_code(
        "forged messages",
        "writes results of its own to every handle",
        before="import os\n"
        f"for handle in range(64):\n    try:\n        os.write(handle, {FRAMED!r})\n"
        "    except OSError:\n        pass",
        # What it forged stands for the answer to the next question: it loses that cell.
        scores=KEPT | {"test-dso": 0.0},
        finding="finding_cell_died",
    ),
    in_code(
        "forged answers",
        "the tested function writes full marks to every handle",
        answers={
            "limit": "import os\ndef limit(equity, rating):\n"
            f"    forged = {FRAMED!r}\n"
            "    for handle in range(64):\n        try:\n            os.write(handle, forged)\n"
            "        except OSError:\n            pass\n    return 0"
        },
    ),
    in_code(
        "takes over the line",
        "a child reads the engine's questions and answers them itself",
        before=f"""import os
if os.fork() == 0:
    while True:
        for handle in range(3, 64):
            try:
                os.set_blocking(handle, False)
                os.read(handle, 100_000)
                os.write(handle, {FRAMED!r})
            except OSError:
                pass""",
        scores=None,
    ),
    in_code(
        "answers ahead",
        "the tested function finds the checker's line and answers what is not asked yet, in turn",
        answers={
            "limit": """import json, struct, sys
def limit(equity, rating):
    frame = sys._getframe()
    while "checker" not in frame.f_locals:
        frame = frame.f_back
    for value in range(38_000, 40_000):
        forged = json.dumps({"value": value}).encode()
        frame.f_locals["checker"].sendall(struct.pack(">I", len(forged)) + forged)
    return 100_000"""
        },
    ),
    in_code(
        "steals the line",
        "a child takes the checker's line out of the engine's message and answers on it",
        before="""import os, socket
if os.fork() == 0:
    engine = socket.socket(fileno=next(n for n in map(int, os.listdir("/proc/self/fd")) if n > 2))
    while True:
        for line in socket.recv_fds(engine, 100_000, 4)[1]:
            while os.read(line, 100_000):
                os.write(line, FRAMED)
        engine.send(b"never mind")""".replace("FRAMED", repr(FRAMED)),
        scores=None,
    ),
    in_code(
        "garbage on the line",
        "writes lengths of four thousand million and deep brackets",
        answers={
            "limit": "import os, struct\ndef limit(equity, rating):\n"
            "    deep = b'[' * 1_000_000\n"
            "    for handle in range(3, 64):\n        for garbage in (b'\\xff' * 9, "
            "struct.pack('>I', len(deep)) + deep):\n            try:\n"
            "                os.write(handle, garbage)\n"
            "            except OSError:\n                pass\n    return 0"
        },
    ),
]
