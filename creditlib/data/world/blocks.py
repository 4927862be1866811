"""Worlds of other sizes: the first customers of one block, or many blocks one after another.

A block is the world of 823 accounts that a seed makes, with its planted stories. A bigger world is
made of blocks, each from a seed drawn from the first and with numbers of its own, so that no more
than a few blocks are ever in memory. Company names repeat between blocks; registration codes and
numbers do not.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd

from creditlib.data.world.assemble import World, assemble
from creditlib.data.world.columns import File
from creditlib.data.world.hidden import CUSTOMERS
from creditlib.data.world.schema import FILES
from creditlib.data.world.seed import stream

_AHEAD = 2  # blocks in the making, for each that is being written


def small_world(seed: int, customers: int) -> World:
    """Return the world of a seed with its first `customers` accounts, at most one block of them.

    Stories planted in an account that is left out are left out with it.
    """
    world = assemble(seed)
    if customers == CUSTOMERS:
        return world
    return World(world.hidden, world.behaviour, _first(world.tables, customers))


def blocks(seed: int, customers: int) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield the tables of a world of many blocks, block by block, made on all cores."""
    counts = [min(CUSTOMERS, customers - start) for start in range(0, customers, CUSTOMERS)]
    context = get_context("spawn")  # a fork would copy the locks of the threads that run by now
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        waiting: list[Future] = []
        for number, count in enumerate(counts):
            waiting.append(pool.submit(block, seed, number, count))
            if len(waiting) > _AHEAD * (os.cpu_count() or 1):
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()


def block(seed: int, number: int, customers: int = CUSTOMERS) -> dict[str, pd.DataFrame]:
    """Return the tables of block `number`; the first is the world of the seed itself.

    What is no customer's (the team, the LPR) is in the first block only.
    """
    own = seed if number == 0 else int(stream(seed, f"block {number}").integers(2**62))
    tables = _first(assemble(own).tables, customers)
    return {
        file.name: _numbered(tables[file.name], number)
        for file in FILES
        if number == 0 or _is_about_customers(file)
    }


def _is_about_customers(file: File) -> bool:
    return any(column.name == "customer_id" for column in file.columns)


def _first(tables: dict[str, pd.DataFrame], customers: int) -> dict[str, pd.DataFrame]:
    last = f"C{customers:04d}"
    return {
        name: table
        if "customer_id" not in table or customers == CUSTOMERS
        else table[table["customer_id"].isna() | (table["customer_id"] <= last)].reset_index(
            drop=True
        )
        for name, table in tables.items()
    }


# Numbers stand alone in identifiers, and between hanzi or spaces in what was said and written.
_ALONE = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"
_NUMBER = _ALONE.format(r"(?P<letter>[A-Z])(?P<number>\d{6})")
_CUSTOMER = _ALONE.format(r"C(?P<number>\d{4})")
_CODE = r"VO(?P<number>\d{7})Z"
_TEXTS = ("credit_code", "transcript_zh", "transcript_en", "body")


def _numbered(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give a block's customers and documents numbers that no other block has."""
    before = number * CUSTOMERS
    patterns = {
        _CUSTOMER: lambda match: f"C{before + int(match['number']):07d}",
        _NUMBER: lambda match: f"{match['letter']}{number:04d}{match['number']}",
        _CODE: lambda match: f"VO{before + int(match['number']):07d}Z",
    }
    renumbered = table.copy()
    for column in table.columns:
        if not (column.endswith(("_id", "_ids")) or column in _TEXTS):
            continue
        codes, values = pd.factorize(table[column].astype("str"), use_na_sentinel=True)
        values = pd.Series(values.astype("str"))
        for pattern, new in patterns.items():
            values = values.str.replace(pattern, new, regex=True)
        renumbered[column] = values.reindex(codes).set_axis(table.index)
    return renumbered
