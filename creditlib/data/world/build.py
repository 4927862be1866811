"""`creditlib data build` makes the data files, `creditlib data check` proves them right."""

from pathlib import Path

from creditlib.data.loaders import folder
from creditlib.data.world import seed as seeds
from creditlib.data.world.assemble import assemble
from creditlib.data.world.card import card
from creditlib.data.world.package import datapackage
from creditlib.data.world.schema import FILES
from creditlib.data.world.table import render
from creditlib.errors import InputError
from creditlib.i18n import text


def build(out: str | Path = "datasets", seed: int | None = None) -> None:
    """Write every data file into the folder `out`; without a seed, the course's own data."""
    out = Path(out)
    contents = make(seeds.SEED if seed is None else seed)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _write(out / name, content)
    except OSError as error:
        raise InputError("data.cannot_write", path=out, error=error.strerror or error) from None
    for name, content in contents.items():
        print(text("data.written", path=out / name, kilobytes=_kilobytes(content)))


def check() -> bool:
    """Compare the data files with what the generator makes; return whether all are the same."""
    findings = [_compare(folder() / name, content) for name, content in make(seeds.SEED).items()]
    wrong = findings.count(False)
    if wrong:
        print(text("data.rebuild", wrong=wrong))
    return not wrong


def make(seed: int) -> dict[str, bytes]:
    """Return every data file of the world of `seed`, file name → content."""
    world = assemble(seed)
    contents = {f"{file.name}.csv": render(world.tables[file.name], file) for file in FILES}
    return contents | {
        "datapackage.json": datapackage(contents),
        "README.md": card(world, contents),
    }


def _write(path: Path, content: bytes) -> None:
    # Whole or not at all: a reader never meets half a file.
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _compare(path: Path, expected: bytes) -> bool:
    if not path.is_file():
        print(text("data.absent", path=path.name))
        return False
    found = path.read_bytes()
    if found == expected:
        print(text("data.same", path=path.name, kilobytes=_kilobytes(expected)))
        return True
    print(text("data.differs", path=path.name, row=_first_difference(found, expected)))
    return False


def _first_difference(found: bytes, expected: bytes) -> int:
    """The first line, counted from 1, that is not the same in both."""
    lines = found.splitlines(keepends=True), expected.splitlines(keepends=True)
    for number, (one, other) in enumerate(zip(*lines, strict=False), start=1):
        if one != other:
            return number
    return min(map(len, lines)) + 1


def _kilobytes(content: bytes) -> str:
    return f"{len(content) / 1000:,.0f}"
