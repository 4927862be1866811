"""Credit files and the access log: they fit the other files, gaps and intrusions in place."""

from ipaddress import ip_address

import pandas as pd
import pytest

from creditlib.data.world import planted, schema_archive
from creditlib.data.world.access_log import access_log
from creditlib.data.world.assemble import assemble
from creditlib.data.world.credit_files import (
    EXPIRED_LICENCES,
    FUTURE_DATED,
    MISSING_APPROVALS,
    NO_LICENCE,
    SAME_HANDS,
    SECOND_HALF,
    credit_files,
)
from creditlib.data.world.guarantees import guarantees
from creditlib.data.world.intrusions import FAILED_LOGINS, INTRUSIONS, LOOK_ALIKE, story_of
from creditlib.data.world.limits import limits
from creditlib.data.world.seed import SEED
from creditlib.data.world.table import render
from creditlib.data.world.team import LEAVER, PEOPLE, employed

TODAY = pd.Timestamp("2025-12-31")


@pytest.fixture(scope="module")
def tables():
    world = assemble(SEED)
    tables, hidden = dict(world.tables), world.hidden
    master = tables["customers"]
    tables["limits"] = limits(SEED, hidden, world.behaviour, master)
    tables["guarantees"] = guarantees(SEED, hidden, world.behaviour, master)
    tables["credit_files"] = credit_files(
        SEED,
        hidden,
        master,
        tables["statements"],
        tables["expert_reviews"],
        tables["guarantees"],
        tables["limits"],
    )
    tables["access_log"] = access_log(SEED, master, tables["credit_files"])
    return tables


@pytest.fixture(scope="module")
def files(tables):
    return tables["credit_files"]


@pytest.fixture(scope="module")
def active(tables):
    """The customers with an account of their own that still buy on credit."""
    master = tables["customers"].set_index("customer_id")
    return set(master.index[master["status"] == "active"]) - set(planted.DUPLICATES)


@pytest.fixture(scope="module")
def log(tables):
    found = tables["access_log"]
    return found.assign(
        time=pd.to_datetime(found["at"]), story=story_of(found, tables["customers"])
    )


def test_every_table_has_its_columns_and_no_blank_where_none_may_be(tables):
    for name in ("credit_files", "access_log"):
        file, table = getattr(schema_archive, name.upper()), tables[name]
        assert render(table, file).count(b"\n") == len(table) + 1
        assert not table.duplicated(list(file.key)).any()


# Files


def test_accounts_are_on_file_exactly_for_the_years_that_the_statements_have(tables, files):
    accounts = files[files["kind"] == "annual_accounts"]
    on_file = set(zip(accounts["customer_id"], accounts["dated"].dt.year, strict=True))
    statements = tables["statements"]
    assert on_file == set(zip(statements["customer_id"], statements["year"], strict=True))
    assert len(accounts) == len(statements)


def test_whoever_handed_in_no_accounts_for_2024_has_a_stale_file(tables, files, active):
    accounts = files[(files["kind"] == "annual_accounts") & files["customer_id"].isin(active)]
    newest = accounts.groupby("customer_id")["dated"].max()
    stale = newest[newest < TODAY - pd.DateOffset(months=18)]
    fresh = tables["statements"].query("year == 2024")["customer_id"]
    assert set(stale.index) == active - set(fresh)
    assert len(stale) >= 3


def test_every_limit_decided_in_2025_has_its_approval_form_but_four(tables, files):
    decided = tables["limits"].query(
        "valid_from >= '2025-01-01' and reason in "
        "('first_limit', 'annual_review', 'temporary_increase', 'cut_after_warning')"
    )
    forms = files[files["kind"] == "approval_form"]
    second = decided["customer_id"].isin(planted.DUPLICATES)
    wanted = decided[~second].merge(
        forms,
        left_on=["customer_id", "valid_from"],
        right_on=["customer_id", "dated"],
        how="left",
    )
    assert set(wanted.loc[wanted["document_id"].isna(), "customer_id"]) == set(MISSING_APPROVALS)
    present = wanted.dropna(subset="document_id")
    assert (present["reviewed_by"] == present["decided_by"]).all()
    assert len(present) == len(forms)


