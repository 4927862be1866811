"""Receivables ledgers as common systems export them, with the totals that each must give.

    python tests/data/ledger_shapes.py FOLDER

writes them all. Every shape is a function that writes one file and returns its `Truth`; what is
true is worked out from the invented postings in `Decimal`, without creditlib.
"""

import csv
import random
import struct
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl

AS_OF = date(2025, 12, 31)
CUSTOMERS = {
    "C0001": ("苍山机械", "Cangshan Machinery"),
    "C0002": ("洱海泵业", "Erhai Pumps"),
    "C0003": ("无量山轴承", "Wuliang Bearings"),
    "C0004": ("道达总计仪表", "Total Meters Company"),  # a name that sounds like a totals row
    "C0005": ("玉龙传动", "Yulong Drives"),
    "C0006": ("抚仙阀门", "Fuxian Valves"),
}
SHAPES: list[Callable[[Path], "Truth"]] = []


@dataclass(frozen=True)
class Truth:
    """What a file holds: totals per currency, and what is owed per currency and customer."""

    path: Path
    kind: str
    owed: dict[str, Decimal]
    by_customer: dict[tuple[str, str], Decimal]
    invoices: dict[str, Decimal] | None = None  # None: the shape does not say
    unapplied: dict[str, Decimal] = field(default_factory=dict)
    as_of: date | None = AS_OF
    keys: frozenset[str] = frozenset()  # findings that must be there
    options: dict = field(default_factory=dict)
    checks: int = 0  # totals of the file that must agree


@dataclass(frozen=True)
class Invoice:
    number: str
    customer: str
    day: date
    terms: int
    amount: Decimal
    currency: str = "CNY"

    @property
    def due(self) -> date:
        return self.day + timedelta(days=self.terms)


@dataclass(frozen=True)
class Credit:
    number: str
    invoice: Invoice
    day: date
    amount: Decimal
    kind: str = "payment"


@dataclass(frozen=True)
class Books:
    invoices: tuple[Invoice, ...]
    credits: tuple[Credit, ...]

    def paid(self, invoice: Invoice, kind: str | None = None) -> Decimal:
        return sum(
            (c.amount for c in self.credits if c.invoice is invoice and kind in (None, c.kind)),
            Decimal(0),
        )

    def balance(self, invoice: Invoice) -> Decimal:
        return invoice.amount - self.paid(invoice)

    @property
    def open_invoices(self) -> list[Invoice]:
        return [invoice for invoice in self.invoices if self.balance(invoice)]

    def owed(self, name: Callable[[str], str]) -> tuple[dict, dict]:
        total, by_customer = defaultdict(Decimal), defaultdict(Decimal)
        for invoice in self.open_invoices:
            total[invoice.currency] += self.balance(invoice)
            by_customer[invoice.currency, name(invoice.customer)] += self.balance(invoice)
        return dict(total), dict(by_customer)

    def sales(self, invoices: Iterable[Invoice] | None = None) -> dict[str, Decimal]:
        total = defaultdict(Decimal)
        for invoice in self.invoices if invoices is None else invoices:
            total[invoice.currency] += invoice.amount
        return dict(total)


@cache
def books(currencies: tuple[str, ...] = ("CNY",), seed: int = 7) -> Books:
    """Sixty invoices of 2025; most are paid, some in part, some with a credit note."""
    chance = random.Random(seed)
    invoices, credits = [], []
    for number in range(60):
        customer = chance.choice(list(CUSTOMERS))
        day = date(2025, 1, 2) + timedelta(days=chance.randrange(330))
        amount = Decimal(chance.randrange(50_000, 30_000_000)) / 100
        invoice = Invoice(
            f"{25000001 + number}", customer, day, chance.choice([30, 45, 60, 90]), amount,
            chance.choice(currencies),
        )  # fmt: skip
        invoices.append(invoice)
        left = amount
        if chance.random() < 0.15:
            given = (amount / 20).quantize(Decimal("0.01"))
            credits.append(Credit(f"CN{number:03}", invoice, min(day + timedelta(days=9), AS_OF),
                                  given, "credit_note"))  # fmt: skip
            left -= given
        paid_on = invoice.due + timedelta(days=chance.randrange(-10, 60))
        if paid_on <= AS_OF:
            part = left if chance.random() < 0.8 else (left / 3).quantize(Decimal("0.01"))
            credits.append(Credit(f"P{number:03}", invoice, paid_on, part))
    invoices.sort(key=lambda invoice: (invoice.customer, invoice.day, invoice.number))
    return Books(tuple(invoices), tuple(credits))


