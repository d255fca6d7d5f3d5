"""A small origin server: the sixty sample notices as sources of every kind, each in the week that is asked for.

The notices are those of tests/fixtures/stories.jsonl; their days move so that 26 June 2017 falls on the week's Monday."""
import datetime
import html
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NOTICES = Path(__file__).resolve().parents[1] / "fixtures" / "stories.jsonl"
MONDAY = datetime.date(2017, 6, 26)

# slug: (kind of page, title, language, level, the notices' sources that it carries)
SOURCES = {
    "ndrc": ("trs", "National Development and Reform Commission, documents", "zh", "central", ["ndrc"]),
    "provincial-congresses": ("gb-list", "Provincial people's congresses", "zh", "provincial",
                              ["hebei-congress", "henan-congress", "shanghai-congress", "zhejiang", "hubei"]),
    "supreme-court": ("gb-list", "Supreme People's Court", "zh", "court", ["supreme-court"]),
    "ministries": ("jpaas", "Ministries and regulators", "zh", "central",
                   ["tax", "market", "tourism", "health", "civil", "cac", "npc", "pbc", "aviation", "railway"]),
    "credit-offices": ("jpage", "Credit offices of cities", "zh", "sub-provincial",
                       ["credit-shanghai", "credit-wuxi", "credit-suzhou", "credit-china"]),
    "credit-transport": ("date-link", "Credit Transport", "zh", "central", ["credit-transport"]),
    "wire": ("json", "News wire", "zh", "media", ["xinhua", "daily-online"]),
    "provincial-papers": ("rss", "Provincial dailies", "zh", "media",
                          ["hebei-daily", "henan-daily", "jiangsu-daily", "zj-daily", "hb-daily"]),
    "legal-daily": ("rdf", "Legal daily", "zh", "media", ["legal-daily", "charity-news"]),
    "tech-news": ("jsonfeed", "Technology and finance news", "zh", "media", ["tech-news", "finance-news", "build-news"]),
    "credit-watch": ("atom", "Credit Watch", "en", "research", ["credit-watch", "npc-watch", "digi"]),
    "law-translate": ("rss", "Law in Translation", "en", "research", ["law-translate"]),
    "morning-post": ("rss", "Morning Post", "en", "media", ["morning-post", "caifeng"]),
}
RULES = {
    "trs": '{item: "ul.u-list li", link: "a/@href", title: "a/@title", date: span}',
    "gb-list": '{item: "div.list li", link: a/@href, date: "em"}',
    "jpaas": '{fragment: data.html, item: "li", link: a/@href, date: ".time"}',
    "jpage": '{fragment: record, item: "li", link: a/@href, title: a/@title, date: "span"}',
    "date-link": "{link_pattern: '/\\d{6}/t(\\d{8})_\\d+\\.html'}",
    "json": "{item: datasource, link: publishUrl, title: title, date: publishTime}",
}
FEEDS = ("rss", "atom", "rdf", "jsonfeed")


