"""Calls and letters: what they state is in the ledger, their labels follow from the text."""

import re
import tomllib

import numpy as np
import pandas as pd
import pytest

from creditlib.data.world.assemble import assemble
from creditlib.data.world.calls import calls
from creditlib.data.world.letter_texts import REQUIRED, SENTENCES, STAGES
from creditlib.data.world.letters import letters
from creditlib.data.world.schema_collection import CALLS, COLLECTION_FILES, LETTERS
from creditlib.data.world.seed import SEED
from creditlib.data.world.table import render
from creditlib.data.world.team import employed

TODAY = pd.Timestamp("2025-12-31")
MONEY = re.compile(r"\d[\d,]*\.\d\d(?!%)")
LABELS = {  # the two moves of the collector that each label counts
    "listening": {"ask", "reflect"},
    "cooperation": {"offer", "together"},
    "clarity": {"claim", "close"},
    "emotion": {"greet", "calm"},
}


@pytest.fixture(scope="module")
def world():
    return assemble(SEED)


@pytest.fixture(scope="module")
def contacts(world):
    frame = calls(SEED, world.hidden, world.tables)
    return frame.assign(at=pd.to_datetime(frame["at"]), due=pd.to_datetime(frame["promised_date"]))


@pytest.fixture(scope="module")
def sent(world):
    return letters(SEED, world.hidden, world.tables)


@pytest.fixture(scope="module")
def spoken(contacts):
    return contacts[contacts["transcript_zh"] != ""]


def past_due(world, asked, key, day):
    """The open items past due for each row of `asked`, worked out by joins over the ledger."""
    tables = {name: world.tables[name] for name in ("invoices", "payments", "credit_notes")}
    items = asked[[key, "customer_id", day]].merge(tables["invoices"], on="customer_id")
    items = items[items["due_date"] < items[day]]
    settled = pd.concat(
        [
            tables["payments"].rename(columns={"payment_date": "dated"}),
            tables["credit_notes"].rename(columns={"credit_date": "dated"}),
        ]
    )[["invoice_id", "dated", "amount"]]
    posted = items[[key, "invoice_id", day]].merge(settled, on="invoice_id")
    posted = posted[posted["dated"] <= posted[day]]
    paid = posted.groupby([key, "invoice_id"])["amount"].sum().rename("paid").reset_index()
    items = items.merge(paid, on=[key, "invoice_id"], how="left")
    items["open"] = (items["amount"] - items["paid"].fillna(0)).round(2)
    items["days"] = (items[day] - items["due_date"]).dt.days
    return items[items["open"] > 0]


@pytest.fixture(scope="module")
def items(world, contacts):
    return past_due(world, contacts, "call_id", "at")


@pytest.fixture(scope="module")
def claimed(world, sent):
    return past_due(world, sent.assign(day=pd.to_datetime(sent["dated"])), "letter_id", "day")


def still_running(disputes, day):
    """Whether each dispute is open on the day in the column `day`."""
    closed = disputes["closed"].notna() & (disputes["closed"] <= disputes[day])
    return (disputes["opened"] <= disputes[day]) & ~closed


def felt(world, frame, day):
    rows = frame["customer_id"].str[1:].astype(int) - 1
    months = (frame[day].dt.year - 2022) * 12 + frame[day].dt.month - 1
    return world.hidden.felt[rows, months]


# Both files


def test_the_files_hold_what_their_descriptions_say_and_are_small(world, sent):
    made = calls(SEED, world.hidden, world.tables)
    rendered = [render(made, CALLS), render(sent, LETTERS)]
    assert sum(map(len, rendered)) < 2_200_000
    for file, frame in zip(COLLECTION_FILES, (made, sent), strict=True):
        assert not frame.duplicated(list(file.key)).any()


def test_the_same_seed_makes_the_same_rows_and_another_does_not(world, sent):
    again = letters(SEED, world.hidden, world.tables)
    pd.testing.assert_frame_equal(again, sent)
    other = letters(SEED + 1, world.hidden, world.tables)
    assert set(other["body"]) != set(sent["body"])


def test_neither_reads_more_than_the_ledger_knows_by_then(world, contacts):
    """Payments after the end of a year change nothing that a call of the year says is owed."""
    end = pd.Timestamp("2024-12-31")
    payments = world.tables["payments"]
    later = payments[payments["payment_date"] > end]
    assert len(later) > 10_000
    before = contacts[contacts["at"] <= end]
    cut = {**world.tables, "payments": payments[payments["payment_date"] <= end]}
    again = past_due(type(world)(world.hidden, world.behaviour, cut), before, "call_id", "at")
    totals = again.groupby("call_id")["open"].sum().round(2)
    assert totals.to_dict() == before.set_index("call_id")["amount_past_due"].to_dict()


