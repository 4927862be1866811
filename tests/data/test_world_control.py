"""Limits, security, public events, the LPR: they fit the hidden world, with stories in place."""

import re

import numpy as np
import pandas as pd
import pytest

from creditlib.data.world import planted, schema_control
from creditlib.data.world.assemble import assemble
from creditlib.data.world.events import HABITS, events
from creditlib.data.world.guarantees import (
    BANKS,
    GROUP_RING,
    INSURERS,
    RAN_OUT,
    UNREGISTERED_PLEDGES,
    guarantees,
)
from creditlib.data.world.limits import (
    BEYOND_AUTHORITY,
    LAPSED_INCREASES,
    UNREVIEWED,
    limits,
)
from creditlib.data.world.lpr import lpr
from creditlib.data.world.seed import SEED
from creditlib.data.world.table import render
from creditlib.data.world.team import PEOPLE, SELLS_AND_APPROVES, employed

TODAY = pd.Timestamp("2025-12-31")
BAD = (
    "judgment_debtor", "dishonest_debtor", "equity_frozen", "tax_arrears", "abnormal_operations",
    "lawsuit_as_defendant",
)  # fmt: skip


@pytest.fixture(scope="module")
def world():
    return assemble(SEED)


@pytest.fixture(scope="module")
def master(world):
    return world.tables["customers"].set_index("customer_id", drop=False)


@pytest.fixture(scope="module")
def history(world):
    return limits(SEED, world.hidden, world.behaviour, world.tables["customers"])


@pytest.fixture(scope="module")
def security(world):
    return guarantees(SEED, world.hidden, world.behaviour, world.tables["customers"])


@pytest.fixture(scope="module")
def news(world):
    return events(SEED, world.hidden, world.tables["customers"])


@pytest.fixture(scope="module")
def default(world, master):
    return pd.Series(pd.to_datetime(world.hidden.default), index=master.index)


def in_force(history, customers, day):
    """The limit that each customer had on a day."""
    past = history[history["valid_from"] <= day]
    return past.groupby("customer_id")["credit_limit"].last().reindex(customers)


def felt(world, customers, months):
    return world.hidden.felt[[planted.position(customer) for customer in customers], months]


def month_of(days):
    return ((days.dt.year - 2022) * 12 + days.dt.month - 1).clip(0, 47)


def test_every_table_has_its_columns_and_no_blank_where_none_may_be(history, security, news):
    tables = {"limits": history, "guarantees": security, "events": news, "lpr": lpr()}
    for name, table in tables.items():
        file = getattr(schema_control, name.upper())
        assert render(table, file).count(b"\n") == len(table) + 1
        assert not table.duplicated(list(file.key)).any()


# Limits


@pytest.mark.parametrize("seed", [SEED, 7])
def test_the_limit_in_force_at_every_review_is_the_one_in_the_outcomes(seed):
    world = assemble(seed)
    history = limits(seed, world.hidden, world.behaviour, world.tables["customers"])
    reviews = world.tables["outcomes"].groupby("as_of")
    assert len(reviews) == 4
    for day, review in reviews:
        found = in_force(history, review["customer_id"], pd.Timestamp(day))
        assert (found.to_numpy() == review["credit_limit"].to_numpy()).all()


def test_january_brings_the_limit_of_the_year(world, history):
    reviews = history[history["reason"] == "annual_review"]
    assert set(reviews["valid_from"].dt.month) == {1}
    rows = reviews["customer_id"].map(planted.position)
    of_the_year = world.behaviour.credit_limit[rows, reviews["valid_from"].dt.year - 2022]
    assert (reviews["credit_limit"] == of_the_year).all()


def test_a_history_begins_with_the_account_and_every_change_knows_what_was_before(history, master):
    before = history.groupby("customer_id")["credit_limit"].shift()
    assert history["previous_limit"].equals(before)
    first = history.drop_duplicates("customer_id").set_index("customer_id")
    assert (first["reason"] == "first_limit").all()
    since = pd.to_datetime(master["customer_since"])
    assert (first["valid_from"] == since.reindex(first.index)).all()
    assert set(first.index) == set(master.index)
    assert history["valid_from"].max() <= TODAY


