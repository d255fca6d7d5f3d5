#!/usr/bin/env python3
"""Sending: an issue queued and sent to Postfix's smtp-sink and to a real Postfix, beside smtp-source (the limit: it keeps no
ledger and composes nothing) and pooled nodemailer in the same run.

bench_send.py BUILD [READERS]"""
import csv
import json
import os
import re
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
        self.queued = self.timed("send", "2017-W26", "--queue")

    def configure(self, port, connections):
        (self.root / "zhoubao.yaml").write_text(f"""title: Bench
base_url: https://weekly.example.org
sender: {{name: Bench, address: weekly@example.org}}
smtp: {{url: "smtp://127.0.0.1:{port}", connections: {connections}}}
""")

    def timed(self, *args):
        began = time.monotonic()
        subprocess.run([self.program, "-C", self.root, "-q", *args], check=True, stdout=subprocess.DEVNULL)
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
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return messages / json.loads(done.stdout)["seconds"], int(done.stderr.split()[-1]) / 1024


def smtp_source(port, connections, messages):
    began = time.monotonic()
    subprocess.run(["smtp-source", "-s", str(connections), "-m", str(messages), "-l", str(MESSAGE_BYTES), "-d", "-f", "weekly@example.org",
                    "-t", "reader@example.org", f"127.0.0.1:{port}"], check=True, stdout=subprocess.DEVNULL)
    return messages / (time.monotonic() - began)


def nodemailer(port, connections, messages):
    if not shutil.which("npm"):
        return None
    PEERS.mkdir(parents=True, exist_ok=True)
    if not (PEERS / "node_modules" / "nodemailer").exists():
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", PEERS, "nodemailer"], check=True)
    done = subprocess.run(["node", HERE / "peer_nodemailer.js", str(PEERS), str(port), str(connections), str(messages), str(MESSAGE_BYTES)],
                          check=True, stdout=subprocess.PIPE)
    return messages / float(done.stdout)


def show(what, *columns):
    print(f"{what:44}" + "".join(f"{column:>15}" for column in columns), flush=True)


def rate(value):
    return "-" if value is None else f"{value:,.0f}/s"


def ratio(ours, theirs):
    return "-" if not theirs else f"x {ours / theirs:.2f}"


def main():
    build, readers = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory(dir=os.environ.get("ZB_BENCH_DIR")) as folder:
        ours = Ours(build / "zhoubao", folder, readers)
        show(f"import {readers:,} readers", f"{ours.imported:.2f} s", "target 10 s")
        show(f"queue the issue for {readers:,}", f"{ours.queued:.2f} s", "target 5 s")
        show("send 30 KB, full durability, to smtp-sink", "ours", "nodemailer", "smtp-source", "of nodemailer", "of the limit", "memory")
        for connections, messages in ((1, 5000), (4, 10000), (16, 20000), (16, readers)):
            with Sink() as port:
                got, memory = ours.send(port, connections, messages)
                peer = nodemailer(port, connections, min(messages, 5000))
                limit = smtp_source(port, connections, min(messages, 20000))
            show(f"  {connections} connections, {messages:,} messages", rate(got), rate(peer), rate(limit), ratio(got, peer),
                 ratio(got, limit), f"{memory:.0f} MB")
        if os.geteuid() == 0 and shutil.which("postfix"):
            with Postfix(Path(folder) / "postfix") as port:
                for connections, messages in ((1, 1000), (4, 3000)):
                    got, memory = ours.send(port, connections, messages)
                    limit = smtp_source(port, connections, messages)
                    show(f"  to a Postfix (CHUNKING), {connections} connections", rate(got), "-", rate(limit), "-", ratio(got, limit),
                         f"{memory:.0f} MB")


if __name__ == "__main__":
    main()
