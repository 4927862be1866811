"""The scorecard: points that add up, the same in Python, in its table and in SQL."""

import math
import pickle
import sqlite3

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import cross_val_score

from creditlib.assessment.scorecard import Scorecard, performance, prior_correction
from creditlib.errors import InputError

COLUMNS = ["days late", 'leverage "net"', "sector"]


def portfolio(seed=0, rows=1500):
    """Two numbers with gaps, one rising and one turning, and a text; who defaulted."""
    random = np.random.default_rng(seed)
    late, leverage = random.exponential(20, rows), random.normal(size=rows)
    sector = random.choice(
        ["steel", "retail", "O'Neill & Co", "tyres"], rows, p=[0.4, 0.3, 0.28, 0.02]
    )
    log_odds = -2.5 + 0.04 * late + 0.4 * leverage**2 + 0.8 * (sector == "steel")
    bad = (random.random(rows) < 1 / (1 + np.exp(-log_odds))).astype(int)
    late[random.random(rows) < 0.1] = np.nan
    sector = pd.Series(sector).mask(random.random(rows) < 0.05)
    return pd.DataFrame(dict(zip(COLUMNS, (late, leverage, sector), strict=True))), bad


@pytest.fixture(scope="module")
def card():
    return Scorecard().fit(*portfolio())


@pytest.fixture(scope="module")
def later():
    """Customers of another day, with a sector that training never saw."""
    X, _ = portfolio(seed=1)
    X.loc[::50, "sector"] = "fishery"
    return X


def test_it_follows_the_conventions_of_scikit_learn(card):
    assert card.n_features_in_ == 3
    assert list(card.feature_names_in_) == COLUMNS
    assert clone(card).get_params() == card.get_params()
    assert not hasattr(clone(card), "coef_")
    X, y = portfolio()
    again = clone(card)
    assert again.fit(X, y) is again
    pd.testing.assert_frame_equal(again.table(), card.table())
    assert cross_val_score(Scorecard(), X, y, scoring="roc_auc", cv=3).mean() > 0.65


def test_it_survives_being_stored(card, later):
    assert (pickle.loads(pickle.dumps(card)).score(later) == card.score(later)).all()


def test_good_customers_score_high_and_every_coefficient_is_negative(card):
    X, y = portfolio()
    assert card.score(X)[y == 0].mean() > card.score(X)[y == 1].mean()
    assert (card.coef_ < 0).all()


def test_points_are_the_published_formula(card):
    factor = 20 / math.log(2)
    offset = 600 - factor * math.log(50)
    table = card.table()
    for name, beta in zip(COLUMNS, card.coef_, strict=True):
        bins = table[(table["variable"] == name) & (table["reason"] == "")]
        expected = -(bins["woe"] * beta + card.intercept_ / 3) * factor + offset / 3
        assert bins["points"].tolist() == pytest.approx(expected.tolist())


def test_the_score_is_the_pd_on_the_scale(card, later):
    pd_of_each = card.predict_proba(later)[:, 1]
    expected = [card.scale_.score_of_pd(pd_of_one) for pd_of_one in pd_of_each]
    assert card.score(later) == pytest.approx(expected)
    assert card.predict_proba(later).sum(axis=1) == pytest.approx(1)


def test_mean_pd_is_the_default_rate_it_was_trained_on(card):
    X, y = portfolio()
    assert card.predict_proba(X)[:, 1].mean() == pytest.approx(y.mean(), abs=1e-6)


def test_the_scale_moves_the_points_and_not_the_pd(card, later):
    other = Scorecard(pdo=40, odds=72, points=660).fit(*portfolio())
    assert other.predict_proba(later) == pytest.approx(card.predict_proba(later))
    assert np.diff(other.score(later)) == pytest.approx(2 * np.diff(card.score(later)))


def test_prior_correction_moves_every_pd_to_the_population(card, later):
    X, y = portfolio()
    corrected = Scorecard(population_default_rate=0.02).fit(X, y).predict_proba(later)[:, 1]
    expected = [prior_correction(one, 0.02, y.mean()) for one in card.predict_proba(later)[:, 1]]
    assert corrected == pytest.approx(expected)


def test_the_printed_card_reproduces_every_score(card, later):
    points = card.table().set_index(["variable", "bin"])["points"]
    total = sum(
        points[name]
        .loc[np.array(card.binnings_[name].labels())[card.binnings_[name].codes(later[name])]]
        .to_numpy()
        for name in COLUMNS
    )
    assert card.score(later) == pytest.approx(total)


@given(row=st.integers(0, 1499))
@settings(max_examples=30)
def test_an_explanation_adds_up_to_the_score(card, later, row):
    explained = card.explain(later.iloc[row])
    assert explained["points"].sum() == pytest.approx(card.score(later.iloc[[row]])[0])
    assert explained["from_best"].is_monotonic_increasing
    assert (explained["from_best"] <= 0).all()
    best = explained["points"] - explained["from_best"]
    assert best.sum() >= card.score(later).max() - 1e-9
    neutral = explained["points"] - explained["from_neutral"]
    assert neutral.nunique() == 1 or np.ptp(neutral) < 1e-9


