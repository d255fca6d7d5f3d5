#!/usr/bin/env python3
"""./dev demo: an editor's Monday on the sample sources, each step a command, then the desk until Ctrl-C.

--no-serve ends after the last step; --dir DIR keeps the workspace there (default: a new folder below /tmp)."""
import argparse
import datetime
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from aiosmtpd.controller import Controller

import origin

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ZB_PROGRAM", str(ROOT / "build" / "zhoubao"))

# What the editors write beside three of the notices: (start of the original title, heading, paragraph).
WRITTEN = [
    ("上海市社会信用条例", "Shanghai adopts the country's first general social credit regulations",
     "The standing committee of Shanghai's people's congress adopted the municipality's Social Credit Regulations on 23 June. "
     "They are the first local legislation that covers the collection, sharing and use of credit information as a whole, and take "
     "effect on 1 October."),
    ("关于在一定期限内适当限制特定严重失信人乘坐火车", "Serious offenders to be kept off trains for a time",
     "The National Development and Reform Commission and other bodies issued an opinion on restricting train travel for *specific "
     "serious offenders*, among them people who take other passengers' seats, scalp tickets or travel on forged papers. Names are "
     "published, and removed again after a set time."),
    ("河北省社会信用信息条例（草案）", "Hebei invites comments on its credit information rules",
     "The legislative affairs commission of Hebei's people's congress published the draft of provincial rules on credit information. "
     "They govern how it is collected, disclosed and used, and what rights those have whom it concerns. Comments are open until 20 July."),
]
SUBSCRIBERS = """email,name,tier,state
wang@reader.example,王小明,gold,active
smith@reader.example,Anna Smith,silver,active
garcia@reader.example,José García,bronze,active
gone@reader.example,Former Reader,,left
"""


class Mailbox:
    """An SMTP server that keeps each message as a file."""

    def __init__(self, folder):
        self.folder, self.count = folder, 0
        folder.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        (self.folder / f"{self.count}-{envelope.rcpt_tos[0]}.eml").write_bytes(envelope.original_content)
        return "250 2.0.0 taken"


class Demo:
    def __init__(self, space):
        self.space = space

    def run(self, *args, show=40, stdin=None):
        """One command, shown as one would type it, with the first lines of its result."""
        print(f"\n\033[1m$ zhoubao {' '.join(map(str, args))}\033[0m", flush=True)
        done = subprocess.run([PROGRAM, "-C", str(self.space), *map(str, args)], stdout=subprocess.PIPE, input=stdin, check=False)
        lines = done.stdout.decode().splitlines()
        print("\n".join(lines[:show] + ([f"… {len(lines) - show} more lines"] if len(lines) > show else [])), flush=True)
        if done.returncode:
            sys.exit(f"the demo ends here: exit status {done.returncode}")

    def json(self, *args):
        out = subprocess.run([PROGRAM, "-C", str(self.space), *args, "--json"], stdout=subprocess.PIPE, check=True).stdout
        return json.loads(out)

    def configure(self, smtp):
        text = (ROOT / "zhoubao.yaml").read_text("utf-8")
        text = text.replace("crawl:\n", "crawl:\n  allow_private: [127.0.0.0/8]   # the sample sources are on this machine\n", 1)
        text += "\nlimits: {host_gap_ms: 0}   # so that the demo does not wait between requests to its own server\n"
        text += f'smtp: {{url: "{smtp}", connections: 2}}\n' if smtp else ""
        (self.space / "zhoubao.yaml").write_text(text, "utf-8")

    def pick(self, week):
        stories = self.json("queue", "--week", week)["stories"]
        items = [item for story in stories for item in story["items"]]
        for slot, (start, heading, paragraph) in enumerate(WRITTEN, 1):
            item = next(item for item in items if item["title"].startswith(start))
            self.run("pick", item["id"], "--slot", slot, "--week", week, "--editor", "li")
        self.run("issue", "new", week, "--editor", "li")
        for slot, (_, heading, paragraph) in enumerate(WRITTEN, 1):
            self.run("issue", "edit", week, "--slot", slot, "--heading", heading, "--paragraph", paragraph, "--editor", "li")

    def monday(self, week, date, mailbox):
        self.run("crawl")
        self.run("queue", "--week", week, show=24)
        self.run("coverage", week)
        self.pick(week)
        self.run("issue", "check", week)
        self.run("issue", "approve", week, "--editor", "wang")
        self.run("issue", "publish", week, "--editor", "wang")
        for form, name in (("html", "issue.html"), ("markdown", "issue.md"), ("text", "issue.txt"), ("email", "issue.eml")):
            self.run("render", week, "--as", form, "--output", self.space / name)
        self.run("build")
        (self.space / "subscribers.csv").write_text(SUBSCRIBERS, "utf-8")
        self.run("subscribers", "import", self.space / "subscribers.csv")
        self.run("send", week)
        self.run("deliveries", week)
        self.configure(None)  # without a server mail goes to outbox/
        self.run("send", week, "--test", "editors@example.org")
        print(f"""
Where everything lies:
  the issue          {self.space}/issues/weekly/{date}.md
  as page            {self.space}/issue.html
  as Markdown        {self.space}/issue.md
  as text            {self.space}/issue.txt
  as mail            {self.space}/issue.eml, test mail in {self.space}/outbox/
  mails over SMTP    {mailbox.folder}/ ({mailbox.count})
  the archive        {self.space}/public/index.html""", flush=True)

    def serve(self, port):
        password = secrets.token_urlsafe(12)
        self.run("editors", "add", "li", stdin=password.encode() + b"\n")
        print(f"\nThe desk: http://127.0.0.1:{port}/desk  sign in as: li  password: {password}\n", flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        desk = subprocess.Popen([PROGRAM, "-C", str(self.space), "serve", "--listen", f"127.0.0.1:{port}"])
        try:
            desk.wait()
        except (KeyboardInterrupt, SystemExit):
            desk.terminate()
            desk.wait()


def main():
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__.splitlines()[0])
    parser.add_argument("--no-serve", action="store_true", help="end after the last step")
    parser.add_argument("--dir", help="where to make the workspace")
    parser.add_argument("--port", type=int, default=8080, help="of the desk")
    options = parser.parse_args()
    space = Path(options.dir) if options.dir else Path(tempfile.mkdtemp(prefix="zhoubao-demo-")) / "weekly"
    if space.exists():
        shutil.rmtree(space) if (space / "zhoubao.yaml").exists() else sys.exit(f"{space} is there already and no workspace")
    today = datetime.date.today()
    monday = today - datetime.timedelta(days=today.weekday() + 7)  # of the week that is over
    week, date = "%d-W%02d" % monday.isocalendar()[:2], monday + datetime.timedelta(days=7)
    subprocess.run([PROGRAM, "init", str(space)], check=True)
    mailbox = Mailbox(space.parent / f"{space.name}-mailbox") if not (space.parent / f"{space.name}-mailbox").exists() else sys.exit(
        f"{space.parent}/{space.name}-mailbox is in the way")
    demo = Demo(space)
    mailbox.controller.start()
    with origin.Origin(monday) as server:
        demo.configure(f"smtp://127.0.0.1:{mailbox.port}")
        (space / "feeds" / "sample.yaml").write_text(origin.sources_yaml(server.url), "utf-8")
        demo.monday(week, date, mailbox)
        if not options.no_serve:
            demo.serve(options.port)
    mailbox.controller.stop()


main()
