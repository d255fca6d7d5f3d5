"""Essays and the latest developments by mail, beside the weekly issue: each to those who want it, once."""
import email
import email.policy
import re
import sqlite3
import time

import pytest

NOW, LATER, NEXT_DAY = "2017-06-28T04:00:00Z", "2017-06-28T09:00:00Z", "2017-06-29T09:00:00Z"
LATEST, ESSAY = "latest/2017-06-28", "posts/how-lists-work"
ESSAY_FILE = """---
title: How blacklists work
date: 2017-06-27
author: Li Wei
summary: Who is listed, by whom, and how one gets off.
---
The lists began with [the courts](/posts/courts/ "an earlier essay").

## Getting off

By [paying](https://example.org/pay), mostly. ![A form](form.png)
"""


@pytest.fixture
def newsroom(workspace):
    """Four readers, each with other wishes, and three items of the week; mail goes to outbox/."""
    workspace.run("subscribers", "import", workspace.write("data/list.csv", "email\nall@example.net\nweekly@example.net\nessays@example.net\nlatest@example.net\n"))
    wishes(workspace, "all@example.net", 1, 1, 1)
    wishes(workspace, "essays@example.net", 0, 0, 1)
    wishes(workspace, "latest@example.net", 0, 1, 0)
    for n, title in enumerate(["河北省社会信用信息条例征求意见", "Court lists another thousand debtors", "A notice that nobody marks"], 1):
        page = workspace.write(f"data/{n}.html", f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1><p>{title}. '
                               f'It says so at length. Words, more words and still more words of notice number {n}.</p></body></html>')
        workspace.run("clip", page, "--url", f"https://example.org/notice/{n}", "--now", "2017-06-28T01:00:00Z")
    workspace.write(f"issues/{ESSAY}.md", ESSAY_FILE)
    return workspace


def wishes(workspace, address, weekly, latest, essays):
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        db.execute("UPDATE person SET weekly = ?, latest = ?, essays = ? WHERE address = ?", (weekly, latest, essays, address))


def item(workspace, words):
    return workspace.json("search", words)["results"][0]["id"]


def outbox(workspace):
    mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted((workspace.root / "outbox").rglob("*.eml"))]
    return {(mail["To"].addresses[0].addr_spec, mail["Subject"]): mail for mail in mails}


def test_an_essay_goes_once_to_those_who_want_essays(newsroom):
    assert "2 messages" in newsroom.run("send", ESSAY, "--dry-run", "--now", NOW).stdout
    assert "2 sent" in newsroom.run("send", ESSAY, "--now", NOW).stdout
    newsroom.run("send", ESSAY, "--now", LATER)
    mails = outbox(newsroom)
    assert set(mails) == {("all@example.net", "How blacklists work"), ("essays@example.net", "How blacklists work")}
    mail = mails["all@example.net", "How blacklists work"]
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Getting off" in text and "Li Wei" in html and "https://weekly.example.org/posts/how-lists-work/" in text
    assert 'href="https://weekly.example.org/posts/courts/" title="an earlier essay"' in html
    assert re.search(r"^<https://weekly.example.org/unsubscribe/[a-z2-7]+>$", mail["List-Unsubscribe"])
    assert newsroom.json("deliveries", ESSAY)["sent"] == 2


def test_who_unticks_essays_while_one_waits_gets_none(newsroom):
    newsroom.run("send", ESSAY, "--queue", "--now", NOW)
    wishes(newsroom, "all@example.net", 1, 1, 0)
    newsroom.run("send", ESSAY, "--now", NOW)
    assert {to for to, _ in outbox(newsroom)} == {"essays@example.net"}
    found = newsroom.json("deliveries", ESSAY)
    assert (found["sent"], found["suppressed"]) == (1, 1)


def test_the_latest_are_what_was_marked_since_the_last_mail(newsroom):
    assert "nothing new" in newsroom.fails("send", "latest", "--now", NOW)
    newsroom.run("brief", item(newsroom, "debtors"), "--now", NOW)
    newsroom.run("pick", item(newsroom, "河北"), "--slot", 1, "--now", NOW)
    newsroom.run("issue", "edit", "2017-W26", "--slot", 1, "--heading", "Hebei invites comments", "--now", NOW)
    assert "2 sent" in newsroom.run("send", "latest", "--now", LATER).stdout
    mails = outbox(newsroom)
    assert {to for to, _ in mails} == {"all@example.net", "latest@example.net"}
    (subject,) = {subject for _, subject in mails}
    text = mails["latest@example.net", subject].get_body(("plain",)).get_content()
    assert subject == "Test Weekly: latest developments, 28th June 2017"
    assert "Hebei invites comments" in text and "Court lists another thousand debtors" in text and "nobody marks" not in text
    assert "2 developments" in text and "https://weekly.example.org/latest/" in text
    assert newsroom.json("deliveries", LATEST)["sent"] == 2

    assert "nothing new" in newsroom.fails("send", "latest", "--now", NEXT_DAY)
    newsroom.run("undo", "--now", LATER)  # a word taken back and given again is no news
    newsroom.run("pick", item(newsroom, "河北"), "--slot", 1, "--now", LATER)
    newsroom.run("brief", item(newsroom, "nobody"), "--now", NEXT_DAY)
    newsroom.run("send", "latest", "--now", NEXT_DAY)
    second = outbox(newsroom)["latest@example.net", "Test Weekly: latest developments, 29th June 2017"].get_body(("plain",)).get_content()
    assert "nobody marks" in second and "debtors" not in second and "Hebei" not in second and "1 development " in second