def notices(monday):
    """The notices with their day in the week of MONDAY and their path on this server."""
    found = []
    for number, line in enumerate(NOTICES.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        day = monday + (datetime.date.fromisoformat(row["published"]) - MONDAY)
        slug = next(slug for slug, source in SOURCES.items() if row["source"] in source[4])
        path = f"/{slug}/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"
        found.append({**row, "day": day, "slug": slug, "path": path, "time": f"{day}T{8 + number % 9:02}:{number % 60:02}:00+08:00"})
    return found


def rfc822(time):
    return datetime.datetime.fromisoformat(time).strftime("%a, %d %b %Y %H:%M:%S %z")


class Pages:
    """Every page of the server, by path: (content type, bytes)."""

    def __init__(self, monday):
        self.monday, self.pages = monday, {}

    def build(self, base):
        rows = notices(self.monday)
        for row in rows:
            # A report that links a notice links it where this server has it.
            for other in rows:
                for key in ("text", "summary"):
                    if other["url"] in row.get(key, ""):
                        row[key] = row[key].replace(other["url"], base + other["path"])
        for row in rows:
            self.pages[row["path"]] = self.article(row)
        for slug, (kind, title, language, _, _) in SOURCES.items():
            mine = sorted((r for r in rows if r["slug"] == slug), key=lambda r: r["time"], reverse=True)
            write = getattr(self, kind.replace("-", "_"))
            self.pages[f"/{slug}/"] = write(base, title, language, mine)
        self.pages["/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow: /private/\n")

    @staticmethod
    def body(row):
        text = row.get("text") or row.get("summary") or ""
        return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', html.escape(text, quote=False))

    def article(self, row):
        number = f'<table class="bd1"><tr><td>发文字号：</td><td>{row["number"]}</td></tr></table>' if "number" in row else ""
        page = f"""<!doctype html><html lang="{'zh-CN' if row.get('text') else 'en'}"><head><meta charset="utf-8">
<title>{html.escape(row['title'])}</title><meta name="PubDate" content="{row['time'][:16].replace('T', ' ')}">
<meta name="ArticleTitle" content="{html.escape(row['title'])}"></head><body>
<nav><a href="/">首页</a> <a href="/about">关于我们</a> <a href="/map">网站地图</a></nav>
<div class="article"><h1>{html.escape(row['title'])}</h1><p class="info">{row['day']:%Y-%m-%d}</p>{number}
<div class="TRS_Editor"><p>{self.body(row)}</p></div></div>
<div class="share">分享到：微博 微信</div><footer>版权所有</footer></body></html>"""
        return "text/html; charset=utf-8", page.encode()

    def trs(self, base, title, language, rows):
        items = "\n".join(f'<li><a href=".{r["path"][len("/ndrc"):]}" title="{html.escape(r["title"])}">{r["title"][:24]}…</a>'
                          f'<span>{r["day"]:%Y/%m/%d}</span></li>' for r in rows)
        page = f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body><ul class="u-list">{items}</ul></body></html>'
        return "text/html; charset=utf-8", page.encode()

    def gb_list(self, base, title, language, rows):
        items = "\n".join(f'<li><a href="{r["path"]}">{r["title"]}</a><em>{r["day"].year}年{r["day"].month}月{r["day"].day}日</em></li>' for r in rows)
        page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>通知公告 朱镕基</title></head><body><div class="list"><ul>{items}</ul></div></body></html>'
        return "text/html", page.encode("gb18030")

    def date_link(self, base, title, language, rows):
        items = "".join(f'<p><a href="{r["path"]}">{r["title"]}</a></p>' for r in rows)
        return "text/html; charset=utf-8", f'<html><body><a href="/">首页</a>{items}</body></html>'.encode()

    def jpaas(self, base, title, language, rows):
        items = "".join(f'<li><a href="{r["path"]}">{r["title"]}</a><b class="time">{r["day"]}</b></li>' for r in rows)
        return "application/json", json.dumps({"success": True, "data": {"html": f"<ul>{items}</ul>"}}, ensure_ascii=False).encode()

    def jpage(self, base, title, language, rows):
        records = "".join(f'<record><![CDATA[<li><a href="{r["path"]}" title="{r["title"]}">{r["title"]}</a><span>{r["day"]}</span></li>]]></record>' for r in rows)
        return "text/xml; charset=utf-8", f'<?xml version="1.0" encoding="UTF-8"?><datastore><recordset>{records}</recordset></datastore>'.encode()

    def json(self, base, title, language, rows):
        data = [{"title": r["title"], "publishUrl": base + r["path"], "publishTime": f'{r["day"]} 10:30:00'} for r in rows]
        return "application/json", json.dumps({"datasource": data}, ensure_ascii=False).encode()

    def rss(self, base, title, language, rows):
        items = "".join(f'<item><title>{html.escape(r["title"])}</title><link>{base}{r["path"]}</link><guid>{base}{r["path"]}</guid>'
                        f'<pubDate>{rfc822(r["time"])}</pubDate><description>{html.escape(self.body(r))}</description></item>' for r in rows)
        return "application/rss+xml", f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title><link>{base}/</link><description>{title}</description><language>{language}</language>{items}</channel></rss>'.encode()

    def rdf(self, base, title, language, rows):
        items = "".join(f'<item rdf:about="{base}{r["path"]}"><title>{html.escape(r["title"])}</title><link>{base}{r["path"]}</link>'
                        f'<dc:date>{r["time"]}</dc:date><description>{html.escape(self.body(r))}</description></item>' for r in rows)
        return "application/rdf+xml", f'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{base}/"><title>{title}</title><link>{base}/</link><description>{title}</description></channel>{items}</rdf:RDF>'.encode()

    def atom(self, base, title, language, rows):
        items = "".join(f'<entry><id>{base}{r["path"]}</id><title>{html.escape(r["title"])}</title><link href="{r["path"]}"/><updated>{r["time"]}</updated>'
                        f'<published>{r["time"]}</published><summary type="html">{html.escape(self.body(r))}</summary></entry>' for r in rows)
        return "application/atom+xml", f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}" xml:base="{base}/"><id>{base}/</id><title>{title}</title><updated>{rows[0]["time"]}</updated>{items}</feed>'.encode()

    def jsonfeed(self, base, title, language, rows):
        items = [{"id": base + r["path"], "url": base + r["path"], "title": r["title"], "date_published": r["time"], "content_text": r.get("text") or r.get("summary")} for r in rows]
        return "application/feed+json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": base + "/", "language": language, "items": items}, ensure_ascii=False).encode()


def sources_yaml(base):
    """feeds/sample.yaml for this server."""
    lines = []
    for slug, (kind, title, language, level, _) in SOURCES.items():
        form = "feed" if kind in FEEDS else "list" if kind in ("trs", "gb-list", "date-link") else "json"
        lines += [f"- slug: {slug}", f"  title: {title}", f"  url: {base}/{slug}/", f"  kind: {form}"]
        lines += [f"  list: {RULES[kind]}"] if kind in RULES else []
        lines += ['  article: {body: ".TRS_Editor"}', f"  language: {language}", f"  level: {level}", "  timezone: Asia/Shanghai"]
    return "\n".join(lines) + "\n"


class Origin:
    """The server on a port of the system's choice; a context manager."""

    def __init__(self, monday):
        pages = Pages(monday)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                kind, body = pages.pages.get(self.path, ("text/plain", None))
                tag = f'"{hash(body) & 0xffffffff:x}"'
                known = body is not None and self.headers.get("If-None-Match") == tag
                self.send_response(304 if known else 200 if body is not None else 404)
                self.send_header("Content-Type", kind)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", "0" if known or body is None else str(len(body)))
                self.end_headers()
                if body is not None and not known:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        pages.build(self.url)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
