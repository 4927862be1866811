"""nbgrader's settings of a class, `nbgrader_config.py`: written with it, and read before they run.

A class may be older than the course that is installed, and its settings then name parts of the
course that are gone: nbgrader and formgrader would end in a traceback.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from creditlib.classroom import cohort
from creditlib.classroom.cohort import Cohort
from creditlib.errors import InputError
from creditlib.i18n import text

FILE = "nbgrader_config.py"
TEMPLATE = Path(__file__).with_name("nbgrader_config.template")
OURS = "creditlib"


def write_settings(folder: Path, lang: str) -> None:
    """Write the settings of a class whose trainees read `lang`."""
    stubs = {
        name: repr(text(f"class.stub.{name}", lang=lang, cell_id="{cell_id}"))
        for name in ("code", "text", "missing")
    }
    settings = TEMPLATE.read_text(encoding="utf-8").format_map(stubs)
    cohort.write_whole(folder / FILE, settings.encode())


def check_settings(course: Cohort) -> None:
    """Check that the settings of a class can be used; write them where there are none.

    Nothing of them is run. Raises `InputError`, which says the way out, where they are no Python
    or name what the course no longer has.
    """
    file = course.folder / FILE
    if not file.exists():
        write_settings(course.folder, course.lang)
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError) as error:
        row = getattr(error, "lineno", None)
        why = getattr(error, "msg", error)
        raise InputError("class.settings_broken", file=file, row=row, why=why) from None
    gone = [name for name in dict.fromkeys(_named(tree)) if not _stands(name)]
    if gone:
        names = text("class.joint").join(gone)
        raise InputError("class.settings_old", settings=file, names=names)


def _named(tree: ast.Module) -> Iterator[str]:
    """Yield what of the course the settings import, each with its module before it."""
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom) and not one.level and _is_ours(one.module):
            yield from (f"{one.module}.{each.name}" for each in one.names)
        elif isinstance(one, ast.Import):
            yield from (each.name for each in one.names if _is_ours(each.name))


def _is_ours(name: str | None) -> bool:
    return (name or "").partition(".")[0] == OURS


def _stands(name: str) -> bool:
    """Say whether the course has a module of this name, or one with such a part."""
    module, _, part = name.rpartition(".")
    try:
        found = find_spec(module or name)
        if not found or not module or part == "*":
            return found is not None
        if part in _parts(ast.parse(Path(found.origin).read_bytes())):
            return True  # without importing it, which takes a second
        return hasattr(import_module(module), part) or find_spec(name) is not None
    except ImportError:
        return False


def _parts(module: ast.Module) -> set[str]:
    """Return the classes and functions that a module defines at its top."""
    return {one.name for one in module.body if isinstance(one, ast.ClassDef | ast.FunctionDef)}
