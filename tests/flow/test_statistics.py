"""Statistics: sums of the ledger and the list, on the command line and at the desk."""
import re
import sqlite3
from pathlib import Path

import pytest
from smtp_server import Server

WEEK, PASSWORD = "2017-W26", "a password for the tests"
ISSUE = Path(__file__).resolve().parents[1] / "fixtures" / "render" / "2017-07-03.md"


@pytest.fixture
def sink():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def sent(workspace, sink):
    """Ten readers of two weeks, of whom one left; the mail to one is refused, to one put off, and one calls it unwanted."""
    workspace.configure(f'smtp: {{url: "{sink.url}"}}')
    workspace.write("issues/weekly/2017-07-03.md", ISSUE.read_text("utf-8"))
    for now, names in (("2017-06-20T01:00:00Z", range(7)), ("2017-06-27T01:00:00Z", range(7, 10))):
        rows = "".join(f"r{n}@example.com\n" for n in names)
        workspace.run("subscribers", "import", workspace.write("data/list.csv", "email\n" + rows), "--now", now)
    workspace.run("subscribers", "remove", "r0@example.com", "--now", "2017-06-28T01:00:00Z")
    sink.rcpt = {"r1@example.com": "550 5.1.1 nobody of that name", "r2@example.com": "451 4.2.1 later"}
    workspace.run("send", WEEK, "--now", "2017-07-03T01:00:00Z")
    with sqlite3.connect(workspace.root / "data/zhoubao.db") as db:
        delivery, person = db.execute("SELECT id, person FROM delivery WHERE address = 'r3@example.com'").fetchone()
        db.execute("INSERT INTO bounce (at, delivery, person, kind, reason) VALUES (1499050000, ?, ?, 'complaint', 'complaint')", (delivery, person))
    return workspace


def test_sums_of_an_issue_and_of_the_weeks(sent):
    found = sent.json("statistics", "--weeks", 3, "--now", "2017-07-03T02:00:00Z")
    issue, = found["issues"]
    assert {name: issue[name] for name in ("week", "to", "delivered", "waiting", "deferred", "bounced", "complained", "unknown", "joined", "left")} == {
        "week": WEEK, "to": 9, "delivered": 7, "waiting": 1, "deferred": 1, "bounced": 1, "complained": 1, "unknown": 0, "joined": 0, "left": 1}
    assert [(w["week"], w["joined"], w["left"], w["list"]) for w in found["weeks"]] == [
        ("2017-W25", 7, 0, 7), ("2017-W26", 3, 1, 9), ("2017-W27", 0, 1, 8)]  # a dead address leaves the list
    text = sent.run("statistics", "--now", "2017-07-03T02:00:00Z").stdout
    assert re.search(rf"^{WEEK} +9 +7 +1 +1 +1 +1 +0 +0 +1$", text, re.M) and re.search(r"^2017-W26 +3 +1 +9$", text, re.M)
    assert "must be 1 to" in sent.fails("statistics", "--weeks", 0, code=2)


def test_the_desk_draws_them_with_the_numbers_beside(sent, serve):
    sent.run("editors", "add", "wang", "--role", "editor", "--password-file", sent.write("data/password", PASSWORD + "\n"))
    desk = serve(sent)
    cookie = desk.post("/desk/login", {"name": "wang", "password": PASSWORD})[1]["Set-Cookie"].split(";")[0]
    status, _, page = desk.get("/desk/statistics", Cookie=cookie)
    assert status == 200 and page.count("<svg") == 3 and page.count("<title id=") == page.count("<desc id=") == 2
    row = re.search(rf">{WEEK}</a></th>(.*?)<td class=\"bar-cell\">", page, re.S).group(1)
    assert re.findall(r"<td>(\d+)</td>", row) == ["9", "7", "1", "1", "1", "1", "0", "0", "1"]


def figures(workspace):
    return workspace.json("statistics", "--weeks", 3, "--now", "2017-07-09T02:00:00Z")


def test_sums_that_are_kept_follow_what_comes_later_and_can_be_made_anew(sent, sink):
    sink.rcpt = {}
    sent.run("send", WEEK, "--now", "2017-07-03T09:00:00Z")
    before = figures(sent)
    with sqlite3.connect(sent.root / "data/zhoubao.db") as db:
        assert db.execute("SELECT addressed, delivered, bounced, complained FROM mailing_sum").fetchall() == [(9, 8, 1, 1)]
        for address, kind in (("r4@example.com", "hard"), ("r1@example.com", "complaint"), ("r5@example.com", "soft"), ("r6@example.com", "complaint")):
            delivery, person = db.execute("SELECT id, person FROM delivery WHERE address = ?", (address,)).fetchone()
            db.execute("INSERT INTO bounce (at, delivery, person, kind, reason) VALUES (1499050000, ?, ?, ?, 'x')", (delivery, person, kind))
    kept = figures(sent)
    assert before["issues"][0]["delivered"] == 8 and kept["issues"][0]["delivered"] == 7
    assert kept["issues"][0]["bounced"] == 2 and kept["issues"][0]["complained"] == 3
    with sqlite3.connect(sent.root / "data/zhoubao.db") as db:
        db.execute("DELETE FROM mailing_sum")
    assert figures(sent) == kept
    with sqlite3.connect(sent.root / "data/zhoubao.db") as db:
        db.execute("UPDATE delivery SET state = 'held' WHERE address = 'r7@example.com'")
        db.execute("DELETE FROM mailing_sum")
    assert figures(sent)["issues"][0]["unknown"] == 1
    sent.run("deliveries", WEEK, "--release", "--now", "2017-07-04T09:00:00Z")
    issue = figures(sent)["issues"][0]
    assert (issue["unknown"], issue["waiting"]) == (0, 1), "what is sent once more is not kept as settled"


def test_who_joins_again_was_there_before(sent):
    before = figures(sent)["weeks"]
    with sqlite3.connect(sent.root / "data/zhoubao.db") as db:
        db.execute("UPDATE person SET state = 'active', joined = 1499200000, left_at = NULL WHERE address = 'r0@example.com'")
    after = figures(sent)["weeks"]
    assert [(w["joined"], w["left"], w["list"]) for w in after[:2]] == [(w["joined"], w["left"], w["list"]) for w in before[:2]]
    assert (after[2]["joined"], after[2]["list"]) == (before[2]["joined"] + 1, before[2]["list"] + 1)
    stays = sent.json("subscribers", "show", "r0@example.com")["stays"]
    assert [stay["state"] for stay in stays] == ["joined", "left"]


def test_nothing_yet_is_said(workspace):
    assert "Nothing was sent yet" in workspace.run("statistics").stdout


def test_who_left_stays_counted_when_erased_and_who_was_imported_as_gone_never_joined(sent):
    before = sent.json("statistics", "--weeks", 3, "--now", "2017-07-03T02:00:00Z")
    sent.run("subscribers", "erase", "r0@example.com", "--yes", "--now", "2017-07-03T01:30:00Z")
    sent.run("subscribers", "import", sent.write("data/gone.csv", "email,state\ngone@example.com,left\n"), "--now", "2017-07-03T01:30:00Z")
    assert sent.json("statistics", "--weeks", 3, "--now", "2017-07-03T02:00:00Z") == before
