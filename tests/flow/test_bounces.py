"""What comes back: a report is believed where it knows the delivery, counts once, and ends the mail to a dead address."""
import re
import sqlite3
from pathlib import Path

import pytest
from smtp_server import Server

WEEK = "2017-W26"
ISSUE = Path(__file__).resolve().parents[1] / "fixtures" / "render" / "2017-07-03.md"
REPORT = """From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.net.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
{envid}
Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: text/rfc822-headers

Message-ID: <{message_id}>

--b--
"""


def report(to="weekly@example.org", envid="", address="a@example.com", status="5.1.1", words="550 5.1.1 no such user", message_id="x@y.example"):
    return REPORT.format(to=to, envid=envid and f"Original-Envelope-Id: {envid}\n", address=address, status=status, words=words,
                         message_id=message_id)


@pytest.fixture
def server():
    one = Server(extensions=("PIPELINING", "ENHANCEDSTATUSCODES", "DSN", "SIZE 1000000"))
    yield one
    one.close()


@pytest.fixture
def sent(workspace, server):
    """An issue sent to a@ to f@example.com: of each address the return path, ENVID and Message-ID."""
    workspace.configure(f'smtp: {{url: "{server.url}", connections: 1}}')
    workspace.write("issues/weekly/2017-07-03.md", ISSUE.read_text("utf-8"))
    rows = "".join(f"{letter}@example.com\n" for letter in "abcdef")
    workspace.run("subscribers", "import", workspace.write("readers.csv", "email\n" + rows))
    workspace.run("send", WEEK)
    found = {}
    for mail, rcpt, data in server.messages:
        address = re.search(r"<(.*?)>", rcpt).group(1)
        envid = re.search(r"ENVID=(\S+)", mail)
        found[address] = (re.search(r"<(.*?)>", mail).group(1), envid and envid.group(1),
                          re.search(rb"^Message-ID: <(.*?)>", data, re.M).group(1).decode())
    return found


def take(workspace, text, name="mail.eml"):
    """The outcomes of one run of `bounces` over TEXT."""
    return [result["outcome"] for result in workspace.json("bounces", workspace.write(name, text))["results"]]


def state(workspace, address):
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        return db.execute("SELECT state FROM person WHERE address = ?", (address,)).fetchone()[0]


def test_return_path_envid_and_message_id_each_name_a_delivery(workspace, sent):
    assert take(workspace, report(to=sent["a@example.com"][0])) == ["suppressed"]
    assert take(workspace, report(envid=sent["b@example.com"][1], address="b@example.com")) == ["suppressed"]
    assert take(workspace, report(message_id=sent["c@example.com"][2], address="forwarded@example.net")) == ["suppressed"]
    assert [state(workspace, f"{letter}@example.com") for letter in "abcd"] == ["bounced", "bounced", "bounced", "active"]


def test_forged_and_replayed_reports_have_no_effect(workspace, sent):
    path, envid, message_id = sent["a@example.com"]
    forged = re.sub(r"\.[a-z2-7]{16}@", ".aaaaaaaaaaaaaaaa@", path)
    assert forged != path
    guess = envid[:-4] + "aaaa"
    assert take(workspace, report(to=forged, envid=guess, message_id="guess@example.org")) == ["unknown delivery"]
    assert state(workspace, "a@example.com") == "active"
    full = report(to=path, status="5.2.2", words="552 5.2.2 mailbox full")
    assert take(workspace, full) == ["counted"]
    assert [take(workspace, full)[0] for _ in range(6)] == ["known already"] * 6
    assert state(workspace, "a@example.com") == "active"


