"""The desk in a real browser: reading by keys, composing, approving, publishing; with and without JavaScript; and what it refuses."""
import datetime
import re
import time
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from conftest import PASSWORD, quote


def one(browser, css):
    return browser.find_element(By.CSS_SELECTOR, css)


def every(browser, css):
    return browser.find_elements(By.CSS_SELECTOR, css)


def until(browser, test):
    return WebDriverWait(browser, 15, ignored_exceptions=[Exception]).until(lambda _: test())


def sign_in(browser, room, name):
    browser.get(room.url + "/desk")
    one(browser, "input[name=name]").send_keys(name)
    one(browser, "input[name=password]").send_keys(PASSWORD)
    one(browser, "main button").click()
    until(browser, lambda: one(browser, ".stories"))
    browser.get(f"{room.url}/desk/queue?week={room.week}")


def press(browser, key):
    """A key on the page; where it sends a form, the next page is waited for."""
    before = one(browser, "html").id
    one(browser, "body").send_keys(key)
    if key not in "jko?s/":
        until(browser, lambda: one(browser, "html").id != before and browser.execute_script("return document.readyState") == "complete")


def here(browser):
    return one(browser, ".story.here")


def title_of(story):
    return story.find_element(By.CSS_SELECTOR, "h2").text


def click(browser, element):
    """Presses a button and waits for the page that follows."""
    before = one(browser, "html").id
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element) if browser.scripts else None
    element.click()
    until(browser, lambda: one(browser, "html").id != before and one(browser, "main"))


def button(browser, text):
    return next(b for b in every(browser, "button") if b.text == text)


def fill(browser, name, text):
    field = one(browser, f"[name={name}]")
    field.clear()
    field.send_keys(text)


def write_issue(browser, room):
    browser.get(f"{room.url}/desk/issue/{room.week}")
    click(browser, button(browser, "Start the draft from the picks"))
    for slot in (1, 2, 3):
        fill(browser, f"heading{slot}", f"Heading number {slot}")
        fill(browser, f"paragraph{slot}", f"What happened, number {slot}, in *English*.")


@pytest.fixture
def open_browser(browse):
    def start(**options):
        browser = browse(**options)
        browser.scripts = options.get("scripts", True)
        return browser
    return start


def test_an_editor_reads_by_keys_and_can_take_everything_back(room, open_browser):
    browser = open_browser()
    sign_in(browser, room, "li")
    stories = [title_of(story) for story in every(browser, ".story")]
    press(browser, "j")
    assert title_of(here(browser)) == stories[0]
    press(browser, "j")
    press(browser, "k")
    assert title_of(here(browser)) == stories[0]
    for slot in "123":
        press(browser, slot)
        assert title_of(here(browser)) == stories[int(slot) - 1] and f"in slot {slot}" in here(browser).text
        press(browser, "j")
    press(browser, "b")
    assert "briefed" in here(browser).text and title_of(here(browser)) == stories[3]
    press(browser, "j")
    gone = title_of(here(browser))
    press(browser, "x")
    assert gone not in [title_of(story) for story in every(browser, ".story")]
    press(browser, "u")
    assert gone in [title_of(story) for story in every(browser, ".story")]
    help_sheet = one(browser, "#help")
    assert help_sheet.get_attribute("open") is None
    press(browser, "?")
    assert one(browser, "#help").get_attribute("open") is not None
    one(browser, "body").send_keys("/")
    assert browser.switch_to.active_element.get_attribute("name") == "q"
    browser.switch_to.active_element.send_keys("j", Keys.ESCAPE)
    browser.get(f"{room.url}/desk/queue?week={room.week}")
    press(browser, "j")
    press(browser, "o")
    until(browser, lambda: one(browser, "article.item h1").text == stories[0])


