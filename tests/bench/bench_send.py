#!/usr/bin/env python3
"""Sending: an issue queued and sent to Postfix's smtp-sink and to a real Postfix, beside smtp-source (the limit: it keeps no
ledger and composes nothing) and pooled nodemailer, taking turns in the same run; at 16 connections the best of three rounds is shown.

bench_send.py BUILD/zhoubao [READERS]"""
import csv
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ISSUE = HERE.parent / "fixtures" / "render" / "2017-07-03.md"
PEERS = Path(os.environ.get("ZB_BENCH_PEERS", Path.home() / ".cache" / "zhoubao-bench"))
MESSAGE_BYTES = 30_000
PATIENCE = 120  # seconds for any one program


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing listens on port {port}")


class Sink:
    """smtp-sink on a port of its own."""

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(["smtp-sink", *(["-u", "nobody"] if os.geteuid() == 0 else []), f"127.0.0.1:{self.port}", "1000"])
        wait_for(self.port)
        return self.port

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Postfix:
    """A Postfix of our own with its queue on the temporary disk; it discards what it has queued. Root only."""

    SERVICES = """pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

    def __init__(self, folder):
        self.folder, self.port = Path(folder), free_port()

    def __enter__(self):
        etc, spool, data = (self.folder / name for name in ("etc", "spool", "data"))
        for made in (etc, spool, data):
            made.mkdir(parents=True)
        self.folder.chmod(0o755)
        self.folder.parent.chmod(0o711)  # postfix itself must reach it
        shutil.chown(data, "postfix")
        (etc / "main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {spool}
data_directory = {data}
mail_owner = postfix
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = /var/log/zhoubao-bench-postfix.log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_tls_security_level = none
default_transport = discard:
local_transport = discard:
""")
        (etc / "master.cf").write_text(f"127.0.0.1:{self.port} inet n - n - 100 smtpd\n" + self.SERVICES)
        self.command("start")
        wait_for(self.port)
        return self.port

    def command(self, verb):
        subprocess.run(["postfix", "-c", self.folder / "etc", verb], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *_):
        self.command("stop")
        Path("/var/log/zhoubao-bench-postfix.log").unlink(missing_ok=True)


