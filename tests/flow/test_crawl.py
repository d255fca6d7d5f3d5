"""The crawler through the binary: what it takes in, what it refuses, and that nothing is lost or doubled."""
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import zlib

import pytest
from conftest import PROGRAM
from hostile import BAD, WORDS, Hostile

NOW = "2017-07-01T00:00:00Z"
LATER = "2017-07-01T23:00:00Z"


def rss(entries, base="https://example.org"):
    """ENTRIES are numbers or (number, date): items whose text is whole, so that no article is fetched for them."""
    items = []
    for entry in entries:
        number, date = entry if isinstance(entry, tuple) else (entry, "Fri, 30 Jun 2017 08:00:00 +0800")
        dated = f"<pubDate>{date}</pubDate>" if date else ""
        text = f"Notice {number} says that every operator keeps a record of credit. " * 20
        items.append(f"<item><title>Notice {number} 信用</title><link>{base}/n/{number}</link>{dated}<description>{text}</description></item>")
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode()


def teaser_rss(numbers, base):
    items = "".join(f"<item><title>Notice {n}</title><link>{base}/a/{n}</link><pubDate>Fri, 30 Jun 2017 08:00:00 GMT</pubDate></item>"
                    for n in numbers)
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def article(number):
    text = f"The measures of article {number} say that every operator shall keep a record of its credit. " * 8
    return (200, {"Content-Type": "text/html; charset=utf-8"},
            f"<html><head><title>Notice {number}</title></head><body><h1>Notice {number}</h1><div><p>{text}</p></div></body></html>".encode())


def conditional(body, etag='"1"'):
    """A page that knows If-None-Match."""
    def page(handler):
        if handler.headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag, "Content-Type": "application/rss+xml"}, body
    return page


def write_sources(workspace, urls, extra=""):
    workspace.write("feeds/test.yaml", "".join(
        f"- slug: {slug}\n  title: {slug}\n  url: {url}\n  kind: feed\n  level: media\n{extra}" for slug, url in urls.items()))


def database(workspace):
    return sqlite3.connect(f"file:{workspace.root}/data/zhoubao.db?mode=ro", uri=True)


def query(workspace, sql):
    with database(workspace) as db:
        return db.execute(sql).fetchall()


def crawl(workspace, *args, now=NOW):
    """One crawl: {slug: its line of JSON}."""
    done = workspace.run("crawl", "--now", now, "--json", *args, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {line["slug"]: line for line in json.loads(done.stdout)["sources"]}


def test_a_feed_comes_in_whole_and_says_so(workspace, origin):
    origin.pages["/feed"] = rss(range(5))
    write_sources(workspace, {"good": f"{origin.url}/feed"})
    done = workspace.run("crawl", "--now", NOW)
    assert "good" in done.stdout and "5 new of 5" in done.stdout
    assert query(workspace, "SELECT count(*), count(DISTINCT canonical), min(text) LIKE '%record of credit%' FROM item") == [(5, 5, 1)]
    evidence = query(workspace, "SELECT DISTINCT i.evidence = d.sha256, d.url FROM item i JOIN document d ON d.sha256 = i.evidence")
    assert evidence == [(1, f"{origin.url}/feed")]


def test_it_says_who_it_is_and_asks_for_leave_first(workspace, origin):
    origin.pages["/feed"] = rss([1])
    write_sources(workspace, {"good": f"{origin.url}/feed"})
    crawl(workspace)
    assert [path for _, path, _ in origin.requests] == ["/robots.txt", "/feed"]
    assert all(h["User-Agent"].startswith("zhoubao/") and "weekly@example.org" in h["User-Agent"] for _, _, h in origin.requests)


def test_a_second_crawl_of_unchanged_sources_moves_headers_only_and_writes_the_log_only(workspace, origin):
    bodies = []
    for i in range(4):
        page = conditional(rss(range(i * 10, i * 10 + 5)))
        origin.pages[f"/feed{i}"] = lambda handler, page=page: bodies.append(answer := page(handler)) or answer
    write_sources(workspace, {f"s{i}": f"{origin.url}/feed{i}" for i in range(4)})
    crawl(workspace)

    def dump():
        with database(workspace) as db:
            tables = [name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'fetch'"
                                                       " AND sql NOT LIKE 'CREATE VIRTUAL%'")]
            return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}

    before, logged = dump(), query(workspace, "SELECT count(*) FROM fetch")[0][0]
    bodies.clear()
    lines = crawl(workspace, now=LATER)
    assert [line["status"] for line in lines.values()] == [304] * 4
    assert [len(body) for _, _, body in bodies] == [0] * 4
    assert dump() == before
    assert query(workspace, "SELECT count(*) FROM fetch")[0][0] == logged + 4


