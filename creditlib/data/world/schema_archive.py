"""What the credit files and the access log hold: each column's meaning."""

from creditlib.data.world.columns import CUSTOMER, Column, File, day, whole, words

_PERSON = words("person_id", "人员编号（见 team）", "person (see team)")

CREDIT_FILES = File(
    "credit_files",
    "客户信用档案里有哪些文件",
    "which documents each customer's credit file holds",
    ("document_id",),
    (
        words("document_id", "文件编号", "document"),
        CUSTOMER,
        words("kind", "种类：business_licence 营业执照，credit_application 授信申请表，contract "
              "框架合同，annual_accounts 年度报表，credit_report 信用报告，guarantee_deed "
              "担保合同，site_visit_report 走访报告，reconciliation_statement 对账单，"
              "approval_form 额度审批表（2025 年起归档）",
              "business_licence, credit_application, contract, annual_accounts, credit_report, "
              "guarantee_deed, site_visit_report, reconciliation_statement (statement of "
              "account), approval_form (of a limit; on file from 2025)"),
        day("dated", "文件日期；年度报表和对账单为截止日",
            "date of the document; of accounts and statements of account the day they are drawn "
            "up to"),
        day("received_on", "归档日期", "day it came into the file"),
        day("valid_until", "有效期至；没有期限则空着", "valid until; blank if no term", True),
        whole("version", "版本；框架合同为第几次签订",
              "version; of a contract, how often it was signed"),
        words("prepared_by", "经办人（见 team）", "prepared by (see team)"),
        words("reviewed_by", "复核人（见 team）", "reviewed by (see team)"),
        words("confidentiality",
              "密级：internal 内部，confidential 秘密，strictly_confidential 机密（销售不能看）",
              "internal, confidential or strictly_confidential (not for sales)"),
        whole("pages", "页数", "pages", "pages"),
    ),
)  # fmt: skip

ACCESS_LOG = File(
    "access_log",
    "档案系统访问日志，2025 年 7 月至 12 月",
    "access log of the file system, July to December 2025",
    ("entry_id",),
    (
        words("entry_id", "日志编号，按时间排列", "entry, in order of time"),
        Column("at", "string", "时间（北京时间，ISO 格式）", "time (Beijing, ISO 8601)"),
        _PERSON,
        words("role", "角色", "role"),
        words("customer_id", "客户编号；登录没有", "customer; blank for logins", True),
        words("document_id", "文件编号；登录没有", "document; blank for logins", True),
        words("action", "动作：login 登录，login_failed 登录失败，read 查看，download 下载，print "
              "打印，export 导出，change 归档或修改",
              "login, login_failed, read, download, print, export, change (filed or altered)"),
        words("outcome", "结果：granted 允许，denied 拒绝", "granted or denied"),
        words("address", "来源地址（虚构的内网地址）：10.12 公司网，172.20 远程接入",
              "address (invented, private): 10.12 the office, 172.20 remote access"),
    ),
)  # fmt: skip
