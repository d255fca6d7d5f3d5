"""Sources through the binary: the shipped ones, checks, OPML, and adding one by its address."""
import json
import subprocess
from pathlib import Path

import pytest
import yaml

from conftest import PROGRAM

ROOT = Path(__file__).resolve().parents[2]
LIST = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>信用要闻</title></head><body>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/about">关于我们</a></li><li><a href="/zwgk">政务公开</a></li></ul>
<div class="list"><ul class="news">%s</ul></div></body></html>"""
ROW = '<li><a href="/a/t2023062{0}_{0}.html">某市第{0}批守信企业名单公布并说明理由</a><span>2023-06-2{0}</span></li>'
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Credit Notes</title><link>%s</link><language>en-gb</language>
<item><title>First note on credit</title><link>%s/1</link><pubDate>Mon, 26 Jun 2023 10:00:00 GMT</pubDate><description>One.</description></item>
<item><title>Second note on credit</title><link>%s/2</link><pubDate>Tue, 27 Jun 2023 10:00:00 GMT</pubDate><description>Two.</description></item>
</channel></rss>"""
NOW = ["--now", "2023-06-28T04:00:00Z"]


def list_page(days):
    return (LIST % "".join(ROW.format(d) for d in days)).encode()


def test_every_shipped_source_reads_its_offline_page():
    done = subprocess.run([PROGRAM, "-C", str(ROOT), "sources", "check", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["ok"], [s for s in report["sources"] if s["error"]]
    states = {s["slug"]: s["state"] for s in report["sources"]}
    kinds = {s["slug"]: s["kind"] for f in (ROOT / "feeds").glob("*.yaml") for s in yaml.safe_load(f.read_text("utf-8"))}
    assert states == {slug: "person" if kind == "person" else "ok" for slug, kind in kinds.items()}
    assert set(kinds.values()) == {"feed", "list", "json", "person"} and len(kinds) > 40


def test_a_check_says_what_differs(workspace):
    workspace.write("feeds/a.yaml", "- {slug: a, title: A, url: 'https://a.example/', kind: list, language: zh,"
                                    " list: {item: .news li, link: a/@href, title: a, date: span}}\n"
                                    "- {slug: b, title: B, url: 'https://b.example/', kind: feed}\n")
    workspace.write("feeds/pages/a.html", list_page([1, 2]).decode())
    row = {"title": "某市第1批守信企业名单公布并说明理由", "link": "https://a.example/a/t20230621_1.html", "published": "2023-06-20T16:00:00Z"}
    check = lambda entries: (workspace.write("feeds/pages/a.expected.json", json.dumps({"entries": entries})),
                             json.loads(workspace.run("sources", "check", "--json", check=False).stdout)["sources"])[1]
    first = check([row])
    assert first[0]["state"] == "broken" and first[0]["error"] == "2 rows where 1 are expected"
    assert first[1]["state"] == "missing"
    assert "published is 2023-06-20T16:00:00Z, not 2023-06-21T16:00:00Z" in check([{**row, "published": "2023-06-21T16:00:00Z"}])[0]["error"]
    assert "title is" in check([{**row, "title": "x"}])[0]["error"]
    workspace.write("feeds/pages/a.html", "<p>redesigned</p>")
    assert check([row])[0]["error"] == "0 rows where 1 are expected"
    assert workspace.fails("sources", "check").endswith("1 of 2 sources cannot be read")
    assert "did you mean 'a'" in workspace.fails("sources", "check", "aa")


def test_a_check_reads_the_article_too(workspace):
    workspace.write("feeds/a.yaml", "- {slug: a, title: A, url: 'https://a.example/', kind: list, language: zh,"
                                    " list: {item: .news li, link: a/@href, title: a, date: span}, article: {body: '#body', date: .when}}\n")
    workspace.write("feeds/pages/a.html", list_page([1]).decode())
    row = {"title": "某市第1批守信企业名单公布并说明理由", "link": "https://a.example/a/t20230621_1.html", "published": "2023-06-20T16:00:00Z"}
    expect = lambda **article: workspace.write("feeds/pages/a.expected.json", json.dumps({"entries": [row], "article": article}))
    error = lambda: json.loads(workspace.run("sources", "check", "--json", check=False).stdout)["sources"][0]["error"]
    expect(published="2023-06-21T02:30:00Z", text="守信企业可以享受便利", without="相关链接")
    assert "a.article.html" in error()
    page = '<html lang="zh"><meta charset="utf-8"><title>公告</title><b class="when">%s</b><div id="body"><p>守信企业可以享受便利，名单每年调整一次。</p></div><p>相关链接</p>'
    workspace.write("feeds/pages/a.article.html", page % "2023-06-21 10:30")
    assert error() is None
    expect(published="2023-06-21T02:31:00Z")
    assert error() == "article: published is 2023-06-21T02:30:00Z, not 2023-06-21T02:31:00Z"
    expect(text="另一句话")
    assert error() == "article: its text lacks '另一句话'"


def test_live_check_tells_drift_and_changes_nothing(workspace, origin):
    rule = "{item: .news li, link: a/@href, title: a, date: span}"
    workspace.write("feeds/a.yaml", "".join(f"- {{slug: {s}, title: {s}, url: '{origin.url}/{s}', kind: list, language: zh, list: {rule}}}\n" for s in ("good", "drift", "gone", "wall"))
                    + "- {slug: clip, title: clip, url: 'https://x.example/', kind: person}\n")
    for slug in ("good", "drift", "gone", "wall"):
        origin.pages[f"/{slug}"] = list_page([1, 2, 3, 4])
    workspace.run("crawl", *NOW)
    origin.pages["/drift"] = "<p>新版网站上线</p>".encode()
    origin.pages["/gone"] = (404, {}, b"")
    origin.pages["/wall"] = (412, {}, b"<script>$_ts=1</script>")
    before = len(workspace.json("queue", "--week", "2023-W25", *NOW)["stories"])
    report = json.loads(workspace.run("sources", "check", "--live", "--json", *NOW, check=False).stdout)
    found = {s["slug"]: (s["state"], s["error"]) for s in report["sources"]}
    assert not report["ok"]
    assert found["good"] == ("ok", None) and found["clip"] == ("person", None)
    assert found["drift"] == ("broken", "0 rows where 4 are usual")
    assert found["gone"][0] == "broken" and "404" in found["gone"][1]
    assert found["wall"][0] == "blocked"
    assert {s["slug"]: s["state"] for s in workspace.json("sources", "list")["sources"]}["drift"] == "ok"
    assert len(workspace.json("queue", "--week", "2023-W25", *NOW)["stories"]) == before > 0


def test_opml_goes_in_and_comes_out(workspace):
    path = workspace.write("mine.opml", '<opml version="2.0"><body><outline text="Law"><outline text="NPC Observer" xmlUrl="https://npcobserver.com/feed/"/>'
                                        '<outline title="信用要闻" xmlUrl="http://x.example/rss?a=1&amp;b=2"/></outline></body></opml>')
    assert workspace.json("sources", "import", path) == {"added": 2, "known": 0, "passed_over": 0}
    assert workspace.json("sources", "import", path) == {"added": 0, "known": 2, "passed_over": 0}
    more = workspace.write("more.opml", '<opml version="2.0"><body><outline text="One" xmlUrl="http://y.example/rss"/><outline text="Bad" xmlUrl="soon"/></body></opml>')
    assert workspace.run("sources", "import", more).stdout.splitlines()[0] == "1 feed added to feeds/more.yaml, 0 there already"
    assert workspace.json("sources", "import", more)["passed_over"] == 1
    assert "names no feed" in workspace.fails("sources", "import", workspace.write("cut.opml", "<opml><body>"))
    listed = {s["slug"]: s for s in workspace.json("sources", "list")["sources"]}
    assert listed["npc-observer"]["kind"] == "feed" and listed["xinyong-yaowen"]["url"] == "http://x.example/rss?a=1&b=2"
    out = workspace.run("sources", "export").stdout
    assert 'xmlUrl="http://x.example/rss?a=1&amp;b=2"' in out
    assert "no OPML" in workspace.fails("sources", "import", workspace.write("x.opml", "<rss/>"))


def test_a_feed_is_found_behind_its_page_and_fetched_once(workspace, origin):
    origin.pages["/"] = b'<html><title>Home</title><link rel=alternate type="application/rss+xml" href="/feed">'
    origin.pages["/feed"] = (RSS % ((origin.url,) * 3)).encode()
    added = workspace.json("sources", "add", origin.url + "/", "--level", "research", *NOW)
    assert (added["slug"], added["kind"], added["url"], added["language"], added["new"]) == ("credit-notes", "feed", origin.url + "/feed", "en", 2)
    assert [r["title"] for r in added["rows"]] == ["First note on credit", "Second note on credit"]
    assert sum(path == "/feed" for _, path, _ in origin.requests) == 1
    workspace.run("crawl", *NOW)
    assert sum(path == "/feed" for _, path, _ in origin.requests) == 1, "a crawl right after must not ask again"
    assert len(workspace.json("queue", "--week", "2023-W26", *NOW)["stories"]) == 2
    assert "is read already, as credit-notes" in workspace.fails("sources", "add", origin.url + "/", *NOW)
    assert "is read already" in workspace.fails("sources", "add", origin.url + "/feed?utm_source=x", *NOW)


def test_a_list_without_a_feed_gets_a_rule(workspace, origin):
    origin.pages["/list"] = list_page([1, 2, 3, 4, 5])
    shown = workspace.json("sources", "add", origin.url + "/list", "--dry-run", *NOW)
    assert shown["file"] is None and not (workspace.root / "feeds/added.yaml").exists()
    dry = workspace.run("sources", "add", origin.url + "/list", "--dry-run", *NOW).stdout
    assert "  2023-06-21 某市第1批守信企业名单公布并说明理由\n" in dry, "the day that the page prints, not the one it was in Greenwich"
    added = workspace.json("sources", "add", origin.url + "/list", "--slug", "city", *NOW)
    assert (added["kind"], added["item"], added["language"], added["new"]) == ("list", "ul.news > li:has(a)", "zh", 5)
    assert added["rows"][0] == {"title": "某市第1批守信企业名单公布并说明理由", "link": origin.url + "/a/t20230621_1.html", "published": "2023-06-20T16:00:00Z"}
    origin.pages["/list"] = list_page([1, 2, 3, 4, 5, 7])
    line = next(s for s in workspace.json("crawl", "city", *NOW)["sources"] if s["slug"] == "city")
    assert (line["state"], line["new"]) == ("ok", 1)


@pytest.mark.parametrize("page, words", [((404, {}, b""), "404"), ((412, {}, b"x"), "person"), (b"<p>nothing to see</p>", "names no feed"),
                                         ((200, {"Content-Type": "text/html"}, b""), "names no feed")])
def test_what_cannot_be_added_leaves_no_trace(workspace, origin, page, words):
    origin.pages["/x"] = page
    assert words in workspace.fails("sources", "add", origin.url + "/x", *NOW)
    assert not (workspace.root / "feeds/added.yaml").exists()


def test_robots_and_bad_names_are_heeded(workspace, origin):
    origin.pages["/robots.txt"] = b"User-agent: zhoubao\nDisallow: /feed\n"
    origin.pages["/feed"] = (RSS % ((origin.url,) * 3)).encode()
    assert "robots.txt" in workspace.fails("sources", "add", origin.url + "/feed", *NOW)
    assert all(path != "/feed" for _, path, _ in origin.requests)
    assert workspace.json("sources", "add", origin.url + "/feed", "--person", "--title", "By hand", *NOW)["kind"] == "person"
    origin.pages["/robots.txt"] = b""
    origin.pages["/rss"] = origin.pages["/feed"]
    assert "'level' must be" in workspace.fails("sources", "add", origin.url + "/rss", "--level", "lunar", "--now", "2023-07-01T00:00:00Z")
    assert "/rss" not in workspace.read("feeds/added.yaml")
