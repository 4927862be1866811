"""How long the world takes to make, how much memory, and whether two runs are the same bytes.

    python tests/benchmarks/world_build.py                      the course's own data, twice
    python tests/benchmarks/world_build.py --customers 200000   a large world, as Parquet

Each run is a process of its own; the memory is the sum over it and the processes that it starts,
sampled every tenth of a second (shared pages count in each).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import psutil


def run(out: Path, customers: int | None, seed: int | None) -> tuple[float, float]:
    """Make a world in `out`; return seconds and the peak of memory in MB."""
    command = [sys.executable, "-m", "creditlib", "data", "build", "--out", str(out)]
    for name, value in (("--customers", customers), ("--seed", seed)):
        command += [name, str(value)] if value is not None else []
    started, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    parent = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            family = [parent, *parent.children(recursive=True)]
            peak = max(peak, sum(each.memory_info().rss for each in family))
        except psutil.NoSuchProcess:
            pass
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit("the build failed")
    return time.perf_counter() - started, peak / 1e6


def digest(folder: Path) -> str:
    """Return the hash of all files of a world."""
    total = sha256()
    for path in sorted(folder.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Make the world twice (a large one once) and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    large = (options.customers or 0) > 823
    with tempfile.TemporaryDirectory() as folder:
        for number in (1,) if large else (1, 2):
            out = Path(folder) / str(number)
            seconds, peak = run(out, options.customers, options.seed)
            size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
            line = f"run {number}: {seconds:.1f} s, peak {peak:,.0f} MB, {size:,.1f} MB of files"
            print(line if large else f"{line}, sha256 {digest(out)[:16]}")


if __name__ == "__main__":
    main()
