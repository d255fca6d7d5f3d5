"""Every page that `serve` shows, with something on it: for the tests that look at all of them, and for shots.py."""
import re
import time

from conftest import PASSWORD
from steps import click, fill, one

ISSUE = """---
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
"""
DOCUMENT = """---
title: Hebei Province, Regulation on Social Credit Information
original: 河北省社会信用信息条例
pinyin: Hebeisheng shehui xinyong xinxi tiaoli
number: 冀人发〔2017〕12号
issuer: Standing Committee of the Hebei People's Congress
signed: 2017-06-27
status: draft
summary: The provincial draft of June 2017, in outline.
{tier}topics: {{type: [legislation], location: [hebei]}}
---
The draft has seven chapters.

- **Collection** is limited to a catalogue.

> Nobody is listed without a decision.
"""
POST = "---\ntitle: What is a list? A short guide to red and black\ndate: 2017-06-15\nauthor: Mei Lin\ncategory: Explainers\n---\nA list has an owner, a rule, an effect, and a way off.\n"


def mailed(sink, pattern, to):
    """The path that matches PATTERN in the newest mail to TO."""
    for _ in range(600):
        for _, addresses, raw in reversed(list(sink.messages)):
            found = re.search(pattern, raw.replace(b"=\r\n", b"")) if addresses == [to] else None
            if found:
                return found.group().decode()
        time.sleep(0.1)
    raise AssertionError(f"no mail to {to} has {pattern}")


def furnish(room, sink):
    """Fills ROOM; returns {name: path} of the desk's pages, those of readers, and those of members, with the member's link."""
    space, desk = room.space, room.desk
    for slug, tier in (("hebei-regulation", ""), ("hebei-catalogue", "tier: gold\n")):
        space.write(f"issues/documents/{slug}.md", DOCUMENT.format(tier=tier))
    space.write("issues/documents/broken.md", "---\ntitle: [\n---\n")
    space.write("issues/posts/what-is-a-list.md", POST)
    for name, tier in (("reader", "none"), ("gold", "gold"), ("bronze.with.a.rather.long.name", "bronze")):
        space.run("subscribers", "add", f"{name}@example.org", "--tier", tier)
    space.run("editors", "add", "chen", "--role", "owner", "--password-file", space.root / "data/password")
    items = [story["items"][0]["id"] for story in space.json("queue", "--week", room.week)["stories"]]
    for slot in (1, 2, 3):
        space.run("pick", items[slot], "--slot", slot, "--week", room.week)
    space.run("issue", "new", room.week)
    space.write("issues/weekly/2017-07-03.md", ISSUE)
    space.run("send", "2017-W26", "--now", "2017-07-03T01:00:00Z")
    link = {purpose: mailed(sink, rb"/%s/[a-z2-7]+" % purpose.encode(), "reader@example.org") for purpose in ("unsubscribe", "preferences")}
    assert desk.post("/subscribe", {"email": "new@example.org"})[0] == 200
    assert desk.post("/login", {"email": "gold@example.org"})[0] == 200
    of_desk = {"queue": f"/desk/queue?week={room.week}", "queue-search": f"/desk/queue?week={room.week}&q=%E4%BF%A1%E7%94%A8", "queue-empty": "/desk/queue?week=2001-W01", "ranking": f"/desk/ranking?week={room.week}",
               "item": f"/desk/item/{items[0]}", "issue": f"/desk/issue/{room.week}", "issue-none": "/desk/issue/2001-W01", "revisions": f"/desk/issue/{room.week}/revisions",
               "sources": f"/desk/sources?week={room.week}", "clip": "/desk/clip", "posts": "/desk/posts", "post-new": "/desk/posts/new", "post": "/desk/posts/what-is-a-list",
               "documents": "/desk/documents", "documents-nothing": "/desk/documents?q=nowhere", "document": "/desk/documents/hebei-catalogue", "subscribers": "/desk/subscribers",
               "subscribers-nobody": "/desk/subscribers?q=nobody", "desk-members": "/desk/members", "statistics": "/desk/statistics", "mail-latest": "/desk/mail/latest/2017-07-01", "mail-essay": "/desk/mail/posts/what-is-a-list", "people": "/desk/people", "audit": "/desk/audit", "settings": "/desk/settings", "not-there": "/desk/item/99999"}
    of_readers = {"sign-in": "/desk/login", "subscribe": "/subscribe", "confirm": mailed(sink, rb"/confirm/[a-z2-7]+", "new@example.org"), "confirm-old": "/confirm/aaaa",
                  "unsubscribe": link["unsubscribe"], "preferences": link["preferences"], "login": "/login"}
    of_members = {"members": "/members/", "members-nothing": "/members/?q=nowhere", "member-document": "/members/hebei-catalogue"}
    return of_desk, of_readers, of_members, mailed(sink, rb"/login/[a-z2-7]+", "gold@example.org")


def enter(browser, room, link):
    """Signs BROWSER in at the desk as its owner, and as the member to whom LINK was mailed."""
    browser.get(room.url + "/desk/login")
    fill(browser, "name", "chen")
    fill(browser, "password", PASSWORD)
    click(browser, one(browser, "main button"))
    browser.get(room.url + link)
    click(browser, one(browser, "main button"))
