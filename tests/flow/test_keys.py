"""A newsletter that moves: its keys go along, and the links in mail that is out still work."""
import json
import re
import shutil

import pytest

ISSUE = """---
title: By hand – 3rd July 2017
date: 2017-07-03
items:
  - heading: Written by hand
    url: https://example.org/hand
---
One development of 26th June to 2nd July 2017.

## Written by hand

Its words.
"""


@pytest.fixture
def old(workspace):
    """A newsletter that has written to two readers."""
    workspace.configure()
    workspace.write("issues/weekly/2017-07-03.md", ISSUE)
    workspace.run("subscribers", "import", workspace.write("data/list.csv", "email\nann@example.net\nbob@example.net\n"))
    workspace.run("send", "2017-07-03")
    return workspace


@pytest.fixture
def new(old, tmp_path):
    """The same on another machine: its files, without data/."""
    other = type(old)(tmp_path / "moved")
    shutil.copytree(old.root, other.root, ignore=shutil.ignore_patterns("data", "outbox", "public"))
    (other.root / "data").mkdir(mode=0o700)
    return other


def leaving_path(workspace, address):
    mails = [path.read_text() for path in (workspace.root / "outbox").glob("**/*.eml")]
    mail, = [text for text in mails if re.search(rf"^To: .*{re.escape(address)}", text, re.M)]
    return re.search(r"List-Unsubscribe:\s*<https://[^/]+(/unsubscribe/[a-z2-7]+)>", mail).group(1)


def test_old_links_work_after_a_move(old, new, serve):
    keys = old.root.parent / "keys.json"
    old.run("keys", "export", "--output", keys)
    assert keys.stat().st_mode & 0o077 == 0
    assert "another database" in new.fails("keys", "import", keys), "without the database the numbers mean nobody"
    shutil.copy(old.root / "data/zhoubao.db", new.root / "data/zhoubao.db")
    assert "keys are new here" in new.run("keys", "import", keys).stderr
    assert all(path.stat().st_mode & 0o077 == 0 for path in (new.root / "data/keys").iterdir())
    desk = serve(new)
    assert desk.post(leaving_path(old, "ann@example.net"), {"List-Unsubscribe": "One-Click"})[0] == 200
    states = {person["email"]: person["state"] for person in new.json("subscribers", "list")["subscribers"]}
    assert states == {"ann@example.net": "left", "bob@example.net": "active"}


def test_a_key_in_use_is_not_replaced_unasked(old, new):
    keys = json.loads(old.run("keys", "export").stdout)
    shutil.copy(old.root / "data/zhoubao.db", new.root / "data/zhoubao.db")
    new.run("send", "2017-07-03", "--adopt", check=False)  # makes keys of its own
    new.run("subscribers", "list")
    path = new.write("keys.json", json.dumps(keys))
    before = (new.root / "data/keys/people").read_bytes()
    assert "another key" in new.fails("keys", "import", path)
    assert (new.root / "data/keys/people").read_bytes() == before
    new.run("keys", "import", path, "--replace")
    assert (new.root / "data/keys/people.before").read_bytes() == before
    assert (new.root / "data/keys/people").read_bytes() == (old.root / "data/keys/people").read_bytes()


def test_what_is_no_export_is_refused_and_nothing_written(old):
    whole = json.loads(old.run("keys", "export").stdout)
    before = {path.name: path.read_bytes() for path in (old.root / "data/keys").iterdir()}
    for broken in ("", "[]", "{}", json.dumps({**whole, "zhoubao-keys": 2}), json.dumps({**whole, "keys": {**whole["keys"], "../x": "AAAA"}}),
                   json.dumps({**whole, "keys": {**whole["keys"], "links": "!"}})):
        old.fails("keys", "import", old.write("keys.json", broken))
    assert {path.name: path.read_bytes() for path in (old.root / "data/keys").iterdir()} == before
