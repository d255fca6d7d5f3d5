"""The desk's people and what they do beside the queue: roles, passwords, clips, notes, the audit; through the program, without a browser."""
import concurrent.futures
import html
import re
import signal
import socket
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PASSWORD = "a password for the tests"
NOTICE = "关于进一步完善失信约束制度的通知\n\n各省、自治区、直辖市人民政府：为规范失信约束，现将有关事项通知如下。\n一、严格依法依规认定失信行为，不得擅自扩大范围。\n"


def add(space, name, role):
    space.run("editors", "add", name, "--role", role, "--password-file", space.write("data/password", PASSWORD + "\n"))


class Editor:
    """Somebody signed in: a cookie and the token of its forms."""

    def __init__(self, desk, name, password=PASSWORD):
        status, headers, _ = desk.post("/desk/login", {"name": name, "password": password})
        assert status == 303, status
        self.desk, self.cookie = desk, headers["Set-Cookie"].split(";")[0]
        self.csrf = re.search(r'name="csrf" content="([^"]+)"', self.get("/desk/people")).group(1)

    def ask(self, path):
        return self.desk.get(path, Cookie=self.cookie)

    def get(self, path):
        status, _, page = self.ask(path)
        assert status == 200, (path, status)
        return html.unescape(page)

    def post(self, path, **fields):
        return self.desk.post(path, {"csrf": self.csrf, **fields}, Cookie=self.cookie)


def test_an_owner_lets_people_in_and_a_changed_role_ends_their_sessions(workspace, serve):
    add(workspace, "chen", "owner")
    desk = serve(workspace)
    owner = Editor(desk, "chen")
    assert owner.post("/desk/people/add", name="li", role="contributor", password="short")[0] == 422
    assert owner.post("/desk/people/add", name="li", role="king", password=PASSWORD)[0] == 400
    assert owner.post("/desk/people/add", name="li", role="contributor", password=PASSWORD)[0] == 303
    li = Editor(desk, "li")
    assert "Let somebody in" in owner.get("/desk/people") and "Let somebody in" not in li.get("/desk/people")
    for path in ("add", "role", "remove"):
        assert li.post(f"/desk/people/{path}", name="chen", role="contributor", password=PASSWORD)[0] == 403
    assert li.ask("/desk/audit")[0] == 403
    assert owner.post("/desk/people/role", name="li", role="contributor")[0] == 303
    assert li.ask("/desk/queue")[0] == 200 and "role changed" not in owner.get("/desk/audit"), "nothing changed"
    assert owner.post("/desk/people/role", name="li", role="editor")[0] == 303
    assert li.ask("/desk/queue")[0] == 303, "the session is over"
    again = Editor(desk, "li")
    assert "role changed to editor" in again.get("/desk/audit")
    assert owner.post("/desk/people/remove", name="li")[0] == 303
    assert again.ask("/desk/queue")[0] == 303
    assert desk.post("/desk/login", {"name": "li", "password": PASSWORD})[0] == 403


def test_the_only_owner_stays(workspace, serve):
    add(workspace, "chen", "owner")
    owner = Editor(serve(workspace), "chen")
    for path in ("role", "remove"):
        status, _, page = owner.post(f"/desk/people/{path}", name="chen", role="editor")
        assert status == 422 and "only owner" in page
    assert workspace.json("editors", "list")[0]["role"] == "owner"
    assert "only owner" in workspace.fails("editors", "remove", "chen")


def test_ones_own_password_needs_the_old_one_and_ends_other_sessions(workspace, serve):
    add(workspace, "li", "contributor")
    desk = serve(workspace)
    here, elsewhere = Editor(desk, "li"), Editor(desk, "li")
    assert here.post("/desk/people/password", old="not this one", password="another password")[0] == 403
    status, headers, _ = here.post("/desk/people/password", old=PASSWORD, password="another password")
    assert status == 303
    here.cookie = headers["Set-Cookie"].split(";")[0]
    assert "(you)" in here.get("/desk/people") and elsewhere.ask("/desk/queue")[0] == 303
    assert desk.post("/desk/login", {"name": "li", "password": PASSWORD})[0] == 403
    Editor(desk, "li", "another password")


