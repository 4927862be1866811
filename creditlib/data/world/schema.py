"""What each file holds: every column's type, unit and meaning in Chinese and English."""

from creditlib.data.world.columns import (
    CUSTOMER,
    Column,
    File,
    day,
    whole,
    words,
    yuan,
)
from creditlib.data.world.schema_archive import ACCESS_LOG, CREDIT_FILES
from creditlib.data.world.schema_collection import COLLECTION_FILES
from creditlib.data.world.schema_control import EVENTS, GUARANTEES, LIMITS, LPR
from creditlib.data.world.schema_ledger import LEDGER_FILES
from creditlib.data.world.schema_team import TASKS, TEAM

AS_OF = day("as_of", "评审日", "review date")

CUSTOMERS = File(
    "customers",
    "客户主档（2025-12-31 的状态）",
    "customer master as it stands on 2025-12-31",
    ("customer_id",),
    (
        CUSTOMER,
        words("name_zh", "公司名称（虚构）", "company name in Chinese (invented)"),
        words("name_en", "公司英文名（虚构）", "company name in English (invented)"),
        words("credit_code", "登记代码，18 位，虚构：含真实代码从不使用的字母",
              "registration code, 18 characters, invented: has letters no real code uses", True),
        words("province_zh", "省份（虚构）", "province in Chinese (invented)"),
        words("province_en", "省份英文名", "province in English"),
        words("city_zh", "城市（虚构）", "city in Chinese (invented)"),
        words("city_en", "城市英文名", "city in English"),
        words("address", "注册地址", "registered address"),
        words("industry_zh", "行业", "industry in Chinese"),
        words("industry_en", "行业英文名", "industry in English"),
        words("legal_representative_zh", "法定代表人（虚构）", "legal representative (invented)"),
        words("legal_representative_en", "法定代表人英文名", "legal representative in English"),
        words("phone", "电话（虚构：没有 000 这个区号）",
              "telephone (invented: no area code is 000)"),
        words("sales_rep", "负责的销售员", "sales representative in charge"),
        day("founded", "成立日期", "date founded"),
        day("customer_since", "开户日期", "customer since"),
        yuan("registered_capital", "注册资本", "registered capital"),
        whole("employees", "员工人数", "employees", "people"),
        whole("payment_terms_days", "账期", "payment terms", "days"),
        yuan("annual_purchases", "开户时约定的年采购额，含税",
              "annual purchases agreed when the account was opened, with VAT"),
        words("status", "2025-12-31 的状态：active 正常，suspended 停止赊销，insolvent 破产或清算，"
              "written_off 已核销；评审日时尚不知道，用来评分就是泄漏",
              "status on 2025-12-31: active, suspended, insolvent, written_off; unknown at any "
              "review date, so a leak in a score"),
    ),
)  # fmt: skip

STATEMENTS = File(
    "statements",
    "客户的年度报表（企业会计准则科目），金额舍入到千元",
    "customers' annual accounts under CAS headings, rounded to the thousand yuan",
    ("customer_id", "year"),
    (
        CUSTOMER,
        whole("year", "会计年度", "accounting year"),
        yuan("cash", "货币资金", "cash"),
        yuan("notes_receivable", "应收票据", "notes receivable"),
        yuan("accounts_receivable", "应收账款", "accounts receivable"),
        yuan("receivables_financing", "应收款项融资", "receivables financing"),
        yuan("prepayments", "预付款项", "prepayments"),
        yuan("inventory", "存货", "inventory"),
        yuan("current_assets", "流动资产合计", "current assets"),
        yuan("fixed_assets", "固定资产", "fixed assets"),
        yuan("total_assets", "资产总计", "total assets"),
        yuan("short_term_borrowings", "短期借款", "short-term borrowings"),
        yuan("notes_payable", "应付票据", "notes payable"),
        yuan("accounts_payable", "应付账款", "accounts payable"),
        yuan("current_liabilities", "流动负债合计", "current liabilities"),
        yuan("long_term_borrowings", "长期借款", "long-term borrowings"),
        yuan("total_liabilities", "负债合计", "total liabilities"),
        yuan("paid_in_capital", "实收资本", "paid-in capital"),
        yuan("surplus_reserve", "盈余公积", "surplus reserve"),
        yuan("retained_profit", "未分配利润", "retained profit"),
        yuan("total_equity", "所有者权益合计", "total equity"),
        yuan("revenue", "营业收入", "revenue"),
        yuan("cost_of_sales", "营业成本", "cost of sales"),
        yuan("selling_expenses", "销售费用", "selling expenses"),
        yuan("administrative_expenses", "管理费用", "administrative expenses"),
        yuan("research_expenses", "研发费用", "research expenses"),
        yuan("interest_expense", "利息费用", "interest expense"),
        yuan("total_profit", "利润总额", "total profit"),
        yuan("net_profit", "净利润", "net profit"),
        yuan("depreciation", "折旧，小企业可能未填", "depreciation; small firms may leave it out",
              blank=True),
        yuan("operating_cash_flow", "经营活动现金流量净额，小企业可能未填",
              "operating cash flow; small firms may leave it out", blank=True),
    ),
)  # fmt: skip

