"""Seconds and peak memory of reading a large ledger of one's own.

    python tests/benchmarks/ledger_two_million.py --rows 2000000
    python tests/benchmarks/ledger_two_million.py --rows 200000 --excel

Writes a seeded ledger of `--kind` (journal: debits and credits, of which a third name no invoice;
or invoices: amount, paid, balance) into a temporary folder, reads it in a child process and prints
how long `read` took there and the child's peak resident memory. The exit status is 1 if a claim
fails: the balance is the true one, and 2,000,000 rows of CSV take at most 30 s and 4 GB.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

SECONDS, GIGABYTES = 30.0, 4.0


def ledger(rows: int, kind: str, seed: int = 20260101) -> tuple[pd.DataFrame, int]:
    """The cells as a system exports them, and what is owed in cents."""
    random = np.random.default_rng(seed)
    customer = random.integers(1, 20_000, rows)
    day = np.datetime64("2023-01-01") + random.integers(0, 1_000, rows).astype("timedelta64[D]")
    cents = random.integers(10_000, 50_000_000, rows)
    frame = pd.DataFrame({"客户编码": pd.Series(customer).map("C{:06d}".format)})
    frame["客户名称"] = "客户" + frame["客户编码"] + "有限公司"
    numbers = pd.Series(np.arange(rows)).map("{:09d}".format)
    if kind == "invoices":
        paid = np.where(random.random(rows) < 0.8, cents, 0)
        frame["发票号码"] = numbers
        frame["开票日期"] = day.astype(str)
        frame["到期日"] = (day + np.timedelta64(60, "D")).astype(str)
        for name, value in (("金额", cents), ("已收金额", paid), ("未收金额", cents - paid)):
            frame[name] = pd.Series(value / 100).map("{:,.2f}".format)
        return frame, int((cents - paid).sum())
    sold = random.random(rows) < 0.5
    named = ~sold & (random.random(rows) < 0.67)
    last = np.maximum.accumulate(np.where(sold, np.arange(rows), 0))
    frame.loc[named, ["客户编码", "客户名称"]] = frame.loc[
        last[named], ["客户编码", "客户名称"]
    ].to_numpy()
    frame["凭证号"] = numbers
    frame["对应发票"] = np.where(named, numbers.to_numpy()[last], "")
    frame["日期"] = pd.Series(day).dt.strftime("%Y/%m/%d")
    frame["摘要"] = np.where(sold, "销售商品", "收到货款")
    money = pd.Series(cents / 100).map("{:.2f}".format)
    frame["借方金额"], frame["贷方金额"] = np.where(sold, money, ""), np.where(sold, "", money)
    return frame, int(np.where(sold, cents, -cents).sum())


def child(path: str) -> None:
    """Read the file and print what it took."""
    from creditlib.data.ledger import read

    start = time.perf_counter()
    found = read(path)
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak, processor = usage.ru_maxrss / 1024**2, usage.ru_utime + usage.ru_stime
    cents = round(100 * found.balance["CNY"])
    took = {"kind": found.kind, "seconds": seconds, "processor": processor, "gigabytes": peak}
    print(json.dumps(took | {"cents": cents}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--kind", choices=["journal", "invoices"], default="journal")
    parser.add_argument("--excel", action="store_true", help="an .xlsx instead of a .csv")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return 0
    with TemporaryDirectory() as folder:
        frame, owed = ledger(options.rows, options.kind)
        path = Path(folder) / ("ledger.xlsx" if options.excel else "ledger.csv")
        if options.excel:
            money = [name for name in frame if name.endswith(("金额", "借方", "贷方"))]
            for name in money:
                frame[name] = pd.to_numeric(frame[name].str.replace(",", ""))
            frame.to_excel(path, index=False)
        else:
            frame.to_csv(path, index=False, encoding="utf-8-sig")
        del frame
        size = path.stat().st_size / 1024**2
        command = [sys.executable, __file__, "--child", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    took = json.loads(done.stdout)
    print(f"{path.name}: {options.rows:,} rows, {size:,.0f} MB, read as {took['kind']}")
    print(f"{took['seconds']:.1f} s (the child's processor time {took['processor']:.1f} s), "
          f"peak {took['gigabytes']:.2f} GB")  # fmt: skip
    failed = [] if took["cents"] == owed else [f"owed {took['cents']} cents, not {owed}"]
    if not options.excel and options.rows <= 2_000_000:
        failed += [f"over {SECONDS} s"] if took["seconds"] > SECONDS else []
        failed += [f"over {GIGABYTES} GB"] if took["gigabytes"] > GIGABYTES else []
    print("claims hold" if not failed else "failed: " + "; ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
