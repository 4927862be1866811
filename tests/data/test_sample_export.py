"""The files to practise on hold what the course's data hold, and the faults that they claim."""

from datetime import date, datetime

import openpyxl
import pytest

from creditlib.basics.receivables import open_items
from creditlib.data.ledger import read
from creditlib.data.sample_export import CLOSE, write_sample_export
from creditlib.data.sample_workbook import write_workbook
from creditlib.i18n import language, use_language

DUE = {"zh": {"回款期限": "due_date"}, "en": {"Pay by": "due_date"}}


@pytest.fixture(params=["zh", "en"], scope="module")
def sample(request, tmp_path_factory):
    before = language()
    use_language(request.param)
    yield write_sample_export(tmp_path_factory.mktemp(request.param))
    use_language(before)


def owed(sample):
    frames = sample.invoices, sample.payments, sample.credit_notes
    return round(float(open_items(*frames, CLOSE)["open_amount"].sum()), 2)


def test_the_mended_file_owes_what_the_world_owes(sample):
    ledger = read(sample.mended, DUE[language()])
    assert ledger.balance == {"CNY": owed(sample)}
    assert all(check.agrees for check in ledger.control)
    assert ledger.invoices["due_date"].notna().all()


def test_the_journal_owes_the_same(sample):
    journal = read(sample.journal, DUE[language()], as_of="2025-12-31")
    assert journal.kind == "journal"
    assert journal.balance == {"CNY": owed(sample)}


def test_the_file_that_was_found_has_two_faults_which_partly_hide_each_other(sample):
    ledger = read(sample.found, DUE[language()])
    amount = sample.invoices.set_index("invoice_id")["amount"]
    waiting, twice = (amount["I" + name[2:]] for name in (sample.waiting, sample.twice))
    differences = [check.difference for check in ledger.control if not check.agrees]
    assert differences == pytest.approx([waiting, -twice, waiting - twice])
    errors = [each.key for each in ledger.problems if each.severity == "error"]
    assert errors == ["ledger.bad_amount"]


def test_only_its_totals_betray_the_slip(sample):
    ledger = read(sample.slip, DUE[language()])
    assert [check.difference for check in ledger.control if not check.agrees] == [27_000] * 2
    assert not any(each.severity == "error" for each in ledger.problems)


def test_the_workbook_opens_elsewhere_with_true_dates_and_merged_cells(sample):
    sheet = openpyxl.load_workbook(sample.mended).active
    assert "H5:I5" in {str(span) for span in sheet.merged_cells.ranges}
    day = sheet["D7"]
    assert day.is_date
    assert isinstance(day.value, datetime)
    assert isinstance(sheet["I7"].value, float)


def test_signs_of_the_format_are_written_as_text(tmp_path):
    path = tmp_path / "signs.xlsx"
    write_workbook(path, 'A & "B"', [["<1 & 2>", "", date(1999, 2, 28)]])
    sheet = openpyxl.load_workbook(path).active
    assert sheet.title == 'A & "B"'
    assert [cell.value for cell in sheet[1]] == ["<1 & 2>", None, datetime(1999, 2, 28)]
