"""The course's data sets as pandas frames."""

import json
import os
from functools import cache
from pathlib import Path

import pandas as pd

from creditlib.errors import InputError

FOLDER_VARIABLE = "CREDITLIB_DATA"
_TYPES = {"string": "str", "number": "float64"}


def load(name: str) -> pd.DataFrame:
    """Return a data set of the course, with dates as dates and numbers as numbers.

    What there is, and what each column means, is in `datasets/README.md`. A blank cell is missing
    (NaN, NaT or NA), never 0. Raises `InputError` for a name that the course does not have.

    Another world, made with `creditlib data build --out FOLDER --seed …`, is read instead where the
    environment variable `CREDITLIB_DATA` names its folder.

    >>> load("statements")["year"].unique().tolist()
    [2022, 2023, 2024]
    """
    place = folder()
    resources = {resource["name"]: resource for resource in _descriptor(place)["resources"]}
    if name not in resources:
        raise InputError("data.unknown_name", value=name, known=", ".join(resources))
    fields = resources[name]["schema"]["fields"]
    path = place / resources[name]["path"]
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    return (_read_csv if path.suffix == ".csv" else _read_parquet)(path, fields)


def folder() -> Path:
    """Return the folder that holds the data.

    It is the one that `CREDITLIB_DATA` names; else the installed creditlib's, or the repository's.
    """
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    package = Path(__file__).parent.parent
    installed = package / "datasets"
    return installed if installed.is_dir() else package.parent / "datasets"


def _read_csv(path: Path, fields: list[dict]) -> pd.DataFrame:
    return pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype={field["name"]: _dtype(field) for field in fields if field["type"] != "date"},
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )


def _read_parquet(path: Path, fields: list[dict]) -> pd.DataFrame:
    frame = pd.read_parquet(path)
    types = {field["name"]: _dtype(field) for field in fields}
    return frame.astype(types)


def _dtype(field: dict) -> str:
    if field["type"] == "date":
        return "datetime64[us]"
    if field["type"] == "integer":
        return "int64" if field["constraints"]["required"] else "Int64"
    return _TYPES[field["type"]]


@cache
def _descriptor(place: Path) -> dict:
    path = place / "datapackage.json"
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    return json.loads(path.read_text(encoding="utf-8"))
