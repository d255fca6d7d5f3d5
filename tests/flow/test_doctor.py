"""doctor, against a name server of our own; and the signatures that it speaks of, by an independent verifier."""
import json
import os
import re
import socket
import stat
import time

import dkim
import pytest
from dns_server import NameServer
from test_delivery import WEEK, counts, prepare, server  # noqa: F401 (a fixture)

DKIM_NAME = "zb._domainkey.example.org"


@pytest.fixture
def names():
    one = NameServer()
    yield one
    one.close()


def look(workspace, names, *args, ok):
    """{check: [(state, words, publish), …]}"""
    done = workspace.run("doctor", "--json", "--name-server", names.address, *args, check=False)
    assert done.returncode == (0 if ok else 1), done.stdout + done.stderr
    result, found = json.loads(done.stdout), {}
    assert result["ok"] is ok
    for row in result["findings"]:
        found.setdefault(row["check"], []).append((row["state"], row["words"], row["publish"]))
    return found


def published(line):
    """(name, text) of a line for the zone file."""
    name, rest = line.split(". TXT ", 1)
    strings = re.findall(r'"([^"]*)"', rest)
    assert all(len(text) <= 255 for text in strings)
    return name, "".join(strings)


def good(names):
    names.records.update({
        ("example.org", "TXT"): ["something else", "v=spf1 include:_spf.example.net -all"],
        ("_spf.example.net", "TXT"): ["v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"],
        ("_dmarc.example.org", "TXT"): ["v=DMARC1; p=quarantine"],
        ("example.org", "MX"): ["mx.example.org"],
        ("10.2.0.192.in-addr.arpa", "PTR"): ["mail.example.org"],
        ("mail.example.org", "A"): ["192.0.2.10"],
    })


def sound(workspace, url):
    workspace.configure(f'smtp: {{url: "{url}"}}\ndkim: {{selector: zb}}')
    text = workspace.read("zhoubao.yaml")
    workspace.write("zhoubao.yaml", text.replace("address: weekly@example.org}", 'address: weekly@example.org, postal_address: "1 Street"}'))


def test_a_sound_sender_is_found_sound_once_what_it_says_is_published(workspace, server, names):  # noqa: F811
    sound(workspace, server().url)
    good(names)
    found = look(workspace, names, "--ip", "192.0.2.10", "--make-dkim-key", ok=False)
    (state, words, publish), = found.pop("dkim")
    assert state == "ill" and DKIM_NAME in words
    assert not any(state == "ill" for rows in found.values() for state, _, _ in rows), found
    name, text = published(publish)
    assert name == DKIM_NAME
    names.records[(name, "TXT")] = [text]
    found = look(workspace, names, "--ip", "192.0.2.10", ok=True)
    for check in ("spf", "dkim", "dmarc", "reverse", "relay", "return", "settings", "keys", "disk", "database"):
        assert [state for state, _, _ in found[check]] == ["ok"], (check, found[check])
    key = workspace.root / "data" / "keys" / "dkim.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "key already" in workspace.fails("doctor", "--make-dkim-key")


def test_what_is_missing_is_said_with_the_record_to_publish(workspace, server, names):  # noqa: F811
    workspace.configure(f'smtp: {{url: "{server().url}"}}')
    names.records[("example.org", "A")] = ["192.0.2.1"]
    found = look(workspace, names, "--ip", "192.0.2.10", ok=False)
    assert published(found["spf"][0][2]) == ("example.org", "v=spf1 ip4:192.0.2.10 ~all")
    assert published(found["dmarc"][0][2]) == ("_dmarc.example.org", "v=DMARC1; p=none; rua=mailto:weekly@example.org")
    assert found["reverse"][0][0] == "ill" and "PTR" in found["reverse"][0][1]
    assert found["dkim"][0][0] == "advice" and found["return"][0][0] == "ok"


