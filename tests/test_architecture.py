"""The house holds: rooms import downwards, creditlib's own words stand in the catalogues."""

import ast

import pytest

DOMAIN = ["basics", "assessment", "control", "collection", "archive", "team"]
LIGHT = {"errors", "i18n"}


def modules(root, room):
    path = root / "creditlib" / room
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imported_rooms(file):
    """Every creditlib room that a file imports, at its top or inside a function."""
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "creditlib":
            names = [f"creditlib.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("creditlib.")}
    return rooms - {"language", "use_language", "__version__"}


def allowed(room):
    if room in DOMAIN:
        return LIGHT | set(DOMAIN[: DOMAIN.index(room) + 1])
    return {
        "errors": {"i18n"},
        "i18n": {"errors"},
        "checks": LIGHT,
        "plots": LIGHT | set(DOMAIN),
        "widgets": LIGHT | {"widgets", "plots"} | set(DOMAIN),
        "data": LIGHT | {"data", "plots", "widgets"} | set(DOMAIN),
        "classroom": LIGHT | {"classroom"},
        "cli": LIGHT,
    }[room]


@pytest.mark.parametrize(
    "room", [*DOMAIN, "errors", "i18n", "checks", "plots", "widgets", "data", "classroom", "cli"]
)
def test_a_room_imports_only_what_stands_below_it(root, room):
    stray = {
        str(file.relative_to(root)): sorted(imported_rooms(file) - allowed(room))
        for file in modules(root, room)
        if file.exists() and imported_rooms(file) - allowed(room)
    }
    assert stray == {}


def spoken_constants(file):
    """The texts in a file's code that are not docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node) is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def test_no_chinese_word_stands_in_the_code(root):
    """Words belong to the catalogues; only the data world writes Chinese of its own."""
    speaking = {
        (str(file.relative_to(root)), constant)
        for file in (root / "creditlib").rglob("*.py")
        if "world" not in file.parts
        for constant in spoken_constants(file)
        if sum("\u4e00" <= sign <= "\u9fff" for sign in constant) > 2
    }
    assert speaking == set()
