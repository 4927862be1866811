"""Claims on `creditlib ledger`: a page that is true to the file, safe to open, and complete."""

import csv
import importlib.util
import io
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib import cli
from creditlib.basics.health import health_by_currency
from creditlib.basics.health_findings import money
from creditlib.data.ledger import read
from creditlib.data.ledger_summary import summary
from creditlib.data.ledger_summary.drawings import line, split_bars
from creditlib.data.ledger_summary.page import page
from creditlib.errors import InputError
from creditlib.i18n import text

_spec = importlib.util.spec_from_file_location(
    "ledger_shapes", Path(__file__).with_name("ledger_shapes.py")
)
ledger_shapes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ledger_shapes)
VOID = {"meta", "br", "line", "circle", "rect", "polyline", "path"}
NASTY = "<img src=x onerror=alert(1)> & \"Söhne\" 'GmbH'"
OPEN_ITEMS = """客户编码,客户名称,发票号,开票日期,到期日,币种,未收金额
C1,云岭机械,I1,2025-06-01,2025-07-01,CNY,120000.50
C2,海棠泵业,I2,2025-10-20,2025-12-05,CNY,80000
C3,北辰轴承,I3,2025-12-01,2026-01-31,CNY,40000
C4,Harbour Ltd,I4,2025-09-01,2025-11-30,USD,7000
"""
JOURNAL = """Customer,Document Type,Document No,Applies to,Date,Due Date,Amount
A,Invoice,I1,,2025-03-05,2025-04-04,1000.00
A,Payment,P1,I1,2025-04-20,,-1000.00
A,Invoice,I2,,2025-10-05,2025-11-04,2500.00
B,Invoice,I3,,2025-12-05,2026-01-04,1500.00
B,Payment,P2,I3,2025-12-31,,-700.00
"""


