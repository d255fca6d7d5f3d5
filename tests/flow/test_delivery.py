"""Everyone gets it once: crashes, broken servers, second senders, full disks, copies."""
import datetime
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from conftest import PROGRAM
from smtp_server import Server

FAULTY = os.path.abspath(os.environ.get("ZB_PROGRAM_FAULT", "build/tests/flow/zhoubao-fault"))
WEEK = "2017-W26"
ISSUE = Path(__file__).resolve().parents[1] / "fixtures" / "render" / "2017-07-03.md"
STATES = ("queued", "inflight", "sent", "deferred", "failed", "uncertain", "held", "suppressed")


@pytest.fixture
def server():
    made = []

    def make(**options):
        made.append(Server(**options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def prepare(workspace, url, readers, connections=4, smtp=""):
    """A published issue and its readers, p1@example.com, …, or the addresses given."""
    workspace.configure(f'smtp: {{url: "{url}", connections: {connections}{smtp}}}' if url else "")
    workspace.write("issues/weekly/2017-07-03.md", ISSUE.read_text("utf-8"))
    addresses = [f"p{i}@example.com" for i in range(1, readers + 1)] if isinstance(readers, int) else readers
    rows = "".join(f"{address},Reader\n" for address in addresses)
    workspace.run("subscribers", "import", workspace.write("readers.csv", "email,name\n" + rows))
    return addresses


def counts(workspace):
    return {name: number for name, number in workspace.json("deliveries", WEEK).items() if name in STATES and number}


def database(workspace):
    return sqlite3.connect(workspace.root / "data" / "zhoubao.db")


def start(workspace, program=PROGRAM):
    return subprocess.Popen([program, "-C", workspace.root, "send", WEEK, "-q"], stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def kill_at_random(workspace, server, program, kills, most, seed):
    """Kills the sender's process group again and again, each time after 1 to MOST further messages and a moment more.
    Returns how many messages the ledger had on their way at each kill."""
    rng, under_way = random.Random(seed), []
    for _ in range(kills):
        process, goal = start(workspace, program), server.accepted + rng.randint(1, most)
        deadline = time.monotonic() + 20
        while server.accepted < goal and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(rng.random() * 0.03)
        assert process.poll() is None, process.stderr.read().decode()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()
        with database(workspace) as db:
            under_way.append(db.execute("SELECT count(*) FROM delivery WHERE state = 'inflight'").fetchone()[0])
    return under_way


def test_sixty_kills_lose_nobody(workspace, server):
    sink = server(late=0.03, keep=False)
    addresses = prepare(workspace, sink.url, 5000)
    under_way = kill_at_random(workspace, sink, PROGRAM, kills=60, most=75, seed=1)
    left = workspace.json("deliveries", WEEK)
    assert left["queued"] > 0 and max(under_way) <= 4, (left, under_way)
    workspace.run("send", WEEK, timeout=120)
    assert set(sink.copies) == set(addresses)
    extra = [len(copies) - 1 for copies in sink.copies.values()]
    assert sum(extra) <= sum(under_way) and max(extra) <= 1, (sum(extra), sum(under_way), max(extra))
    for address, copies in sink.copies.items():
        assert copies[0][0] and len(set(copies)) == 1, f"{address}: a second copy differs"
    assert counts(workspace) == {"sent": 5000}
    accepted = sink.accepted
    workspace.run("send", WEEK)
    assert sink.accepted == accepted
    with database(workspace) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_kill_test_finds_commits_in_the_wrong_order(workspace, server):
    """The same test with a program that writes "sent" before the end mark: people are lost, and it shows."""
    if not os.path.exists(FAULTY):
        pytest.skip("built without the option ledger_fault")
    sink = server(late=0.03, keep=False)
    addresses = prepare(workspace, sink.url, 600)
    kill_at_random(workspace, sink, FAULTY, kills=12, most=30, seed=2)
    workspace.run("send", WEEK, timeout=120)
    assert set(addresses) - set(sink.copies), "nobody was lost, so the kill test would not notice"


def test_a_connection_dropped_after_the_dot_gives_two_copies_at_most(workspace, server):
    sink = server()
    addresses = prepare(workspace, sink.url, 40)
    sink.end = {"p3@example.com": ["drop"], "p7@example.com": "drop"}
    workspace.run("send", WEEK)
    assert {a: len(sink.copies[a]) for a in addresses} == {a: 2 if a in sink.end else 1 for a in addresses}
    assert len(set(sink.copies["p7@example.com"])) == 1
    assert counts(workspace) == {"sent": 39, "held": 1}  # the second drop needs a person
    last = [rcpt for _, rcpt, _ in sink.messages][-2:]
    assert all("p3@" in rcpt or "p7@" in rcpt for rcpt in last), "the uncertain ones go last of all"
    workspace.run("send", WEEK)
    assert len(sink.copies["p7@example.com"]) == 2


def test_refusals_are_kept_with_the_servers_words(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 50)
    sink.rcpt = {"p5@example.com": "550 5.1.1 nobody of that name", "p6@example.com": ["450 4.2.1 try later"]}
    sink.end = {"p7@example.com": "554 5.7.1 looks like spam", "p8@example.com": ["451 4.3.0 disk full"]}
    workspace.run("send", WEEK)
    assert counts(workspace) == {"sent": 46, "deferred": 2, "failed": 2}
    failed = {row["address"]: row for row in workspace.json("deliveries", WEEK, "--state", "failed")}
    assert failed["p5@example.com"]["code"] == 550 and failed["p5@example.com"]["status"] == "5.1.1"
    assert "nobody of that name" in failed["p5@example.com"]["words"]
    assert failed["p7@example.com"]["code"] == 554
    with database(workspace) as db:
        states = dict(db.execute("SELECT address, state FROM person WHERE address IN ('p5@example.com', 'p7@example.com')"))
    assert states == {"p5@example.com": "bounced", "p7@example.com": "active"}, "a dead address is told from a filter"
    workspace.run("send", WEEK)
    assert counts(workspace)["deferred"] == 2, "not before its time"
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 400))
    workspace.run("send", WEEK, "--now", later)
    assert counts(workspace) == {"sent": 48, "failed": 2}
    assert all(len(copies) == 1 for copies in sink.copies.values())


def test_an_unasked_421_costs_no_message(workspace, server):
    sink = server()
    sink.limit = 7
    addresses = prepare(workspace, sink.url, 60)
    workspace.run("send", WEEK)
    assert counts(workspace) == {"sent": 60}
    assert {len(sink.copies[a]) for a in addresses} == {1} and sink.connections >= 60 // 7


def test_a_domain_that_asks_for_patience_is_the_only_one_to_wait(workspace, server):
    sink = server()
    slow, others = [f"s{i}@slow.example" for i in range(30)], [f"p{i}@example.com" for i in range(30)]
    prepare(workspace, sink.url, [a for pair in zip(slow, others) for a in pair], connections=2)
    sink.rcpt = {a: "451 4.7.1 too fast" for a in slow}
    workspace.run("send", WEEK)
    found = counts(workspace)
    assert found["sent"] == 30 and found["deferred"] <= 4 and found["queued"] >= 26, found


def test_a_relay_that_is_down_is_said_and_nothing_is_lost(workspace, server):
    sink = server()
    addresses = prepare(workspace, "smtp://127.0.0.1:9", 20)
    assert "127.0.0.1:9" in workspace.fails("send", WEEK)
    assert counts(workspace) == {"queued": 20}
    sink.banner = "554 5.3.2 not today"
    workspace.configure(f'smtp: {{url: "{sink.url}"}}')
    assert "554 5.3.2 not today" in workspace.fails("send", WEEK)
    sink.banner = "220 sink"
    workspace.run("send", WEEK)
    assert {len(sink.copies[a]) for a in addresses} == {1}


def test_a_second_relay_takes_over(workspace, server):
    sink = server()
    addresses = prepare(workspace, None, 30)
    workspace.configure(f'smtp: {{relays: [{{url: "smtp://127.0.0.1:9"}}, {{url: "{sink.url}"}}]}}')
    workspace.run("send", WEEK)
    assert {len(sink.copies[a]) for a in addresses} == {1}


def test_one_good_relay_among_bad_ones_does_it_all(workspace, server):
    """One is down, one is busy, one gives up after each message, one refuses the login."""
    busy, weary, strict, good = server(), server(), server(), server()
    busy.banner, weary.limit, strict.login = "421 4.3.2 busy", 1, "AUTH PLAIN of somebody else"
    addresses = prepare(workspace, None, 60)
    relays = ["smtp://127.0.0.1:9", busy.url, weary.url, strict.url.replace("//", "//user:wrong@"), good.url]
    workspace.configure("smtp: {relays: [" + ", ".join(f'{{url: "{url}", weight: {n}, connections: 2}}' for n, url in enumerate(relays, 1)) + "]}")
    workspace.run("send", WEEK, timeout=60)
    copies = [len(weary.copies[a]) + len(good.copies[a]) for a in addresses]
    assert set(copies) == {1} and strict.accepted == busy.accepted == 0 and good.accepted > 40, (weary.accepted, good.accepted)


def test_relays_share_by_weight_and_keep_their_rate(workspace, server):
    one, two = server(), server()
    prepare(workspace, None, 400)
    workspace.configure(f'smtp: {{relays: [{{url: "{one.url}", weight: 3}}, {{url: "{two.url}", weight: 1}}]}}')
    workspace.run("send", WEEK)
    assert 250 <= one.accepted <= 350 and one.accepted + two.accepted == 400, (one.accepted, two.accepted)


def test_a_rate_is_kept_across_a_restart(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 25, smtp=", rate: 5")
    began = time.monotonic()
    process = start(workspace)
    time.sleep(1.2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    workspace.run("send", WEEK)
    passed = time.monotonic() - began
    assert passed > 3.4  # 25 messages, 5 at once and 5 a second, are 4 s; a bucket filled again at the restart would be 3
    assert sink.accepted <= 5 + 5 * passed + 4


def test_a_domain_has_a_rate_of_its_own_across_a_restart(workspace, server):
    sink = server()
    slow, others = [f"s{i}@Slow.example" for i in range(9)], [f"p{i}@example.com" for i in range(60)]
    prepare(workspace, sink.url, slow + others)
    workspace.configure(f'smtp: {{url: "{sink.url}", connections: 4}}\ndomain_rates: {{slow.example: 2}}')
    began = time.monotonic()
    process = start(workspace)
    while sink.accepted < 62:  # all others, and the two that go at once
        time.sleep(0.02)
        assert time.monotonic() - began < 60
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    workspace.run("send", WEEK)
    assert time.monotonic() - began > 3.3 and counts(workspace) == {"sent": 69}  # nine at two a second, two at once


def test_a_new_sender_warms_up_day_by_day(workspace, server):
    sink = server()
    addresses = prepare(workspace, sink.url, 100)
    plan = "warmup: {from: 2017-07-03, first: 20, growth: 2, days: 4}"
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\n{plan}')
    trial = workspace.json("send", WEEK, "--dry-run", "--now", "2017-07-03T01:00:00Z")
    assert (trial["messages"], trial["last"]) == (100, "2017-07-05")
    for now, sent in (("2017-07-03T01:00:00Z", 20), ("2017-07-03T15:59:00Z", 20), ("2017-07-03T16:01:00Z", 60), ("2017-07-04T10:00:00Z", 60)):
        done = workspace.run("send", WEEK, "--late", "--now", now)
        assert counts(workspace) == {"sent": sent, "queued": 100 - sent}, now
        assert "warm-up plan" in done.stderr
    status = workspace.json("status", "--now", "2017-07-04T10:00:00Z")
    assert (status["warmup_most"], status["warmup_left"]) == (40, 0)
    workspace.run("send", WEEK, "--late", "--now", "2017-07-04T16:01:00Z")
    assert counts(workspace) == {"sent": 100} and {len(sink.copies[a]) for a in addresses} == {1}
    assert "warmup_most" not in workspace.json("status", "--now", "2017-07-08T00:00:00Z"), "after its days the plan is over"


def test_what_waits_for_the_next_day_of_the_plan_is_not_late(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 30)
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\nwarmup: {{from: 2017-07-03, first: 20, growth: 1}}')
    workspace.run("send", WEEK, "--queue", "--now", "2017-07-03T01:00:00Z")
    with database(workspace) as db:
        db.execute("INSERT INTO sending (issue, asked, asked_by) VALUES (?, 1499043600, 'wang')", (WEEK,))
    for now, sent in (("2017-07-03T01:00:00Z", 20), ("2017-07-03T15:00:00Z", 20), ("2017-07-03T16:00:10Z", 30)):
        workspace.run("send", "--due", "--now", now)
        assert counts(workspace).get("sent") == sent, now


def test_two_senders_at_once_are_one_too_many(workspace, server):
    sink = server(late=0.05)
    addresses = prepare(workspace, sink.url, 200)
    first = start(workspace)
    while sink.accepted < 5:
        time.sleep(0.01)
    assert "another sender" in workspace.fails("send", WEEK)
    assert first.wait(timeout=60) == 0
    assert {len(sink.copies[a]) for a in addresses} == {1}


def test_a_copied_workspace_does_not_send(workspace, server, tmp_path):
    sink = server(late=0.05)
    prepare(workspace, sink.url, 200)
    process = start(workspace)
    while sink.accepted < 20:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.1)  # the server is late
    accepted = sink.accepted
    original, workspace.root = workspace.root, tmp_path / "copy"
    shutil.copytree(original, workspace.root)
    assert "copy" in workspace.fails("send", WEEK)
    assert sink.accepted == accepted
    workspace.root = original
    workspace.run("send", WEEK)


def test_a_restored_backup_does_not_send_again(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 20)
    workspace.run("send", WEEK, "--queue")
    kept = workspace.root / "kept.db"
    with database(workspace) as db:
        db.execute("VACUUM INTO ?", (str(kept),))
    workspace.run("send", WEEK)
    path = workspace.root / "data" / "zhoubao.db"
    for name in ("zhoubao.db-wal", "zhoubao.db-shm"):
        (path.parent / name).unlink(missing_ok=True)
    path.write_bytes(kept.read_bytes())
    workspace.fails("send", WEEK)
    assert sink.accepted == 20


def test_a_full_disk_stops_the_sender_and_loses_nobody(workspace, server, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk, home = tmp_path / "disk", workspace.root / "data"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", disk], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        sink = server()
        addresses = prepare(workspace, sink.url, 3000)
        workspace.run("send", WEEK, "--queue")
        shutil.copytree(home, disk, dirs_exist_ok=True)
        shutil.rmtree(home)
        home.symlink_to(disk)
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"x" * (free - 200 * 1024))
        line = workspace.fails("send", WEEK)
        assert "full" in line or "disk" in line, line
        assert 0 < sink.accepted < 3000
        (disk / "ballast").unlink()
        workspace.run("send", WEEK)
        assert set(sink.copies) == set(addresses)
        extra = sum(len(copies) - 1 for copies in sink.copies.values())
        assert extra <= 4 and counts(workspace) == {"sent": 3000}, extra
    finally:
        home.unlink()
        subprocess.run(["umount", disk], check=True)


def test_pausing_and_cancelling_reach_a_sender_at_work(workspace, server):
    sink = server(late=0.05)
    prepare(workspace, sink.url, 400)
    process = start(workspace)
    while sink.accepted < 20:
        time.sleep(0.01)
    workspace.run("send", WEEK, "--pause")
    assert process.wait(timeout=30) == 0
    paused = sink.accepted
    assert paused < 400 and "paused" in workspace.fails("send", WEEK)
    workspace.run("send", WEEK, "--resume")
    process = start(workspace)
    while sink.accepted < paused + 20:
        time.sleep(0.01)
    workspace.run("send", WEEK, "--cancel")
    assert process.wait(timeout=30) == 0
    found = counts(workspace)
    assert found["held"] > 0 and found["held"] + found["sent"] == 400
    assert "cancelled" in workspace.fails("send", WEEK)


def test_ctrl_c_finishes_what_is_under_way(workspace, server):
    sink = server(late=0.05)
    prepare(workspace, sink.url, 300)
    process = start(workspace)
    while sink.accepted < 20:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    found = counts(workspace)
    assert set(found) == {"queued", "sent"} and found["sent"] == sink.accepted


def test_a_time_is_the_newsletters_own_and_nothing_goes_out_before_it(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 3)
    assert "2017-07-03T08:00" in workspace.fails("send", WEEK, "--at", "tomorrow", code=2)
    workspace.run("send", WEEK, "--at", "2017-07-03T08:00", "--now", "2017-07-01T00:00:00Z")
    assert workspace.json("deliveries", WEEK)["next"] == "2017-07-03T00:00:00Z", "08:00 in Shanghai"
    workspace.run("send", WEEK, "--now", "2017-07-02T23:59:00Z")
    assert not sink.messages and counts(workspace) == {"queued": 3}
    workspace.run("send", WEEK, "--now", "2017-07-03T00:00:00Z")
    assert counts(workspace) == {"sent": 3} and sink.accepted == 3


def test_an_overdue_schedule_does_not_send(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 5)
    workspace.run("send", WEEK, "--at", "2017-07-03T08:00:00", "--now", "2017-07-02T09:00:00Z")
    workspace.run("send", WEEK, "--now", "2017-07-02T23:00:00Z")
    assert sink.accepted == 0, "not before its time"
    assert "too long ago" in workspace.fails("send", WEEK, "--now", "2017-07-05T00:00:00Z")
    workspace.run("send", WEEK, "--now", "2017-07-03T00:00:01Z")  # 08:00:01 in Shanghai
    assert sink.accepted == 5


def test_without_a_relay_each_message_is_a_file(workspace):
    prepare(workspace, None, 25)
    workspace.run("send", WEEK)
    files = list((workspace.root / "outbox").glob("*.eml"))
    assert len(files) == 25 and counts(workspace) == {"sent": 25}
    assert all(b"\r\nMessage-ID: <" in file.read_bytes() for file in files)


def test_a_dry_run_and_a_test_copy_leave_the_list_alone(workspace, server):
    sink = server()
    prepare(workspace, sink.url, 12)
    assert workspace.json("send", WEEK, "--dry-run")["messages"] == 12 and sink.accepted == 0
    workspace.run("send", WEEK, "--test", "editor@example.org")
    assert list(sink.copies) == ["editor@example.org"]
    assert "not queued" in workspace.fails("deliveries", WEEK)
    assert "is not published" in workspace.fails("send", "2017-W27")


def test_after_48_hours_of_4xx_a_delivery_is_given_up_and_nobody_gets_it_twice(workspace, server):
    sink = server()
    prepare(workspace, sink.url, ["stuck@example.com", "grey@example.net", "good@example.org"])
    sink.rcpt["stuck@example.com"] = "451 4.2.2 mailbox is full"
    sink.end["grey@example.net"] = ["451 4.3.0 greylisted", "450 4.2.0 once more", "250 2.0.0 kept"]

    def send(at):
        """What one run asks the server."""
        before = len(sink.commands)
        workspace.run("send", WEEK, "--now", at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return sink.commands[before:]

    at = datetime.datetime(2017, 7, 3, 9, tzinfo=datetime.timezone.utc)
    tries, waiting = [], True
    while waiting:
        assert "RCPT" in send(at), at
        tries.append(at)
        with database(workspace) as db:
            state, due = db.execute("SELECT state, due FROM delivery WHERE address = 'stuck@example.com'").fetchone()
        waiting = state == "deferred"
        at = datetime.datetime.fromtimestamp(due, datetime.timezone.utc)
        assert not waiting or send(at - datetime.timedelta(seconds=60)) == []  # nothing before it is due
    gaps = [(later - earlier).total_seconds() / 60 for earlier, later in zip(tries, tries[1:])]
    assert gaps[:8] == [5, 10, 20, 40, 60, 120, 180, 240] and set(gaps[8:]) == {240}, gaps
    assert datetime.timedelta(hours=44) <= tries[-1] - tries[0] <= datetime.timedelta(hours=48)
    assert send(tries[-1] + datetime.timedelta(days=3)) == [] and counts(workspace) == {"sent": 2, "failed": 1}
    assert {address: len(copies) for address, copies in sink.copies.items()} == {"grey@example.net": 1, "good@example.org": 1}
    failed = workspace.run("deliveries", WEEK, "--state", "failed").stdout
    assert "stuck@example.com" in failed and "451 4.2.2 given up after 48 hours: mailbox is full" in failed
    person = workspace.json("subscribers", "show", "stuck@example.com")
    assert person["state"] == "active"  # soft: once is not yet a dead address
    with database(workspace) as db:
        assert db.execute("SELECT kind, status FROM bounce").fetchall() == [("soft", "4.2.2")]
