"""Members: three tiers read the documents of issues/documents, after a sign-in by mail; nothing of it is in public/."""
import re
import time

import pytest

DOCUMENT = """---
title: {title}
original: {original}
issuer: {issuer}
signed: {signed}
{more}topics: {{location: [{place}]}}
---
{body}
"""


def document(workspace, slug, tier=None, **facts):
    facts = {"title": slug, "original": "社会信用条例", "issuer": "State Council", "signed": "2017-06-23", "place": "hebei", "body": "Text.", **facts}
    return workspace.write(f"issues/documents/{slug}.md", DOCUMENT.format(more=f"tier: {tier}\n" if tier else "", **facts))


@pytest.fixture
def library(workspace):
    document(workspace, "open-rule", body="Everybody may read of 联合惩戒.")
    document(workspace, "bronze-rule", "bronze", place="shanghai", signed="2016-01-02")
    document(workspace, "silver-rule", "silver", issuer="NDRC")
    document(workspace, "gold-rule", "gold", title="The golden catalogue", body="Secret words on 公共信用信息目录, and <script>alert(1)</script>.")
    return workspace


@pytest.fixture
def desk(library, serve, sink):
    library.configure(f'smtp: {{url: "{sink.url}"}}\n')
    for name, tier in (("bronze", "bronze"), ("silver", "silver"), ("gold", "gold"), ("reader", "none")):
        library.run("subscribers", "add", f"{name}@example.org", "--tier", tier)
    return serve(library)


def mailed_link(sink, count=1):
    for _ in range(200):
        if len(sink.messages) >= count:
            break
        time.sleep(0.05)
    assert len(sink.messages) == count
    raw = sink.messages[-1][2].replace(b"=\r\n", b"")
    return re.search(rb"https://weekly.example.org(/login/[a-z2-7]+)", raw).group(1).decode()


def sign_in(desk, sink, name):
    """The Cookie header of a member's session."""
    before = len(sink.messages)
    assert desk.post("/login", {"email": f"{name}@example.org"})[0] == 200
    path = mailed_link(sink, before + 1)
    assert sink.messages[-1][1] == [f"{name}@example.org"]
    assert "<form" in desk.get(path)[2]
    status, headers, _ = desk.post(path)
    assert (status, headers["Location"]) == (303, "/members/")
    cookie = headers["Set-Cookie"]
    assert all(word in cookie for word in ("__Host-zhoubao-member=", "Secure", "HttpOnly", "SameSite=Lax"))
    return cookie.split(";")[0]


def slugs(page):
    return set(re.findall(r'<h2><a href="/members/([\w-]+)"', page))


def test_each_tier_reads_up_to_its_own(desk, sink):
    expected = {"bronze": {"open-rule", "bronze-rule"}, "silver": {"open-rule", "bronze-rule", "silver-rule"},
                "gold": {"open-rule", "bronze-rule", "silver-rule", "gold-rule"}}
    for name, may in expected.items():
        cookie = sign_in(desk, sink, name)
        page = desk.get("/members/", Cookie=cookie)[2]
        assert slugs(page) == may
        for slug in expected["gold"]:
            status, _, page = desk.get(f"/members/{slug}", Cookie=cookie)
            assert (status == 200) == (slug in may), (name, slug, status)
            assert slug in may or "golden" not in page


def test_facets_and_words_narrow_the_list(desk, sink):
    cookie = sign_in(desk, sink, "gold")
    page = desk.get("/members/", Cookie=cookie)[2]
    links = re.findall(r'<a href="(/members/\?[^"]+)">NDRC \(1\)</a>', page)
    assert slugs(desk.get(links[0].replace("&amp;", "&"), Cookie=cookie)[2]) == {"silver-rule"}
    assert slugs(desk.get("/members/?f=location%3Dshanghai%7Cyear%3D2016", Cookie=cookie)[2]) == {"bronze-rule"}
    found = desk.get("/members/?q=%E4%BF%A1%E7%94%A8%E4%BF%A1%E6%81%AF", Cookie=cookie)[2]  # 信用信息
    assert slugs(found) == {"gold-rule"} and "<mark>" in found
    assert slugs(desk.get("/members/?q=golden+-secret", Cookie=cookie)[2]) == set()
    bronze = sign_in(desk, sink, "bronze")
    assert slugs(desk.get("/members/?q=golden", Cookie=bronze)[2]) == set()
    assert "NDRC" not in desk.get("/members/", Cookie=bronze)[2]


