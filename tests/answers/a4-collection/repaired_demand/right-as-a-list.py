# ruff: noqa: E501
from creditlib import language

LINES = {
    "zh": [
        "催款函",
        "编号YX-CK-2025-061　2025年12月1日",
        "债权人：云陵云岫机电有限公司",
        "债务人：栖川衡远包装设备有限公司",
        "",
        "合同：HT2024-C0347",
        "交货：2025年9月2日、9月6日，贵司签收，未提异议",
        "发票：YX-25-3815，2025-09-02开，2025-11-01到期，180,000.00元",
        "发票：YX-25-3840，2025-09-06开，2025-11-05到期，64,000.00元",
        "本金合计：244,000.00元",
        "违约金：合同第九条，日万分之五，计至今日3,532.00元，继续计算至实际付清之日",
        "付款期限：请最迟于2025年12月15日付清本金244,000.00元",
        "收款账户：0000 1688 2016 0001，澄浦商业银行云陵支行",
        "异议：请在2025年12月10日前书面提出，联系人何川，000-8800 0168；无异议的部分照付",
        "下一步：逾期不付，我司停止发货并向法院起诉",
        "我司保留合同和法律规定的一切权利。",
        "附件：合同、签收单、发票、对账单",
        "送达：EMS，并发约定邮箱",
        "",
        "云陵云岫机电有限公司（盖章）",
    ],
    "en": [
        "DEMAND FOR PAYMENT",
        "Ref. YX-CK-2025-061, 1 December 2025",
        "Creditor: Yunling Yunxiu Electromechanical Co., Ltd.",
        "Debtor: Qichuan Hengyuan Packaging Co., Ltd.",
        "",
        "Contract: HT2024-C0347",
        "Delivery: reducers delivered on 2 and 6 September 2025; your staff signed the delivery notes, no complaint",
        "Invoice YX-25-3815, issued 2 Sep 2025, due 1 Nov 2025, RMB 180,000.00",
        "Invoice YX-25-3840, issued 6 Sep 2025, due 5 Nov 2025, RMB 64,000.00",
        "Total principal: RMB 244,000.00",
        "Interest: contract clause 9, 0.05% a day, RMB 3,532.00 to date, running on until the day of actual payment",
        "We ask you to pay the principal of RMB 244,000.00 no later than 15 December 2025.",
        "Account: 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch",
        "Disputes: in writing by 10 December 2025 to He Chuan, 000-8800 0168; please pay what is not disputed",
        "Next step: if you do not pay by then, we stop deliveries on credit and sue in court.",
        "We reserve all rights under the contract and the law.",
        "Attached: contract, signed delivery notes, invoices, statement",
        "Sent by EMS and to the agreed e-mail address",
        "",
        "He Chuan",
        "Yunling Yunxiu Electromechanical Co., Ltd.",
    ],
}


def repaired_demand():
    return "\n".join(LINES[language()])