def test_failures_at_the_door_are_limited_also_where_the_password_is_changed(workspace, serve):
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    statuses = [li.post("/desk/people/password", old=f"guess {n}", password="another password")[0] for n in range(7)]
    assert statuses == [403] * 5 + [429] * 2


def test_guesses_at_the_same_time_are_limited_like_others(workspace, serve):
    add(workspace, "li", "editor")
    desk = serve(workspace)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda n: desk.post("/desk/login", {"name": "li", "password": f"guess {n}"})[0], range(24)))
    assert statuses.count(403) == 5 and statuses.count(429) == 19


def test_the_audit_names_who_signed_in_and_the_draft_by_its_name(workspace, serve):
    add(workspace, "li", "editor")
    li = Editor(serve(workspace), "li")
    li.post("/desk/clip", url="https://credit.example.org/1.html", text=NOTICE)
    workspace.run("issue", "new", "2017-W26", "--editor", "li")
    rows = re.findall(r"<td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td></tr>", li.get("/desk/audit"))
    assert ("li", "sign in", "127.0.0.1") in rows and ("li", "new draft", "2017-W26") in rows


def test_a_source_is_called_by_its_title(workspace, serve):
    workspace.write("feeds/court.yaml", "- {slug: court, title: The Supreme Court of All, url: 'https://court.example.org/', kind: person, level: court, language: zh}\n")
    add(workspace, "li", "editor")
    li = Editor(serve(workspace), "li")
    item = li.post("/desk/clip", url="https://court.example.org/1.html", text=NOTICE, source="court")[1]["Location"]
    assert "<dt>Sources</dt><dd>The Supreme Court of All</dd>" in li.get(item)
    week = re.search(r"\d{4}-W\d\d", li.get("/desk/queue")).group()
    assert li.post("/desk/decide", item=item.rsplit("/", 1)[1], action="pick", slot=1, week=week)[0] == 303
    assert li.post(f"/desk/issue/{week}/fill")[0] == 303
    assert '<span class="count">The Supreme Court of All</span>' in li.get(f"/desk/issue/{week}")


def test_a_day_that_a_source_gives_has_no_time_of_its_own(workspace, serve):
    workspace.write("page.html", "<html><head><title>Notice</title><meta name='PubDate' content='2017-06-27'></head><body><p>A court published a list.</p></body></html>")
    workspace.write("late.html", "<html><head><title>Notice</title><meta name='PubDate' content='2017-06-27 09:30'></head><body><p>A ministry has a plan.</p></body></html>")
    add(workspace, "li", "contributor")
    ids = [workspace.json("clip", workspace.root / f"{name}.html", "--url", f"https://example.org/{name}", "--now", "2017-06-28T01:00:00Z")["id"] for name in ("page", "late")]
    li = Editor(serve(workspace), "li")
    day, hour = (li.get(f"/desk/item/{item}") for item in ids)
    assert "<dd>Tuesday 27 June 2017</dd>" in day and "<dd>Tuesday 27 June 2017, 09:30</dd>" in hour
    assert "<dd>Wednesday 28 June 2017, 09:00</dd>" in day, "when it was fetched is known to the minute"


def test_whoever_knocks_at_the_door_cannot_fill_the_audit(workspace, serve):
    add(workspace, "li", "editor")
    desk = serve(workspace)
    li = Editor(desk, "li")
    statuses = [desk.post("/desk/login", {"name": "名" * 5000, "password": "a guess"})[0] for _ in range(9)]
    assert statuses == [403] * 5 + [429] * 4
    page = li.get("/desk/audit")
    assert page.count("sign in failed") == 5 and page.count("名" * 60) == 5 and "名" * 61 not in page


