"""From Jupyter Book's pages to the site: light, searchable, and in need of no other host."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from creditlib.classroom.book_search import make_index
from creditlib.classroom.book_styles import slim_styles

# MathJax's TeX input and HTML output, without its menu (two fifths of the usual file). `startup` is
# told to load nothing, because the rest stands in the same file.
MATHJAX_PARTS = ("startup", "core", "input/tex", "output/chtml", "output/chtml/fonts/tex")
MATHJAX_SETTINGS = "window.MathJax = Object.assign({}, window.MathJax, {loader: {load: []}});\n"
NOT_PUBLISHED = ("*.map", ".buildinfo", "searchindex.js", "reports", "locales")


def collect(built: Path, site: Path) -> None:
    """Make `site` of what Jupyter Book left in `built`: pages, executed notebooks, search index.

    The old site stays until the new one is whole.
    """
    new = site.with_name(f"{site.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(built / "html", new, ignore=shutil.ignore_patterns(*NOT_PUBLISHED))
    shutil.copytree(built / "jupyter_execute", new / "notebooks", ignore=_not_notebooks)
    _bring_quizzes(built.parent, new / "notebooks")
    _bring_mathjax(new / "_static" / "mathjax")
    slim_styles(new)
    _slim_pictures(new / "_images")
    make_index(new)
    shutil.rmtree(site, ignore_errors=True)
    new.rename(site)


def _not_notebooks(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_file() and not name.endswith(".ipynb")]


def _bring_quizzes(work: Path, notebooks: Path) -> None:
    """Put the quizzes beside the notebooks that show them: what is published runs anywhere."""
    for chapter in notebooks.glob("*/"):
        quizzes = work / chapter.name / "quizzes"
        if quizzes.is_dir():
            shutil.copytree(quizzes, chapter / "quizzes")


def write_entrance(root: Path, book: Path) -> None:
    """Write the page that leads to the edition in the reader's language."""
    shutil.copyfile(root / "course" / "_templates" / "choose.html", book / "index.html")


def _bring_mathjax(folder: Path) -> None:
    # The name of the package is not an identifier, so it can be found but not imported.
    package = Path(find_spec("sphinx-mathjax-offline").origin).parent / "static" / "mathjax"
    parts = [(package / f"{part}.js").read_text(encoding="utf-8") for part in MATHJAX_PARTS]
    folder.mkdir(parents=True, exist_ok=True)
    whole = MATHJAX_SETTINGS + ";\n".join(parts)
    (folder / "mathjax.js").write_text(whole, encoding="utf-8")
    for extra in ("output/chtml/fonts/woff-v2", "input/tex/extensions"):
        shutil.copytree(package / extra, folder / extra, dirs_exist_ok=True)


def _slim_pictures(folder: Path) -> None:
    """Keep 256 colours of each chart, which has far fewer: a third of the size, the same look."""
    from PIL import Image

    for file in folder.glob("*.png"):
        with Image.open(file) as picture:
            opaque = picture.convert("RGBA").getextrema()[3][0] == 255
            if opaque:
                slim = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        if opaque:
            slim.save(file, optimize=True)
