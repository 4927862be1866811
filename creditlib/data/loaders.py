"""The course's data sets as pandas frames."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from creditlib.errors import InputError

_TYPES = {"string": "str", "number": "float64"}


def load(name: str) -> pd.DataFrame:
    """Return a data set of the course, with dates as dates and numbers as numbers.

    `name` is one of `customers`, `statements`, `trade_references`, `expert_reviews`, `outcomes`;
    what each column means is in `datasets/README.md`. A blank cell is missing (NaN, NaT or NA),
    never 0. Raises `InputError` for a name that the course does not have.

    >>> load("statements")["year"].unique().tolist()
    [2022, 2023, 2024]
    """
    resources = {resource["name"]: resource for resource in _descriptor()["resources"]}
    if name not in resources:
        raise InputError("data.unknown_name", value=name, known=", ".join(resources))
    fields = resources[name]["schema"]["fields"]
    path = folder() / resources[name]["path"]
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    return pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype={field["name"]: _dtype(field) for field in fields if field["type"] != "date"},
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )


def folder() -> Path:
    """Return the folder that holds the data: in an installed creditlib, else in the repository."""
    package = Path(__file__).parent.parent
    installed = package / "datasets"
    return installed if installed.is_dir() else package.parent / "datasets"


def _dtype(field: dict) -> str:
    if field["type"] == "integer":
        return "int64" if field["constraints"]["required"] else "Int64"
    return _TYPES[field["type"]]


@cache
def _descriptor() -> dict:
    path = folder() / "datapackage.json"
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    return json.loads(path.read_text(encoding="utf-8"))
