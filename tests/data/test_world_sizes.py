"""Worlds of other seeds and sizes: small ones as CSV, large ones block by block as Parquet."""

import json

import pandas as pd
import pytest
from pyarrow import parquet

from creditlib.data import load
from creditlib.data.loaders import FOLDER_VARIABLE
from creditlib.data.world import build
from creditlib.data.world.blocks import block
from creditlib.data.world.hidden import CUSTOMERS
from creditlib.data.world.schema import FILES
from creditlib.errors import InputError

NAMES = [file.name for file in FILES]
OTHER = 3  # a seed that is not the course's


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The world of a seed that is not the course's."""
    folder = tmp_path_factory.mktemp("whole")
    build.build(folder, seed=OTHER)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A world of two blocks and a part of a third."""
    folder = tmp_path_factory.mktemp("large")
    build.build(folder, seed=OTHER, customers=2 * CUSTOMERS + 100)
    return folder


def test_another_seed_is_another_company_that_reconciles_too(whole, monkeypatch):
    own = {name: load(name) for name in ("customers", "invoices")}
    monkeypatch.setenv(FOLDER_VARIABLE, str(whole))
    assert not load("customers")["name_zh"].equals(own["customers"]["name_zh"])
    assert reconciles()


def test_a_small_world_is_the_first_customers_of_the_whole_one(whole, tmp_path, monkeypatch):
    build.build(tmp_path, seed=OTHER, customers=120)
    monkeypatch.setenv(FOLDER_VARIABLE, str(whole))
    everyone = {name: load(name) for name in NAMES}
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    for name in NAMES:
        small = load(name)
        if "customer_id" in small:
            kept = everyone[name]["customer_id"]
            kept = kept.isna() | (kept <= "C0120")
            expected = everyone[name][kept].reset_index(drop=True)
        else:
            expected = everyone[name]
        pd.testing.assert_frame_equal(small, expected)
    assert reconciles()


def test_the_descriptor_of_a_large_world_counts_its_rows(large):
    package = json.loads((large / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = large / resource["path"]
        assert path.suffix == ".parquet"
        assert parquet.read_metadata(path).num_rows == resource["rows"] > 0
    assert not list(large.glob(".*"))


def test_every_number_in_a_large_world_is_its_own(large, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(large))
    customers = load("customers")
    assert len(customers) == 2 * CUSTOMERS + 100
    for file in FILES:
        frame = load(file.name)
        if file.key:
            assert not frame.duplicated(list(file.key)).any()
        if "customer_id" in frame:
            assert set(frame["customer_id"].dropna()) <= set(customers["customer_id"])
    codes = customers["credit_code"].dropna()
    assert codes.duplicated().sum() <= 3  # the planted duplicate in each block
    assert reconciles()


def test_a_large_world_begins_with_the_world_of_its_seed(large, whole, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(whole))
    own = load("invoices")
    monkeypatch.setenv(FOLDER_VARIABLE, str(large))
    first = load("invoices").head(len(own))
    assert (first["amount"] == own["amount"]).all()
    assert (first["due_date"] == own["due_date"]).all()


def test_a_block_does_not_depend_on_how_many_there_are(large, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(large))
    payments = load("payments")
    alone = block(OTHER, 1)["payments"]
    among = payments[payments["payment_id"].isin(alone["payment_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(among, alone, check_dtype=False)
    assert not among["amount"].equals(payments["amount"].head(len(among)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"customers": 3}, "3 is too few customers"), ({"seed": -1}, "the seed -1 is negative")],
)
def test_a_world_that_cannot_be_made_is_refused_in_one_sentence(tmp_path, wrong, said, in_english):
    with pytest.raises(InputError, match=said):
        build.build(tmp_path / "new", **wrong)
    assert not (tmp_path / "new").exists()


def reconciles():
    """Whether nothing is settled twice: every invoice has an owner, and owes 0 or more."""
    invoices = load("invoices").set_index("invoice_id")
    settled = pd.concat([load("payments"), load("credit_notes")])
    assert set(settled["invoice_id"]) <= set(invoices.index)
    owed = invoices["amount"].sub(settled.groupby("invoice_id")["amount"].sum(), fill_value=0)
    return bool((owed.round(2) >= 0).all())
