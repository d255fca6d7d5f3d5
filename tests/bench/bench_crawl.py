#!/usr/bin/env python3
"""Crawling: 1,000 feeds of 50 entries, each on a port of its own of a local nginx: fetched, parsed, stored and indexed for search;
the texts of such a flood are read by the crawls after it, whose time stands beside.
Beside it, in the same run, in rounds of which the medians count: the limit (libcurl's multi handle and libxml2's SAX in one thread, nothing
stored); then curl --parallel, sfeed_update and newsboat; then all 304, 200 ms before every answer, and the memory at 1,000 and 4,000 feeds.

bench_crawl.py BUILD/zhoubao [CASE…]   (cases: all304 slow memory; without any, all)"""
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import origin_farm as farm

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("ZB_BENCH_PEERS", Path.home() / ".cache" / "zhoubao-bench")) / "feeds"
COUNT, ENTRIES, AT_ONCE, DELAY, ROUNDS = 1000, 50, 64, 0.2, 5
SOURCE = "- {{slug: bench-{0}, title: Bench {0}, url: \"{1}\", kind: feed, level: media}}\n"
CONFIG = """title: Bench
base_url: https://weekly.example.org
timezone: UTC
sender: {name: Bench, address: bench@example.org}
crawl: {allow_private: [127.0.0.0/8], first_fetch_days: 36500}
"""
NOW, SOON, LATER = "2017-07-01T00:00:00Z", "2017-07-01T03:00:00Z", "2017-07-01T04:00:00Z"
SINCE = f"If-Modified-Since: {farm.MODIFIED}"


def remark(seconds, **others):
    return " (" + ", ".join(f"{seconds / other:.2f} x {name.replace('_', ' ')}" for name, other in others.items() if other) + ")"


def timed(command, **options):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    return time.monotonic() - start


