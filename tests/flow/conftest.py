"""What the flow tests share: the program, a workspace, an origin server and an SMTP sink, all on 127.0.0.1."""
import http.client
import json
import os
import socket
import subprocess
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

PROGRAM = os.path.abspath(os.environ.get("ZB_PROGRAM", "build/zhoubao"))
SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def corpora():
    """The test corpora beside the project; what needs them skips without them."""
    path = Path(os.environ.get("ZB_CORPORA", SHARED / "corpora"))
    if not path.is_dir():
        pytest.skip("no corpora beside the project")
    return path


class Workspace:
    """A workspace on disk and the program run in it."""

    def __init__(self, root):
        self.root = Path(root)

    def run(self, *args, check=True, timeout=60, **options):
        done = subprocess.run([PROGRAM, "-C", str(self.root), *map(str, args)], stdin=options.pop("stdin", subprocess.DEVNULL),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, **options)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        if check:
            assert done.returncode == 0, f"{args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *args, **options):
        return json.loads(self.run(*args, "--json", **options).stdout)

    def fails(self, *args, code=1, **options):
        """Runs what must fail with one clear line, and returns that line."""
        done = self.run(*args, check=False, **options)
        assert done.returncode == code, f"{args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        lines = [line for line in done.stderr.splitlines() if line.startswith("zhoubao")]
        assert len(lines) == 1, done.stderr
        return lines[0]

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def read(self, name):
        return (self.root / name).read_text("utf-8")

    def configure(self, extra="", title="Test Weekly", zone="Asia/Shanghai"):
        self.write("zhoubao.yaml", f"""title: {title}
base_url: https://weekly.example.org
timezone: {zone}
sender: {{name: {title}, address: weekly@example.org}}
crawl: {{allow_private: [127.0.0.0/8], first_fetch_days: 36500}}
limits: {{host_gap_ms: 0}}
{extra}""")


@pytest.fixture
def workspace(tmp_path):
    """A fresh workspace that may crawl 127.0.0.1 and has no sources."""
    space = Workspace(tmp_path / "weekly")
    subprocess.run([PROGRAM, "init", str(space.root)], check=True, stdout=subprocess.DEVNULL)
    for example in (space.root / "feeds").glob("*.yaml"):
        example.unlink()
    space.configure()
    return space


class Origin:
    """A real HTTP server: pages[path] is bytes, (status, headers, bytes), or a function of the request handler."""

    def __init__(self):
        self.pages, self.requests = {}, []
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one piece: two make the peer wait 40 ms for the second

            def answer(self):
                origin.requests.append((self.command, self.path, dict(self.headers)))
                page = origin.pages.get(self.path.split("#")[0], (404, {}, b"not here"))
                if callable(page):
                    page = page(self)
                    if page is None:
                        return
                status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_POST = answer

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_):  # a client that was killed, or hung up on purpose
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def origin():
    server = Origin()
    yield server
    server.close()


class Sink:
    """A real SMTP server that keeps the raw bytes of each message with its envelope."""

    def __init__(self):
        self.messages = []
        with socket.create_server(("127.0.0.1", 0)) as probe:  # the controller wants a number
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        self.url = f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.original_content)))
        return "250 2.0.0 taken"


@pytest.fixture
def sink():
    server = Sink()
    yield server
    server.controller.stop()


class Desk:
    """The program serving a workspace, and a plain client of it: no redirect is followed, no cookie kept unasked."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.process = subprocess.Popen([PROGRAM, "-C", str(workspace.root), "serve", "--no-crawl", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("desk at "), line + self.process.stderr.read()
        self.url = line.split()[2].removesuffix("/desk,")
        self.host = self.url.removeprefix("http://")

    def ask(self, method, path, body=None, **headers):
        """(status, headers, text). BODY is a dict (a form), bytes, or None; header names with _ for -."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body).encode()
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, body if body is not None else {}, **headers)

    def stop(self):
        self.process.terminate()
        assert self.process.wait(20) == 0, self.process.stderr.read()


@pytest.fixture
def serve():
    """Serves a workspace: desk = serve(workspace). Ends with the test."""
    desks = []

    def start(workspace):
        desks.append(Desk(workspace))
        return desks[-1]

    yield start
    for desk in desks:
        desk.stop()