def test_a_pasted_text_becomes_an_item_once_and_keeps_its_evidence(workspace, serve):
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    assert li.post("/desk/clip", url="javascript:alert(1)", text=NOTICE)[0] == 422
    status, headers, _ = li.post("/desk/clip", url="https://credit.example.org/1.html", text=NOTICE)
    assert status == 303
    page = li.get(headers["Location"])
    assert "关于进一步完善失信约束制度的通知" in page and "不得擅自扩大范围" in page and "/evidence" in page
    assert li.post("/desk/clip", url="https://credit.example.org/1.html", text=NOTICE)[1]["Location"] == headers["Location"]
    source = '<html><head><meta charset="gb2312"><title>信用条例</title></head><body><article><h1>信用条例</h1><p>' + "社会信用信息的归集和公开应当合法。" * 9 + "</p></article></body></html>"
    status, headers, _ = li.post("/desk/clip", url="https://credit.example.org/2.html", text=source)
    assert status == 303 and "社会信用信息的归集和公开" in li.get(headers["Location"]), "what it says of its charset is not true of what is pasted"


@pytest.fixture
def slow_site():
    """A site that answers only once it is let go: its address, and the event."""
    go = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            go.wait(20)
            body = f"<html><title>失信被执行人名单 {self.path}</title><p>{NOTICE}</p></html>".encode()
            self.send_response(404 if self.path == "/gone" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", go
    go.set()
    server.shutdown()
    server.server_close()


def arrive(editor, way):
    """Where the page of a clip leads once it was taken in."""
    for _ in range(400):
        status, headers, _ = editor.ask(way)
        if status == 303:
            return headers["Location"]
        time.sleep(0.05)
    raise AssertionError(f"{way} led nowhere: {status}")


def test_slow_sites_that_are_clipped_keep_nobody_waiting(workspace, serve, slow_site):
    url, go = slow_site
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: li.post("/desk/clip", url=f"{url}/{n}"), range(8)))
    ways = [headers["Location"] for status, headers, _ in answers if status == 303]
    assert len(set(ways)) == 8 and all(way.startswith("/desk/clip/") for way in ways)
    assert "It is being fetched" in li.get(ways[0]) and f"{url}/" in li.get(ways[0])
    assert li.ask("/desk/queue")[0] == 200, "the site has not answered yet"
    go.set()
    assert all("不得擅自扩大范围" in li.get(arrive(li, way)) for way in ways)
    assert li.ask("/desk/clip/99")[0] == 404


def kill(desk):
    desk.process.send_signal(signal.SIGKILL)
    desk.process.wait()
    desk.stop = lambda: None


def test_what_is_clipped_survives_a_killed_desk(workspace, serve, slow_site):
    url, go = slow_site
    add(workspace, "li", "contributor")
    desk = serve(workspace)
    li = Editor(desk, "li")
    with concurrent.futures.ThreadPoolExecutor(5) as pool:  # three are being fetched, two wait for them
        ways = [headers["Location"] for _, headers, _ in pool.map(lambda n: li.post("/desk/clip", url=f"{url}/{n}"), range(5))]
    kill(desk)
    li.desk = serve(workspace)
    page = li.get("/desk/clip")
    assert all(f"{url}/{n}" in page for n in range(5)) and page.count("is being fetched") == 5
    assert "It is being fetched" in li.get(ways[0])
    go.set()
    assert len({arrive(li, way) for way in ways}) == 5
    assert "On their way" not in li.get("/desk/clip")
    kill(li.desk)
    li.desk = serve(workspace)
    assert "不得擅自扩大范围" in li.get(arrive(li, ways[0])), "where it went is known also later"


def test_a_clip_that_fails_later_is_told_until_it_is_tried_again(workspace, serve, slow_site):
    url, go = slow_site
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    way = li.post("/desk/clip", url=f"{url}/gone")[1]["Location"]
    go.set()
    for _ in range(200):
        page = li.get(way)
        if "It is being fetched" not in page:
            break
        time.sleep(0.05)
    assert 'role="alert"' in page and "404" in page and "Try again" in page
    assert "could not be taken in" in li.get("/desk/clip")
    assert li.post("/desk/clip", url=f"{url}/gone", text=NOTICE)[0] == 303
    assert "could not be taken in" not in li.get("/desk/clip")