def test_a_document_page_has_its_facts_and_no_live_markup(desk, sink):
    page = desk.get("/members/gold-rule", Cookie=sign_in(desk, sink, "gold"))[2]
    assert all(word in page for word in ("The golden catalogue", "社会信用条例", "State Council", "2017-06-23", "公共信用信息目录"))
    assert "<script>alert" not in page


def test_strangers_are_sent_to_the_door(desk):
    for path in ("/members/", "/members/open-rule", "/members/gold-rule"):
        status, headers, page = desk.get(path)
        assert (status, headers["Location"]) == (303, "/login") and "rule" not in page
    assert desk.get("/members/", Cookie="__Host-zhoubao-member=abcdefgh")[0] == 303
    assert desk.post("/members/leave")[0] == 403


def test_the_answer_does_not_tell_who_is_a_member(desk, sink):
    answers = {desk.post("/login", {"email": address})[2].replace(address, "") for address in
               ("gold@example.org", "reader@example.org", "nobody@example.org")}
    assert len(answers) == 1
    mailed_link(sink)
    time.sleep(0.3)
    assert [to for _, to, _ in sink.messages] == [["gold@example.org"]]


def test_a_link_is_good_once_and_looking_does_not_use_it_up(desk, sink):
    desk.post("/login", {"email": "gold@example.org"})
    path = mailed_link(sink)
    assert [desk.get(path)[0] for _ in range(3)] == [200] * 3
    assert desk.post(path)[0] == 303
    assert desk.get(path)[0] == 404 and desk.post(path)[0] == 404
    assert desk.post("/login/" + "a" * 32)[0] == 404


def test_links_are_mailed_three_times_an_hour_and_a_network_asks_five_times(desk, sink):
    answers = [desk.post("/login", {"email": "gold@example.org"})[0] for _ in range(6)]
    assert answers == [200] * 5 + [429]
    mailed_link(sink, 3)
    time.sleep(0.3)
    assert len(sink.messages) == 3


def test_signing_out_ends_the_session(desk, sink):
    cookie = sign_in(desk, sink, "gold")
    page = desk.get("/members/", Cookie=cookie)[2]
    token = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    assert desk.post("/members/leave", {"csrf": "wrong"}, Cookie=cookie)[0] == 403
    assert desk.post("/members/leave", {"csrf": token}, Cookie=cookie, Origin="https://evil.example")[0] == 403
    assert desk.get("/members/", Cookie=cookie)[0] == 200
    assert desk.post("/members/leave", {"csrf": token}, Cookie=cookie)[0] == 303
    assert desk.get("/members/", Cookie=cookie)[0] == 303


def test_a_tier_that_is_taken_away_counts_at_once(desk, sink, library):
    cookie = sign_in(desk, sink, "gold")
    library.run("members", "set-tier", "gold@example.org", "bronze")
    assert slugs(desk.get("/members/", Cookie=cookie)[2]) == {"open-rule", "bronze-rule"}
    library.run("members", "set-tier", "gold@example.org", "none")
    assert desk.get("/members/", Cookie=cookie)[0] == 303


def test_who_has_left_the_list_still_reads_and_who_is_erased_does_not(desk, sink, library):
    cookie = sign_in(desk, sink, "gold")
    library.run("subscribers", "remove", "gold@example.org")
    assert desk.get("/members/", Cookie=cookie)[0] == 200
    library.run("subscribers", "erase", "gold@example.org", "--yes")
    assert desk.get("/members/", Cookie=cookie)[0] == 303


