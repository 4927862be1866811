"""Invented names: provinces, cities, companies, people. None of the places is on a map of China.

Because no company can stand in a city that does not exist, no real company can be mistaken for
one of these.
"""

import numpy as np

PLACES = (  # province zh, en, then its cities
    ("江东省", "Jiangdong", (("云陵市", "Yunling"), ("澄浦市", "Chengpu"), ("沧屿市", "Cangyu"),
                            ("锦渚市", "Jinzhu"))),
    ("岭海省", "Linghai", (("榕汀市", "Rongting"), ("珠屿市", "Zhuyu"), ("鹭帆市", "Lufan"),
                          ("碧澳市", "Bi'ao"))),
    ("中州省", "Zhongzhou", (("禹岚市", "Yulan"), ("鼎汴市", "Dingbian"), ("麦垣市", "Maiyuan"))),
    ("蜀原省", "Shuyuan", (("岷台市", "Mintai"), ("栈云市", "Zhanyun"), ("峨笙市", "Esheng"))),
    ("楚泽省", "Chuze", (("鹤汀市", "Heting"), ("橘渚市", "Juzhu"), ("潇帆市", "Xiaofan"))),
    ("朔北省", "Shuobei", (("霜野市", "Shuangye"), ("桦垣市", "Huayuan"), ("冰舫市", "Bingfang"))),
)  # fmt: skip
PROVINCE_SHARES = (0.34, 0.24, 0.14, 0.10, 0.10, 0.08)

FIRST = {
    "云": "Yun", "澜": "Lan", "锦": "Jin", "鹤": "He", "松": "Song", "溪": "Xi", "墨": "Mo",
    "星": "Xing", "霁": "Ji", "岚": "Lan", "砚": "Yan", "梧": "Wu", "璟": "Jing", "翎": "Ling",
    "棠": "Tang", "竹": "Zhu", "鸢": "Yuan", "桐": "Tong", "雁": "Yan", "苍": "Cang", "瀚": "Han",
    "祺": "Qi", "昭": "Zhao", "湛": "Zhan", "朗": "Lang", "麒": "Qi", "骏": "Jun", "铭": "Ming",
    "启": "Qi", "衡": "Heng", "煦": "Xu", "泓": "Hong",
}  # fmt: skip
SECOND = {
    "岭": "ling", "舟": "zhou", "川": "chuan", "屿": "yu", "桥": "qiao", "谷": "gu", "野": "ye",
    "帆": "fan", "汀": "ting", "崖": "ya", "渡": "du", "笙": "sheng", "霖": "lin", "枫": "feng",
    "辰": "chen", "曜": "yao", "舫": "fang", "垣": "yuan", "渚": "zhu", "岳": "yue", "沅": "yuan",
    "陌": "mo", "原": "yuan", "峤": "qiao", "澍": "shu", "坤": "kun", "驰": "chi", "烁": "shuo",
    "栎": "li", "榆": "yu",
}  # fmt: skip
FORMS = (
    ("有限公司", "Co., Ltd."),
    ("有限责任公司", "Co., Ltd."),
    ("股份有限公司", "Corporation Ltd."),
)
FORM_SHARES = (0.78, 0.14, 0.08)

SURNAMES = {
    "闻": "Wen", "沐": "Mu", "楚": "Chu", "江": "Jiang", "苏": "Su", "陆": "Lu", "顾": "Gu",
    "秦": "Qin", "叶": "Ye", "白": "Bai", "柳": "Liu", "程": "Cheng", "温": "Wen", "宋": "Song",
    "梁": "Liang", "蓝": "Lan", "方": "Fang", "盛": "Sheng", "骆": "Luo", "祝": "Zhu",
}  # fmt: skip
GIVEN = {
    "望舒": "Wangshu", "听雪": "Tingxue", "扶摇": "Fuyao", "临川": "Linchuan", "怀瑾": "Huaijin",
    "知秋": "Zhiqiu", "向晚": "Xiangwan", "凌霄": "Lingxiao", "步云": "Buyun", "长庚": "Changgeng",
    "南乔": "Nanqiao", "锦书": "Jinshu", "远帆": "Yuanfan", "行舟": "Xingzhou", "景行": "Jingxing",
    "采薇": "Caiwei", "星河": "Xinghe", "牧野": "Muye", "青崖": "Qingya", "鹿鸣": "Luming",
    "观澜": "Guanlan", "素问": "Suwen", "归帆": "Guifan", "听松": "Tingsong", "明月": "Mingyue",
}  # fmt: skip


def brands(random: np.random.Generator, how_many: int) -> list[tuple[str, str]]:
    """Return that many different two-character brands, each with its pinyin."""
    pairs = [
        (first + second, FIRST[first] + SECOND[second])
        for first in FIRST
        for second in SECOND
        if FIRST[first].lower() != SECOND[second]
    ]
    order = np.argsort(random.random(len(pairs)))
    return [pairs[place] for place in order[:how_many]]


def people(random: np.random.Generator, how_many: int) -> list[tuple[str, str]]:
    """Return that many invented people; some share a name, as people do."""
    surnames, given = list(SURNAMES), list(GIVEN)
    return [
        (
            surnames[int(a * len(surnames))] + given[int(b * len(given))],
            f"{SURNAMES[surnames[int(a * len(surnames))]]} {GIVEN[given[int(b * len(given))]]}",
        )
        for a, b in random.random((how_many, 2))
    ]


def telephone(draw: float) -> str:
    """Return an invented telephone number: no Chinese area code is 000.

    >>> telephone(0.5)
    '000-5000 0000'
    """
    digits = f"{int(draw * 10**8):08d}"
    return f"000-{digits[:4]} {digits[4:]}"


def credit_code(number: int) -> str:
    """Return an 18-character identifier that cannot be a real unified social credit code.

    Real codes never use the letters I, O, S, V and Z, and no division has the number 000000.

    >>> credit_code(219)
    '91000000VO0000219Z'
    """
    return f"91000000VO{number:07d}Z"
