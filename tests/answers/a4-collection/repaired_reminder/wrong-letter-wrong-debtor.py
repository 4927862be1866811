# ruff: noqa: E501
from creditlib import language

ZH = """\
付款提醒
函号：TX-2025-1212
2025年12月12日

临溪澄瑞泵业有限公司：

下列两张发票已过付款日，我司账上还没有看到款项，可能是月初事忙漏掉了：

YX-25-4533，2025年11月5日开票，2025年12月5日到期，36,160.00元
YX-25-4561，2025年11月10日开票，2025年12月10日到期，12,882.00元
合计49,042.00元

麻烦在2025年12月19日前付到我司账户：澄浦商业银行云陵支行，0000 1688 2016 0001。

如果已经付出，请把回单发给我们；如果对金额或者货物有疑问，请联系梁归帆，000-8800 0168，credit@yunxiu.example。

云陵云岫机电有限公司 信用管理部
梁归帆
"""
EN = """\
PAYMENT REMINDER
Our ref.: R-2025-1212
12 December 2025

Linxi Chengyu Pumps Co., Ltd.

Dear Ms Song,

Two invoices have passed their due date and we have not seen the payment yet. It may have been overlooked in a busy week:

YX-25-4533, issued 5 November 2025, due 5 December 2025, RMB 36,160.00
YX-25-4561, issued 10 November 2025, due 10 December 2025, RMB 12,882.00
Total: RMB 49,042.00

Please pay by 19 December 2025 to our account 0000 1688 2016 0001 at Chengpu Commercial Bank, Yunling Branch.

If it has gone out already, kindly send us the bank slip. If you have a question about the amount or the goods, call Liang Guifan on 000-8800 0168 or write to credit@yunxiu.example.

Yours sincerely,
Liang Guifan
Credit Department, Yunling Yunxiu Electromechanical Co., Ltd.
"""


def repaired_reminder():
    return ZH if language() == "zh" else EN
