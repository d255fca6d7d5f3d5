"""Joining in a real browser: the work is done by itself, and nothing is lost where scripts are off."""
import hashlib
import sqlite3

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


@pytest.fixture
def desk(workspace, serve, sink):
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\n')
    return serve(workspace)


def join(browser, desk, address):
    browser.get(desk.url + "/subscribe")
    browser.find_element(By.NAME, "email").send_keys(address)
    browser.find_element(By.CSS_SELECTOR, "form button").click()
    WebDriverWait(browser, 60).until(lambda b: "Look into your mail" in b.page_source)


@pytest.mark.parametrize("scripts", [True, False])
def test_one_press_joins_with_scripts_and_without(desk, browse, sink, scripts):
    join(browse(scripts=scripts), desk, "reader@example.org")
    WebDriverWait(sink, 60).until(lambda s: s.messages)
    assert [to for _, to, _ in sink.messages] == [["reader@example.org"]]


def test_the_script_does_the_work_that_a_flood_asks_for(desk, workspace, browse, sink):
    desk.post("/subscribe", {"email": "first@example.org"})
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        db.executemany("INSERT INTO request (kind, person, address_key, address, token, network, at, used)"
                       " SELECT 'subscribe', person, ?, '', ?, 'elsewhere', at, at FROM request WHERE id = 1", [(f"{n}@example.com", hashlib.sha256(b"%d" % n).hexdigest()) for n in range(60)])
    assert desk.post("/subscribe", {"email": "second@example.org"})[0] == 429
    join(browse(), desk, "reader@example.org")
    WebDriverWait(sink, 60).until(lambda s: len(s.messages) == 2)
    assert sink.messages[-1][1] == ["reader@example.org"]