def test_every_security_but_deposits_has_a_deed(tables, files):
    held = tables["guarantees"].query("kind != 'deposit'")
    deeds = files[files["kind"] == "guarantee_deed"]
    assert sorted(zip(held["customer_id"], held["valid_from"], strict=True)) == sorted(
        zip(deeds["customer_id"], deeds["dated"], strict=True)
    )


def test_whom_the_experts_scored_had_been_visited_that_month(tables, files):
    visits = files[(files["kind"] == "site_visit_report") & (files["dated"].dt.year == 2024)]
    assert set(visits["customer_id"]) == set(tables["expert_reviews"]["customer_id"])
    assert visits["received_on"].max() <= pd.Timestamp("2024-04-30")


def test_four_active_customers_have_no_licence_on_file_and_four_an_expired_one(files, active):
    licences = files[files["kind"] == "business_licence"].set_index("customer_id")
    assert active - set(licences.index) == set(NO_LICENCE)
    expired = licences.loc[licences["valid_until"] < TODAY, "valid_until"]
    assert expired.dt.date.to_dict() == EXPIRED_LICENCES


def test_contracts_with_active_customers_are_in_force(files, active):
    contracts = files[(files["kind"] == "contract") & files["customer_id"].isin(active)]
    assert (contracts["valid_until"] >= TODAY).all()
    assert (contracts["dated"] <= TODAY).all()


def test_four_eyes_but_for_the_planted_documents(files):
    alone = files[files["prepared_by"] == files["reviewed_by"]]
    assert dict(zip(alone["customer_id"], alone["kind"], strict=True)) == SAME_HANDS


def test_two_documents_are_dated_in_the_future_and_no_other_before_it_came_in(files):
    wrong = files[files["dated"] > files["received_on"]]
    found = {row.customer_id: (row.kind, row.dated.date()) for row in wrong.itertuples()}
    assert found == FUTURE_DATED
    assert (wrong["dated"] > TODAY).all()
    assert files["received_on"].max() <= TODAY


def test_two_accounts_of_one_firm_have_two_half_files(files):
    kinds = files.groupby("customer_id")["kind"].agg(set)
    for second, first in planted.DUPLICATES.items():
        assert kinds[second] <= set(SECOND_HALF)
        assert not kinds[first] & set(SECOND_HALF)
        assert {"business_licence", "annual_accounts", "contract"} <= kinds[first] | kinds[second]


def test_whoever_puts_a_document_into_a_file_is_with_the_company(files):
    for column in ("prepared_by", "reviewed_by"):
        for person, documents in files.groupby(column):
            assert employed(person, documents["received_on"].to_numpy().astype("M8[D]")).all()


# The access log


def test_the_log_is_in_order_and_covers_the_half_year(log):
    assert 11_000 <= len(log) <= 13_000
    assert log["at"].str.fullmatch(r"2025-\d\d-\d\dT\d\d:\d\d:\d\d").all()
    assert log["at"].is_monotonic_increasing
    assert sorted(set(log["time"].dt.month)) == [7, 8, 9, 10, 11, 12]


def test_a_document_is_the_customers_own_and_was_there_when_it_was_opened(files, log):
    opened = log[log["document_id"] != ""].merge(files, on="document_id", suffixes=("", "_file"))
    assert len(opened) == (log["customer_id"] != "").sum()
    assert (opened["customer_id"] == opened["customer_id_file"]).all()
    assert (opened["received_on"] <= opened["time"]).all()
    logins = log["action"].isin(["login", "login_failed"])
    assert (log["customer_id"] == "").equals(logins)


def test_people_work_in_working_hours_with_a_dip_at_noon(log):
    usual = log[log["story"] == ""]
    assert (usual["time"].dt.day_of_week >= 5).mean() < 0.02
    assert usual["time"].dt.hour.between(8, 18).all()
    by_hour = usual["time"].dt.hour.value_counts()
    assert by_hour[12] < 0.6 * min(by_hour[10], by_hour[14])
    assert usual["time"].dt.strftime("%m-%d").between("10-01", "10-08").sum() < 30