def test_three_picks_become_a_published_page(room, open_browser):
    browser = open_browser()
    sign_in(browser, room, "li")
    press(browser, "j")
    for slot in "123":
        press(browser, slot)
        press(browser, "j")
    write_issue(browser, room)

    def previewed():
        browser.switch_to.frame("preview")
        try:
            return "Heading number 3" in one(browser, "body").text
        finally:
            browser.switch_to.default_content()
    until(browser, previewed)
    click(browser, button(browser, "Save"))
    assert every(browser, ".problems li")[0].text == "Nothing." or "Worth a look" in one(browser, ".problems").text
    click(browser, button(browser, "Approve"))
    assert "another editor" in one(browser, "main").text or "edited last" in one(browser, "main").text

    second = open_browser()
    sign_in(second, room, "wang")
    second.get(f"{room.url}/desk/issue/{room.week}")
    click(second, button(second, "Approve"))
    assert "approved by wang" in one(second, ".count").text
    click(second, button(second, "Publish"))
    assert "published" in one(second, ".count").text
    assert "Heading number 2" in room.space.read(f"issues/weekly/{room.issue}.md")
    assert "Heading number 2" in room.space.read(f"public/weekly/{room.issue}/index.html")
    click(second, second.find_element(By.LINK_TEXT, "The published page"))
    assert second.current_url == f"{room.url}/weekly/{room.issue}/"
    assert "Heading number 1" in one(second, "main").text


def test_two_editors_collide_and_nothing_is_lost(room, open_browser):
    li, wang = open_browser(), open_browser()
    sign_in(li, room, "li")
    press(li, "j")
    press(li, "1")
    li.get(f"{room.url}/desk/issue/{room.week}")
    click(li, button(li, "Start the draft from the picks"))
    sign_in(wang, room, "wang")
    wang.get(f"{room.url}/desk/issue/{room.week}")
    fill(li, "heading1", "The words of Li")
    click(li, button(li, "Save"))
    fill(wang, "heading1", "The words of Wang")
    click(wang, button(wang, "Save"))
    assert "The words of Li" in one(wang, "section.problem").text, "what Li saved is shown"
    assert one(wang, "[name=heading1]").get_attribute("value") == "The words of Wang", "what Wang wrote is kept"
    click(wang, button(wang, "Save"))
    assert not every(wang, "section.problem")
    li.get(f"{room.url}/desk/issue/{room.week}")
    assert one(li, "[name=heading1]").get_attribute("value") == "The words of Wang"


def test_all_of_it_works_without_javascript(room, open_browser):
    browser = open_browser(scripts=False)
    sign_in(browser, room, "li")
    for slot in (1, 2, 3):
        story = every(browser, ".story")[slot - 1]
        click(browser, story.find_element(By.CSS_SELECTOR, f'button[value="{slot}"]'))
        assert f"in slot {slot}" in every(browser, ".story")[slot - 1].text
    every(browser, ".story")[5].find_element(By.CSS_SELECTOR, "input[type=checkbox]").click()
    every(browser, ".story")[6].find_element(By.CSS_SELECTOR, "input[type=checkbox]").click()
    lost = [title_of(every(browser, ".story")[i]) for i in (5, 6)]
    click(browser, button(browser, "Reject the marked"))
    assert not set(lost) & {title_of(story) for story in every(browser, ".story")}
    write_issue(browser, room)
    click(browser, button(browser, "Save"))
    browser.switch_to.frame("preview")
    assert "Heading number 3" in one(browser, "body").text
    browser.switch_to.default_content()
    second = open_browser(scripts=False)
    sign_in(second, room, "wang")
    second.get(f"{room.url}/desk/issue/{room.week}")
    click(second, button(second, "Approve"))
    click(second, button(second, "Publish"))
    assert "Heading number 1" in room.space.read(f"public/weekly/{room.issue}/index.html")


def test_filters_and_search_show_what_fits_and_survive_a_decision(room):
    cookie = room.sign_in("li")

    def titles(query):
        _, _, page = room.desk.get(f"/desk/queue?week={room.week}&{query}", Cookie=cookie)
        return re.findall(r'<h2 lang="[^"]*"><a[^>]*>([^<]*)</a></h2>', page)
    everything = titles("")
    assert len(everything) == 16 and titles("page=2") and not set(titles("page=2")) & set(everything)
    assert 0 < len(titles("level=court")) < 16 and set(titles("source=supreme-court")) == set(titles("level=court"))
    found = titles("q=" + quote("上海市"))
    assert found and any("上海市" in title for title in found)
    assert titles("q=" + quote("绝无此词")) == [] and titles("q=%22") == []
    assert titles("level=court&state=rejected") == []
    _, _, page = room.desk.get(f"/desk/queue?week={room.week}&level=court", Cookie=cookie)
    form = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1).replace("&amp;", "&") for name in ("csrf", "back", "item")}
    status, headers, _ = room.desk.post("/desk/decide", {**form, "week": room.week, "action": "reject"}, Cookie=cookie)
    assert status == 303 and "level=court" in headers["Location"]
    assert len(titles("level=court&state=rejected")) == 1
    status, headers, _ = room.desk.post("/desk/undo", {"csrf": form["csrf"], "week": room.week, "back": "x\r\nSet-Cookie: a=b"}, Cookie=cookie)
    assert status == 303 and "Set-Cookie" not in headers