def test_nobody_is_called_or_written_to_on_a_weekend_or_in_the_long_holidays(contacts, sent):
    days = pd.DatetimeIndex([*contacts["at"], *pd.to_datetime(sent["dated"])])
    assert days.min() >= pd.Timestamp("2024-01-02")
    assert days.max() <= TODAY
    assert (days.day_of_week < 5).all()
    assert not ((days.month == 10) & (days.day <= 7)).any()
    assert not ((days.month == 5) & (days.day <= 5)).any()


def test_chinese_has_no_half_width_punctuation_after_a_hanzi(contacts, sent):
    texts = [*contacts["transcript_zh"], *sent.loc[sent["lang"] == "zh", "body"]]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,;:?!]|[{}]", text)] == []


def test_english_has_no_chinese_and_no_double_stop(contacts, sent):
    texts = [*contacts["transcript_en"], *sent.loc[sent["lang"] == "en", "body"]]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff{}]|\.\.", text)] == []


# Calls: what they state


def test_there_are_about_1800_contacts_by_the_credit_team(contacts):
    assert 1_750 <= len(contacts) <= 1_850
    assert set(contacts["caller"]) == {"K01", "K02", "K03", "K04", "K05"}
    for caller, theirs in contacts.groupby("caller"):
        assert employed(caller, theirs["at"].to_numpy().astype("M8[D]")).all()
    assert contacts["at"].is_monotonic_increasing
    assert not contacts.duplicated(["customer_id", "at"]).any()


def test_amount_and_days_past_due_are_the_ledgers_on_that_day(contacts, items):
    truth = items.groupby("call_id").agg(open=("open", "sum"), days=("days", "max"))
    stated = contacts.set_index("call_id")
    assert truth["open"].round(2).to_dict() == stated["amount_past_due"].to_dict()
    assert truth["days"].to_dict() == stated["days_past_due"].to_dict()


def test_a_promise_has_a_sum_and_a_day_and_nothing_else_has(contacts):
    promises = contacts["result"].str.endswith("promise")
    assert contacts["promised_amount"].notna().equals(promises)
    assert contacts["due"].notna().equals(promises)
    assert (contacts.loc[promises, "due"] > contacts.loc[promises, "at"]).all()
    whole = contacts["promised_amount"] == contacts["amount_past_due"]
    assert whole.equals(contacts["result"] == "promise")
    assert (contacts["promised_amount"] > contacts["amount_past_due"]).sum() == 0


def test_a_promise_is_kept_if_the_payments_on_those_invoices_say_so(world, contacts, items):
    paid = items[["call_id", "invoice_id"]].merge(world.tables["payments"], on="invoice_id")
    paid = paid.merge(contacts[["call_id", "at", "due"]], on="call_id")
    in_time = (paid["payment_date"] > paid["at"]) & (
        paid["payment_date"] <= paid["due"] + pd.Timedelta(days=3)
    )
    sums = paid[in_time].groupby("call_id")["amount"].sum()
    promises = contacts.dropna(subset="due").set_index("call_id")
    known = promises["due"] + pd.Timedelta(days=3) <= TODAY
    assert (promises.loc[~known, "promise_kept"] == "").all()
    reached = sums.reindex(promises.index).fillna(0) >= promises["promised_amount"] - 0.005
    truth = np.where(reached[known], "yes", "no")
    assert promises.loc[known, "promise_kept"].tolist() == truth.tolist()
    assert (contacts.loc[contacts["due"].isna(), "promise_kept"] == "").all()


def test_nobody_is_called_while_a_promise_runs(contacts):
    for _, theirs in contacts.groupby("customer_id"):
        waiting = theirs["due"].shift()
        assert not (waiting + pd.Timedelta(days=3) >= theirs["at"]).any()


def test_who_disputes_has_a_dispute_open_on_an_invoice_past_due(world, contacts, items):
    disputes = items[["call_id", "invoice_id", "at"]].merge(
        world.tables["disputes"], on="invoice_id"
    )
    running = disputes[still_running(disputes, "at")]
    disputing = contacts["call_id"].isin(set(running["call_id"]))
    assert disputing.equals(contacts["debtor_type"] == "disputing")
    assert (contacts.loc[contacts["result"] == "dispute", "debtor_type"] == "disputing").all()
    assert disputing.sum() > 100


