"""What `creditlib.data.load` gives, and what it says when it cannot."""

import json
import subprocess
import sys

import pytest

from creditlib.data import load
from creditlib.data.loaders import folder
from creditlib.data.world.schema import FILES
from creditlib.errors import InputError

NAMES = [file.name for file in FILES]


def test_the_package_is_imported_without_pandas():
    code = "import sys, creditlib.data; print({'numpy', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", NAMES)
def test_columns_and_types_are_those_of_the_descriptor(name):
    package = json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(item for item in package["resources"] if item["name"] == name)
    fields = resource["schema"]["fields"]
    frame = load(name)
    assert list(frame.columns) == [field["name"] for field in fields]
    kinds = {"string": "O", "integer": "i", "number": "f", "date": "M"}
    for field in fields:
        assert frame[field["name"]].dtype.kind == kinds[field["type"]]
        assert frame[field["name"]].notna().all() or not field["constraints"]["required"]
        assert field["description"]
        assert field["description_zh"]


def test_statement_columns_are_the_fields_of_a_statement():
    from dataclasses import fields

    from creditlib.assessment.statements import Statement

    names = [field.name for field in fields(Statement)]
    assert list(load("statements").columns) == ["customer_id", *names]


def test_a_blank_cell_is_missing_not_zero():
    outcomes = load("outcomes")
    assert outcomes.loc[outcomes["default_12m"] == 0, "default_date"].isna().all()
    assert outcomes["purchases_change_6m"].isna().any()


def test_statements_join_the_reviews_that_could_use_them():
    joined = load("outcomes").merge(
        load("statements"),
        left_on=["customer_id", "statement_year"],
        right_on=["customer_id", "year"],
        how="left",
    )
    assert len(joined) == len(load("outcomes"))
    assert (joined["revenue"].notna() == joined["statement_year"].notna()).all()
    assert joined["revenue"].notna().mean() > 0.98


def test_each_call_gives_a_frame_of_its_own():
    first = load("customers")
    first["status"] = "changed"
    assert "changed" not in set(load("customers")["status"])


def test_an_unknown_name_says_which_there_are(lang):
    with pytest.raises(InputError) as refused:
        load("invoice")
    for name in ("invoice", *NAMES):
        assert name in str(refused.value)
