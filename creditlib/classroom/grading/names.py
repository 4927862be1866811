"""Which names a cell reads and which it makes, found without running it."""

import ast
import re
import symtable
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)  # \s would search line ends again and again
LONGEST = 50_000  # letters of a cell that is looked into; parsing a million takes half a minute

# Most cells of a submission are the instructor's, or are answers' beginnings: the same in the next.
KEPT = 500

# Python 3.11 counts the depth of a tree for all threads at once: two that parse at the same time
# may end in a SystemError.
ONE_AT_A_TIME = threading.Lock()

# What finds or makes names that a text has.
BY_TEXT = frozenset(("exec", "eval", "globals", "vars"))

# What a constant is written with: reading it calls nothing.
STILL = (
    *(ast.Constant, ast.Name, ast.Dict, ast.List, ast.Tuple, ast.Set),
    *(ast.UnaryOp, ast.unaryop, ast.expr_context),
)


@dataclass(frozen=True)
class Names:
    """The names of one cell: read from outside its functions or inside, made, imported.

    `imports` has the statement that imports each name, for instance `from math import log`.
    `all` says whether these are all: not where it is not Python, or runs what a text says.
    """

    reads: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    imports: dict[str, str] = field(default_factory=dict)
    all: bool = True


@lru_cache(KEPT)
def names_of(source: str) -> Names:
    """Return the names of a cell; none where it is not Python or too long to be looked into.

    >>> names = names_of("import numpy as np\\ntotal = np.sum(amounts)")
    >>> sorted(names.reads), sorted(names.makes), names.imports
    (['amounts', 'np'], ['np', 'total'], {'np': 'import numpy as np'})
    """
    source = without_magics(source)
    if len(source) > LONGEST:
        return Names(all=False)
    try:
        table = symtable.symtable(source, "cell", "exec")
        tree = parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names(all=False)
    reads, makes = set(), set()
    for name, read, made in _symbols(table, top=True):
        if read:
            reads.add(name)
        if made:
            makes.add(name)
    whole = reads.isdisjoint(BY_TEXT)
    return Names(frozenset(reads), frozenset(makes), dict(_imports(tree)), whole)


def only_adds(source: str, known: Mapping[str, str], *, may_call: bool = False) -> bool:
    """Say whether a cell only makes functions, imports and constants that are not `known` yet.

    Then nothing that was there before can be another after it. `known` has the names that were
    made or read before, with the statement that imported them or an empty text. With `may_call`
    the cell may also call what it likes, as one of the instructor's that reads no answer.

    >>> only_adds("import math\\n\\ndef root(x):\\n    return math.sqrt(x)", {"dso": ""})
    True
    >>> only_adds("dso(3, 4)", {"dso": ""}), only_adds("dso = 3", {"dso": ""})
    (False, False)
    """
    if not may_call and not _calls_nothing(source):
        return False
    names = names_of(source)
    again = [name for name in names.makes if name in known]
    return all(known[name] and known[name] == names.imports.get(name) for name in again)


@lru_cache(KEPT)
def _calls_nothing(source: str) -> bool:
    if len(source) > LONGEST:
        return False
    try:
        return all(map(_adds, parsed(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def without_magics(source: str) -> str:
    """Return a cell that is Python, its lines for IPython (`%matplotlib`, `!ls`) left out."""
    if len(source) > LONGEST:
        return source
    try:
        parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return MAGIC.sub(r"\1pass", source)
    return source


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of Python source; safe to call from several threads."""
    with ONE_AT_A_TIME:
        return ast.parse(source)


def _adds(statement: ast.stmt) -> bool:
    """Say whether a statement calls nothing: neither now nor by what it changes."""
    if isinstance(statement, ast.FunctionDef):
        early = [*statement.args.defaults, *statement.args.kw_defaults]
        return not statement.decorator_list and all(map(_is_still, filter(None, early)))
    if isinstance(statement, ast.ImportFrom):
        return all(alias.name != "*" for alias in statement.names)
    if isinstance(statement, ast.Assign):
        names = all(isinstance(target, ast.Name) for target in statement.targets)
        return names and _is_still(statement.value)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Import | ast.Pass)


def _is_still(value: ast.expr) -> bool:
    return all(isinstance(node, STILL) for node in ast.walk(value))


def _symbols(table: symtable.SymbolTable, top: bool) -> Iterator[tuple[str, bool, bool]]:
    for symbol in table.get_symbols():
        if top or symbol.is_global():
            made = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            yield symbol.get_name(), symbol.is_referenced(), made
    for inner in table.get_children():
        yield from _symbols(inner, top=False)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield alias.asname or alias.name.partition(".")[0], ast.unparse(ast.Import([alias]))
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            for alias in statement.names:
                single = ast.ImportFrom(statement.module, [alias], 0)
                yield alias.asname or alias.name, ast.unparse(single)