def test_after_a_default_the_limit_goes_to_zero_within_a_month_and_stays(history, default):
    for customer, day in default.dropna().items():
        after = history[(history["customer_id"] == customer) & (history["valid_from"] > day)]
        late = history[history["customer_id"] == customer].iloc[-1]
        assert late["reason"] == "suspended_after_default"
        assert late["credit_limit"] == 0
        assert len(after) <= 1
        assert day <= late["valid_from"] <= day + pd.Timedelta(days=31)


def test_who_has_no_limit_today_is_not_active_in_the_master(history, master):
    last = history.groupby("customer_id")["credit_limit"].last()
    assert set(last.index[last == 0]) == set(master.index[master["status"] != "active"])


def test_every_temporary_increase_is_taken_back_but_the_three_that_lapsed(history):
    increase = history["reason"] == "temporary_increase"
    assert history["temporary_until"].notna().equals(increase)
    after = history.groupby("customer_id").shift(-1)
    open_end = increase & (after["reason"] != "temporary_ended")
    left = history[open_end]
    assert set(left["customer_id"]) == set(LAPSED_INCREASES)
    assert (left["temporary_until"] < TODAY).all()
    ended = history[increase & ~open_end]
    days = (after.loc[ended.index, "valid_from"] - ended["temporary_until"]).dt.days
    assert days.between(1, 3).all()
    assert (after.loc[ended.index, "credit_limit"] == ended["previous_limit"]).all()
    assert (history.loc[increase, "credit_limit"] > history.loc[increase, "previous_limit"]).all()


def test_five_active_customers_were_not_reviewed_in_2025(history, master):
    reviews = history[history["reason"] == "annual_review"]
    reviewed = set(reviews.loc[reviews["valid_from"].dt.year == 2025, "customer_id"])
    active = set(master.index[master["status"] == "active"])
    assert active - reviewed == set(UNREVIEWED)


def test_whoever_decides_is_there_and_within_his_authority_but_for_three(history):
    for person, decided in history.groupby("decided_by"):
        assert employed(person, decided["valid_from"].to_numpy().astype("M8[D]")).all()
    authority = history["decided_by"].map(lambda person: PEOPLE[person].authority_limit)
    beyond = history[history["credit_limit"] > authority]
    assert dict(zip(beyond["customer_id"], beyond["decided_by"], strict=True)) == BEYOND_AUTHORITY
    assert len(beyond) == len(BEYOND_AUTHORITY)


def test_one_sales_representative_approves_limits_of_his_own_customers(history, master):
    own = history[history["decided_by"].str.startswith("S")]
    assert set(own["decided_by"]) == {SELLS_AND_APPROVES}
    assert len(own) > 10
    assert set(master.loc[own["customer_id"], "sales_rep"]) == {SELLS_AND_APPROVES}


def test_cuts_and_blocks_go_to_the_weak_and_more_credit_to_the_good(world, history):
    def mean(reason):
        rows = history[history["reason"] == reason]
        return felt(world, rows["customer_id"], month_of(rows["valid_from"])).mean()

    assert mean("cut_after_warning") < -0.8
    assert mean("order_block") < mean("temporary_increase")


def test_nobody_decides_at_a_weekend(history):
    decided = history[history["reason"] != "first_limit"]
    assert decided["valid_from"].dt.day_of_week.max() <= 4


# Security


def test_about_a_customer_in_six_gives_security_the_weak_and_the_large_more(
    world, master, security
):
    gives = pd.Series(master.index.isin(security["customer_id"]), index=master.index)
    assert 0.14 < gives.mean() < 0.22
    quality = pd.Series(world.hidden.quality.mean(axis=1), index=master.index)
    limit = pd.Series(world.behaviour.credit_limit[:, 2], index=master.index)
    assert gives[quality < 0].mean() > 1.3 * gives[quality >= 0].mean()
    assert gives[limit > limit.median()].mean() > 1.3 * gives[limit <= limit.median()].mean()


def test_security_is_given_by_customers_before_they_default(security, master, default):
    assert set(security["customer_id"]) <= set(master.index)
    since = security["customer_id"].map(pd.to_datetime(master["customer_since"]))
    assert (security["valid_from"] >= since).all()
    assert not (security["valid_from"] >= security["customer_id"].map(default)).any()
    assert not security["customer_id"].isin(planted.DUPLICATES).any()
    assert (security["valid_from"] <= TODAY).all()


