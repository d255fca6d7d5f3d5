"""Clipping by hand, and evidence given back: the same bytes, also as a WARC file."""
import gzip
import hashlib
import json
import re

import pytest

NOW = "2017-06-28T00:00:00Z"
PARAGRAPH = "The measures say that every operator shall keep a record of its credit, and that records are public. " * 6


def page(title="Hebei invites comments", canonical=None):
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{link}</head>'
            f"<body><h1>{title}</h1><article><p>{PARAGRAPH}</p></article></body></html>").encode()


def test_a_clipped_address_becomes_an_item_with_its_evidence(workspace, origin):
    origin.pages["/notice"] = (200, {"Content-Type": "text/html; charset=utf-8"}, page())
    clipped = workspace.json("clip", f"{origin.url}/notice", "--now", NOW)
    item = workspace.json("show", clipped["id"])
    assert clipped["new"] and item["title"] == "Hebei invites comments" and "keep a record" in item["text"]
    assert item["evidence"] == hashlib.sha256(page()).hexdigest() and item["sources"] == ["clip"]
    known = workspace.json("show", clipped["id"], "--evidence")
    assert (known["status"], known["url"], known["size"]) == (200, f"{origin.url}/notice", len(page()))
    assert "Content-Type: text/html" in known["headers"]


def test_evidence_comes_back_byte_for_byte(workspace, origin):
    body = page("河北省社会信用信息条例")
    origin.pages["/notice"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(body))
    item = workspace.json("clip", f"{origin.url}/notice", "--now", NOW)["id"]
    assert workspace.run("show", item, "--evidence").stdout.encode() == body


def test_a_saved_file_says_where_it_is_from_or_must_be_told(workspace, tmp_path):
    saved = tmp_path / "saved.html"
    saved.write_bytes(page(canonical="https://example.org/notice/1"))
    item = workspace.json("clip", saved, "--now", NOW)["id"]
    assert workspace.json("show", item)["url"] == "https://example.org/notice/1"
    saved.write_bytes(page("Another"))
    assert "--url" in workspace.fails("clip", saved)
    item = workspace.json("clip", saved, "--url", "https://example.org/notice/2")["id"]
    assert workspace.json("show", item)["title"] == "Another"


def test_a_page_from_standard_input_goes_to_the_source_of_its_host(workspace, tmp_path):
    workspace.write("feeds/hand.yaml", "- slug: credit-china\n  title: Credit China\n  url: https://www.creditchina.example/\n"
                                       "  kind: person\n  level: central\n")
    saved = tmp_path / "saved.html"
    saved.write_bytes(page())
    with saved.open("rb") as stdin:
        item = workspace.json("clip", "-", "--url", "https://www.creditchina.example/a/1", "--now", NOW, stdin=stdin)["id"]
    assert workspace.json("show", item)["sources"] == ["credit-china"]


def test_plain_words_keep_their_lines(workspace, tmp_path):
    words = tmp_path / "notice.txt"
    words.write_text("关于信用 <试点> 的通知\r\n\r\n各市发展改革委：\n现将 A & B 有关事项通知如下。\n特此通知。\n", encoding="utf-8")
    with words.open("rb") as stdin:
        item = workspace.json("clip", "-", "--url", "https://example.org/words", "--now", NOW, stdin=stdin)["id"]
    shown = workspace.json("show", item)
    assert shown["title"] == "关于信用 <试点> 的通知"
    assert [line for line in shown["text"].split("\n") if line] == ["各市发展改革委：", "现将 A & B 有关事项通知如下。", "特此通知。"]
    assert workspace.run("show", item, "--evidence").stdout.encode() == words.read_bytes()


def test_the_same_page_clipped_and_crawled_is_one_item(workspace, origin):
    origin.pages["/notice"] = origin.pages["/notice?utm_source=mail"] = (200, {"Content-Type": "text/html"}, page())
    origin.pages["/feed"] = (f'<rss version="2.0"><channel><title>T</title><item><title>Hebei</title><link>{origin.url}/notice</link>'
                             "</item></channel></rss>").encode()
    workspace.write("feeds/t.yaml", f"- slug: t\n  title: T\n  url: {origin.url}/feed\n  kind: feed\n  level: media\n")
    first = workspace.json("clip", f"{origin.url}/notice?utm_source=mail", "--now", NOW)
    workspace.run("crawl", "--now", NOW)
    again = workspace.json("clip", f"{origin.url}/notice", "--now", NOW)
    assert (first["new"], again["new"], again["id"]) == (True, False, first["id"])


@pytest.mark.parametrize("status, words", [(404, "404"), (412, "save the page with a browser")])
def test_what_cannot_be_clipped_is_said(workspace, origin, status, words):
    origin.pages["/notice"] = (status, {}, b"no")
    line = workspace.fails("clip", f"{origin.url}/notice")
    assert words in line and f"{origin.url}/notice" in line
    assert "no-such-file" in workspace.fails("clip", "no-such-file.html")


def records(data):
    """An independent, strict reader of WARC: (fields, block) for each record."""
    found = []
    while data:
        head, data = data.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        assert first == "WARC/1.1"
        fields = dict(line.split(": ", 1) for line in lines)
        length = int(fields["Content-Length"])
        block, end, data = data[:length], data[length:length + 4], data[length + 4:]
        assert len(block) == length and end == b"\r\n\r\n"
        found.append((fields, block))
    return found


