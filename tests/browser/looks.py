"""How a page is looked at: in a width and a scheme, by axe-core and by the Nu checker."""
import subprocess
from pathlib import Path

import pytest
from selenium.webdriver.support.ui import WebDriverWait

MODULES = Path(__file__).resolve().parent / "node_modules"


def show(browser, width, dark, height=844):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})


def settle(browser, width):
    """Waits until the page lies in WIDTH and its fonts are there: a size that was asked for may reach a new page some frames after its load."""
    WebDriverWait(browser, 20).until(lambda b: b.execute_async_script("""const [width, done] = arguments;
        document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(matchMedia(`(width: ${width}px)`).matches))));""", width))


def too_wide(browser, width):
    """By how many pixels the page that is shown leaves its window of WIDTH. Its innerWidth grows with what is too wide for a phone, its clientWidth does not."""
    settle(browser, width)
    return browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")


def axe():
    """The text of axe-core; skips where it is not installed."""
    path = MODULES / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("no axe-core (./dev test installs it)")
    return path.read_text("utf-8")


def violations(browser, script):
    """What axe-core says of the page that is shown, a line a rule with the elements."""
    browser.execute_script(script)
    return browser.execute_async_script("const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))))")


def assert_valid(*folders):
    """Every .html below FOLDERS passes the Nu checker, or the test skips where it is not installed."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        pytest.skip("no Nu checker (./dev test installs it)")
    done = subprocess.run(["java", "-Xss1m", "-jar", str(jar), "--skip-non-html", "--format", "gnu", *map(str, folders)], capture_output=True, text=True)
    assert done.returncode == 0 and "error" not in done.stderr, done.stderr