def test_every_kind_has_the_facts_that_the_law_asks_for(security):
    guarantee = security["kind"].isin(["parent_guarantee", "personal_guarantee"])
    assert (security["guarantee_type"] != "").equals(guarantee)
    assert set(security.loc[guarantee, "guarantee_type"]) == {"joint", "general", "not_stated"}
    assert set(security.loc[guarantee, "period_terms"]) == {"agreed", "silent", "until_paid"}
    agreed = security["period_terms"] == "agreed"
    assert security["valid_until"].notna().equals(agreed)
    assert not (security["valid_until"] <= security["valid_from"]).any()
    in_kind = security["kind"].isin(["mortgage", "pledge_of_receivables", "retention_of_title"])
    assert security["appraised_value"].notna().equals(in_kind)
    assert security.loc[~in_kind, "registered_on"].isna().all()
    assert not (security["registered_on"] < security["valid_from"]).any()


def test_three_pledges_of_receivables_were_never_registered(security):
    pledges = security[security["kind"] == "pledge_of_receivables"]
    unregistered = pledges.loc[pledges["registered_on"].isna(), "customer_id"]
    assert sorted(unregistered) == sorted(UNREGISTERED_PLEDGES)


def test_three_guarantee_periods_ran_out_while_the_customer_buys_on(security, master):
    active = security["customer_id"].map(master["status"]) == "active"
    over = security[active & (security["valid_until"] < TODAY)]
    found = dict(zip(over["customer_id"], over["valid_until"].dt.date, strict=True))
    assert found == RAN_OUT


def test_three_members_of_the_group_guarantee_each_other_in_a_ring(security, master, default):
    names = master["name_zh"]
    for debtor, guarantor in GROUP_RING.items():
        (held,) = security[security["customer_id"] == debtor].to_dict("records")
        assert held["provider_zh"] == names[guarantor]
        assert debtor in planted.GROUP
        assert pd.notna(default[guarantor])
    assert set(GROUP_RING) == set(GROUP_RING.values())


def test_whoever_gives_security_is_invented(security, master):
    invented = {
        *master["name_zh"], *master["legal_representative_zh"], *(zh for zh, _ in INSURERS),
        *(zh for zh, _ in BANKS),
        *(f"{name[:4]}控股有限公司" for name in master["name_zh"]),
    }  # fmt: skip
    assert set(security["provider_zh"]) <= invented


# Events


def test_events_are_published_after_they_happen_and_none_after_today(news):
    assert (news["published_on"] >= news["event_date"]).all()
    assert news["event_date"].min() >= pd.Timestamp("2022-01-01")
    assert news["published_on"].max() <= TODAY
    assert news["published_on"].is_monotonic_increasing


def test_bad_news_comes_to_the_weak_and_good_news_to_the_good(world, news):
    quality = pd.Series(
        felt(world, news["customer_id"], month_of(news["event_date"])), index=news.index
    )
    mean = quality.groupby(news["kind"]).mean()
    assert mean[["judgment_debtor", "equity_frozen", "tax_arrears", "dishonest_debtor"]].max() < -1
    assert mean[["award", "tax_rating_a", "capital_increase"]].min() > 0.2
    assert mean["change_of_address"] == pytest.approx(0, abs=0.4)


def test_bad_news_warns_months_ahead_but_is_mostly_a_false_alarm(news, default):
    bad = news[news["kind"].isin(BAD)]
    ahead = (bad["customer_id"].map(default) - bad["published_on"]).dt.days
    usable = bad["published_on"].between("2023-01-01", "2024-12-31") & ~(ahead <= 0)
    precision = ahead[usable].between(1, 365).mean()
    assert 0.2 < precision < 0.45
    late = default[default >= "2024-01-01"]
    warned = ahead[ahead.between(1, 365) & bad["customer_id"].isin(late.index)]
    longest = warned.groupby(bad["customer_id"]).max()
    assert 0.45 < len(longest) / len(late) < 0.8
    assert longest.median() > 60


def test_petitions_are_for_the_insolvent_and_not_before_their_default(news, master, default):
    petitions = news[news["kind"] == "bankruptcy_petition"]
    assert set(petitions["customer_id"]) == set(master.index[master["status"] == "insolvent"])
    assert petitions["customer_id"].is_unique
    wait = (petitions["event_date"] - petitions["customer_id"].map(default)).dt.days
    assert wait.min() == 0
    assert wait.max() < 200
    assert 0.3 < (wait == 0).mean() < 0.7


