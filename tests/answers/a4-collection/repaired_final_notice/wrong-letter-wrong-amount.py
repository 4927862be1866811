# ruff: noqa: E501
from creditlib import language

ZH = """\
最后催告函
函号：云岫信函〔2025〕402号
2025年12月22日

致：朔澄鼎力输送机械有限公司
自：云陵云岫机电有限公司

一、根据双方HT2023-C0291号购销合同，我司已于2025年8月交付托辊和轴承，贵司签收验收，未提异议。
二、下列发票逾期：
YX-25-3502，开票日2025年8月18日，到期日2025年10月17日，150,000.00元；
YX-25-3577，开票日2025年8月28日，到期日2025年10月27日，90,400.00元。
合计240,400.00元。贵司2025年11月28日付来40,000.00元，尚欠本金204,400.00元。
三、合同第八条约定迟延付款按日万分之三支付违约金，继续计算至实际付清之日。
四、我司11月20日的催款函已由贵司签收，至今没有付清。现最后一次请贵司于2025年12月31日前将204,400.00元付入我司账户：澄浦商业银行云陵支行，0000 1688 2016 0001。
五、如有异议，请在12月29日前书面告知周岚（000-8800 0168，credit@yunxiu.example）；愿意分期的，请在同日前提出书面计划和担保。
六、到期仍未付清的，我司将于2026年1月5日向有管辖权的人民法院起诉，并申请财产保全。
七、我司保留合同和法律规定的一切权利。

附件：合同、签收单、发票、对账单、11月20日催款函及签收记录
本函以EMS寄往合同载明的地址，并发送至约定邮箱。

云陵云岫机电有限公司（公章）
"""
EN = """\
FINAL NOTICE BEFORE COURT ACTION
Our ref.: FN-2025-0402
22 December 2025
By EMS to the address in the contract and by e-mail

To: Shuocheng Dingli Conveyors Co., Ltd.
From: Yunling Yunxiu Electromechanical Co., Ltd.

1. Under sales contract HT2023-C0291 we delivered rollers and bearings in August 2025. You signed for them and accepted them without complaint.
2. These invoices are past due:
   YX-25-3502, issued 18 August 2025, due 17 October 2025, RMB 150,000.00
   YX-25-3577, issued 28 August 2025, due 27 October 2025, RMB 90,400.00
   Total RMB 240,400.00. You paid RMB 40,000.00 on 28 November 2025, which leaves a principal of RMB 204,400.00.
3. Clause 8 of the contract provides for liquidated damages of 0.03% per day, which continue to accrue until the day of actual payment.
4. You received our formal demand of 20 November and have not settled the debt. We ask you for the last time to pay RMB 204,400.00 by 31 December 2025 to our account 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch.
5. If you dispute any part, write to Zhou Lan (credit@yunxiu.example, 000-8800 0168) by 29 December; if you want to pay in instalments, send a written plan with security by the same day.
6. If the sum is not paid by then, we will file a claim with the competent court on 5 January 2026 and apply for preservation of assets.
7. We reserve all our rights under the contract and the law.

Enclosures: contract, delivery notes, invoices, statement of account, our letter of 20 November with proof of receipt

Zhou Lan, Credit Manager (company seal)
Yunling Yunxiu Electromechanical Co., Ltd.
"""


def repaired_final_notice():
    return ZH if language() == "zh" else EN
