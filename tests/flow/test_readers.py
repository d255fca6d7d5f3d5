"""What subscribers do by the links of their mails: joining by a confirmed link, leaving with one click, choosing, moving."""
import hashlib
import itertools
import json
import re
import sqlite3
import time

import pytest


@pytest.fixture
def desk(workspace, serve, sink):
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\n')
    return serve(workspace)


def people(workspace):
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        db.row_factory = sqlite3.Row
        return {row["address"]: dict(row) for row in db.execute("SELECT * FROM person")}


def confirmations(sink, count):
    """The paths of the links in the COUNT mails that came."""
    for _ in range(200):
        if len(sink.messages) >= count:
            break
        time.sleep(0.05)
    time.sleep(0.3)  # one too many would come now
    assert len(sink.messages) == count
    found = [re.search(rb"https://weekly.example.org(/confirm/[a-z2-7]+)", raw.replace(b"=\r\n", b"")) for _, _, raw in sink.messages]
    return [match.group(1).decode() for match in found if match]


def join(desk, sink, email, count=1):
    assert desk.post("/subscribe", {"email": email, "website": ""})[0] == 200
    path = confirmations(sink, count)[-1]
    assert desk.post(path)[0] == 200


def link(desk, workspace, sink, purpose, email="reader@example.org"):
    """The link of PURPOSE in a real issue's mail to EMAIL."""
    workspace.write("issues/weekly/2017-07-03.md", """---
title: Test Weekly – 3rd July 2017
date: 2017-07-03
week: 2017-W26
items:
  - heading: Hebei invites comments
    url: https://example.org/notice
    title: 河北省社会信用信息条例
---
The week in one sentence, from 26th June to 2nd July 2017.

## Hebei invites comments

A paragraph by hand. [read more here](https://example.org/notice)
""")
    workspace.run("send", "2017-W26", "--now", "2017-07-03T01:00:00Z")
    return link_again(sink, purpose, email)


def link_again(sink, purpose, email="reader@example.org"):
    raw = next(raw for _, to, raw in reversed(sink.messages) if to == [email]).replace(b"=\r\n", b"")
    return re.search(rb"https://weekly.example.org(/%s/[a-z2-7]+)" % purpose.encode(), raw).group(1).decode()


def test_nobody_joins_without_following_the_mailed_link(desk, workspace, sink):
    status, headers, page = desk.get("/subscribe")
    assert status == 200 and 'name="email"' in page and "Set-Cookie" not in headers
    assert desk.post("/subscribe", {"email": "Reader@Example.org"})[0] == 200
    path, = confirmations(sink, 1)
    _, to, raw = sink.messages[0]
    assert to == ["Reader@example.org"] and b"Auto-Submitted: auto-generated" in raw and b"List-Unsubscribe" not in raw
    assert people(workspace)["Reader@example.org"]["state"] == "pending"
    status, _, page = desk.get(path)
    assert status == 200 and "Reader@example.org" not in page
    assert people(workspace)["Reader@example.org"]["state"] == "pending", "looking confirms nothing"
    assert desk.post(path)[0] == 200
    row = people(workspace)["Reader@example.org"]
    assert row["state"] == "active" and row["consent_at"] and row["consent_text"] and row["consent_from"] == "/subscribe"
    assert desk.post(path)[0] == 200, "a second press is no error"
    assert desk.get(path[:-1] + ("b" if path[-1] == "a" else "a"))[0] == 404


