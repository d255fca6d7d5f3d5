"""The desk's queue beside a browser: what is ranked behind the page, what a page that is open hears of it, and where an editor goes on."""
import json
import re
import sqlite3
import time

import pytest

from test_people import Editor, add

TITLES = ("上海市发布社会信用条例草案", "最高人民法院公布失信被执行人名单", "河北省征求信用信息管理意见")


@pytest.fixture
def space(workspace):
    add(workspace, "li", "editor")
    workspace.ids = [workspace.json("clip", "--url", f"https://credit.example.org/{n}.html", workspace.write(f"{n}.html", f"<title>{title}</title><p>{title}，现予公布。</p>"))["id"]
                     for n, title in enumerate(TITLES)]
    return workspace


def change(space, sql, *values):
    with sqlite3.connect(space.root / "data/zhoubao.db", timeout=20) as db:
        db.execute(sql, values)
    db.close()


def pulse(li, week):
    status, _, text = li.post("/desk/pulse", week=week)
    assert status == 200
    return json.loads(text)


def until(look):
    for _ in range(200):
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError("it did not come")


def titles(page):
    return re.findall(r'<h2 lang="[^"]*"><a[^>]*>([^<]*)</a></h2>', page)


def test_what_no_crawl_grouped_is_grouped_behind_the_page(space, serve):
    change(space, "UPDATE item SET story = NULL")
    li = Editor(serve(space), "li")
    until(lambda: sorted(titles(li.get("/desk/queue"))) == sorted(TITLES))
    assert "being ranked" not in li.get("/desk/queue")


def test_an_open_page_hears_of_a_title_that_was_mended(space, serve):
    week = space.json("queue")["week"]
    li = Editor(serve(space), "li")
    until(lambda: len(titles(li.get("/desk/queue"))) == 3)
    page = li.get("/desk/queue")
    serial = int(re.search(r'data-serial="(\d+)"', page).group(1))
    assert pulse(li, week)["serial"] == serial and pulse(li, week)["items"] == 3
    change(space, "UPDATE item SET title = title WHERE id = ?", space.ids[0])
    assert pulse(li, week)["serial"] == serial, "nothing changed"
    change(space, "UPDATE item SET title = '上海市公布新的条例' WHERE id = ?", space.ids[0])
    until(lambda: pulse(li, week)["serial"] != serial)
    assert "上海市公布新的条例" in titles(li.get("/desk/queue")) and pulse(li, week)["items"] == 3


def test_an_open_item_hears_of_a_note(space, serve):
    desk = serve(space)
    li = Editor(desk, "li")
    story = re.search(r'data-story="(\d+)" data-notes="0"', li.get(f"/desk/item/{space.ids[0]}")).group(1)
    assert json.loads(li.post("/desk/pulse", story=story)[2])["notes"] == 0
    assert li.post(f"/desk/item/{space.ids[0]}/note", text="Is this new?")[0] == 303
    assert json.loads(li.post("/desk/pulse", story=story)[2])["notes"] == 1


def test_a_reject_goes_on_at_the_next_story_and_its_undo_is_named(space, serve):
    week = space.json("queue")["week"]
    li = Editor(serve(space), "li")
    until(lambda: len(titles(li.get("/desk/queue"))) == 3)
    page = li.get("/desk/queue")
    assert "Undo my" not in page
    forms = [dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)) for form in re.findall(r'<form class="decide".*?</form>', page, re.S)]
    assert [form["next"] for form in forms] == [forms[1]["item"], forms[2]["item"], "0"]
    gone = titles(page)[0]
    _, headers, _ = li.post("/desk/decide", **{**forms[0], "action": "reject"})
    assert headers["Location"].endswith(f"#item-{forms[1]['item']}")
    page = li.get("/desk/queue")
    assert re.search(rf"Undo my reject<[^>]*>: <[^>]*>{gone[:23]}", page) and gone not in titles(page)
    _, headers, _ = li.post("/desk/decide", **{**forms[1], "slot": "2"})
    assert headers["Location"].endswith(f"#item-{forms[1]['item']}") and "Undo my pick for slot 2" in li.get("/desk/queue")
    assert li.post("/desk/undo", week=week)[0] == 303 and "Undo my reject" in li.get("/desk/queue")


def test_after_an_upgrade_the_search_index_is_made_behind_the_page(space, serve):
    waits = "INSERT OR IGNORE INTO search_todo (item) SELECT id FROM item WHERE source = 'many'"
    change(space, "INSERT INTO item (source, url, canonical, title, published, fetched) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
           " WHERE i < 5500) SELECT 'many', 'https://many.example.org/' || i, 'https://many.example.org/' || i, 'Regulated', i, i FROM n")
    change(space, waits)
    li = Editor(serve(space), "li")
    until(lambda: "<mark>Regulated</mark>" in li.get("/desk/queue?q=regulating"))
    assert "search index" not in li.get("/desk/queue?q=regulating")
    change(space, waits)
    assert "5500 items are not in the search index yet" in li.get("/desk/queue?q=regulating")
    assert "search index" not in li.get("/desk/queue")