def test_what_is_not_due_is_left_alone_unless_named(workspace, origin):
    origin.pages["/feed"] = conditional(rss([1]))
    write_sources(workspace, {"good": f"{origin.url}/feed"})
    crawl(workspace)
    asked = len(origin.requests)
    assert crawl(workspace, now="2017-07-01T00:05:00Z") == {}
    assert len(origin.requests) == asked
    assert crawl(workspace, "good", now="2017-07-01T00:05:00Z")["good"]["status"] == 304


def test_old_items_are_passed_over_on_the_first_fetch_and_stay_out(workspace, origin):
    workspace.configure()
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("first_fetch_days: 36500", "first_fetch_days: 10"))
    origin.pages["/feed"] = rss([1, (2, "Fri, 30 Jun 2006 08:00:00 GMT"), (3, "Thu, 01 Jun 2017 08:00:00 GMT")])
    write_sources(workspace, {"good": f"{origin.url}/feed"})
    assert crawl(workspace)["good"]["new"] == 1
    origin.pages["/feed"] = rss([1, 4, (2, "Fri, 30 Jun 2006 08:00:00 GMT")])
    assert crawl(workspace, now="2017-07-02T00:00:00Z")["good"]["new"] == 1
    assert [t for t, in query(workspace, "SELECT title FROM item ORDER BY id")] == ["Notice 1 信用", "Notice 4 信用"]


def test_the_same_page_in_two_sources_is_one_item(workspace, origin):
    origin.pages["/a"] = rss([1, 2])
    origin.pages["/b"] = rss([2, 3]).replace(b"/n/2<", b"/n/2?utm_source=rss#top<")
    write_sources(workspace, {"a": f"{origin.url}/a", "b": f"{origin.url}/b"})
    crawl(workspace)
    assert query(workspace, "SELECT count(*) FROM item") == [(3,)]
    assert query(workspace, "SELECT count(*) FROM sighting") == [(1,)]


def test_articles_behind_teasers_are_fetched_newest_first_and_become_the_evidence(workspace, origin):
    origin.pages["/feed"] = teaser_rss(range(4), origin.url)
    for n in range(3):
        origin.pages[f"/a/{n}"] = article(n)
    write_sources(workspace, {"teasers": f"{origin.url}/feed"})
    crawl(workspace)
    rows = query(workspace, "SELECT i.title, i.text, d.url FROM item i JOIN document d ON d.sha256 = i.evidence ORDER BY i.title")
    assert [(title, text is not None and "record of its credit" in text, url) for title, text, url in rows] == [
        ("Notice 0", True, f"{origin.url}/a/0"), ("Notice 1", True, f"{origin.url}/a/1"),
        ("Notice 2", True, f"{origin.url}/a/2"), ("Notice 3", False, f"{origin.url}/feed")]
    assert query(workspace, "SELECT count(*) FROM wanted") == [(0,)]  # the last answers 404: not asked for again


def test_no_more_articles_in_one_crawl_than_the_limit_and_the_rest_in_the_next(workspace, origin):
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("host_gap_ms: 0", "host_gap_ms: 0, articles: 3"))
    origin.pages["/feed"] = conditional(teaser_rss(range(5), origin.url))
    origin.pages.update({f"/a/{n}": article(n) for n in range(5)})
    write_sources(workspace, {"teasers": f"{origin.url}/feed"})
    crawl(workspace)
    assert query(workspace, "SELECT count(*) FROM item WHERE text IS NOT NULL") == [(3,)]
    crawl(workspace, now=LATER)
    assert query(workspace, "SELECT count(*) FROM item WHERE text IS NOT NULL") == [(5,)]