def test_the_answer_tells_nothing_of_who_is_there(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    known = desk.post("/subscribe", {"email": "reader@example.org"})
    fresh = desk.post("/subscribe", {"email": "new@example.org"})
    trapped = desk.post("/subscribe", {"email": "bot@example.org", "website": "x"})
    assert (known[0], known[2]) == (fresh[0], fresh[2]) == (trapped[0], trapped[2])
    confirmations(sink, 2)
    assert "bot@example.org" not in people(workspace)


def test_an_address_gets_one_mail_a_day_and_a_network_five_requests_an_hour(desk, sink):
    answers = [desk.post("/subscribe", {"email": "reader@example.org"})[0] for _ in range(6)]
    assert answers == [200] * 5 + [429]
    confirmations(sink, 1)


def crowd(workspace, count, mailed=False):
    """COUNT requests of other people within the last hour."""
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        now = int(time.time()) - 60
        db.execute("INSERT INTO person (address, address_key, origin, joined, changed) VALUES ('c@example.com', 'c@example.com', 'form', 1, 1)")
        db.executemany("INSERT INTO request (kind, person, address_key, address, token, network, at, used) VALUES ('subscribe',"
                       " (SELECT max (id) FROM person), ?, '', ?, 'elsewhere', ?, ?)",
                       [(f"{n}@example.com", f"token {n}", now, None if mailed else now) for n in range(count)])


def work(puzzle, address):
    return next(str(n) for n in itertools.count() if hashlib.sha256(f"{puzzle} {address} {n}".encode()).hexdigest().startswith("0000"))


def test_an_address_that_never_answers_gets_three_mails_in_all(desk, workspace, sink):
    for count in (1, 2, 3, 3, 3):
        assert desk.post("/subscribe", {"email": "reader@example.org"})[0] == 200
        confirmations(sink, count)
        with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
            db.execute("UPDATE request SET at = at - 90000")
            db.execute("UPDATE request SET used = at WHERE used IS NOT NULL")


def test_in_a_flood_a_form_needs_a_proof_of_work_for_its_address(desk, workspace, sink):
    crowd(workspace, 39)
    assert desk.post("/subscribe", {"email": "easy@example.org"})[0] == 200
    confirmations(sink, 1)
    status, _, page = desk.post("/subscribe", {"email": "reader@example.org"})
    assert status == 429 and "press the button once more" in page and 'value="reader@example.org"' in page
    puzzle = re.search(r'name="puzzle" value="([a-z2-7]+)"', page).group(1)
    proof = work(puzzle, "reader@example.org")
    for wrong in ({"puzzle": puzzle, "proof": proof, "email": "other@example.org"},
                  {"puzzle": puzzle[::-1], "proof": work(puzzle[::-1], "reader@example.org"), "email": "reader@example.org"}):
        assert desk.post("/subscribe", wrong)[0] == 429
    assert desk.post("/subscribe", {"puzzle": puzzle, "proof": proof, "email": "reader@example.org"})[0] == 200
    confirmations(sink, 2)
    assert sink.messages[-1][1] == ["reader@example.org"]


def test_no_more_than_200_confirmations_go_out_in_an_hour_whatever_was_worked(desk, workspace, sink):
    crowd(workspace, 200, mailed=True)
    puzzle = re.search(r'name="puzzle" value="([a-z2-7]+)"', desk.get("/subscribe")[2]).group(1)
    form = {"puzzle": puzzle, "proof": work(puzzle, "reader@example.org"), "email": "reader@example.org"}
    assert desk.post("/subscribe", form)[0] == 200, "the answer is the same"
    confirmations(sink, 0)


def test_a_program_joins_people_by_the_same_form_and_limits(desk, sink):
    answers = [desk.ask("POST", "/subscribe", b"email=" + address, Accept="application/json", Content_Type="application/x-www-form-urlencoded")
               for address in (b"reader%40example.org", b"nobody", b"", b"a%40example.org", b"b%40example.org", b"c%40example.org", b"d%40example.org")]
    assert [status for status, _, _ in answers] == [200, 422, 422, 200, 200, 200, 200], "what is no address counts for nothing"
    assert "mail with a link" in json.loads(answers[0][2])["message"] and json.loads(answers[1][2])["message"]
    confirmations(sink, 5)
    assert desk.post("/subscribe", {"email": "e@example.org"})[0] == 429


def test_what_is_no_address_is_said_so(desk, sink):
    for email in ("nobody", "a@b", "x@example.org\r\nBcc: y@example.org", "<x@example.org>"):
        status, _, page = desk.post("/subscribe", {"email": email})
        assert status == 422 and 'role="alert"' in page, email
    confirmations(sink, 0)


def test_one_click_needs_the_link_and_nothing_else(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    path = link(desk, workspace, sink, "unsubscribe")
    status, _, page = desk.get(path)
    assert status == 200 and "reader@example.org" not in page and people(workspace)["reader@example.org"]["state"] == "active"
    multipart = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    assert desk.ask("POST", path, multipart, Content_Type="multipart/form-data; boundary=x")[0] == 200
    assert people(workspace)["reader@example.org"]["state"] == "left"
    assert desk.post(path, {"List-Unsubscribe": "One-Click"})[0] == 200
    assert "You are unsubscribed" in desk.get(path)[2]
    assert desk.post(path[:-2] + "aa", {"List-Unsubscribe": "One-Click"})[0] == 404


def test_who_left_comes_back_by_their_own_hand(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    assert desk.post(link(desk, workspace, sink, "unsubscribe"))[0] == 200
    with sqlite3.connect(workspace.root / "data" / "zhoubao.db") as db:
        db.execute("UPDATE request SET at = at - 90000, used = used - 90000")
    join(desk, sink, "reader@example.org", 3)
    assert people(workspace)["reader@example.org"]["state"] == "active"


def test_preferences_are_kept(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    path = link(desk, workspace, sink, "preferences")
    status, headers, _ = desk.post(path, {"format": "text", "language": "zh", "pause": "4"})
    assert status == 303 and headers["Location"].startswith(path)
    row = people(workspace)["reader@example.org"]
    assert (row["weekly"], row["text_only"], row["language"], row["state"]) == (0, 1, "zh", "paused")
    assert abs(row["paused_until"] - time.time() - 28 * 86400) < 100
    assert "Stay paused until" in desk.get(path)[2]
    desk.post(path, {"weekly": "1", "pause": "0"})
    row = people(workspace)["reader@example.org"]
    assert (row["weekly"], row["text_only"], row["state"], row["paused_until"]) == (1, 0, "active", None)


def test_what_the_form_chose_counts_once_it_is_confirmed(desk, workspace, sink):
    page = desk.get("/subscribe")[2]
    assert re.findall(r'name="(weekly|latest|essays)" value="1"( checked)?', page) == [("weekly", " checked"), ("latest", ""), ("essays", "")]
    assert desk.post("/subscribe", {"email": "reader@example.org", "latest": "1", "essays": "1"})[0] == 200
    assert (people(workspace)["reader@example.org"]["latest"]) == 0, "nothing is chosen for an address before its owner says so"
    assert desk.post(confirmations(sink, 1)[0])[0] == 200
    row = people(workspace)["reader@example.org"]
    assert (row["weekly"], row["latest"], row["essays"]) == (0, 1, 1)
    join(desk, sink, "plain@example.org", 2)
    row = people(workspace)["plain@example.org"]
    assert (row["weekly"], row["latest"], row["essays"]) == (1, 0, 0)
    assert re.findall(r'name="(weekly|latest|essays)" value="1"( checked)?', desk.post("/subscribe", {"email": "no address", "essays": "1"})[2]) == [
        ("weekly", ""), ("latest", ""), ("essays", " checked")]


def test_preferences_lead_to_the_page_that_leaves(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    page = desk.get(link(desk, workspace, sink, "preferences"))[2]
    path = re.search(r'href="(/unsubscribe/[a-z2-7]+)"', page).group(1)
    assert path == link_again(sink, "unsubscribe") and desk.get(path)[0] == 200
    assert people(workspace)["reader@example.org"]["state"] == "active", "a look changes nothing"
    assert desk.post(path)[0] == 200 and people(workspace)["reader@example.org"]["state"] == "left"


def test_a_new_address_counts_once_its_owner_confirms(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    path = link(desk, workspace, sink, "preferences")
    assert desk.post(path + "/address", {"email": "moved@example.org"})[0] == 303
    for _ in range(200):
        if len(sink.messages) == 3:
            break
        time.sleep(0.05)
    assert sink.messages[-1][1] == ["moved@example.org"] and "reader@example.org" in people(workspace)
    raw = sink.messages[-1][2].replace(b"=\r\n", b"")
    assert desk.post(re.search(rb"/confirm/[a-z2-7]+", raw).group().decode())[0] == 200
    rows = people(workspace)
    assert rows["moved@example.org"]["state"] == "active" and "reader@example.org" not in rows


def test_a_mail_that_waits_follows_its_reader_to_the_new_address(desk, workspace, sink):
    join(desk, sink, "reader@example.org")
    path = link(desk, workspace, sink, "preferences")
    workspace.write("issues/weekly/2017-07-10.md", workspace.read("issues/weekly/2017-07-03.md")
                    .replace("2017-07-03", "2017-07-10").replace("2017-W26", "2017-W27"))
    workspace.run("send", "2017-W27", "--queue", "--now", "2017-07-10T01:00:00Z")
    assert desk.post(path + "/address", {"email": "moved@example.org"})[0] == 303
    for _ in range(200):
        if len(sink.messages) == 3:
            break
        time.sleep(0.05)
    raw = sink.messages[-1][2].replace(b"=\r\n", b"")
    assert desk.post(re.search(rb"/confirm/[a-z2-7]+", raw).group().decode())[0] == 200
    workspace.run("send", "2017-W27", "--now", "2017-07-10T02:00:00Z")
    assert sink.messages[-1][1] == ["moved@example.org"] and len(sink.messages) == 4


def test_a_form_of_another_site_is_refused(desk):
    status, _, _ = desk.post("/subscribe", {"email": "reader@example.org"}, Origin="https://evil.example")
    assert status == 403