@pytest.mark.parametrize("record,state,words", [
    (["v=spf1 ip4:192.0.2.10 -all"], "ok", "192.0.2.10"),
    (["v=spf1 a:mail.example.org/28 -all"], "ok", "192.0.2.10"),
    (["v=spf1 mx -all"], "ok", "192.0.2.10"),
    (["v=spf1 redirect=_spf.example.net"], "ok", "192.0.2.10"),
    (["v=spf1 -ip4:192.0.2.10 +all"], "ill", "does not let"),
    (["v=spf1 ip4:198.51.100.0/24 ~all"], "ill", "does not let"),
    (["v=spf1 include:_spf.example.net -all", "v=spf1 -all"], "ill", "counts as none"),
    (["v=spf1 include:example.org -all"], "ill", "questions"),
    (["v=spf1 " + "".join(f"a:h{i}.example.org " for i in range(11)) + "-all"], "ill", "questions"),
])
def test_spf_is_judged_as_a_receiver_would(workspace, names, record, state, words):
    workspace.configure()
    good(names)
    names.records[("example.org", "TXT")] = record
    names.records[("mx.example.org", "A")] = ["192.0.2.10"]
    spf, = look(workspace, names, "--ip", "192.0.2.10", ok=state == "ok")["spf"]
    assert spf[0] == state and words in spf[1], spf


def test_a_record_that_is_there_is_amended_and_not_replaced(workspace, names):
    workspace.configure()
    good(names)
    names.records[("example.org", "TXT")] = ["v=spf1 include:_spf.example.net mx -all"]
    names.records[("mx.example.org", "A")] = ["192.0.2.99"]
    (state, words, publish), = look(workspace, names, "--ip", "198.51.100.7", ok=False)["spf"]
    assert state == "ill" and "in place of its record" in words
    assert published(publish) == ("example.org", "v=spf1 ip4:198.51.100.7 include:_spf.example.net mx -all")


def test_where_mail_leaves_from_is_asked_for_and_not_guessed(workspace, names):
    workspace.configure()
    names.records[("example.org", "A")] = ["192.0.2.1"]
    (state, words, publish), = look(workspace, names, ok=False)["spf"]
    assert (state, publish) == ("ill", None) and "--ip ADDRESS" in words
    said = workspace.run("doctor", "--name-server", names.address, "--ip", "192.0.2.10", check=False).stdout
    assert 'publish: example.org. TXT "v=spf1 ip4:192.0.2.10 ~all"' in said and "registrar or DNS host" in said


def test_a_name_that_does_not_lead_back_and_a_strangers_key_are_ill(workspace, names):
    workspace.configure("dkim: {selector: zb, domain: other.example}")
    good(names)
    names.records[("mail.example.org", "A")] = ["192.0.2.99"]
    names.records[("zb._domainkey.other.example", "TXT")] = ["v=DKIM1; k=rsa; p=MIIB"]
    found = look(workspace, names, "--ip", "192.0.2.10", "--make-dkim-key", ok=False)
    assert "does not lead back" in found["reverse"][0][1]
    assert [("another key" in words, "say nothing for" in words) for _, words, _ in found["dkim"]] == [(True, False), (False, True)]


def test_without_a_network_it_says_so(workspace):
    workspace.configure()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        port = gone.getsockname()[1]
    result = workspace.json("doctor", "--name-server", f"127.0.0.1:{port}", "--ip", "192.0.2.10")
    states = {row["check"]: row["state"] for row in result["findings"]}
    assert {states[check] for check in ("spf", "dmarc", "reverse", "return")} == {"unknown"}
    assert all("network" in row["words"] for row in result["findings"] if row["state"] == "unknown")


def test_the_workspace_is_looked_at_too(workspace, names):
    workspace.configure()
    good(names)
    look(workspace, names, "--ip", "192.0.2.10", ok=True)
    keys = workspace.root / "data" / "keys"
    keys.mkdir(exist_ok=True, mode=0o700)
    (keys / "mail").write_bytes(os.urandom(32))
    (keys / "mail").chmod(0o644)
    text = workspace.read("zhoubao.yaml")
    workspace.write("zhoubao.yaml", text.replace("https://weekly", "http://weekly"))
    workspace.run("subscribers", "add", "a@example.com", "--now", "2030-01-01T00:00:00Z")
    found = look(workspace, names, "--ip", "192.0.2.10", "--now", "2029-01-01T00:00:00Z", ok=False)
    assert "data/keys/mail" in found["keys"][0][1] and found["keys"][0][0] == "ill"
    assert found["settings"][0][0] == "ill" and "https" in found["settings"][0][1]
    assert found["clock"][0][0] == "ill" and "2030" in found["clock"][0][1]


