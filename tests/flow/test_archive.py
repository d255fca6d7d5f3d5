"""The archive as its readers have it: whole, the same anywhere, linked, small, followed by feeds, and telling nobody what only members may read."""
import datetime
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import feedparser
import html5lib
import pytest

from conftest import Workspace

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2017-07-03"
SECRET = "The members alone may read that the third list is drawn up in secret every spring."


def copy_of_the_repository(folder):
    """The workspace that the repository is."""
    space = Workspace(folder)
    folder.mkdir(parents=True)
    for name in ("issues", "feeds"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("zhoubao.yaml", "glossary.yaml"):
        shutil.copy(ROOT / name, folder / name)
    space.write("issues/documents/for-members.md", f"---\ntitle: A standard\ntier: gold\noriginal: 内部标准全文\naliases: [/old/standard/]\n---\n{SECRET}\n")
    return space


@pytest.fixture
def archive(tmp_path):
    space = copy_of_the_repository(tmp_path / "weekly")
    space.run("build")
    return space


def files_of(space):
    public = space.root / "public"
    return {str(path.relative_to(public)): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def pages_of(space):
    return {name: bytes_ for name, bytes_ in files_of(space).items() if name.endswith(".html")}


def elements(page):
    return html5lib.parse(page, namespaceHTMLElements=False).iter()


def test_two_builds_are_the_same_bytes_on_another_path_and_in_another_time_zone(archive, tmp_path):
    other = copy_of_the_repository(tmp_path / "elsewhere" / "a longer path")
    other.run("build", env={**os.environ, "TZ": "America/St_Johns", "LC_ALL": "C", "HOME": str(tmp_path)})
    assert files_of(other) == files_of(archive)


def test_nothing_unchanged_is_written_again(archive):
    def times():
        return {path: path.stat().st_mtime_ns for path in (archive.root / "public").rglob("*") if path.is_file()}
    before = times()
    again = archive.json("build")
    assert again["written"] == 0 and again["removed"] == 0 and times() == before
    assert archive.json("build", "--all")["written"] == 0 and times() == before


def test_one_changed_issue_changes_its_pages_and_no_other(archive):
    before = files_of(archive)
    path = f"issues/weekly/{ISSUE}.md"
    archive.write(path, archive.read(path).replace("Records of faith, illness", "Records of faith, of illness"))
    archive.run("build")
    after = files_of(archive)
    changed = {name for name in after if after[name] != before.get(name)}
    assert f"weekly/{ISSUE}/index.html" in changed and "index.html" in changed
    assert not any(name.startswith(("weekly/2017-06-26", "posts", "glossary", "assets")) for name in changed), changed
    fresh = copy_of_the_repository(archive.root.parent / "fresh")
    fresh.write(path, archive.read(path))
    fresh.run("build")
    assert files_of(fresh) == after, "built in one go or bit by bit"


def test_what_nobody_makes_any_more_goes(archive):
    (archive.root / "issues/weekly/2017-06-26.md").unlink()
    stray = archive.write("public/old/index.html", "from another day")
    archive.run("build", "--all")
    names = set(files_of(archive))
    assert not any(name.startswith("weekly/2017-06-26") for name in names) and not stray.exists()
    assert not any("2017-06-26" in page.decode() for page in pages_of(archive).values())


def test_every_link_inside_leads_somewhere(archive):
    pages, names = pages_of(archive), set(files_of(archive))
    ids = {name: {e.get("id") for e in elements(page) if e.get("id")} for name, page in pages.items()}
    seen = 0
    for name, page in pages.items():
        for element in elements(page):
            link = element.get("href") or element.get("src")
            if link is None or urlsplit(link).scheme:
                continue
            url = urlsplit(urljoin(f"http://host/{name}", link))
            target = unquote(url.path).lstrip("/")
            target += "index.html" if target == "" or target.endswith("/") else ""
            assert target in names, f"{name}: {link}"
            assert not url.fragment or target not in ids or url.fragment in ids[target], f"{name}: {link}"
            seen += 1
    assert seen > 300


def test_no_page_asks_anybody_else_for_anything(archive):
    for name, page in pages_of(archive).items():
        for element in elements(page):
            loads = [element.get("src"), element.get("srcset"), element.get("poster"),
                     element.get("href") if element.tag == "link" and element.get("rel") in ("stylesheet", "icon", "preload") else None]
            assert all(urlsplit(one).netloc == "" for one in loads if one), f"{name}: {loads}"
    assert not re.search(r"url\(|@import", archive.read("public/assets/style.css"))


def too_large(space):
    """Each page that has over 60 kB together with the assets that it loads, and how many bytes."""
    files = files_of(space)
    sizes = {name: len(page) + sum(len(files["assets/" + asset]) for asset in ("style.css", "icon.svg", "search.js") if asset.encode() in page)
             for name, page in pages_of(space).items()}
    return {name: size for name, size in sizes.items() if size >= 60_000}


def test_a_page_with_all_it_loads_stays_within_sixty_kilobytes(archive):
    assert too_large(archive) == {}


def test_an_archive_of_ten_years_stays_within_it_too(workspace):
    monday = datetime.date(2027, 1, 4)
    for n in range(522):
        day = monday - datetime.timedelta(weeks=n)
        workspace.write(f"issues/weekly/{day}.md", f"""---
title: Weekly – {day}
date: {day}
author: Mei Lin
summary: {"What a week it was, with one province after another. " * 3}
items:
  - {{heading: Something happened, url: "https://example.org/{n}", title: 河北省社会信用信息条例, pinyin: Hebeisheng, topics: {{location: [hebei]}}}}
---
Introduction.

## Something happened

A paragraph about it.
""")
    workspace.run("build", "--no-images")
    assert too_large(workspace) == {}
    seen, path = [], "authors/mei-lin/"
    while path:
        page = workspace.read(f"public/{path}index.html")
        seen += re.findall(r'href="[./]*weekly/([\d-]+)/"', page)
        older = re.search(r'href="([^"]+)" rel="prev"', page)
        path = urljoin("/" + path, older.group(1))[1:] if older else None
    assert len(seen) == len(set(seen)) == 522 and seen == sorted(seen, reverse=True)
    (workspace.root / f"issues/weekly/{monday}.md").unlink()
    before = {name: data for name, data in files_of(workspace).items() if "/page/" in name}
    workspace.run("build", "--no-images")
    after = files_of(workspace)
    assert sum(after.get(name) != data for name, data in before.items()) <= len(before) // 20, "old pages stay as they are"


def test_pages_read_well_without_any_style(archive):
    page = archive.root / "public/weekly" / ISSUE / "index.html"
    text = subprocess.run(["w3m", "-dump", "-cols", "80", "-O", "UTF-8", "-T", "text/html", str(page)], capture_output=True, check=True).stdout.decode()
    places = [text.index(words) for words in ("3rd July 2017", "Hebei invites comments", "Court and railway agree", "Credit agencies must register", "In brief")]
    assert places == sorted(places) and "河北省社会信用信息条例" in text and "Hebeisheng shehui xinyong" in text


def test_an_author_s_page_does_not_repeat_the_author(archive):
    page = archive.read("public/authors/mei-lin/index.html")
    assert page.count("Mei Lin") == page.split("<main")[0].count("Mei Lin") + 1, "once in the text, as its heading"
    assert "Mei Lin" in archive.read("public/archive/index.html").split("<main")[1]


def test_a_page_names_the_feed_that_it_leads_to(archive):
    def named(page):
        return set(re.findall(r'<link rel="alternate" type="[^"]*" title="([^"]*)"', archive.read(f"public/{page}")))
    assert named("about/index.html") == named("authors/mei-lin/index.html") == named("index.html") == {"Social Credit Weekly News Summary"}
    assert named("categories/explainers/index.html") == {"Explainers"}


def test_what_is_shown_for_a_missing_page_is_no_page(archive):
    page = archive.read("public/404.html")
    assert '<meta name="robots" content="noindex">' in page and "canonical" not in page and "og:" not in page
    assert "404" not in archive.read("public/sitemap.xml")


def test_feeds_of_all_kinds_are_taken_by_another_reader(archive):
    names = set(files_of(archive))
    feeds = [name for name in names if name.endswith(("feed.xml", "rss.xml"))]
    for folder in ("", "latest/", "latest/location/hebei/", "categories/explainers/"):
        assert {folder + "feed.xml", folder + "rss.xml", folder + "feed.json"} <= names
    for name in feeds:
        feed = feedparser.parse((archive.root / "public" / name).read_bytes())
        assert not feed.bozo and feed.entries and all(e.link.startswith("https://weekly.example.org/") and e.title for e in feed.entries), name
    whole = json.loads(archive.read("public/feed.json"))
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert whole["items"][0]["url"].endswith(f"/weekly/{ISSUE}/") and "河北省" in whole["items"][0]["content_html"]


def test_machines_are_told_what_they_ask(archive):
    page = archive.read(f"public/weekly/{ISSUE}/index.html")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S).group(1))
    assert data["@type"] == "NewsArticle" and data["datePublished"] == ISSUE and data["author"]["name"] == "Mei Lin"
    url = f"https://weekly.example.org/weekly/{ISSUE}/"
    assert f'<link rel="canonical" href="{url}">' in page and f'content="{url}card.png"' in page
    assert (archive.root / f"public/weekly/{ISSUE}/card.png").read_bytes().startswith(b"\x89PNG")
    assert f"<loc>{url}</loc>" in archive.read("public/sitemap.xml") and "Sitemap: " in archive.read("public/robots.txt")
    assert "/2017/06/lists-red-and-black/ /posts/what-is-a-list/ 301" in archive.read("public/_redirects")