def shape(make: Callable[[Path], Truth]) -> Callable[[Path], Truth]:
    SHAPES.append(make)
    return make


def chinese(customer: str) -> str:
    return CUSTOMERS[customer][0]


def english(customer: str) -> str:
    return CUSTOMERS[customer][1]


def same(customer: str) -> str:
    return customer


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def write_csv(path: Path, rows: Iterable, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(
    path: Path, rows: Iterable, merge: Iterable[str] = (), title: str = "Sheet1"
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def by_customer(invoices: Iterable[Invoice]) -> dict[str, list[Invoice]]:
    groups = defaultdict(list)
    for invoice in invoices:
        groups[invoice.customer].append(invoice)
    return dict(groups)


def of(posting: Invoice | Credit) -> str:
    """Whose posting it is."""
    return posting.customer if isinstance(posting, Invoice) else posting.invoice.customer


def postings(ledger: Books) -> list[Invoice | Credit]:
    """All invoices and credits in the order of their days."""
    return sorted([*ledger.invoices, *ledger.credits], key=lambda posting: posting.day)


@shape
def kingdee_open_items(folder: Path) -> Truth:
    """Excel: title rows, amounts as numbers, days as days, one 合计 at the end."""
    ledger = books()
    rows = [["应收单序时簿"], ["截止日期：2025-12-31", None, "币别：人民币"], []]
    rows += [
        ["客户编码", "客户名称", "单据编号", "单据日期", "到期日", "价税合计", "未收金额", "业务员"]
    ]
    rows += [
        [
            i.customer,
            chinese(i.customer),
            i.number,
            i.day,
            i.due,
            i.amount,
            ledger.balance(i),
            "李青",
        ]
        for i in ledger.open_invoices
    ]
    still = ledger.open_invoices
    rows += [
        ["合计", *[None] * 4, total(i.amount for i in still), total(map(ledger.balance, still))]
    ]
    path = write_xlsx(folder / "kingdee_open_items.xlsx", rows)
    return Truth(path, "open_items", *ledger.owed(same), ledger.sales(still), checks=2)


@shape
def kingdee_gbk(folder: Path) -> Truth:
    """CSV in GB18030, yuan signs, commas between thousands, days as 2025/3/1."""
    ledger = books()
    rows = [
        [
            "客户代码",
            "客户",
            "发票号码",
            "开票日期",
            "应收到期日",
            "应收金额",
            "已收金额",
            "未收金额",
        ]
    ]
    for i in ledger.invoices:
        money = [f"￥{value:,.2f}" for value in (i.amount, ledger.paid(i), ledger.balance(i))]
        days = [f"{d.year}/{d.month}/{d.day}" for d in (i.day, i.due)]
        rows.append([i.customer, chinese(i.customer), i.number, *days, *money])
    path = write_csv(folder / "kingdee_gbk.csv", rows, encoding="gb18030")
    return Truth(path, "invoices", *ledger.owed(same), ledger.sales(), as_of=max(
        i.day for i in ledger.invoices))  # fmt: skip


@shape
def yonyou_subsidiary_ledger(folder: Path) -> Truth:
    """Excel, 三栏式明细账: a page per customer, two heading rows, opening, totals of months."""
    ledger = books()
    rows, owed = [], {}
    merge = []
    for customer in by_customer(ledger.invoices):
        opening = Decimal(int(customer[-1]) * 1000)
        rows += [
            ["应收账款明细账"],
            [f"客户：{chinese(customer)}", None, "期间：2025-01-01至2025-12-31"],
        ]
        at = len(rows) + 1
        merge += [f"D{at}:E{at}", *(f"{c}{at}:{c}{at + 1}" for c in "ABCFG")]
        rows += [["日期", "凭证字号", "摘要", "本期", None, "方向", "余额"]]
        rows += [[None, None, None, "借方", "贷方", None, None]]
        balance = opening
        rows += [["2025-01-01", None, "期初余额", None, None, "借", balance]]
        mine = [p for p in postings(ledger) if of(p) == customer]
        month, month_sums, year_sums = None, [Decimal(0)] * 2, [Decimal(0)] * 2
        for place, p in enumerate(mine):
            sold = isinstance(p, Invoice)
            debit, credit = (p.amount, None) if sold else (None, p.amount)
            words = "销售商品" if sold else "退货折让" if p.kind == "credit_note" else "收到货款"
            balance += p.amount if sold else -p.amount
            month_sums[not sold] += p.amount
            year_sums[not sold] += p.amount
            side = "借" if balance > 0 else "贷" if balance < 0 else "平"
            rows += [
                [p.day.isoformat(), f"记-{p.number}", words, debit, credit, side, abs(balance)]
            ]
            month = p.day.month
            if place + 1 == len(mine) or mine[place + 1].day.month != month:
                end = f"2025-{month:02}-28"
                rows += [[end, None, "本月合计", *month_sums, side, abs(balance)]]
                rows += [[end, None, "本年累计", *year_sums, side, abs(balance)]]
                month_sums = [Decimal(0)] * 2
        owed["CNY", chinese(customer)] = balance
    path = write_xlsx(folder / "yonyou_subsidiary_ledger.xlsx", rows, merge)
    return Truth(path, "journal", {"CNY": total(owed.values())}, owed, checks=60, keys=frozenset(
        {"opening_age", "no_due_dates"}))  # fmt: skip


@shape
def yonyou_utf16(folder: Path) -> Truth:
    """Text in UTF-16 with tabs, days as 2025年3月1日, full-width digits in the amounts."""
    ledger = books()
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    rows = [["应收明细表"], ["截至2025年12月31日"]]
    rows += [
        ["客商编码", "客商名称", "发票号", "发票日期", "到期日", "含税金额", "已核销金额", "余额"]
    ]
    for i in ledger.invoices:
        money = [f"{v:,.2f}".translate(wide) for v in (i.amount, ledger.paid(i), ledger.balance(i))]
        days = [f"{d.year}年{d.month}月{d.day}日" for d in (i.day, i.due)]
        rows.append([i.customer, chinese(i.customer), i.number, *days, *money])
    path = write_csv(folder / "yonyou_utf16.txt", rows, "\t", "utf-16")
    return Truth(path, "invoices", *ledger.owed(same), ledger.sales())


@shape
def sap_line_items(folder: Path) -> Truth:
    """FBL5N list with bars: 1.234,50, the minus behind, 31.12.2025, document types."""
    ledger = books()

    def european(value: Decimal) -> str:
        text = f"{abs(value):,.2f}".translate(str.maketrans(",.", ".,"))
        return f"{text}-" if value < 0 else text

    rows = [["Customer Line Item Display"], ["Open at key date", "31.12.2025"], []]
    rows += [["Customer", "Name 1", "Document Type", "Document Number", "Reference",
              "Document Date", "Net due date", "Amount in doc. curr.",
              "Document currency"]]  # fmt: skip
    for p in postings(ledger):
        i = p if isinstance(p, Invoice) else p.invoice
        kind = "RV" if p is i else "DG" if p.kind == "credit_note" else "DZ"
        amount = p.amount if p is i else -p.amount
        due = i.due if p is i else p.day
        rows += [[i.customer, english(i.customer), kind, p.number, i.number, f"{p.day:%d.%m.%Y}",
                  f"{due:%d.%m.%Y}", european(amount), i.currency]]  # fmt: skip
    owed, each = ledger.owed(same)
    rows += [["", "", "", "", "", "", "Total", european(owed["CNY"]), "CNY"]]
    path = write_csv(folder / "sap_line_items.txt", rows, "|")
    return Truth(path, "journal", owed, each, ledger.sales(), checks=1)


@shape
def oracle_transactions(folder: Path) -> Truth:
    """CSV with a byte order mark: 01-MAR-2025, amount due original and remaining, currencies."""
    ledger = books(("CNY", "USD"))
    rows = [["Account Number", "Customer Name", "Transaction Number", "Class",
             "Invoice Currency Code", "Transaction Date", "Due Date", "Amount Due Original",
             "Amount Due Remaining"]]  # fmt: skip
    for i in ledger.open_invoices:
        days = [f"{d:%d-%b-%Y}".upper() for d in (i.day, i.due)]
        rows += [[i.customer, english(i.customer), i.number, "INV", i.currency, *days, i.amount,
                  ledger.balance(i)]]  # fmt: skip
    owed, each = ledger.owed(same)
    rows += [["C0001", english("C0001"), "CM-9", "CM", "USD", "05-DEC-2025", "05-DEC-2025",
              "(250.00)", "(250.00)"]]  # fmt: skip
    owed["USD"] -= 250
    each["USD", "C0001"] = each.get(("USD", "C0001"), Decimal(0)) - 250
    path = write_csv(folder / "oracle_transactions.csv", rows, encoding="utf-8-sig")
    return Truth(path, "open_items", owed, each, ledger.sales(ledger.open_invoices),
                 {"USD": Decimal(250)}, options={"as_of": AS_OF})  # fmt: skip


@shape
def inspur_journal(folder: Path) -> Truth:
    """CSV with semicolons: 20250301, one amount and a column 借 or 贷, red-letter invoices."""
    ledger = books()
    rows = [["往来单位编码", "往来单位名称", "凭证日期", "凭证编号", "摘要", "借贷方向", "金额"]]
    for p in postings(ledger):
        i = p if isinstance(p, Invoice) else p.invoice
        head = [i.customer, chinese(i.customer), f"{p.day:%Y%m%d}", p.number]
        if p is i:
            rows += [[*head, "销售开票", "借", p.amount]]
        elif p.kind == "credit_note":
            rows += [[*head, "红字发票", "借", -p.amount]]
        else:
            rows += [[*head, "收到货款", "贷", p.amount]]
    path = write_csv(folder / "inspur_journal.csv", rows, ";")
    return Truth(path, "journal", *ledger.owed(same), ledger.sales(), as_of=None)


@shape
def quickbooks_open_invoices(folder: Path) -> Truth:
    """Excel: customers in rows of their own over a column without a name, Total for X."""
    ledger = books()
    rows = [["Yunxiu Electromechanical"], ["Open Invoices"], ["As of December 31, 2025"], []]
    rows += [[None, "Type", "Date", "Num", "Terms", "Due Date", "Aging", "Open Balance"]]
    for customer, invoices in by_customer(ledger.open_invoices).items():
        rows += [[english(customer)]]
        for i in invoices:
            days = [f"{d.month}/{d.day}/{d.year}" for d in (i.day, i.due)]
            rows += [[None, "Invoice", days[0], i.number, f"Net {i.terms}", days[1],
                      max(0, (AS_OF - i.due).days), ledger.balance(i)]]  # fmt: skip
        rows += [
            [f"Total for {english(customer)}", *[None] * 6, total(map(ledger.balance, invoices))]
        ]
    owed, each = ledger.owed(english)
    rows += [["TOTAL", *[None] * 6, owed["CNY"]]]
    rows += [[], ["Printed on 1/2/2026"]]
    path = write_xlsx(folder / "quickbooks_open_invoices.xlsx", rows)
    return Truth(path, "open_items", *_renamed(owed, each, ""), checks=len(each) + 1)


def _renamed(owed: dict, each: dict, code: str) -> tuple[dict, dict]:
    """The same in a file that names no currency."""
    return {code: owed["CNY"]}, {(code, name): amount for (_, name), amount in each.items()}


@shape
def quickbooks_balance_detail(folder: Path) -> Truth:
    """CSV: signed amounts by customer and a running balance that is no open balance."""
    ledger = books()
    rows = [["Customer Balance Detail"], ["All Dates"], []]
    rows += [["Customer", "Type", "Date", "Num", "Amount", "Balance"]]
    for customer in by_customer(ledger.invoices):
        balance = Decimal(0)
        for p in postings(ledger):
            i = p if isinstance(p, Invoice) else p.invoice
            if i.customer != customer:
                continue
            kind = "Invoice" if p is i else "Credit Memo" if p.kind == "credit_note" else "Payment"
            amount = p.amount if p is i else -p.amount
            balance += amount
            rows += [[english(customer), kind, f"{p.day:%m/%d/%Y}", p.number, f"{amount:,.2f}",
                      f"{balance:,.2f}"]]  # fmt: skip
        rows += [[f"Total {english(customer)}", "", "", "", f"{balance:,.2f}", f"{balance:,.2f}"]]
    owed, each = ledger.owed(english)
    path = write_csv(folder / "quickbooks_balance_detail.csv", rows)
    sales = {"": ledger.sales()["CNY"]}
    return Truth(path, "journal", *_renamed(owed, each, ""), sales, as_of=None, checks=len(each))


@shape
def xero_invoices(folder: Path) -> Truth:
    """CSV: total, paid, credited and due of every invoice, 31/12/2025, three currencies."""
    ledger = books(("AUD", "EUR", "CNY"), seed=11)
    rows = [["Contact Name", "Invoice Number", "Invoice Date", "Due Date", "Invoice Total",
             "Amount Paid", "Amount Credited", "Amount Due", "Fully Paid On Date",
             "Currency"]]  # fmt: skip
    for i in ledger.invoices:
        paid = [c for c in ledger.credits if c.invoice is i and c.kind == "payment"]
        last = f"{paid[-1].day:%d/%m/%Y}" if paid else ""
        rows += [[english(i.customer), i.number, f"{i.day:%d/%m/%Y}", f"{i.due:%d/%m/%Y}", i.amount,
                  ledger.paid(i, "payment"), ledger.paid(i, "credit_note"), ledger.balance(i), last,
                  i.currency]]  # fmt: skip
    path = write_csv(folder / "xero_invoices.csv", rows)
    return Truth(path, "invoices", *ledger.owed(english), ledger.sales(), as_of=None)


@shape
def xero_aged_receivables(folder: Path) -> Truth:
    """Excel: a balance per customer and month of age, no invoice."""
    ledger = books()
    names = ["Current", "< 1 Month", "1 Month", "2 Months", "3 Months", "Older"]
    rows = [["Aged Receivables Summary"], ["As at 31 December 2025"], []]
    rows += [["Contact", *names, "Total"]]
    sums = [Decimal(0)] * 6
    for customer, invoices in by_customer(ledger.open_invoices).items():
        cells = [Decimal(0)] * 6
        for i in invoices:
            late = (AS_OF - i.due).days
            place = 0 if late <= 0 else min(1 + late // 30, 5)
            cells[place] += ledger.balance(i)
        sums = [a + b for a, b in zip(sums, cells, strict=True)]
        rows += [[english(customer), *cells, total(cells)]]
    rows += [["Total", *sums, total(sums)]]
    path = write_xlsx(folder / "xero_aged_receivables.xlsx", rows)
    owed, each = ledger.owed(english)
    return Truth(path, "aged", *_renamed(owed, each, ""), checks=7)


@shape
def chinese_ageing_table(folder: Path) -> Truth:
    """Excel in units of 元 with two heading rows: 账龄 over 未到期, 1-30天 … 90天以上."""
    ledger = books()
    names = ["未到期", "1-30天", "31-60天", "61-90天", "90天以上"]
    rows = [["应收账款账龄分析表"], ["截止日：2025年12月31日", None, None, "单位：元"]]
    rows += [["客户编码", "客户名称", "应收余额", "账龄", *[None] * 4], [None, None, None, *names]]
    for customer, invoices in by_customer(ledger.open_invoices).items():
        cells = [Decimal(0)] * 5
        for i in invoices:
            late = (AS_OF - i.due).days
            place = sum(late > edge for edge in (0, 30, 60, 90))
            cells[place] += ledger.balance(i)
        rows += [[customer, chinese(customer), total(cells), *(cell or None for cell in cells)]]
    owed, each = ledger.owed(same)
    rows += [["合  计", None, owed["CNY"]]]
    path = write_xlsx(
        folder / "chinese_ageing_table.xlsx", rows, ["D3:H3", "A3:A4", "B3:B4", "C3:C4"]
    )
    return Truth(path, "aged", owed, each, checks=1)


@shape
def handmade_blocks(folder: Path) -> Truth:
    """Excel by hand: customer once a block, 小计 after it, blank rows, serial numbers as days."""
    ledger = books()
    rows = [["客户", "发票", "日期", "账期", "金额", "已收", "备注"]]
    for customer, invoices in by_customer(ledger.invoices).items():
        for place, i in enumerate(invoices):
            serial = (i.day - date(1899, 12, 30)).days
            rows += [[chinese(customer) if place == 0 else None, i.number, serial, f"{i.terms}天",
                      i.amount, ledger.paid(i) or None, None]]  # fmt: skip
        rows += [["小计", None, None, None, total(i.amount for i in invoices),
                  total(map(ledger.paid, invoices))], []]  # fmt: skip
    sales = ledger.sales()["CNY"]
    rows += [["总计", None, None, None, sales, total(map(ledger.paid, ledger.invoices))]]
    rows += [["制表人：李青"]]
    path = write_xlsx(folder / "handmade_blocks.xlsx", rows)
    return Truth(path, "invoices", *ledger.owed(chinese), ledger.sales(), as_of=None, checks=14)


@shape
def in_ten_thousands(folder: Path) -> Truth:
    """Excel in 万元: the title says so."""
    ledger = books()
    rows = [["应收账款台账"], ["单位：万元", None, None, "截止日期：2025/12/31"]]
    rows += [["客户名称", "合同号", "发票号", "开票日期", "到期日期", "金额", "未收"]]
    rows += [
        [chinese(i.customer), "HT", i.number, i.day, i.due, i.amount / 10_000,
         ledger.balance(i) / 10_000]
        for i in ledger.open_invoices
    ]  # fmt: skip
    path = write_xlsx(folder / "in_ten_thousands.xlsx", rows)
    return Truth(path, "open_items", *ledger.owed(chinese), ledger.sales(ledger.open_invoices),
                 keys=frozenset({"unit"}))  # fmt: skip


@shape
def several_currencies(folder: Path) -> Truth:
    """CSV: three currencies by their Chinese names, one total for each."""
    names = {"CNY": "人民币", "USD": "美元", "EUR": "欧元"}
    ledger = books(tuple(names), seed=5)
    rows = [["客户", "发票号", "币种", "开票日期", "到期日", "原币金额", "本位币金额", "未收金额"]]
    for i in ledger.open_invoices:
        local = (i.amount * 7).quantize(Decimal("0.01"))
        rows += [[chinese(i.customer), i.number, names[i.currency], i.day, i.due, i.amount, local,
                  ledger.balance(i)]]  # fmt: skip
    owed, each = ledger.owed(chinese)
    sales = ledger.sales(ledger.open_invoices)
    rows += [["合计", "", names[c], "", "", sales[c], "", owed[c]] for c in names]
    path = write_csv(folder / "several_currencies.csv", rows)
    return Truth(path, "open_items", owed, each, sales, as_of=None, checks=6)


@shape
def page_saved_as_xls(folder: Path) -> Truth:
    """HTML under the name of an .xls, customers in cells that span their rows."""
    ledger = books()
    lines = ["<html><head><meta charset='gb2312'></head><body><table border=1>"]
    heading = ["客户名称", "发票号码", "开票日期", "到期日", "发票金额", "欠款金额"]
    lines += ["<tr>" + "".join(f"<th>{name}</th>" for name in heading) + "</tr>"]
    for customer, invoices in by_customer(ledger.open_invoices).items():
        for place, i in enumerate(invoices):
            name = f"<td rowspan={len(invoices)}>{chinese(customer)}</td>" if place == 0 else ""
            cells = [i.number, i.day, i.due, f"{i.amount:,.2f}", f"{ledger.balance(i):,.2f}"]
            lines += [f"<tr>{name}" + "".join(f"<td>&nbsp;{cell}</td>" for cell in cells) + "</tr>"]
    lines += ["</table></body></html>"]
    path = folder / "page_saved_as_xls.xls"
    path.write_bytes("\n".join(lines).encode("gb18030"))
    return Truth(path, "open_items", *ledger.owed(chinese), ledger.sales(ledger.open_invoices),
                 as_of=None)  # fmt: skip


@shape
def old_excel(folder: Path) -> Truth:
    """A true .xls of Excel 97, days as serial numbers."""
    ledger = books()
    rows = [
        ["Customer No.", "Customer Name", "Invoice No.", "Invoice Date", "Due Date", "Balance Due"]
    ]
    epoch = date(1899, 12, 30)
    rows += [
        [i.customer, english(i.customer), i.number, (i.day - epoch).days, (i.due - epoch).days,
         float(ledger.balance(i))]
        for i in ledger.open_invoices
    ]  # fmt: skip
    owed, each = ledger.owed(same)
    rows += [["Grand Total", "", "", "", "", float(owed["CNY"])]]
    path = folder / "old_excel.xls"
    path.write_bytes(excel_97(rows))
    return Truth(path, "open_items", *_renamed(owed, each, ""), as_of=None, checks=1)


@shape
def debit_and_credit_suffix(folder: Path) -> Truth:
    """CSV: amounts as 1,234.50 Dr and 500.00 Cr, 25-Mar-25, receipts that name their invoice."""
    ledger = books()
    rows = [["Debtor", "Voucher Type", "Date", "Voucher No", "Applied To", "Amount (CNY)"]]
    rows[0][1] = "Type"
    for p in postings(ledger):
        i = p if isinstance(p, Invoice) else p.invoice
        kind = "Invoice" if p is i else "Credit Note" if p.kind == "credit_note" else "Receipt"
        side = "Dr" if p is i else "Cr"
        rows += [[english(i.customer), kind, f"{p.day:%d-%b-%y}", p.number,
                  "" if p is i else i.number, f"{p.amount:,.2f} {side}"]]  # fmt: skip
    path = write_csv(folder / "debit_and_credit_suffix.csv", rows)
    return Truth(path, "journal", *ledger.owed(english), ledger.sales(), as_of=None)


@shape
def receipts_on_account(folder: Path) -> Truth:
    """CSV journal: receipts name no invoice and one customer has paid too much."""
    rows = [
        [
            "customer id",
            "document type",
            "document no",
            "posting date",
            "due date",
            "debit",
            "credit",
        ]
    ]
    rows += [
        ["A", "invoice", "1", "2025-01-10", "2025-02-10", "100.00", ""],
        ["A", "invoice", "2", "2025-02-10", "2025-03-10", "200.00", ""],
        ["A", "payment", "p1", "2025-02-20", "", "", "150.00"],
        ["B", "invoice", "3", "2025-03-01", "2025-04-01", "80.00", ""],
        ["B", "payment", "p2", "2025-04-10", "", "", "95.50"],
        ["C", "payment", "p3", "2025-05-10", "", "", "10.00"],
    ]
    each = {("", "A"): Decimal(150), ("", "B"): Decimal("-15.50"), ("", "C"): Decimal(-10)}
    path = write_csv(folder / "receipts_on_account.csv", rows)
    return Truth(path, "journal", {"": Decimal("124.50")}, each, {"": Decimal(380)},
                 {"": Decimal("25.50")}, date(2025, 5, 10),
                 frozenset({"oldest_first", "unapplied"}))  # fmt: skip


def credits_apart(ledger: Books) -> list[tuple[str, str, Decimal]]:
    """Credits that stand in a list of their own right: customer, number, amount."""
    return [
        (customer, f"D{place:03}", Decimal(place * 137_053) / 100)
        for place, customer in enumerate(by_customer(ledger.open_invoices), start=1)
    ]


@shape
def open_items_with_sides(folder: Path) -> Truth:
    """CSV: no amount has a sign, 借 or 贷 stands beside it, under a name of the system's own."""
    ledger = books()
    rows = [["应收账款未核销明细", "单位：元"], []]
    rows += [["客户", "发票号", "开票日期", "到期日", "记账标记", "单据金额", "未收金额"]]
    rows += [
        [chinese(i.customer), i.number, i.day, i.due, "借", i.amount, ledger.balance(i)]
        for i in ledger.open_invoices
    ]
    owed, each = ledger.owed(chinese)
    apart = credits_apart(ledger)
    for customer, number, amount in apart:
        rows += [[chinese(customer), number, "2025-12-01", "2025-12-01", "贷", amount, amount]]
        each["CNY", chinese(customer)] -= amount
    gone = total(amount for *_, amount in apart)
    sales = ledger.sales(ledger.open_invoices)
    rows += [["合计", "", "", "", "", sales["CNY"] - gone, owed["CNY"] - gone]]
    path = write_csv(folder / "open_items_with_sides.csv", rows)
    return Truth(path, "open_items", {"CNY": owed["CNY"] - gone}, each, sales,
                 as_of=None, checks=2)  # fmt: skip


@shape
def invoices_with_sides(folder: Path) -> Truth:
    """Excel: invoices and credits with Dr and Cr, what was paid, and the rest; no signs."""
    ledger = books()
    rows = [["Open at key date", "2025-12-31"], []]
    rows += [["Customer", "Invoice No.", "Invoice Date", "Due Date", "Dr/Cr", "Amount",
              "Amount Paid", "Balance"]]  # fmt: skip
    for i in ledger.invoices:
        rows += [[english(i.customer), i.number, i.day.isoformat(), i.due.isoformat(), "Dr",
                  i.amount, ledger.paid(i), ledger.balance(i)]]  # fmt: skip
    owed, each = ledger.owed(english)
    apart = credits_apart(ledger)
    for customer, number, amount in apart:
        rows += [[english(customer), number, "2025-12-01", "2025-12-01", "Cr", amount, Decimal(0),
                  amount]]  # fmt: skip
        each["CNY", english(customer)] = each.get(("CNY", english(customer)), Decimal(0)) - amount
    gone = total(amount for *_, amount in apart)
    owed["CNY"] -= gone
    rows += [["Total", "", "", "", "Dr", ledger.sales()["CNY"] - gone,
              total(map(ledger.paid, ledger.invoices)), owed["CNY"]]]  # fmt: skip
    path = write_xlsx(folder / "invoices_with_sides.xlsx", rows)
    return Truth(path, "invoices", *_renamed(owed, each, ""), {"": ledger.sales()["CNY"]},
                 checks=3)  # fmt: skip


@shape
def aged_with_sides(folder: Path) -> Truth:
    """CSV in thousands: a balance per customer and age, the side of the balance beside it."""
    rows = [["Aged balances in thousands of USD, as of 31/12/2025"]]
    rows += [["Customer", "Dr/Cr", "Current", "1-30", "31-60", "61-90", "Older", "Total"]]
    each = {}
    for place, customer in enumerate(CUSTOMERS, start=1):
        cells = [Decimal(place * age * 1_009) / 1_000 for age in range(1, 6)]
        side = "Cr" if place == 4 else "Dr"
        rows += [[english(customer), side, *cells, total(cells)]]
        each["USD", english(customer)] = total(cells) * (-1000 if side == "Cr" else 1000)
    owed = {"USD": total(each.values())}
    rows += [["Total", "Dr", *[""] * 5, owed["USD"] / 1000]]
    path = write_csv(folder / "aged_with_sides.csv", rows)
    gone = -each["USD", english("C0004")]
    return Truth(path, "aged", owed, each, None, {"USD": gone}, keys=frozenset({"unit"}), checks=1)


@shape
def printed_pages(folder: Path) -> Truth:
    """CSV of a printed report: heading and title on each page, 本页小计, a grand total."""
    ledger = books()
    still = ledger.open_invoices
    heading = ["序号", "客户名称", "发票号", "开票日期", "到期日", "应收余额"]
    rows = []
    for start in range(0, len(still), 9):
        page = still[start : start + 9]
        rows += [["应收账款明细表", "", "", "", "", f"第{start // 9 + 1}页"], heading]
        rows += [
            [str(start + n + 1), chinese(i.customer), i.number, i.day, i.due, ledger.balance(i)]
            for n, i in enumerate(page)
        ]
        rows += [["本页小计", "", "", "", "", total(map(ledger.balance, page))]]
    owed, each = ledger.owed(chinese)
    rows += [["总计", "", "", "", "", owed["CNY"]], ["备注：以人民币计", "", "", "", "", ""]]
    path = write_csv(folder / "printed_pages.csv", rows)
    return Truth(
        path, "open_items", owed, each, as_of=None, checks=len(range(0, len(still), 9)) + 1
    )


@shape
def paid_on_a_day(folder: Path) -> Truth:
    """CSV without balances: an invoice with a day of payment is paid in full."""
    ledger = books()
    rows = [["客户名称", "发票号", "开票日期", "信用天数", "发票金额", "收款日期", "结算方式"]]
    owed, each = Decimal(0), defaultdict(Decimal)
    for i in ledger.invoices:
        paid = not ledger.balance(i)
        rows += [[chinese(i.customer), i.number, i.day, i.terms, i.amount,
                  i.due if paid else "", "电汇" if paid else ""]]  # fmt: skip
        if not paid:
            owed += i.amount
            each["CNY", chinese(i.customer)] += i.amount
    path = write_csv(folder / "paid_on_a_day.csv", rows)
    return Truth(path, "invoices", {"CNY": owed}, dict(each), ledger.sales(), as_of=None,
                 keys=frozenset({"paid_by_date", "due_from_terms"}))  # fmt: skip


def excel_97(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet in the binary format of Excel 97 ([MS-XLS], [MS-CFB])."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(substream: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, substream, 0, 0, 0, 0x0600))

    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str) and cell:
                text = cell.encode("utf-16-le")
                cells += record(0x0204, place + struct.pack("<HB", len(cell), 1) + text)
            elif not isinstance(cell, str):
                cells += record(0x0203, place + struct.pack("<d", cell))
    end = record(0x000A, b"")
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = begin(0x0010) + record(0x0200, size) + cells + end
    style = record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    head = begin(0x0005) + record(0x0042, struct.pack("<H", 1200)) + style
    named = struct.pack("<BBBB", 0, 0, 6, 0) + b"Sheet1"
    start = len(head) + 4 + 4 + len(named) + len(end)
    stream = head + record(0x0085, struct.pack("<I", start) + named) + end + sheet
    stream += b"\0" * (-len(stream) % 512 if len(stream) > 4096 else 4096 - len(stream))
    count = len(stream) // 512
    # Sector 0: allocation table; 1: directory; from 2 on: the workbook.
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, *[0xFFFFFFFF] * 2,
                                                   child)  # fmt: skip
        return head + b"\0" * 36 + struct.pack("<IQ", first, length)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory += entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    directory += b"\0" * 256
    return header + struct.pack("<128I", *table[:128]) + directory + stream


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in SHAPES:
        truth = make(folder)
        owed = ", ".join(f"{code or '-'} {amount:,.2f}" for code, amount in truth.owed.items())
        print(f"{truth.path.name:34}{truth.kind:12}{owed}")


if __name__ == "__main__":
    main()
