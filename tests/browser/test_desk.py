"""The desk in a real browser: reading by keys, with and without JavaScript; and what it refuses. Writing the issue is test_compose.py's."""
import datetime
import re
import time
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from conftest import quote
from steps import button, click, every, here, one, press, sign_in, title_of, until


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


def test_the_queue_works_without_javascript(room, open_browser):
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


def test_filters_and_search_show_what_fits_and_survive_a_decision(room):
    cookie = room.sign_in("li")

    def titles(query):
        _, _, page = room.desk.get(f"/desk/queue?week={room.week}&{query}", Cookie=cookie)
        return re.findall(r'<h2 lang="[^"]*"><a[^>]*>([^<]*)</a></h2>', page)
    everything = titles("")
    assert len(everything) == 13 and titles("page=2") and not set(titles("page=2")) & set(everything)
    assert 0 < len(titles("level=court")) < 13 and set(titles("source=supreme-court")) == set(titles("level=court"))
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
    said = re.search(r'<div id="looks">\s*<p role="status">(.*?)</p>', room.desk.get(headers["Location"], Cookie=cookie)[2]).group(1)
    assert "Supreme People" in said and "was looked at" in said and "Look again" not in said


def test_the_page_of_sources_tells_by_itself_when_a_look_is_done(room, open_browser):
    browser = open_browser()
    sign_in(browser, room, "li")
    browser.get(room.url + "/desk/sources")
    click(browser, one(browser, "button[value=supreme-court]"))
    page = one(browser, "html").id
    until(browser, lambda: "was looked at" in one(browser, "#looks [role=status]").text)
    assert one(browser, "html").id == page and not every(browser, "#looks[data-watch]")
    _, _, stays = room.desk.get("/desk/sources?asked=supreme-court&since=1", Cookie=room.sign_in("li"))
    assert "was looked at" in stays


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
            door = "/login" if access == "MEMBER" else "/desk/login"
            assert status == 303 and headers["Location"] == door and page == "", path


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


def decision_form(room, cookie, story):
    """The fields of the form that picks the STORYth story, as the page has them now."""
    _, _, page = room.desk.get(f"/desk/queue?week={room.week}", Cookie=cookie)
    forms = [form for form in re.findall(r'<form class="decide".*?</form>', page, re.S) if 'name="held"' in form]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', forms[story]))


def test_the_second_of_two_editors_is_told_and_sees_both(room):
    li, wang = room.sign_in("li"), room.sign_in("wang")
    first, second = decision_form(room, wang, 0), decision_form(room, wang, 1)
    status, _, _ = room.desk.post("/desk/decide", {**decision_form(room, li, 0), "slot": "1"}, Cookie=li)
    assert status == 303
    status, _, page = room.desk.post("/desk/decide", {**first, "action": "reject"}, Cookie=wang)  # the same story
    assert status == 409, page
    assert "<dt>li, " in page and "picked 1" in page and "reject. This was not done yet." in page
    status, _, page = room.desk.post("/desk/decide", {**second, "slot": "1"}, Cookie=wang)  # the same slot
    assert status == 409 and "<dt>li, " in page and "slot 1: " in page
    assert decision_form(room, wang, 0)["held"].split()[0] == first["item"]
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    status, _, _ = room.desk.post("/desk/decide", again, Cookie=wang)
    assert status == 303 and decision_form(room, wang, 0)["held"].split()[0] == second["item"]
    status, _, _ = room.desk.post("/desk/decide", {**second, "slot": "3", "seen": "picked 1", "held": "nonsense"}, Cookie=wang)
    assert status == 303


def test_an_item_leads_to_what_earlier_issues_said(room):
    cookie = room.sign_in("li")
    stories = room.space.json("queue", "--week", room.week)["stories"]
    item = next(item for story in stories for item in story["items"] if "上海市" in item["title"])
    date = str(datetime.date.fromisoformat(room.issue) - datetime.timedelta(days=7))
    _, _, page = room.desk.get(f"/desk/item/{item['id']}?week={room.week}", Cookie=cookie)
    assert "In earlier issues" not in page
    room.space.write(f"issues/weekly/{date}.md", f"---\ntitle: Test Weekly\ndate: {date}\nitems:\n  - {{heading: Rules & more, url: \"{item['url']}\"}}\n---\n\n## Rules & more\n\nA word.\n")
    _, _, page = room.desk.get(f"/desk/item/{item['id']}?week={room.week}", Cookie=cookie)
    assert f'<a href="/weekly/{date}/">Rules &amp; more</a> ({date}, the same document)' in page


def test_editors_see_each_other_and_what_the_other_decides_without_a_reload(room, open_browser):
    mine, theirs = open_browser(), open_browser()
    sign_in(mine, room, "li")
    sign_in(theirs, room, "wang")
    press(mine, "j")
    press(mine, "j")
    focused = mine.switch_to.active_element.text
    second = every(theirs, ".story")[1].find_element(By.CSS_SELECTOR, "h2 a")
    story = second.text
    click(theirs, second)
    until(mine, lambda: "wang looks at this" in every(mine, ".story")[1].text)
    until(theirs, lambda: "li looks at this" in one(theirs, "#pulse").text)
    click(theirs, one(theirs, "button[value='3']"))
    until(mine, lambda: "picked, in slot 3" in every(mine, ".story")[1].text and story in one(mine, "#said").text)
    assert mine.switch_to.active_element.text == focused and title_of(here(mine)) == story
    assert not one(mine, "#fresh").is_displayed()
    note = room.space.write("note.html", "<html><title>绝对全新的通知</title><p>一件刚刚发生的事情。</p></html>")
    sunday = datetime.date.fromisoformat(room.issue) - datetime.timedelta(days=1)
    room.space.run("clip", note, "--url", "https://late.example.org/1", "--now", f"{sunday}T00:00:00Z")
    until(mine, lambda: one(mine, "#fresh").is_displayed() and one(mine, "#fresh").text == "1 new: show")
    assert mine.switch_to.active_element.text == focused
    press(mine, "x")  # on the story that the other picked: this page knows of it
    until(mine, lambda: one(mine, ".stories"))


def test_the_ranking_shows_its_weights_and_what_they_were_learned_from(room):
    cookie = room.sign_in("li")
    _, _, page = room.desk.get(f"/desk/ranking?week={room.week}", Cookie=cookie)
    assert "as they were given" in page and "authority of the highest source" in page
    room.desk.post("/desk/decide", {**decision_form(room, cookie, 0), "slot": "1"}, Cookie=cookie)
    later = datetime.date.fromisoformat(room.issue) + datetime.timedelta(days=7)
    _, _, page = room.desk.get(f"/desk/ranking?week={later}", Cookie=cookie)
    assert "learned from what was decided in the weeks before (1)" in page
    weights = re.findall(r"<td>([-\d.]+)</td><td>([-\d.]+)</td>", page)
    assert any(given != now for given, now in weights)
