"""datapackage.json: every file's schema, size and hash (Frictionless Data Package)."""

import json
from hashlib import sha256

from creditlib.data.world.columns import Column, File
from creditlib.data.world.schema import FILES


def datapackage(contents: dict[str, bytes]) -> bytes:
    """Return the package descriptor of the CSV files in `contents`, name → bytes."""
    descriptor = {
        "name": "yunxiu-electromechanical",
        "title": "The data of Yunxiu Electromechanical, an invented supplier",
        "title_zh": "云岫机电（虚构的供应商）的数据",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(file, contents[f"{file.name}.csv"]) for file in FILES],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _resource(file: File, content: bytes) -> dict:
    return {
        "name": file.name,
        "path": f"{file.name}.csv",
        "title": file.en,
        "title_zh": file.zh,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\n", "delimiter": ","},
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
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
