"""The list on the command line: whose address is taken and why not, segments, suppressed domains, all that is kept on one person."""
import os
import pty
import re
import subprocess

from conftest import PROGRAM, Workspace
from test_delivery import WEEK, counts, prepare, server  # noqa: F401 (a fixture)


def recipients(sink):
    return sorted(re.search("<(.*)>", rcpt).group(1) for _, rcpt, _ in sink.messages)


def test_every_refused_row_says_why_and_a_foreign_domain_goes_out_as_a_labels(workspace, server):  # noqa: F811
    rows = ["email,name",
            "li@例子.example,李",
            "Anna@BÜCHER.example,Anna",
            "用户@example.com,User",
            '"<x@example.com>",X',
            'lines@example.com,"张三\r\nBcc: y@example.com"',
            '"two@example.com\r\nBcc: y@example.com",Two',
            "nul@example.com,N\0N",
            f"{'l' * 65}@example.com,Long",
            f"a@{'.'.join(['d' * 60] * 5)}.example,Longer"]
    table = workspace.root / "readers.csv"
    table.write_bytes("\r\n".join(rows).encode() + b"\r\n")
    result = workspace.json("subscribers", "import", table)
    why = [row["why"] for row in result["refusals"]]
    assert (result["added"], result["refused"]) == (2, 7), result
    for words, reason in zip(("SMTPUTF8", "< or >", "line break", "line break", "control character", "64 octets", "cannot be one"), why):
        assert words in reason and "\n" not in reason and "\r" not in reason, (words, reason)
    sink = server()
    prepare(workspace, sink.url, [])
    workspace.run("send", WEEK)
    assert recipients(sink) == ["Anna@xn--bcher-kva.example", "li@xn--fsqu00a.example"]


def test_a_list_moves_to_another_workspace_with_every_wish(workspace, tmp_path):
    table = workspace.write("readers.csv", "email,name,format,weekly,latest,essays\nanna@example.org,Anna,text,no,yes,yes\nbo@example.org,,,,,\n")
    workspace.run("subscribers", "import", table)
    exported = workspace.run("subscribers", "export").stdout
    assert "anna@example.org,Anna,none,active,,text,no,yes,yes,import," in exported
    for who in ("anna@example.org", "bo@example.org"):
        workspace.run("subscribers", "erase", who, "--yes")
    subprocess.run([PROGRAM, "init", tmp_path / "other"], check=True, stdout=subprocess.DEVNULL)
    other = Workspace(tmp_path / "other")
    assert other.json("subscribers", "import", other.write("list.csv", exported))["added"] == 2
    assert other.run("subscribers", "export").stdout == exported
    assert workspace.json("subscribers", "import", workspace.write("list.csv", exported))["refused"] == 2


def test_bytes_that_are_no_text_are_named_by_file_line_and_cause(workspace):
    table = workspace.root / "readers.csv"
    table.write_bytes("email,name\nwang@example.org,王芳\nli@example.org,李四\n".encode() + b"muller@example.org,M\xfcller\n")
    said = workspace.run("subscribers", "import", table).stderr
    assert f"{table}: line 4: muller@example.org: cell 2 holds bytes that are no text in UTF-8" in said
    assert {row["email"] for row in workspace.json("subscribers", "list")["subscribers"]} == {"wang@example.org", "li@example.org"}


def test_the_list_is_cut_by_tier_language_state_and_date(workspace):
    early = workspace.write("early.csv", "email,tier,language\nold@example.org,gold,en\nalt@example.org,silver,zh\n")
    late = workspace.write("late.csv", "email,tier,language,state\nnew@example.org,gold,zh,active\ngone@example.org,gold,zh,left\n")
    workspace.run("subscribers", "import", early, "--now", "2017-06-01T00:00:00Z")
    workspace.run("subscribers", "import", late, "--now", "2017-07-01T00:00:00Z")

    def names(*options):
        found = {row["email"].split("@")[0] for row in workspace.json("subscribers", "list", *options)["subscribers"]}
        exported = workspace.run("subscribers", "export", *options).stdout.splitlines()[1:]
        assert {line.split("@")[0] for line in exported} == found, options
        return found

    assert names() == {"old", "alt", "new", "gone"}
    assert names("--tier", "gold") == {"old", "new", "gone"}
    assert names("--tier", "gold", "--state", "active", "--language", "zh") == {"new"}
    assert names("--since", "2017-06-15") == {"new", "gone"} and names("--until", "2017-06-15") == {"old", "alt"}
    assert names("--search", "ALT") == {"alt"}
    assert "no tier 'platinum'" in workspace.fails("subscribers", "list", "--tier", "platinum", code=2)
    assert "not a date" in workspace.fails("subscribers", "list", "--since", "spring", code=2)


def test_a_suppressed_domain_gets_nothing_even_where_it_was_queued(workspace, server):  # noqa: F811
    sink = server()
    prepare(workspace, sink.url, ["a@example.com", "b@blocked.example", "c@sub.blocked.example"])
    workspace.run("send", WEEK, "--queue")
    workspace.run("subscribers", "suppress", "BLOCKED.example", "--why", "they asked")
    workspace.run("send", WEEK)
    assert "b@blocked.example" not in recipients(sink) and "a@example.com" in recipients(sink)
    assert counts(workspace)["suppressed"] >= 1
    assert "blocked.example" in workspace.fails("subscribers", "add", "d@blocked.example")
    workspace.run("subscribers", "release", "blocked.example")
    workspace.run("subscribers", "add", "d@blocked.example")


def test_all_that_is_kept_on_a_person_is_shown_until_it_is_erased(workspace, server):  # noqa: F811
    sink = server()
    sink.rcpt = {"anna@example.com": "552 5.2.2 mailbox full"}
    prepare(workspace, sink.url, ["anna@example.com"])
    workspace.run("send", WEEK, check=False)
    kept = workspace.json("subscribers", "show", "anna@example.com")
    assert (kept["email"], kept["name"], kept["state"], kept["origin"]) == ("anna@example.com", "Reader", "active", "import")
    assert [row["state"] for row in kept["deliveries"]] == ["failed"] and len(kept["bounces"]) == 1
    assert "--yes" in workspace.fails("subscribers", "erase", "anna@example.com")
    workspace.run("subscribers", "erase", "anna@example.com", "--yes")
    workspace.fails("subscribers", "show", "anna@example.com")
    held = b"".join(path.read_bytes() for path in (workspace.root / "data").glob("zhoubao.db*"))
    assert b"anna@example.com" not in held, "nor in what SQLite has not yet overwritten"


def test_a_terminal_sees_how_far_it_is_and_how_long_it_takes(workspace, server):  # noqa: F811
    sink = server(late=0.2)
    prepare(workspace, sink.url, 40, connections=2)
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, "-C", workspace.root, "send", WEEK], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # Linux says so where the last writer has closed
        pass
    os.close(ours)
    assert process.wait(60) == 0 and sink.accepted == 40
    assert re.search(rb"\[#*\.+\] \d+/40 \d+ sent, \d+/s, about \d+ s left", seen), seen[-500:]