def test_former_addresses_below_a_path_are_told_with_it(archive, serve):
    config = archive.read("zhoubao.yaml")
    archive.write("zhoubao.yaml", re.sub(r"(?m)^base_url: .*$", "base_url: https://example.org/weekly-news", config))
    archive.run("build")
    assert "/weekly-news/2017/06/lists-red-and-black/ /weekly-news/posts/what-is-a-list/ 301" in archive.read("public/_redirects")
    status, headers, _ = serve(archive).get("/2017/06/lists-red-and-black/")
    assert (status, headers["Location"]) == (301, "/posts/what-is-a-list/"), "what is served here has no path in front"


def test_the_server_leads_from_a_former_address_for_good(archive, serve):
    desk = serve(archive)
    for path, there in (("/2017/06/lists-red-and-black/", "/posts/what-is-a-list/"), ("/2017/06/lists-red-and-black", "/posts/what-is-a-list/"),
                        (f"/weekly/{ISSUE}", f"/weekly/{ISSUE}/")):
        status, headers, _ = desk.get(path)
        assert (status, headers["Location"]) == (301, there), path
    assert desk.get("/posts/what-is-a-list/")[0] == 200 and desk.get("/2017/06/")[0] == desk.get("/2017/06/lists-red")[0] == 404
    assert desk.get("/old/standard/")[0] == 404, "nobody is told where a members' page is"