def test_a_customer_is_explained_from_a_plain_mapping(card, in_english):
    row = {"days late": 90, 'leverage "net"': 0.1, "sector": None}
    explained = card.explain(row).set_index("variable")
    assert explained.loc["days late"].name == card.explain(row)["variable"][0]
    assert explained.loc["sector", "bin"] == "missing"
    with pytest.raises(InputError, match="there are 2 rows"):
        card.explain(pd.DataFrame([row, row]))


def test_the_order_of_the_rows_changes_nothing(card, later):
    X, y = portfolio()
    order = np.random.default_rng(9).permutation(len(X))
    shuffled = Scorecard().fit(X.iloc[order], y[order])
    assert shuffled.binnings_ == card.binnings_
    assert shuffled.score(later) == pytest.approx(card.score(later), abs=1e-6)


def test_row_labels_may_repeat():
    X, y = portfolio()
    repeated = X.set_axis([0] * len(X)).assign(one="same")
    again = Scorecard().fit(repeated, pd.Series(y, index=repeated.index))
    assert again.score(X.assign(one="same")) == pytest.approx(again.score(repeated))
    assert reasons(again, "one") == {"no_information"}


def test_columns_are_found_by_name_and_others_ignored(card, later):
    turned = later[COLUMNS[::-1]].assign(customer_id=1)
    assert (card.score(turned) == card.score(later)).all()


def test_an_array_is_a_frame_without_names():
    X, y = portfolio()
    numbers = X[COLUMNS[:2]]
    card = Scorecard().fit(numbers.to_numpy(), y)
    assert list(card.feature_names_in_) == ["x0", "x1"]
    assert card.score(numbers.to_numpy()) == pytest.approx(
        Scorecard().fit(numbers, y).score(numbers)
    )


def test_whole_points_are_whole_in_every_place(later):
    card = Scorecard(decimals=0).fit(*portfolio())
    assert (card.table()["points"] % 1 == 0).all()
    assert (card.score(later) % 1 == 0).all()
    assert (
        (card.explain(later.iloc[0])[["points", "from_neutral", "from_best"]] % 1 == 0).all().all()
    )


def test_a_bin_without_evidence_gets_neutral_points():
    X, y = portfolio()
    table = (
        Scorecard().fit(X[['leverage "net"', "sector"]], y).table().set_index(["variable", "bin"])
    )
    never = table[table["reason"] == "not_seen"]
    assert len(never) == 1
    assert never["woe"].isna().all()
    everyone = table.loc['leverage "net"'].query("reason == ''")
    assert everyone["points"].min() < never["points"].iloc[0] < everyone["points"].max()


def in_sqlite(card, frame):
    database = sqlite3.connect(":memory:")
    frame.to_sql("customers", database, index=False)
    rows = database.execute(f"SELECT {card.to_sql('sqlite')} FROM customers ORDER BY rowid")
    return np.array([score for (score,) in rows])


@pytest.mark.parametrize("decimals", [None, 0, 3])
def test_sqlite_gives_exactly_the_same_score(later, decimals):
    card = Scorecard(decimals=decimals).fit(*portfolio())
    assert later.isna().any().sum() == 2
    assert (in_sqlite(card, later) == card.score(later)).all()


@given(
    st.integers(0, 1000),
    st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=30),
)
@settings(max_examples=40)
def test_sqlite_agrees_on_any_number(seed, values):
    X, y = portfolio(seed, rows=300)
    card = Scorecard(min_bads=3, max_bins=5).fit(X[COLUMNS[:2]], y)
    cuts = [cut for binning in card.binnings_.values() for cut in binning.cuts]
    asked = pd.DataFrame({name: [*values, *cuts] for name in COLUMNS[:2]}, dtype=float)
    assert (in_sqlite(card, asked) == card.score(asked)).all()


def test_each_dialect_quotes_in_its_own_way(card):
    sqlite, postgresql, mysql = map(card.to_sql, ("sqlite", "postgresql", "mysql"))
    assert sqlite == postgresql
    assert '"leverage ""net""" IS NULL' in sqlite
    assert '`leverage "net"` IS NULL' in mysql
    assert "'O''Neill & Co'" in sqlite
    assert mysql.count("CASE") == mysql.count("END") == 3


def test_a_backslash_in_a_text_is_only_special_to_mysql():
    X = pd.DataFrame({"a`b": ["x\\y", "z"] * 100})
    card = Scorecard().fit(X, [0, 1, 1, 0, 0, 1, 0, 1, 0, 1] * 20)
    assert "'x\\y'" in card.to_sql("sqlite")
    assert "`a``b` IN ('x\\\\y')" in card.to_sql("mysql")
    assert (in_sqlite(card, X) == card.score(X)).all()


def reasons(card, column):
    return {finding.reason for finding in card.warnings_ if finding.column == column}


