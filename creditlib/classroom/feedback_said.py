"""What a test or a cell said when it failed, in the trainee's words and without a test's source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from creditlib.i18n import LANGUAGES, catalogue, text

FAULT = re.compile(r" \[([\w-]+)\]$")  # at the end of a check's recorded error
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"^ *Cell In\[(\d+)\], line (\d+)", re.MULTILINE)
UNKNOWN = re.compile(r"NameError: name '(\w+)' is not defined")
LONGEST = 600  # characters of an error
DEAD = ("cell_died", "cell_hung", "no_time")
OUT_OF_TIME = ("OutOfTime", "KeyboardInterrupt", "CellTimeoutError")


@dataclass(frozen=True)
class Said:
    """What a test said: its message, and apart from it the misconception, if one is known.

    `own` says that the message is a check's own sentence that says more than that nothing was
    written; `tested` that there was a test at all.
    """

    message: str = ""
    mistake: str = ""
    own: bool = False
    tested: bool = True


def said_by(test: Mapping, message: object, lang: str) -> Said:
    """Return what a test cell said; `message` is what grading recorded of it, if it did.

    Of the outputs only the kind and the text of an error are read: a traceback shows the test.
    """
    errors = [one for one in test.get("outputs", ()) if one.get("output_type") == "error"]
    kind, recorded = (errors[0]["ename"], errors[0]["evalue"]) if errors else ("", "")
    fault = FAULT.search(recorded)
    if not isinstance(message, str):
        message = _message(kind, recorded, lang)
    for one in LANGUAGES if fault and fault[1] in catalogue("misconceptions") else ():
        reason = text(f"misconceptions.{fault[1]}", one)
        likely = text("checks.likely", one, reason=reason)
        if message.endswith(likely):
            return Said(message.removesuffix(likely).rstrip(), reason, own=True)
    if unknown := UNKNOWN.fullmatch(message):
        return Said(text("feedback.unknown", lang, name=unknown[1]))
    not_written = text("checks.not_written", lang, call="")
    return Said(message, own=kind == "Mistake" and not message.endswith(not_written))


def _message(kind: str, recorded: str, lang: str) -> str:
    if kind == "Mistake":
        return FAULT.sub("", recorded)
    if kind == "AssertionError":
        return recorded or text("grading.run.assertion", lang)
    return f"{kind}: {recorded[:LONGEST]}" if kind else ""


def stopped(error: Mapping, lang: str) -> str:
    """Return in one sentence why a cell of the trainee's stopped, and where.

    >>> stopped({"ename": "NameError", "evalue": "x", "traceback": ["Cell In[2], line 3"]}, "en")
    'It stopped at line 3: NameError: x'
    """
    kind = error["ename"]
    if kind in DEAD:
        return text(f"grading.run.{kind}", lang)
    if kind in OUT_OF_TIME:
        return text("feedback.out_of_time", lang)
    named = f"{kind}: {error['evalue']}"[:LONGEST].rstrip(": \n")
    trace = COLOUR.sub("", "\n".join(error.get("traceback", ())))
    frames = FRAME.findall(trace)
    if not frames:
        return text("feedback.stopped", lang, error=named)
    line = [line for cell, line in frames if cell == frames[0][0]][-1]
    shown = re.findall(rf"^-+> *{line} (.*)$", trace, re.MULTILINE)
    if not shown or not shown[-1].strip():
        return text("feedback.stopped_at", lang, line=line, error=named)
    source = shown[-1].strip().replace("`", "'")
    return text("feedback.stopped_line", lang, line=line, source=source, error=named)