@pytest.mark.parametrize("status, body, state, words", [
    (404, b"", "broken", "404"),
    (500, b"oops", "broken", "500"),
    (200, b"", "broken", ""),
    (200, b"\x89PNG garbage", "broken", ""),
    (410, b"", "retired", "gone for good"),
    (412, b"", "blocked", "needs a person"),
    (200, b"<html><script>var $_ts = {};</script></html>", "blocked", "challenge"),
    (403, b"<title>captcha</title>", "blocked", "captcha"),
])
def test_each_failure_has_its_state_and_words(workspace, origin, status, body, state, words):
    origin.pages["/bad"] = (status, {}, body)
    origin.pages["/feed"] = rss([1])
    write_sources(workspace, {"bad": f"{origin.url}/bad", "good": f"{origin.url}/feed"})
    lines = crawl(workspace)
    assert lines["bad"]["state"] == state and words in lines["bad"]["error"]
    assert lines["good"]["new"] == 1


def test_a_source_that_cannot_be_read_ends_the_crawl_with_one_clear_line(workspace, origin):
    write_sources(workspace, {"bad": f"{origin.url}/bad"})
    line = workspace.fails("crawl", "--now", NOW)
    assert "1 of 1 sources could not be read; bad: it answers 404" in line
    assert "did you mean" in workspace.fails("crawl", "baad") or "baad" in workspace.fails("crawl", "baad")


def test_a_broken_source_is_tried_with_growing_gaps_and_recovers_by_itself(workspace, origin):
    write_sources(workspace, {"weak": f"{origin.url}/feed"})
    assert crawl(workspace, now="2017-07-01T00:00:00Z")["weak"]["state"] == "broken"
    assert crawl(workspace, now="2017-07-01T00:10:00Z") == {}
    assert "weak" in crawl(workspace, now="2017-07-01T00:20:00Z")
    assert crawl(workspace, now="2017-07-01T00:40:00Z") == {}  # the second gap is twice the first
    origin.pages["/feed"] = rss([1])
    line = crawl(workspace, now="2017-07-01T01:20:00Z")["weak"]
    assert (line["state"], line["new"], line["error"]) == ("ok", 1, None)


def test_no_rows_where_rows_are_usual_is_broken_and_not_unchanged_later(workspace, origin):
    origin.pages["/feed"] = conditional(rss(range(20)), '"full"')
    write_sources(workspace, {"list": f"{origin.url}/feed"})
    crawl(workspace)
    origin.pages["/feed"] = conditional(rss([]), '"empty"')
    line = crawl(workspace, now=LATER)["list"]
    assert (line["state"], line["error"]) == ("broken", "0 rows where 20 are usual")
    line = crawl(workspace, "list", now="2017-07-02T12:00:00Z")["list"]
    assert (line["status"], line["state"]) == (200, "broken")
    coverage = workspace.json("coverage", "2017-W26")["sources"][0]
    assert (coverage["state"], coverage["new"], coverage["error"]) == ("broken", 20, "0 rows where 20 are usual")


def test_dates_that_are_missing_all_at_once_are_noticed(workspace, origin):
    origin.pages["/feed"] = rss(range(10))
    write_sources(workspace, {"list": f"{origin.url}/feed"})
    crawl(workspace)
    origin.pages["/feed"] = rss([(n, None) for n in range(1, 11)])
    line = crawl(workspace, now=LATER)["list"]
    assert line["state"] == "broken" and "dates missing" in line["error"] and line["new"] == 1