class Workspace:
    def __init__(self, program, root, count):
        self.program, self.root, self.count = program, root, count
        timed([program, "init", root])
        shutil.rmtree(root / "feeds")
        (root / "feeds").mkdir()
        (root / "feeds" / "bench.yaml").write_text("".join(SOURCE.format(n, farm.url(n)) for n in range(count)))
        (root / "zhoubao.yaml").write_text(CONFIG)

    def crawl(self, now, *options):
        """(seconds, the parent's most resident megabytes) of one crawl."""
        start, peak = time.monotonic(), 0
        process = subprocess.Popen([self.program, "-C", self.root, "crawl", *options, "--now", now], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while process.poll() is None:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
                peak = max([peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
            except OSError:
                pass
            time.sleep(0.02)
        if process.returncode != 0:
            raise SystemExit(f"the crawl ended with {process.returncode}")
        return time.monotonic() - start, peak / 1024

    def count_of(self, sql):
        with sqlite3.connect(f"file:{self.root}/data/zhoubao.db?mode=ro", uri=True) as db:
            return db.execute(sql).fetchone()[0]

    def read_texts(self):
        """(seconds, the most resident megabytes) of the crawls that read what the first one left as titles. Nothing is due yet: no
        site is asked."""
        seconds, peak = 0, 0
        while self.count_of("SELECT count(*) FROM unread"):
            took, most = self.crawl(NOW)
            seconds, peak = seconds + took, max(peak, most)
        self.check()
        return seconds, peak

    def check(self):
        """Everything is there, and found."""
        items = self.count_of("SELECT count(*) FROM item")
        waiting = self.count_of("SELECT count(*) FROM search_todo")
        if items != self.count * ENTRIES or waiting:
            raise SystemExit(f"{items} items of {self.count * ENTRIES}, {waiting} not indexed")


def limit(build, urls, *field):
    done = subprocess.run([build / "tests" / "bench" / "limit_crawl", urls, *field], check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.split(", ")[-1].split()[0])


def curl(work, urls, *fields):
    arguments = work / "curl.conf"
    arguments.write_text("".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls))
    return timed(["curl", "--silent", "--parallel", "--parallel-max", str(AT_ONCE), *fields, "--config", arguments])


def sfeed(work, urls):
    rc = work / "sfeedrc"
    feeds = "".join(f'  feed "{n}" "{url}"\n' for n, url in enumerate(urls))
    rc.write_text(f'sfeedpath="{work}/sfeed"\nmaxjobs=8\nfeeds() {{\n{feeds}}}\n')
    return timed(["sfeed_update", rc])


def newsboat(work, urls):
    (work / "newsboat.urls").write_text("".join(url + "\n" for url in urls))
    (work / "newsboat.conf").write_text(f"reload-threads {AT_ONCE}\n")
    return timed(["newsboat", "-u", work / "newsboat.urls", "-C", work / "newsboat.conf", "-c", work / "newsboat.db", "-x", "reload"],
                 env={**os.environ, "HOME": str(work)})


def rounds(program, work, listing):
    """(median seconds of the limit, of ours, the most resident megabytes, the last workspace): a machine that works in turns for others
    runs the limit, a second long, in anything from one to two."""
    least, ours, peaks = [], [], []
    for n in range(ROUNDS):
        least.append(limit(program.parent, listing))
        workspace = Workspace(program, work / f"ours-{n}", COUNT)
        seconds, peak = workspace.crawl(NOW, "--all")
        workspace.check()
        ours.append(seconds)
        peaks.append(peak)
        if n < ROUNDS - 1:
            shutil.rmtree(workspace.root)
    print(f"{COUNT} feeds, all 200: {ROUNDS} rounds: the limit " + ", ".join(f"{s:.3f}" for s in least) + " s, ours "
          + ", ".join(f"{s:.3f}" for s in ours) + " s")
    return statistics.median(least), statistics.median(ours), max(peaks), workspace


def all_200(program, work):
    build, urls = program.parent, [farm.url(n) for n in range(COUNT)]
    listing = work / "urls"
    listing.write_text("\n".join(urls))
    curl(work, urls)  # the files are in the system's cache for everybody
    least, ours, peak, workspace = rounds(program, work, listing)
    parallel = curl(work, urls)
    print(f"{COUNT} feeds, all 200: the limit {least:.3f} s")
    print(f"{COUNT} feeds, all 200: ours {ours:.3f} s{remark(ours, the_limit=least)} (limit 4 x)")
    print(f"{COUNT} feeds, all 200: memory {peak:.1f} MB (limit 80)")
    print(f"{COUNT} feeds, all 200: curl --parallel {parallel:.3f} s{remark(parallel, ours=ours)}", flush=True)
    texts, peak = workspace.read_texts()
    print(f"{COUNT * ENTRIES} texts, read and indexed by the crawls after it: ours {texts:.3f} s{remark(texts, the_limit=least)}, "
          f"memory {peak:.1f} MB", flush=True)
    for name, peer, goal in (("sfeed_update", sfeed, 5), ("newsboat", newsboat, 20)):
        seconds = peer(work, urls)
        print(f"{COUNT} feeds, all 200: {name} {seconds:.3f} s{remark(seconds, ours=ours)} (goal {goal} x)", flush=True)
    return workspace, listing, urls


def all_304(program, work, workspace, listing, urls):
    least, parallel = limit(program.parent, listing, SINCE), curl(work, urls, "--header", SINCE)
    ours, _ = workspace.crawl(SOON, "--all")
    same = workspace.count_of("SELECT count(DISTINCT source) FROM fetch WHERE status = 304")
    if same != COUNT:
        raise SystemExit(f"{same} answers of {COUNT} were 304")
    print(f"{COUNT} feeds, all 304: the limit {least:.3f} s")
    print(f"{COUNT} feeds, all 304: curl --parallel {parallel:.3f} s")
    print(f"{COUNT} feeds, all 304: ours {ours:.3f} s{remark(ours, curl=parallel, the_limit=least)} (limit 3 x curl)", flush=True)


def slow(program, work):
    server = subprocess.Popen([sys.executable, HERE / "origin_farm.py", CACHE, str(COUNT), str(DELAY)], stdout=subprocess.PIPE)
    server.stdout.readline()
    try:
        workspace = Workspace(program, work / "slow", COUNT)
        for words, now, asked in (("first crawl, with robots.txt", NOW, 2), ("later crawl", LATER, 1)):
            if now == LATER:
                workspace.read_texts()
            ours, _ = workspace.crawl(now, "--all")
            ideal = asked * COUNT / AT_ONCE * DELAY
            print(f"{COUNT} feeds, each answer late, {words}: ours {ours:.3f} s{remark(ours, ideal=ideal)} (limit 1.3 x)", flush=True)
        workspace.check()
    finally:
        server.kill()
        server.wait()


def memory(program, work, count):
    workspace = Workspace(program, work / f"of-{count}", count)
    seconds, peak = workspace.crawl(NOW, "--all")
    workspace.check()
    print(f"{count} feeds, all 200: memory {peak:.1f} MB (limit 80; {seconds:.3f} s)", flush=True)


def main():
    program, cases = Path(sys.argv[1]).resolve(), sys.argv[2:]
    wanted = cases or ["all304", "slow", "memory"]
    most = 4 * COUNT if "memory" in wanted else COUNT
    farm.write_feeds(CACHE, most)
    print(f"load {os.getloadavg()[0]:.2f} before, {os.cpu_count()} processors: {json.dumps(wanted)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="zhoubao-bench-") as folder:
        work = Path(folder)
        server = farm.Farm(CACHE, work, most)
        try:
            found = all_200(program, work)
            if "all304" in wanted:
                all_304(program, work, *found)
            if "memory" in wanted:
                memory(program, work, most)
        finally:
            server.close()
        if "slow" in wanted:
            slow(program, work)


main()
