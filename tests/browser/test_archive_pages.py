"""The archive in a real browser: valid, open to everybody, still while it loads, and no wider than a phone."""
import base64
import functools
import re
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from selenium.webdriver.support.ui import WebDriverWait

from conftest import flow, quote, start_chromium
from looks import assert_valid, axe, show, too_wide, violations

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGES = ("", "weekly/2017-07-03/", "latest/", "latest/location/hebei/", "archive/", "archive/2017/06/", "posts/", "posts/what-is-a-list/", "categories/",
         "authors/mei-lin/", "documents/hebei-credit-information-draft/", "timeline/", "glossary/", "about/", "contact/", "search/", "404.html")
SHIFTS = """window.shifts = []; window.asked = [];
new PerformanceObserver(list => list.getEntries().forEach(e => shifts.push(e.value))).observe({type: 'layout-shift', buffered: true});"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The repository's own archive, served in both themes: {theme: (folder, address)}."""
    servers, sites = [], {}
    for theme in ("ours", "office"):
        space = flow.Workspace(tmp_path_factory.mktemp(theme) / "weekly")
        space.root.mkdir()
        for name in ("issues", "feeds"):
            shutil.copytree(ROOT / name, space.root / name)
        shutil.copy(ROOT / "glossary.yaml", space.root)
        space.write("zhoubao.yaml", (ROOT / "zhoubao.yaml").read_text("utf-8") + ("theme: office\n" if theme == "office" else ""))
        space.run("build")

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(space.root / "public")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        sites[theme] = (space, f"http://127.0.0.1:{server.server_port}/")
    yield sites
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    chromium = start_chromium(tmp_path_factory.mktemp("profile"))
    chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": SHIFTS})
    yield chromium
    chromium.quit()


@pytest.mark.parametrize("theme", ["ours", "office"])
def test_no_page_is_wider_than_its_window_or_moves_or_asks_elsewhere(site, browser, theme):
    url = site[theme][1]
    for width in (360, 1280):
        show(browser, width, False)
        for page in PAGES[:-1]:
            browser.get(url + page)
            assert too_wide(browser, width) <= 0, f"{page} at {width}"
            assert sum(browser.execute_script("return shifts")) < 0.001, f"{page} at {width}"
            loaded = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
            assert all(name.startswith(url) for name in loaded), loaded


@pytest.mark.parametrize("theme", ["ours", "office"])
def test_the_mail_fits_a_phone_and_no_date_is_parted(site, browser, theme, tmp_path):
    """Also with an address that knows no place to break, and at 600 px on a desk."""
    space = site[theme][0]
    issue = space.root / "issues/weekly/2017-07-03.md"
    before = issue.read_text("utf-8")
    long = "https://www.example.org/" + "a-path-that-nobody-reads/" * 6
    issue.write_text(before.replace("Agencies that rate persons", f"See <{long}> and `{long}`. Agencies that rate persons"), "utf-8")
    try:
        mail = space.root / "mail.eml"
        space.run("render", "2017-W26", "--as", "email", "--output", mail)
    finally:
        issue.write_text(before, "utf-8")
    page = tmp_path / "mail.html"
    page.write_text(space.json("inspect", "mail", mail)["html"], "utf-8")
    for width in (320, 390, 1280):
        show(browser, width, False)
        browser.get(f"file://{page}")
        assert too_wide(browser, width) <= 0, width
        assert browser.execute_script("return document.querySelector('.card').getBoundingClientRect().width") == min(width, 600)
        assert browser.execute_script("return [...document.querySelectorAll('.day')].every(e => e.getClientRects().length === 1)"), width


@pytest.mark.parametrize("theme", ["ours", "office"])
def test_no_page_shuts_anybody_out(site, browser, theme):
    script = axe()
    for dark in (False, True):
        show(browser, 390, dark)
        for page in PAGES[:-1]:
            browser.get(site[theme][1] + page)
            assert violations(browser, script) == [], f"{page}, {'dark' if dark else 'light'}"


def test_every_page_is_valid_html(site):
    assert_valid(*(space.root / "public" for space, _ in site.values()))


def results_of(browser, address):
    browser.get(address)
    browser.implicitly_wait(10)
    return [(one.text.split("\n")[0], one.find_element("css selector", "a").get_attribute("href"))
            for one in browser.find_elements("css selector", "#search-results li")]


