"""The invented world: the same everywhere, in balance, of one piece, with its stories in place."""

import csv
import io
from datetime import timedelta
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
import yaml
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer

from creditlib.assessment.distress import beneish_m
from creditlib.assessment.expert import fleiss_kappa
from creditlib.assessment.statements import check as check_statement
from creditlib.assessment.statements import statement_from
from creditlib.data import load
from creditlib.data.world import build
from creditlib.data.world.assemble import assemble
from creditlib.data.world.schema import FILES
from creditlib.data.world.seed import SEED
from creditlib.errors import InputError

OUT_OF_TIME = pd.Timestamp("2024-10-31")


@pytest.fixture(scope="module")
def files(world):
    return build.contents_of(world)


@pytest.fixture
def made_before(files, monkeypatch):
    """What is compared with the generator's files need not make them once more."""
    monkeypatch.setattr(build, "make", {SEED: files}.__getitem__)


@pytest.fixture(scope="module")
def world():
    return assemble(SEED)


@pytest.fixture(scope="module")
def planted(root):
    return yaml.safe_load((root / "solutions/planted.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def statements():
    return {
        (row["customer_id"], row["year"]): statement_from(row)
        for row in load("statements").to_dict("records")
    }


@pytest.fixture(scope="module")
def seen():
    """Every review with the ratios of the accounts that were public then."""
    accounts = load("statements")
    ratios = pd.DataFrame(
        {
            "customer_id": accounts["customer_id"],
            "statement_year": accounts["year"].astype("Int64"),
            "debt": accounts["total_liabilities"] / accounts["total_assets"],
            "liquidity": accounts["current_assets"] / accounts["current_liabilities"],
            "margin": 1 - accounts["cost_of_sales"] / accounts["revenue"],
            "return": accounts["net_profit"] / accounts["total_assets"],
            "receivables": accounts["accounts_receivable"] / accounts["revenue"],
            "inventory": accounts["inventory"] / accounts["cost_of_sales"],
            "cash": accounts["cash"] / accounts["current_liabilities"],
            "size": np.log(accounts["revenue"]),
        }
    )
    return load("outcomes").merge(ratios, on=["customer_id", "statement_year"], how="left")


def out_of_time_auc(seen, columns):
    train, test = seen[seen["as_of"].dt.year == 2023], seen[seen["as_of"] == OUT_OF_TIME]
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        QuantileTransformer(n_quantiles=50, output_distribution="normal", random_state=0),
        LogisticRegression(C=0.1),
    ).fit(train[columns], train["default_12m"])
    return roc_auc_score(test["default_12m"], model.predict_proba(test[columns])[:, 1])


RATIOS = ["debt", "liquidity", "margin", "return", "receivables", "inventory", "cash", "size"]
BEHAVIOUR = ["average_days_late_6m", "share_past_due", "utilisation", "broken_promises_6m"]


def digest(files):
    return sha256(b"".join(files[name] for name in sorted(files))).hexdigest()


# The same everywhere


def test_the_same_seed_makes_the_same_bytes_and_another_does_not(files):
    assert digest(build.make(SEED)) == digest(files)
    assert digest(build.make(SEED + 1)) != digest(files)


def test_the_committed_files_are_what_the_generator_makes(made_before, capsys, in_english):
    assert build.check() is True
    assert capsys.readouterr().out.count("same as made") == len(FILES) + 2


def test_files_open_in_excel_and_are_small(files):
    for name, content in files.items():
        assert b"\r" not in content
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert {len(row) for row in rows} == {len(rows[0])}
    assert sum(map(len, files.values())) < 15_000_000


def test_a_change_is_found_and_its_row_named(
    files, made_before, tmp_path, monkeypatch, capsys, in_english
):
    build.build(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(files)
    path = tmp_path / "customers.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[41] = lines[41].replace(b"C0041", b"C9041")
    path.write_bytes(b"".join(lines))
    (tmp_path / "outcomes.csv").unlink()
    monkeypatch.setattr(build, "folder", lambda: tmp_path)
    capsys.readouterr()
    assert build.check() is False
    said = capsys.readouterr().out
    assert "DIFFERS: customers.csv, first in row 42" in said
    assert "MISSING: outcomes.csv" in said


def test_lines_added_or_lost_at_the_end_are_found(files):
    content = files["customers.csv"]
    assert build._first_difference(content + b"C9999\n", content) == content.count(b"\n") + 1


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, in_english):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(InputError, match="cannot write to"):
        build.build(blocked)


# In balance


def test_every_statement_is_sound_and_equity_is_the_sum_of_its_parts(statements):
    unsound = {key for key, statement in statements.items() if check_statement(statement)}
    assert unsound == set()
    for statement in statements.values():
        assert statement.total_assets == statement.total_liabilities + statement.total_equity
        parts = statement.paid_in_capital + statement.surplus_reserve + statement.retained_profit
        assert parts == statement.total_equity


def test_some_firms_lose_money_have_negative_equity_or_leave_lines_out():
    accounts = load("statements")
    assert 3 <= (accounts["total_equity"] < 0).sum() <= 20
    assert 0.05 < (accounts["net_profit"] < 0).mean() < 0.15
    small = accounts["revenue"] < 2e7
    assert 0.06 < accounts.loc[small, "operating_cash_flow"].isna().mean() < 0.18
    assert accounts.loc[~small, "operating_cash_flow"].notna().all()


def test_a_review_uses_only_what_was_known_then():
    outcomes, customers = load("outcomes"), load("customers").set_index("customer_id")
    assert (outcomes["statement_year"] < outcomes["as_of"].dt.year).all()  # a blank is left out
    since = outcomes["customer_id"].map(customers["customer_since"])
    assert (since < outcomes["as_of"]).all()
    references = load("trade_references")
    assert (references["reported_on"] <= references["as_of"]).all()
    reviewed = set(zip(outcomes["customer_id"], outcomes["as_of"], strict=True))
    assert set(zip(references["customer_id"], references["as_of"], strict=True)) == reviewed


def test_default_dates_lie_in_their_window_and_end_the_reviews():
    outcomes = load("outcomes")
    bad = outcomes[outcomes["default_12m"] == 1]
    assert bad["default_date"].notna().all()
    assert (bad["default_date"] > bad["as_of"]).all()
    assert (bad["default_date"] <= bad["as_of"] + timedelta(days=366)).all()
    last_review = outcomes.groupby("customer_id")["as_of"].max()
    assert (bad["customer_id"].map(last_review) < bad["default_date"]).all()


def test_identifiers_are_invented():
    customers = load("customers")
    codes = customers["credit_code"].dropna()
    assert codes.str.fullmatch(r"91000000VO\d{7}Z").all()
    assert customers["phone"].str.fullmatch(r"000-\d{4} \d{4}").all()


# Of one piece


def quality_at(world, frame):
    rows = frame["customer_id"].str[1:].astype(int) - 1
    months = (frame["as_of"].dt.year - 2022) * 12 + frame["as_of"].dt.month - 1
    return pd.Series(world.hidden.quality[rows, months], index=frame.index)


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        ("margin", 1),
        ("return", 1),
        ("liquidity", 1),
        ("cash", 1),
        ("debt", -1),
        ("receivables", -1),
        ("inventory", -1),
        ("average_days_late_6m", -1),
        ("share_past_due", -1),
        ("broken_promises_6m", -1),
        ("default_12m", -1),
    ],
)
def test_better_quality_shows_in_accounts_and_payments(world, seen, column, sign):
    correlation = quality_at(world, seen).corr(seen[column], method="spearman")
    assert sign * correlation > 0.15