def test_a_permanent_redirect_is_remembered_and_shown(workspace, origin):
    origin.pages["/old"] = (301, {"Location": "/new"}, b"")
    origin.pages["/new"] = (302, {"Location": "/today"}, b"")
    origin.pages["/today"] = conditional(rss([1]))
    write_sources(workspace, {"moved": f"{origin.url}/old"})
    assert crawl(workspace)["moved"]["moved_to"] == f"{origin.url}/new"
    assert workspace.json("sources", "list")["sources"][0]["moved_to"] == f"{origin.url}/new"
    assert workspace.run("sources", "list").stdout.endswith(f"; moved to {origin.url}/new\n")
    origin.requests.clear()
    assert crawl(workspace, now=LATER)["moved"]["status"] == 304
    assert [path for _, path, _ in origin.requests] == ["/new", "/today"]
    origin.pages["/new"] = (404, {}, b"")
    crawl(workspace, "moved", now="2017-07-02T12:00:00Z")
    origin.pages["/old"] = rss([1, 2])
    assert crawl(workspace, "moved", now="2017-07-03T12:00:00Z")["moved"]["new"] == 1


def test_what_is_gone_is_retired_until_it_is_named(workspace, origin):
    origin.pages["/feed"] = (410, {}, b"")
    write_sources(workspace, {"gone": f"{origin.url}/feed"})
    assert crawl(workspace)["gone"]["state"] == "retired"
    assert crawl(workspace, now="2019-01-01T00:00:00Z") == {}
    later = workspace.json("coverage", "2018-W52")["sources"][0]
    assert (later["state"], later["checked"]) == ("retired", None) and "gone" in later["error"], "an editor is told for as long as it lasts"
    assert workspace.json("coverage", "2016-W26")["sources"][0]["state"] == "new"
    assert workspace.run("sources", "list").stdout.endswith("gone for good\n")
    assert workspace.json("status")["crawl_due"] is False
    origin.pages["/feed"] = rss([1])
    assert crawl(workspace, "gone", now="2019-01-01T00:00:00Z")["gone"]["state"] == "ok"


@pytest.mark.parametrize("value, wait", [("3600", 3600), ("Sat, 01 Jul 2017 01:00:00 GMT", 3600)])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_for_the_whole_host(workspace, origin, status, value, wait):
    origin.pages["/busy"] = lambda handler: (status, {"Retry-After": value}, b"")
    origin.pages["/feed"] = rss([1])
    write_sources(workspace, {"busy": f"{origin.url}/busy", "other": f"{origin.url}/feed"})
    handler_date = {"Date": "Sat, 01 Jul 2017 00:00:00 GMT"}
    origin.server.RequestHandlerClass.date_time_string = lambda *_: handler_date["Date"]
    lines = crawl(workspace)
    assert lines["busy"]["state"] == "broken" and str(status) in lines["busy"]["error"]
    assert "left alone until 2017-07-01T01:00:00Z" in lines["other"]["error"]
    origin.requests.clear()
    crawl(workspace, "other", "busy", now="2017-07-01T00:59:00Z")
    assert origin.requests == []
    assert crawl(workspace, "other", now="2017-07-01T01:00:01Z")["other"]["new"] == 1


def test_retry_after_holds_where_robots_txt_says_it(workspace, origin):
    origin.pages["/robots.txt"] = (503, {"Retry-After": "3600"}, b"")
    origin.pages["/feed"] = rss([1])
    write_sources(workspace, {"busy": f"{origin.url}/feed"})
    assert "left alone until 2017-07-01T01:00:00Z" in crawl(workspace)["busy"]["error"]
    assert [path for _, path, _ in origin.requests] == ["/robots.txt"]
    crawl(workspace, "busy", now="2017-07-01T00:59:00Z")
    assert len(origin.requests) == 1
    origin.pages["/robots.txt"] = (404, {}, b"")
    assert crawl(workspace, now="2017-07-01T01:00:01Z")["busy"]["new"] == 1, "it is asked again by itself"


def test_robots_txt_is_asked_once_a_day_and_obeyed(workspace, origin):
    origin.pages["/robots.txt"] = b"User-agent: zhoubao\nDisallow: /secret\n"
    origin.pages["/secret"] = origin.pages["/feed"] = conditional(rss([1]))
    write_sources(workspace, {"secret": f"{origin.url}/secret", "good": f"{origin.url}/feed"})
    lines = crawl(workspace)
    assert lines["secret"]["state"] == "blocked" and "robots.txt" in lines["secret"]["error"]
    crawl(workspace, now=LATER)
    assert [path for _, path, _ in origin.requests].count("/robots.txt") == 1
    assert "/secret" not in [path for _, path, _ in origin.requests]
    crawl(workspace, now="2017-07-02T03:00:00Z")
    assert [path for _, path, _ in origin.requests].count("/robots.txt") == 2


