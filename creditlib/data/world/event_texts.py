"""What the public registers say of an event: per kind its source and phrasings in zh and en.

`{amount}` is the amount in yuan, `{city}` the customer's city, `{person}` an invented person.
"""

SOURCES = {
    "judgment_debtor": "court_enforcement",
    "dishonest_debtor": "court_enforcement",
    "equity_pledge": "company_registry",
    "equity_frozen": "company_registry",
    "lawsuit_as_defendant": "court_announcement",
    "lawsuit_as_plaintiff": "court_announcement",
    "administrative_penalty": "market_regulator",
    "abnormal_operations": "company_registry",
    "change_of_legal_representative": "company_registry",
    "change_of_address": "company_registry",
    "capital_reduction": "company_registry",
    "capital_increase": "company_registry",
    "tax_arrears": "tax_authority",
    "environmental_penalty": "environment_authority",
    "bankruptcy_petition": "insolvency_notice",
    "award": "government_notice",
    "tax_rating_a": "tax_authority",
}

DETAILS = {
    "judgment_debtor": (
        ("被{city}人民法院列为被执行人，执行标的{amount}元。",
         "Listed as judgment debtor by the {city} court; {amount} yuan to be enforced."),
        ("新增被执行人信息，立案法院为{city}人民法院，标的{amount}元。",
         "New enforcement case at the {city} court over {amount} yuan."),
    ),
    "dishonest_debtor": (
        ("被列入失信被执行人名单，全部未履行，标的{amount}元。",
         "Put on the list of dishonest judgment debtors; nothing paid of {amount} yuan."),
        ("列为失信被执行人：有履行能力而拒不履行，标的{amount}元。",
         "Dishonest judgment debtor: able to pay {amount} yuan and refuses."),
    ),
    "equity_pledge": (
        ("股东{person}将所持股权出质，担保债权{amount}元。",
         "Shareholder {person} pledged its equity for a debt of {amount} yuan."),
        ("股权出质设立登记，出质人{person}，被担保债权{amount}元。",
         "Pledge of equity registered, pledgor {person}, secured debt {amount} yuan."),
    ),
    "equity_frozen": (
        ("股东{person}所持股权被{city}人民法院冻结，数额{amount}元。",
         "The {city} court froze equity of shareholder {person} worth {amount} yuan."),
        ("股权冻结公示，被执行人{person}，冻结数额{amount}元。",
         "Freezing of equity published, debtor {person}, {amount} yuan."),
    ),
    "lawsuit_as_defendant": (
        ("因买卖合同纠纷被供应商起诉，标的{amount}元。",
         "Sued by a supplier under a sale contract for {amount} yuan."),
        ("因金融借款合同纠纷被诉，标的{amount}元。",
         "Sued under a bank loan contract for {amount} yuan."),
        ("因承揽合同纠纷被诉，{city}人民法院已开庭，标的{amount}元。",
         "Sued under a work contract; heard by the {city} court, {amount} yuan."),
    ),
    "lawsuit_as_plaintiff": (
        ("起诉下游客户拖欠货款{amount}元。",
         "Sues a customer of its own for {amount} yuan of unpaid goods."),
        ("因买卖合同纠纷作为原告立案，标的{amount}元。",
         "Plaintiff in a dispute over a sale contract, {amount} yuan."),
    ),
    "administrative_penalty": (
        ("产品标识不合规定，罚款{amount}元。",
         "Fined {amount} yuan for wrong product labels."),
        ("广告用语不当，罚款{amount}元。",
         "Fined {amount} yuan for wording in an advertisement."),
        ("消防检查不合格，罚款{amount}元。",
         "Failed a fire inspection; fined {amount} yuan."),
    ),
    "abnormal_operations": (
        ("未在责令的期限内公示企业信息，列入经营异常名录。",
         "On the list of abnormal operations: did not publish what it was told to."),
        ("通过登记的住所无法联系，列入经营异常名录。",
         "On the list of abnormal operations: not found at its registered address."),
    ),
    "change_of_legal_representative": (
        ("法定代表人变更，{person}不再担任。",
         "Legal representative changed; {person} stepped down."),
        ("原法定代表人{person}卸任，已办理变更登记。",
         "Former legal representative {person} left office; change registered."),
    ),
    "change_of_address": (
        ("住所变更，仍在{city}。", "Registered address changed within {city}."),
        ("经营场所迁入{city}新园区。", "Moved to a new industrial park in {city}."),
    ),
    "capital_reduction": (
        ("公告减少注册资本{amount}元。", "Announced a capital reduction of {amount} yuan."),
        ("股东会决议减资{amount}元，通知债权人申报。",
         "Shareholders resolved to reduce capital by {amount} yuan; creditors notified."),
    ),
    "capital_increase": (
        ("注册资本增加{amount}元。", "Registered capital raised by {amount} yuan."),
        ("股东增资{amount}元，已办理变更登记。",
         "Shareholders paid in {amount} yuan more; change registered."),
    ),
    "tax_arrears": (
        ("欠缴税款{amount}元，税务机关公告。",
         "Tax arrears of {amount} yuan published by the tax authority."),
        ("欠税公告：增值税余额{amount}元。", "Notice of arrears: {amount} yuan of VAT."),
    ),
    "environmental_penalty": (
        ("废气排放超标，罚款{amount}元。", "Fined {amount} yuan for emissions above the limit."),
        ("危险废物贮存不规范，罚款{amount}元。",
         "Fined {amount} yuan for storing hazardous waste wrongly."),
    ),
    "bankruptcy_petition": (
        ("债权人申请其破产清算，{city}中级人民法院已立案审查。",
         "A creditor petitioned for its bankruptcy; the {city} intermediate court examines it."),
        ("以不能清偿到期债务为由向{city}中级人民法院申请破产清算。",
         "Filed for bankruptcy at the {city} intermediate court: cannot pay what falls due."),
    ),
    "award": (
        ("获评省级“专精特新”企业。", "Named a specialised and innovative firm of its province."),
        ("获评{city}质量标杆企业。", "Named a model of quality by the city of {city}."),
        ("入选大客户年度优秀供应商。", "Named supplier of the year by a large customer."),
    ),
    "tax_rating_a": (
        ("纳税信用被评为A级。", "Tax credit rated A."),
        ("上一年度纳税信用为A级。", "Rated A by the tax authority for last year."),
    ),
}  # fmt: skip
