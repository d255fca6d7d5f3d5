"""What holds for every route of the desk, read from the table of src/desk/routes.c: who is refused, and that reading changes nothing."""
import re
import sqlite3
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[2] / "src/desk/routes.c"
ROUTE = re.compile(r'\{"(GET|POST)",\s*"([^"]+)",\s*ZB_ACCESS_(\w+),')
PASSWORD = "a password for the tests"
WEEK = "2017-W26"


def routes():
    found = ROUTE.findall(TABLE.read_text("utf-8"))
    assert len(found) == TABLE.read_text("utf-8").count("{\"GET\",  ") + TABLE.read_text("utf-8").count("{\"POST\", ")
    return found


def path_of(pattern):
    """The address of PATTERN with something that is there in its open places."""
    known = {"/desk/item/:": "1", "/desk/issue/:": WEEK, "/desk/static/:": "desk.css", "/desk/issue/:/preview/:": "page", "/desk/mail/:": "posts"}
    parts = pattern.split("/")
    return "/".join(known.get("/".join(parts[:i + 1]), "1") if part == ":" else part for i, part in enumerate(parts))


def dump(workspace):
    """Every row of the database in words."""
    with sqlite3.connect(f"file:{workspace.root}/data/zhoubao.db?mode=ro", uri=True) as db:
        names = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]
        return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def differences(before, after):
    return {name: [row for row in after[name] if row not in before[name]] + [row for row in before[name] if row not in after[name]]
            for name in after if before[name] != after[name]}


@pytest.fixture
def desk(workspace, serve):
    workspace.write("note.html", "<html><title>A notice on blacklists</title><p>A court published a list of those who do not pay.</p></html>")
    workspace.run("clip", "--url", "https://court.example.org/blacklist.html", workspace.root / "note.html")
    workspace.run("issue", "new", WEEK)
    workspace.run("editors", "add", "li", "--role", "owner", "--password-file", workspace.write("data/password", PASSWORD + "\n"))
    return serve(workspace)


@pytest.fixture
def owner(desk):
    """The cookie and the token of an owner's session."""
    status, headers, _ = desk.post("/desk/login", {"name": "li", "password": PASSWORD})
    assert status == 303
    cookie = headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrf" value="(\w+)"', desk.get("/desk/queue", Cookie=cookie)[2]).group(1)
    return cookie, token


def test_the_table_is_read_and_has_every_kind_of_route():
    assert len(routes()) > 40 and {access for _, _, access in routes()} >= {"ANYBODY", "CONTRIBUTOR", "EDITOR", "MEMBER"}


def test_every_post_is_refused_without_its_token_and_from_another_site(workspace, desk, owner):
    cookie, token = owner
    before = dump(workspace)
    for method, pattern, access in routes():
        if method != "POST":
            continue
        path = path_of(pattern)
        assert desk.post(path, {"csrf": token}, Cookie=cookie, Origin="https://evil.example")[0] == 403, path
        assert desk.post(path, {"csrf": token}, Cookie=cookie, Origin="null")[0] == 403, path
        if access in ("CONTRIBUTOR", "EDITOR", "OWNER"):
            assert desk.post(path, {}, Cookie=cookie)[0] == 403, path
            assert desk.post(path, {"csrf": ""}, Cookie=cookie)[0] == 403, path
            assert desk.post(path, {"csrf": token[:-1] + ("a" if token[-1] != "a" else "b")}, Cookie=cookie)[0] == 403, path
    assert differences(before, dump(workspace)) == {}


def test_nobody_who_is_not_signed_in_gets_past_the_door(workspace, desk):
    before = dump(workspace)
    for method, pattern, access in routes():
        path = path_of(pattern)
        if access == "ANYBODY":
            continue
        for cookie in ("", "__Host-zhoubao=made-up"):
            status, headers, text = desk.ask(method, path, {} if method == "POST" else None, Cookie=cookie)
            if access == "MEMBER":
                assert status in (303, 401, 403), (path, status)
            elif method == "POST":
                assert status == 403, (path, status)
            else:
                assert (status, headers["Location"], text) == (303, "/desk/login", ""), path
    assert differences(before, dump(workspace)) == {}


def test_a_contributor_is_refused_what_needs_another_role(workspace, desk):
    workspace.run("editors", "add", "wang", "--role", "contributor", "--password-file", workspace.root / "data/password")
    _, headers, _ = desk.post("/desk/login", {"name": "wang", "password": PASSWORD})
    cookie = headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrf" value="(\w+)"', desk.get("/desk/queue", Cookie=cookie)[2]).group(1)
    before = dump(workspace)
    for method, pattern, access in routes():
        if access in ("EDITOR", "OWNER"):
            status, _, text = desk.ask(method, path_of(pattern), {"csrf": token} if method == "POST" else None, Cookie=cookie)
            assert status == 403 and "another role" in text, pattern
    assert differences(before, dump(workspace)) == {}


def test_reading_changes_nothing(workspace, desk, owner):
    cookie, _ = owner
    desk.get("/desk/queue?q=blacklist", Cookie=cookie)  # the index is brought up to date once
    before = dump(workspace)
    for method, pattern, _ in routes():
        if method == "GET":
            status, _, text = desk.get(path_of(pattern), Cookie=cookie)
            assert status in (200, 303, 403, 404), (pattern, status, text)
    assert differences(before, dump(workspace)) == {}


def test_every_answer_has_a_policy_that_runs_nothing_of_elsewhere(desk, owner):
    cookie, _ = owner
    for method, pattern, access in routes():
        if method == "GET" and access != "ANYBODY":
            _, headers, _ = desk.get(path_of(pattern), Cookie=cookie)
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "script-src 'unsafe" not in policy, pattern
            assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_says_what_it_can_be_asked(desk, owner):
    cookie, _ = owner
    patterns = {pattern for _, pattern, _ in routes()}
    for pattern in sorted(patterns):
        methods = {method for method, other, _ in routes() if other == pattern}
        if methods == {"POST"} and pattern != "/members/leave":  # a document could have that name
            status, headers, _ = desk.get(path_of(pattern), Cookie=cookie)
            assert (status, headers["Allow"]) == (405, "POST"), pattern
    status, headers, _ = desk.ask("DELETE", "/desk/issue/2017-W26", Cookie=cookie)
    assert (status, headers["Allow"]) == (405, "GET, HEAD, POST")
    status, headers, _ = desk.ask("PUT", "/weekly/", Cookie=cookie)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert desk.get("/desk/nowhere", Cookie=cookie)[0] == 404
