# ruff: noqa: E501
from creditlib import language


def repaired_demand():
    if language() == "zh":
        return """栖川衡远包装设备有限公司：

（云岫机电催字2025-1201号，2025年12月1日）

贵司与云陵云岫机电有限公司按HT2024-C0347号合同买卖减速机，货已在9月2日、9月6日交到贵司，验收单上有贵司的章。两张发票到今天没有付：YX-25-3815（9月2日开，11月1日到期，180,000元）和YX-25-3840（9月6日开，11月5日到期，64,000元），共欠244,000元。按合同第九条，每迟一天付万分之五的违约金，已有3,532元，还要继续计算到实际付清之日。

请在2025年12月12日前把244,000元付到澄浦商业银行云陵支行0000 1688 2016 0001。货有问题的，请在12月8日前附照片书面告诉周岚（credit@yunxiu.example，000-8800 0168），没有问题的部分照付。到12月12日仍未付清，我司停止赊销，并向法院申请支付令或者起诉。其他合同权利一并保留。

附：发票、验收单和对账单复印件
本函用EMS寄出并留存回执。

云陵云岫机电有限公司（章）
"""
    return """Letter no. 1201/25, 1 December 2025, sent by EMS with acknowledgement of receipt
From Yunling Yunxiu Electromechanical Co., Ltd. to Qichuan Hengyuan Packaging Co., Ltd.

Dear Mr Fan,

Under our contract HT2024-C0347 you received reducers on 2 and 6 September 2025; your acceptance notes bear the company seal. Two invoices are unpaid to this day: YX-25-3815, issued 2 September 2025 and due 1 November 2025, for RMB 180,000.00, and YX-25-3840, issued 6 September 2025 and due 5 November 2025, for RMB 64,000.00. You owe us RMB 244,000.00 in total. Clause 9 adds a penalty of 0.05% a day, RMB 3,532.00 so far, which goes on accruing until actual payment.

Please pay RMB 244,000.00 by 12 December 2025 to account 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch. Anything wrong with the goods? Then write to Zhou Lan, credit@yunxiu.example, 000-8800 0168, with photographs, and pay what is not in dispute. Failing payment by that date we will hold deliveries on credit and apply to the court for a payment order or sue. We reserve all other rights under the contract.

Enclosed: invoices, acceptance notes, statement of account.

Zhou Lan
Credit Manager, Yunling Yunxiu Electromechanical Co., Ltd.
"""