def test_a_dishonest_debtor_was_a_judgment_debtor_over_the_same_sum_before(news):
    judgments = news[news["kind"] == "judgment_debtor"].groupby("customer_id")
    for entry in news[news["kind"] == "dishonest_debtor"].itertuples():
        before = judgments.get_group(entry.customer_id)
        before = before[before["event_date"] < entry.event_date]
        assert entry.amount in set(before["amount"])


def test_the_failing_customer_gives_signs_and_the_group_is_frozen_in_a_chain(news, default):
    of_failing = news[
        (news["customer_id"] == planted.FAILING) & (news["event_date"] > pd.Timestamp("2024-05-01"))
    ]
    kinds = list(of_failing["kind"])
    assert kinds.count("equity_pledge") == 2
    assert {"lawsuit_as_defendant", "change_of_legal_representative"} <= set(kinds)
    assert of_failing["published_on"].min() < default[planted.FAILING] - pd.Timedelta(days=270)
    frozen = news[(news["kind"] == "equity_frozen") & news["customer_id"].isin(planted.GROUP)]
    assert list(frozen["customer_id"]) == ["C0345", "C0076", "C0612", "C0203"]
    for entry in frozen.iloc[:3].itertuples():
        assert entry.published_on < default[entry.customer_id]


def test_registers_know_firms_not_accounts(news, master):
    assert set(news["customer_id"]) <= set(master.index) - set(planted.DUPLICATES)


def test_what_is_published_is_complete_and_has_no_number_that_could_be_real(news):
    for column in ("detail_zh", "detail_en"):
        assert not news[column].str.contains("[{}]").any()
        assert not news[column].str.contains(r"\d{7,}").any()
    assert not news["detail_en"].str.contains(r"[\u4e00-\u9fff]").any()
    sums = news[news["amount"].notna()]
    for entry in sums.itertuples():
        assert f"{entry.amount:,.0f}" in entry.detail_zh
        assert f"{entry.amount:,.0f}" in entry.detail_en
    cities = set(re.findall(r"(\w{2}市)(?:中级)?人民法院", " ".join(news["detail_zh"])))
    real = {"北京市", "上海市", "广州市", "深圳市", "杭州市", "南京市", "苏州市", "宁波市"}
    assert cities
    assert not cities & real


def test_every_kind_of_event_occurs(news):
    assert set(news["kind"]) == {*HABITS, "dishonest_debtor", "bankruptcy_petition"}


# The LPR


CHANGES = {  # the one-year rate's change points as published
    "2019-08-20": 4.25, "2019-09-20": 4.20, "2019-11-20": 4.15, "2020-02-20": 4.05,
    "2020-04-20": 3.85, "2021-12-20": 3.80, "2022-01-20": 3.70, "2022-08-22": 3.65,
    "2023-06-20": 3.55, "2023-08-21": 3.45, "2024-07-22": 3.35, "2024-10-21": 3.10,
    "2025-05-20": 3.00,
}  # fmt: skip


def test_the_one_year_rate_changed_on_the_published_days_and_on_no_other():
    rates = lpr()
    changed = rates[rates["lpr_1y"].diff() != 0]
    days = changed["date_published"].dt.strftime("%Y-%m-%d")
    assert dict(zip(days, changed["lpr_1y"], strict=True)) == CHANGES


def test_the_five_year_rate_moved_alone_twice():
    rates = lpr().set_index("date_published")
    alone = (rates["lpr_5y"].diff() < 0) & (rates["lpr_1y"].diff() == 0)
    assert list(rates.index[alone].strftime("%Y-%m-%d")) == ["2022-05-20", "2024-02-20"]


def test_the_rate_was_published_once_a_month_for_seventy_months_and_doubtful_rows_are_out():
    rates = lpr()
    checked = rates[rates["source"] == "A"]
    months = checked["date_published"].dt.to_period("M")
    assert list(months) == list(pd.period_range("2019-08", "2025-05", freq="M"))
    assert len(checked) == 70
    assert set(rates["source"]) == {"A", "B", "C"}
    assert rates["date_published"].is_monotonic_increasing
    assert np.isclose(rates["lpr_1y"].iloc[-1], 3.00)