def test_robots_txt_that_fails_means_no(workspace, origin):
    origin.pages["/robots.txt"] = (503, {}, b"")
    origin.pages["/feed"] = rss([1])
    write_sources(workspace, {"good": f"{origin.url}/feed"})
    line = crawl(workspace)["good"]
    assert line["state"] == "broken" and "robots.txt answers 503, which means no" in line["error"]
    assert "/feed" not in [path for _, path, _ in origin.requests]
    origin.pages["/robots.txt"] = (404, {}, b"")
    assert crawl(workspace, now=LATER)["good"]["new"] == 1


def test_a_source_may_want_a_body_a_referer_and_a_field(workspace, origin):
    fragment = b'<records><record><![CDATA[<li><a href="/art/2017/6/30/a1.html" title="Notice 1">1</a></li>]]></record></records>'
    def page(handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"])) if handler.command == "POST" else None
        wanted = (body, handler.headers["Referer"], handler.headers["X-Column"])
        return (200, {"Content-Type": "text/xml"}, fragment) if wanted == (b"col=1&path=%2F", f"{origin.url}/col", "12") else (403, {}, b"no")
    origin.pages["/data"] = page
    write_sources(workspace, {})
    workspace.write("feeds/test.yaml", f"""- slug: office
  title: Office
  url: {origin.url}/data
  kind: json
  level: provincial
  body: col=1&path=%2F
  referer: {origin.url}/col
  headers: ["X-Column: 12"]
  list: {{fragment: record, item: li, link: a/@href, title: a/@title, link_pattern: '/art/(\\d{{4}})/(\\d{{1,2}})/(\\d{{1,2}})/'}}
""")
    assert crawl(workspace)["office"]["new"] == 1
    assert query(workspace, "SELECT title, date (published, 'unixepoch', '+8 hours') FROM item") == [("Notice 1", "2017-06-30")]


def test_a_proxy_is_asked_for_everything_but_private_addresses(workspace, origin):
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("allow_private: [127.0.0.0/8]", f"proxy: {origin.url}"))
    origin.pages["http://news.example.org/feed"] = rss(range(3))
    write_sources(workspace, {"news": "http://news.example.org/feed", "inside": "http://[::ffff:10.0.0.1]/feed", "cloud": "http://169.254.169.254/feed"})
    lines = crawl(workspace)
    assert lines["news"]["new"] == 3
    assert all(lines[slug]["state"] == "broken" and "allow_private does not name it" in lines[slug]["error"] for slug in ("inside", "cloud")), lines
    assert {path for _, path, _ in origin.requests} == {"http://news.example.org/robots.txt", "http://news.example.org/feed"}


def test_packed_answers_are_unpacked_and_kept_unpacked(workspace, origin):
    body = rss(range(4))
    packers = {"gzip": lambda: gzip.compress(body), "deflate": lambda: zlib.compress(body),
               "zstd": lambda: subprocess.run(["zstd", "-q"], input=body, stdout=subprocess.PIPE, check=True).stdout,
               "br": lambda: subprocess.run(["brotli", "-c"], input=body, stdout=subprocess.PIPE, check=True).stdout}
    names = [name for name in packers if name in ("gzip", "deflate") or shutil.which({"br": "brotli"}.get(name, name))]
    for name in names:
        origin.pages[f"/{name}"] = (200, {"Content-Encoding": name, "Content-Type": "application/rss+xml"}, packers[name]())
    write_sources(workspace, {name: f"{origin.url}/{name}" for name in names})
    assert all(line["rows"] == 4 for line in crawl(workspace).values())
    asked = next(headers["Accept-Encoding"] for _, path, headers in origin.requests if path == "/gzip")
    assert all(name in asked for name in ("gzip", "br", "zstd")), asked
    assert query(workspace, "SELECT sha256, size FROM document") == [(hashlib.sha256(body).hexdigest(), len(body))]


