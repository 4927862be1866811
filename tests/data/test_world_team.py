"""The team and its tasks: people who fit the other files, work that does not fit into the days."""

import pandas as pd
import pytest

from creditlib.data.world import schema_team
from creditlib.data.world.assemble import assemble
from creditlib.data.world.names import GIVEN, SURNAMES
from creditlib.data.world.seed import SEED
from creditlib.data.world.table import render
from creditlib.data.world.tasks import OVERLOADED, tasks
from creditlib.data.world.team import LEAVER, SELLS_AND_APPROVES, SINGLE_POINT, SKILLS, team

CREDIT_TEAM = {"K01", "K02", "K03", "K04", "K05"}


@pytest.fixture(scope="module")
def world():
    return assemble(SEED)


@pytest.fixture(scope="module")
def people():
    return team().set_index("person_id")


@pytest.fixture(scope="module")
def work(world):
    return tasks(SEED, world.hidden, world.behaviour, world.tables["disputes"])


def test_every_table_has_its_columns_and_no_blank_where_none_may_be(work):
    for file, table in ((schema_team.TEAM, team()), (schema_team.TASKS, work)):
        assert render(table, file).count(b"\n") == len(table) + 1
        assert not table.duplicated(list(file.key)).any()


# People


def test_the_sales_representatives_are_those_of_the_customers(world, people):
    sellers = set(people.index[people["role"] == "sales_rep"])
    assert sellers == set(world.tables["customers"]["sales_rep"])


def test_everyone_reports_to_someone_and_in_the_end_to_the_finance_director(people):
    for person in people.index:
        above, steps = person, 0
        while people.loc[above, "reports_to"]:
            above, steps = people.loc[above, "reports_to"], steps + 1
            assert steps < 5
        assert people.loc[above, "role"] == "finance_director"


ON_THE_PAGES = {"周岚": "Zhou Lan", "何川": "He Chuan", "陆宁": "Lu Ning"}


def test_names_are_invented_and_different(people):
    assert people["name_zh"].is_unique
    names = dict(zip(people["name_zh"], people["name_en"], strict=True))
    for zh, en in ON_THE_PAGES.items():
        assert names.pop(zh) == en
    for zh, en in names.items():
        assert en == f"{SURNAMES[zh[0]]} {GIVEN[zh[1:]]}"


def test_levels_run_from_0_to_4_and_one_skill_hangs_on_one_person(people):
    levels = people[list(SKILLS)]
    assert levels.to_numpy().min() == 0
    assert levels.to_numpy().max() == 4
    credit = levels[people["department"].eq("credit") & people["left"].isna()]
    able = (credit >= 2).sum()
    skill, person = SINGLE_POINT
    assert credit.index[credit[skill] >= 2].tolist() == [person]
    assert (levels[skill] >= 2).sum() == 1
    assert (able.drop(skill) >= 2).sum() >= 6


def test_one_sales_representative_may_approve_and_sell(people):
    approves = people["authority_limit"] > 0
    sells = people["role"] == "sales_rep"
    assert people.index[approves & sells].tolist() == [SELLS_AND_APPROVES]


def test_one_person_has_left(people):
    assert people.index[people["left"].notna()].tolist() == [LEAVER]


# Tasks


def test_tasks_run_in_order_and_time_is_booked_when_they_are_done(work):
    assert 2_300 <= len(work) <= 2_700
    assert work["created_on"].between("2025-10-01", "2025-12-31").all()
    assert work["created_on"].dt.day_of_week.max() <= 4
    assert (work["due_on"] > work["created_on"]).all()
    assert not (work["done_on"] < work["created_on"]).any()
    assert work["minutes_spent"].isna().equals(work["done_on"].isna())
    assert (work["customer_id"] == "").equals(work["kind"] == "report")


def test_only_the_credit_team_as_it_is_now_works_on_them(work):
    assert set(work["assigned_to"]) == CREDIT_TEAM


def test_nobody_spends_more_minutes_than_he_has(work, people):
    spent = work.groupby("assigned_to")["minutes_spent"].sum()
    working_days = 58  # October to December 2025 less weekends and 1–8 October
    for person, minutes in spent.items():
        assert minutes < people.loc[person, "hours_per_week"] / 5 * 60 * working_days


def test_one_person_has_too_much_and_is_late(work):
    load = work.groupby("assigned_to")["minutes_standard"].sum()
    assert load.idxmax() == OVERLOADED
    assert load.max() > 1.4 * load.drop(OVERLOADED).max()
    late = work["done_on"].isna() | (work["done_on"] > work["due_on"])
    share = late.groupby(work["assigned_to"]).mean()
    assert share[OVERLOADED] > 0.6
    assert share.drop(OVERLOADED).max() < 0.4


def test_a_backlog_is_left_as_the_quarter_ends(work):
    left = work[work["done_on"].isna()]
    assert 0.1 < len(left) / len(work) < 0.25
    assert (left["assigned_to"] == OVERLOADED).mean() > 0.5
    assert (left["created_on"] >= pd.Timestamp("2025-11-01")).all()


def test_a_dispute_task_is_a_dispute_in_the_ledger(world, work):
    disputes = world.tables["disputes"]
    opened = disputes[disputes["opened"] >= "2025-10-01"]
    ours = work[work["kind"] == "dispute"]
    assert sorted(ours["customer_id"]) == sorted(opened["customer_id"])


def test_late_payers_are_called_and_customers_in_default_are_not(world, work):
    master = world.tables["customers"].set_index("customer_id")
    defaulted = {
        customer
        for customer, day in zip(master.index, world.hidden.default, strict=True)
        if day is not None
    }
    regular = work[(work["kind"] != "dispute") & (work["customer_id"] != "")]
    assert not set(regular["customer_id"]) & defaulted
    calls = work.loc[work["kind"] == "dunning_call", "customer_id"].value_counts()
    days_late = pd.Series(
        (world.behaviour.share_late * world.behaviour.days_late)[:, 45:].mean(axis=1),
        index=master.index,
    ).drop(list(defaulted))
    called = calls.reindex(days_late.index, fill_value=0)
    assert days_late.corr(called, method="spearman") > 0.3
