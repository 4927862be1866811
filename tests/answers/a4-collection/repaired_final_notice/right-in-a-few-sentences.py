# ruff: noqa: E501
from creditlib import language


def repaired_final_notice():
    if language() == "zh":
        return """朔澄鼎力输送机械有限公司：

（最后催告，云岫催字〔2025〕56号，2025年12月22日）

我司云陵云岫机电有限公司按HT2023-C0291号合同供应的托辊和轴承，贵司8月已经收货验收。YX-25-3502号发票（8月18日开，10月17日到期）150,000元、YX-25-3577号发票（8月28日开，10月27日到期）90,400元，扣除11月28日付来的40,000元，还欠200,400元。违约金按合同第八条日万分之三计算，一直计算到实际付清之日。

上次的催告期已过。请在2025年12月30日前把200,400元付到澄浦商业银行云陵支行0000 1688 2016 0001。有争议的，请在这之前书面告诉周岚，000-8800 0168。12月30日仍未付清，我司1月5日向法院起诉，不再另行通知。我司的其他权利全部保留。

附件：对账单、签收单、发票复印件
本函用EMS寄出。

云陵云岫机电有限公司（章）
周岚
"""
    return """Final notice no. 56/25, 22 December 2025, by EMS
From Yunling Yunxiu Electromechanical Co., Ltd. to Shuocheng Dingli Conveyors Co., Ltd.

Dear Mr Tan,

You received and accepted the rollers and bearings of contract HT2023-C0291 in August 2025. Invoice YX-25-3502, issued 18 August 2025, due 17 October 2025, is for RMB 150,000.00; invoice YX-25-3577, issued 28 August 2025, due 27 October 2025, for RMB 90,400.00. Less the RMB 40,000.00 that you paid on 28 November 2025, RMB 200,400.00 is outstanding. The contractual penalty of 0.03% a day under clause 8 runs on until actual payment.

The time set in our last demand is over. Please pay RMB 200,400.00 by 30 December 2025 to account 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch. Should you dispute anything, tell Zhou Lan in writing before then, 000-8800 0168. Otherwise we will sue in the competent court on 5 January 2026 without further notice. All our other rights are reserved.

Enclosed: statement of account, delivery notes, invoices.

Zhou Lan
Credit Manager, Yunling Yunxiu Electromechanical Co., Ltd.
"""
