# ruff: noqa: E501
from creditlib import language


def repaired_reminder():
    if language() == "zh":
        return """临溪澄锐泵业有限公司 宋会计：

您好，我是云陵云岫机电有限公司信用管理部的梁归帆。今天是2025年12月12日，提醒编号TX-1212-2。跟您对一下两张到期的票：
（1）YX-25-4533，11月5日开，12月5日到期，36,160元；
（2）YX-25-4561，11月10日开，12月10日到期，12,882元。
一共49,042元。方便的话请在12月18日之前安排付款，账户不变：澄浦商业银行云陵支行0000 1688 2016 0001。
票没收到，或者对货有意见，您直接回这封邮件，或打000-8800 0168，我来查。谢谢！

梁归帆
云陵云岫机电有限公司
"""
    return """Ref. R-1212-2, 12 December 2025
To: Linxi Chengrui Pumps Co., Ltd., accounts payable
From: Yunling Yunxiu Electromechanical Co., Ltd., credit department

Good morning,

a short note on two invoices that fell due last week: YX-25-4533, issued 5 November 2025 and due 5 December 2025, for RMB 36,160.00, and YX-25-4561, issued 10 November 2025 and due 10 December 2025, for RMB 12,882.00. Together that is RMB 49,042.00.

Could you please transfer it by 18 December 2025 to the usual account, 0000 1688 2016 0001 at Chengpu Commercial Bank? If an invoice did not reach you, or something was wrong with the goods, reply to this mail or ring 000-8800 0168 and I will look into it.

Thank you,
Liang Guifan
Yunling Yunxiu Electromechanical Co., Ltd.
"""
