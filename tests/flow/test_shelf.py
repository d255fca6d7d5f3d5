"""The desk's members, posts, documents and settings: what the command line does, for editors; through the program, without a browser."""
import html
import re
import time

import pytest

from test_people import PASSWORD, Editor, add

ESSAY = {"title": "What is a list?", "date": "2017-06-15", "author": "Mei Lin", "category": "Explainers", "summary": "", "language": "", "topics": "type=blacklist, type=redlist"}


@pytest.fixture
def desk(workspace, serve):
    add(workspace, "li", "editor")
    add(workspace, "wang", "contributor")
    return serve(workspace)


@pytest.fixture
def li(desk):
    return Editor(desk, "li")


def sum_of(page):
    return re.search(r'name="sum" value="(\w*)"', page).group(1)


def test_an_essay_is_written_tried_out_and_published(workspace, desk, li):
    status, _, page = li.post("/desk/posts/new", **ESSAY, sum="", act="preview", body="Some *lists*.\r\n\r\n<script>alert(1)</script>")
    assert status == 200 and "<em>lists</em>" in page and "<script>alert" not in page
    assert not (workspace.root / "issues/posts/what-is-a-list.md").exists(), "a preview writes nothing"
    status, headers, _ = li.post("/desk/posts/new", **ESSAY, sum="", body="Some *lists*.\r\n\r\nAnd more.")
    assert (status, headers["Location"]) == (303, "/desk/posts/what-is-a-list?said=saved")
    text = workspace.read("issues/posts/what-is-a-list.md")
    assert "author: Mei Lin" in text and text.endswith("Some *lists*.\n\nAnd more.") and "\r" not in text and "redlist" in text
    assert "<em>lists</em>" in desk.get("/posts/what-is-a-list/")[2], "the archive has it"
    assert "What is a list?" in li.get("/desk/posts") and "essay saved" in li.get("/desk/audit?about=what-is-a-list")
    status, _, page = li.post("/desk/posts/new", **ESSAY, sum="", body="Another of that name")
    assert status == 422 and "there is a file of that name already" in page and "Another of that name" in page
    assert workspace.read("issues/posts/what-is-a-list.md") == text


def test_an_essay_may_be_called_new(workspace, li):
    assert li.post("/desk/posts/new", **{**ESSAY, "title": "New"}, sum="", body="Words.")[0] == 303
    assert workspace.read("issues/posts/new-1.md").endswith("Words.") and "New" in li.get("/desk/posts/new-1")


def test_a_stale_form_shows_both_and_writes_nothing(workspace, li):
    workspace.write("issues/posts/rule.md", "---\ntitle: A rule\ndate: 2017-06-15\naliases: [/2016/rule/]\n---\nFirst words.\n")
    mine = sum_of(li.get("/desk/posts/rule"))
    assert li.post("/desk/posts/rule", title="A rule", date="2017-06-15", sum=mine, body="Their words.")[0] == 303
    theirs = workspace.read("issues/posts/rule.md")
    assert "/2016/rule/" in theirs, "what the form does not ask for stays"
    status, _, page = li.post("/desk/posts/rule", title="A rule", date="2017-06-15", sum=mine, body="My words.")
    assert status == 409 and "Their words." in page and "My words." in page and workspace.read("issues/posts/rule.md") == theirs
    assert li.post("/desk/posts/rule", title="A rule", date="2017-06-15", sum=sum_of(page), body="My words.")[0] == 303
    assert workspace.read("issues/posts/rule.md").endswith("My words.")


def test_a_document_gets_its_pinyin_and_its_readers(workspace, li):
    form = {"title": "Hebei rules", "original": "河北省社会信用信息条例", "pinyin": "", "signed": "2017-06-27", "status": "draft", "tier": "silver", "topics": "location=hebei"}
    assert li.post("/desk/documents/new", **{**form, "signed": "yesterday"}, sum="", body="Text.")[0] == 422
    assert li.post("/desk/documents/new", **{**form, "topics": "hebei"}, sum="", body="Text.")[0] == 422
    assert li.post("/desk/documents/new", **form, sum="", body="Text on 联合惩戒.")[0] == 303
    text = workspace.read("issues/documents/hebei-rules.md")
    assert "tier: silver" in text and "pinyin: Hebeisheng shehui xinyong xinxi tiaoli" in text
    found = workspace.json("documents", "search", "联合惩戒")["documents"]
    assert [d["slug"] for d in found] == ["hebei-rules"]
    assert "Hebei rules" in li.get("/desk/documents?q=%E8%81%94%E5%90%88") and "Hebei rules" not in li.get("/desk/documents?q=nowhere")
    page = li.get("/desk/documents/hebei-rules")
    assert li.post("/desk/documents/hebei-rules", **{**form, "tier": "none"}, sum=sum_of(page), body="Text.")[0] == 303
    assert "tier:" not in workspace.read("issues/documents/hebei-rules.md")


