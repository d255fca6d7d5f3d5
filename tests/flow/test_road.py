"""The main job, end to end: real HTTP in, three picks, a page, a Markdown file and mail that has gone over SMTP."""
import email
import email.policy
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import feedparser
import pytest
from conftest import PROGRAM

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "demo"))
import origin as samples  # noqa: E402

MONDAY = date(2017, 6, 26)
WEEK, ISSUE = "2017-W26", "2017-07-03"
NOW = ("--now", "2017-07-03T01:00:00Z")
PICKS = [("上海市社会信用条例", "Shanghai adopts credit regulations", "Shanghaishi shehui xinyong tiaoli"),
         ("河北省社会信用信息条例（草案）公开征求意见", "Hebei invites comments", "Hebeisheng shehui xinyong xinxi tiaoli"),
         ("第二批社会信用体系建设示范城市申报工作启动", "A second round of model cities", "shifan chengshi shenbao gongzuo")]


@pytest.fixture
def sample_origin():
    with samples.Origin(MONDAY) as server:
        yield server


def crawl_samples(workspace, server, extra=""):
    workspace.configure(extra)
    workspace.write("feeds/sample.yaml", samples.sources_yaml(server.url))
    return workspace.json("crawl", *NOW)


def items_by_title(workspace, week=WEEK):
    stories = workspace.json("queue", "--week", week)["stories"]
    return {item["title"]: item for story in stories for item in story["items"]}


def write_issue(workspace, picks=PICKS, week=WEEK):
    items = items_by_title(workspace, week)
    for slot, (title, _, _) in enumerate(picks, 1):
        workspace.run("pick", items[title]["id"], "--slot", slot, "--week", week)
    workspace.run("issue", "new", week)
    for slot, (_, heading, _) in enumerate(picks, 1):
        workspace.run("issue", "edit", week, "--slot", slot, "--heading", heading, "--paragraph", f"What happened, number {slot}, in *English*.")


