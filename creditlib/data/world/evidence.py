"""What a rater writes beside a score: per dimension and score, two phrasings in zh and en."""

DIMENSIONS = ("market_position", "operating_ability", "industry_risk", "management_quality")

NOT_SCORED = ("资料不足，未评分。", "Not enough evidence; not scored.")

EVIDENCE = {
    "market_position": {
        1: (
            ("产品没有特色，只靠低价接单，老客户在流失。",
             "Nothing sets its product apart; it sells on price and loses old customers."),
            ("主要客户只剩一家，随时可能被换掉。",
             "One main customer is left, and could replace it any day."),
        ),
        2: (
            ("前两大客户占销售额六成以上，议价能力弱。",
             "Its two largest customers are over 60% of sales; it has little say on price."),
            ("在本地有些名气，出了市就没有订单。",
             "Known in its own city; no orders from outside."),
        ),
        3: (
            ("在本省同行里居中，客户较稳定。",
             "Middle of the field in its province; customers fairly stable."),
            ("份额变化不大，新产品还在试用。",
             "Its share hardly moves; the new product is still on trial."),
        ),
        4: (
            ("已进入几家大厂的合格供应商名录。",
             "On the approved supplier lists of several large makers."),
            ("客户分散，最大客户占比不到两成。",
             "Customers are spread; the largest is below 20% of sales."),
        ),
        5: (
            ("细分产品在区域内领先，客户排队订货。",
             "Leads its niche in the region; customers queue for delivery."),
            ("有自己的品牌和专利，提价后订单没有减少。",
             "Own brand and patents; orders held after a price rise."),
        ),
    },
    "operating_ability": {
        1: (
            ("车间一半设备停着，工人在放假。",
             "Half the machines stood still; workers were on leave."),
            ("原料库存见底，供应商要求现款。",
             "Raw stock is down to the floor; its suppliers want cash."),
        ),
        2: (
            ("交货常拖一两周，返工多。",
             "Deliveries run a week or two late; much rework."),
            ("成品积压，回款慢，工资晚发过一次。",
             "Finished goods pile up, cash comes in slowly, wages were late once."),
        ),
        3: (
            ("产能利用率七成左右，交期基本正常。",
             "About 70% of capacity in use; deliveries mostly on time."),
            ("现场尚整洁，台账齐，回款有快有慢。",
             "Shop floor tidy enough, records complete, collections mixed."),
        ),
        4: (
            ("两班满产，订单排到两个月后。",
             "Two full shifts; orders booked two months ahead."),
            ("库存周转快，回款有专人盯。",
             "Stock turns fast; someone is in charge of collections."),
        ),
        5: (
            ("全线自动排产，准时交货率高，现金充裕。",
             "Scheduling is automated, deliveries punctual, cash plentiful."),
            ("连年盈利且经营现金流为正，几乎不用借款。",
             "Years of profit and positive operating cash flow; hardly any borrowing."),
        ),
    },
    "industry_risk": {
        1: (
            ("下游停工多，同行已有几家关门。",
             "Its buyers have stopped work; several competitors have closed."),
            ("行业产能过剩，价格一年跌三成。",
             "Overcapacity; prices fell 30% in a year."),
        ),
        2: (
            ("下游付款越拖越长，行业毛利在缩。",
             "Its buyers pay later and later; margins in the trade shrink."),
            ("受项目开工影响大，淡旺季悬殊。",
             "Hangs on project starts; slack and busy seasons far apart."),
        ),
        3: (
            ("需求平稳，竞争激烈，政策影响中性。",
             "Demand steady, competition keen, policy neutral."),
            ("行业小幅增长，原料价格有波动。",
             "Slight growth; material prices move about."),
        ),
        4: (
            ("需求稳定增长，更新换代带来订单。",
             "Demand grows steadily; replacement brings orders."),
            ("下游以消费品为主，波动小。",
             "Sells into consumer goods; small swings."),
        ),
        5: (
            ("刚性需求，进入门槛高，同行都在盈利。",
             "Demand that cannot wait, high barriers, everyone in it earns."),
            ("行业集中，账期普遍较短。",
             "A concentrated industry where terms are short."),
        ),
    },
    "management_quality": {
        1: (
            ("老板长期联系不上，财务说法前后不一。",
             "The owner cannot be reached; finance contradicts itself."),
            ("公私账不分，股东之间有纠纷。",
             "Private and company money are mixed; shareholders quarrel."),
        ),
        2: (
            ("一人说了算，没有预算，会计换得勤。",
             "One man decides, no budget, accountants come and go."),
            ("合同和对账单签得随意，盖章不全。",
             "Contracts and statements of account signed loosely, seals missing."),
        ),
        3: (
            ("有基本制度，执行看人。",
             "Basic rules exist; whether they are kept depends on who is there."),
            ("管理层从业十年以上，接班人未定。",
             "Managers with over ten years in the trade; no successor named."),
        ),
        4: (
            ("报表按月出，对账及时，承诺基本兑现。",
             "Monthly accounts, prompt reconciliation, promises mostly kept."),
            ("分工清楚，付款有计划表。",
             "Clear duties; payments follow a schedule."),
        ),
        5: (
            ("制度齐全，有内审，主动提供经审计的报表。",
             "Full set of rules, internal audit, offers audited accounts unasked."),
            ("管理团队稳定，出了问题先打电话说明。",
             "A stable team that telephones first when something goes wrong."),
        ),
    },
}  # fmt: skip