def test_the_server_searches_for_browsers_that_run_no_scripts(archive, serve):
    desk = serve(archive)

    def found(words):
        status, _, page = desk.get("/search/?" + urlencode({"q": words}))
        assert status == 200
        return re.findall(r'<li><a href="\.\./([^"]+)">', page.split('id="search-results"')[1].split("</main>")[0])

    assert found("社会信用")[0] == f"weekly/{ISSUE}/"
    assert found("the blacklists")[0] == f"weekly/{ISSUE}/", "common words and endings count for nothing"
    assert found("北") and set(found("河北")) <= set(found("北")), "one character is the beginning of many words"
    assert found("河北 blacklist") == [page for page in found("河北") if page in found("blacklist")]
    assert found("nobody-wrote-this") == found("内部标准") == found("`$\\") == []
    page = desk.get("/search/?" + urlencode({"q": '"><b>信用'}))[2]
    assert "<b>" not in page and "Nothing found." not in page
    assert desk.get("/search/")[2] == archive.read("public/search/index.html")


def test_what_is_for_members_is_nowhere_in_public(archive):
    for name, data in files_of(archive).items():
        assert "for-members" not in name
        for words in (SECRET, "for-members", "内部标准", "old/standard"):
            assert words.encode() not in data, f"{name}: {words}"
    archive.write("issues/documents/for-members.md", archive.read("issues/documents/for-members.md").replace("tier: gold", "tier: public"))
    archive.run("build")
    assert SECRET in archive.read("public/documents/for-members/index.html")
    archive.write("issues/documents/for-members.md", archive.read("issues/documents/for-members.md").replace("tier: public", "tier: silver"))
    archive.run("build")
    assert not any(SECRET.encode() in data for data in files_of(archive).values())