class Ours:
    """A workspace with an issue of about 30 KB in mail and its readers."""

    def __init__(self, program, folder, readers):
        self.program, self.root, self.readers = program, Path(folder) / "weekly", readers
        subprocess.run([program, "init", self.root], check=True, stdout=subprocess.DEVNULL)
        paragraph = "A sentence of the length that the news of a week has when somebody has shortened it. " * 24
        issue = ISSUE.read_text("utf-8").replace("three provincial", "four provincial")
        self.configure(1, 1)
        target = self.root / "issues/weekly/2017-07-03.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(issue.replace("## A note on names\n", f"## A note on names\n\n{paragraph}\n\n{paragraph}\n"), "utf-8")
        with open(self.root / "readers.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["email", "name"])
            rows.writerows((f"reader{i}@example{i % 97}.org", "读者") for i in range(readers))
        self.imported = self.timed("subscribers", "import", self.root / "readers.csv")
        self.bytes = json.loads(self.output("send", "2017-W26", "--dry-run", "--json"))["bytes"]
        self.queued = self.timed("send", "2017-W26", "--queue")

    def configure(self, port, connections):
        (self.root / "zhoubao.yaml").write_text(f"""title: Bench
base_url: https://weekly.example.org
sender: {{name: Bench, address: weekly@example.org}}
smtp: {{url: "smtp://127.0.0.1:{port}", connections: {connections}}}
""")

    def output(self, *args):
        return subprocess.run([self.program, "-C", self.root, "-q", *args], check=True, stdout=subprocess.PIPE, timeout=PATIENCE).stdout

    def timed(self, *args):
        began = time.monotonic()
        self.output(*args)
        return time.monotonic() - began

    def rewind(self, messages):
        """Makes the first MESSAGES due again, all others done."""
        with sqlite3.connect(self.root / "data" / "zhoubao.db") as db:
            db.execute("UPDATE delivery SET state = CASE WHEN id <= ? THEN 'queued' ELSE 'sent' END, attempt = 0", (messages,))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def send(self, port, connections, messages):
        """(messages a second, most memory in MB)"""
        self.configure(port, connections)
        self.rewind(messages)
        command = ["/usr/bin/time", "-f", "%M", self.program, "-C", self.root, "-q", "send", "2017-W26", "--json"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
        end = json.loads(done.stdout)
        if end["sent"] != self.readers:
            raise SystemExit(f"not everybody was sent to: {end}")
        return messages / end["seconds"], int(done.stderr.split()[-1]) / 1024


def smtp_source(port, connections, messages):
    began = time.monotonic()
    subprocess.run(["smtp-source", "-s", str(connections), "-m", str(messages), "-l", str(MESSAGE_BYTES), "-d", "-f", "weekly@example.org",
                    "-t", "reader@example.org", f"127.0.0.1:{port}"], check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    return messages / (time.monotonic() - began)


def fetch_nodemailer():
    """Whether nodemailer is there; fetched where npm can."""
    if not shutil.which("node"):
        return False
    PEERS.mkdir(parents=True, exist_ok=True)
    if not (PEERS / "node_modules" / "nodemailer").exists() and shutil.which("npm"):
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", PEERS, "nodemailer"], timeout=PATIENCE)
    return (PEERS / "node_modules" / "nodemailer").exists()


def nodemailer(port, connections, messages):
    done = subprocess.run(["node", HERE / "peer_nodemailer.js", str(PEERS), str(port), str(connections), str(messages), str(MESSAGE_BYTES)],
                          check=True, stdout=subprocess.PIPE, timeout=PATIENCE)
    return messages / float(done.stdout)


def show(what, figure, unit, remark):
    print(f"{what:56}{figure:>10} {unit:12} ({remark})", flush=True)


def compare(where, connections, ours, others, remark):
    """One line for us, one for each of OTHERS: {name: messages a second}."""
    show(f"{where}, {connections} connections: zhoubao", f"{ours:,.0f}", "messages/s", remark)
    for name, rate in others.items():
        show(f"{where}, {connections} connections: {name}", f"{rate:,.0f}", "messages/s", f"ours is x {ours / rate:.2f}")


def to_sink(ours, with_nodemailer, connections, messages, rounds):
    """Takes turns; the best of each. The targets are of 16 connections."""
    best, most_memory = {}, 0
    for _ in range(rounds):
        with Sink() as port:
            rate, memory = ours.send(port, connections, messages)
            rates = {"zhoubao": rate, "smtp-source, the limit": smtp_source(port, connections, min(messages, 10000))}
            if with_nodemailer:
                rates["nodemailer, pooled"] = nodemailer(port, connections, min(messages, 3000))
        best = {name: max(rate, best.get(name, 0)) for name, rate in rates.items()}
        most_memory = max(memory, most_memory)
    compare("to smtp-sink", connections, best.pop("zhoubao"), best,
            "every commit on disk; target 2,000" if connections == 16 else "every commit on disk")
    return most_memory


def to_postfix(ours, folder):
    for connections, messages in ((1, 1000), (4, 2000)):
        with Postfix(folder / f"postfix{connections}") as port:
            rate, _ = ours.send(port, connections, messages)
            limit = smtp_source(port, connections, messages)
        compare("to Postfix with CHUNKING", connections, rate, {"smtp-source": limit}, f"{rate / connections:,.0f} each; target 200 each")


def main():
    program, readers = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with_nodemailer = fetch_nodemailer()
    with tempfile.TemporaryDirectory(dir=os.environ.get("ZB_BENCH_DIR")) as folder:
        ours = Ours(program, folder, readers)
        show(f"import of {readers:,} readers", f"{ours.imported:.2f}", "s", "target 10")
        show(f"the issue queued for {readers:,}", f"{ours.queued:.2f}", "s", "target 5")
        show("a message", f"{ours.bytes / 1000:.1f}", "kB", "target 30")
        for connections, messages, rounds in ((1, 3000, 1), (4, 6000, 1), (16, 10000, 3)):
            memory = to_sink(ours, with_nodemailer, connections, min(messages, readers), rounds)
        if not with_nodemailer:
            print("nodemailer is not here, and npm could not fetch it")
        show(f"memory for {min(10000, readers):,} messages", f"{memory:.0f}", "MB", "limit 100")
        with Sink() as port:
            rate, memory = ours.send(port, 16, readers)
        show(f"to smtp-sink, 16 connections, {readers:,} readers: zhoubao", f"{rate:,.0f}", "messages/s", "target 2,000")
        show(f"memory for {readers:,} messages", f"{memory:.0f}", "MB", "limit 100")
        if os.geteuid() == 0 and shutil.which("postfix"):
            to_postfix(ours, Path(folder))
        else:
            print("no Postfix of our own: that takes root and postfix")


if __name__ == "__main__":
    main()
