"""Schedules, and sending from the desk: carried out when due, watched, paused, and right after a crash."""
import datetime
import re
import signal
import time
import zoneinfo

import pytest
from smtp_server import Server

WEEK, DATE, PASSWORD = "2017-W26", "2017-07-03", "a password for the tests"
SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")


@pytest.fixture
def mailboxes():
    server = Server(late=0.02)
    yield server
    server.close()


@pytest.fixture
def newsroom(workspace, mailboxes):
    """A composed issue of a week that is over, ten readers, and an editor."""
    workspace.configure(f'smtp: {{url: "{mailboxes.url}", connections: 2}}\nissue: {{second_approval: true}}\n')
    for slot in (1, 2, 3):
        workspace.run("issue", "edit", WEEK, "--editor", "li", "--slot", slot, "--heading", f"Heading {slot}", "--url", f"https://example.org/{slot}",
                      "--paragraph", f"Words of slot {slot}.")
    workspace.run("editors", "add", "wang", "--role", "editor", "--password-file", workspace.write("data/password", PASSWORD + "\n"))
    return workspace


def add_readers(workspace, count):
    workspace.run("subscribers", "import", workspace.write("data/list.csv", "email\n" + "".join(f"reader{n}@example.net\n" for n in range(count))))


def until(test, seconds=60):
    for _ in range(seconds * 10):
        if test():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def show(workspace):
    return workspace.json("issue", "show", WEEK)


def clock(moment):
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def rfc3339(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Browser:
    """Signed in, without scripts: a form is sent with the token and the version of the page."""

    def __init__(self, desk):
        self.desk = desk
        _, headers, _ = desk.post("/desk/login", {"name": "wang", "password": PASSWORD})
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def page(self, path=""):
        status, _, text = self.desk.get(f"/desk/issue/{WEEK}{path}", Cookie=self.cookie)
        assert status == 200, text
        return text

    def act(self, what, **fields):
        page = self.page()
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("csrf", "version")}
        return self.desk.post(f"/desk/issue/{WEEK}/{what}", {**hidden, **fields}, Cookie=self.cookie)[0]


def test_what_is_scheduled_is_published_and_sent_when_its_time_comes(newsroom, serve, mailboxes):
    add_readers(newsroom, 10)
    newsroom.fails("issue", "schedule", WEEK, clock(now() + datetime.timedelta(hours=1)))
    newsroom.run("issue", "approve", WEEK, "--editor", "wang")
    newsroom.fails("issue", "schedule", WEEK, clock(now() - datetime.timedelta(hours=1)), code=2)
    newsroom.run("issue", "schedule", WEEK, clock(now() + datetime.timedelta(seconds=3)), "--editor", "wang")
    serve(newsroom)
    assert show(newsroom)["state"] == "approved" and not mailboxes.copies
    until(lambda: show(newsroom)["state"] == "sent")
    assert show(newsroom)["scheduled_by"] == "wang"
    assert "Heading 2" in newsroom.read(f"public/weekly/{DATE}/index.html") and "Heading 2" in newsroom.read(f"issues/weekly/{DATE}.md")
    assert sorted(mailboxes.copies) == sorted(f"reader{n}@example.net" for n in range(10)) and all(len(c) == 1 for c in mailboxes.copies.values())


def test_a_schedule_is_told_in_the_newsletters_time(newsroom, serve):
    newsroom.run("issue", "approve", WEEK, "--editor", "wang")
    newsroom.run("issue", "schedule", WEEK, "2017-07-03T08:00", "--now", "2017-07-02T23:00:00Z", "--editor", "wang")
    assert "schedule, Monday 3 July 2017, 08:00" in Browser(serve(newsroom)).page("/revisions")


def test_a_timer_does_what_is_due_without_the_desk(newsroom, mailboxes):
    add_readers(newsroom, 4)
    newsroom.run("issue", "approve", WEEK, "--editor", "wang")
    newsroom.run("issue", "schedule", WEEK, "2017-07-03T08:00", "--editor", "wang", "--now", "2017-07-02T23:00:00Z")
    newsroom.run("send", "--due", "--now", "2017-07-02T23:59:00Z")
    assert show(newsroom)["state"] == "approved" and not mailboxes.copies
    newsroom.run("send", "--due", "--now", "2017-07-03T00:01:00Z")
    assert show(newsroom)["state"] == "sent" and len(mailboxes.copies) == 4
    newsroom.run("send", "--due", "--now", "2017-07-03T00:06:00Z")
    assert all(len(copies) == 1 for copies in mailboxes.copies.values())


def test_what_was_due_long_ago_is_not_sent_and_says_why(newsroom, serve, mailboxes):
    add_readers(newsroom, 4)
    newsroom.run("issue", "approve", WEEK, "--editor", "wang")
    due = now() - datetime.timedelta(hours=20)
    newsroom.run("issue", "schedule", WEEK, clock(due), "--now", rfc3339(due - datetime.timedelta(hours=1)))
    browser = Browser(serve(newsroom))
    until(lambda: show(newsroom)["halted"])
    assert "too long to do it unasked" in show(newsroom)["halted"] and show(newsroom)["state"] == "approved"
    assert "too long to do it unasked" in browser.page() and not mailboxes.copies
    assert not (newsroom.root / f"issues/weekly/{DATE}.md").exists()
    later = (now() + datetime.timedelta(seconds=2)).astimezone(SHANGHAI)
    assert browser.act("schedule", at=later.strftime("%Y-%m-%dT%H:%M:%S")) == 303, "a person may name another time"
    until(lambda: show(newsroom)["state"] == "sent")
    assert len(mailboxes.copies) == 4