def parts_of(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    bodies = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    return mail, bodies["text/plain"], bodies["text/html"]


def test_every_kind_of_source_brings_its_notices(workspace, sample_origin):
    result = crawl_samples(workspace, sample_origin)
    assert result["new"] == 60
    assert {s["slug"]: s["state"] for s in result["sources"]} == {slug: "ok" for slug in samples.SOURCES}
    titles = items_by_title(workspace)
    assert len(titles) >= 59 and all(title in titles for title, _, _ in PICKS)
    notice = titles["关于在一定期限内适当限制特定严重失信人乘坐火车推动社会信用体系建设的意见"]
    shown = workspace.json("show", notice["id"])
    assert "伪造证件购票" in shown["text"] and "网站地图" not in shown["text"]
    assert shown["number"] == "发改财金〔2017〕1190号" and len(shown["evidence"]) == 64


def test_a_second_crawl_brings_nothing_new(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    again = workspace.json("crawl", "--all", "--now", "2017-07-03T03:00:00Z")
    assert again["new"] == 0 and all(s["error"] is None for s in again["sources"])


def test_the_whole_road(workspace, sample_origin, sink):
    crawl_samples(workspace, sample_origin, f'smtp: {{url: "{sink.url}", connections: 2}}\n')
    write_issue(workspace)
    assert workspace.json("issue", "check", WEEK, *NOW)["ok"]
    workspace.run("issue", "publish", WEEK, *NOW)
    markdown = workspace.read(f"issues/weekly/{ISSUE}.md")
    assert "title: Test Weekly – 3rd July 2017" in markdown and "上海市社会信用条例" in markdown

    workspace.run("build", *NOW)
    home, page = workspace.read("public/index.html"), workspace.read(f"public/weekly/{ISSUE}/index.html")
    for title, heading, pinyin in PICKS:
        assert heading in home and heading in page and title in page and pinyin in page
    for feed in ("feed.xml", "rss.xml", "feed.json"):
        assert (workspace.root / "public" / feed).exists()
    parsed = feedparser.parse(str(workspace.root / "public" / "feed.xml"))
    assert not parsed.bozo and parsed.entries[0].title == "Test Weekly – 3rd July 2017"

    workspace.write("people.csv", "email,name,tier,state\nwang@example.org,王小明,gold,active\nsmith@example.org,Anna Smith,,active\nleft@example.org,Gone,,left\n")
    workspace.run("subscribers", "import", workspace.root / "people.csv")
    workspace.run("send", WEEK, *NOW)
    assert sorted(rcpt for _, rcpts, _ in sink.messages for rcpt in rcpts) == ["smith@example.org", "wang@example.org"]
    ids = set()
    for _, _, raw in sink.messages:
        mail, text, html = parts_of(raw)
        ids.add(mail["Message-ID"])
        assert mail["Subject"] == "Test Weekly – 3rd July 2017"
        assert mail["List-Unsubscribe"].startswith("<https://weekly.example.org/") and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        places = [(text.index(heading), html.index(heading)) for _, heading, _ in PICKS]
        assert places == sorted(places)
        for title, _, pinyin in PICKS:
            assert title in html and pinyin in html and title in text.replace("\n", "") and pinyin in " ".join(text.split())
        assert len(raw) < 100_000 and max(map(len, raw.split(b"\r\n"))) <= 998
    assert len(ids) == 2
    counts = workspace.json("deliveries", WEEK)
    assert counts["sent"] == 2 and counts["queued"] == counts["failed"] == counts["uncertain"] == 0
    workspace.run("send", WEEK, *NOW)
    assert len(sink.messages) == 2, "a second run sends nothing"


def test_the_published_issue_says_how_many_sources_were_read(workspace, sample_origin):
    crawl_samples(workspace, sample_origin, 'issue: {coverage_line: true, closing: "Write to us."}\n')
    workspace.write("feeds/more.yaml", "- {slug: lost, title: Lost, url: 'http://127.0.0.1:9/', kind: feed, level: media}\n"
                                       "- {slug: paper, title: Paper, url: 'https://paper.example.org/', kind: person, level: media}\n")
    workspace.run("crawl", "--all", "--now", "2017-07-02T08:00:00Z", check=False)
    write_issue(workspace)
    count = len(samples.SOURCES)
    workspace.run("issue", "publish", WEEK, *NOW)
    line = f"Of {count + 2} sources, {count} were read in the week of 26th June to 2nd July 2017, 1 was not, 1 is read by hand."
    shown = workspace.run("render", WEEK, "--as", "markdown").stdout
    assert "Write to us." in shown and line in " ".join(shown.split())


def test_without_a_server_mail_goes_to_the_outbox(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    write_issue(workspace)
    workspace.run("issue", "publish", WEEK, *NOW)
    workspace.write("people.csv", "email\nreader@example.org\n")
    workspace.run("subscribers", "import", workspace.root / "people.csv")
    workspace.run("send", WEEK, *NOW)
    mails = list((workspace.root / "outbox").glob("**/*.eml"))
    assert len(mails) == 1
    mail, text, _ = parts_of(mails[0].read_bytes())
    assert mail["To"].addresses[0].addr_spec == "reader@example.org" and PICKS[0][1] in text


def test_a_hand_written_issue_is_as_good(workspace, sink):
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\n')
    workspace.write(f"issues/weekly/{ISSUE}.md", """---
title: Test Weekly – 3rd July 2017
date: 2017-07-03
week: 2017-W26
items:
  - heading: Hebei invites comments
    url: https://example.org/notice
    title: 河北省社会信用信息条例
---
The week in one sentence, from 26th June to 2nd July 2017.

## Hebei invites comments

A paragraph by hand. [read more here](https://example.org/notice)
""")
    for form, says in (("html", "A paragraph by hand"), ("markdown", "## Hebei invites comments"), ("text", "河北省社会信用信息条例"), ("email", "MIME-Version: 1.0")):
        assert says in workspace.run("render", WEEK, "--as", form).stdout
    workspace.run("build", *NOW)
    workspace.write("people.csv", "email\nreader@example.org\n")
    workspace.run("subscribers", "import", workspace.root / "people.csv")
    workspace.run("send", WEEK, *NOW)
    assert len(sink.messages) == 1


def test_check_refuses_what_must_not_go_out(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    items = items_by_title(workspace)
    workspace.run("pick", items[PICKS[0][0]]["id"], "--slot", 1, "--week", WEEK)
    workspace.run("issue", "new", WEEK)
    done = workspace.run("issue", "check", WEEK, "--json", "--now", "2017-06-30T00:00:00Z", check=False)
    assert done.returncode == 1
    codes = {problem["code"] for problem in json.loads(done.stdout)["problems"]}
    assert {"slot-empty", "week-not-over"} <= codes
    workspace.fails("issue", "publish", WEEK, *NOW)
    assert not (workspace.root / f"issues/weekly/{ISSUE}.md").exists()


def test_the_draft_is_of_the_week_of_the_picks_and_check_speaks_of_no_empty_link(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    friday = ("--now", "2017-06-30T09:00:00Z")
    items = items_by_title(workspace)
    assert f"of {WEEK}" in workspace.run("pick", items[PICKS[0][0]]["id"], *friday).stdout
    assert f"draft of {WEEK}" in workspace.run("issue", "new", *friday).stdout
    done = workspace.run("issue", "check", *friday, check=False)
    said = done.stdout + done.stderr
    assert "slot 2 is empty" in said and "week-not-over" in said and "null" not in said and "source 2" not in said, said


def test_a_reader_that_has_seen_enough_is_no_error(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    script = 'for i in 1 2 3 4 5; do "$0" -C "$1" search 信用 --limit 1000 "--now=2017-07-03T01:00:00Z" | head -c 1 >/dev/null; done'
    done = subprocess.run(["sh", "-c", script, PROGRAM, workspace.root], stderr=subprocess.PIPE, text=True, check=True)
    assert done.stderr == ""


def test_undo_takes_a_decision_back(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    item = items_by_title(workspace)[PICKS[0][0]]
    workspace.run("reject", item["id"], "--why", "seen before", "--week", WEEK)
    assert workspace.json("show", item["id"])["state"] == "rejected"
    assert "reject" in workspace.run("undo", "--week", WEEK).stdout
    assert workspace.json("show", item["id"])["state"] == "open"


def test_an_unknown_item_is_one_clear_line(workspace, sample_origin):
    crawl_samples(workspace, sample_origin)
    assert "no item 9999" in workspace.fails("pick", 9999, "--week", WEEK)
    assert "no item 9999" in workspace.fails("show", 9999)


def test_bad_sources_have_a_line_each_and_the_good_go_on(workspace, origin):
    good = '<rss version="2.0"><channel><title>Good</title><item><title>It came</title><link>/a</link><pubDate>Tue, 27 Jun 2017 08:00:00 +0800</pubDate></item></channel></rss>'
    origin.pages.update({
        "/good": (200, {"Content-Type": "application/rss+xml"}, good.encode()),
        "/gone": (404, {}, b"no"), "/broken": (500, {}, b"oops"), "/empty": (200, {}, b""),
        "/garbage": (200, {"Content-Type": "text/xml"}, bytes(range(256)) * 20), "/huge": (200, {"Content-Type": "text/xml"}, b"<rss>" + b"x" * (6 << 20)),
    })
    names = ["good", "gone", "broken", "empty", "garbage", "huge"]
    workspace.write("feeds/all.yaml", "".join(f"- {{slug: {n}, title: {n}, url: \"{origin.url}/{n}\", kind: feed}}\n" for n in names))
    done = workspace.run("crawl", "--json", *NOW, check=False)
    states = {s["slug"]: s for s in json.loads(done.stdout)["sources"]}
    assert set(states) == set(names)
    assert states["good"]["error"] is None and states["good"]["new"] == 1
    for name in names[1:]:
        assert states[name]["error"] and "\n" not in states[name]["error"], name
    assert done.returncode == 1 and "It came" in items_by_title(workspace)


def test_an_unknown_source_is_named(workspace):
    assert "no source 'nowhere'" in workspace.fails("crawl", "nowhere")
