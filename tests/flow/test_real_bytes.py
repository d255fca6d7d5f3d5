"""The same road on real bytes: Chinese feeds and documents of the State Council, as their servers send them."""
import datetime
import json
import re
import sqlite3

import pytest

from test_road import parts_of

NOW = ("--now", "2026-01-01T00:00:00Z")


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def bare(text):
    return "".join((text or "").split())


def test_every_title_of_the_chinese_feeds_arrives(workspace, origin, corpora):
    folder = corpora / "chardet"
    feeds = [r for r in rows(folder / "expectations.jsonl") if r["kind"] == "feed" and r["items"] and r["encoding"] in ("GB2312", "Big5")]
    assert len(feeds) > 10
    lines, expected = [], {}
    for number, row in enumerate(feeds):
        data = (folder / row["file"]).read_bytes()
        origin.pages[f"/{number}"] = (200, {"Content-Type": "application/xml"}, data)
        lines.append(f'- {{slug: feed-{number}, title: "{number}", url: "{origin.url}/{number}", kind: feed, full_text: true}}\n')
        text = data.decode("gb18030" if row["encoding"] == "GB2312" else "big5hkscs", "replace")
        titles = re.findall(r"<item[ >].*?<title>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</title>", text, re.S)
        expected[f"feed-{number}"] = {bare(t) for t in titles if t.strip() and "&" not in t and "<" not in t and "\ufffd" not in t}
    workspace.write("feeds/chinese.yaml", "".join(lines))
    workspace.run("crawl", *NOW, check=False)
    db = sqlite3.connect(workspace.root / "data" / "zhoubao.db")
    stored = {bare(title) for title, in db.execute("SELECT title FROM item")}
    wanted = set().union(*expected.values())
    assert len(wanted) > 50
    missing = sorted(wanted - stored)
    assert not missing, f"{len(missing)} of {len(wanted)}: {missing[:5]}"


@pytest.mark.parametrize("code", ["gbk", "utf8"])
def test_documents_of_the_state_council_arrive_whole(workspace, origin, corpora, sink, code):
    folder = corpora / "gov-cn"
    documents = rows(folder / "expectations.jsonl")
    items = []
    for row in documents:
        origin.pages[f"/{row['file']}"] = (200, {"Content-Type": "text/html"}, (folder / code / row["file"]).read_bytes())
        items.append(f'<li><a href="/{row["file"]}">{row["title"]}</a><span>{row["published"]}</span></li>')
    page = f'<html><head><meta charset="{ "gbk" if code == "gbk" else "utf-8"}"></head><body><ul>{"".join(items)}</ul></body></html>'
    origin.pages["/list"] = (200, {"Content-Type": "text/html"}, page.encode("gb18030" if code == "gbk" else "utf-8"))
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\n')
    workspace.write("feeds/gov.yaml", f'- {{slug: gov, title: State Council, url: "{origin.url}/list", kind: list, list: {{item: ul li, link: a/@href, date: span}}, language: zh, level: central}}\n')
    workspace.run("crawl", *NOW)
    newest = max(documents, key=lambda r: r["published"])
    week = week_of(newest["published"])
    titles = {bare(i["title"]): i for s in workspace.json("queue", "--week", week)["stories"] for i in s["items"]}
    assert bare(newest["title"]) in titles
    item = titles[bare(newest["title"])]
    shown = workspace.json("show", item["id"])
    assert bare(shown["number"]) == bare(newest["number"]) and bare(newest["with"][0]) in bare(shown["text"] + shown["title"])
    stored = {bare(t) for t, in sqlite3.connect(workspace.root / "data" / "zhoubao.db").execute("SELECT title FROM item")}
    assert {bare(r["title"]) for r in documents} <= stored

    workspace.run("pick", item["id"], "--slot", 1, "--week", week)
    workspace.run("issue", "new", week)
    workspace.run("issue", "edit", week, "--slot", 1, "--heading", "A document of the State Council", "--paragraph", "What it says.")
    assert bare(newest["title"]) in bare(workspace.run("render", week, "--as", "html").stdout)
    mail = workspace.run("render", week, "--as", "email").stdout
    _, text, html = parts_of(mail.encode())
    assert bare(newest["title"]) in bare(html) and bare(newest["title"]) in bare(text)


def week_of(day):
    year, week, _ = datetime.date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"
