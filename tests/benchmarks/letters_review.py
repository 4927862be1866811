"""Precision and recall of the letter review, per finding kind, on labelled letters.

    python tests/benchmarks/letters_review.py
    python tests/benchmarks/letters_review.py --mistakes
    python tests/benchmarks/letters_review.py --held-out

Prints the labelled letters of `train` and the world's letters.csv, by language and kind, with
micro and macro averages, and the milliseconds of processor time a review takes (the first one
also compiles the rules). The kept third is scored only when
asked for, and its mistakes are never shown: what was tuned on it would measure nothing.
"""

import argparse
import statistics
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.letters import review

SET = Path(__file__).parents[1] / "collection" / "letters"


def claims() -> dict[str, Claim]:
    """The claims that the labelled letters are about."""
    table = tomllib.loads((SET / "claims.toml").read_text(encoding="utf-8"))
    return {
        name: Claim(
            **entry
            | {
                "debtor": Party(**entry["debtor"]),
                "creditor": Party(**entry["creditor"]),
                "invoices": [OwedInvoice(**one) for one in entry["invoices"]],
                "payments": [PartPayment(**one) for one in entry.get("payments", ())],
            }
        )
        for name, entry in table.items()
    }


def labelled(part: str) -> list[tuple]:
    """The letters of train or held_out: name, language, text, claim, stage, kinds."""
    known = claims()
    letters = []
    for file in sorted((SET / part).glob("*.toml")):
        entry = tomllib.loads(file.read_text(encoding="utf-8"))
        kinds = set(entry["findings"])
        claim = known[entry["claim"]]
        letters.append((file.stem, entry["lang"], entry["text"], claim, entry["stage"], kinds))
    return letters


def of_the_world() -> list[tuple]:
    """The letters of letters.csv, with claims made of the ledger's rows."""
    from creditlib.data import load

    invoices = load("invoices").set_index("invoice_id")
    customers = load("customers").set_index("customer_id")
    letters = load("letters")
    named = {number for numbers in letters["invoice_ids"] for number in numbers.split("|")}
    settled: dict[str, list] = {}
    for name, day in (("credit_notes", "credit_date"), ("payments", "payment_date")):
        frame = load(name)
        frame = frame[frame["invoice_id"].isin(named)]
        for number, when, amount in zip(
            frame["invoice_id"], frame[day], frame["amount"], strict=True
        ):
            settled.setdefault(number, []).append((when, amount))
    return [_world_letter(row, invoices, customers, settled) for row in letters.itertuples()]


def _world_letter(row, invoices, customers, settled) -> tuple:
    customer = customers.loc[row.customer_id]
    items = []
    day = row.dated
    for number in row.invoice_ids.split("|"):
        one = invoices.loc[number]
        came = sum(amount for when, amount in settled.get(number, ()) if when <= day)
        left = one["amount"] - came
        items.append(
            OwedInvoice(number, one["invoice_date"].date(), one["due_date"].date(), f"{left:.2f}")
        )
    english = row.lang == "en"
    ours = "Yunling Yunxiu Electromechanical Co., Ltd." if english else "云陵云岫机电有限公司"
    claim = Claim(
        Party(customer[f"name_{row.lang}"], customer["credit_code"], customer["address"]),
        Party(ours, "91000000OV0000001Z", "", "000-8800 0168"),
        items,
        day.date(),
        contract=f"HT{customer['customer_since'].year}-{row.customer_id}",
        daily_penalty="0.0003",
        account="0000 1688 2016 0001",
    )
    kinds = set(row.defects.split("|")) if isinstance(row.defects, str) and row.defects else set()
    return (row.letter_id, row.lang, row.body, claim, row.stage, kinds)


def counted(letters: list[tuple], mistakes: bool = False) -> dict[str, Counter]:
    """Right, missed and false findings of each kind, by language and in all."""
    tallies: dict[str, Counter] = {"all": Counter()}
    for name, lang, letter, claim, stage, kinds in letters:
        found = {one.kind: one for one in review(letter, claim, stage=stage)}
        tally = tallies.setdefault(lang, Counter())
        for kind in kinds | set(found):
            case = "right" if kind in kinds and kind in found else "missed"
            case = case if kind in kinds else "false"
            for one in (tally, tallies["all"]):
                one[kind, case] += 1
            if mistakes and case != "right":
                words = found[kind].words if kind in found else ""
                print(f"{name} {stage} {case} {kind}: {words!r}")
    return tallies


def rates(tally: Counter, kind: str | None = None) -> tuple[float, float]:
    """Precision and recall, of one kind or of all findings together (micro)."""
    wanted = {one for one, _ in tally} if kind is None else {kind}
    right, missed, false = (
        sum(tally[one, case] for one in wanted) for case in ("right", "missed", "false")
    )
    return (
        right / (right + false) if right + false else float("nan"),
        right / (right + missed) if right + missed else float("nan"),
    )


def macro(tally: Counter) -> tuple[float, float]:
    """The means over the kinds that are labelled."""
    kinds = sorted({kind for kind, case in tally if case in ("right", "missed")})
    pairs = [rates(tally, kind) for kind in kinds]
    return (
        statistics.fmean(0.0 if p != p else p for p, _ in pairs),
        statistics.fmean(r for _, r in pairs),
    )


def show(title: str, letters: list[tuple], mistakes: bool = False) -> None:
    """Print one set."""
    tallies = counted(letters, mistakes)
    print(f"\n{title}: {len(letters)} letters")
    for lang, tally in tallies.items():
        (p, r), (mp, mr) = rates(tally), macro(tally)
        print(f"  {lang:3} micro P {p:.3f} R {r:.3f}   macro P {mp:.3f} R {mr:.3f}")
    everything = tallies["all"]
    for kind in sorted({kind for kind, _ in everything}):
        p, r = rates(everything, kind)
        counts = [everything[kind, case] for case in ("right", "missed", "false")]
        told = "right {:3} missed {:3} false {:3}".format(*counts)
        print(f"    {kind:22} P {p:5.2f} R {r:5.2f}  {told}")


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held-out", action="store_true", help="score the kept third")
    parser.add_argument("--mistakes", action="store_true", help="list the mistakes on train")
    parser.add_argument("--no-world", action="store_true", help="leave letters.csv out")
    options = parser.parse_args()
    train = labelled("train")
    show("train", train, options.mistakes)
    if not options.no_world:
        show("letters.csv", of_the_world(), options.mistakes)
    if options.held_out:
        show("held_out", labelled("held_out"))
    took = []
    for _name, _lang, letter, claim, stage, _kinds in train:
        start = time.process_time()
        review(letter, claim, stage=stage)
        took.append(1_000 * (time.process_time() - start))
    print(f"\na review: {statistics.median(took):.1f} ms, the first {took[0]:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
