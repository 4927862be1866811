"""What the team and its tasks hold: each column's meaning."""

from creditlib.data.world.columns import Column, File, day, whole, words, yuan

_SKILL_ZH = {
    "statement_analysis": "报表分析",
    "scoring": "评分建模",
    "negotiation": "谈判",
    "law": "法务",
    "data": "数据处理",
    "systems": "系统操作",
    "customer_service": "客户服务",
    "coordination": "协调",
}

TEAM = File(
    "team",
    "与信用管理有关的人员：销售、信用、财务、法务、内审",
    "the people of credit management: sales, credit, finance, legal, internal audit",
    ("person_id",),
    (
        words("person_id", "人员编号", "person"),
        words("name_zh", "姓名（虚构）", "name in Chinese (invented)"),
        words("name_en", "姓名拼音（虚构）", "name (invented)"),
        words("role", "岗位：sales_rep 销售员，credit_manager 信用经理，credit_analyst "
              "信用分析员，collector 催收专员，finance_director 财务总监，receivables_accountant "
              "应收会计，legal_counsel 法务，internal_auditor 内审",
              "sales_rep, credit_manager, credit_analyst, collector, finance_director, "
              "receivables_accountant, legal_counsel, internal_auditor"),
        words("department", "部门：sales 销售，credit 信用，finance 财务，legal 法务，audit 内审",
              "sales, credit, finance, legal or audit"),
        day("joined", "入职日", "day joined"),
        day("left", "离职前最后一天；在职则空着",
            "last day with the company; blank if still there", True),
        words("reports_to", "上级；空着表示最高一级", "reports to; blank at the top", True),
        whole("hours_per_week", "每周工时", "hours a week", "hours"),
        *(
            Column(name, "integer", f"技能：{zh}，0 不会到 4 能教别人",
                   f"skill: {name.replace('_', ' ')}, 0 (none) to 4 (can teach it)", "level")
            for name, zh in _SKILL_ZH.items()
        ),
        yuan("authority_limit", "可以单独审批的额度上限；0 表示没有审批权",
             "credit limit that the person may approve alone; 0: none"),
    ),
)  # fmt: skip

TASKS = File(
    "tasks",
    "信用部 2025 年 10–12 月的任务",
    "the credit team's tasks, October to December 2025",
    ("task_id",),
    (
        words("task_id", "任务编号，按产生日排列", "task, in order of creation"),
        words("kind",
              "种类：credit_check 订单信用检查，limit_review 额度复审，dunning_call 催款电话，"
              "reconciliation 对账，dispute 异议处理，site_visit 走访，file_update 档案更新，"
              "report 报告",
              "credit_check, limit_review, dunning_call, reconciliation, dispute, site_visit, "
              "file_update, report"),
        words("customer_id", "客户编号；报告没有", "customer; blank for reports", True),
        day("created_on", "产生日", "day created"),
        day("due_on", "应完成日", "due"),
        day("done_on", "完成日；未完成则空着", "day done; blank while open", True),
        whole("minutes_standard", "标准用时", "standard time", "minutes"),
        whole("minutes_spent", "实际用时；未完成则空着", "time spent; blank while open", "minutes",
              blank=True),
        words("assigned_to", "负责人（见 team）", "assigned to (see team)"),
        words("priority", "优先级：high 高，normal 中，low 低", "high, normal or low"),
    ),
)  # fmt: skip