def test_a_record_is_signed_and_what_was_changed_after_it_is_found(archive, origin):
    archive.run("issue", "publish", ISSUE)
    record = archive.root / f"issues/weekly/{ISSUE}.json"
    facts = json.loads(record.read_text())
    assert [item["url"] for item in facts["items"]][0] == "https://notices.example.org/hebei/2017/0627.html"
    assert facts["items"][0]["fetched"] == "2017-06-28T03:12:00Z" and len(facts["templates"]) == 64 and facts["software"].startswith("zhoubao ")
    assert archive.json("verify", record)["key"] == facts["key"]
    kept = record.read_bytes()
    archive.run("issue", "publish", ISSUE)
    assert record.read_bytes() == kept, "published twice, signed once"
    archive.run("build")
    public = archive.root / "public/weekly" / ISSUE
    assert "signed record" in (public / "index.html").read_text()
    for name in (f"{ISSUE}.json", f"{ISSUE}.md"):
        origin.pages[f"/weekly/{ISSUE}/{name}"] = (public / name).read_bytes()
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml").replace("crawl:\n", "crawl:\n  allow_private: [127.0.0.0/8]\n"))
    assert archive.json("verify", f"{origin.url}/weekly/{ISSUE}/{ISSUE}.json")["date"] == ISSUE
    page = f"{origin.url}/weekly/{ISSUE}"
    for beside in (page, f"{page}/", f"{page}/#item-2", f"{page}/?from=mail", public, public / "index.html", public / f"{ISSUE}.md", archive.root / f"issues/weekly/{ISSUE}.md"):
        assert archive.json("verify", beside)["date"] == ISSUE, "what a reader has at hand names its record"
    origin.pages[f"/weekly/{ISSUE}/{ISSUE}.md"] += b" "
    assert "not the issue that was signed" in archive.fails("verify", f"{origin.url}/weekly/{ISSUE}/{ISSUE}.json")
    record.write_bytes(kept.replace(b"Hebei invites", b"Henan invites"))
    assert "does not hold" in archive.fails("verify", record)
    record.write_bytes(kept)
    assert "another key" in archive.fails("verify", record, "--key", "0" * 64)
    for text, words in (("hello", "this is not JSON (line 1, character"), ("", "JSON that is empty"), ('{"a": 1}', "no record of an issue"), ("{" * 300, "deeper than")):
        record.write_text(text)
        assert words in archive.fails("verify", record)
    record.unlink()
    assert "has no signed record beside it" in archive.fails("verify", archive.root / f"issues/weekly/{ISSUE}.md")


def test_the_record_names_who_picked_and_who_approved(workspace):
    week = ["2017-W26", "--now", "2017-07-03T02:00:00Z"]
    workspace.configure("issue: {second_approval: true}\n")
    workspace.write("data/password", "a password for the tests\n")
    for name in ("li", "wang"):
        workspace.run("editors", "add", name, "--role", "editor", "--password-file", workspace.root / "data/password")
    for slot in (1, 2, 3):
        page = workspace.write(f"notice-{slot}.html", f"<html lang=zh><title>河北省社会信用条例第{slot}号</title><p>{'条例的正文在这里。' * 30}</p></html>")
        item = workspace.json("clip", page, "--url", f"https://notices.example.org/{slot}.html", "--now", "2017-06-28T03:00:00Z")["id"]
        workspace.run("pick", item, "--slot", slot, "--week", "2017-W26", "--editor", "li")
    workspace.run("issue", "new", *week, "--editor", "li")
    for slot in (1, 2, 3):
        workspace.run("issue", "edit", *week, "--editor", "li", "--slot", slot, "--heading", f"Heading {slot}", "--paragraph", f"What number {slot} says, in English.")
    workspace.run("issue", "approve", *week, "--editor", "wang")
    workspace.run("issue", "publish", *week, "--editor", "wang")
    record = workspace.root / f"issues/weekly/{ISSUE}.json"
    facts = json.loads(record.read_text())
    assert [item["picked_by"] for item in facts["items"]] == ["li"] * 3 and all(item["picked"] and item["sha256"] for item in facts["items"])
    assert (facts["edited_by"], facts["approved_by"], facts["published_by"]) == ("li", "wang", "wang") and facts["approved"]
    workspace.run("verify", record)


