"""What is slow to import, and therefore imported once, before a warm process is copied."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from creditlib.classroom.grading.names import KEPT, names_of, parsed
from creditlib.classroom.notebooks import source_of

# What nearly every notebook imports.
ALWAYS = {
    "run": (
        *("creditlib.checks", "creditlib.data", "IPython.display", "numpy", "pandas"),
        *("decimal", "fractions", "statistics"),
    ),
    "check": ("creditlib.checks", "numpy", "pandas"),
}
LANGUAGE = re.compile(r"""\buse_language\(["'](\w+)["']\)""")
# Modules of these are imported if a cell of the instructor's does.
SLOW = ("creditlib", "matplotlib", "scipy", "sklearn")
# A trainee chooses among these only: a warm process is in no sandbox.
COMMON = frozenset(
    {
        *("matplotlib.pyplot", "scipy", "scipy.stats", "scipy.optimize", "sklearn.cluster"),
        *("sklearn.ensemble", "sklearn.linear_model", "sklearn.metrics", "sklearn.model_selection"),
        *("sklearn.pipeline", "sklearn.preprocessing", "sklearn.tree"),
    }
)


def of_the_instructor(source: Mapping) -> list[str]:
    """Return the modules that the instructor's notebook may import."""
    return sorted({name for text in _texts(source) for name in _slow(text)})


def language_of(source: Mapping) -> str:
    """Return the language that the instructor's notebook chooses, or an empty text."""
    for text in _texts(source):
        if chosen := LANGUAGE.search(text):
            return chosen[1]
    return ""


def of_the_answers(notebook: Mapping) -> list[str]:
    """Return those of `COMMON` that a trainee's notebook imports."""
    return sorted(COMMON.intersection(name for text in _texts(notebook) for name in _slow(text)))


def _texts(notebook: Mapping) -> Iterator[str]:
    return (source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")


@lru_cache(KEPT)
def _slow(source: str) -> frozenset[str]:
    found = set()
    for statement in set(names_of(source).imports.values()):
        for node in parsed(statement).body:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            else:  # `from a import b` means a, and a.b if that is a module
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(name for name in found if name.partition(".")[0] in SLOW)