def test_an_edit_after_the_schedule_keeps_it_from_going_out(newsroom, mailboxes):
    add_readers(newsroom, 2)
    newsroom.run("issue", "approve", WEEK, "--editor", "wang")
    newsroom.run("issue", "schedule", WEEK, "2017-07-03T08:00", "--now", "2017-07-02T23:00:00Z")
    newsroom.run("issue", "edit", WEEK, "--slot", 1, "--heading", "Another heading", "--editor", "li")
    newsroom.run("send", "--due", "--now", "2017-07-03T00:01:00Z")
    assert "not approved" in show(newsroom)["halted"] and show(newsroom)["state"] == "draft" and not mailboxes.copies


def publish(newsroom, desk):
    browser = Browser(desk)
    assert browser.act("approve") == 303 and browser.act("publish") == 303
    return browser


def test_a_killed_desk_goes_on_where_it_was(newsroom, serve, mailboxes):
    add_readers(newsroom, 150)
    desk = serve(newsroom)
    assert publish(newsroom, desk).act("send") == 303
    until(lambda: len(mailboxes.copies) > 20)
    desk.process.send_signal(signal.SIGKILL)
    desk.process.wait()
    desk.stop = lambda: None
    assert len(mailboxes.copies) < 150, "it was killed in the middle"
    browser = Browser(serve(newsroom))
    until(lambda: show(newsroom)["state"] == "sent")
    assert len(mailboxes.copies) == 150
    assert sum(len(copies) - 1 for copies in mailboxes.copies.values()) <= 2, "twice only what was under way on two connections"
    counts = newsroom.json("deliveries", WEEK)
    assert counts["sent"] + counts["held"] == 150 and counts["queued"] == counts["inflight"] == 0
    assert "sent" in browser.page()


def test_sending_is_watched_paused_and_cancelled_from_the_desk(newsroom, serve, mailboxes):
    add_readers(newsroom, 200)
    desk = serve(newsroom)
    browser = publish(newsroom, desk)

    def progress():
        import json
        return json.loads(desk.get(f"/desk/issue/{WEEK}/progress", Cookie=browser.cookie)[2])["mailing"]

    def count(name):
        return next(c["n"] for c in progress()["counts"] if c["name"] == name)
    assert browser.act("send") == 303
    until(lambda: progress() and count("sent") > 10 and "a second" in progress()["speed"])
    assert progress()["running"] and progress()["total"] == 200
    assert browser.act("pause") == 303
    until(lambda: not progress()["running"])
    assert progress()["words"] == "paused"
    sent = count("sent")
    assert 10 < sent < 200 and count("queued") == 200 - sent and sent == len(mailboxes.copies)
    time.sleep(6)  # longer than the desk's turn: nobody goes on by himself
    assert count("sent") == sent
    assert browser.act("resume") == 303
    until(lambda: count("sent") > sent + 10)
    assert browser.act("cancel") == 303
    until(lambda: not progress()["running"])
    assert progress()["words"] == "cancelled" and count("held") + count("sent") == 200 and count("held") > 0
    assert show(newsroom)["state"] == "published"
    audit = browser.page("/revisions")
    for act in ("wang</b>: send", "wang</b>: pause", "wang</b>: resume", "wang</b>: cancel"):
        assert act in audit


def test_what_was_deferred_goes_when_it_is_due_and_keeps_nobody_waiting(newsroom, serve, mailboxes):
    add_readers(newsroom, 3)
    mailboxes.rcpt["reader1@example.net"] = ["451 4.2.0 later", "250 ok"]
    desk = serve(newsroom)
    browser = publish(newsroom, desk)
    assert browser.act("send") == 303
    until(lambda: len(mailboxes.copies) == 2 and newsroom.json("deliveries", WEEK)["deferred"] == 1)
    until(lambda: "waiting</b>" in browser.page())
    assert "tried again from" in browser.page() and show(newsroom)["state"] == "published"
    newsroom.run("send", "--due", "--now", rfc3339(now() + datetime.timedelta(hours=2)))  # no other sender is in the way
    assert len(mailboxes.copies) == 3 and show(newsroom)["state"] == "sent"


def test_what_is_not_published_cannot_be_corrected(newsroom, serve):
    browser = Browser(serve(newsroom))
    assert browser.act("correct", text="Its words were wrong.") == 404
    assert newsroom.json("issue", "show", WEEK)["state"] == "draft"


def test_an_issue_file_by_hand_is_shown_corrected_and_sent_like_any_other(workspace, serve, mailboxes):
    workspace.configure(f'smtp: {{url: "{mailboxes.url}"}}\n')
    workspace.run("editors", "add", "wang", "--role", "editor", "--password-file", workspace.write("data/password", PASSWORD + "\n"))
    add_readers(workspace, 3)
    workspace.write(f"issues/weekly/{DATE}.md", f"""---
title: By hand – 3rd July 2017
date: {DATE}
items:
  - heading: Written by hand
    url: https://example.org/hand
---
One development of 26th June to 2nd July 2017.

## Written by hand

Its words.
""")
    browser = Browser(serve(workspace))
    assert "Written by hand" in browser.page() and "Its words." in browser.page("/preview/html")
    assert browser.act("correct", text="Its words were wrong.") == 303
    assert "Its words were wrong." in browser.page("/preview/html") and "Its words were wrong." in workspace.read(f"public/weekly/{DATE}/index.html")
    assert browser.act("send") == 303
    until(lambda: len(mailboxes.copies) == 3)
    until(lambda: 'id="send-words">sent<' in browser.page())
