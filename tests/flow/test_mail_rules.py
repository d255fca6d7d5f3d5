"""What goes over the wire: TLS, login, envelope, and every rule of the mail itself on the raw bytes at the server."""
import base64
import email
import email.policy
import re
import ssl
import subprocess

import pytest
from smtp_server import Server
from test_delivery import WEEK, counts, prepare, server  # noqa: F401 (a fixture)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority and a certificate of its for localhost; and one for another name."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority", "-days", "2")
    for name in ("localhost", "elsewhere.example"):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (folder / "ext").write_text(f"subjectAltName=DNS:{name}")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.pem",
                "-days", "2", "-extfile", "ext")
    return folder


def context(certificates, name):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    return made


def environment(certificates, trusted=True):
    import os
    return {**os.environ, **({"SSL_CERT_FILE": str(certificates / "ca.pem")} if trusted else {})}


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mail_goes_over_tls_that_is_verified(workspace, server, certificates, scheme):  # noqa: F811
    tls, names = context(certificates, "localhost"), []
    tls.sni_callback = lambda _, name, __: names.append(name)
    sink = server(tls=tls, implicit=scheme == "smtps")
    sink.login = "AUTH PLAIN " + base64.b64encode(b"\0me\0pass word").decode()
    addresses = prepare(workspace, f"{scheme}://me:pass%20word@localhost:{sink.port}", 30)
    workspace.run("send", WEEK, env=environment(certificates))
    assert {len(sink.copies[a]) for a in addresses} == {1} and counts(workspace) == {"sent": 30}
    assert ("STARTTLS" in sink.commands) == (scheme == "smtp") and "AUTH" in sink.commands
    assert set(names) == {"localhost"} and sink.connections <= 6, (names, sink.connections)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize("trusted,name", [(False, "localhost"), (True, "elsewhere.example")])
def test_a_certificate_that_proves_nothing_gets_no_mail(workspace, server, certificates, scheme, trusted, name):  # noqa: F811
    sink = server(tls=context(certificates, name), implicit=scheme == "smtps")
    prepare(workspace, f"{scheme}://localhost:{sink.port}", 3)
    line = workspace.fails("send", WEEK, env=environment(certificates, trusted))
    assert "certificate" in line.lower() or "ssl" in line.lower(), line
    assert "MAIL" not in sink.commands and counts(workspace) == {"queued": 3}


def test_a_relay_without_starttls_gets_no_mail_unless_told_so(workspace, server):  # noqa: F811
    sink = server()
    prepare(workspace, f"smtp://localhost:{sink.port}", 3)
    assert "STARTTLS" in workspace.fails("send", WEEK)
    workspace.configure(f'smtp: {{url: "smtp://localhost:{sink.port}", plaintext: true}}')
    workspace.run("send", WEEK)
    assert sink.accepted == 3


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_every_fate_is_the_same_over_both_libraries(workspace, server, certificates, scheme):  # noqa: F811
    sink = server(tls=context(certificates, "localhost"), implicit=scheme == "smtps")
    prepare(workspace, f"{scheme}://localhost:{sink.port}", 20, connections=2)
    sink.rcpt = {"p2@example.com": "550 5.1.1 nobody", "p3@example.com": "450 4.2.1 later"}
    sink.end = {"p4@example.com": "554 5.7.1 no", "p5@example.com": "451 4.3.0 later", "p6@example.com": "drop"}
    workspace.run("send", WEEK, env=environment(certificates))
    assert counts(workspace) == {"sent": 15, "failed": 2, "deferred": 2, "held": 1}
    assert len(sink.copies["p6@example.com"]) == 2
    failed = {row["address"]: row for row in workspace.json("deliveries", WEEK, "--state", "failed")}
    assert (failed["p2@example.com"]["code"], failed["p2@example.com"]["status"]) == (550, "5.1.1")
    assert (failed["p4@example.com"]["code"], failed["p4@example.com"]["status"]) == (554, "5.7.1")


@pytest.mark.parametrize("extensions", [(), ("PIPELINING",), ("PIPELINING", "CHUNKING", "8BITMIME")])
def test_the_same_bytes_arrive_by_data_and_by_bdat(workspace, server, extensions):  # noqa: F811
    sink = server(extensions=extensions)
    addresses = prepare(workspace, sink.url, 12, connections=1)
    workspace.run("send", WEEK)
    assert {len(sink.copies[a]) for a in addresses} == {1}
    assert ("BDAT" in sink.commands) == ("CHUNKING" in extensions)
    assert all(data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"") for _, _, data in sink.messages)


