"""The ledger's four files: what each column holds."""

from creditlib.data.world.columns import CUSTOMER, File, day, words, yuan

_INVOICE = words("invoice_id", "发票编号", "invoice")

INVOICES = File(
    "invoices",
    "销售发票：2023–2025 年开具的，以及 2022 年末尚未收清的",
    "sales invoices: those of 2023 to 2025, and those still owed at the end of 2022",
    ("invoice_id",),
    (
        words("invoice_id", "发票编号，按开票日排列", "invoice number, in order of date"),
        CUSTOMER,
        day("invoice_date", "开票日（公司每月 4 日至 27 日开票，27 日后只给新客户开首张）",
            "invoice date: billing runs from the 4th to the 27th, later only for a new customer"),
        day("due_date", "应付款日；新客户月末开的首张发票账期可能略短",
            "due date; a new customer's first invoice, late in a month, may have fewer days"),
        yuan("amount", "发票金额，含 13% 增值税", "amount with 13% VAT", 2),
    ),
)  # fmt: skip

PAYMENTS = File(
    "payments",
    "收款，每行核销一张发票；一张发票可以分几次付",
    "payments, each against one invoice; an invoice may be paid in parts",
    ("payment_id",),
    (
        words("payment_id", "收款编号，按收款日排列", "payment number, in order of date"),
        _INVOICE,
        CUSTOMER,
        day("payment_date", "收款日", "date received"),
        yuan("amount", "收款金额", "amount received", 2),
        words("method", "付款方式：transfer 银行转账，bill 银行承兑汇票，cheque 支票",
              "transfer (bank transfer), bill (banker's acceptance) or cheque"),
    ),
)  # fmt: skip

CREDIT_NOTES = File(
    "credit_notes",
    "不是收款、却减少应收的：红字发票、返利和坏账核销",
    "what reduces a receivable without a payment: credit notes, rebates, bad debts written off",
    ("credit_note_id",),
    (
        words("credit_note_id", "编号，按日期排列", "number, in order of date"),
        _INVOICE,
        CUSTOMER,
        day("credit_date", "入账日", "date posted"),
        yuan("amount", "冲减金额（正数）", "amount taken off (positive)", 2),
        words("reason", "原因：return 退货，price 价格差，quality 质量折让，rebate 返利，"
              "write_off 坏账核销",
              "return, price, quality, rebate or write_off (bad debt)"),
    ),
)  # fmt: skip

DISPUTES = File(
    "disputes",
    "客户对发票的异议",
    "invoices that customers disputed",
    ("dispute_id",),
    (
        words("dispute_id", "争议编号，按提出日排列", "dispute number, in order of opening"),
        _INVOICE,
        CUSTOMER,
        day("opened", "提出日", "date raised"),
        day("closed", "了结日；空着表示还没有了结", "date settled; blank while open", blank=True),
        yuan("amount", "有争议的金额", "amount in dispute", 2),
        words("reason", "原因：quality 质量，price 价格，quantity 数量，delivery 交期，"
              "paperwork 单据",
              "quality, price, quantity, delivery or paperwork"),
        words("outcome", "结果：upheld 客户有理，partly 部分有理，rejected 不成立，open 未了结",
              "upheld, partly, rejected or open"),
    ),
)  # fmt: skip

LEDGER_FILES = (INVOICES, PAYMENTS, CREDIT_NOTES, DISPUTES)
