"""Odd but honest in their code: what loses a trainee nothing."""

import json

from tests.classroom.grading.hostile.assignment import ALL, RIGHT, Submission, handed_in


def in_code(name, does, *, before=(), after="", answers=None, finding=""):
    text = json.dumps(handed_in(RIGHT | {"memo": "Ask."} | (answers or {}), before, after))
    return Submission(
        f"honest: {name}", does, lambda victim: text.encode(), scores=ALL, finding=finding
    )


HONEST = [
    in_code(
        "warnings and prints",
        "prints and warns, in cells and in functions",
        before="import warnings\nwarnings.warn('old')\nprint('here')",
        answers={
            "dso": "import warnings\ndef dso(receivables, sales, days):\n"
            "    warnings.warn('careful')\n    print(receivables)\n"
            "    return receivables / sales * days"
        },
    ),
    in_code(
        "standard error",
        "writes to the standard error and logs",
        before="import logging, sys\nlogging.basicConfig(level=10)\nlogging.error('lost')\n"
        "print('odd', file=sys.stderr)",
        answers={
            "limit": "import logging\n"
            + RIGHT["limit"].replace(
                "\n    return", "\n    logging.warning('rating %s', rating)\n    return"
            )
        },
    ),
    in_code(
        "tqdm",
        "a progress bar",
        before="from tqdm import tqdm\nfor one in tqdm(range(3)):\n    pass",
    ),
    in_code(
        "figures",
        "draws",
        before="import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('DSO')\nplt.show()",
    ),
    in_code("slow", "takes three seconds", before="import time\ntime.sleep(3)"),
    in_code(
        "a cell that fails", "an error in a free cell", before=("1 / 0", "raise SystemExit", "x =")
    ),
    in_code(
        "a cell that dies",
        "a free cell ends the process",
        before=("mine = 3", "import os\nos._exit(1)", "mine + 1"),
        finding="finding_cell_died",
    ),
    in_code(
        "helpers in free cells",
        "functions, a class and constants in cells of its own",
        before="SHARES = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\n"
        "def share(rating):\n    return SHARES[rating]",
        answers={"limit": "def limit(equity, rating):\n    return equity * share(rating)"},
    ),
    in_code(
        "numpy",
        "numpy's numbers and arrays as results",
        answers={
            "limit": "import numpy as np\ndef limit(equity, rating):\n"
            "    return np.float64(equity) * {'A': 0.1, 'B': 0.05, 'C': 0.02}[rating]",
            "buckets": "import numpy as np\ndef buckets(days):\n"
            "    return np.histogram(days, [0, 0.5, 30.5, 60.5, 9999])[0]",
        },
    ),
    in_code(
        "Decimal",
        "Decimal as a result",
        answers={
            "limit": "from decimal import Decimal\ndef limit(equity, rating):\n"
            "    return Decimal(equity) * {'A': Decimal('0.1'), 'B': Decimal('0.05'), "
            "'C': Decimal('0.02')}[rating]"
        },
    ),
    in_code(
        "pandas",
        "a Series and pandas' numbers as results",
        answers={
            "buckets": "import pandas as pd\ndef buckets(days):\n"
            "    edges = [-1, 0, 30, 60, 9999]\n"
            "    return pd.cut(pd.Series(days, dtype=float), edges).value_counts(sort=False)",
            "dso": "import pandas as pd\ndef dso(receivables, sales, days):\n"
            "    return (pd.Series([receivables]) / sales * days).sum()",
        },
    ),
    in_code(
        "tuple",
        "a tuple for a list",
        answers={
            "buckets": RIGHT["buckets"].replace("return [", "return tuple([").rstrip("]") + "])"
        },
    ),
    in_code(
        "mutation",
        "changes the list that it is given",
        answers={
            "buckets": "def buckets(days):\n    counts = [0, 0, 0, 0]\n    while days:\n"
            "        one = days.pop()\n"
            "        counts[0 if one == 0 else min((one - 1) // 30 + 1, 3)] += 1\n    return counts"
        },
    ),
    in_code(
        "recursion",
        "calls itself",
        answers={
            "buckets": "def buckets(days):\n    if not days:\n        return [0, 0, 0, 0]\n"
            "    counts = buckets(days[1:])\n    one = days[0]\n"
            "    counts[0 if one == 0 else min((one - 1) // 30 + 1, 3)] += 1\n    return counts"
        },
    ),
    in_code(
        "a class",
        "a method of a class, bound to the name",
        answers={
            "limit": "class Policy:\n    shares = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\n"
            "    def limit(self, equity, rating):\n        return equity * self.shares[rating]\n\n"
            "limit = Policy().limit"
        },
    ),
    in_code(
        "local imports",
        "imports within a function",
        answers={
            "limit": "def limit(equity, rating):\n    from fractions import Fraction\n"
            "    return float(equity * Fraction({'A': '0.1', 'B': '0.05', 'C': '0.02'}[rating]))"
        },
    ),
    in_code(
        "lambda and decorator",
        "a cached lambda",
        answers={
            "limit": "from functools import lru_cache\n"
            "share = {'A': 0.1, 'B': 0.05, 'C': 0.02}.get\n"
            "limit = lru_cache(lambda equity, rating: equity * share(rating))"
        },
    ),
    in_code(
        "Chinese names",
        "names and comments in Chinese",
        answers={
            "limit": "比例 = {'A': 0.1, 'B': 0.05, 'C': 0.02}\n\ndef 额度(净资产, 等级):\n"
            '    """净资产乘以比例。"""\n    return 净资产 * 比例[等级]\n\nlimit = 额度'
        },
    ),
    in_code(
        "arrays of pandas",
        "pandas' own arrays as results, as `unique` and `cut` give them",
        answers={
            "buckets": "import pandas as pd\ndef buckets(days):\n"
            "    bands = pd.cut(days, [-1, 0, 30, 60, 9999], labels=[0, 1, 2, 3])\n"
            "    return pd.array([list(bands).count(one) for one in range(4)], 'Int64')"
        },
    ),
    in_code(
        "Decimal that shows its currency",
        "money of a class of its own",
        answers={
            "limit": "from decimal import Decimal\nclass Money(Decimal):\n"
            "    def __str__(self):\n        return f'{self:,.2f} RMB'\n\n"
            "def limit(equity, rating):\n"
            "    return Money({'A': '.1', 'B': '.05', 'C': '.02'}[rating]).fma(equity, 0)"
        },
    ),
    in_code(
        "own module",
        "writes a module and imports it, in a folder that it goes to",
        before=(
            "%mkdir tools\n%cd tools\n%bookmark here",
            "%%writefile shares.py\nSHARES = {'A': 0.1, 'B': 0.05, 'C': 0.02}",
            "from shares import SHARES\n%cd -",
        ),
        answers={"limit": "def limit(equity, rating):\n    return equity * SHARES[rating]"},
    ),
    in_code(
        "windows",
        "asks for windows that there are none of",
        answers={
            "limit": "import matplotlib\nmatplotlib.use('TkAgg')\n"
            "import matplotlib.pyplot as plt\n%matplotlib qt\n%matplotlib notebook\n"
            "plt.plot([1, 2])\nplt.show(block=True)\n" + RIGHT["limit"]
        },
    ),
    in_code(
        "asks and ends",
        "asks at the keyboard, stops in the debugger, exits: after the answer in its cell",
        answers={
            "limit": RIGHT["limit"] + "\ninput('Equity?')",
            "dso": RIGHT["dso"] + "\nbreakpoint()\nimport sys\nsys.exit()",
            "total": "if __name__ == '__main__':\n    total = sum(invoices)\n    quit()",
        },
    ),
    in_code(
        "cleared and renamed",
        "clears all names, then gives those of Python and IPython other meanings",
        before="%reset -f\ninvoices = [1_200, 950, 2_067]\n"
        "list, type, print, In, Out, _, exit = [1], 2, 3, 4, 5, 6, 7",
    ),
    in_code(
        "strict",
        "makes errors of warnings, rounds all Decimals, allows little depth",
        before="import decimal, sys, warnings\nimport numpy as np\nwarnings.simplefilter('error')\n"
        "np.seterr(all='raise')\ndecimal.getcontext().prec = 3\nsys.setrecursionlimit(200)",
    ),
    in_code(
        "waits for coroutines",
        "await in a cell, asyncio and processes of its own in functions",
        before="import asyncio\nawait asyncio.sleep(0)",
        answers={
            "limit": "async def share(rating):\n"
            "    return {'A': 0.1, 'B': 0.05, 'C': 0.02}[rating]\n\n"
            "def limit(equity, rating):\n    return equity * asyncio.run(share(rating))",
            "total": "from concurrent.futures import ProcessPoolExecutor\n"
            "with ProcessPoolExecutor(2) as pool:\n"
            "    total = sum(pool.map(int, invoices))",
        },
    ),
    in_code(
        "timed",
        "measures its answers and keeps their output",
        answers={
            "limit": "%%time\n" + RIGHT["limit"],
            "dso": "%%capture shown\n" + RIGHT["dso"],
            "total": "%time total = sum(invoices)",
        },
    ),
    in_code(
        "made by others",
        "functions that vectorize, partial and dispatch made",
        answers={
            "dso": "import numpy as np\n@np.vectorize\n" + RIGHT["dso"],
            "limit": "from functools import partial, singledispatch\n"
            "def by(shares, equity, rating):\n    return equity * shares[rating]\n\n"
            "limit = partial(singledispatch(by), {'A': 0.1, 'B': 0.05, 'C': 0.02})",
        },
    ),
    in_code(
        "magics of IPython",
        "magics, some of which find no network and no program",
        answers={"limit": "def limit(equity, rating):\n    return equity * SHARES[rating]"},
        before=(
            "%matplotlib inline\n%timeit -n1 -r1 1 + 1\nSHARES = {'A': 0.1, 'B': 0.05, 'C': 0.02}",
            "!pip list --no-index",
            "%%time\nx = 3",
            "!nosuchprogram",
            "%pip --version",
            "files = !ls\nprint?",
        ),
    ),
    in_code(
        "sorted out of order",
        "works that depend on an earlier answer",
        answers={"total": "parts = buckets([0, 1, 2])\ntotal = sum(invoices) + 0 * parts[0]"},
    ),
]