def test_dsn_and_return_path_name_the_delivery(workspace, server):  # noqa: F811
    sink = server(extensions=("PIPELINING", "DSN"))
    prepare(workspace, sink.url, 3)
    workspace.run("send", WEEK)
    for mail, rcpt, _ in sink.messages:
        found = re.fullmatch(r"MAIL FROM:<weekly\+(\d+\.[a-z2-7]{16})@example\.org>( SIZE=\d+)? RET=HDRS ENVID=(\S+)", mail)
        assert found and found.group(1) == found.group(3), mail
        assert re.search(r"RCPT TO:<(\S+)> NOTIFY=FAILURE ORCPT=rfc822;\1$", rcpt), rcpt


def raw_headers(data):
    """(name, value) as on the wire, and the lines."""
    head = data.split(b"\r\n\r\n", 1)[0]
    fields = re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")
    return [(name.decode(), value.strip().decode()) for name, value in (field.split(b":", 1) for field in fields)], head.split(b"\r\n")


def test_every_rule_of_the_mail_holds_on_the_raw_bytes(workspace, server):  # noqa: F811
    sink = server()
    prepare(workspace, sink.url, 2)
    workspace.configure(f'smtp: {{url: "{sink.url}"}}', title="社会信用每周新闻摘要与其他各种各样很长的名字以便折行")
    workspace.run("send", WEEK)
    seen_ids, seen_links = set(), set()
    for mail, rcpt, data in sink.messages:
        fields, lines = raw_headers(data)
        names = [name.lower() for name, _ in fields]
        headers = dict((name.lower(), value) for name, value in fields)
        # RFC 5321, 5322: line ends, line lengths, ASCII; each of these once
        assert b"\r\n.\r\n" not in data and re.search(rb"(?<!\r)\n|\r(?!\n)|\0", data) is None
        assert max(map(len, data.split(b"\r\n"))) <= 998 and data.isascii()
        assert all(len(line) <= 78 or b" " not in line.split(b": ", 1)[-1].strip() for line in lines), "a line that could be folded"
        for name in ("from", "to", "subject", "date", "message-id", "mime-version", "list-unsubscribe", "list-unsubscribe-post", "list-id"):
            assert names.count(name) == 1, name
        assert "bcc" not in names and "return-path" not in names
        # RFC 2047: encoded words of at most 75 characters that each decode by themselves
        words = re.findall(rb"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=", data.split(b"\r\n\r\n", 1)[0])
        assert words and max(map(len, words)) <= 75
        for word in words:
            charset, kind, text = word[2:-2].split(b"?")
            assert kind.upper() == b"Q" or base64.b64decode(text).decode(charset.decode())
        # RFC 2369, 2919, 8058
        found = re.fullmatch(r"<(https://weekly\.example\.org/unsubscribe/[a-z2-7]{24})>", headers["list-unsubscribe"])
        assert found and headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
        assert re.search(r"<weekly\.example\.org>$", headers["list-id"]) and len(headers["list-id"].encode()) <= 255
        seen_links.add(found.group(1))
        assert re.fullmatch(r"<[a-z2-7]{26}@example\.org>", headers["message-id"])
        seen_ids.add(headers["message-id"])
        # Both parts, the link visible in each, under Gmail's clip; no pixel, no redirected link
        message = email.message_from_bytes(data, policy=email.policy.default)
        text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert message.get_content_type() == "multipart/alternative" and found.group(1) in text and found.group(1) in html
        assert "河北省社会信用信息条例" in text and "河北省社会信用信息条例" in html
        assert len(data) <= 100000 and "<img" not in html and "https://notices.example.org/hebei/2017/0627.html" in html
        assert message["to"].addresses[0].addr_spec == re.search("<(.*)>", rcpt).group(1)
    assert len(seen_ids) == len(seen_links) == 2


def test_a_name_that_injects_headers_sends_nothing_and_says_why(workspace, server):  # noqa: F811
    sink = server()
    prepare(workspace, sink.url, ["good@example.com", "bad@example.com"])
    workspace.run("send", WEEK, "--queue")
    from test_delivery import database
    with database(workspace) as db:
        db.execute("""UPDATE delivery SET name = '"张三" <x>' || char(13) || char(10) || 'Bcc: y@z' WHERE address = 'bad@example.com'""")
    workspace.run("send", WEEK)
    assert list(sink.copies) == ["good@example.com"]
    (row,) = workspace.json("deliveries", WEEK, "--state", "failed")
    assert row["address"] == "bad@example.com" and "control character" in row["words"], row
