"""What calls and letters hold: each column's type, unit and meaning in both languages."""

from creditlib.data.world.columns import CUSTOMER, Column, File, day, whole, words, yuan


def _level(name: str, zh: str, en: str) -> Column:
    return whole(name, f"{zh}，0–2 分；没有记录则空着", f"{en}, 0 to 2; blank without a transcript",
                 "points", blank=True)  # fmt: skip


CALLS = File(
    "calls",
    "2024–2025 年对逾期客户的催收联络：结果、承诺，其中约 350 通电话有记录",
    "contacts with customers past due in 2024 and 2025: results, promises, some 350 transcripts",
    ("call_id",),
    (
        words("call_id", "联络编号，按日期排列", "contact number, in order of date"),
        day("at", "联络日期", "day of the contact"),
        CUSTOMER,
        words("caller", "联络人，信用部成员编号", "member of the credit team"),
        words("channel", "方式：phone 电话，wechat 微信，visit 上门，email 邮件",
              "channel: phone, wechat, visit, email"),
        words("contact_role",
              "找到的人：finance 财务，purchasing 采购，owner 老板，front_desk 前台",
              "whom it reached or tried to reach: finance, purchasing, owner, front_desk"),
        yuan("amount_past_due", "当天逾期未付合计，与台账一致（含当天入账的款）",
             "past due that day, as in the ledger (what was paid that day is taken off)", 2),
        whole("days_past_due", "其中最早一张发票逾期的天数",
              "days for which the oldest of these invoices is past due", "days"),
        words("debtor_type",
              "欠款人类型：forgetful 健忘，process_bound 流程卡住，disputing 有争议，"
              "cash_strapped 资金紧但愿付，strategic 有钱拖着，evasive 敷衍躲避，"
              "failing 经营难以为继，refusing 拒付",
              "forgetful, process_bound, disputing, cash_strapped (but willing), strategic (late "
              "on purpose), evasive, failing, refusing"),
        words("result",
              "结果：promise 承诺全额，partial_promise 承诺部分，no_commitment 没有准话，"
              "callback 答应回电，dispute 提出争议，referred 让找别人，refused 拒付，"
              "no_answer 没联系上",
              "promise (all of it), partial_promise, no_commitment, callback, dispute, referred "
              "(to someone else), refused, no_answer"),
        yuan("promised_amount", "承诺金额；没有承诺则空着", "amount promised; blank if none", 2,
             blank=True),
        day("promised_date", "承诺日期；没有承诺则空着", "day promised; blank if none", True),
        words("promise_kept",
              "是否兑现：yes，no。联络次日起到承诺日后 3 天，这些发票收到的款达到承诺金额即为兑现；"
              "没有承诺，或到 2025-12-31 还不知道，则空着",
              "yes or no: kept if payments on these invoices, from the day after the contact to "
              "3 days after the day promised, reach the amount promised; blank without a promise "
              "or while it is not known on 2025-12-31", True),
        words("transcript_zh", "通话记录，一行一句；没有记录则空着",
              "transcript in Chinese, one turn a line; blank for most contacts", True),
        words("transcript_en", "通话记录英文版", "transcript in English", True),
        _level("listening", "积极倾听", "active listening"),
        _level("cooperation", "强调合作", "emphasis on cooperation"),
        _level("clarity", "清晰表达", "clear expression"),
        _level("emotion", "情绪管理", "emotion management"),
        words("conduct",
              "言行：ok 合规，pressure 骚扰纠缠，threat 威胁，disclosure 向无关的人透露欠款，"
              "false_authority 冒充权力；没有记录则空着",
              "ok, pressure (pestering), threat, disclosure (of the debt to outsiders), "
              "false_authority; blank without a transcript", True),
    ),
)  # fmt: skip

LETTERS = File(
    "letters",
    "2024–2025 年的催款函，中英文，一半是好的，一半有毛病",
    "dunning letters of 2024 and 2025 in Chinese and English, half good, half with defects",
    ("letter_id",),
    (
        words("letter_id", "函件编号，按日期排列", "letter number, in order of date"),
        day("dated", "发函日期", "date of the letter"),
        CUSTOMER,
        words("stage",
              "阶段：reminder 提醒，second_reminder 再次提醒，formal_demand 正式催款，"
              "final_notice 最后催告，lawyer_letter 律师函",
              "reminder, second_reminder, formal_demand, final_notice, lawyer_letter"),
        words("lang", "语言：zh，en", "language: zh, en"),
        words("body", "全文，多行", "text of the letter, on several lines"),
        words("invoice_ids", "所催的发票，用竖线隔开：当天逾期的全部发票，最早的在前",
              "invoices claimed, separated by bars: all that were past due, the oldest first"),
        yuan("amount", "当天逾期未付合计，与台账一致；函里写的可能不同",
             "past due that day, as in the ledger; the text may say otherwise", 2),
        day("oldest_due", "最早一张的到期日，与台账一致",
            "due date of the oldest, as in the ledger"),
        day("demanded_by", "函中要求的付款日；没有写明则空着",
            "day by which the letter asks for payment; blank if it names none", True),
        yuan("interest", "截至发函日的约定违约金（未付金额每日万分之三）；提醒阶段不计，空着",
             "agreed penalty to the date of the letter (0.03% a day on what is unpaid); blank for "
             "the reminders, which claim none", 2, True),
        words("quality", "good 合格，bad 有毛病", "good or bad"),
        words("defects",
              "毛病，用竖线隔开，合格的空着。缺要素：no_ 加 parties 双方名称和代码，reference 日期"
              "和函号，contract 合同，invoices 发票明细，total 总额，performance 交货事实，"
              "interest 违约金，demand 付款要求，account 收款账户，contact 联系和异议渠道，"
              "next_steps 下一步，reservation 权利保留，attachments 附件，signature 落款，"
              "delivery 送达方式。写错：wrong_amount 总额，wrong_date 到期日，wrong_debtor 债务人。"
              "不该写：threat 威胁，false_authority 冒充权力，insult 侮辱，"
              "disclosure 透露给无关的人，unlawful_consequence 不合法的后果。"
              "语气：too_soft 太软，too_hard 太硬，vague 没有期限",
              "separated by bars, blank if good. Missing: no_ and the element (parties, reference, "
              "contract, invoices, total, performance, interest, demand, account, contact, "
              "next_steps, reservation, attachments, signature, delivery). Wrong: wrong_amount, "
              "wrong_date, wrong_debtor. Not allowed: threat, false_authority, insult, disclosure, "
              "unlawful_consequence. Tone: too_soft, too_hard, vague (no day to pay by)", True),
    ),
)  # fmt: skip

COLLECTION_FILES = (CALLS, LETTERS)
