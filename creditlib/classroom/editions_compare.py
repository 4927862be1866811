"""What differs between the two texts of one page: each checker yields findings.

A finding is the name of a message, the language and the line where it stands, and its values.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from creditlib.classroom import editions_prose as prose
from creditlib.classroom.editions_code import code_difference, glue_keys
from creditlib.classroom.pages import Cell, cells

Finding = tuple[str, str, int | None, dict]


def page_findings(zh: str, en: str) -> Iterator[Finding]:
    """Yield all that differs between the Chinese and the English text of a page."""
    pages = cells(zh), cells(en)
    kinds = [[cell.kind for cell in page] for page in pages]
    yield from half_width_findings(pages[0])
    yield from structure_findings(*pages)
    if kinds[0] != kinds[1]:
        # Cell by cell, everything after the first difference would differ: that one is enough.
        yield from cell_order_findings(*pages)
        return
    for pair in zip(*pages, strict=True):
        yield from mark_findings(*pair)
        if pair[0].kind == "code":
            yield from code_findings(*pair)
    yield from section_findings(*pages)


def cell_order_findings(zh: list[Cell], en: list[Cell]) -> Iterator[Finding]:
    """Find the first cell without a counterpart.

    Exists for the cell that was added to, or dropped from, one edition only.
    """
    for one, other in zip_longest(zh, en):
        if one is None or other is None or one.kind != other.kind:
            counts = {"zh_cells": len(zh), "en_cells": len(en)}
            lang, place = ("zh", one) if one else ("en", other)
            yield "cells", lang, place.line, counts
            return


def code_findings(zh: Cell, en: Cell) -> Iterator[Finding]:
    """Find code that does different things, and numbers given to the prose under other names.

    Exists for the formula mended in one edition only; see `editions_code`.
    """
    try:
        line = code_difference(zh.source, en.source)
    except SyntaxError as error:
        yield "syntax", "zh", zh.line, {"reason": error.msg}
        return
    if line is not None:
        yield "code", "zh", zh.line + line - 1, {"other": en.line}
    keys = glue_keys(zh.source), glue_keys(en.source)
    if keys[0] != keys[1]:
        yield "glue", "zh", zh.line, {"zh_keys": _shown(keys[0]), "en_keys": _shown(keys[1])}


def mark_findings(zh: Cell, en: Cell) -> Iterator[Finding]:
    """Find cells that nbgrader would grade differently, and tags of one edition only.

    Exists for the question that has another id or other points in one edition: the classes of the
    two languages would not be comparable, and reports would lose it.
    """
    if zh.mark != en.mark:
        yield "mark", "zh", zh.line, {"zh_mark": _shown(zh.mark), "en_mark": _shown(en.mark)}
    tags = [cell.options.get("tags", []) for cell in (zh, en)]
    if tags[0] != tags[1]:
        yield "tags", "zh", zh.line, {"zh_tags": _shown(tags[0]), "en_tags": _shown(tags[1])}


def structure_findings(zh: list[Cell], en: list[Cell]) -> Iterator[Finding]:
    """Find directives, labels and references that one edition lacks; see `editions_prose`."""
    texts = ["\n".join(cell.source for cell in page if cell.kind == "text") for page in (zh, en)]
    for name, read in (("directives", prose.directives), ("labels", prose.labels)):
        found = [read(text) for text in texts]
        pairs = zip_longest(*found)
        first = next(((one, other) for one, other in pairs if one != other), None)
        if first:
            yield name, "zh", None, {"zh_name": first[0] or "—", "en_name": first[1] or "—"}
    targets = [prose.targets(text) for text in texts]
    for only, lang in ((targets[0] - targets[1], "zh"), (targets[1] - targets[0], "en")):
        if only:
            yield "targets", lang, None, {"targets": _shown(only)}


def section_findings(zh: list[Cell], en: list[Cell]) -> Iterator[Finding]:
    """Find sections whose prose says different numbers, or headings that do not match."""
    parts = [
        [part for cell in page if cell.kind == "text" for part in _sections(cell)]
        for page in (zh, en)
    ]
    marks = [[mark for mark, _, _ in part] for part in parts]
    if marks[0] != marks[1]:
        counts = [Counter(mark for mark in each if mark).total() for each in marks]
        yield "headings", "zh", None, {"zh_count": counts[0], "en_count": counts[1]}
        return
    for (_, line, one), (_, other_line, other) in zip(*parts, strict=True):
        only_zh, only_en = prose.number_difference(one, other)
        if only_zh or only_en:
            values = {"only_zh": _shown(only_zh), "only_en": _shown(only_en), "other": other_line}
            yield "numbers", "zh", line, values


def half_width_findings(zh: list[Cell]) -> Iterator[Finding]:
    """Find half-width punctuation beside Chinese characters; see `editions_prose.half_width`."""
    for cell in zh:
        if cell.kind == "text":
            for place, shown in prose.half_width(cell.source):
                yield "half_width", "zh", cell.line + place, {"shown": shown}


def quiz_findings(zh: str, en: str) -> Iterator[Finding]:
    """Find questions of a quiz that differ in kind, in answers, in the right one or in numbers.

    Exists for the quiz in which one edition calls another answer right.
    """
    try:
        quizzes = [json.loads(text) for text in (zh, en)]
    except ValueError as error:
        yield "quiz_format", "zh", None, {"reason": str(error)}
        return
    shapes = [[_shape(question) for question in quiz] for quiz in quizzes]
    if len(shapes[0]) != len(shapes[1]):
        counts = {"zh_count": len(shapes[0]), "en_count": len(shapes[1])}
        yield "quiz_length", "zh", None, counts
    for number, (one, other) in enumerate(zip(*shapes, strict=False), 1):
        if one != other:
            yield "quiz", "zh", None, {"number": number}
    for number, questions in enumerate(zip(*quizzes, strict=False), 1):
        only_zh, only_en = prose.number_difference(*("\n".join(_texts(each)) for each in questions))
        if only_zh or only_en:
            values = {"number": number, "only_zh": _shown(only_zh), "only_en": _shown(only_en)}
            yield "quiz_numbers", "zh", None, values
    for text in _texts(quizzes[0]):
        for _, shown in prose.half_width(text):
            yield "half_width", "zh", None, {"shown": shown}


def _sections(cell: Cell) -> list[tuple[str, int, str]]:
    return prose.sections(cell.source, cell.line)


def _shape(value: object) -> object:
    """Return a question without its words: what is a number, a mark or a kind stays."""
    if isinstance(value, dict):
        return {key: each if key == "type" else _shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shape(each) for each in value]
    return "" if isinstance(value, str) else value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _shown(values: object) -> str:
    if isinstance(values, dict) and not isinstance(values, Counter):
        return json.dumps(values, ensure_ascii=False)
    return ", ".join(map(str, values)) or "—"
