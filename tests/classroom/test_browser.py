"""The published book in a real browser: light, searchable, bilingual, readable on a phone."""

import functools
import http.server
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest
import yaml
from playwright import sync_api as playwright

from creditlib.classroom import book

pytestmark = pytest.mark.browser

HEAVIEST = 1_500_000
PHONE = 360
AT_ONCE = 8  # pages: while one waits, another loads
EDITIONS = ("zh", "en")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def contents(root):
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    yield toc["root"]
    for part in toc["parts"]:
        for chapter in part["chapters"]:
            yield chapter["file"]
            yield from (section["file"] for section in chapter.get("sections", ()))


@pytest.fixture(scope="module")
def built(root):
    """The folder of the book as it is now."""
    assert book.build(root / "_build")
    return root / "_build" / "book"


@pytest.fixture(scope="module")
def address(built):
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=built)
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Visit:
    """A page in a fresh browser, and what it did."""

    page: playwright.Page
    asked: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    answered: list = field(default_factory=list)

    def __post_init__(self):
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfinished", lambda request: self.answered.append(request))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.hear)

    def hear(self, line):
        if line.type == "error":
            self.errors.append(line.text)

    def weight(self):
        sizes = [request.sizes() for request in self.answered]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@contextmanager
def visiting(browser, *urls):
    """The visits to pages that load at the same time, once each of them has loaded."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in urls]
    visits = [Visit(context.new_page()) for context in contexts]
    for visit, url in zip(visits, urls, strict=True):
        visit.page.goto(url, wait_until="commit")
    for visit in visits:
        visit.page.wait_for_load_state()
        visit.page.wait_for_load_state("networkidle")
    yield visits
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser, address):
    """`visit("zh/index.html")` opens a page of the book in a fresh browser."""
    with ExitStack() as open_pages:
        yield (
            lambda path, base=address: (
                open_pages.enter_context(visiting(browser, f"{base}/{path}"))[0].page
            )
        )


def what_it_did(visit, address):
    page = visit.page
    did = {
        "elsewhere": [
            url for url in visit.asked if not url.startswith((address, "data:", "blob:"))
        ],
        "errors": visit.errors,
        "weight": visit.weight(),
        "formulas": page.locator(".math.notranslate").count(),
        "set": page.locator(".math.notranslate:has(mjx-container)").count(),
        "wrong": page.locator("mjx-merror").count(),
    }
    page.set_viewport_size({"width": PHONE, "height": 740})
    return did | {"width": page.evaluate("document.documentElement.scrollWidth")}


@pytest.fixture(scope="module", params=EDITIONS)
def survey(request, browser, address, root):
    """What each page of an edition did, by the page's name."""
    seen = {}
    names = [*contents(root), "search"]
    for some in (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)):
        addresses = [f"{address}/{request.param}/{name}.html" for name in some]
        with visiting(browser, *addresses) as visits:
            for visit in visits:  # a quiz looks for MathJax half a second after it is drawn
                visit.page.evaluate("setTimeout(() => { window.later = true }, 700)")
            for visit in visits:
                visit.page.wait_for_function("window.later")
                visit.page.evaluate("async () => { await window.MathJax?.startup?.promise }")
            seen |= {
                name: what_it_did(visit, address) for name, visit in zip(some, visits, strict=True)
            }
    return seen


def test_no_page_asks_another_host(survey):
    assert {name: did["elsewhere"] for name, did in survey.items() if did["elsewhere"]} == {}


def test_no_page_has_an_error(survey):
    assert {name: did["errors"] for name, did in survey.items() if did["errors"]} == {}


def test_every_page_is_light_even_uncompressed(survey):
    heavy = {name: did["weight"] for name, did in survey.items() if did["weight"] > HEAVIEST}
    assert heavy == {}


def test_every_formula_is_set(survey):
    bad = {name for name, did in survey.items() if did["wrong"] or did["set"] < did["formulas"]}
    assert bad == set()
    assert survey["assessment/statements"]["set"] > 0


def test_nothing_is_wider_than_a_phone(survey):
    wide = {name: did["width"] for name, did in survey.items() if did["width"] > PHONE}
    assert wide == {}


@pytest.mark.parametrize(
    ("lang", "phrase", "found"),
    [
        ("zh", "应收账款周转天数", "应收账款周转天数"),
        ("zh", "授信额度", "授信额度"),
        ("zh", "看得到的事实", "看得到的事实"),
        ("en", "credit limit", "credit limit"),
    ],
)
def test_the_search_finds_a_phrase_as_it_is_typed(visit, lang, phrase, found):
    page = visit(f"{lang}/index.html")
    box = page.locator(".search-form input:visible").first
    box.fill(phrase)
    box.press("Enter")
    link = page.locator(".pagefind-ui__result-link").first  # until it is there, grey bars are
    link.wait_for()
    assert page.locator("input:visible").count() == 1
    assert found in page.locator(".pagefind-ui__results").inner_text().replace("\n", "").lower()
    link.click()
    page.wait_for_load_state()
    assert f"/{lang}/" in page.url
    assert found in page.locator("article").inner_text().lower()


@pytest.mark.parametrize("name", ["index", "assessment/statements", "cases/trust-crisis"])
def test_the_switch_leads_to_the_same_page_and_back(visit, address, built, name):
    for base in (address, f"file://{built}"):
        page = visit(f"zh/{name}.html", base)
        page.click(".language-switch")
        page.wait_for_url(f"**/en/{name}.html")
        assert page.locator("html").get_attribute("lang") == "en"
        page.click(".language-switch")
        page.wait_for_url(f"**/zh/{name}.html")
        assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_a_search_page_opened_from_a_folder_says_what_it_needs(visit, built):
    page = visit("en/search.html", f"file://{built}")
    assert "python -m http.server" in page.locator("#search-note").inner_text()


def test_the_entrance_leads_to_the_edition_in_the_readers_language(browser, address):
    for locale, lang in (("zh-CN", "zh"), ("en-GB", "en"), ("de-DE", "en")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(address)
        page.wait_for_url(f"**/{lang}/index.html")
        context.close()
