"""What a test or a cell said when it failed, in the trainee's words and without a test's source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from creditlib.i18n import LANGUAGES, catalogue, text

FAULT = re.compile(r" \[([\w-]+)\]$")  # at the end of a check's recorded error
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"^ *Cell In\[(\d+)\], line (\d+)", re.MULTILINE)
# How IPython and a notebook's kernel call the file that a cell was compiled as.
FILE = r"(?:<ipython-input-[\w-]+>|(?:/[^\s/:]+)*/ipykernel_\d+/\d+\.py)"
UNREAD = re.compile(r" \((?:<ipython-input-[\w-]+>|\d+\.py), line (\d+)\)$")
WARNED = re.compile(rf"^(?:{FILE}|<>):(\d+): ", re.MULTILINE)
UNKNOWN = re.compile(r"NameError: name '(\w+)' is not defined")
LONGEST = 600  # characters of an error
DEAD = ("cell_died", "cell_hung", "no_time")
NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")
OUT_OF_TIME = ("OutOfTime", "KeyboardInterrupt", "CellTimeoutError")


@dataclass(frozen=True)
class Said:
    """What a test said: its message, and apart from it the misconception, if one is known.

    `own` says that the message is a check's own sentence that says more than that nothing was
    written; `tested` that there was a test at all. Of a test that ran to its end, `mistakes` are
    the misconceptions that it printed.
    """

    message: str = ""
    mistake: str = ""
    mistakes: tuple[str, ...] = ()
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
    if not message:
        return Said(mistakes=_printed(test))
    for one in LANGUAGES if fault and fault[1] in catalogue("misconceptions") else ():
        reason = text(f"misconceptions.{fault[1]}", one)
        likely = text("checks.likely", one, reason=reason)
        if message.endswith(likely):
            return Said(message.removesuffix(likely).rstrip(), reason, own=True)
    if unknown := UNKNOWN.fullmatch(message):
        return Said(text("feedback.unknown", lang, name=unknown[1]))
    not_written = text("checks.not_written", lang, call="")
    return Said(message, own=kind == "Mistake" and not message.endswith(not_written))


def _printed(test: Mapping) -> tuple[str, ...]:
    """Return the misconceptions that a test printed, in order.

    Of all that a hidden test prints, with inputs and expected values in it perhaps, nothing else
    is safe to show: these sentences stand in the course's own catalogue.
    """
    streams = [one.get("text", "") for one in test.get("outputs", ()) if "name" in one]
    said = "".join("".join(one) for one in streams)
    places = {
        entry[lang]: said.find(entry[lang])
        for entry in catalogue("misconceptions").values()
        for lang in LANGUAGES
    }
    found = [sentence for sentence, place in places.items() if place >= 0]
    return tuple(sorted(found, key=places.get))


def _message(kind: str, recorded: str, lang: str) -> str:
    if kind == "Mistake":
        return FAULT.sub("", recorded)
    if kind == "AssertionError":
        return recorded or text("grading.run.assertion", lang)
    return f"{kind}: {recorded[:LONGEST]}" if kind else ""


def warned(said: str, lang: str) -> str:
    """Return what went to the standard error, with the trainee's cell called so, not a file.

    >>> warned("<ipython-input-1-70e451>:2: UserWarning: odd", "en")
    'your cell, line 2: UserWarning: odd'
    """
    return WARNED.sub(lambda place: text("feedback.in_cell", lang, line=place[1]), said)


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
    unread = UNREAD.search(error["evalue"]) if kind in NOT_PYTHON else None
    named = f"{kind}: {UNREAD.sub('', error['evalue']) if unread else error['evalue']}"
    named = named[:LONGEST].rstrip(": \n")
    if unread:
        return text("feedback.unread", lang, line=unread[1], error=named)
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