def test_a_page_that_cannot_be_clipped_leaves_the_form_as_it_was_filled(workspace, serve):
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    status, _, page = li.post("/desk/clip", url=f"http://127.0.0.1:{port}/page.html")
    assert status == 422 and 'role="alert"' in page and f'value="http://127.0.0.1:{port}/page.html"' in page
    status, _, page = li.post("/desk/clip", url="ftp://example.org/", text="A title\n\nand words")
    assert status == 422 and "begins with http" in page and "and words" in page


def test_notes_stand_on_the_story_and_are_shown_as_they_were_written(workspace, serve):
    add(workspace, "li", "contributor")
    add(workspace, "wang", "editor")
    desk = serve(workspace)
    li, wang = Editor(desk, "li"), Editor(desk, "wang")
    item = li.post("/desk/clip", url="https://credit.example.org/1.html", text=NOTICE)[1]["Location"]
    assert li.post(item + "/note", text="Is this <b>new</b>?\nSee last week.")[0] == 303
    assert li.post(item + "/note", text="  ")[0] == 422 and li.post(item + "/note", text="x" * 4001)[0] == 422
    _, _, page = wang.ask(item)
    assert "Is this &lt;b&gt;new&lt;/b&gt;?\nSee last week." in page and "<b>li</b>" in page


