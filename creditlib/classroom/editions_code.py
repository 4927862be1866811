"""Whether a code cell does the same in both editions."""

import ast
import re

MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
CHINESE = re.compile(r"[^\x00-\x7f]")
LANGUAGE = re.compile(r"(?<![a-z])zh$")
DATE_FORMAT = re.compile(r"%[A-Za-z]")
GLUE = re.compile(r"\bglue\(\s*[\"']([^\"']+)[\"']")


def code_difference(zh: str, en: str) -> int | None:
    """Return the line of the Chinese cell where the two do different things, or None.

    Exists for the formula, the threshold or the column mended in one edition only. Comments do not
    count, nor do texts that are Chinese in the Chinese edition; a text without a Chinese character
    (a column, a file, a key) has to be the same, but that `name_zh` stands for `name_en`. IPython's
    magics have to be the same lines.

    >>> code_difference("show('逾期', 90)  # 天", "show('past due', 90)")
    >>> code_difference("x = 1\\nshow('逾期', 90)", "x = 1\\nshow('past due', 60)")
    2
    """
    trees = [ast.parse(_without_magics(source)) for source in (zh, en)]
    if _magics(zh) != _magics(en):
        return 1
    return _difference(*trees, 1)


def glue_keys(source: str) -> list[str]:
    """Return the keys under which a cell gives numbers to the prose, in order."""
    return GLUE.findall(source)


def _without_magics(source: str) -> str:
    if source.lstrip().startswith("%%"):
        return ""
    return MAGIC.sub(r"\1pass", source)


def _magics(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.lstrip().startswith(("%", "!"))]


def _difference(zh: object, en: object, line: int) -> int | None:
    """Return the line of the first difference between two syntax trees, or None."""
    line = getattr(zh, "lineno", line)
    if type(zh) is not type(en):
        return line
    if isinstance(zh, ast.JoinedStr):
        # The order of the words, and so of the values, is each language's own.
        return None if sorted(_values(zh)) == sorted(_values(en)) else line
    if isinstance(zh, ast.Constant):
        return None if _same_constant(zh.value, en.value) else line
    if isinstance(zh, ast.AST):
        parts = [(getattr(zh, name, None), getattr(en, name, None)) for name in zh._fields]
    elif isinstance(zh, list):
        if len(zh) != len(en):
            return line
        parts = zip(zh, en, strict=True)
    else:
        return None if zh == en else line
    found = (_difference(*part, line) for part in parts)
    return next((place for place in found if place is not None), None)


def _same_constant(zh: object, en: object) -> bool:
    if isinstance(zh, str) and isinstance(en, str):
        return zh == en or bool(CHINESE.search(zh)) or LANGUAGE.sub("en", zh) == en
    return type(zh) is type(en) and zh == en


def _values(text: ast.JoinedStr) -> list[str]:
    """Return the values that an f-string shows, with their formats (but for those of dates)."""
    shown = []
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            form = ast.unparse(part.format_spec) if part.format_spec else ""
            form = "" if DATE_FORMAT.search(form) else form
            value = _Texts().visit(ast.parse(ast.unparse(part.value), mode="eval"))
            shown.append(ast.dump(value) + form)
    return shown


class _Texts(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        chinese = isinstance(node.value, str)
        return ast.Constant("") if chinese else node