# Calls: of one piece with what is hidden


def test_weak_customers_break_more_of_their_promises(world, contacts):
    known = contacts[contacts["promise_kept"] != ""]
    fifth = pd.qcut(felt(world, known, "at"), 5, labels=False)
    kept = (known["promise_kept"] == "yes").groupby(fifth).mean()
    assert kept.iloc[-1] > 0.75
    assert kept.iloc[0] < kept.iloc[-1] - 0.3
    assert 0.5 < (known["promise_kept"] == "yes").mean() < 0.8


def test_the_types_stand_in_the_order_of_their_quality(world, contacts):
    quality = pd.Series(felt(world, contacts, "at")).groupby(contacts["debtor_type"]).mean()
    assert quality["failing"] < quality["cash_strapped"] < quality["strategic"]
    assert quality["evasive"] < quality["forgetful"]
    assert contacts["debtor_type"].nunique() == 8


# Calls: what was said


def phrases(root, name):
    path = root / f"creditlib/data/world/{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pattern(phrase):
    """A phrase as an expression, whatever stands in its placeholders."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(phrase)))


@pytest.fixture(scope="module")
def good_and_bad(root):
    """(move, whether well made) and (breach, its kind) → expressions in Chinese and English."""
    said = phrases(root, "call_phrases")
    found = {}
    for part in ("collector", "desk"):
        for move, pools in said[part].items():
            if move == "customer":
                continue
            for pool, pairs in pools.items():
                key = ("breach", pool) if move == "breach" else (move, "bad" not in pool)
                found.setdefault(key, []).extend(tuple(map(pattern, pair)) for pair in pairs)
    for stories in phrases(root, "call_stories").values():
        for story in stories:
            for move in ("reflect", "offer"):
                found.setdefault((move, True), []).append(tuple(map(pattern, story[move])))
    return found


def heard(good_and_bad, text, language):
    """Which moves and breaches stand in the collector's turns."""
    speaker = ("催收员：", "Collector: ")[language]
    turns = [turn.removeprefix(speaker) for turn in text.split("\n") if turn.startswith(speaker)]
    return {
        key
        for key, expressions in good_and_bad.items()
        if any(pair[language].search(turn) for pair in expressions for turn in turns)
    }


@pytest.mark.parametrize(("column", "language"), [("transcript_zh", 0), ("transcript_en", 1)])
def test_labels_follow_from_the_phrases_put_in(spoken, good_and_bad, column, language):
    for row in spoken.to_dict("records"):
        moves = heard(good_and_bad, row[column], language)
        for label, pair in LABELS.items():
            assert len({move for move in pair if (move, True) in moves}) == row[label], row[column]
            assert all(((move, True) in moves) != ((move, False) in moves) for move in pair)
        breaches = {kind for move, kind in moves if move == "breach"}
        assert breaches == ({row["conduct"]} - {"ok"})


def test_there_are_enough_transcripts_of_every_kind(spoken):
    assert len(spoken) == 350
    assert spoken["debtor_type"].value_counts().min() >= 15
    for label in LABELS:
        assert spoken[label].value_counts().reindex([0, 1, 2]).min() >= 50
    conduct = spoken["conduct"].value_counts()
    assert set(conduct.index) == {"ok", "pressure", "threat", "disclosure", "false_authority"}
    assert conduct.min() >= 20
    assert 0.5 < (spoken["conduct"] == "ok").mean() < 0.75


def test_what_has_no_transcript_has_no_labels(contacts):
    silent = contacts[contacts["transcript_zh"] == ""]
    assert (silent["transcript_en"] == "").all()
    assert silent[list(LABELS)].isna().all(axis=None)
    assert (silent["conduct"] == "").all()


def test_collector_and_customer_speak_in_turn(spoken):
    for row in spoken.to_dict("records"):
        chinese, english = row["transcript_zh"].split("\n"), row["transcript_en"].split("\n")
        assert 6 <= len(chinese) == len(english) <= 14
        for place, (zh, en) in enumerate(zip(chinese, english, strict=True)):
            assert zh.startswith(("催收员：", "客户：")[place % 2])
            assert en.startswith(("Collector: ", "Customer: ")[place % 2])
            assert MONEY.findall(zh) == MONEY.findall(en)
    assert spoken["transcript_zh"].is_unique


