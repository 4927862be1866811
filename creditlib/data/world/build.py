"""`creditlib data build` makes the data files, `creditlib data check` proves them right."""

from pathlib import Path

from creditlib.data.loaders import folder
from creditlib.data.world import parquet
from creditlib.data.world import seed as seeds
from creditlib.data.world.assemble import World, assemble
from creditlib.data.world.blocks import blocks, small_world
from creditlib.data.world.card import card
from creditlib.data.world.hidden import CUSTOMERS
from creditlib.data.world.package import datapackage, parquet_datapackage
from creditlib.data.world.schema import FILES
from creditlib.data.world.table import render
from creditlib.errors import InputError
from creditlib.i18n import text

FEWEST = 50  # customers: with fewer, some tables would have nothing to show


def build(
    out: str | Path = "datasets", seed: int | None = None, customers: int | None = None
) -> None:
    """Write every data file into the folder `out`.

    Without a seed, the course's own data; with one, another company's world. `customers` is how
    many accounts it has: up to 823, the course's own number, as CSV with its data card; more, as
    Parquet, block by block in bounded memory.
    """
    out = Path(out)
    seed = seeds.SEED if seed is None else seed
    customers = CUSTOMERS if customers is None else customers
    if seed < 0:
        raise InputError("data.bad_seed", value=seed)
    if customers < FEWEST:
        raise InputError("data.too_few", value=customers, fewest=FEWEST)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if customers <= CUSTOMERS:
            _build_small(out, small_world(seed, customers))
        else:
            _build_large(out, seed, customers)
    except OSError as error:
        raise InputError("data.cannot_write", path=out, error=error.strerror or error) from None


def check() -> bool:
    """Compare the data files with what the generator makes; return whether all are the same."""
    findings = [_compare(folder() / name, content) for name, content in make(seeds.SEED).items()]
    wrong = findings.count(False)
    if wrong:
        print(text("data.rebuild", wrong=wrong))
    return not wrong


def make(seed: int) -> dict[str, bytes]:
    """Return every data file of the world of `seed`, file name → content."""
    return contents_of(assemble(seed))


def contents_of(world: World) -> dict[str, bytes]:
    """Return a world as files, file name → content."""
    contents = {f"{file.name}.csv": render(world.tables[file.name], file) for file in FILES}
    return contents | {
        "datapackage.json": datapackage(contents),
        "README.md": card(world, contents),
    }


def _build_small(out: Path, world: World) -> None:
    contents = contents_of(world)
    for name, content in contents.items():
        _write(out / name, content)
    for name, content in contents.items():
        print(text("data.written", path=out / name, kilobytes=_kilobytes(len(content))))


def _build_large(out: Path, seed: int, customers: int) -> None:
    rows = parquet.write(out, blocks(seed, customers))
    _write(out / "datapackage.json", parquet_datapackage(out, rows))
    for name, count in rows.items():
        path = out / f"{name}.parquet"
        size = _kilobytes(path.stat().st_size)
        print(text("data.written_rows", path=path, kilobytes=size, rows=f"{count:,}"))


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
        print(text("data.same", path=path.name, kilobytes=_kilobytes(len(expected))))
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


def _kilobytes(size: int) -> str:
    return f"{size / 1000:,.0f}"
