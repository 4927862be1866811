"""datapackage.json: every file's schema, size and hash (Frictionless Data Package)."""

import json
from hashlib import file_digest, sha256
from pathlib import Path

from creditlib.data.world.columns import Column, File
from creditlib.data.world.schema import FILES


def datapackage(contents: dict[str, bytes]) -> bytes:
    """Return the package descriptor of the CSV files in `contents`, name → bytes."""
    return _descriptor([_csv(file, contents[f"{file.name}.csv"]) for file in FILES])


def parquet_datapackage(folder: Path, rows: dict[str, int]) -> bytes:
    """Return the package descriptor of the Parquet files in `folder`; `rows` of each, by name."""
    return _descriptor([_parquet(file, folder / f"{file.name}.parquet", rows) for file in FILES])


def _descriptor(resources: list[dict]) -> bytes:
    descriptor = {
        "name": "yunxiu-electromechanical",
        "title": "The data of Yunxiu Electromechanical, an invented supplier",
        "title_zh": "云岫机电（虚构的供应商）的数据",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _csv(file: File, content: bytes) -> dict:
    described = {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\n", "delimiter": ","},
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    return _resource(file, f"{file.name}.csv", described)


def _parquet(file: File, path: Path, rows: dict[str, int]) -> dict:
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    described = {
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": rows[file.name],
    }
    return _resource(file, path.name, described)


def _resource(file: File, path: str, described: dict) -> dict:
    return {
        "name": file.name,
        "path": path,
        "title": file.en,
        "title_zh": file.zh,
        **described,
        "schema": {
            "fields": [_field(column) for column in file.columns],
            "missingValues": [""],
            **({"primaryKey": list(file.key)} if file.key else {}),
        },
    }


def _field(column: Column) -> dict:
    return {
        "name": column.name,
        "type": column.type,
        **({"unit": column.unit} if column.unit else {}),
        "description": column.en,
        "description_zh": column.zh,
        "constraints": {"required": not column.blank},
    }