def test_money_named_on_a_call_is_owed_promised_or_was_promised_before(contacts, spoken):
    for row in spoken.to_dict("records"):
        before = contacts[
            (contacts["customer_id"] == row["customer_id"]) & (contacts["at"] < row["at"])
        ]
        known = {row["amount_past_due"], row["promised_amount"], *before["promised_amount"].tail(1)}
        named = {float(money.replace(",", "")) for money in MONEY.findall(row["transcript_zh"])}
        assert named <= known
        if row["promised_amount"] > 0:
            assert row["promised_amount"] in named


def test_the_front_desk_is_told_what_is_owed_only_where_it_is_labelled(spoken):
    desk = spoken[spoken["contact_role"] == "front_desk"]
    assert len(desk) >= 10
    told = desk["transcript_zh"].map(lambda text: bool(MONEY.search(text)))
    assert told.equals(desk["conduct"] == "disclosure")


# Letters: what they state

DATES = {
    "zh": re.compile(r"(\d{4})-(\d\d)-(\d\d)|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"),
    "en": re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2}) ([A-Z][a-z]+) (\d{4})"),
}
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


def dates_in(row):
    """Every date in a letter; without a year it is of the letter's year."""
    found = set()
    for year, month, day, first, second, third in DATES[row["lang"]].findall(row["body"]):
        if year:
            found.add(pd.Timestamp(int(year), int(month), int(day)))
        elif row["lang"] == "zh":
            found.add(pd.Timestamp(int(first or row["dated"].year), int(second), int(third)))
        else:
            found.add(pd.Timestamp(int(third), MONTHS.index(second) + 1, int(first)))
    return found


def money_in(row):
    return {float(money.replace(",", "")) for money in MONEY.findall(row["body"])}


def rows_with_items(sent, claimed):
    theirs = dict(tuple(claimed.groupby("letter_id")))
    return [(row, theirs[row["letter_id"]]) for row in sent.to_dict("records")]


def test_the_columns_state_the_ledger_for_good_and_bad_letters(sent, claimed):
    for row, theirs in rows_with_items(sent, claimed):
        assert row["invoice_ids"].split("|")[0] in set(
            theirs.loc[theirs["due_date"] == theirs["due_date"].min(), "invoice_id"]
        )
        assert sorted(row["invoice_ids"].split("|")) == sorted(theirs["invoice_id"])
        assert row["amount"] == round(theirs["open"].sum(), 2)
        assert pd.Timestamp(row["oldest_due"]) == theirs["due_date"].min()
        if row["stage"] not in ("reminder", "second_reminder"):
            agreed = (theirs["open"] * theirs["days"]).sum() * 0.0003
            assert row["interest"] == pytest.approx(agreed, abs=0.0051)


def test_a_good_letter_states_every_fact_and_no_other(sent, claimed):
    for row, theirs in rows_with_items(sent[sent["quality"] == "good"], claimed):
        needed = {row["amount"], *theirs["open"]}
        if row["stage"] not in ("reminder", "second_reminder"):
            needed.add(row["interest"])
        assert money_in(row) == needed
        days = {*theirs["invoice_date"], *theirs["due_date"]}
        days |= {pd.Timestamp(row["dated"]), pd.Timestamp(row["demanded_by"])}
        assert dates_in(row) == days


def test_a_letter_goes_out_when_its_stage_has_come_and_nothing_is_in_dispute(world, sent, claimed):
    oldest = claimed.groupby("letter_id")["days"].max()
    stages = sent.set_index("letter_id")["stage"]
    for stage, (low, high) in {
        "reminder": (2, 17), "second_reminder": (9, 28), "formal_demand": (21, 45),
        "final_notice": (36, 65), "lawyer_letter": (50, 120),
    }.items():  # fmt: skip
        assert oldest[stages == stage].between(low, high).all()
    disputes = claimed[["invoice_id", "day"]].merge(world.tables["disputes"], on="invoice_id")
    assert not still_running(disputes, "day").any()


def test_the_day_to_pay_by_is_a_working_day_about_a_week_off(sent):
    dated = sent.dropna(subset="demanded_by")
    wait = pd.to_datetime(dated["demanded_by"]) - pd.to_datetime(dated["dated"])
    assert wait.dt.days.between(7, 25).all()
    assert (pd.to_datetime(dated["demanded_by"]).dt.day_of_week < 5).all()


# Letters: what is wrong with them

