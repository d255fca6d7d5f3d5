#!/usr/bin/env python3
"""Pictures of every page of the desk at phone and desktop width, light and dark: tests/browser/shots.py FOLDER (default: build/shots)."""
import os
import sys
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("ZB_SHOTS", "build/shots")).resolve()


def test_pictures(room, tmp_path):
    from conftest import PASSWORD, start_chromium
    FOLDER.mkdir(parents=True, exist_ok=True)
    items = [story["items"][0]["id"] for story in room.space.json("queue", "--week", room.week)["stories"]]
    for slot in (1, 2, 3):
        room.space.run("pick", items[slot], "--slot", slot, "--week", room.week)
    room.space.run("issue", "new", room.week)
    pages = {"sign-in": "/desk/login", "queue": f"/desk/queue?week={room.week}", "item": f"/desk/item/{items[0]}", "issue": f"/desk/issue/{room.week}", "revisions": f"/desk/issue/{room.week}/revisions",
             "sources": f"/desk/sources?week={room.week}", "subscribe": "/subscribe",
             "people": "/desk/people", "audit": "/desk/audit", "clip": "/desk/clip"}
    for shape, size in {"phone": (500, 900), "desktop": (1280, 900)}.items():
        for dark in (False, True):
            browser = start_chromium(tmp_path / f"{shape}-{dark}", width=size[0], height=size[1], dark=dark)
            for name, path in pages.items():
                browser.get(room.url + path)
                browser.save_screenshot(str(FOLDER / f"{name}-{shape}-{'dark' if dark else 'light'}.png"))
                if name == "sign-in":
                    browser.find_element("css selector", "input[name=name]").send_keys("li")
                    browser.find_element("css selector", "input[name=password]").send_keys(PASSWORD + "\n")
                    browser.implicitly_wait(10)
                    browser.find_element("css selector", ".stories")
            browser.quit()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["ZB_SHOTS"] = sys.argv[1]  # pytest reads this file anew
    with tempfile.TemporaryDirectory() as base:
        sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", f"--basetemp={base}/t", __file__]))
