"""Self-check quizzes by jupyterquiz, checked first, in the course's colours and language.

They work in JupyterLab and in the published page, without a request to another host.
"""

import hashlib
import json
import re
from pathlib import Path

from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.plots import COLOURS

CHOICES = ("multiple_choice", "many_choice")
TYPED = ("numeric", "string")
COLOURS_OF_A_QUIZ = {
    "--jq-multiple-choice-bg": "#17507c",
    "--jq-many-choice-bg": "#17507c",
    "--jq-numeric-bg": "#17507c",
    "--jq-string-bg": "#17507c",
    "--jq-mc-button-bg": "#f3f6f9",
    "--jq-mc-button-border": COLOURS["rule"],
    "--jq-mc-button-inset-shadow": "transparent",
    "--jq-numeric-input-bg": "#f3f6f9",
    "--jq-numeric-input-label": "currentColor",
    "--jq-correct-color": COLOURS["good"],
    "--jq-incorrect-color": "#b34700",  # the bad colour, dark enough for white letters
    "--jq-text-color": "#ffffff",
}
# After jupyterquiz's own style: room for Chinese, answers one under the other, marks beside the
# colours, and radio buttons that the keyboard still reaches.
STYLE = """<style>
#{quiz} .Quiz{{font-size:1rem;line-height:1.6}}
#{quiz} .Answer{{grid-template-columns:1fr;gap:6px}}
#{quiz} .MCButton{{font-size:1rem;text-align:left;justify-content:flex-start;position:relative;
padding:7px 12px;line-height:1.5}}
#{quiz} .MCButton:focus-within{{outline:2px solid #17507c}}
#{quiz} .MCButton.correctButton,#{quiz} .MCButton.incorrectButton{{color:#fff}}
#{quiz} .MCButton input{{position:absolute;opacity:0;width:1px;height:1px}}
#{quiz} .Feedback{{font-size:1rem;text-align:left}}
#{quiz} .Feedback.correct::before{{content:"✓ "}}
#{quiz} .Feedback.incorrect::before{{content:"✗ "}}
#{quiz} .InpLabel{{font-size:1rem;float:none}}
#{quiz} .Input-text{{color:#22303c;font-size:1rem;margin:4px 0;border:1px solid #9aa5b1}}
#{quiz} .Input-text.correctButton,#{quiz} .Input-text.incorrectButton{{color:#fff}}
</style>"""
# What jupyterquiz says by itself → the key of what the course says instead.
SPOKEN = {
    '"Correct!"': "correct",
    '"Correct"': "correct",
    '"Incorrect -- try again."': "wrong",
    '"Incorrect. Try again."': "wrong",
    '"Type numeric answer here:"': "number_here",
    '"Type your answer here:"': "text_here",
    '"(Fuzzy) "': "close",
}
# Where MathJax is half loaded, jupyterquiz would fetch another one from a public host.
FETCHES_MATHJAX = re.compile(
    r"console\.log\('WARNING: Trying to force load MathJax 3'\);.*?\}\)\(\);", re.DOTALL
)


def quiz(path: str | Path) -> None:
    """Display the quiz in a JSON file; `path` is relative to the page.

    The file is a list of jupyterquiz questions and is checked first, see `checked_questions`.
    Answers are shuffled in the browser, so what is displayed is the same on every run.
    """
    from IPython.display import HTML, display

    display(HTML(quiz_page(path)))


def quiz_page(path: str | Path) -> str:
    """Return a quiz as one block of HTML, its script included."""
    from jupyterquiz.dynamic.loader import load_questions_script
    from jupyterquiz.dynamic.renderer import build_script, build_styles, render_div

    path = Path(path)
    questions = read_questions(path)
    # Named after the file: jupyterquiz would draw the name from the global random numbers.
    name = "quiz_" + hashlib.sha256(path.as_posix().encode()).hexdigest()[:12]
    page = (
        render_div(name, False, True, False, len(questions), 760, 8, "left")
        + build_styles(name, COLOURS_OF_A_QUIZ)
        + STYLE.format(quiz=name)
        + "</div>"  # jupyterquiz leaves it open
    )
    load, embedded, address = load_questions_script(questions, name)
    script = build_script(load.replace("</", "<\\/"), embedded, address, name, True)
    script = FETCHES_MATHJAX.sub("", script)
    for english, key in SPOKEN.items():
        said = json.dumps(text(f"widgets.quiz.{key}"), ensure_ascii=False)
        script = script.replace(english, said)
    return f"{page}<script>{script}</script>"


def read_questions(path: str | Path) -> list[dict]:
    """Return the questions in a file; `InputError` if it is missing, not JSON, or incomplete."""
    path = Path(path)
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    try:
        questions = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(
            "widgets.quiz.not_json", file=path, row=error.lineno, problem=error.msg
        ) from None
    return checked_questions(questions, path)


def checked_questions(questions: object, file: object = None) -> list[dict]:
    """Return the questions, or say in an `InputError` which one teaches nothing.

    Each needs `question`, `type` and `answers`, at least one right answer, and for every wrong
    answer a `feedback` that explains it; where the answer is typed, one more answer of type
    "default" whose feedback explains any other.

    >>> right, wrong = {"answer": "2", "correct": True}, {"answer": "3", "correct": False}
    >>> sums = {"question": "1 + 1?", "type": "multiple_choice", "answers": [right, wrong]}
    >>> try:
    ...     checked_questions([sums])
    ... except InputError as error:
    ...     error.reason
    'no_explanation'
    """
    if not isinstance(questions, list) or not questions:
        raise InputError("widgets.quiz.not_a_list", file=file)
    for number, question in enumerate(questions, start=1):
        _check_question(question, {"file": file, "question": number})
    return questions


def _check_question(question: object, place: dict) -> None:
    fields = question if isinstance(question, dict) else {}
    for name in ("question", "type", "answers"):
        if not fields.get(name):
            raise InputError("widgets.quiz.missing", name=name, **place)
    kind, answers = fields["type"], fields["answers"]
    if kind not in (*CHOICES, *TYPED):
        raise InputError(
            "widgets.quiz.unknown_type", value=kind, known=", ".join((*CHOICES, *TYPED)), **place
        )
    if not any(answer.get("correct") is True for answer in answers):
        raise InputError("widgets.quiz.no_right_answer", **place)
    for number, answer in enumerate(answers, start=1):
        # A range without feedback would stop jupyterquiz, even where it is the right answer.
        explained = answer.get("correct") is True and "range" not in answer
        if not explained and not str(answer.get("feedback", "")).strip():
            raise InputError("widgets.quiz.no_explanation", answer=number, **place)
    if kind in TYPED and not any(answer.get("type") == "default" for answer in answers):
        raise InputError("widgets.quiz.no_default", **place)