def signer(workspace, names):
    """Makes the key; what the verifier asks of the DNS."""
    found = look(workspace, names, "--ip", "192.0.2.10", "--make-dkim-key", ok=False)
    name, text = published(found["dkim"][0][2])
    return lambda asked, timeout=5: {name + ".": text.encode()}.get(asked.decode() if isinstance(asked, bytes) else asked)


def test_every_mail_is_signed_and_verifies(workspace, server, names):  # noqa: F811
    sink = server()
    good(names)
    prepare(workspace, sink.url, 5)
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\ndkim: {{selector: zb}}', title="社会信用每周新闻摘要")
    lookup = signer(workspace, names)
    workspace.run("send", WEEK)
    workspace.run("send", WEEK, "--test", "try@example.com")
    assert counts(workspace) == {"sent": 5} and len(sink.messages) == 6
    for _, _, raw in sink.messages:
        assert dkim.verify(raw, dnsfunc=lookup)
        signature = re.sub(rb"\s", b"", raw.split(b"\r\n\r\n")[0].split(b"DKIM-Signature:")[1].split(b"\r\nTo:")[0])
        tags = dict(part.split(b"=", 1) for part in signature.split(b";") if b"=" in part)
        headers = tags[b"h"].lower().split(b":")
        assert tags[b"a"] == b"rsa-sha256" and b"l" not in tags and tags[b"d"] == b"example.org" and tags[b"s"] == b"zb"
        assert {b"list-unsubscribe", b"list-unsubscribe-post", b"subject", b"date", b"to", b"message-id", b"list-id"} <= set(headers)
        assert headers.count(b"from") == 2
        assert all(len(line) <= 998 for line in raw.split(b"\r\n")) and raw.startswith(b"DKIM-Signature: ")
        assert not dkim.verify(raw.replace(b"One-Click", b"Two-Click"), dnsfunc=lookup)
        assert not dkim.verify(raw.replace(b"From:", b"From: <x@evil.example>\r\nFrom:", 1), dnsfunc=lookup)
        assert not dkim.verify(raw[:-4] + b"x\r\n\r\n", dnsfunc=lookup)


def test_the_mail_that_asks_to_confirm_is_signed_too(workspace, server, names, serve):  # noqa: F811
    sink = server()
    good(names)
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\ndkim: {{selector: zb}}')
    lookup = signer(workspace, names)
    assert serve(workspace).post("/subscribe", {"email": "reader@example.org"})[0] == 200
    deadline = time.monotonic() + 60
    while not sink.messages and time.monotonic() < deadline:
        time.sleep(0.05)
    (_, _, raw), = sink.messages
    assert b"/confirm/" in raw.replace(b"=\r\n", b"") and dkim.verify(raw, dnsfunc=lookup)


def test_a_second_copy_has_the_same_signature(workspace, server, names):  # noqa: F811
    sink = server()
    good(names)
    prepare(workspace, sink.url, ["lost@example.com"])
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\ndkim: {{selector: zb}}')
    signer(workspace, names)
    sink.end = {"lost@example.com": "drop"}
    workspace.run("send", WEEK)
    first, second = (raw for _, _, raw in sink.messages)
    assert first == second


def test_without_its_key_nothing_goes_out_and_it_says_why(workspace, server):  # noqa: F811
    sink = server()
    prepare(workspace, sink.url, 2)
    workspace.configure(f'smtp: {{url: "{sink.url}"}}\ndkim: {{selector: zb}}')
    assert "dkim.pem" in workspace.fails("send", WEEK)
    assert not sink.messages and counts(workspace) == {"queued": 2}
