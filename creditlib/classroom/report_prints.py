"""What an answer consists of once names, strings, comments and the order of lines are set aside."""

import builtins
import io
import keyword
import re
import tokenize

LENGTH = 8  # tokens in a print
KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins))
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_]+")
ROUGH = re.compile(r"[^\W\d]\w*|\d+(?:\.\d+)?|\"[^\"\n]*\"|'[^'\n]*'|[^\s\w]")


def prints_of_code(source: str) -> frozenset[str]:
    """Return the prints of a piece of Python: each run of eight tokens within a line.

    The k-grams of Schleimer, Wilkerson and Aiken ("Winnowing", SIGMOD 2003), all of them kept:
    an answer is too short for winnowing to save anything. Names that the writer chose are one
    token, strings another; comments and docstrings go; runs do not cross lines, so that changing
    the order of lines changes nothing. Code that Python cannot read is cut into tokens roughly.

    >>> prints_of_code("total = a + b  # sum") == prints_of_code("'''Add.'''\\nx = left + right")
    True
    >>> prints_of_code("a = 1\\nb = round(2)") == prints_of_code("p = round(2)\\nq = 1")
    True
    """
    try:
        lines = _lines(source)
    except (tokenize.TokenError, SyntaxError, ValueError):
        lines = [
            ["S" if part[0] in "\"'" else _name(part) for part in ROUGH.findall(line)]
            for line in source.partition("#")[0].splitlines()
        ]
    return _runs(lines)


def prints_of_prose(source: str) -> frozenset[str]:
    """Return the prints of a written paragraph: each run of eight words, or of eight hanzi.

    >>> len(prints_of_prose("One two, three four five six seven eight nine."))
    2
    """
    return _runs([[word.lower() for word in WORD.findall(source)]])


def _runs(lines: list[list[str]]) -> frozenset[str]:
    return frozenset(
        " ".join(line[start : start + LENGTH])
        for line in lines
        for start in range(max(1, len(line) - LENGTH + 1))
        if line
    )


def _lines(source: str) -> list[list[str]]:
    lines, line, attribute = [], [], False
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NEWLINE:
            if line != ["S"]:  # a docstring
                lines.append(line)
            line = []
        elif token.type == tokenize.STRING:
            line.append("S")
        elif token.type == tokenize.NAME:
            line.append(token.string if attribute else _name(token.string))
        elif token.type not in LAYOUT:
            line.append(token.string)
        attribute = token.string == "."
    return lines


def _name(word: str) -> str:
    return "N" if word.isidentifier() and word not in KEPT else word
