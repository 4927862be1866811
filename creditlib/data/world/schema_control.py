"""What limits, security, public events and the loan prime rate hold: each column's meaning."""

from creditlib.data.world.columns import CUSTOMER, Column, File, day, words, yuan

LIMITS = File(
    "limits",
    "授信额度的每一次变动，从开户到 2025-12-31",
    "every change of a credit limit, from the opening of the account to 2025-12-31",
    ("customer_id", "valid_from"),
    (
        CUSTOMER,
        day("valid_from", "生效日：从这天起到下一次变动为止",
            "in force from this day to the next change"),
        yuan("credit_limit", "授信额度；0 表示停止赊销", "credit limit; 0: no sales on credit"),
        yuan("previous_limit", "变动前的额度；首次授信空着", "limit before; blank for the first",
             blank=True),
        words("reason",
              "原因：first_limit 首次授信，annual_review 年度复审，temporary_increase 临时调高，"
              "temporary_ended 临时额度到期恢复，order_block 暂停发货，block_released 恢复发货，"
              "cut_after_warning 预警后调低，suspended_after_default 违约后停止赊销",
              "first_limit, annual_review, temporary_increase, temporary_ended (taken back), "
              "order_block, block_released, cut_after_warning, suspended_after_default"),
        words("decided_by", "审批人（见 team）", "who decided (see team)"),
        day("temporary_until", "临时额度的最后一天；不是临时额度则空着",
            "last day of a temporary increase; blank for all others", True),
    ),
)  # fmt: skip

GUARANTEES = File(
    "guarantees",
    "手里的担保：保证、抵押、质押、所有权保留、信用保险、保函、保证金",
    "security held: guarantees, mortgages, pledges, retention of title, insurance, deposits",
    ("guarantee_id",),
    (
        words("guarantee_id", "担保编号", "number of the security"),
        CUSTOMER,
        words("kind", "种类：parent_guarantee 母公司或关联公司保证，personal_guarantee 个人保证，"
              "mortgage 抵押，pledge_of_receivables 应收账款质押，retention_of_title 所有权保留，"
              "credit_insurance 信用保险，bank_guarantee 银行保函，deposit 保证金",
              "parent_guarantee (a parent or affiliate), personal_guarantee, mortgage, "
              "pledge_of_receivables, retention_of_title, credit_insurance, bank_guarantee, "
              "deposit"),
        words("guarantee_type", "保证方式：joint 连带责任，general 一般保证，not_stated "
              "合同没写（按一般保证，民法典第 686 条）；不是保证则空着",
              "joint, general, or not_stated (then general: Civil Code art. 686); blank if it is "
              "no personal or company guarantee", True),
        yuan("amount", "担保金额", "amount secured"),
        yuan("appraised_value", "抵押、质押或保留所有权之物的评估价；没有则空着",
             "appraised value of what is mortgaged, pledged or retained; blank if nothing is",
             blank=True),
        words("subject_zh", "担保的内容", "what stands behind it, in Chinese"),
        words("subject_en", "担保的内容（英文）", "what stands behind it"),
        words("provider_zh", "提供人（虚构）", "who gives it, in Chinese (invented)"),
        words("provider_en", "提供人英文名（虚构）", "who gives it (invented)"),
        words("resolution_on_file",
              "公司担保的股东会或董事会决议是否在档（公司法第 15 条）：yes 在，no 不在；"
              "不需要则空着",
              "whether the resolution for a company's guarantee is on file (Company Law art. 15): "
              "yes or no; blank if none is needed", True),
        day("valid_from", "设立日", "given on"),
        words("period_terms",
              "期限怎么写：agreed 写明到期日，silent 没写，until_paid "
              "“直到债务清偿为止”（保证的后两种都按债务到期后六个月，民法典第 692 条、"
              "担保制度解释第 32 条）；没有期限则空着",
              "what it says of its period: agreed (a date), silent, until_paid (for a guarantee "
              "both mean six months from the due date: Civil Code art. 692, Guarantee "
              "Interpretation art. 32); blank: none",
              True),
        day("valid_until", "最后一天：保证则为保证期间届满日；没写或没有则空着",
            "last day; of a guarantee the end of the guarantee period; blank if none", True),
        day("registered_on",
            "登记日；没有登记或不用登记则空着（应收账款质权自登记时设立，民法典第 445 条）",
            "registered on; blank if it was not or need not be (a pledge of receivables exists "
            "only from registration: Civil Code art. 445)", True),
    ),
)  # fmt: skip

EVENTS = File(
    "events",
    "登记、司法和行政公示信息（2022–2025），好消息坏消息都有，多数与违约无关",
    "what registers, courts and authorities published, 2022–2025: good and bad, mostly noise",
    ("event_id",),
    (
        words("event_id", "编号，按公布日排列", "number, in order of publication"),
        CUSTOMER,
        day("event_date", "发生日", "day of the event"),
        day("published_on", "公布日：这一天起才查得到", "day of publication: not known before"),
        words("kind", "种类：judgment_debtor 被执行人，dishonest_debtor 失信被执行人，"
              "equity_pledge 股权出质，equity_frozen 股权冻结，lawsuit_as_defendant 被起诉，"
              "lawsuit_as_plaintiff 起诉他人，administrative_penalty 行政处罚，"
              "abnormal_operations 经营异常，change_of_legal_representative 变更法定代表人，"
              "change_of_address 变更住所，capital_reduction 减资，capital_increase 增资，"
              "tax_arrears 欠税，environmental_penalty 环保处罚，bankruptcy_petition 破产申请，"
              "award 获奖，tax_rating_a 纳税信用 A 级",
              "judgment_debtor, dishonest_debtor, equity_pledge, equity_frozen, "
              "lawsuit_as_defendant, lawsuit_as_plaintiff, administrative_penalty, "
              "abnormal_operations, change_of_legal_representative, change_of_address, "
              "capital_reduction, capital_increase, tax_arrears, environmental_penalty, "
              "bankruptcy_petition, award, tax_rating_a (taxpayer rated A)"),
        yuan("amount", "金额；没有则空着", "amount; blank if none", blank=True),
        words("detail_zh", "内容", "what was published, in Chinese"),
        words("detail_en", "内容（英文）", "what was published"),
        words("source", "来源：court_enforcement 执行信息，court_announcement 法院公告，"
              "company_registry 企业登记，market_regulator 市场监管，tax_authority 税务，"
              "environment_authority 环保，insolvency_notice 破产公告，government_notice 政府公告",
              "court_enforcement, court_announcement, company_registry, market_regulator, "
              "tax_authority, environment_authority, insolvency_notice, government_notice"),
    ),
)  # fmt: skip

LPR = File(
    "lpr",
    "贷款市场报价利率（LPR），真实数据，一次公布一行；下次公布前一直有效",
    "the loan prime rate (LPR): real data, one row per publication, in force until the next",
    ("date_published",),
    (
        day("date_published", "公布日", "day of publication"),
        Column("lpr_1y", "number", "一年期 LPR", "one-year rate", "% a year", 2),
        Column("lpr_5y", "number", "五年期以上 LPR", "rate over five years", "% a year", 2),
        words("source",
              "来源：A 中国银行公布的利率表，每次变动都与另两份公开的表一致；B 核对不如 A 充分；C "
              "见于新闻报道",
              "A: a series published by Bank of China that agrees at every change with two other "
              "published tables; B: checked less thoroughly; C: seen in news reports"),
    ),
)  # fmt: skip