class Page(HTMLParser):
    """A page's tags, attributes, styles and texts; its tags must be closed in order."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.attributes, self.styles, self.texts, self.open = [], [], [], [], []
        self.feed(content)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        (self.styles if self.open and self.open[-1] == "style" else self.texts).append(data)

    @property
    def words(self):
        return " ".join(self.texts)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(content, here, name="ledger.csv", **options):
    """The page of a ledger with this content."""
    (here / name).write_text(content, encoding="utf-8")
    summary(name, **options)
    return Page((here / "ledger-health.html").read_text(encoding="utf-8"))


def test_the_page_is_one_file_without_script_or_request(here, lang):
    shown = made(JOURNAL, here)
    assert {"script", "link", "img", "iframe", "object", "base", "form"}.isdisjoint(shown.tags)
    assert [
        name for name, _ in shown.attributes if name in ("src", "href") or name[:2] == "on"
    ] == []
    style = "".join(shown.styles) + "".join(
        value or "" for name, value in shown.attributes if name == "style"
    )
    assert re.search(r"url\(|@import|https?:", style) is None
    assert ("lang", lang) in shown.attributes
    assert "svg" in shown.tags


def test_what_the_ledger_holds_cannot_become_a_part_of_the_page(here, lang):
    row = f'C9,"{NASTY.replace(chr(34), chr(34) * 2)}",<b>I9,2025-06-01,2025-07-01,CNY,999999\n'
    bad = 'C9,"<script>x</script>",I10,2025-06-01,<u>soon,CNY,1\n'
    shown = made(OPEN_ITEMS + row + bad, here)
    assert {"img", "b", "script", "u"}.isdisjoint(shown.tags)
    assert NASTY in shown.words
    assert not [name for name, _ in shown.attributes if name.startswith("on")]


def test_the_figures_are_the_files_own(here, in_english, capsys):
    shown = made(JOURNAL, here, as_of="2025-12-31")
    # By hand: 2,500 is due since 4 November, 800 on 4 January; sold in the 90 days: 4,000.
    for figure in ("3,300", "2,500", "75.8%", "74 days", "18 days", "56 days"):
        assert figure in shown.texts, figure
    assert "2,500 of the 3,300 owed is past due: 75.8%." in capsys.readouterr().out
    assert shown.tags.count("svg") == 5


def test_each_currency_has_its_own_figures(here, in_english):
    shown = made(OPEN_ITEMS, here, as_of="2025-12-31")
    assert "CNY 240,000" in shown.texts  # 120,000.50 + 80,000 + 40,000
    assert "USD 7,000" in shown.texts
    assert "247,000" not in shown.words.replace("CNY ", "")
    assert [words for words in shown.texts if words.startswith("Currency:")] == [
        "Currency: CNY", "Currency: USD",
    ]  # fmt: skip


def test_open_items_say_what_to_export_for_dso(here, in_english):
    shown = made(OPEN_ITEMS, here, as_of="2025-12-31")
    assert "Export all invoices of the last 12 months" in shown.words
    assert text("health.page.dso_chart") not in shown.texts


def test_without_due_dates_nothing_is_drawn_or_said_of_lateness(here, in_english):
    rows = [row.split(",") for row in OPEN_ITEMS.splitlines()]
    undated = "\n".join(",".join(row[:4] + row[5:]) for row in rows if "USD" not in row)
    shown = made(undated, here, as_of="2025-12-31")
    assert "CNY 240,000" in shown.texts
    for name in ("figure.past_due", "ageing_chart", "past_due_chart", "chase"):
        assert text(f"health.page.{name}") not in shown.texts
    assert "has no due date (items: 3)" in shown.words


def test_the_page_says_how_the_columns_were_understood(here, lang):
    shown = made(OPEN_ITEMS, here, as_of="2025-12-31")
    described = read("ledger.csv", as_of="2025-12-31").describe()
    for row in described.itertuples(index=False):
        assert set(row) <= set(shown.texts)
    assert text("health.page.private") in shown.texts
    assert "{" not in shown.words


def with_problems(count):
    bad = "".join(f"C5,某公司,J{n},2025-06-01,2025-07-01,CNY,=一千{n}\n" for n in range(count))
    return OPEN_ITEMS + bad


def test_the_first_fifty_problems_are_listed_and_all_of_them_are_in_a_table(here, in_english):
    shown = made(with_problems(60), here, as_of="2025-12-31")
    problems = read("ledger.csv", as_of="2025-12-31").problems
    assert len(problems) > 50
    listed = [problem.message in shown.texts for problem in problems]
    assert listed[:50] == [True] * 50
    assert f"{len(problems) - 50} more are not" in shown.words
    content = (here / "ledger-problems.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["what"] for row in rows] == [problem.message for problem in problems]
    assert rows[0]["value"].startswith("'=")


def test_with_few_problems_there_is_no_table_of_them(here, in_english):
    made(with_problems(3), here, as_of="2025-12-31")
    assert sorted(path.name for path in here.iterdir()) == ["ledger-health.html", "ledger.csv"]


@pytest.mark.parametrize("out", ["ledger.csv", "./ledger.csv", "same.csv"])
def test_the_ledger_itself_is_never_written_to(here, in_english, out):
    ledger = here / "ledger.csv"
    ledger.write_text(OPEN_ITEMS, encoding="utf-8")
    (here / "same.csv").symlink_to(ledger)
    with pytest.raises(InputError, match="--out"):
        summary("ledger.csv", out=out)
    assert ledger.read_text(encoding="utf-8") == OPEN_ITEMS


@pytest.mark.parametrize("make", ledger_shapes.SHAPES, ids=lambda make: make.__name__)
def test_every_systems_export_gets_a_page_with_the_books_own_balance(make, here, in_english):
    truth = make(here)
    ledger = read(truth.path, **truth.options)
    frames = ledger.invoices, ledger.payments, ledger.credit_notes
    found = health_by_currency(*frames, ledger.as_of)
    owed = {code: round(each.receivable - each.unapplied, 2) for code, each in found.items()}
    assert owed == {code: float(amount) for code, amount in truth.owed.items()}
    content = page(ledger, found, "problems.csv")
    assert "{" not in Page(content).words
    for currency, each in found.items():
        assert f">{money(each.receivable, currency)}</dd>" in content


# The command


def run(*arguments):
    return cli.main(["ledger", *arguments])


def test_the_command_writes_beside_where_it_is_run(here, lang, capsys):
    (here / "far").mkdir()
    (here / "far/应收.csv").write_text(with_problems(2), encoding="utf-8")
    assert run("far/应收.csv", "--as-of", "2025-12-31", "--lang", lang) == 0
    said = capsys.readouterr().out
    assert (here / "应收-health.html").exists()
    assert "应收-health.html" in said
    assert "2025-12-31" in said
    assert "{" not in said
    assert len(said.splitlines()) <= 12


def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_status_1(here, in_english, capsys):
    (here / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    for name in ("nothere.csv", "picture.xlsx"):
        assert run(name) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert name in captured.err
    assert [path.name for path in here.iterdir()] == ["picture.xlsx"]


def test_columns_can_be_named_on_the_command_line(here, in_english, capsys):
    strange = OPEN_ITEMS.replace("到期日", "约定").replace("未收金额", "数")
    (here / "l.csv").write_text(strange, encoding="utf-8")
    assert run("l.csv", "--map", "约定=due_date", "数=balance", "--as-of", "2025-12-31") == 0
    assert "CNY 200,000" in capsys.readouterr().out  # past due: 120,000.50 + 80,000
    for wrong in ("约定", "=due_date", "约定=", "约定=nonsense"):
        assert run("l.csv", "--map", wrong) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_a_page_that_cannot_be_written_is_one_sentence(here, in_english, capsys):
    (here / "l.csv").write_text(OPEN_ITEMS, encoding="utf-8")
    assert run("l.csv", "--out", "no/such/folder.html") == 1
    assert "cannot write" in capsys.readouterr().err


AGED = "截止日：2025-12-31\n客户,未到期,1-30天,31-60天,90 天以上\n甲,1000,900,800,700\n"


def test_of_an_aged_balance_the_page_says_no_more_about_age_than_the_file(here, in_english):
    shown = made(AGED, here)
    assert "more than 90 days past due" not in shown.texts  # the column before it ends at 60
    assert "≥ 91" in shown.texts
    assert text("health.page.by_column") in shown.texts
    assert not [words for words in shown.texts if "oldest debts" in words or "1998" in words]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("exports", None),
        ("nothere.xlsx", b""),
        ("empty.csv", b""),
        ("export.pdf", b"%PDF-1.7\n"),
        ("pdf.xlsx", b"%PDF-1.7\n"),
        ("locked.xlsx",
         b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("locked.xls", ledger_shapes.excel_97([["a"]]).replace(
            b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x00\x00")),
        ("half.xlsx", b"PK\x03\x04" + bytes(60)),
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_one_sentence_that_names_it_once(here, lang, capsys, name, content):
    if content is None:
        (here / name).mkdir()
    elif name != "nothere.xlsx":
        (here / name).write_bytes(content)
    assert run(name, "--lang", lang) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.count(name) == 1
    assert ("password" in captured.err or "密码" in captured.err) == name.startswith("locked")
    assert ("under another name" in captured.err or "扩展名" in captured.err) == (
        name == "pdf.xlsx"
    )


# The drawings


@given(st.lists(st.floats(-1e9, 1e9) | st.just(math.nan), min_size=1, max_size=40))
@settings(max_examples=60)
def test_a_line_stays_on_its_paper_and_has_a_gap_where_nothing_is_known(values):
    labels = [f"m{place}" for place in range(len(values))]
    drawing = line("title", labels, values, "#000000", "{:.3g}".format)
    height = float(re.search(r'viewBox="0 0 480 (\d+)"', drawing)[1])
    points = [
        tuple(map(float, point.split(",")))
        for run in re.findall(r'points="([^"]+)"', drawing)
        for point in run.split()
    ]
    assert len(points) == sum(not math.isnan(value) for value in values)
    assert all(0 <= x <= 480 and 0 <= y <= height for x, y in points)
    assert f">{labels[-1]}</text>" in drawing
    known = [value for value in values if not math.isnan(value)]
    if known and max(known) - min(known) > 1:
        highest = min(range(len(points)), key=lambda place: points[place][1])
        assert known[highest] >= max(known) - 1e-2 * (max(known) - min(known)) - 1


@given(st.lists(st.tuples(st.text(max_size=60), st.floats(0, 1e9), st.floats(0, 1e9)), max_size=10))
@settings(max_examples=60)
def test_bars_are_as_long_as_their_amounts_and_no_wider_than_the_paper(rows):
    keys = (("late", "#D55E00"), ("not late", "#0072B2"))
    drawing = split_bars("t", [(name, amounts, "9") for name, *amounts in rows], keys)
    bars = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawing)
    longest = max((late + rest for _, late, rest in rows), default=0)
    if longest > 0:
        length = 472 * sum(late + rest for _, late, rest in rows) / longest
        assert sum(float(width) for _, width in bars) == pytest.approx(length, abs=0.1 * len(bars))
    assert all(float(x) + float(width) <= 480.1 for x, width in bars)