def test_public_holds_nothing_of_the_members_documents(library):
    document(library, "said-none", "none", title="Said to be for all")
    library.run("build")
    every = {path: path.read_bytes() for path in (library.root / "public").rglob("*") if path.is_file()}
    assert any(b"Said to be for all" in text for text in every.values())
    assert any(b"open-rule" in text for text in every.values())
    for word in (b"gold-rule", b"golden", b"bronze-rule", b"silver-rule", "公共信用信息目录".encode()):
        assert not [path for path, text in every.items() if word in text or word.decode() in str(path)], word
    document(library, "open-rule", "gold", title="Now closed")
    library.run("build")
    assert not [path for path in (library.root / "public").rglob("*") if path.is_file() and b"open-rule" in path.read_bytes()]


def test_an_unknown_tier_is_an_error_with_its_line_and_opens_nothing(library):
    document(library, "typo", "glod")
    assert "typo.md:6: there is no tier 'glod'" in library.fails("build")
    listed = library.run("documents", "list")
    assert "left out: " in listed.stderr and "typo" not in listed.stdout


def test_documents_are_listed_added_imported_and_found_on_the_command_line(workspace, tmp_path):
    workspace.run("documents", "add", "-", "--title", "Shanghai rules", "--original", "上海市社会信用条例", "--tier", "silver", "--topic",
                  "location=shanghai", "--signed", "2017-06-23", stdin=open(workspace.write("body.md", "On 失信 lists."), "rb"))
    assert "pinyin: Shanghaishi shehui xinyong tiaoli" in workspace.read("issues/documents/shanghai-rules.md")
    assert "is there already" in workspace.fails("documents", "add", workspace.root / "body.md", "--title", "Shanghai rules")
    assert "must be a date" in workspace.fails("documents", "add", workspace.root / "body.md", "--title", "X", "--signed", "yesterday")
    page = tmp_path / "page.html"
    page.write_text("<html><head><meta charset=utf-8><title>河北省公共信用信息管理办法</title></head><body><h1>河北省公共信用信息管理办法</h1><div><p>" +
                    "第一条 为了规范公共信用信息的归集和使用，保护信用主体的合法权益，制定本办法。</p><p>" * 4 + "</p></div></body></html>", "utf-8")
    workspace.run("documents", "import", page, "--tier", "gold")
    listed = workspace.json("documents", "list")
    assert {(d["slug"], d["tier"]) for d in listed["documents"]} == {("shanghai-rules", "silver"), ("hebeisheng-gonggong-xinyong-xinxi-guanli-banfa", "gold")}
    assert workspace.json("documents", "list", "--tier", "silver")["total"] == 1
    assert workspace.json("documents", "search", "失信")["documents"][0]["slug"] == "shanghai-rules"
    assert workspace.json("documents", "search", "归集")["documents"][0]["snippet"]
    assert workspace.json("documents", "list", "--facet", "location=shanghai")["total"] == 1
    (workspace.root / "issues/documents/shanghai-rules.md").unlink()
    assert workspace.json("documents", "search", "失信")["total"] == 0
    assert workspace.fails("documents", "list", "--facet", "nonsense", code=2)


def test_members_are_listed_and_status_counts_them(workspace):
    for name, tier in (("a", "gold"), ("b", "none"), ("c", "bronze")):
        workspace.run("subscribers", "add", f"{name}@example.org", "--tier", tier)
    assert [m["email"][0] for m in workspace.json("members", "list")["members"]] == ["a", "c"]
    assert workspace.json("members", "list", "--tier", "bronze")["total"] == 1
    workspace.fails("members", "set-tier", "b@example.org", "tin", code=2)
    workspace.fails("members", "set-tier", "z@example.org", "gold")
    status = workspace.json("status")
    assert (status["members"], status["subscribers"]["active"], status["published"], status["mailing"]) == (2, 3, None, None)
    assert "2 members" in workspace.run("status").stdout