def test_a_flipped_sign_is_reported_with_its_column(lang):
    random = np.random.default_rng(4)
    risk = random.normal(size=5000)
    X = pd.DataFrame({"risk": risk, "echo": risk + 0.5 * random.normal(size=5000)})
    # Given the risk, the echo works the other way: alone it looks as if it worked as the risk does.
    log_odds = -2 + 2 * X["risk"] - 0.8 * X["echo"]
    card = Scorecard().fit(X, random.random(5000) < 1 / (1 + np.exp(-log_odds)))
    assert "flipped_sign" in reasons(card, "echo")
    assert "flipped_sign" not in reasons(card, "risk")
    said = next(str(finding) for finding in card.warnings_ if finding.reason == "flipped_sign")
    assert {"zh": "“echo”：系数是 +", "en": "“echo”: its coefficient is +"}[lang] in said


def test_what_else_a_person_should_look_at_is_reported(lang):
    random = np.random.default_rng(6)
    risk, bad = random.normal(size=2000), random.random(2000) < 0.2
    X = pd.DataFrame(
        {
            "hindsight": bad + 0.5 * random.normal(size=2000),
            "leak": bad + 0.1 * random.normal(size=2000),
            "status": np.where(bad, "court", "fine"),
            "constant": 1.0,
            "turning": np.where(bad, 2 * risk, risk),
        }
    )
    card = Scorecard().fit(X, bad)
    assert "suspicious" in reasons(card, "hindsight")
    assert reasons(card, "leak") == reasons(card, "status") == {"separates"}
    assert reasons(card, "constant") == {"no_information"}
    assert "no_trend" in reasons(card, "turning")
    few = Scorecard().fit(X[:70], bad[:70])
    assert reasons(few, "constant") == {"few_bads"}
    assert all("“" in str(finding) for finding in [*card.warnings_, *few.warnings_])


@pytest.mark.parametrize("nothing", [np.nan, None])
def test_a_column_of_which_nothing_is_known_gives_everyone_the_same(nothing):
    card = Scorecard().fit(X.assign(empty=nothing), Y)
    assert reasons(card, "empty") == {"no_information"}
    assert np.ptp(card.points_["empty"]) == pytest.approx(0)


def test_perfect_separation_still_gives_finite_points():
    x = np.arange(200.0)
    card = Scorecard().fit(pd.DataFrame({"x": x}), x > 150)
    assert np.isfinite(card.score(pd.DataFrame({"x": x}))).all()


def test_it_separates_the_breast_cancer_sample_about_as_well_as_optbinning_says_it_does():
    data = load_breast_cancer(as_frame=True)
    X, bad = data.data[["mean radius"]], 1 - data.target
    card = Scorecard(min_bads=1).fit(X, bad)
    assert performance(bad, card.score(X)).gini == pytest.approx(0.8754, abs=0.03)


X, Y = portfolio()
TWICE = pd.concat([X, X[["sector"]]], axis=1)


@pytest.mark.parametrize(
    ("options", "X", "y", "message"),
    [
        ({}, TWICE, Y, "“sector” stands above more than one column"),
        ({}, X[:0], Y[:0], "there is no data"),
        ({}, X, Y * 0, "y is 0 throughout"),
        ({}, X, Y + 1, "row .*: “2” is neither 0 nor 1"),
        ({}, X.assign(late=np.inf), Y, "row 0, column “late”: the value is infinite"),
        ({}, X.assign(late=[*range(1499), "?"]), Y, "row 1499, column “late”: “\\?” is not a"),
        ({"cuts": {"latr": [3]}}, X, Y, "the column “latr” is missing"),
        ({"monotone": {"latr": None}}, X, Y, "the column “latr” is missing"),
        ({"cuts": {"days late": [1e9]}}, X, Y, "column “days late”: the bin “> 1000000000” has"),
        ({"population_default_rate": 1}, X, Y, "population_default_rate is 1"),
        ({"pdo": 0}, X, Y, "pdo must be above zero"),
    ],
)
def test_bad_input_to_fit_is_refused_with_its_place(in_english, options, X, y, message):
    with pytest.raises(InputError, match=message):
        Scorecard(**options).fit(X, y)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda X: X.drop(columns="sector"), "the column “sector” is missing.*days late"),
        (lambda X: X.assign(**{"days late": "soon"}), "row 0, column “days late”: “soon” is not"),
        (lambda X: X.assign(**{"days late": -np.inf}), "column “days late”: the value is infinite"),
        (lambda X: X.assign(sector=7), "row 0, column “sector”: “7” is not text"),
    ],
)
def test_bad_input_to_score_is_refused_with_its_place(in_english, card, later, change, message):
    with pytest.raises(InputError, match=message):
        card.score(change(later))


def test_an_unknown_dialect_is_refused(in_english, card):
    with pytest.raises(InputError, match="“oracle”; choose one of: sqlite, postgresql, mysql"):
        card.to_sql("oracle")


def test_cuts_and_directions_can_be_given_per_column():
    card = Scorecard(
        cuts={"days late": [10, 30]}, monotone={'leverage "net"': "increasing"}, min_bads=5
    ).fit(X, Y)
    assert card.binnings_["days late"].cuts == (10, 30)
    assert card.binnings_['leverage "net"'].trend in ("increasing", None)
    assert len(card.binnings_['leverage "net"'].cuts) < 8