TRADE_REFERENCES = File(
    "trade_references",
    "其他供应商在评审前的反馈",
    "what other suppliers reported before a review",
    (),
    (
        CUSTOMER,
        AS_OF,
        day("reported_on", "反馈日期，不晚于评审日", "day of the report, never after the review"),
        words("supplier_trade", "反馈方卖什么", "what the reporting supplier sells"),
        yuan("high_credit", "最高欠款", "highest balance owed"),
        yuan("balance", "当前欠款", "balance owed"),
        yuan("past_due", "其中逾期", "of which past due"),
        whole("days_beyond_terms", "平均逾期天数", "average days beyond terms", "days"),
        Column("years_known", "number", "往来年数", "years of dealings", "years", 1),
    ),
)

EXPERT_REVIEWS = File(
    "expert_reviews",
    "评审小组对 120 家客户的打分（2024-04-30）",
    "scores given by the panel to 120 customers on 2024-04-30",
    ("customer_id", "rater_id", "dimension"),
    (
        CUSTOMER,
        AS_OF,
        words("rater_id", "评审人编号", "rater"),
        words("rater_role", "评审人身份：industry_expert 行业专家，risk_control 风控，sales 销售，"
              "finance 财务", "role: industry expert, risk control, sales, finance"),
        words("dimension", "维度：market_position 市场地位，operating_ability 经营能力，"
              "industry_risk 行业风险（5 分为风险最低），management_quality 管理质量",
              "dimension; for industry_risk 5 is the lowest risk"),
        whole("score", "分数 1–5，5 最好；空着表示未评分",
               "score 1–5, 5 is best; blank: not scored", "points", blank=True),
        words("evidence_zh", "依据", "evidence in Chinese"),
        words("evidence_en", "依据（英文）", "evidence in English"),
    ),
)  # fmt: skip

OUTCOMES = File(
    "outcomes",
    "每个评审日：当时账上看得到的，和之后 12 个月的结果",
    "each review: what the books showed then, and what the next 12 months brought",
    ("customer_id", "as_of"),
    (
        CUSTOMER,
        AS_OF,
        whole("statement_year", "评审日已公开的最近一年报表；空着表示没有",
               "latest accounts public on the review date; blank if there are none", blank=True),
        whole("months_on_book", "往来月数", "months as a customer", "months"),
        yuan("credit_limit", "授信额度", "credit limit"),
        yuan("receivable", "应收余额，含税", "amount owed, with VAT", 2),
        Column("utilisation", "number", "额度使用率：应收余额 ÷ 授信额度",
               "receivable / credit limit", "share", 3),
        Column("share_past_due", "number", "逾期占应收余额的比例；没有欠款则空着",
               "past due / receivable; blank if nothing is owed", "share", 3, True),
        Column("average_days_late_6m", "number",
               "近 6 个月到期账款的平均逾期天数（金额加权，未逾期记 0）；没有到期账款则空着",
               "average days late of what fell due in six months (weighted by amount, on time is "
               "0); blank if nothing fell due", "days", 1, True),
        whole("broken_promises_6m", "近 6 个月失约的付款承诺次数", "promises broken in six months",
               "times"),
        Column("purchases_change_6m", "number",
               "近 6 个月采购额比前 6 个月的变化；往来不满 12 个月则空着",
               "purchases of six months against the six before; blank in the first 12 months",
               "share", 3, True),
        whole("default_12m", "评审后 12 个月内是否违约（1 是，0 否）",
               "default within 12 months after the review (1 yes, 0 no)"),
        day("default_date", "违约日期，没有则空着；评审日时尚不知道",
              "day of default, blank if none; unknown at the review", True),
        words("collection_stage_12m",
              "评审后 12 个月内催收走到哪一步；窗口结束后才知道，用来评分就是泄漏",
              "how far collection went in the 12 months after the review; known only after the "
              "window, so a leak in a score"),
    ),
)  # fmt: skip

FILES = (
    CUSTOMERS,
    STATEMENTS,
    TRADE_REFERENCES,
    EXPERT_REVIEWS,
    OUTCOMES,
    *LEDGER_FILES,
    LIMITS,
    GUARANTEES,
    EVENTS,
    *COLLECTION_FILES,
    CREDIT_FILES,
    ACCESS_LOG,
    TEAM,
    TASKS,
    LPR,
)