def test_a_weeks_evidence_is_a_warc_file(workspace, origin, tmp_path):
    packed = gzip.compress(page("河北"))
    origin.pages["/packed"] = (200, {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}, packed)
    workspace.run("clip", f"{origin.url}/packed", "--now", NOW)
    saved = tmp_path / "saved.html"
    saved.write_bytes(page("By hand"))
    workspace.run("clip", saved, "--url", "https://example.org/hand", "--now", NOW)
    output = tmp_path / "week.warc"
    workspace.run("export", "--warc", "2017-W26", "--output", output)
    info, *rest = records(output.read_bytes())
    assert info[0]["WARC-Type"] == "warcinfo" and b"software: zhoubao/" in info[1]
    by_uri = {fields["WARC-Target-URI"]: (fields, block) for fields, block in rest}
    fields, block = by_uri[f"{origin.url}/packed"]
    head, body = block.split(b"\r\n\r\n", 1)
    assert fields["WARC-Type"] == "response" and head.startswith(b"HTTP/1.1 200")
    assert body == page("河北") and b"Content-Encoding" not in head and f"Content-Length: {len(body)}".encode() in head
    assert fields["WARC-Payload-Digest"] == "sha256:" + hashlib.sha256(body).hexdigest()
    assert re.fullmatch(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}>", fields["WARC-Record-ID"])
    fields, block = by_uri["https://example.org/hand"]
    assert fields["WARC-Type"] == "resource" and block == page("By hand")
    assert len({fields["WARC-Record-ID"] for fields, _ in [info, *rest]}) == 3
    assert len(records(workspace.run("export", "--warc", "2017-W27").stdout.encode())) == 1


def test_what_was_picked_or_briefed_is_proved_for_good_and_the_rest_for_a_while(workspace, origin):
    ids = {}
    for name in ("slot", "brief", "passed"):
        origin.pages[f"/{name}"] = page(name)
        ids[name] = workspace.json("clip", f"{origin.url}/{name}", "--now", NOW)["id"]
    workspace.run("pick", ids["slot"], "--slot", "1", "--week", "2017-W26", "--now", NOW)
    workspace.run("brief", ids["brief"], "--week", "2017-W26", "--now", NOW)
    crawl = lambda now: workspace.run("crawl", "--now", now, check=False)
    crawl("2017-09-20T00:00:00Z")
    assert all(workspace.run("show", item, "--evidence").stdout.encode() == page(name) for name, item in ids.items())
    crawl("2019-06-28T00:00:00Z")
    assert all(workspace.run("show", ids[name], "--evidence").stdout.encode() == page(name) for name in ("slot", "brief"))
    assert "evidence" in workspace.fails("show", ids["passed"], "--evidence")
    assert workspace.json("show", ids["passed"])["text"], "the item itself stays"


def test_a_check_asks_the_sources_again_and_says_what_became_of_them(workspace, origin):
    names = ["same", "new", "lost"]
    for name in names:
        origin.pages[f"/{name}"] = page(name).replace(b"operator", name.encode())
        if name == "new":
            origin.pages["/new"] = origin.pages["/new"].replace(b"</article>", "<p>不变的第一句。之前一句。“不变的末句。”</p></article>".encode())
        workspace.run("clip", f"{origin.url}/{name}", "--now", NOW)
    for slot, name in enumerate(names, 1):
        item = next(s["items"][0]["id"] for s in workspace.json("queue", "--week", "2017-W26", "--now", NOW)["stories"]
                    if s["items"][0]["url"].endswith(name))
        workspace.run("pick", str(item), "--slot", str(slot), "--week", "2017-W26", "--now", NOW)
    workspace.run("issue", "new", "2017-W26", "--now", NOW)
    ask = lambda *more: json.loads(workspace.run("issue", "check", "2017-W26", "--json", "--now", NOW, *more, check=False).stdout)
    assert [s["state"] for s in ask()["sources"]] == ["unchanged"] * 3
    origin.pages["/same"] = origin.pages["/same"].replace(b"<body>", b"<body><!-- other bytes, the same text -->").replace(b"</body>", b"</body><!-- x -->") + b"\n"
    origin.pages["/new"] = origin.pages["/new"].replace(b"records are public", b"records are secret").replace("之前一句。".encode(), "之前两句。".encode())
    origin.pages["/lost"] = (410, {}, b"gone")
    found = ask()["sources"]
    assert [s["state"] for s in found] == ["unchanged", "changed", "gone"], found
    assert found[0]["diff"] is None and found[2]["diff"] is None
    lines = found[1]["diff"].splitlines()
    assert any(line.startswith("- ") and "public" in line for line in lines) and any(line.startswith("+ ") and "secret" in line for line in lines)
    assert "- 之前一句。" in lines and "+ 之前两句。" in lines and "不变" not in found[1]["diff"], "by sentences: a Chinese paragraph may be a page long"
    asked = len(origin.requests)
    found = {p["code"]: p["slot"] for p in ask("--links")["problems"] if p["code"].startswith("link-")}
    assert found == {"link-dead": 3, "link-changed": 2}, "other bytes of the same text are no other page"
    assert sorted(path for _, path, _ in origin.requests[asked:]) == ["/lost", "/new", "/same"], "each page is asked for once"
    origin.close()
    assert [s["state"] for s in ask()["sources"]] == ["unknown"] * 3
    assert "sources" not in ask("--offline")
    assert "slot" in ask()["problems"][0], "what is missing is said beside it"
