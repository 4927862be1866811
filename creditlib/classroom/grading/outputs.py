"""What a cell shows, as nbformat outputs: collected with bounds where it runs, checked again after.

The process that collects is the trainee's, so the engine believes nothing that it sends.
"""

import base64
import binascii
import io
import re

from creditlib.i18n import text

MOST_OUTPUTS = 100  # of one cell
MOST_TEXT = 200_000  # letters of one cell, pictures apart
MOST_PICTURES = 3 * 2**20  # letters of one cell
MOST_TOGETHER = 16 * 2**20  # letters of a notebook
# Whoever shows HTML has to clean it first, which takes time by the square of what is nested in it.
MOST_TAGS = 3_000  # of one output
TAG = 400  # letters that a tag counts as, of those of a notebook
HTML = ("text/html", "text/markdown")
PICTURES = ("image/png", "image/jpeg")
TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Outputs:
    """The outputs of the cell that runs, in order; too many are cut, and a note says so."""

    def __init__(self):
        self.clear()

    def clear(self) -> None:
        """Begin a cell."""
        self.items: list[dict] = []
        self.text_left = MOST_TEXT
        self.pictures_left = MOST_PICTURES
        self.cut = False

    def stream(self, name: str, written: str) -> None:
        """Take what was printed."""
        if self.cut:
            return
        if not self.items or self.items[-1].get("name") != name:
            self.add({"output_type": "stream", "name": name, "text": ""})
        if not self.cut:
            self.items[-1]["text"] += written[: self.text_left]
            self.text_left -= len(written)
            self._stop_if(self.text_left < 0)

    def add(self, output: dict) -> None:
        """Take an output that is one whole."""
        if self.cut:
            return
        pictures = sum(len(v) for k, v in output.get("data", {}).items() if k in PICTURES)
        letters = sum(len(v) for k, v in output.get("data", {}).items() if k not in PICTURES)
        letters += len("\n".join(output.get("traceback", ())))
        fits = letters <= self.text_left and pictures <= self.pictures_left
        if fits and len(self.items) < MOST_OUTPUTS:
            self.items.append(output)
            self.text_left -= letters
            self.pictures_left -= pictures
        else:
            self._stop_if(True)

    def _stop_if(self, full: bool) -> None:
        if full:
            self.cut = True
            note = text("grading.run.output_cut")
            self.items.append({"output_type": "stream", "name": "stderr", "text": note})


class Stream(io.TextIOBase):
    """A standard output that ends in the cell's outputs."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str):
        self.outputs = outputs
        self.name = name

    def writable(self) -> bool:
        """Say that one can print here."""
        return True

    def write(self, written: str) -> int:
        """Take what is printed."""
        if not isinstance(written, str):
            raise TypeError(f"write() argument must be str, not {type(written).__name__}")
        self.outputs.stream(self.name, written)
        return len(written)


def bundle(data: dict) -> dict:
    """Return the forms of a displayed value that a notebook may keep, pictures as base64."""
    kept = {}
    for mime, value in data.items():
        if mime in PICTURES and isinstance(value, bytes):
            kept[mime] = base64.b64encode(value).decode("ascii")
        elif mime in (*PICTURES, *TEXTS) and isinstance(value, str):
            kept[mime] = value
    return kept


def checked(items: object, most: int = MOST_TOGETHER) -> list[dict]:
    """Return what is well formed of the outputs that another process says a cell had.

    >>> checked([{"output_type": "stream", "name": "stdout", "text": "3", "x": 1}, 7])
    [{'output_type': 'stream', 'name': 'stdout', 'text': '3'}]
    """
    kept = []
    for item in items[: MOST_OUTPUTS + 1] if isinstance(items, list) else ():
        output = _checked(item) if isinstance(item, dict) else None
        if output is not None:
            most -= size(output)
            if most < 0:
                break
            kept.append(output)
    return kept


def size(output: dict) -> int:
    """Return how many letters an output holds, each tag counted as many."""
    data = output.get("data", {})
    tags = sum(one.count("<") for mime, one in data.items() if mime in HTML)
    texts = [*data.values(), *output.get("traceback", ()), output.get("text", "")]
    return TAG * tags + sum(map(len, texts))


def error_output(name: str, said: str) -> dict:
    """Return the output of a cell that failed, as one message without a traceback."""
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": [said]}


def readable(written: str) -> str:
    """Return a text that can be written as UTF-8."""
    return written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _checked(item: dict) -> dict | None:
    kind = item.get("output_type")
    if kind == "stream" and item.get("name") in ("stdout", "stderr") and _text(item.get("text")):
        return {"output_type": kind, "name": item["name"], "text": readable(item["text"])}
    if kind == "error" and _text(item.get("ename")) and _text(item.get("evalue")):
        lines = item.get("traceback")
        lines = [readable(one) for one in lines if _text(one)] if isinstance(lines, list) else []
        said = {"ename": readable(item["ename"]), "evalue": readable(item["evalue"])}
        return {"output_type": kind, **said, "traceback": lines}
    if kind in ("display_data", "execute_result") and isinstance(item.get("data"), dict):
        data = {mime: readable(one) for mime, one in bundle(item["data"]).items() if _text(one)}
        data = {mime: one for mime, one in data.items() if mime not in PICTURES or _base64(one)}
        if any(one.count("<") > MOST_TAGS for mime, one in data.items() if mime in HTML):
            data = {"text/plain": data.get("text/plain", text("grading.run.output_cut"))}
        if not data:
            return None
        output = {"output_type": kind, "data": data, "metadata": {}}
        return output if kind == "display_data" else output | {"execution_count": None}
    return None


def _text(value: object) -> bool:
    return isinstance(value, str)


def _base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value.replace("\n", ""), validate=True))
    except (binascii.Error, ValueError):
        return False
