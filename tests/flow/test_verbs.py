"""What editors do on the command line beside the road itself: review and return, revisions, and what earlier issues said."""
from test_road import NOW, WEEK, crawl_samples, items_by_title, sample_origin, write_issue  # noqa: F401 (a fixture)

NOTICE = "关于在一定期限内适当限制特定严重失信人乘坐火车推动社会信用体系建设的意见"
EARLIER = """---
title: Test Weekly – 26th June 2017
date: 2017-06-26
items:
  - heading: Ban on train tickets announced
    url: https://elsewhere.example.org/1
    title: 限制乘坐火车
    number: 发改财金〔2017〕1190号
  - heading: Officials comment on the Shanghai rules
    url: https://elsewhere.example.org/2
    title: 《上海市社会信用条例》解读
  - heading: Something else entirely
    url: https://elsewhere.example.org/3
    title: 无关的事情
---

## Ban on train tickets announced

Passengers on a list may not buy them. [read more here](https://elsewhere.example.org/1)

## Officials comment on the Shanghai rules

They are explained. [read more here](https://elsewhere.example.org/2)

## Something else entirely

Nothing of it matters. [read more here](https://elsewhere.example.org/3)
"""


def test_an_item_is_shown_with_what_earlier_issues_said(workspace, sample_origin):  # noqa: F811
    crawl_samples(workspace, sample_origin)
    item = items_by_title(workspace)[NOTICE]["id"]
    assert workspace.json("show", item, *NOW)["coverage"] == []
    workspace.write("issues/weekly/2017-06-26.md", EARLIER)
    workspace.write("issues/weekly/2017-07-10.md", EARLIER.replace("2017-06-26", "2017-07-10"))  # a later one is no earlier coverage
    workspace.write("issues/weekly/2017-06-19.md", "not an issue")
    found = workspace.json("show", item, *NOW)["coverage"]
    assert found == [{"title": "Ban on train tickets announced", "date": "2017-06-26", "path": "/weekly/2017-06-26/", "because": "the same document"}]
    assert "earlier    2017-06-26, Ban on train tickets announced (the same document)" in workspace.run("show", item, *NOW).stdout
    citing = workspace.write("citing.html", "<html><head><title>各地贯彻信用立法</title></head><body><article><p>" +
                             "各地认真学习《上海市社会信用条例》，并提出了自己的实施方案和时间表，力争年底前全部完成。" * 4 + "</p></article></body></html>")
    clipped = workspace.json("clip", citing, "--url", "https://clipped.example.org/citing", *NOW)
    shown = workspace.json("show", clipped["id"], *NOW)
    assert [(hit["title"], hit["because"]) for hit in shown["coverage"]] == [("Officials comment on the Shanghai rules", "both name 《上海市社会信用条例》")]


def test_an_issue_is_reviewed_returned_and_an_earlier_wording_restored(workspace, sample_origin):  # noqa: F811
    crawl_samples(workspace, sample_origin)
    write_issue(workspace)
    first = workspace.json("issue", "revisions", WEEK)[0]["id"]
    workspace.run("issue", "edit", WEEK, "--slot", "1", "--heading", "Another heading")
    last = workspace.json("issue", "revisions", WEEK)[0]["id"]
    assert last > first
    changed = workspace.run("issue", "revisions", WEEK, first, last).stdout
    assert "- ## Shanghai adopts credit regulations" in changed and "+ ## Another heading" in changed
    assert "not the number of a revision" in workspace.fails("issue", "restore", WEEK, "none", code=2)
    workspace.fails("issue", "restore", WEEK, last + 1000)
    assert "in review" in workspace.run("issue", "review", WEEK, "--editor", "li").stdout
    assert workspace.json("issue", "show", WEEK)["state"] == "review"
    assert "draft again" in workspace.run("issue", "return", WEEK, "--editor", "wang", "--why", "The heading misleads").stdout
    assert workspace.json("issue", "show", WEEK)["state"] == "draft"
    workspace.run("issue", "restore", WEEK, first)
    assert "Shanghai adopts credit regulations" in workspace.run("issue", "show", WEEK).stdout
    assert workspace.json("issue", "revisions", WEEK)[0]["what"] == "restore"
