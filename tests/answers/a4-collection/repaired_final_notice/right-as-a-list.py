# ruff: noqa: E501
from creditlib import language

LINES = {
    "zh": [
        "最后付款通知",
        "编号ZH-2025-0291　2025年12月22日",
        "债权人：云陵云岫机电有限公司",
        "债务人：朔澄鼎力输送机械有限公司",
        "",
        "合同：HT2023-C0291",
        "交货：2025年8月，贵司已签收验收",
        "YX-25-3502　2025-08-18开　2025-10-17到期　150,000.00元",
        "YX-25-3577　2025-08-28开　2025-10-27到期　90,400.00元",
        "已付：2025年11月28日40,000.00元",
        "尚欠本金合计：200,400.00元",
        "违约金：合同第八条，日万分之三，继续计算至实际付清之日",
        "付款期限：请最迟于2026年1月4日付清200,400.00元",
        "收款账户：0000 1688 2016 0001，澄浦商业银行云陵支行",
        "异议：请在期限前书面告知何川，000-8800 0168",
        "到期不付：我司于2026年1月6日向法院申请支付令或者起诉",
        "我司保留一切权利。",
        "附件：合同、签收单、发票、对账单",
        "送达：EMS",
        "",
        "云陵云岫机电有限公司（盖章）",
    ],
    "en": [
        "FINAL NOTICE",
        "Ref. ZH-2025-0291, 22 December 2025",
        "Creditor: Yunling Yunxiu Electromechanical Co., Ltd.",
        "Debtor: Shuocheng Dingli Conveyors Co., Ltd.",
        "",
        "Contract: HT2023-C0291",
        "Delivery: rollers and bearings delivered in August 2025; you signed the delivery notes and accepted them",
        "YX-25-3502, issued 18 Aug 2025, due 17 Oct 2025, RMB 150,000.00",
        "YX-25-3577, issued 28 Aug 2025, due 27 Oct 2025, RMB 90,400.00",
        "Paid: RMB 40,000.00 on 28 Nov 2025",
        "Principal outstanding in total: RMB 200,400.00",
        "Interest: contract clause 8, 0.03% a day, running on until the day of actual payment",
        "Please pay RMB 200,400.00 no later than 4 January 2026.",
        "Account: 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch",
        "Disputes: in writing to He Chuan before that date, 000-8800 0168",
        "If you do not pay by then, we will apply to the court for a payment order or sue on 6 January 2026.",
        "All rights are reserved.",
        "Attached: contract, delivery notes, invoices, statement",
        "Sent by EMS",
        "",
        "He Chuan",
        "Yunling Yunxiu Electromechanical Co., Ltd.",
    ],
}


def repaired_final_notice():
    return "\n".join(LINES[language()])