def test_credit_people_read_more_as_the_quarter_ends(log):
    team = log[log["role"].isin(["credit_manager", "credit_analyst"]) & (log["action"] == "read")]
    a_day = team.groupby(team["time"].dt.date).size()
    a_day.index = pd.to_datetime(a_day.index)
    busy = a_day["2025-09-22":"2025-09-30"]
    assert busy[busy.index.day_of_week < 5].mean() > 1.4 * a_day["2025-10-09":"2025-11-30"].mean()


def test_sales_are_refused_what_is_strictly_confidential_and_nobody_anything_else(files, log):
    level = log["document_id"].map(files.set_index("document_id")["confidentiality"])
    refused = (log["outcome"] == "denied") & (log["action"] != "login_failed")
    sales = log["role"] == "sales_rep"
    strict = (level == "strictly_confidential") & sales & (log["action"] != "change")
    assert refused.equals(strict)
    assert refused.sum() > 20
    assert (log.loc[log["action"] == "login_failed", "outcome"] == "denied").all()


def test_addresses_are_private_and_people_have_two(log):
    assert all(ip_address(address).is_private for address in set(log["address"]))
    usual = log[log["story"] == ""]
    assert usual.groupby("person_id")["address"].nunique().max() == 2


def test_a_leavers_account_was_used_a_month_after_leaving(log):
    after = log[(log["person_id"] == LEAVER) & (log["time"].dt.date > PEOPLE[LEAVER].left)]
    assert set(after["story"]) == {"leaver_account"}
    assert len(after) == 1 + INTRUSIONS["leaver_account"].many
    others = log[log["person_id"] != LEAVER].groupby("person_id")
    for person, entries in others:
        assert employed(person, entries["time"].to_numpy().astype("M8[D]")).all()


def test_someone_exported_colleagues_customers_in_the_small_hours(tables, log):
    seller = tables["customers"].set_index("customer_id")["sales_rep"]
    night = log[log["time"].dt.hour < 5]
    assert set(night["story"]) == {"mass_export"}
    exported = night[night["action"] == "export"]
    assert len(exported) == 64
    assert "S05" not in set(exported["customer_id"].map(seller))
    rest = log[(log["action"] == "export") & (log["story"] == "")]
    assert rest.groupby([rest["person_id"], rest["time"].dt.date]).size().max() < 10


def test_a_password_was_guessed_after_fourteen_failures_from_a_new_address(log):
    burst = log[log["story"] == "guessed_password"]
    assert list(burst["action"][:FAILED_LOGINS]) == ["login_failed"] * 14
    assert burst["action"].iloc[FAILED_LOGINS] == "login"
    address = burst["address"].iloc[0]
    assert set(log.loc[log["address"] == address, "story"]) == {"guessed_password"}
    failed = log[(log["action"] == "login_failed") & (log["story"] == "")]
    assert failed.groupby([failed["person_id"], failed["time"].dt.date]).size().max() <= 2


def test_someone_reads_three_files_a_day_of_colleagues_customers_for_a_month(tables, log):
    trickle = log[log["story"] == "slow_trickle"]
    a_day = trickle.groupby(trickle["time"].dt.date).size()
    assert set(a_day) == {3}
    assert len(a_day) == 22
    assert trickle["time"].dt.hour.between(9, 17).all()
    # No single day gives it away: others open as many of their colleagues' files on some days.
    seller = log["customer_id"].map(tables["customers"].set_index("customer_id")["sales_rep"])
    others = log[(log["role"] == "sales_rep") & (log["story"] == "") & (seller != log["person_id"])]
    others = others[others["document_id"] != ""]
    assert others.groupby([others["person_id"], others["time"].dt.date]).size().max() >= 2


def test_a_rule_that_counts_reads_a_day_flags_the_innocent_auditor(log):
    a_day = log[log["action"] == "read"].groupby(["person_id", log["time"].dt.date]).size()
    most = a_day.sort_values(ascending=False).head(10)
    assert set(most.index.get_level_values(0)) == {LOOK_ALIKE.person_id}
    assert (log.loc[log["person_id"] == LOOK_ALIKE.person_id, "story"] == "").all()
