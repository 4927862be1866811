"""The eight industries that buy, and what is usual in each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Industry:
    """What is usual in an industry: shares of revenue, days, and how it takes the cycle."""

    zh: str
    en: str
    trade_zh: tuple[str, ...]
    trade_en: tuple[str, ...]
    share: float  # of the customers
    outlook: float  # added to the hidden quality
    cycle: float  # how strongly the common shock hits it
    margin: float  # gross profit / revenue
    expenses: tuple[float, float, float]  # selling, administrative, research, of revenue
    turnover: float  # revenue / total assets
    days: tuple[float, float, float]  # receivables, inventory, payables
    debt: float  # total liabilities / total assets
    growth: tuple[float, float, float]  # revenue growth in 2022, 2023, 2024


INDUSTRIES = (
    Industry(
        "工程机械", "construction machinery", ("工程机械", "重工装备"),
        ("Construction Machinery", "Heavy Equipment"),
        0.14, -0.25, 1.3, 0.21, (0.050, 0.055, 0.030), 0.82, (112, 98, 92), 0.58,
        (-0.04, -0.06, -0.02),
    ),
    Industry(
        "汽车零部件", "automotive parts", ("汽车配件", "车用部件"),
        ("Auto Parts", "Vehicle Components"),
        0.18, 0.05, 0.8, 0.19, (0.025, 0.058, 0.036), 0.95, (88, 68, 86), 0.54,
        (0.05, 0.07, 0.05),
    ),
    Industry(
        "包装机械", "packaging machinery", ("包装机械", "包装设备"),
        ("Packaging Machinery", "Packaging Equipment"),
        0.12, 0.20, 0.6, 0.28, (0.070, 0.075, 0.042), 0.78, (76, 105, 72), 0.47,
        (0.05, 0.04, 0.05),
    ),
    Industry(
        "纺织机械", "textile machinery", ("纺织机械", "针织设备"),
        ("Textile Machinery", "Knitting Equipment"),
        0.11, -0.15, 1.0, 0.22, (0.045, 0.066, 0.032), 0.80, (84, 118, 80), 0.53,
        (-0.02, -0.03, 0.04),
    ),
    Industry(
        "光伏设备", "photovoltaic equipment", ("光伏设备", "新能源装备"),
        ("Photovoltaic Equipment", "New Energy Equipment"),
        0.10, -0.10, 1.6, 0.24, (0.034, 0.056, 0.048), 0.74, (104, 112, 108), 0.60,
        (0.22, 0.16, -0.10),
    ),
    Industry(
        "家用电器", "home appliances", ("电器", "厨卫电器"),
        ("Appliances", "Kitchen Appliances"),
        0.13, 0.25, 0.5, 0.23, (0.078, 0.046, 0.030), 1.18, (58, 62, 78), 0.51,
        (0.03, 0.05, 0.05),
    ),
    Industry(
        "机电安装工程", "mechanical and electrical contracting", ("机电工程", "安装工程"),
        ("M&E Engineering", "Installation Engineering"),
        0.12, -0.35, 1.2, 0.14, (0.014, 0.060, 0.012), 0.98, (138, 40, 112), 0.63,
        (0.02, -0.04, -0.05),
    ),
    Industry(
        "五金机电贸易", "hardware and electrical trading", ("五金机电", "工业品贸易"),
        ("Hardware & Electric", "Industrial Supply"),
        0.10, 0.00, 0.7, 0.11, (0.042, 0.030, 0.000), 1.85, (62, 50, 52), 0.58,
        (0.03, 0.02, 0.03),
    ),
)  # fmt: skip
