"""The search index: any Chinese phrase is found as it is typed, without spaces.

Neither Sphinx nor a browser cuts Chinese into the same words as an index does. So every Chinese
character is a word of the index, and the search page asks for the phrase (`search.html`).
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HAN = re.compile("([\u3400-\u9fff])")
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
UNREAD = ".headerlink, .cell_input, .math, summary, script, style"


def make_index(site: Path) -> None:
    """Write the index of a site's pages into `site`/pagefind.

    Raises `CalledProcessError`, with what pagefind said, if it fails.
    """
    with TemporaryDirectory() as folder:
        for page in site.rglob("*.html"):
            searched = searchable(page.read_text(encoding="utf-8"))
            if searched:
                target = Path(folder) / page.relative_to(site)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(searched, encoding="utf-8")
        command = ["pagefind", "--site", folder, "--output-path", str(site / "pagefind"), "--quiet"]
        subprocess.run(
            [sys.executable, "-m", *command], check=True, capture_output=True, encoding="utf-8"
        )


def searchable(html: str) -> str:
    """Return what the search reads of a page, Chinese characters apart; "" if nothing.

    >>> page = '<html lang="zh-CN"><article class="bd-article"><p>账期 90 天</p></article></html>'
    >>> searchable(page).split("<body>")[1]
    '<article class="bd-article"><p> 账  期  90  天 </p></article></body></html>'
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    article = page.select_one("article.bd-article:not([data-pagefind-ignore])")
    if article is None:
        return ""
    for unread in article.select(UNREAD):
        unread.decompose()
    for section in article.select("section[id]"):
        heading = section.find(HEADINGS, recursive=False)
        if heading is not None:
            heading["id"] = section["id"]  # so that a result leads to the section
    for text in article.find_all(string=True):
        text.replace_with(HAN.sub(r" \1 ", text))
    return f'<html lang="{page.html["lang"]}"><body>{article}</body></html>'