def test_editions_that_cannot_be_sent_say_why(newsroom):
    assert "no essay nowhere" in newsroom.fails("send", "posts/nowhere", "--now", NOW)
    newsroom.write(f"issues/{ESSAY}.md", ESSAY_FILE.replace("author:", "tier: gold\nauthor:"))
    assert "gold members alone" in newsroom.fails("send", ESSAY, "--now", NOW)
    for wrong in ("posts/../x", "posts/", "latest/soon", "essay"):
        assert "is no week" in newsroom.fails("send", wrong, "--now", NOW, code=2)


def test_the_weekly_issue_passes_by_who_does_not_want_it(newsroom):
    newsroom.write("issues/weekly/2017-07-03.md", "---\ntitle: Test Weekly – 3rd July 2017\ndate: 2017-07-03\nweek: 2017-W26\nitems:\n  - heading: Hebei invites comments\n"
                   "    url: https://example.org/notice\n    title: 河北省社会信用信息条例\n---\n"
                   "The week of 26th June to 2nd July 2017.\n\n## Hebei invites comments\n\nA paragraph. [read more here](https://example.org/notice)\n")
    newsroom.run("send", "2017-W26", "--now", "2017-07-03T01:00:00Z")
    assert {to for to, _ in outbox(newsroom)} == {"all@example.net", "weekly@example.net"}


@pytest.fixture
def editor(newsroom, serve):
    """The desk, and an act of an editor who is signed in."""
    newsroom.run("editors", "add", "li", "--role", "editor", "--password-file", newsroom.write("data/password", "a password for the tests\n"))
    desk = serve(newsroom)
    cookie = desk.post("/desk/login", {"name": "li", "password": "a password for the tests"})[1]["Set-Cookie"].split(";")[0]

    def act(path, **fields):
        """The page at PATH where there are no FIELDS, else its form sent on from PATH."""
        if not fields:
            status, headers, page = desk.get(path, Cookie=cookie)
            return act(headers["Location"]) if status == 303 else page
        csrf = re.search(r'name="csrf" value="(\w+)"', desk.get("/desk/queue", Cookie=cookie)[2]).group(1)
        return desk.post(path, {"csrf": csrf, **fields}, Cookie=cookie)[0]
    return act


def until(test, seconds=30):
    for _ in range(seconds * 10):
        if test():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def test_the_desk_mails_an_essay(editor, newsroom):
    assert f'href="/desk/mail/{ESSAY}"' in editor("/desk/posts/how-lists-work")
    page = editor(f"/desk/mail/{ESSAY}")
    assert "How blacklists work" in page and "Send to 2 readers" in page and "Who is listed, by whom" in page
    assert editor(f"/desk/mail/{ESSAY}/test", address="me@example.org") == 303
    until(lambda: ("me@example.org", "How blacklists work") in outbox(newsroom))
    assert editor(f"/desk/mail/{ESSAY}/send", version="") == 303
    until(lambda: len(outbox(newsroom)) == 3)
    until(lambda: "<b id=\"send-words\">sent</b>" in editor(f"/desk/mail/{ESSAY}"))
    assert f'href="/desk/mail/{ESSAY}"' in editor("/desk/statistics")
    assert editor("/desk/mail/posts/nowhere/send", version="") == 404


def test_the_desk_mails_the_latest_developments(editor, newsroom):
    assert "There is nothing new" in editor("/desk/mail/latest").replace("there is", "There is")
    newsroom.run("brief", item(newsroom, "debtors"))
    page = editor("/desk/mail/latest")
    assert "Court lists another thousand debtors" in page and "Send to 2 readers" in page
    path = re.search(r'action="(/desk/mail/latest/[0-9-]+)/send"', page).group(1)
    assert editor(path + "/send", version="") == 303
    until(lambda: {to for to, _ in outbox(newsroom)} == {"all@example.net", "latest@example.net"})
    until(lambda: "<b id=\"send-words\">sent</b>" in editor(path))
