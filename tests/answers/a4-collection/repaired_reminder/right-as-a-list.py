# ruff: noqa: E501
from creditlib import language

LINES = {
    "zh": [
        "提醒函（编号：信提〔2025〕88号）",
        "致：临溪澄锐泵业有限公司",
        "日期：2025-12-12",
        "",
        "发票号　开票日　到期日　金额（元）",
        "YX-25-4533　2025-11-05　2025-12-05　36,160.00",
        "YX-25-4561　2025-11-10　2025-12-10　12,882.00",
        "合计　49,042.00",
        "",
        "以上款项请于2025年12月22日前汇入我司账户0000 1688 2016 0001（澄浦商业银行云陵支行）。这是例行提醒，如有疑问或异议，请与何川联系：000-8800 0168。",
        "",
        "云陵云岫机电有限公司（章）",
    ],
    "en": [
        "Yunling Yunxiu Electromechanical Co., Ltd.",
        "Reminder no. 88/2025, 12 December 2025",
        "To: Linxi Chengrui Pumps Co., Ltd.",
        "",
        "Invoice | issued | due | amount",
        "YX-25-4533 | 5 Nov 2025 | 5 Dec 2025 | RMB 36,160.00",
        "YX-25-4561 | 10 Nov 2025 | 10 Dec 2025 | RMB 12,882.00",
        "Total | | | RMB 49,042.00",
        "",
        "We would be grateful for your payment by 22 December 2025, to account 0000 1688 2016 0001, Chengpu Commercial Bank, Yunling Branch. This is a routine reminder. For any query or dispute please contact He Chuan, 000-8800 0168.",
        "",
        "He Chuan",
        "Yunling Yunxiu Electromechanical Co., Ltd.",
    ],
}


def repaired_reminder():
    return "\n".join(LINES[language()])