def test_a_redirect_is_asked_for_leave_again(workspace, origin):
    origin.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret\n"
    origin.pages["/feed"] = (302, {"Location": "/secret"}, b"")
    origin.pages["/secret"] = rss([1])
    write_sources(workspace, {"sly": f"{origin.url}/feed"})
    assert "robots.txt" in crawl(workspace)["sly"]["error"]
    assert "/secret" not in [path for _, path, _ in origin.requests]


def test_private_addresses_are_refused_also_behind_a_redirect(workspace, origin):
    origin.pages["/feed"] = (302, {"Location": "http://10.0.0.1/"}, b"")
    origin.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    write_sources(workspace, {"inside": f"{origin.url}/feed", "file": f"{origin.url}/file", "direct": "http://192.168.0.1/"})
    lines = crawl(workspace)
    assert "10.0.0.1 is a private address" in lines["inside"]["error"]
    assert "redirects to 'file:///etc/passwd'" in lines["file"]["error"]
    assert lines["direct"]["error"].startswith("refused: 192.168.0.1 is a private address"), "nobody asked for its robots.txt"


def test_one_connection_and_a_gap_per_host(workspace, origin):
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("host_gap_ms: 0", "host_gap_ms: 300"))
    running, most, times, lock = [0], [0], [], threading.Lock()

    def page(handler):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
            times.append(time.monotonic())
        time.sleep(0.1)
        with lock:
            running[0] -= 1
        return 200, {}, rss([handler.path])

    for i in range(5):
        origin.pages[f"/feed{i}"] = page
    write_sources(workspace, {f"s{i}": f"{origin.url}/feed{i}" for i in range(5)})
    crawl(workspace)
    assert most[0] == 1
    assert min(b - a for a, b in zip(times, times[1:])) >= 0.39  # the answer's 0.1 s and the gap


