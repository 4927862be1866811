"""What grading had to put right in a notebook, as sentences, whoever reads them."""

from collections.abc import Callable, Iterator

from creditlib.i18n import text

FINDINGS = "grading."  # the messages that grading has for it
OTHER_VERSION = "grading.intake.test_changed"
MANY = 5  # test cells changed from which on the notebook is most likely not the one given out


def repairs(
    findings: object, lang: str, named: Callable[[str], str] = lambda cell: cell
) -> Iterator[str]:
    """Yield the findings as sentences; what befell several cells is said once, with their number.

    `named` gives what a cell is called. What is no finding of ours is passed over: the metadata
    of a notebook that nbgrader itself graded are the trainee's.
    """
    said: dict[str, list[str]] = {}
    for finding in findings if isinstance(findings, list) else ():
        try:
            key, values = finding
            if not key.startswith(FINDINGS):
                continue
            values = {str(name): str(value) for name, value in values.items()}
            if "cell" in values:
                values["cell"] = named(values["cell"])
            sentence = text(key, lang, **values)
        except (AttributeError, LookupError, TypeError, ValueError):
            continue
        said.setdefault(key if "cell" in values else sentence, []).append(sentence)
    for key, sentences in said.items():
        more = len(dict.fromkeys(sentences)) - 1
        same = text("feedback.same_repair", lang, count=more) if more else ""
        other = key == OTHER_VERSION and more >= MANY - 1
        yield sentences[0] + same + (text("feedback.other_version", lang) if other else "")