def test_the_published_bytes_come_again_from_the_same_inputs(archive):
    assert "byte for byte" in archive.run("build", "--verify").stdout
    page = archive.root / "public/about/index.html"
    page.write_bytes(page.read_bytes() + b"<!-- x -->")
    archive.write("public/extra.txt", "not ours")
    done = archive.run("build", "--verify", check=False)
    assert done.returncode == 1 and done.stdout.splitlines() == ["about/index.html differs", "extra.txt comes from no input"]


def test_a_smaller_archive_is_remembered_too(archive):
    archive.write("issues/posts/short-lived.md", "---\ntitle: Short-lived\ndate: 2017-06-01\ncategory: Notes\nauthor: Wu\n---\nGone tomorrow.\n")
    archive.run("build")
    (archive.root / "issues/posts/short-lived.md").unlink()
    archive.run("build")
    made = archive.json("build")
    assert made["written"] == 0 and made["skipped"] == made["files"], "nothing is rendered again"


def test_many_small_builds_leave_what_one_makes(archive):
    post = "---\ntitle: Note {0}\ndate: 2017-06-{0:02}\ncategory: Notes\nauthor: Wu\n---\nWords of day {0}, draft {1}.\n"
    memory = archive.root / "data/build.cache"
    archive.run("build", "--no-images")
    sizes = [memory.stat().st_size]
    for draft in range(2):
        for day in range(10, 20):
            archive.write(f"issues/posts/note-{day}.md", post.format(day, draft))
            (archive.root / f"issues/posts/note-{day - 3}.md").unlink(missing_ok=True)
            archive.run("build", "--no-images")
            sizes.append(memory.stat().st_size)
    assert any(later < earlier for earlier, later in zip(sizes, sizes[1:])), "it does not grow for ever"
    made, left = archive.json("build", "--no-images"), files_of(archive)
    assert made["written"] == made["removed"] == 0 and made["skipped"] == made["files"]
    whole = memory.read_bytes()
    for broken in (whole[:-7], whole + b"\x40\0\0\0nonsense", whole[: len(whole) // 2], b"\xff" * 64):
        memory.write_bytes(broken)
        made = archive.json("build", "--no-images")
        assert made["written"] == made["removed"] == 0 and files_of(archive) == left, "made again, to the same bytes"
    archive.run("build", "--no-images", "--all")
    assert files_of(archive) == left


def test_search_words_are_found_again_after_their_file_was_written_anew(archive):
    post = "---\ntitle: {0}\ndate: 2017-06-01\ncategory: Notes\nauthor: Wu\n---\n{1}\n"
    words = archive.root / "data/words.cache"
    for name in ("first", "second"):
        archive.write(f"issues/posts/{name}.md", post.format(name, f"Only the {name} speaks of quinoa and {name}berries."))
    archive.run("build", "--no-images")
    sizes = []
    for draft in "abcdefgh":
        archive.write("issues/posts/long.md", post.format("Long", " ".join(f"{draft}word{n}" for n in range(3000))))
        archive.run("build", "--no-images")
        sizes.append(words.stat().st_size)
    assert sizes[-1] < 2 * sizes[0], "it was written anew"
    archive.write("issues/posts/first.md", post.format("first", "It speaks of nothing."))
    (archive.root / "issues/posts/second.md").unlink()
    archive.run("build", "--no-images")
    left = files_of(archive)
    archive.run("build", "--no-images", "--all")
    assert files_of(archive) == left, "the index in the browser too"


def test_two_makers_of_one_address_are_both_named(archive):
    post = "---\ntitle: Note\ndate: 2017-06-01\ncategory: Notes\nauthor: Wu\naliases: [{}]\n---\nWords.\n"
    archive.run("build", "--no-images")
    before = files_of(archive)
    archive.write("issues/posts/first.md", post.format("/old/place"))
    for alias, words in (("/old/place/", "posts/second.md: it has the address of issues/posts/first.md, public/old/place/index.html"),
                         ("/posts/first/", "posts/second.md: it has the address of issues/posts/first.md, public/posts/first/index.html"),
                         ("/archive/", "posts/second.md: the archive itself makes public/archive/index.html")):
        archive.write("issues/posts/second.md", post.format(alias))
        assert words in archive.fails("build", "--no-images") and files_of(archive) == before, "nothing was written"
    (archive.root / "issues/posts/second.md").unlink()
    page = archive.write("issues/pages/latest.md", "---\ntitle: Mine\n---\nWords.\n")
    assert "pages/latest.md: the archive itself makes public/latest/index.html" in archive.fails("build", "--no-images")
    page.unlink()
    archive.run("build", "--no-images")
    assert "posts/first" in archive.read("public/old/place/index.html")


def test_one_partial_is_overridden_and_a_mistake_in_it_is_named(archive):
    archive.write("templates/partials/foot.mustache", "<footer>Printed by hand: {{site.title}}</footer>\n")
    archive.run("build")
    assert "Printed by hand: Social Credit Weekly" in archive.read("public/about/index.html")
    archive.write("templates/partials/foot.mustache", "<footer>\n{{site.titel}}\n</footer>\n")
    line = archive.fails("build")
    assert "foot.mustache:2" in line and "site.titel" in line


def test_a_theme_changes_the_look_and_sets_pinyin_above_the_characters(archive):
    card = archive.root / f"public/weekly/{ISSUE}/card.png"
    red = card.read_bytes()
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml") + "theme: office\n")
    archive.run("build")
    assert card.read_bytes() != red
    page = archive.read(f"public/weekly/{ISSUE}/index.html")
    assert re.search(r'<ruby>河北省<rp>\(</rp><rt lang="zh-Latn-pinyin">Hebeisheng</rt>', page)
    assert "office" in archive.read("public/assets/style.css")
    shutil.copytree(ROOT / "templates", archive.root / "templates")  # as in the repository; copies override nothing
    archive.run("build")
    assert archive.read(f"public/weekly/{ISSUE}/index.html") == page
    archive.write("templates/partials/foot.mustache", "<footer>Our own</footer>\n")
    archive.run("build")
    assert "<footer>Our own</footer>" in archive.read(f"public/weekly/{ISSUE}/index.html")
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml").replace("theme: office", "theme: nowhere"))
    assert "no theme 'nowhere'" in archive.fails("build")


def test_an_editors_own_pinyin_stands_above_the_characters_or_below_the_title(archive):
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml") + "theme: office\n")
    issue = archive.read(f"issues/weekly/{ISSUE}.md")
    issue = issue.replace("pinyin: Hebeisheng shehui", "pinyin: Héběi Shěng shèhuì")
    issue = issue.replace("pinyin: Qiye zhengxin jigou bei'an guanli banfa", "pinyin: Qiye zhengxin jigou")
    archive.write(f"issues/weekly/{ISSUE}.md", issue)
    archive.run("build")
    page = archive.read(f"public/weekly/{ISSUE}/index.html")
    above = re.findall(r'<ruby>([^<]*)<rp>\(</rp><rt lang="zh-Latn-pinyin">([^<]*)</rt>', page)
    assert above[:4] == [("河北", "Héběi"), ("省", "Shěng"), ("社会", "shèhuì"), ("信用", "xinyong")]
    assert '<p class="pinyin" lang="zh-Latn-pinyin">Qiye zhengxin jigou</p>' in page  # reads half the title
    assert page.count('<p class="pinyin"') == 1


def test_a_timeline_needs_its_data_and_no_page(workspace):
    workspace.run("build")
    assert "still empty" in workspace.read("public/timeline/index.html")
    workspace.write("issues/timeline.yaml", "- {date: 2014-06, title: The outline is issued}\n")
    workspace.run("build")
    page = workspace.read("public/timeline/index.html")
    assert "<svg" in page and "The outline is issued" in page and "still empty" not in page
    workspace.write("issues/timeline.yaml", "- {date: 2014-13, title: The outline is issued}\n")
    assert "timeline.yaml:1" in workspace.fails("build")


def problems(space, *args):
    done = space.run("issue", "check", ISSUE, "--json", *args, check=False)
    return {(p["code"], p["slot"]): p["text"] for p in json.loads(done.stdout)["problems"]}


def rewrite(space, old, new):
    text = space.read(f"issues/weekly/{ISSUE}.md")
    assert old in text
    space.write(f"issues/weekly/{ISSUE}.md", text.replace(old, new))


def test_a_glossary_term_may_hold_an_ampersand_and_breaks_none(archive):
    archive.write("glossary.yaml", "- term: 研发\n  translation: R&D\n- term: amp\n  translation: amplifier\n")
    rewrite(archive, "Agencies that rate persons are not covered.", "Agencies count R&D & more.")
    archive.run("build")
    page = archive.read(f"public/weekly/{ISSUE}/index.html")
    assert re.search(r'Agencies count <a class="term" href="[./]*glossary/#[^"]*">R&amp;D</a> &amp; more\.', page)


def test_the_preflight_sees_what_readers_would_stumble_over(archive):
    assert problems(archive) == {}
    archive.write("glossary.yaml", "- term: 联合惩戒\n  translation: joint punishment\n  avoid: [collective penalty]\n")
    rewrite(archive, "joint punishment mechanism", "collective penalty mechanism")
    assert "joint punishment" in problems(archive)["glossary", 1]
    rewrite(archive, "Agencies that rate persons are not covered.", SECRET + " See [it](https://weekly.example.org/documents/for-members/).")
    found = problems(archive)
    assert ("tier-leak", 3) in found and ("tier-link", 3) in found
    archive.write("templates/email_theme.css", ".meta { color: #bbbbbb; }\n")
    assert "#bbbbbb on #fffdf9" in problems(archive)["contrast", None]
    rewrite(archive, "title: 企业征信机构备案管理办法", "title: О кредитных бюро")
    assert ("language-missing", 3) in problems(archive)
    rewrite(archive, "Summary – 3rd July", "Summary \u200b– 3rd July")
    assert ("subject-encoding", None) in problems(archive)


def test_the_preflight_measures_the_mail_in_the_light_and_in_the_dark(archive):
    archive.write("templates/email_theme.css", "@media (prefers-color-scheme: dark) {\n  .meta { color: #333333 !important; }\n}\n")
    found = problems(archive)
    assert set(found) == {("contrast-dark", None)} and "#333333 on #1a1917" in found["contrast-dark", None]
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml") + "theme: office\n")
    (archive.root / "templates/email_theme.css").unlink()
    assert problems(archive) == {}, "the other theme is legible too"


def test_the_preflight_sees_a_mail_that_would_not_arrive_whole(archive):
    rewrite(archive, "Agencies that rate persons", f"![chart](https://example.org/{'x' * 1200}.png) Agencies that rate persons")
    found = problems(archive)
    assert ("line-long", None) not in found, "what is long is wrapped on its way"
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml") + "limits: {mail_bytes: 10000}\n")
    assert "over the limit mail_bytes of 10000" in problems(archive)["size", None]
    archive.write("templates/text.mustache", "{{#issue}}{{title}}{{/issue}}\n")
    assert "templates/text.mustache" in problems(archive)["unsubscribe-missing", None]
    archive.write("templates/text.mustache", "{{#issue}}{{title}}{{/issue}} {{#links}}{{unsubscribe}}{{/links}}\n")
    assert ("unsubscribe-missing", None) not in problems(archive)


def test_the_preflight_reads_the_headers_that_every_mail_would_have(archive):
    plain = archive.read("zhoubao.yaml")
    assert "name: Social Credit Weekly" in plain
    archive.write("zhoubao.yaml", plain.replace("name: Social Credit Weekly", r'name: "Weekly\r\nBcc: everybody@example.org"'))
    assert "control character" in problems(archive)["mail-refused", None]
    archive.write("zhoubao.yaml", plain.replace("https://weekly.example.org", "http://weekly.example.org"))
    assert "https only" in problems(archive)["unsubscribe-insecure", None], "List-Unsubscribe-Post would be for nothing"
    archive.write("zhoubao.yaml", plain)
    rewrite(archive, "title: Social Credit Weekly News Summary – 3rd July 2017", r'title: "Weekly\r\nBcc: everybody@example.org"')
    found = problems(archive)
    assert ("subject-control", None) in found and ("mail-refused", None) in found


def test_the_preflight_sees_a_mail_that_would_fetch_something(archive):
    mail = (ROOT / "templates/email.mustache").read_text("utf-8")
    archive.write("templates/email.mustache", mail.replace("</body>", '<img src="https://count.example.org/1.gif" alt="">\n</body>'))
    assert ("mail-request", None) in problems(archive)


@pytest.mark.parametrize("old, new, code", [
    ("Summary – 3rd July 2017", "Summary – 3th July 2017", ("date-spelling", None)),
    ("26th June to 2nd July 2017", "19th June to 2nd July 2017", ("date-period", None)),
    ("Agencies that rate persons", "![](https://example.org/a.png) Agencies that rate persons", ("alt-missing", 3)),
    ("title: Social Credit Weekly", "title: " + "Long " * 60 + "Social Credit Weekly", ("subject-long", None)),
])
def test_the_preflight_reads_what_is_written(archive, old, new, code):
    rewrite(archive, old, new)
    assert code in problems(archive)


def test_the_way_out_is_tried_when_links_are_followed(workspace, serve, origin):
    workspace.write(f"issues/weekly/{ISSUE}.md", (ROOT / f"issues/weekly/{ISSUE}.md").read_text("utf-8"))
    workspace.run("subscribers", "add", "reader@example.net")
    desk = serve(workspace)

    def way_out():
        return {code: text for (code, _), text in problems(workspace, "--links").items() if code == "unsubscribe-dead"}

    plain = workspace.read("zhoubao.yaml")
    workspace.write("zhoubao.yaml", plain.replace("https://weekly.example.org", desk.url))
    assert way_out() == {}
    workspace.write("zhoubao.yaml", plain.replace("https://weekly.example.org", origin.url))
    assert "the server answers 404" in way_out()["unsubscribe-dead"]
    asked = next(path for _, path, _ in origin.requests if path.startswith("/unsubscribe/"))
    origin.pages[asked] = b"<p>Parked.</p>"
    assert "does not offer to unsubscribe" in way_out()["unsubscribe-dead"]


def test_links_are_followed_when_asked(archive, origin):
    archive.write("zhoubao.yaml", archive.read("zhoubao.yaml").replace("crawl:\n", "crawl:\n  allow_private: [127.0.0.0/8]\n") + "limits: {host_gap_ms: 0}\n")
    text = archive.read(f"issues/weekly/{ISSUE}.md")
    archive.write(f"issues/weekly/{ISSUE}.md", text.replace("https://notices.example.org", origin.url).replace(
        "    source: Court gazette", f"    sha256: {'0' * 64}\n    source: Court gazette", 1))
    for path in re.findall(rf"{origin.url}(/\S+?)[\s)]", archive.read(f"issues/weekly/{ISSUE}.md")):
        origin.pages[path] = b"<p>here</p>"
    origin.pages["/finance/2017/221.html"] = (404, {}, b"gone")
    origin.pages["/hebei/2017/0627.html"] = (301, {"Location": "/new.html"}, b"")
    origin.pages["/new.html"] = b"<p>here now</p>"
    found = problems(archive, "--links")
    assert set(found) == {("link-dead", 3), ("link-moved", 1), ("link-changed", 2)}, found
    assert "/new.html" in found["link-moved", 1]