def test_no_more_mail_goes_to_who_bounced(workspace, server, sent):
    take(workspace, report(to=sent["a@example.com"][0]))
    server.messages.clear()
    text = ISSUE.read_text("utf-8").replace("2017-07-03", "2017-07-10").replace("2017-W26", "2017-W27")
    workspace.write("issues/weekly/2017-07-10.md", text)
    workspace.run("send", "2017-W27")
    assert sorted(re.search(r"<(.*?)>", rcpt).group(1) for _, rcpt, _ in server.messages) == [f"{x}@example.com" for x in "bcdef"]
    line = workspace.fails("subscribers", "add", "a@example.com")
    assert "was found dead" in line


def test_a_refusal_during_smtp_counts_as_a_bounce_does(workspace, server):
    server.rcpt["gone@example.com"] = "550 5.1.1 <gone@example.com>: User unknown"
    server.rcpt["full@example.com"] = "552 5.2.2 mailbox is full"
    workspace.configure(f'smtp: {{url: "{server.url}", connections: 1}}')
    workspace.write("issues/weekly/2017-07-03.md", ISSUE.read_text("utf-8"))
    workspace.run("subscribers", "import", workspace.write("r.csv", "email\ngone@example.com\nfull@example.com\ngood@example.com\n"))
    workspace.run("send", WEEK, check=False)
    assert [state(workspace, f"{x}@example.com") for x in ("gone", "full", "good")] == ["bounced", "active", "active"]
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        assert sorted(db.execute("SELECT kind, reason FROM bounce")) == [("hard", "no-such-user"), ("soft", "mailbox-full")]


def test_a_maildir_an_mbox_and_a_pipe_are_read(workspace, sent):
    box = workspace.root / "box"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    (box / "new" / "1.mail").write_text(report(to=sent["a@example.com"][0]))
    (box / "new" / "2.mail").write_text("Subject: hello\n\nJust a letter.\n")
    counts = workspace.json("bounces", box)["counts"]
    assert (counts["suppressed"], counts["no report"]) == (1, 1)
    assert sorted(p.name for p in (box / "cur").iterdir()) == ["1.mail:2,S", "2.mail:2,S"]
    assert workspace.json("bounces", box)["results"] == []
    mbox = "".join(f"From x Mon Jul  3 01:00:00 2017\n{report(to=sent[f'{letter}@example.com'][0], address=f'{letter}@example.com')}\n"
                   for letter in "bc")
    assert take(workspace, mbox, "mbox") == ["suppressed", "suppressed"]
    with open(workspace.write("pipe", report(to=sent["d@example.com"][0], address="d@example.com"))) as pipe:
        workspace.run("bounces", "-", stdin=pipe)
    assert [state(workspace, f"{x}@example.com") for x in "abcde"] == ["bounced"] * 4 + ["active"]


def test_wrong_input_gets_one_clear_line(workspace, tmp_path):
    assert "no Maildir" in workspace.fails("bounces", tmp_path)
    assert "nothing.eml" in workspace.fails("bounces", "nothing.eml")
    done = workspace.run("bounces", workspace.write("empty", ""))
    assert "this is no mail" in done.stderr


def test_a_complaint_ends_all_mail_to_its_sender(workspace, sent):
    arf = f"""From: fbl@provider.example
To: complaints@example.org
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--b
Content-Type: message/rfc822

Message-ID: <{sent["e@example.com"][2]}>
Subject: Weekly

text
--b--
"""
    assert take(workspace, arf) == ["complaint"]
    assert state(workspace, "e@example.com") == "complained"


def test_erasing_leaves_nothing_and_imports_bring_nobody_back(workspace, sent):
    workspace.run("subscribers", "erase", "f@example.com", "--yes")
    again = workspace.json("subscribers", "import", workspace.write("again.csv", "email\nF@example.com\ng@example.com\n"))
    assert (again["added"], again["refused"]) == (1, 1)
    assert "erased" in again["refusals"][0]["why"]
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        dump = "\n".join(f"{row}" for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
                         if table in ("person", "delivery", "suppression", "request", "bounce")
                         for row in db.execute(f"SELECT * FROM {table}"))
    assert "f@example.com" not in dump
