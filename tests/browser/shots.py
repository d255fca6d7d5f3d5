#!/usr/bin/env python3
"""Pictures of every page that `serve` shows, phone and desktop, light and dark: tests/browser/shots.py FOLDER (default: build/shots) [NAME…]."""
import os
import sys
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("ZB_SHOTS", "build/shots")).resolve()
NAMES = os.environ.get("ZB_SHOTS_OF", "").split()
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


def test_pictures(room, sink, open_browser):
    from looks import show
    from tour import enter, furnish
    FOLDER.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    desk, readers, members, link = furnish(room, sink)

    def take(pages):
        wanted = {name: path for name, path in pages.items() if not NAMES or name in NAMES}
        for shape, (width, height) in SIZES.items():
            for dark in (False, True):
                for name, path in wanted.items():
                    show(browser, width, dark, height)
                    browser.get(room.url + path)
                    whole = browser.execute_script("return document.documentElement.scrollHeight")
                    show(browser, width, dark, min(max(whole, height), 2400))
                    browser.save_screenshot(str(FOLDER / f"{name}-{shape}-{'dark' if dark else 'light'}.png"))
    take({**readers, "login-link": link})
    enter(browser, room, link)
    take({**desk, **members})


if __name__ == "__main__":
    if len(sys.argv) > 1:  # pytest reads this file anew
        os.environ["ZB_SHOTS"], os.environ["ZB_SHOTS_OF"] = sys.argv[1], " ".join(sys.argv[2:])
    with tempfile.TemporaryDirectory() as base:
        sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", f"--basetemp={base}/t", __file__]))