@pytest.mark.parametrize("words", ["信用", "the blacklists", "信用 railway"])
def test_the_search_finds_chinese_and_english_without_a_server(site, browser, words):
    """On any server of files, and from a disk without one."""
    show(browser, 390, False)
    space, url = site["ours"]
    served = results_of(browser, f"{url}search/?q={quote(words)}")
    assert any("3rd July 2017" in title for title, _ in served)
    local = results_of(browser, f"file://{space.root}/public/search/index.html?q={quote(words)}")
    assert [title for title, _ in local] == [title for title, _ in served]
    browser.get(local[0][1])
    assert browser.find_elements("css selector", "h1"), "a result from the disk opens a page"


def test_a_result_shows_the_place_where_the_words_stand(site, browser):
    """Once its page may be read, which no page on a disk may; the summary stands there before."""
    show(browser, 390, False)
    url = site["ours"][1]

    def first(words):
        browser.get(f"{url}search/?q={quote(words)}")
        mark = WebDriverWait(browser, 10).until(lambda b: b.find_elements("css selector", "#search-results li:first-child mark"))
        return browser.find_element("css selector", "#search-results li:first-child p"), [one.text for one in mark]

    place, marks = first("data shareholder")
    assert marks == ["shareholders", "data", "data"] and "central bank's branch" not in place.text.split("…")[0]
    there = place.find_element("css selector", "a")
    assert there.text == "Credit agencies must register by the end of the year" and there.get_attribute("href") == f"{url}weekly/2017-07-03/#item-3"
    place, marks = first("备案管理")
    assert marks == ["备案管理"] and place.find_element("css selector", "[lang=zh]").text == "企业征信机构备案管理办法"
    place, marks = first("Yunnan guides")
    assert marks == ["guides", "Yunnan"] and place.find_element("css selector", "a").get_attribute("href").endswith("#brief-2")


def test_the_reader_s_search_stems_as_the_program_does(browser, tmp_path):
    """A page for each line of stems.txt, found by each of its forms and by those of no other line."""
    rows = [line.split() for line in (HERE.parent / "fixtures" / "stems.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    space = flow.Workspace(tmp_path / "weekly")
    space.root.mkdir()
    space.configure()
    for number, (_, first, *_) in enumerate(rows):
        space.write(f"issues/posts/row-{number}.md", f"---\ntitle: Page {number}\ndate: 2017-07-03\nauthor: A\n---\n{first}\n")
    space.run("build")
    browser.get(f"file://{space.root}/public/search/index.html")
    asked = browser.execute_async_script("""
        const [words, done] = arguments, status = document.getElementById("search-status"), field = document.querySelector("[name=q]");
        const found = {};
        (async () => {
          for (const word of words) {
            status.textContent = "";
            field.value = word;
            field.form.requestSubmit();
            while (status.textContent === "") await new Promise((go) => setTimeout(go, 5));
            found[word] = [...document.querySelectorAll("#search-results a")].map((a) => a.textContent);
          }
          done(found);
        })();""", [form for row in rows for form in row[1:]])
    assert asked == {form: [f"Page {number}"] for number, row in enumerate(rows) for form in row[1:]}


def test_what_nobody_wrote_is_found_nowhere(site, browser):
    space = site["ours"][0]
    browser.get(f"file://{space.root}/public/search/index.html?q=zzyzx")
    WebDriverWait(browser, 10).until(lambda b: b.find_element("id", "search-status").text == "Nothing found.")


@pytest.mark.parametrize("theme", ["ours", "office"])
def test_on_paper_there_is_the_text_with_its_addresses_and_nothing_to_click(site, browser, theme):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    browser.get(site[theme][1] + "weekly/2017-07-03/")

    def style(selector, name, pseudo=""):
        return browser.execute_script("return getComputedStyle(document.querySelector(arguments[0]), arguments[1] || null)[arguments[2]]", selector, pseudo, name)

    for gone in (".masthead nav", ".subscribe", ".pager", ".topics", ".foot nav"):
        assert style(gone, "display") == "none", gone
    assert style("html", "backgroundColor") == "rgb(255, 255, 255)" and style(".item > p", "color") in ("rgb(0, 0, 0)", "rgb(17, 17, 17)")
    assert "https://notices.example.org/hebei/2017/0627.html" in style(".original .meta a", "content", "::after")
    assert style(".original .title a", "content", "::after") == "none", "each address once"
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    assert pdf.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2, "three items take two sheets"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