def test_better_quality_shows_in_what_others_say(world):
    references = load("trade_references")
    late = quality_at(world, references).corr(references["days_beyond_terms"], method="spearman")
    assert late < -0.3
    reviews = load("expert_reviews").dropna(subset="score")
    for dimension in ("market_position", "operating_ability", "management_quality"):
        scores = reviews[reviews["dimension"] == dimension]
        rank = quality_at(world, scores).corr(scores["score"].astype(float), method="spearman")
        assert rank > 0.3


def test_there_are_enough_defaults_to_build_and_to_validate():
    counts = load("outcomes").groupby("as_of")["default_12m"].agg(["sum", "mean"])
    assert counts.loc[counts.index.year == 2023, "sum"].sum() >= 80
    assert counts.loc[OUT_OF_TIME, "sum"] >= 40
    assert counts["mean"].between(0.055, 0.08).all()


def test_a_plain_model_separates_out_of_time_as_in_practice(seen):
    assert 0.66 < out_of_time_auc(seen, RATIOS) < 0.77
    assert 0.78 < out_of_time_auc(seen, RATIOS + BEHAVIOUR) < 0.87


def test_the_columns_known_afterwards_give_themselves_away(seen):
    stages = ["none", "reminder", "call", "formal_demand", "lawyer_letter", "court"]
    leaked = seen.assign(stage=seen["collection_stage_12m"].map(stages.index))
    assert out_of_time_auc(leaked, ["stage"]) > 0.95


def test_both_shrinking_and_racing_customers_default_more():
    outcomes = load("outcomes")
    bands = pd.cut(outcomes["purchases_change_6m"], [-1, -0.2, 0.1, 9])
    shrinking, steady, racing = outcomes.groupby(bands, observed=True)["default_12m"].mean()
    assert min(shrinking, racing) > 1.3 * steady


