#!/usr/bin/env python3
"""The desk at 20,000 items of 40 weeks: every page of it fetched, signed in, each under 50 kB and 100 ms.

Times are the best of five, from the request to the last byte, over a connection of its own each. bench_desk.py BUILD/zhoubao"""
import datetime
import http.client
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCES, ENTRIES, WEEKS, PEOPLE, ESSAYS, DOCUMENTS, TRIES = 160, 125, 40, 5_000, 200, 1_000, 5
NOW = datetime.datetime(2017, 7, 2, 12, tzinfo=datetime.timezone.utc)
WEEK, PASSWORD, MOST_BYTES, MOST_MS = "2017-W26", "a password for the bench", 50_000, 100
SUBJECTS = "信用 失信 黑名单 条例 办法 通知 信息 公示 惩戒 评价 征信 管理 监督 共享 平台 企业 法院 市场 食品 旅游".split()
PLACES = "河北 上海 江苏 浙江 山东 广东 四川 湖北 福建 北京".split()
CONFIG = """title: Bench
base_url: https://weekly.example.org
timezone: Asia/Shanghai
sender: {name: Bench, address: bench@example.org}
crawl: {allow_private: [127.0.0.0/8], first_fetch_days: 36500}
limits: {host_gap_ms: 0, host_connections: 16}
topics: {location: {hebei: [河北], shanghai: [上海]}, type: {legislation: [条例], blacklist: [黑名单]}}
"""


def feed(number):
    """A feed with its share of the items, spread over the weeks."""
    entries = []
    for i in range(number * ENTRIES, (number + 1) * ENTRIES):
        day = NOW - datetime.timedelta(days=i * 37 % (7 * WEEKS), minutes=i % 700)
        words = [SUBJECTS[(i * k + i // 20 + k) % len(SUBJECTS)] for k in (1, 3, 7)]
        title = f"{PLACES[i % 10]}{words[0]}{words[1]}第{i}号{words[2]}"
        text = title + "，".join(SUBJECTS[(i * k + k) % 20] + PLACES[(i + k) % 10] for k in range(30))
        entries.append(f"<item><title>{title}</title><link>https://s{number}.example.org/{i}.html</link>"
                       f"<pubDate>{day:%a, %d %b %Y %H:%M:%S} +0000</pubDate><description>{text}。</description></item>")
    return f"<rss version='2.0'><channel><title>Source {number}</title><link>https://s{number}.example.org/</link>{''.join(entries)}</channel></rss>".encode()


class Feeds(BaseHTTPRequestHandler):
    wbufsize = -1

    def do_GET(self):
        found = re.fullmatch(r"/(\d+)\.xml", self.path)
        body = feed(int(found.group(1))) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def fill(program, root):
    def run(*args, **options):
        subprocess.run([program, "-C", root, *map(str, args)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    subprocess.run([program, "init", root], check=True, stdout=subprocess.DEVNULL)
    for example in (root / "feeds").glob("*.yaml"):
        example.unlink()
    (root / "zhoubao.yaml").write_text(CONFIG, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (root / "feeds/bench.yaml").write_text("".join(f'- {{slug: bench-{n}, title: Source {n}, url: "http://127.0.0.1:{server.server_port}/{n}.xml", kind: feed, level: media}}\n'
                                                   for n in range(SOURCES)))
    run("crawl", "--now", f"{NOW:%Y-%m-%dT%H:%M:%SZ}")
    server.shutdown()
    server.server_close()
    (root / "people.csv").write_text("email,name,tier\n" + "".join(f"reader{n}@example.net,Reader {n},{'gold' if n % 9 == 0 else 'none'}\n" for n in range(PEOPLE)))
    run("subscribers", "import", root / "people.csv")
    for folder, count, head in (("posts", ESSAYS, "date: 2017-06-15\nauthor: Mei Lin\ncategory: Explainers\n"), ("documents", DOCUMENTS, "original: 河北省社会信用信息条例\nsigned: 2017-06-15\n")):
        (root / "issues" / folder).mkdir(parents=True, exist_ok=True)
        for n in range(count):
            (root / "issues" / folder / f"text-{n}.md").write_text(f"---\ntitle: Text number {n}\n{head}---\n" + "A paragraph on lists and rules. " * 60, "utf-8")
    password = root / "data/password"
    password.write_text(PASSWORD + "\n")
    run("editors", "add", "li", "--role", "owner", "--password-file", password)
    run("issue", "new", WEEK)


def ask(host, method, path, body=None, cookie=""):
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request(method, path, urllib.parse.urlencode(body) if body else None,
                           {"Cookie": cookie, **({"Content-Type": "application/x-www-form-urlencoded"} if body else {})})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def measure(host, path, cookie):
    """(milliseconds, bytes) of the best of some tries; the first one is not counted: it opens what a thread keeps."""
    best, size = float("inf"), 0
    for _ in range(TRIES + 1):
        start = time.monotonic()
        status, _, page = ask(host, "GET", path, cookie=cookie)
        took = (time.monotonic() - start) * 1000
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        best, size = min(best, took), len(page)
    return best, size


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "weekly"
        fill(program, root)
        with sqlite3.connect(f"file:{root}/data/zhoubao.db?mode=ro", uri=True) as db:
            items, = db.execute("SELECT count(*) FROM item").fetchone()
            first, = db.execute("SELECT max(id) FROM item").fetchone()
        print(f"The desk with {items:,} items in it, of {SOURCES} sources and {WEEKS} weeks")
        serve = subprocess.Popen([program, "-C", root, "serve", "--no-crawl", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            host = re.search(r"http://([\d.:]+)", serve.stdout.readline()).group(1)
            cookie = ask(host, "POST", "/desk/login", {"name": "li", "password": PASSWORD})[1]["Set-Cookie"].split(";")[0]
            pages = {"queue": f"/desk/queue?week={WEEK}", "queue, page 2": f"/desk/queue?week={WEEK}&page=2", "queue, one facet": f"/desk/queue?week={WEEK}&location=hebei",
                     "queue, search": f"/desk/queue?week={WEEK}&q=" + urllib.parse.quote("黑名单"), "item": f"/desk/item/{first}?week={WEEK}", "issue": f"/desk/issue/{WEEK}",
                     "revisions": f"/desk/issue/{WEEK}/revisions", "sources": f"/desk/sources?week={WEEK}", "clip": "/desk/clip", "posts": "/desk/posts", "essay": "/desk/posts/text-1",
                     "documents": "/desk/documents", "documents, search": "/desk/documents?q=rules", "document": "/desk/documents/text-1", "subscribers": "/desk/subscribers",
                     "subscribers, search": "/desk/subscribers?q=4999", "members": "/desk/members", "people": "/desk/people", "audit": "/desk/audit", "settings": "/desk/settings"}
            over = []
            for name, path in pages.items():
                took, size = measure(host, path, cookie)
                over += [name] if took > MOST_MS or size > MOST_BYTES else []
                print(f"desk, {name}: {took:.1f} ms ({size / 1000:.1f} of {MOST_BYTES // 1000} kB, limit {MOST_MS} ms)", flush=True)
        finally:
            serve.terminate()
            serve.wait(30)
        sys.exit(f"over a limit: {'; '.join(over)}" if over else 0)


main(Path(sys.argv[1]).resolve())