SIGNS = {  # how an element shows, in Chinese and English
    "reference": (r"(YX|WQ)-\d{4}-\d{4}",) * 2,
    "contract": (r"HT\d{4}-C\d{4}",) * 2,
    "performance": ("签收|验收", "delivered|signed for"),
    "interest": ("第八条.*(每日)?万分之三|每日万分之三", r"0\.03% a day"),
    "account": ("0000 1688 2016 0001",) * 2,
    "contact": ("000-8800 0",) * 2,
    "reservation": ("保留", "reserve"),
    "attachments": ("附件[:：清]|附[:：]|见附件", "Enclos|Attached|is attached"),
    "delivery": ("EMS",) * 2,
    "next_steps": (
        "停止发货|暂停供货|停止后续|款到发货|支付令|诉讼|起诉",
        "suspend|stop deliveries|advance payment|hold further|payment order|action|court|to sue",
    ),
}  # fmt: skip


def found_defects(row, theirs, master, pools):
    """What is wrong with a letter, told from its text, the ledger and the customer master."""
    own = 0 if row["lang"] == "zh" else 1
    body, needed = row["body"], REQUIRED[row["stage"]]
    wrong = {name for name in SENTENCES if any(text in body for text in pools[name])}
    text = body
    for name in SENTENCES:
        for sentence in pools[name]:
            text = text.replace(sentence, "")
    wrong |= {
        f"no_{name}"
        for name, signs in SIGNS.items()
        if name in needed and not re.search(signs[own], text)
    }
    names = master[f"name_{row['lang']}"]
    if names[row["customer_id"]] not in body:
        another = any(name in body for name in names)
        wrong.add("wrong_debtor" if another else "no_parties")
    if not all(invoice in body for invoice in theirs["invoice_id"]):
        assert not any(invoice in body for invoice in theirs["invoice_id"])
        wrong.add("no_invoices")
    if row["amount"] not in money_in(row):
        foreign = money_in(row) - {*theirs["open"], row["interest"]}
        wrong.add("wrong_amount" if foreign else "no_total")
    by = pd.to_datetime(row["demanded_by"])
    known = {pd.Timestamp(row["dated"]), by, *theirs["invoice_date"], *theirs["due_date"]}
    if dates_in(row) - known:
        wrong.add("wrong_date")
    if pd.isna(by):
        wrong.add("vague" if any(words in body for words in pools["vague"]) else "no_demand")
    if not any(re.search(f"{pattern(text).pattern}$", body) for text in pools["signed"]):
        wrong.add("no_signature")
    return wrong


def test_every_letter_has_the_defects_it_is_labelled_with_and_no_other(root, world, sent, claimed):
    master = world.tables["customers"].set_index("customer_id")
    pools = {}
    for lang in ("zh", "en"):
        own = phrases(root, f"letter_phrases_{lang}")
        company = own["shared"]["signature"] + own["shared"]["signature_plain"]
        pools[lang] = own["shared"] | {"signed": company + own["lawyer"]["signature"]}
    for row, theirs in rows_with_items(sent, claimed):
        labelled = set(filter(None, row["defects"].split("|")))
        assert (row["quality"] == "good") == (not labelled)
        assert found_defects(row, theirs, master, pools[row["lang"]]) == labelled, row["body"]


def test_there_are_enough_letters_of_every_kind(sent):
    counts = sent.groupby(["stage", "lang", "quality"]).size()
    assert counts.to_dict() == {
        (stage, lang, quality): 12
        for stage in STAGES
        for lang in ("zh", "en")
        for quality in ("good", "bad")
    }
    defects = sent["defects"].str.split("|").explode()
    counts = defects[defects != ""].value_counts()
    assert counts.min() >= 5
    assert len(counts) == 26
    both = sent.groupby(["customer_id", "dated"])["lang"].nunique()
    assert (both == 2).sum() == 20


def test_letters_are_written_in_fifteen_manners_per_language(root, sent):
    for lang in ("zh", "en"):
        bodies = sent.loc[sent["lang"] == lang, "body"]
        manners = phrases(root, f"letter_phrases_{lang}")["manner"]
        assert len([manner for manner in manners if manner["stages"] != ["lawyer_letter"]]) == 12
        assert len(manners) == 15
        for manner in manners:
            openings = {pattern(text) for text in manner["opening"].values()}
            written = bodies.map(lambda body, own=openings: any(one.search(body) for one in own))
            assert written.sum() >= 3
        assert bodies.is_unique
