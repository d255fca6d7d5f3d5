#!/usr/bin/env python3
"""The desk: 20,000 items of one week, and every page that an editor opens, signed in: how long it takes and how large it is.

bench_desk.py BUILD/zhoubao"""
import datetime
import http.client
import itertools
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from origin_farm import HAN, WORDS

ITEMS, MORE, SOURCES, TRIES, KILOBYTES, MILLISECONDS = 20_000, 500, 100, 7, 50, 100
PASSWORD = "a password for the bench"
CONFIG = Path(__file__).resolve().parents[2] / "zhoubao.yaml"  # the home newsletter's, with its topics
LEVELS = ("central", "provincial", "sub-provincial", "court", "media", "research")
ADD = ("INSERT INTO item (story, source, url, canonical, title, language, summary, text, published, fetched, number) VALUES (?,?,?,?,?,?,?,?,?,?,?)")


def last_week():
    today = datetime.date.today()
    return today - datetime.timedelta(days=today.weekday() + 7)


class Vocabulary:
    """Made-up words, as unevenly common as those of a language, with the topic's own words among them."""
    def __init__(self, chance, words, alphabet, length, joint):
        made = ["".join(chance.choice(alphabet) for _ in range(chance.randint(*length))) for _ in range(8000)]
        self.words, self.joint, self.chance = words + made, joint, chance
        self.weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(self.words))))

    def text(self, count):
        return self.joint.join(self.chance.choices(self.words, cum_weights=self.weights, k=count))


def rows(monday, seed=5):
    """Items of the week; one in twenty has a document number, one in ten tells of the same as the one before."""
    chance, title, story = random.Random(seed), "", 0
    chinese = Vocabulary(chance, [HAN[i:i + 2] for i in range(0, len(HAN) - 1, 2)], [chr(0x4e00 + n) for n in range(3500)], (2, 3), "")
    english = Vocabulary(chance, WORDS, "abcdefghiklmnoprstuvy", (3, 9), " ")
    start = int(datetime.datetime.combine(monday, datetime.time(), datetime.timezone.utc).timestamp())
    for n in range(ITEMS):
        words = chinese if n // 10 % 2 else english
        title = title if n % 10 == 9 else words.text(9).capitalize()
        text = f"{title}\n\n{words.text(250)}"
        at = start + chance.randrange(7 * 86400)
        number = f"国发〔2017〕{n}号" if n % 20 == 11 else None
        url = f"https://example.org/{n}.html"
        story += n % 10 != 9
        yield (story, f"bench-{n % SOURCES}", url, url, title, "zh" if words is chinese else "en", text[:200], text, at, at, number)