def test_readers_are_added_searched_taken_off_and_suppressed(workspace, serve):
    add(workspace, "wang", "editor")
    add(workspace, "li", "contributor")
    desk = serve(workspace)
    wang, li = Editor(desk, "wang"), Editor(desk, "li")
    assert li.ask("/desk/subscribers")[0] == 403 and li.post("/desk/subscribers/add", address="a@example.net")[0] == 403
    workspace.run("subscribers", "import", workspace.write("data/list.csv", "email\n" + "".join(f"reader{n}@example.net\n" for n in range(130))))
    assert wang.post("/desk/subscribers/add", address="zhang@example.org", name="张三", tier="gold")[0] == 303
    assert wang.post("/desk/subscribers/add", address="zhang@example.org", tier="gold")[0] == 422
    assert wang.post("/desk/subscribers/add", address="x@example.org\r\nBcc: y@example.org", tier="none")[0] == 422
    page, seen, pages = wang.get("/desk/subscribers"), [], 1
    while True:
        seen += re.findall(r'<th scope="row">([^<]+)</th>', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        if more is None:
            break
        page, pages = wang.get(more.group(1)), pages + 1
    assert len(seen) == len(set(seen)) == 131 and pages == 3
    found = wang.get("/desk/subscribers?tier=gold&q=ZHANG")
    assert "张三" in found and "One person fits" in found
    number = re.search(r'name="id" value="(\d+)"', found).group(1)
    assert wang.post("/desk/subscribers/remove", id=number)[0] == 303
    assert "zhang@example.org" in wang.get("/desk/subscribers?state=left")
    assert wang.post("/desk/subscribers/add", address="zhang@example.org", tier="none")[0] == 403, "who left is not brought back"
    assert wang.post("/desk/subscribers/suppress", address="nobody")[0] == 422
    assert wang.post("/desk/subscribers/suppress", address="blocked.example")[0] == 303
    assert wang.post("/desk/subscribers/add", address="anna@blocked.example", tier="none")[0] == 403
    audit = wang.get("/desk/audit")
    assert f"subscriber {number}" in audit and "zhang@" not in audit, "what is never deleted names nobody"


def test_what_was_rejected_at_one_stroke_comes_back_at_one_stroke(workspace, serve):
    add(workspace, "li", "contributor")
    li = Editor(serve(workspace), "li")
    ids = []
    for n, words in enumerate(("上海市发布社会信用条例草案", "最高人民法院公布失信被执行人名单", "河北省征求信用信息管理意见", "教育部开展诚信教育活动")):
        where = li.post("/desk/clip", url=f"https://credit.example.org/{n}.html", text=f"{words}\n\n{words}，现予公布，自发布之日起施行。")[1]["Location"]
        ids.append(int(where.rsplit("/", 1)[1]))
    week = workspace.json("queue")["week"]

    def rejected():
        return [n for n in ids if workspace.json("show", n)["state"] == "rejected"]
    assert li.post("/desk/decide", week=week, item=str(ids[0]), action="reject")[0] == 303
    form = urllib.parse.urlencode([("csrf", li.csrf), ("week", week)] + [("item", n) for n in ids[1:]]).encode()
    assert li.desk.post("/desk/reject", form, Cookie=li.cookie, Content_Type="application/x-www-form-urlencoded")[0] == 303
    assert rejected() == ids
    assert li.post("/desk/undo", week=week)[0] == 303
    assert rejected() == ids[:1], "the three together, and not the one before"
    assert li.post("/desk/undo", week=week)[0] == 303
    assert rejected() == []
    assert li.post("/desk/undo", week=week)[0] == 404


def test_what_a_colleague_picked_meanwhile_is_not_rejected_with_the_many(workspace, serve):
    add(workspace, "li", "editor")
    add(workspace, "wang", "editor")
    desk = serve(workspace)
    li, wang = Editor(desk, "li"), Editor(desk, "wang")
    ids = [workspace.json("clip", "--url", f"https://credit.example.org/{n}.html", workspace.write(f"{n}.html", f"<title>{words}</title><p>{words}</p>"))["id"]
           for n, words in enumerate(("上海市发布社会信用条例草案", "最高人民法院公布失信被执行人名单"))]
    week = workspace.json("queue")["week"]
    marks = re.findall(r'name="item" value="(\d+ [a-z0-9 ]+)" form="many"', li.get("/desk/queue"))
    assert sorted(marks) == [f"{n} open" for n in ids]

    def reject(pairs):
        form = urllib.parse.urlencode([("csrf", li.csrf), ("week", week)] + pairs).encode()
        status, _, page = desk.post("/desk/reject", form, Cookie=li.cookie, Content_Type="application/x-www-form-urlencoded")
        return status, html.unescape(page)
    assert wang.post("/desk/decide", week=week, item=str(ids[0]), action="pick", slot="2")[0] == 303
    status, page = reject([("item", mark) for mark in marks])
    assert status == 409 and "<b>wang, " in page and "picked 2" in page
    assert [workspace.json("show", n)["state"] for n in ids] == ["picked", "open"], "nothing is done before they chose"
    others, everything = ([("item", value) for value in re.findall(r'name="item" value="([^"]+)"', form)]
                          for form in re.findall(r'<form method="post" action="/desk/reject">.*?</form>', page, re.S))
    assert others == [("item", f"{ids[1]} open")] and len(everything) == 2
    assert reject(others)[0] == 303
    assert [workspace.json("show", n)["state"] for n in ids] == ["picked", "rejected"]
    assert reject([("item", f"{ids[0]} picked 2")])[0] == 303
    assert [workspace.json("show", n)["state"] for n in ids] == ["rejected", "rejected"]


def test_the_audit_has_decisions_notes_and_leaving_in_one_stream(workspace, serve):
    add(workspace, "li", "editor")
    desk = serve(workspace)
    li = Editor(desk, "li")
    item = workspace.json("clip", "--url", "https://credit.example.org/1.html", workspace.write("1.html", "<title>信用条例草案</title><p>信用条例草案</p>"))["id"]
    week = workspace.json("queue")["week"]
    assert li.post("/desk/decide", week=week, item=str(item), action="pick", slot="2")[0] == 303
    assert li.post("/desk/undo", week=week)[0] == 303
    assert li.post("/desk/decide", week=week, item=str(item), action="reject", why="old")[0] == 303
    assert li.post(f"/desk/item/{item}/note", text="Look at last week.")[0] == 303
    assert li.post("/desk/logout")[0] == 303
    li = Editor(desk, "li")
    for about in ("", "?about=li", f"?about={item}", f"?about={week}"):
        page = li.get("/desk/audit" + about)
        for what in ("pick for slot 2", "take back: pick for slot 2", "reject: old"):
            assert f"<td>li</td><td>{what}</td>" in page, (about, what)
        assert ("note: Look at last week." in page) == (about != f"?about={week}") and ("sign out" in page) == (about in ("", "?about=li"))
    assert "信用条例草案</a>" in page and "Nothing" in li.get("/desk/audit?about=nobody")
