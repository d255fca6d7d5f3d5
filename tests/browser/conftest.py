"""What the browser tests share: a workspace filled through the program, its desk, and Debian's Chromium."""
import datetime
import importlib.util
import sys
import urllib.parse
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "demo"))
import origin as samples  # noqa: E402


def load_flow():
    spec = importlib.util.spec_from_file_location("flow_fixtures", TESTS / "flow" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


flow = load_flow()
workspace, serve, sink = flow.workspace, flow.serve, flow.sink
PASSWORD = "a password for the tests"


def last_week():
    """Monday of the week that is over."""
    today = datetime.date.today()
    return today - datetime.timedelta(days=today.weekday() + 7)


class Room:
    """A desk with last week's sample stories in it."""

    def __init__(self, space, desk, monday):
        self.space, self.desk, self.url, self.host = space, desk, desk.url, desk.host
        self.week, self.issue = "%d-W%02d" % monday.isocalendar()[:2], str(monday + datetime.timedelta(days=7))

    def sign_in(self, name):
        """The cookie of a session, without a browser."""
        status, headers, _ = self.desk.post("/desk/login", {"name": name, "password": PASSWORD})
        assert status == 303
        return headers["Set-Cookie"].split(";")[0]


@pytest.fixture
def room(workspace, serve, sink):
    monday = last_week()
    workspace.configure(f'issue: {{second_approval: true}}\nsmtp: {{url: "{sink.url}"}}\n')
    with samples.Origin(monday) as server:
        workspace.write("feeds/sample.yaml", samples.sources_yaml(server.url))
        workspace.run("crawl")
    for name in ("li", "wang"):
        workspace.run("editors", "add", name, "--role", "editor", "--password-file", workspace.write("data/password", PASSWORD + "\n"))
    return Room(workspace, serve(workspace), monday)


def start_chromium(profile, scripts=True, width=1280, height=900, dark=False):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", f"--window-size={width},{height}", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if dark:
        options.add_argument("--blink-settings=preferredColorScheme=0")
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


@pytest.fixture
def browse(tmp_path):
    """browse() is a new browser; scripts=False has JavaScript off."""
    browsers = []

    def start(**options):
        browsers.append(start_chromium(tmp_path / f"profile-{len(browsers)}", **options))
        return browsers[-1]

    yield start
    for browser in browsers:
        browser.quit()


@pytest.fixture
def open_browser(browse):
    def start(**options):
        browser = browse(**options)
        browser.scripts = options.get("scripts", True)
        return browser
    return start


def quote(text):
    return urllib.parse.quote(text)