class Desk:
    def __init__(self, program, root, monday):
        self.program, self.root = program, root
        self.week = "%d-W%02d" % monday.isocalendar()[:2]
        self.run("init", root, workspace=False)
        for path in (root / "feeds").iterdir():
            path.unlink()
        (root / "feeds" / "bench.yaml").write_text("".join(
            f"- {{slug: bench-{n}, title: Bench {n}, url: 'https://example.org/{n}/', kind: person, level: {LEVELS[n % 6]}, language: {'zh' if n % 2 else 'en'}}}\n"
            for n in range(SOURCES)))
        (root / "zhoubao.yaml").write_bytes(CONFIG.read_bytes())
        self.run("status")
        with sqlite3.connect(root / "data" / "zhoubao.db") as db:
            items = list(rows(monday))
            db.executemany("INSERT INTO story (id, created) VALUES (?, 0)", [(n + 1,) for n in range(items[-1][0])])
            db.executemany(ADD, items)
            db.execute("INSERT INTO search_todo (item) SELECT id FROM item")
        self.run("search", "credit")  # indexes them
        (root / "data" / "password").write_text(PASSWORD + "\n")
        self.run("editors", "add", "li", "--role", "owner", "--password-file", root / "data" / "password")
        self.process = subprocess.Popen([program, "-C", root, "serve", "--listen", "127.0.0.1:0", "--no-crawl"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.host = re.search(r"http://([\d.:]+)", self.process.stdout.readline()).group(1)
        _, headers, _ = self.ask("POST", "/desk/login", {"name": "li", "password": PASSWORD})
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def run(self, *arguments, workspace=True):
        subprocess.run([self.program, *(["-C", self.root] if workspace else []), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def ask(self, method, path, form=None, **headers):
        """(status, headers, body)"""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        body = urllib.parse.urlencode(form) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def measure(self, what, path):
        """Prints the median of TRIES after the first, and the first; both are under the limit, or it returns False."""
        times = []
        for _ in range(TRIES + 1):
            start = time.monotonic()
            status, _, body = self.ask("GET", path, Cookie=self.cookie)
            times.append((time.monotonic() - start) * 1000)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        kilobytes, usual = len(body) / 1000, statistics.median(times[1:])
        print(f"{what}: {usual:.1f} ms (limit {MILLISECONDS}; the first {times[0]:.0f}), {kilobytes:.1f} kB (limit {KILOBYTES})", flush=True)
        return max(usual, times[0]) <= MILLISECONDS and kilobytes <= KILOBYTES

    def bring(self, count):
        """COUNT more items that no story has yet, as a crawl leaves them before it groups them."""
        more = [(None, *row[1:2], f"https://example.net/{n}", f"https://example.net/{n}", *row[4:]) for n, row in
                enumerate(itertools.islice(rows(last_week(), 7), count))]
        with sqlite3.connect(self.root / "data" / "zhoubao.db") as db:
            db.executemany(ADD, more)

    def ranked(self, what):
        """Waits until the page has everything, and prints how long the desk ranked behind it; the slowest page of that time counts."""
        start, slowest = time.monotonic(), 0
        while True:
            asked = time.monotonic()
            _, _, page = self.ask("GET", f"/desk/queue?week={self.week}", Cookie=self.cookie)
            slowest = max(slowest, (time.monotonic() - asked) * 1000)
            if b"being ranked" not in page and b">0 items in" not in page:
                break
            if time.monotonic() - start > 120:
                raise SystemExit(f"{what}: not ranked after two minutes")
            time.sleep(.05)
        print(f"{what}: all are there after {time.monotonic() - start:.1f} s; the slowest page meanwhile {slowest:.0f} ms (limit {MILLISECONDS})", flush=True)
        return slowest <= MILLISECONDS

    def post(self, path, form):
        _, _, page = self.ask("GET", f"/desk/queue?week={self.week}", Cookie=self.cookie)
        token = re.search(rb'name="csrf" content="([^"]*)"', page).group(1).decode()
        start = time.monotonic()
        status, _, _ = self.ask("POST", path, {**form, "csrf": token, "week": self.week}, Cookie=self.cookie)
        if status != 303:
            raise SystemExit(f"{path}: {status}")
        return (time.monotonic() - start) * 1000


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        monday = last_week()
        desk = Desk(program, Path(folder) / "desk", monday)
        try:
            week = desk.week
            good = [desk.ranked("queue, the desk just started"), desk.measure("queue", f"/desk/queue?week={week}")]
            desk.bring(MORE)
            good += [desk.ranked(f"queue, after {MORE} new items")]
            took = [desk.post("/desk/decide", {"item": n, "action": "pick", "slot": n}) for n in (1, 2, 3)]
            print(f"a decision: {statistics.median(took):.1f} ms (limit {MILLISECONDS})")
            desk.post(f"/desk/issue/{week}/fill", {})
            pages = {
                "queue again": f"/desk/queue?week={week}", "queue, page 30": f"/desk/queue?week={week}&page=30",
                "queue, by level and topic": f"/desk/queue?week={week}&level=court&topic-type=legislation",
                "queue, search in Chinese": f"/desk/queue?week={week}&q=" + urllib.parse.quote("信用"),
                "queue, search in English": f"/desk/queue?week={week}&q=credit+record",
                "item": f"/desk/item/2?week={week}", "issue": f"/desk/issue/{week}", "revisions": f"/desk/issue/{week}/revisions",
                "sources": "/desk/sources", "clip": "/desk/clip", "subscribers": "/desk/subscribers", "people": "/desk/people",
                "posts": "/desk/posts", "new essay": "/desk/posts/new", "documents": "/desk/documents", "members": "/desk/members", "settings": "/desk/settings",
                "audit": "/desk/audit", **{f"preview, {kind}": f"/desk/issue/{week}/preview/{kind}" for kind in ("html", "email", "text", "markdown")}}
            good += [desk.measure(what, path) for what, path in pages.items()]
        finally:
            desk.process.terminate()
            desk.process.wait()
    return 0 if all(good) else 1


sys.exit(main(Path(sys.argv[1]).resolve()))
