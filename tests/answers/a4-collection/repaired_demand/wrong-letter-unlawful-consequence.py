# ruff: noqa: E501
from creditlib import language

ZH = """\
关于催付逾期货款的函
函号：云岫信函〔2025〕347号
2025年12月1日

致：栖川衡远包装设备有限公司
自：云陵云岫机电有限公司

一、双方签有HT2024-C0347号购销合同。我司已于2025年9月2日和9月6日把减速机送到贵司仓库，贵司在送货单上签收，没有提出异议。
二、下列发票已过付款期：
YX-25-3815，开票日2025年9月2日，到期日2025年11月1日，180,000.00元，逾期30天；
YX-25-3840，开票日2025年9月6日，到期日2025年11月5日，64,000.00元，逾期26天。
本金合计244,000.00元。
三、合同第九条约定迟延付款按日万分之五支付违约金，算到今天为3,532.00元，此后按同一标准继续计算至实际付清之日。
四、请贵司于2025年12月11日前将本金244,000.00元付入我司账户：澄浦商业银行云陵支行，0000 1688 2016 0001。
五、对金额、数量或质量有异议的，请在上述日期前书面告诉授信经理周岚（000-8800 0168，credit@yunxiu.example），没有争议的部分请照付。
六、届时仍未付清的，我司将自12月12日起暂停赊销发货，并拉走贵司仓库的货物抵债。
七、我司依合同和法律享有的其他权利不因本函而放弃。

附件：合同、送货单、发票、对账单复印件各一份
本函以EMS寄往合同载明的地址，并发送至约定邮箱。

云陵云岫机电有限公司（公章）
"""
EN = """\
FORMAL DEMAND FOR PAYMENT
Our ref.: FD-2025-0347
1 December 2025
By EMS to the address in the contract and by e-mail

To: Qichuan Hengyuan Packaging Co., Ltd.
From: Yunling Yunxiu Electromechanical Co., Ltd.

1. Under sales contract HT2024-C0347 we delivered reducers to your warehouse on 2 and 6 September 2025. Your staff signed both delivery notes without complaint.
2. The following invoices are past due:
   YX-25-3815, issued 2 September 2025, due 1 November 2025, RMB 180,000.00
   YX-25-3840, issued 6 September 2025, due 5 November 2025, RMB 64,000.00
   Principal: RMB 244,000.00 in total
3. Clause 9 of the contract provides for liquidated damages of 0.05% per day. To date they come to RMB 3,532.00 and continue to accrue until the day of actual payment.
4. We require you to pay the principal of RMB 244,000.00 by 11 December 2025 to our account 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch.
5. If you dispute any part, write to Zhou Lan (credit@yunxiu.example, 000-8800 0168) before that date with your reasons, and pay the rest.
6. If the sum is not paid by then, we will stop deliveries on credit on 12 December and have your company put on the credit blacklist.
7. All our rights under the contract and the law are reserved.

Enclosures: contract, delivery notes, invoices, statement of account

Zhou Lan, Credit Manager (company seal)
Yunling Yunxiu Electromechanical Co., Ltd.
"""


def repaired_demand():
    return ZH if language() == "zh" else EN