def test_two_crawls_at_once_are_one_too_many(workspace, origin):
    asked, told = threading.Event(), threading.Event()

    def page(_):
        asked.set()
        told.wait(20)
        return 200, {}, rss([1])
    origin.pages["/feed"] = page
    write_sources(workspace, {"slow": f"{origin.url}/feed"})
    first = subprocess.Popen([PROGRAM, "-C", str(workspace.root), "crawl", "--now", NOW], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert asked.wait(30)
    line = workspace.fails("crawl", "--now", NOW)
    told.set()
    assert "another crawl" in line and first.wait(60) == 0


def family_memory(pid):
    """Resident kilobytes of PID and its children."""
    total = 0
    for process in os.listdir("/proc"):
        if not process.isdigit():
            continue
        try:
            status = dict(line.split(":", 1) for line in open(f"/proc/{process}/status", encoding="utf-8"))
        except OSError:
            continue
        if int(process) == pid or int(status["PPid"]) == pid:
            total += int(status.get("VmRSS", "0 kB").split()[0])
    return total


def test_twenty_good_sources_are_complete_beside_ten_hostile_ones(workspace, tmp_path):
    good = [f"good{i}" for i in range(20)]
    server = Hostile([*BAD, *good], {name: rss(range(i * 100, i * 100 + 20)) for i, name in enumerate(good)}, tmp_path)
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("host_gap_ms: 0", "host_gap_ms: 0, slow_seconds: 4"))
    write_sources(workspace, {name: f"{url}/feed" for name, url in server.urls.items()})
    start, most = time.monotonic(), 0
    process = subprocess.Popen([PROGRAM, "-C", str(workspace.root), "crawl", "--now", NOW, "--json"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while process.poll() is None and time.monotonic() - start < 60:
        most = max(most, family_memory(process.pid))
        time.sleep(0.02)
    seconds = time.monotonic() - start
    lines = {line["slug"]: line for line in json.loads(process.stdout.read())["sources"]}
    server.close()
    assert process.returncode == 1 and seconds < 20, seconds
    limit = 200 * 1024 * (1 if os.environ.get("ZB_SANITIZE", "none") == "none" else 3)  # sanitizers shadow all memory
    assert most < limit, f"{most} kB"
    assert [lines[name]["new"] for name in good] == [20] * 20
    assert query(workspace, "SELECT count(*) FROM item") == [(400,)]
    for name, words in WORDS.items():
        assert lines[name]["state"] == "broken" and words in lines[name]["error"], (name, lines[name])


def test_kill_9_at_fifty_moments_loses_and_doubles_nothing(workspace, origin):
    """Ten sources bring new items every round; half have articles. Each round's first crawl is killed somewhere."""
    chance, rounds, sources = random.Random(7), 50, 10
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("first_fetch_days:", "keep_days: 36500, first_fetch_days:"))
    write_sources(workspace, {f"s{i}": f"{origin.url}/feed{i}" for i in range(sources)})
    expected = set()

    def publish(number):
        for i in range(sources):
            numbers = [i * 1000 + number * 2, i * 1000 + number * 2 + 1]
            expected.update(numbers)
            recent = [i * 1000 + n for n in range(max(0, number * 2 - 6), number * 2 + 2)]
            if i % 2:
                origin.pages[f"/feed{i}"] = teaser_rss(recent, origin.url)
                origin.pages.update({f"/a/{n}": article(n) for n in numbers})
            else:
                origin.pages[f"/feed{i}"] = rss(recent)

    seconds = 0.3
    for number in range(rounds):
        publish(number)
        now = f"{2018 + number // 12}-{number % 12 + 1:02}-01T00:00:00Z"
        process = subprocess.Popen([PROGRAM, "-C", str(workspace.root), "crawl", "--now", now],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        start = time.monotonic()
        workspace.run("crawl", "--all", "--now", now)
        seconds = max(0.1, time.monotonic() - start)
        with database(workspace) as db:
            titles = [title for title, in db.execute("SELECT title FROM item")]
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert sorted(int(title.split()[1]) for title in titles) == sorted(expected), f"round {number}"
    assert query(workspace, "SELECT count(*) FROM item WHERE text IS NULL") == [(0,)]
    assert query(workspace, "SELECT count(*) FROM item i LEFT JOIN document d ON d.sha256 = i.evidence WHERE d.sha256 IS NULL") == [(0,)]


def test_the_texts_of_a_flood_come_in_with_the_next_crawl(workspace, origin):
    """200 sources at once: titles and first lines are found at once, the rest of the texts later, from the evidence."""
    count = 200
    for i in range(count):
        text = f"Notice {i} says that every operator keeps a record of credit. " * 20 + f"The last word is zebra{i}."
        origin.pages[f"/feed{i}"] = (f'<rss version="2.0"><channel><title>T</title><item><title>Notice {i}</title><link>https://example.org/{i}</link>'
                                     f"<pubDate>Fri, 30 Jun 2017 08:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item></channel></rss>").encode()
    write_sources(workspace, {f"s{i}": f"{origin.url}/feed{i}" for i in range(count)})
    assert sum(line["new"] for line in crawl(workspace).values()) == count
    assert query(workspace, "SELECT count(*), count(text), count(summary) FROM item") == [(count, 0, count)]
    assert query(workspace, "SELECT count(*) FROM unread") == [(count,)]
    assert workspace.json("search", "record credit")["total"] == count and workspace.json("search", "zebra7")["total"] == 0
    crawl(workspace, "s7", now=LATER)
    assert query(workspace, "SELECT s.source FROM item s WHERE text IS NOT NULL") == [("s7",)]
    asked = len(origin.requests)
    write_sources(workspace, {f"s{i}": f"{origin.url}/feed{i}" for i in range(1, count)})
    assert not crawl(workspace), "nothing is due"
    assert len(origin.requests) == asked, "the texts are read from the evidence"
    assert query(workspace, "SELECT source FROM item WHERE text IS NULL") == [("s0",)] == query(workspace, "SELECT source FROM unread")
    assert query(workspace, "SELECT count(*) FROM search_todo") == [(0,)]
    assert workspace.json("search", "zebra9")["total"] == 1