@pytest.mark.parametrize("slug", ["..", "%2e%2e%2fzhoubao", "a%2fb", ".hidden", "a%0ab", "x" * 101])
def test_no_name_leads_out_of_the_folder(li, slug):
    assert li.ask(f"/desk/posts/{slug}")[0] in (400, 404)
    assert li.post(f"/desk/posts/{slug}", **ESSAY, sum="", body="x")[0] in (400, 404)


def test_a_broken_file_is_told_and_keeps_no_other_out(workspace, li):
    workspace.write("issues/posts/good.md", "---\ntitle: Good\ndate: 2017-06-15\n---\nText.\n")
    workspace.write("issues/posts/bad.md", "---\ntitle: Bad\ndate: soon\n---\nText.\n")
    workspace.write("issues/documents/worse.md", "---\ntitle: [\n---\n")
    page = li.get("/desk/posts")
    assert "Good" in page and "bad.md:3: 'date' must be a date" in page
    assert "Left out: issues/documents/worse.md" in li.get("/desk/documents")


def test_somebody_of_the_list_becomes_a_member_and_stops_being_one(workspace, li):
    workspace.run("subscribers", "add", "reader@example.org")
    assert "There is no member yet" in li.get("/desk/members")
    assert li.post("/desk/members/tier", who="nobody@example.org", tier="gold")[0] == 404
    assert li.post("/desk/members/tier", who="reader@example.org", tier="lead")[0] == 400
    assert li.post("/desk/members/tier", who=" reader@example.org ", tier="gold")[0] == 303
    page = li.get("/desk/members")
    assert "gold (1)" in page and "reader@example.org" in page and "reader@example.org" not in li.get("/desk/members?tier=silver")
    assert [m["tier"] for m in workspace.json("members", "list")["members"]] == ["gold"]
    number = re.search(r'name="who" value="(\d+)"', page).group(1)
    assert li.post("/desk/members/tier", who=number, tier="none")[0] == 303
    assert workspace.json("members", "list")["total"] == 0
    audit = li.get("/desk/audit")
    assert "tier changed to gold" in audit and f"subscriber {number}" in audit and "reader@example.org" not in audit
    assert li.ask("/desk/members?tier=none")[0] == 404


def test_settings_say_where_they_are_changed_and_keep_secrets(workspace, serve):
    workspace.configure('smtp: {url: "smtp://post:hunter2@mail.example.org:587"}\n')
    workspace.write("zhoubao.yaml", workspace.read("zhoubao.yaml").replace("first_fetch_days", 'proxy: "http://me:hunter3@proxy.example.org", first_fetch_days'))
    add(workspace, "li", "editor")
    page = Editor(serve(workspace), "li").get("/desk/settings")
    assert "hunter" not in page and "smtp to mail.example.org:587, signed in" in page and "post:" not in page
    rows = dict(re.findall(r"<code>([\w: ]+)</code>.*?<td[^>]*>(?:<[^>]+>)*(line \d+|default)", re.sub(r"</th><td>.*?</td>", "</th>", page)))
    lines = workspace.read("zhoubao.yaml").splitlines()
    for key in ("title", "timezone"):
        assert lines[int(rows[key].split()[1]) - 1].startswith(key), key
    assert rows["host_gap_ms"].startswith("line") and rows["redirects"] == "default" and rows["theme"] == "default"


def test_a_contributor_is_not_shown_what_they_may_not_do(desk):
    page = html.unescape(Editor(desk, "wang").get("/desk/people"))
    for path in ("posts", "documents", "members", "settings", "subscribers", "audit"):
        assert f'href="/desk/{path}"' not in page
    assert 'href="/desk/queue"' in page and f'{PASSWORD}' not in page


def test_an_archive_that_cannot_be_built_is_told_on_every_page_and_built_again(workspace, desk, li):
    workspace.write("templates/post.mustache", "{{#never closed")
    assert li.post("/desk/posts/new", **ESSAY, sum="", body="Words.")[0] == 303, "the words are saved all the same"
    for _ in range(200):
        page = li.get("/desk/queue")
        if "could not be built" in page:
            break
        time.sleep(0.05)
    assert "could not be built" in page and "templates/post.mustache" in page and str(workspace.root) not in page
    (workspace.root / "templates/post.mustache").unlink()
    assert li.post("/desk/archive")[0] == 303
    for _ in range(200):
        if desk.get("/posts/what-is-a-list/")[0] == 200:
            break
        time.sleep(0.05)
    assert "Words." in desk.get("/posts/what-is-a-list/")[2] and "could not be built" not in li.get("/desk/queue")


def test_a_broken_document_keeps_nobody_from_writing_the_issue(workspace, li):
    workspace.write("issues/documents/broken.md", "---\ntitle: [\n---\n")
    workspace.run("issue", "new", "2017-W26")
    assert "issues/documents/broken.md cannot be read" in li.get("/desk/issue/2017-W26")