def test_a_source_is_looked_at_when_asked(room):
    cookie = room.sign_in("li")
    _, _, page = room.desk.get("/desk/sources", Cookie=cookie)
    assert "Supreme People" in page and "Crawl supreme-court now" in page
    csrf = re.search(r'name="csrf" value="([^"]*)"', page).group(1)
    week = "%d-W%02d" % datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).isocalendar()[:2]
    before = room.space.json("coverage", week)["sources"]
    status, headers, _ = room.desk.post("/desk/sources", {"csrf": csrf, "source": "supreme-court"}, Cookie=cookie)
    assert status == 303 and "asked=supreme-court" in headers["Location"]
    assert room.desk.post("/desk/sources", {"csrf": csrf, "source": "nowhere"}, Cookie=cookie)[0] == 404

    def checks(rows):
        return {row["slug"]: row["checks"] for row in rows}
    for _ in range(100):
        now = checks(room.space.json("coverage", week)["sources"])
        if now != checks(before):
            break
        time.sleep(0.1)
    assert {slug for slug in now if now[slug] != checks(before)[slug]} == {"supreme-court"}


def test_the_page_as_fetched_is_shown_in_a_frame_that_can_do_nothing(room):
    cookie = room.sign_in("li")
    item = next(item for story in room.space.json("queue", "--week", room.week)["stories"] for item in story["items"]
                if room.space.json("show", item["id"])["evidence"])
    _, _, page = room.desk.get(f"/desk/item/{item['id']}", Cookie=cookie)
    assert re.search(rf'<iframe src="/desk/item/{item["id"]}/evidence" sandbox ', page)
    status, headers, kept = room.desk.get(f"/desk/item/{item['id']}/evidence", Cookie=cookie)
    assert status == 200 and headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert item["title"][:4] in kept
    assert room.desk.get("/desk/item/99999/evidence", Cookie=cookie)[0] == 404


def routes():
    """Every route as the program has it: (method, path, access)."""
    source = (Path(__file__).resolve().parents[2] / "src" / "desk" / "routes.c").read_text()
    rows = re.findall(r'\{"(GET|POST)",\s*"([^"]+)",\s*ZB_ACCESS_(\w+),', source)
    assert len(rows) > 20
    return rows


def test_every_route_refuses_what_is_not_ours(room):
    cookie = room.sign_in("li")
    for method, pattern, access in routes():
        path = pattern.replace("/issue/:", f"/issue/{room.week}").replace("/preview/:", "/preview/html").replace(":", "1")
        if method == "POST":
            assert room.desk.post(path, {}, Cookie=cookie, Origin="https://evil.example")[0] == 403, path
        if access == "ANYBODY":
            continue
        if method == "POST":
            assert room.desk.post(path, {}, Cookie=cookie)[0] == 403, f"{path} without a token"
            assert room.desk.post(path, {"csrf": "a" * 26}, Cookie=cookie)[0] == 403, f"{path} with a wrong token"
            assert room.desk.post(path, {})[0] == 403, f"{path} without a session"
        else:
            status, headers, page = room.desk.get(path)
            assert status == 303 and headers["Location"] == "/desk/login" and page == "", path


def test_every_answer_is_small_and_carries_a_strict_policy(room):
    cookie = room.sign_in("li")
    for method, pattern, _ in routes():
        if method == "GET" and "/static/" not in pattern and "preview" not in pattern and "evidence" not in pattern:
            path = pattern.replace("/issue/:", f"/issue/{room.week}").replace(":", "1")
            _, headers, page = room.desk.get(path + f"?week={room.week}", Cookie=cookie)
            assert len(page.encode()) < 50_000, path
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy, path
            assert "<script>" not in page and " style=" not in page and " onclick=" not in page, path