def test_missing_cash_flow_is_bad_news(world):
    accounts = load("statements")
    small = accounts[accounts["revenue"] < 2e7]
    rows = small["customer_id"].str[1:].astype(int) - 1
    quality = pd.Series(world.hidden.quality.mean(axis=1)[rows], index=small.index)
    missing = small["operating_cash_flow"].isna()
    assert quality[missing].mean() < quality[~missing].mean() - 0.2


def test_experts_agree_fairly_and_sales_are_rosier():
    reviews = load("expert_reviews")
    assert reviews["customer_id"].nunique() == 120
    panels = reviews.groupby("customer_id")["rater_id"].nunique()
    assert set(panels) == {3, 4, 5}
    known = reviews.dropna(subset="score")
    means = known["score"].astype(float).groupby(known["rater_role"]).mean()
    assert means["sales"] > means.drop("sales").max() + 0.3
    operating = known[known["dimension"] == "operating_ability"]
    first_three = operating.groupby("customer_id")["score"].apply(lambda scores: list(scores[:3]))
    counts = [
        [scores.count(grade) for grade in range(1, 6)] for scores in first_three if len(scores) == 3
    ]
    assert 0.15 < fleiss_kappa(counts).kappa < 0.5


# The planted stories


def test_sham_sales_are_flagged_and_few_others_are(planted, statements):
    scores = {}
    for (customer, year), statement in statements.items():
        before = statements.get((customer, year - 1))
        if before and not np.isnan([statement.operating_cash_flow, statement.depreciation]).any():
            scores[customer, year] = beneish_m(statement, before)
    for customer in planted["sham_sales"]["customers"]:
        assert scores[customer, planted["sham_sales"]["year"]].flagged
    assert np.mean([score.flagged for score in scores.values()]) < 0.05


def test_experts_see_through_the_sham_sales(planted):
    reviews = load("expert_reviews")
    for customer in planted["sham_sales"]["customers"]:
        about = reviews[reviews["customer_id"] == customer]
        scores = about.loc[about["dimension"] == "operating_ability", "score"]
        assert scores.mean() < 3


def test_sham_cash_stands_beside_more_debt(planted, statements):
    (customer,) = planted["sham_cash"]["customers"]
    for year in (2022, 2023, 2024):
        accounts = statements[customer, year]
        borrowed = accounts.short_term_borrowings + accounts.long_term_borrowings
        assert borrowed > accounts.cash > 0.25 * accounts.total_assets
        assert accounts.net_profit > 0
        assert accounts.interest_expense > 1.5 * accounts.net_profit


def test_the_group_shares_its_people_and_address_and_nothing_else(planted):
    customers = load("customers").set_index("customer_id")
    members = customers.loc[planted["group"]["customers"]]
    for column in ("legal_representative_zh", "address", "phone"):
        assert members[column].nunique() == 1
        others = customers.drop(members.index)
        assert column == "legal_representative_zh" or members[column].iloc[0] not in set(
            others[column]
        )
    assert members["name_zh"].is_unique
    assert members["industry_zh"].nunique() >= 3


def test_the_failing_customer_slides_until_it_defaults(planted, statements):
    (customer,) = planted["failing"]["customers"]
    before, after = statements[customer, 2022], statements[customer, 2023]
    assert after.cash < 0.67 * before.cash
    assert after.inventory > 1.33 * before.inventory
    assert after.net_profit > 0
    assert (customer, 2024) not in statements
    late = load("outcomes").query("customer_id == @customer")["average_days_late_6m"]
    assert len(late) == 4
    assert late.is_monotonic_increasing


def test_planted_defaults_are_in_the_outcomes(planted):
    outcomes = load("outcomes")
    for story in planted.values():
        for customer, day in story.get("defaults", {}).items():
            dates = outcomes.loc[outcomes["customer_id"] == customer, "default_date"].dropna()
            assert set(dates) == {pd.Timestamp(day)}


def test_duplicates_are_one_firm_under_two_names(planted):
    customers = load("customers").set_index("customer_id")
    for account, original in planted["duplicates"]["pairs"].items():
        second, first = customers.loc[account], customers.loc[original]
        assert second["name_zh"] != first["name_zh"]
        assert second["customer_since"] > first["customer_since"]
        same = ["address", "phone", "legal_representative_zh", "registered_capital", "founded"]
        assert second[same].equals(first[same])
        for name in ("statements", "outcomes", "trade_references", "expert_reviews"):
            assert account not in set(load(name)["customer_id"])
    assert customers["name_zh"].is_unique


def test_the_decimal_slip_stands_far_off_its_credit_limit(planted):
    (slipped,) = planted["decimal_slip"]["customers"]
    purchases = load("customers").set_index("customer_id")["annual_purchases"]
    outcomes = load("outcomes")
    times = outcomes["customer_id"].map(purchases) / outcomes["credit_limit"]
    assert times[outcomes["customer_id"] == slipped].min() > 30
    assert times[outcomes["customer_id"] != slipped].max() < 20
